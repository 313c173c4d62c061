"""What the transfers notebook says: every sentence computed from figures and measures.

>>> import fiscal
>>> transfers = fiscal.measures.transfers(fiscal.datasets.figures("urumqi-2020"))
>>> facts = fiscal.narrative.facts("urumqi-2020", transfers, "en")
"""

import pandas as pd

from fiscal import text
from fiscal.narrative import document
from fiscal.narrative.prose import Bullets, joined, say

__all__ = [
    "absent",
    "compared",
    "composition_title",
    "flows_title",
    "headline",
    "measured",
    "name",
    "paid",
    "ratios_title",
    "rebates",
    "received",
    "standing_out",
]

GENERAL_PUBLIC = "general_public"
PARTS = {"returning": "returning", "general": "grants.general", "special": "grants.special"}
NAMES = {
    "returning": ("tax rebates", "税收返还"),
    "general": ("general transfers", "一般性转移支付"),
    "special": ("special transfers", "专项转移支付"),
    "grants": ("general and special transfers together", "一般性和专项转移支付合计"),
    "government_fund": ("government-managed funds", "政府性基金"),
    "state_capital": ("state capital operations", "国有资本经营预算"),
}
SHOWN = ["general", "special", "government_fund", "state_capital"]


def name(kind, lang):
    """The everyday name of a budget or type of transfer.

    >>> fiscal.narrative.transfers.name("returning", "zh")
    '税收返还'
    """
    return NAMES[kind][lang == "zh"]


def headline(facts):
    """Received and paid in the general public budget, and what stands out.

    >>> print(fiscal.narrative.transfers.headline(facts))
    In 2020 Urumqi received 142.43 yi from the autonomous region in its general public budget and paid
    107.58 yi to the districts and counties. It paid ...
    """
    both = received_and_paid(facts)
    if both.stated:
        return both + standing_out(facts)
    received = say(
        facts.lang,
        en="In {year} {place} received {received} from {above} in its general public budget.",
        zh="{year}年，{place}一般公共预算收到{above}补助{received}。",
        year=str(facts.year),
        place=facts.name("jurisdiction"),
        above=facts.name("level_above"),
        received=facts.figure("transfers.received.general_public"),
    )
    paid = say(
        facts.lang,
        en="In {year} {place} paid {paid} to {below} in its general public budget.",
        zh="{year}年，{place}一般公共预算对{below}补助{paid}。",
        year=str(facts.year),
        place=facts.name("jurisdiction"),
        below=facts.name("level_below"),
        paid=facts.figure("transfers.paid.general_public"),
    )
    return joined(*(one for one in (received, paid) if one.stated), both)


def received_and_paid(facts):
    """What came in and what was passed on, in the general public budget.

    >>> print(fiscal.narrative.transfers.received_and_paid(facts))
    In 2020 Urumqi received 142.43 yi from the autonomous region in its general public budget and paid
    107.58 yi to the districts and counties.
    """
    return say(
        facts.lang,
        en="In {year} {place} received {received} from {above} in its general public budget"
        " and paid {paid} to {below}.",
        zh="{year}年，{place}一般公共预算收到{above}补助{received}，对{below}补助{paid}。",
        year=str(facts.year),
        place=facts.name("jurisdiction"),
        above=facts.name("level_above"),
        below=facts.name("level_below"),
        received=facts.figure("transfers.received.general_public"),
        paid=facts.figure("transfers.paid.general_public"),
    )


def standing_out(facts):
    """Whether special transfers paid exceed those received.

    >>> print(fiscal.narrative.transfers.standing_out(facts))
    It paid out more in special transfers than it received: 102.2%, beside 67.9% of general transfers.
    """
    ratio = facts.measure("paid_to_received", "special")
    if ratio.missing or not _exceeds(facts, "special"):
        return say(
            facts.lang,
            en="Special transfers paid come to {special} of those received, general ones to {general}.",
            zh="专项转移支付的支出相当于收入的{special}，一般性转移支付为{general}。",
            special=ratio,
            general=facts.measure("paid_to_received", "general"),
        )
    return say(
        facts.lang,
        en="It paid out more in special transfers than it received: {special}, beside {general} of general transfers.",
        zh="专项转移支付支出大于收入，为收入的{special}；一般性转移支付为{general}。",
        special=ratio,
        general=facts.measure("paid_to_received", "general"),
    )


def received(facts):
    """Where the money comes from, by type and by budget.

    >>> print(fiscal.narrative.transfers.received(facts))
    From the autonomous region the general public budget received 142.43 yi: tax rebates of 39.01 yi
    (27.4%), general transfers of 70.02 yi (49.2%) and special transfers of 33.4 yi (23.5%).
    Government-managed funds received 39.92 yi, state capital operations 0.42 yi. The three budgets
    together: 182.77 yi.
    """
    return _flows(
        facts,
        "received",
        say(
            facts.lang,
            en="From {above} the general public budget received {total}: tax rebates of {returning} ({r}),"
            " general transfers of {general} ({g}) and special transfers of {special} ({s}).",
            zh="{above}对一般公共预算补助{total}：返还性收入{returning}（占{r}）、"
            "一般性转移支付{general}（占{g}）、专项转移支付{special}（占{s}）。",
            **_parts(facts, "received"),
        ),
        en="Government-managed funds received {fund}, state capital operations {capital}.",
        zh="政府性基金预算收到{fund}，国有资本经营预算收到{capital}。",
    )


