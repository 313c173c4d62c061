import pytest
from shown import shown

from fiscal import datasets, measures

FIGURES = datasets.figures("urumqi-2020")
TABLE = measures.debt(FIGURES)


@pytest.mark.parametrize(
    ("measure", "kind", "expected"),
    [
        ("limit_use", "total", "86.12%"),
        ("limit_use", "general", "84.46%"),
        ("limit_use", "special", "87.01%"),
        ("headroom", "total", "191.63 yi"),
        ("headroom", "general", "74.63 yi"),
        ("headroom", "special", "117.00 yi"),
        ("composition", "general", "34.11%"),
        ("composition", "special", "65.89%"),
        ("new_bonds_to_new_limit", "total", "98.87%"),
        ("new_bonds_to_new_limit", "general", "76.7%"),
        ("new_limit_less_new_bonds", "general", "1.40 yi"),
        ("new_limit_less_new_bonds", "special", "0.00 yi"),
        ("break_even.yellow", "total", "990.78 yi"),
        ("break_even.orange", "total", "594.47 yi"),
        ("break_even.red", "total", "396.31 yi"),
    ],
)
def test_to_the_digit(measure, kind, expected):
    assert shown(TABLE, measure, kind) == expected


def test_new_bonds_that_leave_something_out_are_a_lower_bound():
    table = TABLE.set_index(["measure", "type"])
    assert table.at[("new_bonds_to_new_limit", "total"), "bound"] == "at_least"


def test_without_a_denominator_there_is_no_ratio_but_a_reason():
    row = TABLE.set_index(["measure", "type"]).loc[("debt_ratio", "total")]
    assert row.isna()["value"]
    assert (row["reason"], row["missing"], row["band"]) == ("not_stated", "capacity.comprehensive", "")


def with_context(tmp_path, **amounts):
    names = {
        "capacity": "capacity.comprehensive",
        "interest": "debt.service.interest.general",
        "expenditure": "expenditure.general_public",
    }
    path = tmp_path / "context.yaml"
    entries = [
        f"  - {{concept: {names[name]}, fiscal_year: 2020, value: '{amount}', unit: 元, source: a yearbook}}\n"
        for name, amount in amounts.items()
    ]
    path.write_text("figures:\n" + "".join(entries), encoding="utf-8")
    return measures.debt(FIGURES, path).set_index(["measure", "type"])


# 1188.94 亿元 is 120 % of 990.7833… 亿元: no whole yuan is exactly there, so an even balance is used for edges.
@pytest.mark.parametrize(
    ("capacity", "band"),
    [
        (118_894_000_000, "green"),
        (99_078_333_334, "green"),
        (99_078_333_333, "yellow"),
        (59_447_000_001, "yellow"),
        (59_447_000_000, "orange"),
        (39_631_333_334, "orange"),
        (39_631_333_333, "red"),
    ],
)
def test_bands_have_inclusive_lower_edges(tmp_path, capacity, band):
    table = with_context(tmp_path, capacity=capacity)
    assert table.at[("debt_ratio", "total"), "band"] == band
    assert table.at[("debt_ratio", "total"), "bound"] == "at_least"
    assert table.at[("debt_ratio", "general"), "band"] == ""


@pytest.mark.parametrize(("interest", "band"), [(1_000_000_000, ""), (1_000_000_001, "restructuring")])
def test_the_trigger_has_to_be_exceeded(tmp_path, interest, band):
    table = with_context(tmp_path, interest=interest, expenditure=10_000_000_000)
    assert table.at[("interest_burden", "general"), "band"] == band
    assert table.at[("interest_burden", "special"), "reason"] == "not_stated"


def test_a_context_of_another_year_does_not_count(tmp_path):
    path = tmp_path / "context.yaml"
    entry = "{concept: capacity.comprehensive, fiscal_year: 2019, value: 900, unit: 亿元, source: a yearbook}"
    path.write_text(f"figures: [{entry}]", encoding="utf-8")
    table = measures.debt(FIGURES, path).set_index(["measure", "type"])
    assert table.at[("debt_ratio", "total"), "reason"] == "not_stated"


def test_a_total_that_is_not_printed_is_added_up_and_says_so():
    figures = FIGURES[FIGURES["concept"] != "debt.balance"]
    row = measures.debt(figures).set_index(["measure", "type"]).loc[("limit_use", "total")]
    assert row["formula"] == "(debt.balance.general + debt.balance.special) ÷ debt.limit.year_end"
    assert row["value"] == pytest.approx(1188.94 / 1380.57)


def test_a_document_without_debt_has_reasons_and_no_zeros():
    table = measures.debt(FIGURES[FIGURES["concept"].str.startswith("transfers.")])
    assert table["value"].isna().all()
    assert set(table["reason"]) == {"not_stated"}
