"""A cell of a decision table."""

from fractions import Fraction

from fiscal.errors import InputError
from fiscal.rules import sfeel

SEEDS = [b"-", b"<= a.most", b"(0..0.2]", b'"may", "june"', b"0, [1..2], > 3", b"true"]


def read(data, folder):
    try:
        cell = sfeel.parse(data.decode("utf-8", "replace"), {"a.most": Fraction(1, 5), "a.word": "x"}.__getitem__)
    except sfeel.CellError as error:
        raise InputError(f"{error}") from error
    assert Fraction(1, 2) in cell or all(isinstance(edge, Fraction) for edge in cell.edges)
