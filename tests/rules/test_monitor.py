"""Warnings and recoveries: each stated rule, each boundary from both sides, on every engine, and their laws."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
import yaml
from conftest import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from fiscal import rules
from fiscal.errors import InputError

SITUATIONS = yaml.safe_load((Path(__file__).parent / "situations.yaml").read_text(encoding="utf-8"))
POLICY = rules.load_policy("urumqi-2020")


def project(situation):
    return {
        "node": situation["node"],
        "budget_yuan": situation["budget"],
        "executed_yuan": situation["executed"],
        "completion_bp": round(situation["completed"] * 100),
    }


@pytest.mark.parametrize("situation", SITUATIONS["monitoring"], ids=lambda s: s["says"])
def test_situations(engine, policy, situation):
    changed = policy.replace(situation.get("with", {}))
    (outcome,) = rows(rules.monitor(engine([project(situation)]), changed))
    assert outcome["problem"] == ""
    assert outcome["warning"] == situation["warning"]
    assert outcome["recovered_yuan"] == situation["recovered"]
    assert outcome["rule"] == situation["row"]
    assert changed.tables["recovery"].clause == situation["clause"]


def by_hand(row, base):
    """The default rules once more, in plain words and exact fractions."""
    execution, completion = Fraction(row["executed_yuan"], base), Fraction(row["completion_bp"], 10_000)
    months = {"may": 5, "september": 9}[row["node"]]
    abnormal = execution == 0 or execution < Fraction(months, 24)
    warning = abnormal or abs(execution - completion) > Fraction(1, 5)
    if execution == 0 and completion <= Fraction(1, 10):
        return warning, base
    if execution == 0 and completion < Fraction(1, 2):
        return warning, base // 2
    if 0 < execution <= Fraction(1, 5) and completion <= Fraction(3, 10):
        return warning, base // 2
    return warning, 0


RATES = st.one_of(st.sampled_from([0, 1000, 1001, 3000, 3001, 4999, 5000, 6000, 10_000]), st.integers(0, 12_000))
PROJECTS = st.tuples(st.integers(1, 10**12), RATES, RATES, RATES, RATES)


# Few examples of many projects: a frame of one costs what a frame of sixty does.
@settings(max_examples=8)
@given(st.lists(PROJECTS, min_size=1, max_size=60))
def test_laws_over_both_nodes(projects):
    frame = []
    for number, (budget, may, september, done_may, done_september) in enumerate(projects):
        for node, rate, done in (("may", may, done_may), ("september", september, done_september)):
            executed = budget * min(rate, 10_000) // 10_000
            frame.append(
                {
                    "project_id": f"P{number}",
                    "node": node,
                    "budget_yuan": budget,
                    "executed_yuan": executed,
                    "completion_bp": done,
                }
            )
    outcomes = rows(rules.monitor(pd.DataFrame(frame), POLICY))
    assert len(outcomes) == len(frame)
    for first, second in zip(outcomes[::2], outcomes[1::2], strict=True):
        assert (first["warning"], first["recovered_yuan"]) == by_hand(first, first["budget_yuan"])
        left = first["budget_yuan"] - first["recovered_yuan"]
        assert second["base_yuan"] == left or (left == 0 and second["problem"])
        if second["problem"]:
            assert second["recovered_yuan"] is None
            continue
        warning, recovered = by_hand(second, left)
        assert second["warning"] == warning
        unspent = max(left - second["executed_yuan"], 0)
        assert second["recovered_yuan"] == min(recovered, unspent)
        taken = first["recovered_yuan"] + second["recovered_yuan"]
        if second["executed_yuan"] <= left:
            assert taken + second["executed_yuan"] <= first["budget_yuan"]
    polars = rows(rules.monitor(pl.DataFrame(frame), POLICY))
    assert [r["recovered_yuan"] for r in polars] == [r["recovered_yuan"] for r in outcomes]
    assert [r["rule"] for r in polars] == [r["rule"] for r in outcomes]


def test_twenty_points_apart_is_exactly_that_where_floats_are_wrong(engine):
    pairs = [(e, c) for e in range(101) for c in range(101) if abs(e - c) == 20]
    assert len(pairs) == 162
    assert sum(abs(e / 100 - c / 100) > 0.2 for e, c in pairs) == 28
    frame = {
        "node": ["september"] * 162,
        "budget_yuan": [100] * 162,
        "executed_yuan": [e for e, _ in pairs],
        "completion_bp": [c * 100 for _, c in pairs],
    }
    outcomes = rows(rules.monitor(engine(frame), POLICY))
    assert not any(outcome["warning_reason"] in ("deviation", "both") for outcome in outcomes)


GOOD = {"project_id": "P1", "node": "may", "budget_yuan": 100, "executed_yuan": 50, "completion_bp": 5000}
PROBLEMS = {
    "node is missing": {"node": None},
    "node is none of may, september": {"node": "june"},
    "budget_yuan is missing": {"budget_yuan": None},
    "budget_yuan is below 1": {"budget_yuan": 0},
    "executed_yuan is below 0": {"executed_yuan": -1},
    "executed_yuan is missing": {"executed_yuan": None},
    "budget_yuan is above 1000000000000": {"budget_yuan": 2**62},
    "completion_bp is above 100000": {"completion_bp": 200_000},
    "completion_bp is missing": {"completion_bp": None},
    "executed is more than ten times the budget": {"executed_yuan": 1500},
    "project_id is missing": {"project_id": None},
}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_row_that_can_not_be_decided_keeps_its_place_and_says_why(engine, problem):
    frame = [GOOD, GOOD | {"project_id": "P2"} | PROBLEMS[problem], GOOD | {"project_id": "P3"}]
    outcomes = rows(rules.monitor(engine(frame), POLICY))
    assert [outcome["problem"] for outcome in outcomes] == ["", problem, ""]
    assert [outcome["warning"] for outcome in outcomes] == [False, None, False]
    assert outcomes[1]["recovered_yuan"] is None
    assert outcomes[1]["action"] is None
    assert outcomes[1]["rule"] is None


def test_a_project_twice_at_a_node_is_a_problem_of_both_rows(engine):
    outcomes = rows(rules.monitor(engine([GOOD, GOOD]), POLICY))
    assert {outcome["problem"] for outcome in outcomes} == {"project_id is there twice at this node"}


def test_numbers_that_a_float_can_not_hold_exactly_are_too_large_or_too_small():
    budgets = {2.0**53: "above 1000000000000", 1e30: "above 1000000000000", float("inf"): "above 1000000000000"}
    budgets |= {-(2.0**53): "below 1", -1e30: "below 1", -float("inf"): "below 1"}
    frame = pd.DataFrame([GOOD | {"project_id": str(budget), "budget_yuan": budget} for budget in budgets])
    assert rules.monitor(frame, POLICY)["problem"].tolist() == [f"budget_yuan is {said}" for said in budgets.values()]


def test_a_fraction_of_a_yuan_is_a_problem_in_pandas_and_an_error_elsewhere():
    frame = pd.DataFrame([GOOD | {"executed_yuan": 0.5}])
    assert rules.monitor(frame, POLICY)["problem"].tolist() == ["executed_yuan is no whole number"]
    with pytest.raises(InputError, match="executed_yuan: expected whole numbers"):
        rules.monitor(pl.DataFrame([GOOD | {"executed_yuan": 0.5}]), POLICY)


def test_a_project_that_lacks_several_columns_is_told_all():
    with pytest.raises(InputError, match=r"^a project needs node, completion_bp; this one has budget_yuan, executed"):
        rules.explain({"budget_yuan": 1, "executed_yuan": 0}, POLICY)


def test_missing_columns_and_text_in_numbers_are_named(engine):
    with pytest.raises(InputError, match=r"^monitor needs the column completion_bp; the frame has"):
        rules.monitor(engine([{k: v for k, v in GOOD.items() if k != "completion_bp"}]), POLICY)
    with pytest.raises(InputError, match="budget_yuan: expected whole numbers"):
        rules.monitor(engine([GOOD | {"budget_yuan": "many"}]), POLICY)


def test_the_frame_that_was_given_is_as_it_was():
    frame = pd.DataFrame([GOOD, GOOD | {"project_id": "P2", "budget_yuan": None}], index=[7, 3])
    before = frame.copy()
    outcome = rules.monitor(frame, POLICY)
    pd.testing.assert_frame_equal(frame, before)
    assert outcome.index.tolist() == [7, 3]
    pd.testing.assert_frame_equal(outcome[before.columns], before)
    assert str(outcome["recovered_yuan"].dtype) == "Int64"


@settings(max_examples=15)
@given(
    st.integers(1, 10**12),
    st.integers(0, 12_000),
    st.integers(0, 12_000),
    st.integers(1, 9_999),
    st.sampled_from(["points", "relative", "one_sided"]),
)
def test_any_edge_is_compared_exactly_however_fine_it_is(budget, rate, completion, edge, reading):
    executed = min(budget * rate // 10_000, 10**12)
    changes = {"warning.deviation_max": edge / 10_000, "warning.deviation_reading": reading}
    policy = POLICY.replace(changes | {"progress.reading": "deviation_only"})
    apart = Fraction(executed, budget) - Fraction(completion, 10_000)
    limit = Fraction(edge, 10_000)
    if reading == "relative":
        expected = abs(apart) > limit * Fraction(completion, 10_000)
    else:
        expected = (abs(apart) if reading == "points" else apart) > limit
    row = {"node": "may", "budget_yuan": budget, "executed_yuan": executed, "completion_bp": completion}
    for frame in (pd.DataFrame([row]), pl.DataFrame([row])):
        assert rows(rules.monitor(frame, policy))[0]["warning"] == expected


def test_an_edge_that_is_too_fine_to_be_exact_is_refused(engine):
    # What is left of a division, times the numerator, has to stay below 2 to the 63rd.
    for edge in ("0.2000000001234", "0.0922337207"):
        with pytest.raises(InputError, match="too fine to be exact with whole yuan"):
            rows(rules.monitor(engine([GOOD]), POLICY.replace({"warning.deviation_max": edge})))
    (outcome,) = rows(rules.monitor(engine([GOOD]), POLICY.replace({"warning.deviation_max": "0.0922337203"})))
    assert not outcome["warning"]


def test_columns_of_the_users_own_stay(engine):
    own = {"_note": "x", "abnormal": "a", "candidate": "b", "warning": "old"}
    (outcome,) = rows(rules.monitor(engine([GOOD | own]), POLICY))
    assert (outcome["_note"], outcome["abnormal"], outcome["candidate"]) == ("x", "a", "b")
    assert outcome["warning"] is False


def test_narrow_integers_do_not_overflow_and_stay_what_they_are():
    row = {"node": "september", "budget_yuan": 2_000_000_000, "executed_yuan": 1_600_000_000, "completion_bp": 5999}
    narrow = {"budget_yuan": "int32", "executed_yuan": "int32", "completion_bp": "int16"}
    in_pandas = rules.monitor(pd.DataFrame([row]).astype(narrow | {"node": "category"}), POLICY)
    kinds = {"budget_yuan": pl.Int32, "executed_yuan": pl.Int32, "completion_bp": pl.Int16}
    in_polars = rules.monitor(pl.DataFrame([row]).cast(kinds), POLICY)
    assert in_pandas["warning_reason"].tolist() == in_polars["warning_reason"].to_list() == ["deviation"]
    assert str(in_pandas["budget_yuan"].dtype) == "int32"
    assert in_polars.schema["completion_bp"] == pl.Int16


def test_a_may_recovery_changes_the_base_of_september(engine):
    frame = [
        GOOD | {"executed_yuan": 0, "completion_bp": 3000, "budget_yuan": 1000},
        GOOD | {"node": "september", "executed_yuan": 100, "completion_bp": 3000, "budget_yuan": 1000},
    ]
    first, second = rows(rules.monitor(engine(frame), POLICY))
    assert (first["recovered_yuan"], second["base_yuan"], second["recovered_yuan"]) == (500, 500, 250)
    approved = POLICY.replace({"recovery.base": "approved"})
    first, second = rows(rules.monitor(engine(frame), approved))
    assert (second["base_yuan"], second["recovered_yuan"]) == (1000, 400)


def test_a_budget_that_is_smaller_than_what_was_recovered_before_leaves_nothing(engine):
    idle = {"project_id": "P1", "executed_yuan": 0, "completion_bp": 0}
    frame = [idle | {"node": "may", "budget_yuan": 1000}, idle | {"node": "september", "budget_yuan": 900}]
    first, second = rows(rules.monitor(engine(frame), POLICY))
    assert first["recovered_yuan"] == 1000
    assert second["problem"] == "nothing is left of the budget after what was recovered"
    assert (second["base_yuan"], second["recovered_yuan"], second["warning"]) == (None, None, None)


def test_a_million_rows_fit_in_three_times_the_input():
    import tracemalloc

    random = np.random.default_rng(1)
    size = 1_000_000
    budget = random.integers(1, 10**9, size)
    frame = pd.DataFrame(
        {
            "node": pd.Categorical.from_codes(random.integers(0, 2, size), ["may", "september"]).astype("str"),
            "budget_yuan": budget,
            "executed_yuan": (budget * random.random(size)).astype("int64"),
            "completion_bp": random.integers(0, 10_001, size),
        }
    )
    given_bytes = frame.memory_usage(deep=True).sum()
    tracemalloc.start()
    rules.monitor(frame, POLICY)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= 3 * given_bytes
