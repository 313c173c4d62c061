"""Laws of measures, for any figures: the interval holds the truth, digits claim no more than the inputs have."""

from fractions import Fraction

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
