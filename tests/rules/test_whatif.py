"""What-if: policies decided together give what each gives alone, to the yuan; cliffs and nearest changes are exact."""

import sys
from fractions import Fraction

import pandas as pd
import polars as pl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fiscal import datasets, resources, rules
from fiscal.errors import InputError, UnknownName
from fiscal.rules import points
from fiscal.rules.ensemble import Ensemble
from fiscal.rules.regions import regions

POLICY = rules.load_policy("urumqi-2020")
TABLES = rules.spot_checked(datasets.synthetic(300), POLICY)
PROJECTS = TABLES["monitoring"]

RATES = st.one_of(st.sampled_from([0, 1000, 1001, 2000, 3000, 3001, 5000, 6000]), st.integers(0, 12_000))
MONEY = st.one_of(st.integers(1, 50), st.integers(1, 10**12))
NODES = st.sampled_from(["may", "september"])


@st.composite
def frames(draw, ids=True):
    """Projects at one node or both, some that can't be decided."""
    rows = []
    for number in range(draw(st.integers(1, 12))):
        budget = draw(MONEY)
        nodes = draw(st.sampled_from([["may"], ["september"], ["may", "september"], ["may", "may"], ["june"]]))
        for node in nodes:
            executed = min(budget * draw(RATES) // 10_000, 10**12)
            rows.append([f"P{number}", draw(st.sampled_from("AB")), node, budget, executed, draw(RATES)])
    names = ["project_id", "department", "node", "budget_yuan", "executed_yuan", "completion_bp"]
    frame = pd.DataFrame(rows, columns=names)
    return frame if ids else frame.drop(columns="project_id")


@st.composite
def policies(draw):
    """The policy with several of its parameters moved, wherever the tables still fit."""
    numbers = st.integers(0, 60).map(lambda n: n / 100)
    changes = {
        "warning.deviation_max": draw(numbers),
        "progress.elapsed_share": draw(st.sampled_from([0.25, 0.5, 0.75])),
        "recovery.slow_execution_max": draw(st.sampled_from([0.1, 0.2, 0.3])),
        "recovery.half_share": draw(st.sampled_from([0.5, 0.333, 0.25])),
    }
    for name in ("progress.reading", "warning.deviation_reading", "recovery.base", "recovery.candidates"):
        changes[name] = draw(st.sampled_from(list(POLICY.parameters[name].alternatives)))
    return POLICY.replace(changes)


def alone(frame, policy):
    decided = rules.monitor(frame, policy)
    counts = decided["rule"].value_counts()
    return {
        "undecided": int((decided["problem"] != "").sum()),
        "warned": int(decided["warning"].fillna(False).sum()),
        "recovered": int(decided["recovered_yuan"].fillna(0).sum()),
        "rules": {rule: int(count) for rule, count in counts.items() if count},
    }


def together(counted, policy):
    decided = counted.decided(policy)
    counts = decided.groupby("rule")["rows"].sum()
    return {
        "undecided": int(decided.loc[decided["problem"] != "", "rows"].sum()),
        "warned": int(decided.loc[decided["warning"], "rows"].sum()),
        "recovered": int(decided["recovered_yuan"].sum()),
        "rules": {rule: int(count) for rule, count in counts.items() if count},
    }


@given(st.booleans().flatmap(lambda ids: frames(ids)), st.lists(policies(), min_size=1, max_size=4))
@settings(max_examples=8)
def test_policies_decided_together_give_what_each_gives_alone(frame, some):
    counted = regions(frame, some)
    for policy in some:
        assert together(counted, policy) == alone(frame, policy)


def test_a_total_beyond_what_a_float_holds_is_exact():
    budget, number = 10**12 - 1, 9011
    project = {"node": "may", "budget_yuan": budget, "executed_yuan": 0, "completion_bp": 0}
    (totals,) = regions(pd.DataFrame([project] * number), [POLICY]).totals(POLICY).values()
    assert totals["recovered_yuan"] == budget * number != int(float(budget * number))


def test_rows_that_can_not_be_decided_stand_in_the_same_columns():
    frame = PROJECTS.iloc[:3].assign(node=["may", "june", "may"])
    decided = regions(frame, [POLICY]).decided(POLICY)
    counted = ["first_rows", "first_warnings", "first_recoveries", "recovered_yuan"]
    told = ["warning_reason", "action", "rule"]
    assert sorted(decided.columns) == sorted(["rows", *counted, "warning", *told, "problem"])
    (undecided,) = decided[decided["problem"] != ""].to_dict("records")
    assert undecided["problem"] == "node is none of may, september"
    assert [undecided[name] for name in ("rows", *counted, "warning")] == [1, 0, 0, 0, 0, False]
    assert [undecided[name] for name in told] == [None, None, None]


@given(st.lists(policies(), min_size=1, max_size=2), st.integers(0, 2))
@settings(max_examples=2)
def test_headline_numbers_of_many_policies_are_those_of_each(some, seed):
    changes = {"cut.base": "after_recovery", "failing.monitoring": "recovered", "self_evaluation.stacking": "both"}
    others = {"rating.reporting_weight": 0.4, "grade.good_from": 75, "self_evaluation.adjustment_below": 79}
    some = [*some, some[0].replace(changes), some[0].replace(others)]
    tables = rules.spot_checked(datasets.synthetic(120, seed), POLICY)
    ensemble = Ensemble(tables, some)
    for policy in some:
        assert ensemble.summary(policy) == rules.summary(rules.outcomes(tables, policy))


def test_a_department_without_projects_or_evaluations_and_a_score_that_is_missing_change_nothing():
    departments = TABLES["departments"]
    watched, scored = departments["department"].iloc[:2]
    evaluations = TABLES["evaluations"]
    tables = TABLES | {
        "monitoring": PROJECTS[PROJECTS["department"] != watched],
        "evaluations": evaluations[evaluations["department"] != scored].assign(self_score=evaluations["self_score"]),
    }
    tables["evaluations"].loc[tables["evaluations"].index[0], "self_score"] = pd.NA
    some = [POLICY, POLICY.replace({"self_evaluation.stacking": "both"})]
    ensemble = Ensemble(tables, some)
    for policy in some:
        assert ensemble.summary(policy) == rules.summary(rules.outcomes(tables, policy))


def test_headline_numbers_of_monitoring_alone_ask_for_no_department():
    tables = {"monitoring": PROJECTS.drop(columns="department")}
    assert Ensemble(tables, [POLICY]).summary(POLICY) == {
        name: rules.summary(rules.outcomes(TABLES, POLICY))[name] for name in ("warned_projects", "recovered_yuan")
    }


def test_sensitivity_is_what_each_policy_gives_by_itself():
    found = rules.sensitivity(TABLES, POLICY)
    chosen = found[found["chosen"]].iloc[0]
    assert {name: chosen[name] for name in rules.summary(rules.outcomes(TABLES, POLICY))} == rules.summary(
        rules.outcomes(TABLES, POLICY)
    )
    row = found[(found["parameter"] == "grade.good_from") & (found["value"] == "75")].iloc[0]
    moved = rules.summary(rules.outcomes(TABLES, POLICY.replace({"grade.good_from": 75})))
    assert {name: row[name] for name in moved} == moved


def test_one_draw_is_enough_and_none_is_refused():
    found = rules.uncertainty({"monitoring": PROJECTS}, POLICY, draws=1)
    assert (found["draws"] == 1).all()
    assert (found["low"] == found["high"]).all()
    for draws, status in ((0, ("assumed",)), (5, ("stated",))):
        with pytest.raises(InputError, match=f"expected draws, and parameters that are {status[0]}, with a range"):
            rules.uncertainty({"monitoring": PROJECTS}, POLICY, draws=draws, status=status)


def test_uncertainty_holds_the_draws_it_says_and_the_same_seed_gives_the_same():
    first = rules.uncertainty(TABLES, POLICY, draws=30, seed=1)
    assert first["number"].tolist() == ["warned_projects", "recovered_yuan", "cut_yuan", "reduction_yuan"]
    assert (first["low"] <= first["median"]).all()
    assert (first["median"] <= first["high"]).all()
    assert first["chosen"].tolist() == list(rules.summary(rules.outcomes(TABLES, POLICY)).values())
    pd.testing.assert_frame_equal(first, rules.uncertainty(TABLES, POLICY, draws=30, seed=1))
    assert not first.equals(rules.uncertainty(TABLES, POLICY, draws=30, seed=2))
    alone = rules.uncertainty({"monitoring": PROJECTS}, POLICY, draws=5)
    assert alone["number"].tolist() == ["warned_projects", "recovered_yuan"]


def test_values_that_do_not_go_together_are_drawn_again(tmp_path):
    content = yaml.safe_load(resources.policy("urumqi-2020").read_text(encoding="utf-8"))
    content["parameters"]["grade.good_from"]["range"] = [75, 95]  # excellent begins at 90
    path = tmp_path / "wide.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    with pytest.raises(InputError):
        rules.load_policy(path).replace({"grade.good_from": 95})
    found = rules.uncertainty({"monitoring": PROJECTS.iloc[:20]}, path, draws=20)
    assert (found["draws"] == 20).all()


def test_only_what_is_left_open_is_drawn(monkeypatch):
    stated = {each.name for each in POLICY.parameters.values() if each.status == "stated"}
    drawn = []

    class Noted(Ensemble):
        def summary(self, policy):
            drawn.append({name for name in policy.parameters if policy[name] != POLICY[name]})
            return super().summary(policy)

    monkeypatch.setattr(sys.modules["fiscal.rules.sensitivity"], "Ensemble", Noted)
    rules.uncertainty(TABLES, POLICY, draws=5)
    assert drawn[0] == set()
    assert not set.union(*drawn) & stated
    assert {POLICY.parameters[name].status for name in set.union(*drawn)} == {"assumed"}


@given(frames(), st.lists(st.integers(0, 99).map(lambda n: n / 100), min_size=1, max_size=5, unique=True))
@settings(max_examples=8)
def test_a_sweep_gives_for_each_value_what_monitoring_gives(frame, values):
    found = rules.sweep(POLICY, "warning.deviation_max", values, frame)
    assert found["value"].tolist() == values
    for row in found.itertuples():
        decided = rules.monitor(frame, POLICY.replace({"warning.deviation_max": row.value}))
        assert row.rows == len(frame)
        assert row.undecided == (decided["problem"] != "").sum()
        assert row.warned == decided["warning"].fillna(False).sum()
        assert row.recovered_yuan == decided["recovered_yuan"].fillna(0).sum()
        warned = decided.loc[decided["warning"].fillna(False).astype(bool), "project_id"]
        assert row.warned_projects == warned.nunique()
        assert row.watch == (decided["action"] == "watch").sum()


def test_a_sweep_of_words_and_of_shares_and_on_other_engines():
    readings = list(POLICY.parameters["progress.reading"].alternatives)
    frames = {"pandas": PROJECTS, "polars": pl.from_pandas(PROJECTS), "lazy": pl.from_pandas(PROJECTS).lazy()}
    found = {name: rules.sweep(POLICY, "progress.reading", readings, frame) for name, frame in frames.items()}
    assert found["pandas"].equals(found["polars"])
    assert found["pandas"].equals(found["lazy"])
    assert found["pandas"]["warned"].nunique() == 3
    shares = rules.sweep(POLICY, "recovery.half_share", [0.1, 0.5], PROJECTS)
    assert shares["recovered_yuan"].is_monotonic_increasing


def test_a_sweep_that_can_not_be_says_why():
    with pytest.raises(InputError, match=r"do not use cut\.good"):
        rules.sweep(POLICY, "cut.good", [0.1, 0.2], PROJECTS)
    with pytest.raises(UnknownName, match="unknown parameter"):
        rules.sweep(POLICY, "warning.nothing", [1], PROJECTS)
    with pytest.raises(InputError, match="needs the column node"):
        rules.sweep(POLICY, "warning.deviation_max", [0.1], PROJECTS.drop(columns="node"))


OTHER = POLICY.replace({"recovery.half_share": 0.4, "warning.deviation_max": 0.1})


@pytest.mark.parametrize("kind", [lambda f: f, pl.from_pandas, lambda f: pl.from_pandas(f).lazy()], ids="ABC")
def test_a_comparison_is_conserved_to_the_yuan(kind):
    a, b = (rules.monitor(PROJECTS, policy) for policy in (POLICY, OTHER))
    comparison = rules.compare(POLICY, OTHER, kind(PROJECTS))
    expected = (int(a["recovered_yuan"].sum()), int(b["recovered_yuan"].sum()))
    differs = (a["warning"].fillna(False) != b["warning"].fillna(False)) | (
        a["recovered_yuan"].fillna(-1) != b["recovered_yuan"].fillna(-1)
    )
    differs |= a["action"].astype(object).fillna("") != b["action"].astype(object).fillna("")
    for columns in ([], ["department"], ["rule_a", "rule_b"], ["department", "node"]):
        found = comparison.by(*columns)
        assert (found["recovered_a"].sum(), found["recovered_b"].sum()) == expected
        assert found["moved"].sum() == expected[1] - expected[0]
        assert found["rows"].sum() == len(PROJECTS)
        assert found["changed"].sum() == differs.sum()


def test_a_lazy_comparison_stays_lazy_and_nothing_changes_beside_itself():
    comparison = rules.compare(POLICY, OTHER, pl.from_pandas(PROJECTS).lazy())
    assert isinstance(comparison.rows, pl.LazyFrame)
    assert rules.compare(POLICY, POLICY, PROJECTS).by()["changed"].tolist() == [0]


def steps(row, policy):
    budget = int(row["base_yuan"])
    found = points.rates(policy, budget, int(row["executed_yuan"]), int(row["completion_bp"]))
    return dict(zip(("execution", "completion", "deviation"), found, strict=True))


@given(frames(), st.sampled_from([0.005, 0.02, 0.1]))
@settings(max_examples=10)
def test_cliffs_are_those_of_each_project_by_itself(frame, within):
    found = rules.cliffs(frame, POLICY, within).set_index(["rate", "edge"])
    decided = rules.monitor(frame, POLICY)
    decided = decided[decided["problem"] == ""]
    reach = Fraction(str(within))
    for (rate, edge), row in found.iterrows():
        exact = next(p for p in (Fraction(0), *POLICY.values.values()) if _near(p, edge))
        below = above = stake = 0
        for project in decided.to_dict("records"):
            rates = steps(project, POLICY)
            if abs(rates[rate] - exact) > reach:
                continue
            # Edges are included below in this policy where "up to" is meant, and above where "from".
            side = _included(rate, exact)
            is_above = rates[rate] > exact or (rates[rate] == exact and side == "above")
            across = rates | {rate: _just(exact, is_above, side)}
            now, then = (points.monitored(POLICY, project["node"], **each) for each in (rates, across))
            told = [{**each[1].outputs, **each[2].outputs} for each in (now, then)]
            if any(told[0][name] != told[1][name] for name in ("warning", "action", "recovery_share")):
                below, above = below + (not is_above), above + is_above
                stake += abs(_taken(told[0], project) - _taken(told[1], project))
        assert (row["below"], row["above"], row["at_stake_yuan"]) == (below, above, stake), (rate, edge)


def _near(value, edge):
    return isinstance(value, Fraction) and float(value) == edge


def _included(rate, edge):
    from fiscal.rules.regions import ABOVE, cuts

    return "below" if (edge, ABOVE) in cuts(POLICY, rate) else "above"


def _just(edge, from_above, side):
    """A value just across the edge, as near as any other edge allows."""
    if side == "below":
        return edge if from_above else edge + Fraction(1, 10**9)
    return edge - Fraction(1, 10**9) if from_above else edge


def _taken(told, project):
    budget, base = int(project["budget_yuan"]), int(project["base_yuan"])
    taken = int(told["recovery_share"] * base)
    left = base if project["node"] == "september" else budget
    return max(min(taken, left - int(project["executed_yuan"])), 0)


def test_close_is_within_two_percentage_points_unless_told_otherwise():
    close = rules.cliffs(PROJECTS, POLICY)
    pd.testing.assert_frame_equal(close, rules.cliffs(PROJECTS, POLICY, Fraction(2, 100)))
    assert not close.equals(rules.cliffs(PROJECTS, POLICY, "0.019"))


def test_a_distance_of_nothing_is_refused():
    with pytest.raises(InputError, match="expected a distance above zero"):
        rules.cliffs(PROJECTS, POLICY, 0)


ONE = {"node": "may", "budget_yuan": 1000, "executed_yuan": 0, "completion_bp": 500}


def test_the_smallest_change_is_exact_and_on_the_right_side():
    found = rules.smallest_changes(ONE, POLICY).set_index("parameter")
    row = found.loc["recovery.full_completion_max"]
    # At 5 % completion all is recovered while the edge is 5 % or more.
    assert (row["to"], row["reached"], row["change"]) == (Fraction(1, 20), "beyond", Fraction(-1, 20))
    assert (row["action"], row["recovered_yuan"]) == ("withdraw_half", 500)
    half = rules.smallest_changes(ONE | {"completion_bp": 4900}, POLICY).set_index("parameter")
    row = half.loc["recovery.half_completion_max"]
    # "Below 50 %" does not include the edge: at 49 % it changes as soon as the edge is 49 %.
    assert (row["to"], row["reached"], row["action"]) == (Fraction(49, 100), "at", "watch")


def test_a_derived_edge_is_moved_by_its_parameter():
    row = ONE | {"executed_yuan": 210, "completion_bp": 2500}
    found = rules.smallest_changes(row, POLICY).set_index("parameter")
    # 21 % in May, when 5/12 of the year have passed: slow as soon as more than 252/500 of that is asked for.
    assert found.loc["progress.elapsed_share", "to"] == Fraction(21, 100) / Fraction(5, 12)
    assert found.loc["progress.elapsed_share", "reached"] == "beyond"
    assert bool(found.loc["progress.elapsed_share", "warning"]) is True


def test_of_changes_both_ways_the_nearer_is_told(tmp_path):
    path = tmp_path / "between.yaml"
    twice = "derived:\n  progress.may_top: {of: [progress.elapsed_share, progress.may_months], over: 6}\n"
    on_time = """when: ['"zero_or_slow"', '"may"', "%s"], then: ["%s", %s]}"""
    too_fast = "      - {id: fast, label: {en: fast, zh: 过快}, " + on_time % ("> may_top", "true", "slow")
    text = resources.policy("urumqi-2020").read_text(encoding="utf-8").replace("derived:\n", twice)
    text = text.replace(
        on_time % (">= may_min", "false", "none"), on_time % ("[may_min..may_top]", "false", "none") + f"\n{too_fast}"
    )
    path.write_text(text, encoding="utf-8")

    def nearest(executed, budget, done):
        row = {"node": "may", "budget_yuan": budget, "executed_yuan": executed, "completion_bp": done}
        found = rules.smallest_changes(row, path).set_index("parameter").loc["progress.elapsed_share"]
        return found["to"], found["reached"], found["change"]

    # On time from 5/12 to 5/6 of the share asked for, which is a half: 25 % is closer to too little, 40 % to too much.
    assert nearest(25, 100, 2500) == (Fraction(3, 5), "beyond", Fraction(1, 10))
    assert nearest(40, 100, 4000) == (Fraction(12, 25), "beyond", Fraction(-1, 50))
    # As far from one as from the other: the larger share is told.
    assert nearest(5, 18, 2778) == (Fraction(2, 3), "beyond", Fraction(1, 6))


@given(st.integers(1, 10_000), RATES, RATES, NODES)
@settings(max_examples=8)
def test_just_before_the_smallest_change_the_outcome_is_as_it_was(budget, rate, done, node):
    row = {
        "node": node,
        "budget_yuan": budget,
        "executed_yuan": min(budget * rate // 10_000, 10**12),
        "completion_bp": done,
    }

    def outcome(policy):
        told = rules.monitor(pd.DataFrame([row]), policy).iloc[0]
        return bool(told["warning"]), str(told["action"])

    now = outcome(POLICY)
    for each in rules.smallest_changes(row, POLICY).itertuples():
        assert (each.warning, each.action) != now
        if isinstance(each.to, str):
            assert outcome(POLICY.replace({each.parameter: each.to})) == (each.warning, each.action)
            continue
        if each.reached == "at":
            assert outcome(POLICY.replace({each.parameter: each.to})) == (each.warning, each.action)
        else:
            assert outcome(POLICY.replace({each.parameter: each.to})) == now
        if each.change:
            halfway = POLICY.replace({each.parameter: each.value + each.change / 2})
            assert outcome(halfway) == now


def test_a_project_that_can_not_be_decided_has_no_smallest_change():
    with pytest.raises(InputError, match="can't be decided: node is none of may, september"):
        rules.smallest_changes(ONE | {"node": "june"}, POLICY)
