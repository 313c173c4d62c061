"""Three honest sentences: numbers of the document in their unit, about what is named, and no made-up ratio."""

import pytest

from fiscal import teaching
from fiscal.reporting.lessons import lessons
from fiscal.teaching.lessons import city

GOOD = [
    "Urumqi owed 118.894 billion yuan at the end of 2020.",
    "That is 86% of its debt limit.",
    "The document does not state comprehensive fiscal capacity, so there is no debt ratio.",
]
GUTE = ["2020年末政府债务余额1188.94亿元。", "限额使用率为86.12%。", "文件未公布综合财力，无法计算债务率。"]


@pytest.fixture(autouse=True)
def sixth():
    return teaching.lesson(6, "en", "urumqi-2020")


@pytest.mark.parametrize("sentences", [GOOD, GUTE])
def test_what_the_document_says_may_be_said(sentences):
    assert teaching.check("6.6", sentences)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Urumqi owed 1188.94万元.", "but not in 万元"),
        ("Urumqi owed 11.8894 billion yuan.", "not a number of this document"),
        ("Urumqi owed 1188.94.", "Say the unit"),
        ("Urumqi owed 1200 yi.", "not a number of this document"),
        ("The debt limit was 1188.94 yi.", "which the sentence does not name"),
        ("The debt ratio is 86.12%.", "needs a denominator"),
        ("Debt stands at 86% of GDP.", "needs a denominator"),
        ("债务率为86.12%。", "needs a denominator"),
        ("人均债务余额1188.94亿元。", "needs a denominator"),
        ("In 2019 it owed 1188.94 yi.", "2019 is not a number"),
    ],
)
def test_what_it_does_not_say_may_not(sentence, word):
    verdict = teaching.check("6.6", [sentence, *GOOD[1:]])
    assert verdict.right is False
    assert "Sentence 1: " in verdict.says
    assert word in verdict.says


@pytest.mark.parametrize("answer", ["one", ["one", "two"], [GOOD[0]] * 3, ["a", "b", "c"], [1, 2, 3], None])
def test_three_sentences_with_a_number_are_asked_for(answer):
    assert teaching.check("6.6", answer).right is False


def test_a_denominator_that_is_printed_may_be_used():
    teaching.lesson(6, "en", "ezhou-2017")
    ratio = city.narrative.facts("ezhou-2017", teaching.Case("ezhou-2017").debt_measures, "en").measure("debt_ratio")
    assert teaching.check("6.6", [f"The debt ratio is {ratio}.", "It owed 85.644 yi.", "No limit is stated."])


@pytest.mark.parametrize(
    ("place", "lang"),
    [
        ("jiaxing-2017", "en"),
        ("gaochang-2025", "zh"),
        ("guangdong-2021", "en"),
        ("national-2022-06", "zh"),
        ("ezhou-2017", "en"),
    ],
)
def test_the_last_lesson_works_on_any_document(run, place, lang):
    said = [value for tags, _, value in run(6, lang, "instructor", place) if "exercise" in tags]
    assert [verdict.right is False for verdict in said] == [False] * len(said)
    assert said[-1].right


def test_the_last_lesson_works_on_a_document_that_a_student_added(run, own_data, monkeypatch):
    said = [value for tags, _, value in run(6, "en", "instructor", "testville-2020") if "exercise" in tags]
    assert all(said)
    assert lessons()["6"].uses("disclosures") == ["taijiang-2020", "urumqi-2020"]
