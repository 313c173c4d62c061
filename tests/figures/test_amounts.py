from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscal.errors import InputError
from fiscal.figures import amounts

FACTORS = {"亿元": 10**8, "万元": 10**4, "元": 1}


@given(st.integers(0, 10**15), st.sampled_from(list(FACTORS)))
def test_what_is_printed_in_a_unit_reads_back_exactly(yuan, unit):
    printed = format(Decimal(yuan) / FACTORS[unit], "f")
    assert amounts.exact(printed, unit) == yuan


@pytest.mark.parametrize("printed", ["40586", "40,586", "４０５８６", "40 586", "40586.0"])
def test_separators_and_full_width_digits_are_read(printed):
    assert amounts.exact(printed, "万元") == 405_860_000


@pytest.mark.parametrize("printed", ["", "1.2.3", "abc", "1e5", "½", "--1"])
def test_what_is_no_number_is_refused(printed):
    with pytest.raises(InputError, match="expected a number"):
        amounts.exact(printed, "亿元")


def test_less_than_a_yuan_is_refused():
    with pytest.raises(InputError, match="not a whole number"):
        amounts.exact("0.00001", "万元")


def test_a_figure_is_rounded_as_finely_as_the_finest_of_its_document_in_the_same_unit():
    figures = pd.DataFrame(
        [
            ("a", "亿元", "33.4", "yuan", 10**6),
            ("a", "亿元", "39.01", "yuan", 10**6),
            ("a", "万元", "7", "yuan", 10**4),
            ("b", "亿元", "33.4", "yuan", 10**7),
            ("a", "个", "12", "count", 0),  # exact
            ("a", "亿元", "", "yuan", 0),  # not printed
        ],
        columns=["disclosure", "disclosed_unit", "disclosed", "unit", "expected"],
    )
    assert amounts.quanta(figures) == list(figures["expected"])
