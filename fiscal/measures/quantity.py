"""Exact quantities with the interval that rounding leaves, and the measures made of them."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import NamedTuple

import pandas as pd

COLUMNS = [
    "disclosure",
    "fiscal_year",
    "scope",
    "measure",
    "type",
    "unit",
    "value",
    "low",
    "high",
    "numerator",
    "denominator",
    "decimals",
    "bound",
    "band",
    "formula",
    "inputs",
    "evidence",
    "reason",
    "missing",
]


class Evidence(NamedTuple):
    """Where an input of a measure is printed: in a clause of the document, or in the source of a context file."""

    figure_id: str
    concept: str
    disclosed: str
    disclosed_unit: str
    clause: str
    source: str


@dataclass(frozen=True)
class Quantity:
    """An exact value in yuan; the truth lies within ``half`` of it, and it is printed to steps of ``quantum``."""

    value: Fraction
    half: Fraction
    quantum: int
    formula: str
    evidence: tuple[Evidence, ...]

    @property
    def low(self):
        return self.value - self.half

    @property
    def high(self):
        return self.value + self.half

    @property
    def digits(self):
        """Significant digits: 0.25 亿元 printed to 0.01 has two."""
        return len(str(floor(abs(self.value) / self.quantum)))


@dataclass(frozen=True)
class Missing:
    """What stands in for a quantity that is not there, and why."""

    concepts: tuple[str, ...]
    reason: str = "not_stated"


def total(*parts, sign=1):
    """The sum of quantities (``sign=-1``: the first less the others)."""
    if missing := _missing(parts):
        return missing
    first, *rest = parts
    return Quantity(
        value=first.value + sign * sum(part.value for part in rest),
        half=sum(part.half for part in parts),
        quantum=max(part.quantum for part in parts),
        formula=(" + " if sign > 0 else " − ").join(part.formula if sign > 0 else _bracketed(part) for part in parts),
        evidence=tuple(dict.fromkeys(e for part in parts for e in part.evidence)),
    )


def money(quantity, factor=1, note=""):
    """The columns of a measure in yuan: a quantity, times an exact factor that the note spells out."""
    if isinstance(quantity, Missing):
        return _absent("yuan", quantity)
    exact = quantity.value * factor
    return {
        "unit": "yuan",
        "value": float(exact),
        "low": float(quantity.low * factor),
        "high": float(quantity.high * factor),
        "numerator": exact.numerator,
        "denominator": exact.denominator,
        "decimals": max(9 - len(str(quantity.quantum)), 0),
        "formula": quantity.formula + note,
        "inputs": tuple(e.figure_id for e in quantity.evidence),
        "evidence": quantity.evidence,
    }


def ratio(part, whole, most_decimals):
    """The columns of a measure that is a ratio, 1 meaning 100 %.

    ``decimals`` says how many decimals of the percentage it supports: no more significant digits than its
    least precise input has (0.25 ÷ 0.42 is 60 %), and at most ``most_decimals``. Negative: tens of percent.
    """
    if missing := _missing((part, whole)):
        return _absent("ratio", missing)
    if whole.value == 0:
        return _absent("ratio", Missing((whole.formula,), "zero_denominator"))
    exact = part.value / whole.value
    ends = (part.low / whole.high, part.high / whole.low) if whole.low > 0 else (float("-inf"), float("inf"))
    digits = min(part.digits, whole.digits)
    return {
        "unit": "ratio",
        "value": float(exact),
        "low": float(ends[0]),
        "high": float(ends[1]),
        "numerator": exact.numerator,
        "denominator": exact.denominator,
        "decimals": min(most_decimals, digits - _magnitude(exact * 100)),
        "formula": f"{_bracketed(part)} ÷ {_bracketed(whole)}",
        "inputs": tuple(e.figure_id for e in (*part.evidence, *whole.evidence)),
        "evidence": tuple(dict.fromkeys((*part.evidence, *whole.evidence))),
    }


def table(rows):
    """Measures as a frame: ``value``, ``low``, ``high`` are floats, ``numerator / denominator`` is exact."""
    frame = pd.DataFrame(rows, columns=COLUMNS)
    for column in ("formula", "bound", "band", "reason", "missing"):
        frame[column] = frame[column].astype("object").fillna("").astype("str")
    for column in ("inputs", "evidence"):
        each = [cell if isinstance(cell, tuple) else () for cell in frame[column]]
        frame[column] = pd.Series(each, frame.index, dtype="object")
    for column in ("value", "low", "high"):
        frame[column] = frame[column].astype("Float64")
    for column in ("numerator", "denominator", "decimals"):
        frame[column] = frame[column].astype("Int64")
    return frame


def _bracketed(quantity):
    several = any(mark in quantity.formula for mark in (" + ", " − "))
    return f"({quantity.formula})" if several else quantity.formula


def _magnitude(percent):
    """Digits before the decimal point: 2 for 59.5, 0 for 0.5, -1 for 0.05."""
    if percent == 0:
        return 1
    magnitude = len(str(floor(abs(percent)))) if abs(percent) >= 1 else 0
    while magnitude <= 0 and abs(percent) < Fraction(1, 10 ** (1 - magnitude)):
        magnitude -= 1
    return magnitude


def _missing(parts):
    absent = [part for part in parts if isinstance(part, Missing)]
    if not absent:
        return None
    return Missing(tuple(dict.fromkeys(c for part in absent for c in part.concepts)), absent[0].reason)


def _absent(unit, missing):
    return {"unit": unit, "reason": missing.reason, "missing": ", ".join(missing.concepts)}
