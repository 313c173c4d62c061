"""S-FEEL unary tests, the cells of a decision table, as exact sets of values.

A cell is ``-`` (anything), or tests joined by commas: a literal (``0``, ``"may"``, ``true``), a comparison
(``<= 0.1``) or an interval (``(0..0.2]``). A name is a parameter of the policy.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

NAME = r"[A-Za-z_][A-Za-z0-9_.]*?"
NUMBER = r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?"
END = rf'({NUMBER}|"[^"]*"|{NAME})'
COMPARISON = re.compile(rf"(<=|>=|<|>)\s*{END}")
INTERVAL = re.compile(rf"([\[\(\]])\s*{END}\s*\.\.\s*{END}\s*([\]\)\[])")
LITERAL = re.compile(END)
WORD = re.compile(r'(?<![A-Za-z0-9_."])[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*')


class CellError(ValueError):
    """A cell that is no unary test, or names a parameter that is not there."""


@dataclass(frozen=True)
class Interval:
    """The numbers between two ends; an end of None is open to infinity."""

    low: Fraction | None
    low_closed: bool
    high: Fraction | None
    high_closed: bool

    def __contains__(self, value):
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below

    @property
    def edges(self):
        return [end for end in (self.low, self.high) if end is not None]


@dataclass(frozen=True)
class Cell:
    """What a cell lets through: any of its tests; no tests at all is anything."""

    written: str
    tests: tuple

    def __contains__(self, value):
        if not self.tests:
            return True
        return any(value in test if isinstance(test, Interval) else value == test for test in self.tests)

    @property
    def edges(self):
        """The numbers at which the answer may change."""
        return [edge for test in self.tests if isinstance(test, Interval) for edge in test.edges]


def parse(written, value_of):
    """The Cell that is written; ``value_of`` gives the value of a name, or raises KeyError."""
    if written.strip() == "-":
        return Cell(written, ())
    return Cell(written, tuple(_test(part.strip(), value_of) for part in written.split(",")))


def literal(word, value_of):
    """The value of one endpoint: an exact number, a string, or a parameter's value."""
    if word.startswith('"'):
        return word[1:-1]
    if word in ("true", "false"):
        return word
    if re.fullmatch(NUMBER, word):
        return Fraction(Decimal(word))
    try:
        return value_of(word)
    except KeyError:
        raise CellError(f"{word!r} is no parameter of the policy") from None


def _test(part, value_of):
    if match := INTERVAL.fullmatch(part):
        opening, low, high, closing = match.groups()
        return Interval(_number(low, value_of, part), opening == "[", _number(high, value_of, part), closing == "]")
    if match := COMPARISON.fullmatch(part):
        operator, word = match.groups()
        edge = _number(word, value_of, part)
        if operator[0] == "<":
            return Interval(None, False, edge, operator == "<=")
        return Interval(edge, operator == ">=", None, False)
    if LITERAL.fullmatch(part):
        value = literal(part, value_of)
        return Interval(value, True, value, True) if isinstance(value, Fraction) else value
    raise CellError(f'{part!r} is no unary test such as -, 0, <= 0.1, (0..0.2] or "may"')


def _number(word, value_of, part):
    value = literal(word, value_of)
    if not isinstance(value, Fraction):
        raise CellError(f"{part!r} needs a number, and {word!r} is none")
    return value