def paid(facts):
    """Where the money goes, by type and by budget.

    >>> print(fiscal.narrative.transfers.paid(facts))
    To the districts and counties the general public budget paid 107.58 yi: tax rebates of 25.92 yi (24.1%),
    general transfers of 47.52 yi (44.2%) and special transfers of 34.14 yi (31.7%). Government-managed
    funds paid 37.34 yi, state capital operations 0.25 yi. The three budgets together: 145.17 yi.
    """
    return _flows(
        facts,
        "paid",
        say(
            facts.lang,
            en="To {below} the general public budget paid {total}: tax rebates of {returning} ({r}),"
            " general transfers of {general} ({g}) and special transfers of {special} ({s}).",
            zh="一般公共预算对{below}补助{total}：返还性支出{returning}（占{r}）、"
            "一般性转移支付{general}（占{g}）、专项转移支付{special}（占{s}）。",
            **_parts(facts, "paid"),
        ),
        en="Government-managed funds paid {fund}, state capital operations {capital}.",
        zh="政府性基金预算支出{fund}，国有资本经营预算支出{capital}。",
    )


def _parts(facts, direction):
    base = f"transfers.{direction}.{GENERAL_PUBLIC}"
    return {
        "above": facts.name("level_above"),
        "below": facts.name("level_below"),
        "total": facts.figure(base),
        **{kind: facts.figure(f"{base}.{concept}") for kind, concept in PARTS.items()},
        **{kind[0]: facts.measure(f"composition.{direction}", kind) for kind in PARTS},
    }


def _flows(facts, direction, general, en, zh):
    others = say(
        facts.lang,
        en=en,
        zh=zh,
        fund=facts.figure(f"transfers.{direction}.government_fund"),
        capital=facts.figure(f"transfers.{direction}.state_capital"),
    )
    together = say(
        facts.lang,
        en="The three budgets together: {sum}.",
        zh="三本预算合计{sum}。",
        sum=facts.measure(f"sum.{direction}"),
    )
    total = say(
        facts.lang,
        en={
            "received": "The general public budget received {total} in all.",
            "paid": "The general public budget paid {total} in all.",
        }[direction],
        zh={"received": "一般公共预算收到补助共{total}。", "paid": "一般公共预算对下补助共{total}。"}[direction],
        total=facts.figure(f"transfers.{direction}.{GENERAL_PUBLIC}"),
    )
    first = total + general if total.stated and not general.stated else general
    return first + others + together if together.stated else first + others


def compared(facts):
    """Paid beside received, type by type, with what each comparison can and can't say.

    >>> print(fiscal.narrative.transfers.compared(facts).items[1])
    Special transfers: paid 34.14 yi beside 33.4 yi received, 102.2%. That is 0.74 yi more than came in: own
    money or another classification; the document does not say.
    """
    return Bullets(
        _compared(facts, "general"),
        _compared(facts, "special"),
        _compared(facts, "government_fund"),
        _compared(facts, "state_capital"),
        rebates(facts),
    )


def _compared(facts, kind):
    base = {"general": "general_public.grants.general", "special": "general_public.grants.special"}.get(kind, kind)
    sentence = say(
        facts.lang,
        en="{name}: paid {paid} beside {received} received, {ratio}.",
        zh="{name}：支出{paid}，收入{received}，支出相当于收入的{ratio}。",
        name=text.capital(name(kind, facts.lang), facts.lang),
        paid=facts.figure(f"transfers.paid.{base}"),
        received=facts.figure(f"transfers.received.{base}"),
        ratio=facts.measure("paid_to_received", kind),
    )
    if not sentence.stated:
        return sentence
    if _exceeds(facts, kind):
        sentence += say(
            facts.lang,
            en="That is {more} more than came in: own money or another classification; the document does not say.",
            zh="多出{more}，可能来自自有财力，也可能是归类口径不同，文件未作说明。",
            more=facts.measure("paid_less_received", kind, magnitude=True),
        )
    if "use.covid_treasury_bonds" in facts.remarks(f"transfers.paid.{base}"):
        sentence += say(
            facts.lang,
            en="The payments are above all special treasury bonds for COVID-19 control:"
            " money of one year, borrowed by the centre and not counted in this government's debt.",
            zh="支出主要是抗疫特别国债资金，属一次性资金；国债由中央发行，不计入本地区债务余额。",
        )
    return sentence


