"""Places side by side: what may be ranked together, what stands apart, and what is missing."""

from fractions import Fraction

import pandas as pd
import pytest

from fiscal import datasets, measures
from fiscal.errors import InputError, UnknownName
from fiscal.measures.compare import groups

LIMIT, BALANCE = "debt.limit.year_end", "debt.balance"


def compared(*names, **chosen):
    return measures.compare(datasets.figures(list(names)), **chosen)


def row(frame, disclosure, measure, scope="whole"):
    found = frame.query("disclosure == @disclosure and measure == @measure and scope == @scope")
    assert len(found) == 1
    return found.iloc[0]


def test_the_use_of_the_limit_is_exact_with_the_interval_that_rounding_leaves():
    found = row(compared("jiaxing-2017"), "jiaxing-2017", "limit_use")
    assert Fraction(int(found["numerator"]), int(found["denominator"])) == Fraction(81174, 81878)
    assert found["low"] < found["value"] < found["high"]
    assert (found["level"], found["fiscal_year"], found["basis"]) == ("prefecture", 2017, "final")
    assert found["formula"] == f"{BALANCE} ÷ {LIMIT}"


def test_the_use_of_the_limit_is_that_of_the_measures_of_debt():
    figures = datasets.figures("urumqi-2020")
    ours = row(measures.compare(figures), "urumqi-2020", "limit_use")
    theirs = measures.debt(figures).query("measure == 'limit_use' and type == 'total'").iloc[0]
    for column in ("numerator", "denominator", "low", "high", "decimals", "inputs"):
        assert ours[column] == theirs[column]


@pytest.mark.parametrize(
    ("measure", "rows", "value"),
    [
        ("limit_use", [(BALANCE, "30"), (LIMIT, "40")], Fraction(3, 4)),
        ("special_share", [(BALANCE, "30"), (f"{BALANCE}.special", "12")], Fraction(2, 5)),
        ("special_share", [(f"{BALANCE}.general", "18"), (f"{BALANCE}.special", "12")], Fraction(2, 5)),
        ("new_bonds_to_balance", [(BALANCE, "30"), ("debt.bonds.new", "6")], Fraction(1, 5)),
        ("debt_ratio", [(BALANCE, "30"), ("capacity.comprehensive", "25")], Fraction(6, 5)),
        ("debt_ratio_printed", [("debt.ratio", "68.8")], Fraction(688, 1000)),
        (
            "transfers_to_revenue",
            [("transfers.received.general_public", "30"), ("revenue.general_public", "12")],
            Fraction(5, 2),
        ),
        (
            "transfers_to_expenditure",
            [("transfers.received.general_public", "30"), ("expenditure.general_public", "40")],
            Fraction(3, 4),
        ),
    ],
)
def test_each_measure(written, measure, rows, value):
    written("ayi-2020", rows)
    found = row(compared("ayi-2020"), "ayi-2020", measure)
    assert Fraction(int(found["numerator"]), int(found["denominator"])) == value


def test_what_is_missing_says_what_and_why(written):
    written("ayi-2020", [(BALANCE, "30")])
    frame = compared("ayi-2020")
    found = row(frame, "ayi-2020", "limit_use")
    assert pd.isna(found["value"])
    assert (found["reason"], found["missing"], found["basis"]) == ("not_stated", LIMIT, "")
    assert len(frame) == 7


@pytest.mark.parametrize("other", [{"basis": "budget"}, {"as_of": "2020-06"}, {"fiscal_year": 2021}, {"scope": "own"}])
def test_a_plan_or_another_date_year_or_scope_never_stands_in(written, other):
    written("ayi-2020", [(BALANCE, "30"), (LIMIT, "40", other)])
    found = row(compared("ayi-2020"), "ayi-2020", "limit_use")
    assert pd.isna(found["value"])
    assert found["reason"] == "stated_otherwise"


def test_a_denominator_of_zero_is_no_ratio(written):
    written("ayi-2020", [(BALANCE, "0"), (LIMIT, "0")])
    assert row(compared("ayi-2020"), "ayi-2020", "limit_use")["reason"] == "zero_denominator"


def test_two_bases_in_one_ratio_are_named_and_are_a_set_of_their_own(written):
    written("ayi-2020", [(BALANCE, "30", {"basis": "expected"}), (LIMIT, "40")])
    written("bei-2020", [(BALANCE, "20"), (LIMIT, "40")])
    frame = compared("ayi-2020", "bei-2020")
    assert row(frame, "ayi-2020", "limit_use")["basis"] == "expected/final"
    found = [(context["basis"], list(group["disclosure"])) for context, group in groups(frame, "limit_use")]
    assert found == [("final", ["bei-2020"]), ("expected/final", ["ayi-2020"])]


