"""Consequences of scores, spot check and its inference, grades, cuts, reviews, duties."""

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

from fiscal import datasets, rules
from fiscal.errors import InputError
from fiscal.rules.student import quantile

POLICY = rules.load_policy("urumqi-2020")
SITUATIONS = yaml.safe_load((Path(__file__).parent / "situations.yaml").read_text(encoding="utf-8"))
TABLES = rules.spot_checked(datasets.synthetic(600), POLICY)
RESULT = rules.outcomes(TABLES, POLICY)


@pytest.mark.parametrize("situation", SITUATIONS["self_evaluations"], ids=lambda s: s["says"])
def test_situations_of_scores(engine, situation):
    (outcome,) = rows(rules.consequences(engine([{"self_score": situation["score"], "budget_yuan": 1001}]), POLICY))
    for name in ("criticism", "rectification", "adjustment"):
        assert outcome[name] == situation[name]
    assert outcome["adjustment_yuan"] == (100 if situation["adjustment"] else 0)
    assert POLICY.tables["self_evaluation"].clause == situation["clause"]


@pytest.mark.parametrize("situation", SITUATIONS["cuts"], ids=lambda s: s["says"])
def test_situations_of_cuts(engine, situation):
    policy = POLICY.replace(situation.get("with", {}))
    frame = {"grade": situation["grade"], "budget_yuan": situation["budget"]}
    frame["recovered_yuan"] = situation.get("recovered", 0)
    (outcome,) = rows(rules.cut(engine([frame]), policy))
    assert outcome["cut_yuan"] == situation["cut"]
    assert policy.tables["cut"].clause == situation["clause"]


def test_a_score_just_below_an_edge_counts_as_below():
    outcome = rules.consequences(pd.DataFrame({"self_score": [79.99, 80.0, 59.99]}), POLICY)
    assert outcome["criticism"].tolist() == [True, False, True]
    assert outcome["adjustment"].tolist() == [False, False, True]


def test_a_score_that_can_not_be_is_a_problem(engine):
    outcomes = rows(rules.consequences(engine({"self_score": [101, -1, None, 90]}), POLICY))
    assert [o["problem"] for o in outcomes] == [
        "self_score is above 100",
        "self_score is below 0",
        "self_score is missing",
        "",
    ]


def test_a_spot_check_takes_its_share_of_each_department_whatever_the_order(engine):
    evaluations = [{"project_id": f"E{i}", "department": f"D{i % 3 if i < 90 else 9}"} for i in range(93)]
    drawn = lambda frame: {r["project_id"] for r in rows(frame) if r["sampled"]}  # noqa: E731
    eager = pl.DataFrame if engine is pl.LazyFrame else engine
    first = drawn(rules.spot_check(eager(evaluations), POLICY, seed=1))
    assert first == drawn(rules.spot_check(eager(evaluations[::-1]), POLICY, seed=1))
    assert first != drawn(rules.spot_check(eager(evaluations), POLICY, seed=2))
    sizes = pd.Series(list(first)).map({e["project_id"]: e["department"] for e in evaluations}).value_counts()
    assert sizes.to_dict() == {"D0": 3, "D1": 3, "D2": 3, "D9": 1}


def test_another_seed_draws_others_for_review():
    tables = datasets.synthetic(200)
    for seed in (1, 2):
        reviewed = rules.spot_checked(tables, POLICY, seed)["evaluations"]["review_score"].notna()
        assert reviewed.tolist() == rules.spot_check(tables["evaluations"], POLICY, seed)["sampled"].tolist()


@pytest.mark.parametrize("rule", [rules.inflation, lambda frame: rules.spot_check(frame, POLICY)])
def test_a_spot_check_is_of_evaluations_that_are_there_and_not_to_come(rule):
    with pytest.raises(TypeError, match="eager_only"):
        rule(pl.from_pandas(TABLES["evaluations"]).lazy())


