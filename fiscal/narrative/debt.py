"""What the debt notebook says: every sentence computed from figures and measures.

>>> import fiscal
>>> debt = fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))
>>> facts = fiscal.narrative.facts("urumqi-2020", debt, "en")
"""

from fractions import Fraction

from fiscal import measures, text
from fiscal.figures import check
from fiscal.narrative import document
from fiscal.narrative.prose import Bullets, Fact, joined, say

__all__ = [
    "absent",
    "break_even",
    "break_even_title",
    "ceilings",
    "composition_title",
    "headline",
    "headroom_title",
    "interest",
    "limits",
    "measured",
    "name",
    "new_borrowing",
    "ratio",
]

KINDS = {"total": "", "general": ".general", "special": ".special"}
NAMES = {
    "total": ("All debt", "债务合计"),
    "general": ("General debt", "一般债务"),
    "special": ("Special debt", "专项债务"),
}


def name(kind, lang):
    """The everyday name of a type of debt.

    >>> fiscal.narrative.debt.name("special", "zh")
    '专项债务'
    """
    return NAMES[kind][lang == "zh"]


def headline(facts):
    """Balance, use of the limit, and the share of special debt; where one is missing, what there is.

    >>> print(fiscal.narrative.debt.headline(facts))
    At the end of 2020 Urumqi owed 1,188.94 yi, 86.12% of its debt limit; 65.89% of it is special debt.
    """
    whole = say(
        facts.lang,
        en="At the end of {year} {place} owed {balance}, {use} of its debt limit; {special} of it is special debt.",
        zh="{year}年末，{place}政府债务余额{balance}，占债务限额的{use}，其中专项债务占{special}。",
        year=str(facts.year),
        place=facts.name("jurisdiction"),
        balance=facts.figure("debt.balance"),
        use=facts.measure("limit_use"),
        special=facts.measure("composition", "special"),
    )
    if whole.stated:
        return whole
    place = {"year": str(facts.year), "place": facts.name("jurisdiction")}
    parts = [
        say(
            facts.lang,
            en="At the end of {year} {place} owed {balance}.",
            zh="{year}年末，{place}政府债务余额{balance}。",
            balance=facts.figure("debt.balance"),
            **place,
        ),
        say(
            facts.lang, en="That is {use} of its debt limit.", zh="占债务限额的{use}。", use=facts.measure("limit_use")
        ),
        say(
            facts.lang,
            en="Special debt is {special} of it.",
            zh="其中专项债务占{special}。",
            special=facts.measure("composition", "special"),
        ),
    ]
    if not parts[0].stated:
        return whole
    return joined(*(part for part in parts if part.stated)) + whole


def limits(facts):
    """Limit, balance and headroom, by type.

    >>> print(fiscal.narrative.debt.limits(facts))
    - All debt: 1,188.94 yi owed of a limit of 1,380.57 yi, 86.12%; headroom 191.63 yi.
    - General debt: 405.54 yi owed of a limit of 480.17 yi, 84.46%; headroom 74.63 yi.
    - Special debt: 783.4 yi owed of a limit of 900.4 yi, 87.01%; headroom 117.00 yi.
    """
    return Bullets(*(_limit(facts, kind) for kind in KINDS))


def _limit(facts, kind):
    return say(
        facts.lang,
        en="{name}: {balance} owed of a limit of {limit}, {use}; headroom {headroom}.",
        zh="{name}：余额{balance}，限额{limit}，已使用{use}，限额空间{headroom}。",
        name=name(kind, facts.lang),
        balance=facts.figure(f"debt.balance{KINDS[kind]}"),
        limit=facts.figure(f"debt.limit.year_end{KINDS[kind]}"),
        use=facts.measure("limit_use", kind),
        headroom=facts.measure("headroom", kind),
    )


