"""Decision tables in words say what the rules do; copies and pages with errors are found by proof and by computing."""

from fractions import Fraction

import pytest

from fiscal import rules, teaching
from fiscal.teaching import course, decisions

POLICIES = ["urumqi-2020", "lakeside-2020"]
TABLES = ["progress", "warning", "recovery", "self_evaluation", "grade", "cut"]


@pytest.fixture(scope="module")
def policy():
    return rules.load_policy("urumqi-2020")


@pytest.mark.parametrize("changes", [{}, {"recovery.candidates": "any"}, {"progress.reading": "deviation_only"}])
@pytest.mark.parametrize("name", POLICIES)
def test_a_taught_table_decides_as_the_whole_one_does(name, changes):
    policy = rules.load_policy(name).replace(changes)
    for table in TABLES:
        assert decisions.taught(policy, table).fault() is None, table
    taught = decisions.taught(policy, "recovery")
    names = [each.name for each in taught.inputs]
    rates = [(Fraction(e, 100), Fraction(c, 100)) for e in (0, 1, 20, 21, 80) for c in (0, 5, 10, 11, 30, 31, 50, 60)]
    found = decisions.decide([decisions.project(policy, *each) for each in rates], policy)
    for (execution, completion), rule, warned in zip(rates, found["rule"], found["warning"], strict=True):
        point = {"warning": str(bool(warned)).lower(), "execution": execution, "completion": completion}
        (hit,) = taught.hits([point[each] for each in names])
        assert hit.id == rule


def test_cells_are_said_with_their_edges_open_or_closed(policy):
    english = str(decisions.table(decisions.taught(policy, "recovery"), policy, "en"))
    chinese = str(decisions.table(decisions.taught(policy, "recovery"), policy, "zh"))
    assert "2 | yes | exactly 0% | above 10%, below 50% | 50% | half recovered" in english
    assert "4 | yes | exactly 0% | 50% or more" in english
    assert "2 | 是 | 零 | 大于10%、小于50% | 50% | 收回一半" in chinese
    moved = policy.replace({"recovery.full_completion_max": 0.2})
    assert "above 20%, below 50%" in str(decisions.table(decisions.taught(moved, "recovery"), moved, "en"))


def test_one_yuan_changes_the_row(policy):
    told = str(course.module(4).pair(teaching.lesson(4)))
    assert "0 yuan (0%) | 40% | yes | half recovered | 2 | 500,000 yuan" in told
    assert "1 yuan (0.0001%) | 40% | yes | warning: monitored more closely | 5 | 0 yuan" in told


@pytest.mark.parametrize(
    ("cell", "english", "chinese"),
    [
        (("half_idle", "completion", "[0.1..half_completion_max)"), "Overlap: rows 1 and 2", "第1行和第2行同时适用"),
        (("watch_idle", "completion", "> half_completion_max"), "Gap: no row applies where", "没有一行适用"),
        (("half_slow", "completion", "-"), "Overlap: rows 3 and 5", "第3行和第5行同时适用"),
        (("full", "completion", "<= 0.1"), None, None),
    ],
)
def test_a_gap_or_an_overlap_is_found_and_said(policy, cell, english, chinese):
    table = decisions.edited(decisions.taught(policy, "recovery"), *cell, policy)
    told = decisions.fault(table, policy, "en"), decisions.fault(table, policy, "zh")
    if english is None:
        assert told == (None, None)
    else:
        assert english in told[0]
        assert chinese in told[1]
        assert table.fault()


def test_the_proof_finds_two_of_the_three_wrong_copies(policy):
    copies = course.module(4).copies(policy)
    original = decisions.taught(policy, "recovery")
    assert {letter for letter, copy in copies.items() if copy.fault()} == {"A", "D"}
    assert {letter for letter, copy in copies.items() if copy == original} == {"C"}


def test_a_rule_book_with_a_gap_is_refused():
    lesson = teaching.lesson(4, "zh")
    assert str(lesson.module.tried(lesson, {"recovery.half_completion_max": 0.05})).startswith("拒绝载入")
    assert str(lesson.module.tried(lesson, {"recovery.half_completion_max": 0.6})).startswith("可以载入")


def test_the_altered_page_of_cuts_differs_from_the_rules_in_three_rows_alone():
    case = teaching.Case()
    scores = course.module(5)
    page = scores.page(case)
    again = rules.cut(page[["department", "budget_yuan"]].assign(grade=page["grade_again"]), case.policy)
    assert list(again["cut_yuan"]) == list(page["again"])
    differs = page["grade"].ne(page["grade_again"]) | page["cut_yuan"].ne(page["again"])
    assert set(page.loc[differs, "department"]) == set(scores.wrong(case))
    assert len(set(scores.wrong(case))) == 3


def test_a_page_folds_what_answers_an_exercise():
    page, notebook = (teaching.lesson(4, "en", edition=edition) for edition in ("page", "notebook"))
    shown = [each.module.proof(each)._repr_mimebundle_()["text/html"] for each in (page, notebook)]
    assert "<details" in shown[0]
    assert "<details" not in shown[1]
