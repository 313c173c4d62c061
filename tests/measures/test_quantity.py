"""Laws of measures, for any figures: the interval holds the truth, digits claim no more than the inputs have."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscal.measures.quantity import Quantity, money, ratio, total

STEP = 1_000_000
UNITS = st.integers(1, 10**7)
ERROR = st.fractions(Fraction(-1, 2), Fraction(1, 2))


def quantity(units):
    return Quantity(Fraction(units * STEP), Fraction(STEP, 2), STEP, "x", ())


@given(UNITS, UNITS, ERROR, ERROR)
def test_whatever_rounding_hid_the_ratio_lies_in_its_interval(a, b, error_a, error_b):
    row = ratio(quantity(a), quantity(b), most_decimals=2)
    true = (a + error_a) / (b + error_b)
    assert row["low"] * (1 - 1e-12) <= true <= row["high"] * (1 + 1e-12)


@given(UNITS, UNITS, ERROR, ERROR)
def test_whatever_rounding_hid_the_difference_lies_in_its_interval(a, b, error_a, error_b):
    row = money(total(quantity(a), quantity(b), sign=-1))
    true = (a + error_a - b - error_b) * STEP
    assert row["low"] <= true <= row["high"]


@given(UNITS, UNITS)
def test_a_ratio_keeps_no_more_significant_digits_than_its_inputs(a, b):
    row = ratio(quantity(a), quantity(b), most_decimals=2)
    value = Fraction(row["numerator"], row["denominator"])
    assert value == Fraction(a, b)
    digits = min(len(str(a)), len(str(b)))
    smallest = Fraction(10) ** -row["decimals"]
    assert row["decimals"] <= 2
    assert value * 100 < smallest * 10**digits or row["decimals"] == 2


@pytest.mark.parametrize(
    ("a", "b", "decimals"),
    [
        (123, 456, 1),  # 27.0 %: three digits, two of them before the point
        (15, 1000, 1),  # 1.5 %
        (10, 1000, 1),  # 1.0 %
        (5, 1000, 1),  # 0.5 %
        (10, 10_000, 2),  # 0.10 %
        (50, 99_999, 3),  # 0.050 %
        (10, 100_000, 3),  # 0.010 %
        (99, 10**6, 4),  # 0.0099 %
        (0, 456, 0),
    ],
)
def test_zeros_in_front_are_no_digits_of_a_percentage(a, b, decimals):
    assert ratio(quantity(a), quantity(b), most_decimals=9)["decimals"] == decimals


def test_a_whole_that_may_be_nothing_leaves_a_ratio_without_bounds():
    nearly = Quantity(Fraction(STEP, 2), Fraction(STEP, 2), STEP, "x", ())
    row = ratio(quantity(3), nearly, most_decimals=2)
    assert (row["low"], row["high"]) == (float("-inf"), float("inf"))
    assert ratio(quantity(3), quantity(0), most_decimals=2) == {
        "unit": "ratio",
        "reason": "zero_denominator",
        "missing": "x",
    }
