"""Exact rates and shares: integers multiplied and compared, never a quotient in floating point.

A rate is two integers, numerator over denominator, and is compared with an edge p/q as numerator × q with
denominator × p. 80 % executed and 60 % complete deviate by exactly 20 points here, although ``0.8 - 0.6 > 0.2`` in
floating point. What is written here holds for expressions of data frames, for NumPy arrays and for plain integers.
"""

import operator
from dataclasses import dataclass
from fractions import Fraction

import narwhals as nw

from fiscal.errors import InputError

# Products of these with each other and with basis points stay inside int64, as do sums over millions of rows.
MOST_YUAN = 10**12
MOST_BP = 100_000
WHOLE_BP = 10_000


@dataclass(frozen=True)
class Rate:
    """An exact rate: integers, or an integer denominator that is the same for all rows.

    ``most`` is the largest that numerator and denominator can be where a row can be decided; ``divide`` is how an
    engine divides whole numbers exactly (see :func:`division`).
    """

    numerator: nw.Expr
    denominator: nw.Expr | int = 1
    most: tuple[int, int] = (2**63 - 1, 2**63 - 1)

    def compare(self, compared, edge, divide=operator.floordiv):
        """Does the rate stand so (an operator such as ``<=``) to the edge, an exact Fraction?"""
        if isinstance(self.denominator, int):
            scaled = edge * self.denominator
            # A score may be a float; an edge that is no whole number is compared as it is.
            bound = scaled.numerator if scaled.denominator == 1 else float(scaled)
            return OPERATORS[compared](self.numerator, bound)
        if edge == 0:
            return OPERATORS[compared](self.numerator, 0)
        p, q = _parts(edge)
        if self.most[0] * q < 2**63 and self.most[1] * p < 2**63:
            return OPERATORS[compared](
                self.numerator * q if q > 1 else self.numerator, self.denominator * p if p != 1 else self.denominator
            )
        # The products would leave int64: compare with floor and ceiling of edge × denominator instead.
        whole = divide(self.denominator, q)
        rest = (self.denominator - whole * q) * p
        down, up = whole * p + divide(rest, q), whole * p + divide(rest + (q - 1), q)
        if compared in ("<=", ">"):
            return OPERATORS[compared](self.numerator, down)
        if compared in ("<", ">="):
            return OPERATORS[compared](self.numerator, up)
        return (self.numerator == down) & (down == up)

    def fraction(self):
        """The rate as it is, where numerator and denominator are plain integers."""
        return Fraction(self.numerator, self.denominator)


def _parts(number):
    """Numerator and denominator; what is left of a division by the one times the other has to fit into 64 bits."""
    p, q = number.numerator, number.denominator
    if abs(p) * q >= 2**63:
        raise InputError(f"{float(number)} is too fine to be exact with whole yuan: expected nine decimals at most")
    return p, q


OPERATORS = {"<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "==": operator.eq}


def share_of(share, yuan, divide=operator.floordiv):
    """A share of an amount in whole yuan, rounded down: half of an odd yuan stays where it is."""
    p, q = _parts(share)
    if q == 1:
        return yuan * p
    if MOST_YUAN * p < 2**63:
        return divide(yuan * p if p > 1 else yuan, q)
    whole = divide(yuan, q)
    return whole * p + divide((yuan - whole * q) * p, q)


def division(rows):
    """How whole numbers (from zero) are divided and rounded down, exactly, by the engine of these rows."""
    engine = rows.implementation
    by_floats = engine.is_ibis() or engine.is_spark_like()
    return _by_remainder if by_floats else operator.floordiv


def _by_remainder(amount, q):
    """Where ``//`` is a quotient of floats that is rounded: what it leaves is divided once more."""
    whole = amount - amount % q
    first = (whole / q).round(0).cast(nw.Int64)
    return first + ((whole - first * q) / q).round(0).cast(nw.Int64)