def rebates(facts):
    """Why tax rebates have no ratio.

    >>> print(fiscal.narrative.transfers.rebates(facts))
    Tax rebates: 25.92 yi paid of 39.01 yi received. They share revenue out by formula and are no grant to
    pass on, so no ratio is formed.
    """
    return say(
        facts.lang,
        en="Tax rebates: {paid} paid of {received} received. They share revenue out by formula"
        " and are no grant to pass on, so no ratio is formed.",
        zh="税收返还：收入{received}，支出{paid}。返还属于按规定划分的收入，并非可转拨的补助，故不计算比率。",
        paid=facts.figure("transfers.paid.general_public.returning"),
        received=facts.figure("transfers.received.general_public.returning"),
    )


def flows_title(facts):
    """The finding of the picture of flows.

    >>> print(fiscal.narrative.transfers.flows_title(facts))
    Over its three budgets Urumqi received 182.77 yi and paid 145.17 yi to the districts and counties
    """
    return say(
        facts.lang,
        en="Over its three budgets {place} received {received} and paid {paid} to {below}",
        zh="{place}三本预算共收到补助{received}，对{below}补助{paid}",
        place=facts.name("jurisdiction"),
        below=facts.name("level_below"),
        received=facts.measure("sum.received"),
        paid=facts.measure("sum.paid"),
    )


def composition_title(facts):
    """The finding of the picture of composition: the largest part of what came in and of what went out.

    >>> print(fiscal.narrative.transfers.composition_title(facts))
    General transfers are the largest part of what came in (49.2%) and of what went out (44.2%)
    """
    largest = {}
    for direction in ("received", "paid"):
        known = {kind: facts.row(f"composition.{direction}", kind)["value"] for kind in PARTS}
        stated = {kind: value for kind, value in known.items() if not pd.isna(value)}
        largest[direction] = max(stated, key=stated.get, default="general")
    shares = {
        "first": text.capital(name(largest["received"], facts.lang), facts.lang),
        "second": name(largest["paid"], facts.lang),
        "in_share": facts.measure("composition.received", largest["received"]),
        "out_share": facts.measure("composition.paid", largest["paid"]),
    }
    if largest["received"] == largest["paid"]:
        return say(
            facts.lang,
            en="{first} are the largest part of what came in ({in_share}) and of what went out ({out_share})",
            zh="{first}在收入和支出中占比都最大（{in_share}、{out_share}）",
            **shares,
        )
    return say(
        facts.lang,
        en="{first} are the largest part of what came in ({in_share}), {second} of what went out ({out_share})",
        zh="收入中占比最大的是{first}（{in_share}），支出中是{second}（{out_share}）",
        **shares,
    )


def ratios_title(facts):
    """The finding of the picture of ratios: what was paid out beyond what was received.

    >>> print(fiscal.narrative.transfers.ratios_title(facts))
    More was paid out than received in special transfers alone (102.2%)
    """
    if all(facts.row("paid_to_received", kind)["reason"] for kind in SHOWN):
        return _compared(facts, "general")
    above = [kind for kind in SHOWN if _exceeds(facts, kind)]
    if not above:
        return say(
            facts.lang,
            en="In no budget and no type was more paid out than received",
            zh="各预算、各类型的支出均不超过收入",
        )
    return say(
        facts.lang,
        en="More was paid out than received in {names} alone ({ratio})",
        zh="仅{names}支出大于收入（{ratio}）",
        names=text.listed([name(kind, facts.lang) for kind in above], facts.lang),
        ratio=facts.measure("paid_to_received", above[0]),
    )


def absent(facts):
    """What a reader would want to know and the document does not state.

    >>> print(fiscal.narrative.transfers.absent(facts).items[1])
    No figure is broken down by recipient or by project.
    """
    wanted = [
        "transfers.received.general_public.grants.general.shared",
        "transfers.paid.general_public.grants.general.shared",
        "revenue.general_public",
        "expenditure.general_public",
    ]
    before = say(
        facts.lang,
        en="Amounts are before what is remitted upwards, which is not among these figures.",
        zh="以上数额均未扣除上解支出，上解支出不在上述数字之内。",
    )
    return Bullets(*document.absent(facts, "transfers.", wanted), before)


def _exceeds(facts, kind):
    row = facts.row("paid_to_received", kind)
    return not row["reason"] and row["numerator"] > row["denominator"]


def measured(facts):
    """The table of what was computed here.

    >>> print(fiscal.narrative.transfers.measured(facts))
    Measures computed here
    Measure | Value | Formula
    Paid to received: general transfers | 67.9% | General transfer payments paid ÷ General transfer ...
    """
    return document.measured(
        facts,
        {
            **{
                ("paid_to_received", kind): (f"Paid to received: {NAMES[kind][0]}", f"支出与收入之比：{NAMES[kind][1]}")
                for kind in (*SHOWN, "grants")
            },
            **{
                (f"composition.{direction}", kind): (
                    f"Share {direction}: {NAMES[kind][0]}",
                    f"{zh}占比：{NAMES[kind][1]}",
                )
                for direction, zh in (("received", "收入"), ("paid", "支出"))
                for kind in PARTS
            },
            ("sum.received", "total"): ("Received, three budgets", "三本预算收入合计"),
            ("sum.paid", "total"): ("Paid, three budgets", "三本预算支出合计"),
        },
    )


def __dir__():
    return list(__all__)
