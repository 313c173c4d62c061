"""A cell of a data frame as it is read: money in 亿元, rates in percent, words in the language; and its order."""

from fractions import Fraction
from numbers import Number

import pandas as pd

from fiscal import text
from fiscal.figures import labels
from fiscal.narrative.prose import Fact

PLAIN = {"fiscal_year", "span_start", "span_end", "numerator", "denominator", "decimals"}  # no separators
UNITED = {"value", "low", "high"}  # in the unit of their row, where the frame has one
MONEY = {"recovered_a", "recovered_b", "moved"}
RATES = {"recovery_share", "cut_share", "edge"}  # 1 is 100 %


def is_number(frame, column):
    """Whether a column holds numbers, which stand to the right."""
    kind = frame[column].dtype
    if pd.api.types.is_bool_dtype(kind):
        return False
    values = frame[column].dropna()
    return pd.api.types.is_numeric_dtype(kind) or (len(values) and all(isinstance(each, Number) for each in values))


def shown(row, column, lang):
    """The cell of a row (a dict) as text or, where it has provenance, as a Fact."""
    value = row[column]
    if isinstance(value, (tuple, list)):
        return {"en": "; ", "zh": "；"}[lang].join(_listed(each, lang) for each in value)
    if value is None or pd.isna(value) or value == "":
        return ""
    if isinstance(value, Number) and type(value).__name__ not in ("bool", "bool_"):
        number = _number(row, column, value, lang)
        provenance = _provenance(row, lang) if column in UNITED | {"value_yuan"} else ""
        return Fact(number, provenance) if provenance else number
    if isinstance(value, str):
        return labels.word(column, value, lang) or value
    return {True: ("yes", "是"), False: ("no", "否")}[bool(value)][lang == "zh"]


def sorts_by(value):
    """What a number is sorted by: itself, as a plain one; None where there is none."""
    if value is None or pd.isna(value):
        return None
    return int(value) if value == int(value) else float(value)


def _number(row, column, value, lang):
    exact = value if isinstance(value, Fraction) else Fraction(str(value))
    unit = row.get("unit") if column in UNITED else None
    base = column[:-2] if column[-2:] in labels.SIDES else column
    if base.endswith("_yuan") or column in MONEY or unit == "yuan":
        return _money(exact, lang, row.get("decimals") if unit else None)
    if base.endswith("_bp") or unit == "bp":
        return text.percent(exact / 10_000, lang, _decimals(exact / 100, 2))
    if base in RATES or unit == "ratio":
        decimals = row.get("decimals") if unit else None
        return text.percent(
            exact, lang, _decimals(exact * 100, 2) if decimals is None or pd.isna(decimals) else int(decimals)
        )
    if base in PLAIN:
        return str(int(value))
    return text.number(exact, _decimals(exact, 4), lang)


def _money(yuan, lang, decimals):
    """亿元 with all the digits that whole yuan have; a computed amount with those that it supports."""
    if decimals is None or pd.isna(decimals):
        return text.money(round(yuan), lang)
    return text.money(yuan, lang, int(decimals))


def _decimals(number, most):
    """As many decimals as a number has, at most so many."""
    return next((places for places in range(most) if (number * 10**places).denominator == 1), most)


def _provenance(row, lang):
    """What a note on a number says: its term, its printed form with clause, status, and id or formula."""
    parts = [labels.word("concept", row["concept"], lang) if row.get("concept") else row.get(f"label_{lang}", "")]
    if row.get("disclosed"):
        printed, where = f"{row['disclosed']}{row['disclosed_unit']}", text.clause(row["clause"], lang)
        parts.append(f"printed {printed}, clause {where}" if lang == "en" else f"原文{printed}，{where}")
    if row.get("status"):
        parts.append(labels.word("status", str(row["status"]), lang) or "")
    if row.get("formula"):
        parts.append(_formula(row["formula"], lang))
    parts += [_listed(each, lang) for each in row.get("evidence", ())]
    parts.append(row.get("figure_id", ""))
    return "\n".join(part for part in parts if part)


def _formula(formula, lang):
    return " ".join(labels.word("concept", each, lang) or each for each in formula.split(" "))


def _listed(each, lang):
    """An element of a list in a cell: an id as it is, or evidence (of a measure or an audit) as it is printed."""
    if isinstance(each, str):
        return each
    printed = each.printed if hasattr(each, "printed") else f"{each.disclosed}{each.disclosed_unit}"
    where = text.clause(each.clause, lang) or getattr(each, "source", "")
    space, aside = {"en": (" ", " ({})"), "zh": ("", "（{}）")}[lang]
    named = labels.word("concept", each.concept, lang) if each.concept else ""
    return space.join(part for part in (named, printed) if part) + (aside.format(where) if where else "")
