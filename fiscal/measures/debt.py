"""Limit, balance, bonds and what they amount to."""

from fractions import Fraction

import pandas as pd

from fiscal import datasets
from fiscal.figures import vocabulary
from fiscal.measures.printed import Printed, documents
from fiscal.measures.quantity import money, ratio, table, total

DECIMALS = 2
TYPES = {"total": "", "general": ".general", "special": ".special"}


def debt(figures, context=None) -> pd.DataFrame:
    """Measures of debt, one row each, for every document, year and scope in a frame of figures.

    By type (*total*, *general*, *special*): ``limit_use`` (balance ÷ limit), ``headroom`` (limit − balance, yuan;
    no licence to borrow: new debt needs a new limit), ``composition`` and
    ``composition.new_bonds`` (share in the balance and in the new bonds),
    ``new_bonds_to_new_limit`` and ``new_limit_less_new_bonds`` (yuan), ``debt_ratio`` (balance ÷ comprehensive
    fiscal capacity, with ``band``; statutory debt only, so ``bound`` is *at_least*), ``break_even.yellow`` and so
    on (the capacity in yuan at which the balance alone reaches a band), ``interest_burden`` (interest ÷ the
    expenditure that carries it; ``band`` is *restructuring* above the trigger).

    ``context`` is the path of a YAML file with figures that the document leaves out, each cited (see
    ``fiscal.datasets.context``). Nothing is invented: without a denominator the value is missing and
    ``reason`` says why. Columns: see ``fiscal.measures``. Source: clause II; bands: data/thresholds.csv.

    >>> debt = fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))
    >>> debt.query("measure == 'limit_use'")[["type", "value", "numerator", "denominator"]]
           type     value  numerator  denominator
    0     total  0.861195     118894       138057
    5   general  0.844576      40554        48017
    13  special  0.870058       3917         4502
    >>> debt.set_index(["measure", "type"]).at[("limit_use", "special"), "formula"]
    'debt.balance.special ÷ debt.limit.year_end.special'
    """
    extra = None if not context else datasets.context(context)
    rows = []
    for disclosure, year, document in documents(figures, "debt."):
        printed = Printed(document, year, extra)
        for scope in _scopes(document):
            about = {"disclosure": disclosure, "fiscal_year": year, "scope": scope}
            rows += [about | row for row in _measures(printed, scope)]
    return table(rows)


def _scopes(document):
    scopes = document.loc[document["concept"].str.startswith("debt."), "scope"]
    return [scope for scope in ("whole", "own", "lower") if scope in set(scopes)] or ["whole"]


def _measures(printed, scope):
    def get(concept):
        return printed(concept, scope)

    capacity = get("capacity.comprehensive")
    for kind, suffix in TYPES.items():
        limit, balance = get(f"debt.limit.year_end{suffix}"), get(f"debt.balance{suffix}")
        new_limit, bonds = get(f"debt.limit.new{suffix}"), get(f"debt.bonds.new{suffix}")
        partial = "excludes.onlent_foreign" in printed.remarks(f"debt.bonds.new{suffix}", scope)
        bound = {"bound": "at_least" if partial else ""}
        yield {"measure": "limit_use", "type": kind} | ratio(balance, limit, DECIMALS)
        yield {"measure": "headroom", "type": kind} | money(total(limit, balance, sign=-1))
        yield {"measure": "new_bonds_to_new_limit", "type": kind} | bound | ratio(bonds, new_limit, DECIMALS)
        yield {"measure": "new_limit_less_new_bonds", "type": kind} | money(total(new_limit, bonds, sign=-1))
        to_capacity = ratio(balance, capacity, DECIMALS) | {"bound": "at_least"}
        # The bands rate all debt together, so a part of it has a ratio but no band.
        band = _band("debt_ratio", to_capacity) if kind == "total" else ""
        yield {"measure": "debt_ratio", "type": kind, "band": band} | to_capacity
        if kind != "total":
            yield {"measure": "composition", "type": kind} | ratio(balance, get("debt.balance"), DECIMALS)
            yield {"measure": "composition.new_bonds", "type": kind} | ratio(bonds, get("debt.bonds.new"), DECIMALS)
            yield _interest_burden(kind, get)
    for band in thresholds("debt_ratio").query("level_bp > 0").to_dict("records"):
        level = Fraction(band["level_bp"], 10_000)
        percent = f" ÷ {band['level_bp'] // 100}%"
        yield {"measure": f"break_even.{band['threshold']}", "type": "total"} | money(
            get("debt.balance"), 1 / level, percent
        )


def _interest_burden(kind, get):
    carrier = {"general": "expenditure.general_public", "special": "expenditure.government_fund"}[kind]
    burden = ratio(get(f"debt.service.interest.{kind}"), get(carrier), DECIMALS)
    return {"measure": "interest_burden", "type": kind, "band": _band("interest_burden", burden)} | burden


def thresholds(measure) -> pd.DataFrame:
    """The bands and triggers of a measure, lowest first, with the authority that is reported to use them.

    >>> fiscal.measures.thresholds("debt_ratio")[["level_bp", "label_en", "label_zh"]]
               level_bp label_en label_zh
    threshold
    green             0    green       绿色
    yellow        12000   yellow       黄色
    orange        20000   orange       橙色
    red           30000      red       红色
    """
    table = vocabulary.table("thresholds")
    return table[table["measure"] == measure].sort_values("level_bp")


def _band(measure, row):
    """The highest band that is reached (lower edge inclusive; a trigger has to be exceeded), from the exact ratio."""
    if "reason" in row:
        return ""
    reached = ""
    for band in thresholds(measure).to_dict("records"):
        level = band["level_bp"] * row["denominator"]
        value = row["numerator"] * 10_000
        if value > level or (value == level and measure == "debt_ratio"):
            reached = band["threshold"]
    return reached
