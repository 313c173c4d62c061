"""Planted errors: reconciliation finds every one of them and nothing else, and an answer may name them in any way."""

import pytest

from fiscal import teaching
from fiscal.figures import check
from fiscal.teaching import planted
from fiscal.teaching.planted import Planted

PLACES = ("urumqi-2020", "taijiang-2020", "fengxin-2023")


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("place", PLACES)
def test_reconciliation_finds_each_planted_error_and_nothing_else(place, seed):
    case = teaching.Case(place)
    plan = Planted(("debt.", "transfers."), tuple(planted.KINDS), seed)
    wrong = {row["figure_id"] for _, row in plan.wrong(case)}
    assert len(wrong) >= 2
    checked = check(plan.figures(case))
    failed = [set(ids) for ids in checked.loc[checked["outcome"] == "discrepancy", "figure_ids"]]
    assert all(len(ids & wrong) == 1 for ids in failed)
    assert set().union(*failed) >= wrong
    assert (check(case.figures)["outcome"] != "discrepancy").all()


@pytest.mark.parametrize("kind", planted.KINDS)
def test_each_kind_of_error_can_be_planted(kind):
    case = teaching.Case()
    ((_, row),) = Planted(("debt.",), (kind,)).wrong(case)
    real = case.figures.set_index("figure_id").loc[row["figure_id"]]
    if kind == "unit":
        assert row["disclosed_unit"] != real["disclosed_unit"]
    elif kind == "swapped":
        assert sorted(row["disclosed"]) == sorted(real["disclosed"])
    elif kind == "above":
        assert row["value"] > case.value(row["concept"].replace("debt.balance", "debt.limit.year_end"))
    elif kind == "stale":
        assert row["value"] < real["value"]
    else:
        assert row["value"] > real["value"]


def test_the_same_seed_plants_the_same_errors():
    one, other = (Planted(("debt.",), ("swapped",), 7).figures(teaching.Case()) for _ in range(2))
    assert one.equals(other)
    case = teaching.Case()
    assert len({Planted(("debt.",), ("swapped",), seed).wrong(case)[0][0] for seed in range(4)}) > 1


def test_the_page_says_that_it_is_altered_and_an_answer_may_name_letters_ids_or_terms(third):
    for lang, warning in (("en", "Altered for teaching"), ("zh", "教学用改动页")):
        lesson = teaching.lesson(3, lang)
        bundle = lesson.spot()._repr_mimebundle_()
        assert warning in bundle["text/html"]
        assert warning in bundle["text/plain"]
        wrong = lesson.module.PLANTED.wrong(lesson.case)
        for way in (
            {letter for letter, _ in wrong},
            [row["figure_id"] for _, row in wrong],
            {row["concept"] for _, row in wrong},
            {teaching.case.vocabulary.label(row["concept"], lang) for _, row in wrong},
        ):
            assert teaching.check("3.7", way)
    some = {letter for letter, _ in wrong[1:]}
    verdict = teaching.lesson(3).check(teaching.course.exercise("3.7"), some)
    assert f"{len(wrong) - 1} of {len(wrong)} found, 0 too many" in verdict.says


def test_a_document_that_prints_too_little_has_no_such_exercise():
    teaching.lesson(3, "en", "ezhou-2017")
    assert "too little" in teaching.check("3.7", {"A"}).says
