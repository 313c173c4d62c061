"""Another place's rule book, made up: other months, shares, actions and cuts. Nothing in the rules is wired to one."""

import papermill
import polars as pl
import pytest

from fiscal import datasets, narrative, resources, rules
from fiscal.errors import InputError
from fiscal.rules.regions import regions

LAKESIDE, URUMQI = rules.load_policy("lakeside-2020"), rules.load_policy("urumqi-2020")
TABLES = rules.spot_checked(datasets.tables("synthetic", LAKESIDE.nodes), LAKESIDE)


def decided(node, executed, completed):
    row = {"node": node, "budget_yuan": 1001, "executed_yuan": executed, "completion_bp": completed * 100}
    return rules.monitor(pl.DataFrame([row]), LAKESIDE).to_dicts()[0]


@pytest.mark.parametrize(
    ("executed", "completed", "rule", "recovered"),
    [
        (0, 5, "most", 900),
        (0, 6, "third", 300),
        (0, 59, "third", 300),
        (0, 60, "watch_idle", 0),
        (1, 40, "no_candidate", 0),  # a single yuan saves a project here too, for completion is ahead
        (1001, 84, "watch_begun", 0),
        (1001, 85, "no_candidate", 0),
        (0, 100, "watch_idle", 0),
    ],
)
def test_situations(executed, completed, rule, recovered):
    told = decided("june", executed, completed)
    assert (told["problem"], told["rule"], told["recovered_yuan"]) == ("", rule, recovered)


def test_its_nodes_are_its_own_and_it_says_that_it_is_made_up():
    assert LAKESIDE.nodes == ("june", "october")
    assert decided("may", 0, 5)["problem"] == "node is none of june, october"
    assert "Fictitious" in LAKESIDE.title["en"]
    assert "虚构" in LAKESIDE.title["zh"]
    assert LAKESIDE.disclosure == ""


def test_grades_and_cuts_are_its_own():
    frame = pl.DataFrame({"grade": ["excellent", "good", "fair", "poor"], "budget_yuan": [1000] * 4})
    assert rules.cut(frame, LAKESIDE)["cut_yuan"].to_list() == [0, 50, 100, 250]


def test_what_if_speaks_its_words():
    projects = TABLES["monitoring"]
    swept = rules.sweep(LAKESIDE, "recovery.third_completion_max", [0.5, 0.6], projects)
    assert {"withdraw_most", "withdraw_third", "watch", "none"} <= set(swept.columns)
    assert swept["withdraw_third"].is_monotonic_increasing
    assert set(rules.cliffs(projects, LAKESIDE)["parameter"]) >= {"", "recovery.full_completion_max"}
    numbers = rules.uncertainty(TABLES, LAKESIDE, draws=3)
    assert numbers["chosen"].tolist() == list(rules.summary(rules.outcomes(TABLES, LAKESIDE)).values())


def test_two_places_are_compared_where_they_monitor_together():
    projects = TABLES["monitoring"]
    with pytest.raises(InputError, match="the same nodes"):
        regions(projects, [LAKESIDE, URUMQI])
    comparison = rules.compare(LAKESIDE, URUMQI, projects)
    # June and October are no nodes of Urumqi: every row is decided by one of the two alone, and says so.
    assert comparison.by()["recovered_b"].tolist() == [0]
    assert comparison.by()["changed"].tolist() == [len(projects)]


def test_the_evaluation_notebook_tells_of_it(tmp_path):
    parameters = {"policy": "lakeside-2020", "node": "october", "lang": "zh"}
    out = tmp_path / "out.ipynb"
    how = {"kernel_name": "fiscal", "progress_bar": False}
    papermill.execute_notebook(resources.notebooks() / "evaluation.ipynb", out, parameters, **how)
    page = out.read_text(encoding="utf-8")
    assert "10月底：" in page
    assert "withdraw_half" not in page
    about = narrative.outcome(LAKESIDE, rules.outcomes(TABLES, LAKESIDE), "en")
    assert str(narrative.evaluation.plane_title(about, "october")).startswith("End of October: ")