def ceilings(facts):
    """Whether each balance keeps its limit and each issue its new limit, for each type and not only in total.

    >>> print(fiscal.narrative.debt.ceilings(facts))
    Checked one by one, every ceiling that the document lets a reader check is kept: debt balance within the
    debt ...
    """
    checked = check(facts.figures)
    checked = checked[(checked["kind"] == "ceiling") & checked["identity"].str.contains("limit")]
    checked = checked[(checked["fiscal_year"] == facts.year) & (checked["outcome"] != "not_printed")]
    # A third scope has no name here: its label stands in the table of figures.
    elsewhere = checked["scope"].map(lambda scope: "" if scope == facts.scope else _scope(scope, facts.lang))
    checked["name"] = [
        text.small(label, facts.lang) + scope
        for label, scope in zip(checked[f"label_{facts.lang}"], elsewhere, strict=True)
    ]
    broken = checked[checked["outcome"] == "discrepancy"]
    if checked.empty:
        return say(
            facts.lang,
            en="The document prints no limit together with what it limits, so no ceiling can be checked.",
            zh="文件未同时公布限额与相应数额，无法核对是否超限。",
        )
    if broken.empty:
        return say(
            facts.lang,
            en="Checked one by one, every ceiling that the document lets a reader check is kept: {which}.",
            zh="逐项核对，凡可核对的限额均未突破：{which}。",
            which=text.listed(dict.fromkeys(checked["name"]), facts.lang),
        )
    return Bullets(
        *(
            say(
                facts.lang,
                en="Not kept: {which}; it is exceeded by {excess}.",
                zh="突破限额：{which}，超出{excess}。",
                which=row["name"],
                excess=Fact(text.money(row["difference"], facts.lang), row["statement"]),
            )
            for row in broken.to_dict("records")
        )
    )


def _scope(scope, lang):
    named = text.scope(scope, {"en": "a scope that the text defines", "zh": "文件自行定义的口径"}[lang], lang)
    return text.aside(named, lang)


def new_borrowing(facts):
    """The new limit beside the new bonds, and what the difference may and may not be called.

    >>> print(fiscal.narrative.debt.new_borrowing(facts))
    The autonomous region set a new limit of 124.2 yi: 6 yi general and 118.2 yi special. New bonds came to
    122.8 yi: 4.6 yi general and 118.2 yi ...
    """
    above = text.capital(facts.name("level_above"), facts.lang)
    limit = _by_type(
        facts,
        "debt.limit.new",
        en=(
            "{above} set a new limit of {total}.",
            "{above} set a new limit of {total}: {general} general and {special} special.",
        ),
        zh=("{above}下达新增债务限额{total}。", "{above}下达新增债务限额{total}，其中一般{general}、专项{special}。"),
        above=above,
    )
    bonds = _by_type(
        facts,
        "debt.bonds.new",
        en=("New bonds came to {total}.", "New bonds came to {total}: {general} general and {special} special."),
        zh=("新增债券{total}。", "新增债券{total}，其中一般{general}、专项{special}。"),
    )
    sentence = limit + bonds
    if facts.measure("new_bonds_to_new_limit").missing:
        return sentence
    if "excludes.onlent_foreign" not in facts.remarks("debt.bonds.new"):
        return sentence + say(
            facts.lang,
            en="That is {ratio} of the new limit.",
            zh="新增债券为新增限额的{ratio}。",
            ratio=facts.measure("new_bonds_to_new_limit"),
        )
    return sentence + say(
        facts.lang,
        en="The bonds are stated without on-lent foreign loans; of the limit the document does not say whether it"
        " includes them. So the bonds took up at least {ratio} of the new limit, and at least {general} of its"
        " general part; the {gap} between new general limit and new general bonds is shown here, not explained.",
        zh="新增债券不含外债转贷，而文件未说明限额是否包含外债转贷。因此新增债券至少占新增限额的{ratio}，"
        "一般债券至少占新增一般债务限额的{general}；二者相差{gap}，此处仅予列示，不作解释。",
        ratio=facts.measure("new_bonds_to_new_limit"),
        general=facts.measure("new_bonds_to_new_limit", "general"),
        gap=facts.measure("new_limit_less_new_bonds", "general"),
    )


def _by_type(facts, concept, en, zh, **names):
    """A total with its two parts; where a part is missing, the total and what is missing."""
    figures = {kind: facts.figure(concept + suffix) for kind, suffix in KINDS.items()}
    total, parted = (say(facts.lang, en=en[n], zh=zh[n], **figures, **names) for n in (0, 1))
    return parted if parted.stated or not total.stated else total + parted


