import pandas as pd
import pytest
from shown import shown

from fiscal import datasets, measures

SUMMED = (
    "general_public.returning",
    "general_public.grants.general",
    "general_public.grants.special",
    "government_fund",
    "state_capital",
)
TABLE = measures.transfers(datasets.figures("urumqi-2020"))


@pytest.mark.parametrize(
    ("measure", "kind", "expected"),
    [
        ("paid_to_received", "general", "67.9%"),
        ("paid_to_received", "special", "102.2%"),
        ("paid_to_received", "government_fund", "93.5%"),
        ("paid_to_received", "state_capital", "60%"),
        ("paid_to_received", "grants", "79.0%"),
        ("paid_less_received", "special", "0.74 yi"),
        ("composition.received", "returning", "27.4%"),
        ("composition.received", "general", "49.2%"),
        ("composition.received", "special", "23.5%"),
        ("composition.paid", "returning", "24.1%"),
        ("composition.paid", "general", "44.2%"),
        ("composition.paid", "special", "31.7%"),
        ("sum.received", "total", "182.77 yi"),
        ("sum.paid", "total", "145.17 yi"),
    ],
)
def test_to_the_digit(measure, kind, expected):
    assert shown(TABLE, measure, kind) == expected


def test_rebates_have_no_ratio_and_say_why():
    row = TABLE.set_index(["measure", "type"]).loc[("paid_to_received", "returning")]
    assert row.isna()["value"]
    assert row["reason"] == "revenue_sharing"


def test_every_measure_names_formula_inputs_and_interval():
    there = TABLE[TABLE["reason"] == ""]
    assert (there["formula"] != "").all()
    assert there["inputs"].map(len).gt(0).all()
    assert (there["low"] <= there["value"]).all()
    assert (there["value"] <= there["high"]).all()


def test_zero_received_is_a_missing_ratio_with_a_reason():
    figures = datasets.figures("urumqi-2020")
    figures.loc[figures["concept"] == "transfers.received.state_capital", "value"] = 0
    row = measures.transfers(figures).set_index(["measure", "type"]).loc[("paid_to_received", "state_capital")]
    assert row.isna()["value"]
    assert row["reason"] == "zero_denominator"


def test_a_figure_that_is_not_printed_leaves_a_reason():
    figures = datasets.figures("urumqi-2020")
    figures = figures[figures["concept"] != "transfers.paid.government_fund"]
    table = measures.transfers(figures).set_index(["measure", "type"])
    assert table.at[("paid_to_received", "government_fund"), "reason"] == "not_stated"
    assert table.at[("paid_to_received", "government_fund"), "missing"] == "transfers.paid.government_fund"
    assert table.at[("paid_to_received", "general"), "reason"] == ""


def test_what_is_paid_counts_at_the_own_level_and_what_is_received_in_the_whole_area():
    figures = datasets.figures("urumqi-2020")
    both = pd.concat(
        [figures.assign(scope=scope, value=figures["value"] * n) for n, scope in ((1, "own"), (3, "whole"))]
    )
    found = measures.transfers(both).set_index(["measure", "type"])["value"]
    whole = TABLE.set_index(["measure", "type"])["value"]
    assert found["sum.received", "total"] == 3 * whole["sum.received", "total"]
    assert found["sum.paid", "total"] == whole["sum.paid", "total"]
    for scope, factor in (("own", 1), ("whole", 3)):
        alone = measures.transfers(both[both["scope"] == scope]).set_index(["measure", "type"])["value"]
        assert alone["sum.received", "total"] == factor * whole["sum.received", "total"]
        assert alone["sum.paid", "total"] == factor * whole["sum.paid", "total"]


def test_a_year_without_transfers_has_no_rows():
    figures = datasets.figures("urumqi-2020")
    debt = figures[figures["concept"].str.startswith("debt.")]
    both = pd.concat([figures, debt.assign(fiscal_year=2019)])
    assert set(measures.transfers(both)["fiscal_year"]) == {2020}
    assert set(measures.debt(both)["fiscal_year"]) == {2019, 2020}
    earlier = figures[figures["concept"].str.startswith("transfers.")].assign(fiscal_year=2019)
    assert set(measures.transfers(pd.concat([figures, earlier]))["fiscal_year"]) == {2019, 2020}


def test_a_sum_of_a_sum_says_all_that_was_added():
    figures = datasets.figures("urumqi-2020")
    parts = figures[figures["concept"] != "transfers.received.general_public"]
    row = measures.transfers(parts).set_index(["measure", "type"]).loc[("sum.received", "total")]
    assert row["formula"] == " + ".join(f"transfers.received.{name}" for name in SUMMED)
    assert row["value"] == TABLE.set_index(["measure", "type"]).at[("sum.received", "total"), "value"]
