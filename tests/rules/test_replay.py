"""Projects decided again are what monitor makes of them: to the last column, for any policy."""

from functools import cache

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fiscal import datasets, rules
from fiscal.errors import InputError

URUMQI = rules.load_policy("urumqi-2020")
WORDS = ["progress.reading", "warning.deviation_reading", "recovery.candidates", "recovery.base"]
RATES = ["warning.deviation_max", "progress.elapsed_share", "recovery.slow_execution_max", "recovery.half_share"]
EDGES = [(0, 1_000), (0, 1_001), (0, 4_999), (0, 5_000), (20, 3_000), (20, 3_001), (21, 100), (95, 100), (50, 7_000)]


@cache
def replay(name):
    """Projects at every edge of the rules, among them some that no policy can decide."""
    policy = rules.load_policy(name)
    rows = [
        (f"P{number}", node, 1_000 + spent % 2, 10 * spent, completion)
        for number, (spent, completion) in enumerate(EDGES)
        for node in policy.nodes
    ]
    rows += [("bad", policy.nodes[0], 0, 0, 0), ("late", "noon", 10, 0, 0), ("P0", policy.nodes[0], 7, 0, 0)]
    frame = pd.DataFrame(rows, columns=["project_id", "node", "budget_yuan", "executed_yuan", "completion_bp"])
    return rules.Replay(frame.astype({"budget_yuan": "Int64"}), policy)


@settings(max_examples=10)
@given(st.data())
def test_what_is_decided_again_is_what_monitor_decides(data):
    policy = data.draw(st.sampled_from([URUMQI, rules.load_policy("lakeside-2020")]))
    words = {name: data.draw(st.sampled_from(sorted(policy.parameters[name].alternatives))) for name in WORDS}
    names = [name for name in RATES if name in policy.parameters]
    rates = {name: data.draw(st.sampled_from(["0", "0.05", "0.2", "0.333", "0.9"])) for name in names}
    try:
        policy = policy.replace(words | rates)
    except InputError:  # the tables would have a gap or an overlap
        assume(False)
    known = replay(policy.id)
    monitored = rules.monitor(known.frame, policy)
    pd.testing.assert_frame_equal(known.under(policy), monitored)
    assert list(known.actions(policy).astype(object)) == list(monitored["action"].astype(object))


def test_two_thousand_projects_with_and_without_ids():
    frame = datasets.projects()
    for given_ in (frame, frame.drop(columns="project_id")):
        for changes in ({}, {"warning.deviation_max": "0.15", "recovery.full_completion_max": "0.2"}):
            policy = URUMQI.replace(changes)
            pd.testing.assert_frame_equal(rules.Replay(given_, URUMQI).under(policy), rules.monitor(given_, policy))


def test_an_interval_that_an_edge_at_zero_leaves_empty_holds_nothing():
    policy = URUMQI.replace({"recovery.slow_execution_max": 0})
    rows = {"node": "may", "budget_yuan": 1_000, "executed_yuan": 0, "completion_bp": [1_000, 1_001, 5_000]}
    # Nobody has spent something and at most nothing, so one row of the table holds and not two.
    assert list(rules.monitor(pd.DataFrame(rows), policy)["rule"]) == ["full", "half_idle", "watch_idle"]


def test_a_policy_of_other_months_is_refused():
    with pytest.raises(InputError, match="expected a policy for the nodes may, september"):
        replay(URUMQI.id).under(rules.load_policy("lakeside-2020"))
