"""Synthetic projects: the same for a seed, plausible, in every row of every table, never to be taken for real."""

import hashlib

import pytest

from fiscal import datasets, rules


def digest(tables):
    content = "".join(name + frame.to_csv(index=False) for name, frame in tables.items())
    return hashlib.sha256(content.encode()).hexdigest()


def test_the_same_seed_gives_the_same_tables_on_every_platform():
    assert digest(datasets.synthetic(500, 1)) == DIGEST
    assert digest(datasets.synthetic(500, 2)) != DIGEST


DIGEST = "d7ef0928dbbaab67776ace66cf248a82fa87bd72413a65eec4b357b1be71e055"


def test_every_frame_says_that_it_is_synthetic():
    for frame in datasets.synthetic(500).values():
        assert frame["synthetic"].all()


def test_keys_hold_between_tables_and_money_is_int64():
    tables = datasets.synthetic(700)
    ids = tables["projects"]["project_id"]
    assert ids.is_unique
    for name in ("objectives", "monitoring", "direct_funds"):
        assert tables[name]["project_id"].isin(ids).all()
    assert (tables["monitoring"].groupby("project_id").size() == 2).all()
    budgets = tables["projects"].groupby("department")["budget_yuan"].sum()
    assert tables["departments"].set_index("department")["budget_yuan"].to_dict() == budgets.to_dict()
    assert tables["monitoring"]["executed_yuan"].dtype == "int64"
    assert (tables["monitoring"]["executed_yuan"] <= tables["monitoring"]["budget_yuan"]).all()
    assert len(tables["indicators"]) == 243
    assert tables["indicators"]["class"].nunique() == 23
    assert "IT construction and maintenance" in set(tables["indicators"]["class"])


@pytest.mark.parametrize("n", [500, 2000])
def test_every_row_of_every_table_is_hit(n):
    policy = rules.load_policy("urumqi-2020")
    tables = rules.spot_checked(datasets.synthetic(n), policy)
    hit = {name: set() for name in policy.tables}
    readings = policy.parameters["progress.reading"].alternatives
    for reading in readings:
        for candidates, deviation in (("warned", "points"), ("any", "points"), ("any", "one_sided")):
            changes = {"recovery.candidates": candidates, "warning.deviation_reading": deviation}
            changed = policy.replace(changes | {"progress.reading": reading})
            monitoring = rules.monitor(tables["monitoring"], changed)
            hit["recovery"] |= set(monitoring["rule"].dropna())
            hit["warning"] |= {{"none": "no_warning"}.get(each, each) for each in monitoring["warning_reason"].dropna()}
            base = monitoring[monitoring["problem"] == ""]
            hit["progress"] |= set(changed.decide("progress", base.drop(columns=["rule", "problem"]))["rule"])
    result = rules.outcomes(tables, policy)
    hit["self_evaluation"] = set(result["evaluations"]["rule"])
    hit["grade"] = hit["cut"] = set(result["departments"]["grade"])
    hit["objective_review"] = set(rules.review(tables["objectives"], policy)["rule"])
    projects = tables["projects"]
    hit["ex_ante"] = set(rules.ex_ante(projects[projects["new_policy"]], policy)["rule"])
    for name, table in policy.tables.items():
        assert {rule.id for rule in table.rules} <= hit[name], name