def test_bases_stand_the_firmest_first_and_those_of_a_sum_last(written):
    general, special = f"{BALANCE}.general", f"{BALANCE}.special"
    written("ayi-2020", [(general, "30", {"basis": "expected"}), (special, "1"), (LIMIT, "40")])
    written("bei-2020", [(BALANCE, "20", {"basis": "expected"}), (LIMIT, "40")])
    written("cao-2020", [(BALANCE, "20", {"basis": "execution"}), (LIMIT, "40")])
    written("dai-2020", [(BALANCE, "20", {"basis": "expected"}), (LIMIT, "40", {"basis": "expected"})])
    frame = compared("ayi-2020", "bei-2020", "cao-2020", "dai-2020")
    found = [context["basis"] for context, _ in groups(frame, "limit_use")]
    assert found == ["expected", "execution/final", "expected/final", "final+expected/final"]


def test_only_the_same_year_scope_and_date_is_ranked_together_highest_first(written):
    third = {"scope": "other", "scope_label": "大本级"}
    written("ayi-2020", [(BALANCE, "30"), (LIMIT, "40"), (BALANCE, "9", third), (LIMIT, "10", third)])
    written("bei-2020", [(BALANCE, "38"), (LIMIT, "40")])
    written("cao-2021", [(BALANCE, "39"), (LIMIT, "40")], year=2021)
    june = {"as_of": "2020-06"}
    written("dai-2020", [(BALANCE, "10", june), (LIMIT, "40", june)])
    found = [
        (context["fiscal_year"], context["as_of"], context["scope"], list(group["disclosure"]))
        for context, group in groups(compared("ayi-2020", "bei-2020", "cao-2021", "dai-2020"), "limit_use")
    ]
    assert found == [
        (2020, "", "whole", ["bei-2020", "ayi-2020"]),
        (2020, "", "other", ["ayi-2020"]),
        (2020, "2020-06", "whole", ["dai-2020"]),
        (2021, "", "whole", ["cao-2021"]),
    ]


def test_third_scopes_of_one_place_are_told_apart(written):
    rows = []
    for label, balance in (("大本级", "9"), ("市区", "5")):
        third = {"scope": "other", "scope_label": label}
        rows += [(BALANCE, balance, third), (LIMIT, "10", third)]
    written("ayi-2020", rows)
    found = compared("ayi-2020").query("measure == 'limit_use' and scope == 'other'")
    assert dict(zip(found["scope_label"], found["value"], strict=True)) == {"大本级": 0.9, "市区": 0.5}


def test_third_scopes_of_two_places_are_never_one_set(written):
    for name, label in (("ayi-2020", "大本级"), ("bei-2020", "市区")):
        third = {"scope": "other", "scope_label": label}
        written(name, [(BALANCE, "9", third), (LIMIT, "10", third)])
    found = [context["scope_label"] for context, _ in groups(compared("ayi-2020", "bei-2020"), "limit_use")]
    assert sorted(found) == sorted(["大本级", "市区"])


def test_interpreted_scopes_derived_inputs_and_lower_bounds_are_marked(written):
    derived = {"status": "derived", "formula": f"{BALANCE}.general + {BALANCE}.special"}
    partial = {"remark": "scope.interpreted; excludes.onlent_foreign"}
    written("ayi-2020", [(BALANCE, "30", derived), (LIMIT, "40"), ("debt.bonds.new", "3", partial)])
    frame = compared("ayi-2020")
    use, bonds = (row(frame, "ayi-2020", measure) for measure in ("limit_use", "new_bonds_to_balance"))
    assert (use["derived"], use["interpreted"], use["bound"]) == (True, False, "")
    assert (bonds["derived"], bonds["interpreted"], bonds["bound"]) == (True, True, "at_least")


def test_measures_and_years_can_be_chosen(written):
    written("ayi-2020", [(BALANCE, "30"), (LIMIT, "40")])
    written("bei-2021", [(BALANCE, "30"), (LIMIT, "40")], year=2021)
    frame = compared("ayi-2020", "bei-2021", measures="limit_use", years=2021)
    assert list(frame["disclosure"]) == ["bei-2021"]
    assert list(frame["measure"]) == ["limit_use"]
    assert len(compared("ayi-2020", "bei-2021", measures="", years=[])) == 14


def test_a_measure_or_year_that_is_none_is_named():
    with pytest.raises(UnknownName, match="unknown measure 'speed'; there is: debt_ratio, "):
        compared("urumqi-2020", measures="speed")
    with pytest.raises(InputError, match="years: expected fiscal years such as 2020, found '2020'"):
        compared("urumqi-2020", years=["2020"])


def test_no_place_and_one_place_have_the_same_columns():
    one = compared("urumqi-2020")
    none = measures.compare(datasets.figures("urumqi-2020").iloc[:0])
    assert len(none) == 0
    assert none.dtypes.equals(one.dtypes)
    assert list(groups(none, "limit_use")) == []
    ((_, group),) = groups(one, "limit_use")
    assert len(group) == 1
