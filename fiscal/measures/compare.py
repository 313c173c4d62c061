"""Places side by side: the same measures of several documents, with all that keeps them from being one ranking."""

from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from fiscal import datasets, text
from fiscal.errors import InputError, UnknownName
from fiscal.figures import vocabulary
from fiscal.measures.printed import BASES, Printed
from fiscal.measures.quantity import COLUMNS, Quantity, ratio, table

# Rows that agree in all of these can be ranked; rows that differ in one stand apart.
COMPARABLE = ["fiscal_year", "as_of", "scope", "scope_label", "basis"]
SCOPES = ["whole", "own", "lower", "other"]


class Measure(NamedTuple):
    """A ratio of two concepts, or one that is printed as such (no denominator); decimals of the percentage."""

    numerator: str
    denominator: str | None
    decimals: int
    en: str
    zh: str


BALANCE, RECEIVED = "debt.balance", "transfers.received.general_public"
MEASURES = {
    "limit_use": Measure(BALANCE, "debt.limit.year_end", 2, "Use of the debt limit", "债务限额使用率"),
    "special_share": Measure(
        "debt.balance.special", BALANCE, 2, "Special debt in the balance", "专项债务占债务余额比重"
    ),
    "new_bonds_to_balance": Measure(
        "debt.bonds.new", BALANCE, 2, "New bonds to the debt balance at year end", "新增债券与年末债务余额之比"
    ),
    "debt_ratio_printed": Measure("debt.ratio", None, 2, "Debt ratio as printed", "文件公布的债务率"),
    "debt_ratio": Measure(
        BALANCE, "capacity.comprehensive", 2, "Debt ratio from statutory debt", "按法定债务计算的债务率"
    ),
    "transfers_to_revenue": Measure(
        RECEIVED, "revenue.general_public", 1, "Transfers received to own revenue", "上级补助与一般公共预算收入之比"
    ),
    "transfers_to_expenditure": Measure(
        RECEIVED, "expenditure.general_public", 1, "Transfers received to expenditure", "上级补助与一般公共预算支出之比"
    ),
}
# Statutory debt is not all debt: a ratio computed from it is a lower bound.
AT_LEAST = {"debt_ratio"}
ABOUT = ["disclosure", "jurisdiction", "jurisdiction_en", "level", "fiscal_year", "as_of", "scope", "scope_label"]
MARKS = ["basis", "interpreted", "derived"]


def compare(figures, measures=None, years=None) -> pd.DataFrame:
    """The measures of several documents, one row for a place, a context and a measure.

    ``figures``: a frame of ``fiscal.datasets.figures``; place and level come from the ``source.yaml`` of each
    disclosure. ``measures``: names of ``MEASURES`` (None or empty: all). ``years``: a fiscal year or several (None or
    empty: all).

    A context is a fiscal year, a date within it (``as_of``, empty for the year or its end) and a scope. Every
    document has a row for each measure in its own year and first scope, with ``reason`` and ``missing`` where the
    value is not there; rows of its other contexts are there where they have a value. A budget is a plan and enters
    nothing. Columns: ``disclosure``, ``jurisdiction``, ``jurisdiction_en``, ``level``, the context, ``basis``
    (*final*, *execution*, *expected*; *expected/final* where numerator and denominator differ), ``interpreted``
    (the scope is our reading) and ``derived`` (an input is not printed), then those of every table of measures (see
    ``fiscal.measures``). ``reason`` may also be *stated_otherwise*: what is missing is printed, but only as a budget
    or for another date, year or scope.

    Raises UnknownName for a measure or a disclosure that is not there, InputError for a year that is none.

    >>> figures = fiscal.datasets.figures(["ezhou-2017", "jiaxing-2017"])
    >>> fiscal.measures.compare(figures, measures="limit_use")[["disclosure", "scope", "value"]]
         disclosure  scope     value
    0    ezhou-2017  whole      <NA>
    1  jiaxing-2017  whole  0.991402
    2  jiaxing-2017    own  0.946796
    3  jiaxing-2017  other  0.976574
    """
    names = _names(measures)
    wanted = _years(years)
    rows, marks = [], []
    for disclosure, document in figures.groupby("disclosure", sort=False, observed=True):
        source = datasets.source(disclosure)
        place = {
            "disclosure": disclosure,
            "jurisdiction": source["jurisdiction"]["zh"],
            "jurisdiction_en": source["jurisdiction"].get("en", source["jurisdiction"]["zh"]),
            "level": source.get("level", ""),
        }
        for context in _contexts(document, source["fiscal_year"]):
            if wanted and context["fiscal_year"] not in wanted:
                continue
            for row, mark in _measured(document, context, names):
                rows.append({"disclosure": disclosure} | row)
                marks.append(place | context | mark)
    frame = pd.concat([pd.DataFrame(marks, columns=[*ABOUT, *MARKS, "own"]), _values(rows)], axis=1)
    frame = frame[frame["own"].astype(bool) | frame["value"].notna()].drop(columns="own")
    frame = frame.astype({"fiscal_year": "int64", "interpreted": bool, "derived": bool})
    for column in (
        "disclosure",
        "jurisdiction",
        "jurisdiction_en",
        "as_of",
        "scope",
        "scope_label",
        "basis",
        "measure",
    ):
        frame[column] = frame[column].astype("str")
    frame[["type", "unit"]] = frame[["type", "unit"]].astype("str")
    frame["level"] = pd.Categorical(frame["level"], [*text.LEVELS, ""], ordered=True)
    return frame.reset_index(drop=True)