def test_the_interval_of_inflation_holds_the_truth_as_often_as_it_says_where_few_are_drawn():
    """Three of each of two departments: with normal quantiles it would hold in 131 of these draws."""
    draw = np.random.default_rng(2019)
    apart = draw.normal(6, 5, 60)
    everything = pd.DataFrame({"department": ["A"] * 30 + ["B"] * 30, "self_score": 80.0, "found": 80 - apart})
    held = 0
    for _ in range(150):
        sampled = [*draw.choice(30, 3, replace=False), *draw.choice(range(30, 60), 3, replace=False)]
        found = rules.inflation(
            everything.assign(review_score=everything["found"].where(everything.index.isin(sampled)))
        )
        held += found.low <= apart.mean() <= found.high
    assert 138 <= held <= 147


@pytest.mark.parametrize(
    ("probability", "freedom", "expected"),
    [(0.975, 1, 12.70620), (0.95, 2, 2.91999), (0.975, 10, 2.22814), (0.995, 30, 2.75000), (0.975, 10**6, 1.95997)],
)
def test_quantiles_of_students_t_are_those_of_printed_tables(probability, freedom, expected):
    assert quantile(probability, freedom) == pytest.approx(expected, abs=1e-5)


def test_scores_that_are_all_as_far_apart_leave_no_doubt():
    scores = pd.DataFrame({"department": ["D"] * 3, "self_score": [80, 70, 60], "review_score": [75, 65, 55]})
    found = rules.inflation(scores)
    assert (found.low, found.mean, found.high) == (5, 5, 5)
    two = rules.inflation(scores[:2])
    assert (two.low, two.mean, two.high, two.sampled) == (5, 5, 5, 2)


def test_a_spot_check_names_the_id_that_is_there_twice():
    twice = pd.DataFrame({"project_id": ["A", "B", "B"], "department": "D"})
    with pytest.raises(InputError, match="spot_check: expected each project_id once, found 'B' again"):
        rules.spot_check(twice, POLICY)


def test_inflation_is_of_scores_from_0_to_100():
    scores = pd.DataFrame({"department": "D", "self_score": [80, 100, 0], "review_score": [75, 0, 100]})
    assert rules.inflation(scores).mean == pytest.approx(5 / 3)
    with pytest.raises(InputError, match="inflation column review_score: expected scores from 0 to 100, found -1"):
        rules.inflation(scores.replace({"review_score": {0: -1}}))


def test_inflation_needs_something_to_compare():
    with pytest.raises(InputError, match=r"inflation needs.*review_score"):
        rules.inflation(pd.DataFrame({"department": ["D"], "self_score": [1]}))
    with pytest.raises(InputError, match=r"^inflation: expected at least two"):
        rules.inflation(pd.DataFrame({"department": ["D"], "self_score": [1], "review_score": [None]}))


def score_by_hand(row, policy):
    weights = [policy[f"rating.{name}_weight"] for name in ("monitoring", "evaluation", "reporting")]
    parts = [
        100 * (1 - Fraction(int(row["failing_monitoring"]), int(row["monitored"]))),
        100 * (1 - Fraction(int(row["failing_evaluation"]), int(row["evaluated"]))),
        Fraction(int(row["reporting_quality"])),
    ]
    return sum(w * p for w, p in zip(weights, parts, strict=True)) / sum(weights)


def test_a_department_is_rated_from_its_three_parts():
    monitoring = RESULT["monitoring"]
    failing = monitoring[monitoring["warning"].fillna(False).astype(bool)].groupby("department")["project_id"].nunique()
    for _, row in RESULT["departments"].iterrows():
        assert row["failing_monitoring"] == failing.get(row["department"], 0)
        score = score_by_hand(row, POLICY)
        assert row["department_score"] == pytest.approx(float(score))
        grade = next(g for g, edge in (("excellent", 90), ("good", 80), ("fair", 60), ("poor", 0)) if score >= edge)
        assert row["grade"] == grade


@pytest.mark.parametrize(
    ("quality", "grade"), [(90, "excellent"), (89, "good"), (80, "good"), (79, "fair"), (59, "poor")]
)
def test_lower_edges_of_grades_are_inclusive(engine, quality, grade):
    policy = POLICY.replace({"rating.monitoring_weight": 0, "rating.evaluation_weight": 0})
    departments = engine([{"department": "D", "reporting_quality": quality}])
    monitoring = {"project_id": "P", "department": "D", "warning": True, "recovered_yuan": 0, "problem": ""}
    evaluations = engine([{"department": "D", "self_score": 90}])
    (outcome,) = rows(rules.rate(departments, engine([monitoring]), evaluations, policy))
    assert outcome["grade"] == grade