def ratio(facts):
    """The debt ratio where its denominator is known, and the capacity at which debt alone reaches each band.

    >>> print(fiscal.narrative.debt.ratio(facts))
    The document states no comprehensive fiscal capacity, so there is no debt ratio here: a denominator is
    not invented. The warning bands ...
    """
    row = facts.row("debt_ratio")
    if "capacity.comprehensive" in row["missing"]:
        first = say(
            facts.lang,
            en="The document states no comprehensive fiscal capacity, so there is no debt ratio here:"
            " a denominator is not invented.",
            zh="文件未公布综合财力，因此不计算债务率，也不自行假定分母。",
        )
    elif row["reason"]:
        first = say(facts.lang, en="{ratio}", zh="{ratio}", ratio=facts.measure("debt_ratio"))
    else:
        band = _band_label(row["band"], facts.lang)
        first = say(
            facts.lang,
            en="Statutory debt alone is {ratio} of comprehensive fiscal capacity (general debt {general},"
            " special debt {special}): at least the {band} band.",
            zh="仅法定债务即相当于综合财力的{ratio}（一般债务{general}，专项债务{special}），至少处于{band}区间。",
            ratio=facts.measure("debt_ratio"),
            general=facts.measure("debt_ratio", "general"),
            special=facts.measure("debt_ratio", "special"),
            band=band,
        )
        if not first.stated:
            first = say(
                facts.lang,
                en="Statutory debt alone is {ratio} of comprehensive fiscal capacity: at least the {band} band.",
                zh="仅法定债务即相当于综合财力的{ratio}，至少处于{band}区间。",
                ratio=facts.measure("debt_ratio"),
                band=band,
            )
    if facts.has("debt.ratio"):
        first += say(
            facts.lang,
            en="The document itself prints a debt ratio of {printed}.",
            zh="文件公布的债务率为{printed}。",
            printed=facts.figure("debt.ratio"),
        )
    return first + say(
        facts.lang,
        en="The warning bands of the Ministry of Finance's rating are reported, not from this document, and that rating"
        " counts debt that no document prints: a ratio from statutory debt is a lower bound, not the place's colour.",
        zh="财政部风险等级评定的分档引自公开报道，并非本文件内容；该评定还计入未公开的债务，"
        "因此按法定债务计算的债务率只是下限，不代表该地区的实际等级。",
    )


def break_even(facts):
    """At which capacity statutory debt alone reaches each band.

    >>> print(fiscal.narrative.debt.break_even(facts))
    - Yellow, from 120%: reached at a capacity of 990.78 yi or less.
    - Orange, from 200%: reached at a capacity of 594.47 yi or less.
    - Red, from 300%: reached at a capacity of 396.31 yi or less.
    """
    bands = measures.thresholds("debt_ratio").query("level_bp > 0").to_dict("records")
    return Bullets(
        *(
            say(
                facts.lang,
                en="{band}, from {level}: reached at a capacity of {capacity} or less.",
                zh="{band}（{level}起）：综合财力不高于{capacity}时达到。",
                band=text.capital(_band_label(band["threshold"], facts.lang), facts.lang),
                level=_level(band, facts.lang),
                capacity=facts.measure(f"break_even.{band['threshold']}"),
            )
            for band in bands
        )
    )


def interest(facts):
    """Interest beside the expenditure that carries it, where both are known.

    >>> print(fiscal.narrative.debt.interest(facts).items[-1])
    The document does not state: special debt interest paid and expenditure of the budget for
    government-managed funds.
    """
    trigger = measures.thresholds("interest_burden").to_dict("records")[0]
    rule = say(
        facts.lang,
        en="Interest above {level} of the expenditure that carries it (general debt: the general public budget;"
        " special debt: the budget for government-managed funds) triggers fiscal restructuring.",
        zh="付息支出超过相应预算支出{level}的（一般债务对应一般公共预算，专项债务对应政府性基金预算），应当启动财政重整。",
        level=_level(trigger, facts.lang),
    )
    return Bullets(rule, *(_interest(facts, kind) for kind in ("general", "special")))


def _interest(facts, kind):
    return say(
        facts.lang,
        en="{name}: interest is {burden} of that expenditure, {verdict} the trigger.",
        zh="{name}：付息支出占相应预算支出的{burden}，{verdict}触发线。",
        name=name(kind, facts.lang),
        burden=facts.measure("interest_burden", kind),
        verdict={"en": ("not above", "above"), "zh": ("未超过", "超过")}[facts.lang][
            facts.row("interest_burden", kind)["band"] == "restructuring"
        ],
    )


def headroom_title(facts):
    """The finding of the picture of limit and balance.

    >>> print(fiscal.narrative.debt.headroom_title(facts))
    86.12% of Urumqi's debt limit is used; 74.63 yi of headroom is general, 117.00 yi special
    """
    parted = say(
        facts.lang,
        en="{use} of {place}'s debt limit is used; {general} of headroom is general, {special} special",
        zh="{place}债务限额已使用{use}，限额空间：一般{general}，专项{special}",
        place=facts.name("jurisdiction"),
        use=facts.measure("limit_use"),
        general=facts.measure("headroom", "general"),
        special=facts.measure("headroom", "special"),
    )
    whole = say(
        facts.lang,
        en="{use} of {place}'s debt limit is used",
        zh="{place}债务限额已使用{use}",
        place=facts.name("jurisdiction"),
        use=facts.measure("limit_use"),
    )
    return whole if whole.stated and not parted.stated else parted


