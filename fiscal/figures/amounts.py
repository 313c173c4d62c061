"""Printed amounts and the exact integers they stand for; what rounding may hide."""

import re
import unicodedata
from fractions import Fraction
from functools import cache

from fiscal.errors import InputError
from fiscal.figures import vocabulary

NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
LARGEST = 2**63 - 1  # what a column of figures can hold


@cache
def _factors():
    return vocabulary.table("units")["factor"].to_dict()


def plain(disclosed):
    """A printed number with ASCII digits and no separators: ``４０，586`` is ``40586``."""
    return re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", disclosed))


def exact(disclosed, disclosed_unit):
    """The whole number of smallest units that is printed: 33.4 亿元 is 3 340 000 000 yuan.

    Raises InputError if it is not a number, not a whole number of the smallest unit, or beyond int64.
    """
    number = plain(disclosed)
    if not NUMBER.fullmatch(number):
        raise InputError(f"expected a number, found {disclosed!r}")
    value = Fraction(number) * _factors()[disclosed_unit]
    if value.denominator != 1:
        raise InputError(f"{disclosed} {disclosed_unit} is not a whole number of the smallest unit")
    if abs(value) > LARGEST:
        raise InputError(f"{disclosed} {disclosed_unit} is larger than any amount")
    return int(value)


def quantum(disclosed, disclosed_unit):
    """One unit of the last printed digit: for 39.01 亿元 it is 1 000 000 yuan. At least 1."""
    decimals = len(plain(disclosed).partition(".")[2])
    return max(_factors()[disclosed_unit] // 10**decimals, 1)


def quanta(figures):
    """The rounding unit of each figure: the finest printed digit of its document in the same unit.

    Documents drop trailing zeros, so 33.4 beside 39.01 means 33.40. Counts are exact: 0, as is a
    figure with nothing printed. A list in the order of the frame.
    """
    finest = {}
    printed = list(zip(*(figures[c] for c in ("disclosure", "disclosed_unit", "disclosed", "unit")), strict=True))
    for document, unit, number, kind in printed:
        if number and kind != "count":
            step = quantum(number, unit)
            finest[document, unit] = min(step, finest.get((document, unit), step))
    return [finest.get((document, unit), 0) if number else 0 for document, unit, number, _ in printed]