def test_the_result_of_a_spot_check_enters_the_rating():
    departments = pd.DataFrame({"department": ["D"], "reporting_quality": [100]})
    monitoring = pd.DataFrame(
        {"project_id": ["P"], "department": ["D"], "warning": [False], "recovered_yuan": [0], "problem": [""]}
    )
    evaluations = pd.DataFrame({"department": ["D", "D"], "self_score": [90, 90]})
    before = rules.rate(departments, monitoring, evaluations, POLICY)
    after = rules.rate(departments, monitoring, evaluations.assign(review_score=[50, None]), POLICY)
    assert before["failing_evaluation"].item() == 0
    assert after["failing_evaluation"].item() == 1


def test_a_department_without_projects_keeps_its_place():
    departments = pd.DataFrame({"department": ["D", "E"], "reporting_quality": [100, 100]})
    monitoring = RESULT["monitoring"].head(0)
    rated = rules.rate(departments, monitoring, TABLES["evaluations"].head(0), POLICY)
    assert rated["problem"].tolist() == ["no project was monitored"] * 2
    assert rated["grade"].isna().all()


@settings(max_examples=15)
@given(st.lists(st.tuples(st.sampled_from(["excellent", "good", "fair", "poor"]), st.integers(0, 10**12)), min_size=1))
def test_cuts_are_shares_in_whole_yuan_and_sum_to_their_total(departments):
    frame = pd.DataFrame(departments, columns=["grade", "budget_yuan"])
    outcome = rules.cut(frame, POLICY)
    shares = {"excellent": 8, "good": 10, "fair": 15, "poor": 20}
    by_hand = [shares[grade] * budget // 100 for grade, budget in departments]
    assert outcome["cut_yuan"].tolist() == by_hand
    assert rules.cut(pl.DataFrame(frame.to_dict("list")), POLICY)["cut_yuan"].to_list() == by_hand


def test_adjustment_and_cut_take_the_larger_or_both(engine):
    frame = [{"grade": "excellent", "budget_yuan": 1000, "adjustment_yuan": 100}]
    (outcome,) = rows(rules.cut(engine(frame), POLICY))
    assert (outcome["cut_yuan"], outcome["reduction_yuan"]) == (80, 100)
    (outcome,) = rows(rules.cut(engine(frame), POLICY.replace({"self_evaluation.stacking": "both"})))
    assert outcome["reduction_yuan"] == 180


def test_two_ledgers_each_conserved():
    monitoring, departments = RESULT["monitoring"], RESULT["departments"]
    summary = rules.summary(RESULT)
    assert summary["recovered_yuan"] == monitoring["recovered_yuan"].sum() == departments["recovered_yuan"].sum()
    assert summary["cut_yuan"] == departments["cut_yuan"].sum()


def test_objectives_pass_by_their_lowest_criterion(engine):
    good = {"completeness": 90, "relevance": 80, "appropriateness": 70, "feasibility": 60}
    outcomes = rows(rules.review(engine([good, good | {"feasibility": 59}, good | {"relevance": None}]), POLICY))
    assert [o["review"] for o in outcomes] == ["passed", "returned", None]
    assert outcomes[2]["problem"] == "relevance is missing"


def test_new_policies_pass_by_the_mean_of_five_dimensions(engine):
    good = {"necessity": 100, "economy": 50, "soundness": 50, "plan_feasibility": 50, "compliance": 50}
    outcomes = rows(rules.ex_ante(engine([good, good | {"compliance": 49}]), POLICY))
    assert [o["ex_ante"] for o in outcomes] == ["passed", "rejected"]


def test_duties_are_checked_and_failures_named():
    found = rules.checks(TABLES, POLICY).set_index("check")
    assert set(found.index) == set(POLICY.checks)
    projects, objectives = TABLES["projects"], TABLES["objectives"]
    without = set(projects["project_id"]) - set(objectives["project_id"])
    assert set(found.at["link_budget_objective", "failing"]) == without
    assert (
        found.at["direct_monitored_in_time", "failed"]
        == (TABLES["direct_funds"]["unit_monitored_on"] > "2020-09-30").sum()
    )


def test_a_project_is_monitored_at_the_nodes_of_the_policy_and_at_no_other():
    elsewhere = TABLES["monitoring"].copy()
    elsewhere.loc[elsewhere.index[0], "node"] = "june"
    for monitoring in (elsewhere, TABLES["monitoring"].iloc[1:]):
        found = rules.checks(TABLES | {"monitoring": monitoring}, POLICY).set_index("check")
        assert found.at["link_execution_monitoring", "failing"] == (elsewhere["project_id"].iloc[0],)


@pytest.mark.parametrize(("name", "table"), [("review", "objective_review"), ("ex_ante", "ex_ante")])
def test_a_review_names_its_table_and_what_it_misses(name, table):
    with pytest.raises(InputError, match=f"^{table} needs the column "):
        getattr(rules, name)(TABLES["projects"][["project_id"]], POLICY)


@pytest.mark.parametrize(("set_on", "failing"), [("2020-05-30", 0), ("2020-05-31", 1), ("2021-01-01", 1), (None, 1)])
def test_epidemic_funds_have_objectives_before_the_first_node_ends(set_on, failing):
    projects = TABLES["projects"].iloc[:1].assign(fund="epidemic")
    objectives = TABLES["objectives"].iloc[:1].assign(project_id=projects["project_id"].array, set_on=set_on)
    found = rules.checks(TABLES | {"projects": projects, "objectives": objectives}, POLICY).set_index("check")
    assert found.at["epidemic_before_node", "tried"] == 1
    assert found.at["epidemic_before_node", "failed"] == failing


def test_a_check_names_the_table_that_it_misses():
    without = {name: frame for name, frame in TABLES.items() if name != "direct_funds"}
    with pytest.raises(InputError, match=r"^checks need the table direct_funds; there is: projects, objectives, "):
        rules.checks(without, POLICY)


def test_an_explanation_agrees_with_the_outcome_and_cites_it():
    for _, row in RESULT["monitoring"].sample(20, random_state=1).iterrows():
        explanation = rules.explain(row, POLICY)
        if row["problem"]:
            assert explanation.problem or row["base_yuan"] is pd.NA
            continue
        assert explanation.steps[-1].rule == row["rule"]
        assert explanation.steps[1].outputs["warning"] == row["warning"]
        assert "III.2.1" in str(explanation)
    broken = rules.explain({"node": "june", "budget_yuan": 1, "executed_yuan": 1, "completion_bp": 1}, POLICY)
    assert broken.problem == "node is none of may, september"
    assert broken.steps == ()
    assert str(broken) == broken.problem


def test_every_open_parameter_is_moved_and_the_chosen_policy_is_marked():
    tables = rules.spot_checked(datasets.synthetic(500), POLICY)
    moved = rules.sensitivity(tables, POLICY)
    assert moved["chosen"].sum() == 1
    open_ = {p.name for p in POLICY.parameters.values() if p.alternatives or p.range}
    assert set(moved.loc[~moved["chosen"], "parameter"]) == open_
    assert moved["recovered_yuan"].nunique() > 2
    alone = rules.sensitivity({"monitoring": tables["monitoring"]}, POLICY)
    assert "cut_yuan" not in alone


@pytest.mark.parametrize("table", ["progress", "warning", "recovery"])
def test_any_table_can_be_decided_by_name(engine, table):
    frame = {
        "node": ["may", "september"],
        "base_yuan": [100, 100],
        "executed_yuan": [0, 90],
        "completion_bp": [500, 9000],
        "abnormal": [True, False],
        "candidate": [True, False],
        "warning": [True, False],
    }
    frame = {k: v for k, v in frame.items() if k not in POLICY.tables[table].outputs}
    outcomes = rows(POLICY.decide(table, engine(frame)))
    expected = {"progress": ["zero", "on_time_september"], "warning": ["progress", "no_warning"]}
    assert [o["rule"] for o in outcomes] == expected.get(table, ["full", "no_candidate"])