def composition_title(facts):
    """The finding of the picture of composition.

    >>> print(fiscal.narrative.debt.composition_title(facts))
    Special debt is 65.89% of what is owed and 96.25% of the new bonds
    """
    both = say(
        facts.lang,
        en="Special debt is {special} of what is owed and {new} of the new bonds",
        zh="专项债务占余额的{special}，占新增债券的{new}",
        special=facts.measure("composition", "special"),
        new=facts.measure("composition.new_bonds", "special"),
    )
    if both.stated:
        return both
    for measure, en, zh in (
        ("composition", "Special debt is {special} of what is owed", "专项债务占余额的{special}"),
        ("composition.new_bonds", "Special bonds are {special} of the new bonds", "专项债券占新增债券的{special}"),
    ):
        one = say(facts.lang, en=en, zh=zh, special=facts.measure(measure, "special"))
        if one.stated:
            return one
    return both


def break_even_title(facts):
    """The finding of the picture of the debt ratio by capacity.

    >>> print(fiscal.narrative.debt.break_even_title(facts))
    Statutory debt alone reaches 120% at a fiscal capacity of 990.78 yi or less
    """
    return say(
        facts.lang,
        en="Statutory debt alone reaches {level} at a fiscal capacity of {capacity} or less",
        zh="综合财力不高于{capacity}时，仅法定债务即达到{level}",
        level=_level(measures.thresholds("debt_ratio").query("level_bp > 0").to_dict("records")[0], facts.lang),
        capacity=facts.measure("break_even.yellow"),
    )


def absent(facts):
    """What a reader would want to know and the document does not state.

    >>> print(fiscal.narrative.debt.absent(facts).items[0])
    The document does not state: comprehensive fiscal capacity, refinancing bonds, principal repaid,
    interest paid and on-lent foreign loans.
    """
    wanted = [
        "capacity.comprehensive",
        "debt.bonds.refinancing",
        "debt.service.principal",
        "debt.service.interest",
        "debt.onlent_foreign",
    ]
    outside = say(
        facts.lang,
        en="Contingent and other debts are outside these figures.",
        zh="或有债务等不在上述数字之内。",
    )
    return Bullets(*document.absent(facts, "debt.", wanted), outside)


def _band_label(threshold, lang):
    for measure in ("debt_ratio", "interest_burden"):
        table = measures.thresholds(measure)
        if threshold in table.index:
            return table.at[threshold, f"label_{lang}"]
    raise KeyError(threshold)


def _level(band, lang):
    shown = text.percent(Fraction(band["level_bp"], 10_000), lang, 0)
    return Fact(shown, "\n".join([band[f"source_{lang}"], band[f"note_{lang}"], _reported(lang)]))


def _reported(lang):
    return {"en": "reported, not from the document", "zh": "据公开报道，非本文件内容"}[lang]


def measured(facts):
    """The table of what was computed here.

    >>> print(fiscal.narrative.debt.measured(facts))
    Measures computed here
    Measure | Value | Formula
    Use of the limit: all debt | 86.12% | Government debt balance ÷ Debt limit at year end
    Use of the limit: ...
    """
    each = {
        "limit_use": ("Use of the limit", "限额使用率"),
        "headroom": ("Headroom", "限额空间"),
        "new_bonds_to_new_limit": ("New bonds to new limit, at least", "新增债券与新增限额之比（下限）"),
        "new_limit_less_new_bonds": ("New limit less new bonds", "新增限额减新增债券"),
        "debt_ratio": ("Debt ratio, at least", "债务率（下限）"),
        "composition": ("Share in the balance", "占余额比重"),
        "composition.new_bonds": ("Share in the new bonds", "占新增债券比重"),
        "interest_burden": ("Interest to the expenditure that carries it", "付息支出占相应支出比重"),
    }
    parts = ("composition", "composition.new_bonds", "interest_burden")
    return document.measured(
        facts,
        {
            (measure, kind): (f"{en}: {NAMES[kind][0].lower()}", f"{zh}：{NAMES[kind][1]}")
            for measure, (en, zh) in each.items()
            for kind in (KINDS if measure not in parts else ("general", "special"))
        },
    )


def __dir__():
    return list(__all__)