def groups(frame, measure):
    """Yield (context, rows) for each set of rows of a measure that can be ranked, the highest value first.

    ``context`` is a dict of the columns ``COMPARABLE``; what is missing is in no group. Years ascend, and within a
    year wider scopes and firmer bases come first.
    """
    rows = frame[(frame["measure"] == measure) & frame["value"].notna()]
    found = [
        (dict(zip(COMPARABLE, key, strict=True)), group.sort_values(["value", "disclosure"], ascending=[False, True]))
        for key, group in rows.groupby(COMPARABLE, sort=False)
    ]
    yield from sorted(found, key=lambda each: _order(each[0]))


def _order(context):
    bases = [BASES.index(part) if part in BASES else len(BASES) for part in context["basis"].split("/")]
    where = (SCOPES.index(context["scope"]), context["scope_label"])
    return context["fiscal_year"], context["as_of"], where, len(bases), bases


def _names(measures):
    names = [measures] if isinstance(measures, str) and measures else list(measures or MEASURES)
    for name in names:
        if name not in MEASURES:
            raise UnknownName("measure", name, MEASURES)
    return names


def _years(years):
    given = [years] if isinstance(years, int) else list(years or [])
    for year in given:
        if not isinstance(year, int) or isinstance(year, bool):
            raise InputError(f"years: expected fiscal years such as 2020, found {year!r}")
    return set(given)


def _contexts(document, year):
    """The contexts of a document's results: first its own year and first scope, then the others."""
    keys = ["fiscal_year", "as_of", "scope", "scope_label"]
    totals = document[(document["counterparty"] == "") & (document["project"] == "")]

    def among(frame):
        there = frame[keys].astype({"scope": str}).drop_duplicates().to_dict("records")
        return sorted(
            there,
            key=lambda c: (c["fiscal_year"] != year, c["as_of"], SCOPES.index(c["scope"]), c["scope_label"]),
        )

    results = among(totals[totals["basis"].isin(BASES)])
    # A document without results in its own year is there all the same: what is missing has to be said.
    own = next((c for c in [*results, *among(totals)] if c["fiscal_year"] == year and not c["as_of"]), None)
    own = own or {"fiscal_year": int(year), "as_of": "", "scope": "whole", "scope_label": ""}
    return [own | {"own": True}, *(context | {"own": False} for context in results if context != own)]


def _measured(document, context, names):
    """Yield (columns of a measure, marks) for each measure in a context."""
    printed = Printed(document, context["fiscal_year"], as_of=context["as_of"], scope_label=context["scope_label"])
    inputs = document.set_index("figure_id")
    for name in names:
        measure = MEASURES[name]
        part = printed(measure.numerator, context["scope"])
        whole = _one() if measure.denominator is None else printed(measure.denominator, context["scope"])
        row = {"measure": name, "type": "total"} | ratio(part, whole, measure.decimals)
        if "reason" in row:
            if row["reason"] == "not_stated" and set(row["missing"].split(", ")) <= set(document["concept"]):
                row["reason"] = "stated_otherwise"
            yield row, {"basis": "", "interpreted": False, "derived": False}
            continue
        partial = name in AT_LEAST or "excludes.onlent_foreign" in printed.remarks(measure.numerator, context["scope"])
        row |= {"bound": "at_least" if partial else ""}
        row |= {"formula": measure.numerator} if measure.denominator is None else {}
        used = inputs.loc[list(row["inputs"])]
        bases = dict.fromkeys(_basis(inputs, quantity) for quantity in (part, whole) if quantity.evidence)
        yield (
            row,
            {
                "basis": "/".join(bases),
                "interpreted": any("scope.interpreted" in vocabulary.split(remark) for remark in used["remark"]),
                "derived": bool((used["status"] == "derived").any()),
            },
        )


def _one():
    """100 % in basis points, exactly."""
    return Quantity(Fraction(10_000), Fraction(0), 1, "1", ())


def _basis(inputs, quantity):
    """The basis of a quantity: of a sum, those of its parts, the firmest first."""
    found = {inputs.at[each.figure_id, "basis"] for each in quantity.evidence}
    return "+".join(basis for basis in BASES if basis in found)


def _values(rows):
    """The columns of a table of measures that the context does not have already."""
    return table(rows)[[column for column in COLUMNS if column not in ABOUT]]
