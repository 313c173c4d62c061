"""What the comparison says: what is not one ranking is never told as one, and every gap is said."""

import inspect
import re

import pytest

from fiscal import datasets, measures, narrative
from fiscal.measures.compare import MEASURES

told = narrative.compare
LIMIT, BALANCE = "debt.limit.year_end", "debt.balance"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def about(*names, lang="en"):
    return narrative.comparison(measures.compare(datasets.figures(list(names))), lang)


def nobody(lang="en"):
    return narrative.comparison(measures.compare(datasets.figures("urumqi-2020").iloc[:0]), lang)


def sentences(comparison):
    for name, function in inspect.getmembers(told, inspect.isfunction):
        if (
            function.__module__ != told.__name__
            or name.startswith("_")
            or name in ("name", "comparison", "differences")
        ):
            continue
        if "measure" in inspect.signature(function).parameters:
            yield from ((name, function(comparison, measure)) for measure in MEASURES)
        else:
            yield name, function(comparison)


def two(written, **second):
    written("ayi-2020", [(BALANCE, "30"), (LIMIT, "40")])
    written("bei-2020", [(BALANCE, "38"), (LIMIT, "40")], **second)
    return about("ayi-2020", "bei-2020")


def test_one_comparable_set_is_ranked(written):
    comparison = two(written)
    assert str(told.finding(comparison, "limit_use")) == (
        "Use of the debt limit: from 75% (Ayi 2020) to 95% (Bei 2020)"
    )
    assert [row[1:3] for row in told.ranking(comparison, "limit_use").rows] == [["1", "Bei"], ["2", "Ayi"]]


def test_equal_values_share_a_rank(written):
    for name in ("ayi-2020", "bei-2020"):
        written(name, [(BALANCE, "30"), (LIMIT, "40")])
    assert [row[1] for row in told.ranking(about("ayi-2020", "bei-2020"), "limit_use").rows] == ["1", "1"]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({"year": 2021}, "not one ranking: years 2020 to 2021"),
        ({"level": "nation"}, "not one ranking: different levels of government"),
    ],
)
def test_other_years_and_levels_are_said_in_the_title(written, second, words):
    assert str(told.finding(two(written, **second), "limit_use")).endswith(words)


@pytest.mark.parametrize(
    ("other", "words"),
    [({"basis": "expected"}, "different bases"), ({"scope": "own"}, "different scopes")],
)
def test_other_bases_and_scopes_are_said_in_the_title_and_are_not_ranked(written, other, words):
    written("ayi-2020", [(BALANCE, "30"), (LIMIT, "40")])
    written("bei-2020", [(BALANCE, "38", other), (LIMIT, "40", other)])
    comparison = about("ayi-2020", "bei-2020")
    assert f"not one ranking: {words}" in str(told.finding(comparison, "limit_use"))
    rows = told.ranking(comparison, "limit_use").rows
    assert [row[1] for row in rows] == ["—", "—"]
    assert all("only one in its set" in row[5] for row in rows)


def test_levels_that_differ_within_a_set_are_said_on_each_row(written):
    rows = told.ranking(two(written, level="nation"), "limit_use").rows
    assert all("levels differ within this set" in row[5] for row in rows)
    assert {row[3] for row in rows} == {"county", "nation"}


def test_who_lacks_what_is_said_by_name(written):
    written("ayi-2020", [(BALANCE, "30")])
    written("bei-2020", [(BALANCE, "38"), (LIMIT, "40", {"basis": "budget"})])
    said = str(told.lacking(about("ayi-2020", "bei-2020"), "limit_use"))
    assert "Ayi 2020: The document does not state: debt limit at year end." in said
    assert "Bei 2020: Only as a budget, or for another date or scope, the document prints: debt limit at" in said


@pytest.mark.parametrize(("printed", "verdict"), [("68.8", "they agree"), ("70", "they differ")])
def test_a_printed_debt_ratio_is_recomputed_where_its_parts_are_printed(written, printed, verdict):
    written("ayi-2020", [(BALANCE, "85.644"), ("capacity.comprehensive", "124.5"), ("debt.ratio", printed)])
    assert str(told.agreement(about("ayi-2020"))).endswith(f"computed from its parts 68.79%; {verdict}.")


def test_derived_interpreted_and_third_scopes_are_marked(written):
    marks = {"status": "derived", "formula": BALANCE, "remark": "scope.interpreted"}
    third = {"scope": "other", "scope_label": "大本级"}
    written("ayi-2020", [(BALANCE, "30", marks), (LIMIT, "40"), (BALANCE, "9", third), (LIMIT, "10", third)])
    first, second = told.ranking(about("ayi-2020"), "limit_use").rows
    assert "scope interpreted; from a derived figure" in first[5]
    assert "a scope that the text defines" in second[5]
    assert "大本级" in second[0]
    assert "大本级" in second[4].provenance


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nobody_and_one_place_can_be_told(lang):
    for comparison in (nobody(lang), about("urumqi-2020", lang=lang)):
        for name, said in sentences(comparison):
            assert not re.search(r"\bnan\b|<NA>|None", str(said)), name
    nothing = {"en": "no document to compare", "zh": "没有可比较的文件"}[lang]
    assert nothing in str(told.headline(nobody(lang)))
    alone = {"en": "nothing to compare it with", "zh": "没有可比对象"}[lang]
    assert alone in str(told.headline(about("urumqi-2020", lang=lang)))


def test_a_measure_that_was_not_asked_for_is_said():
    table = measures.compare(datasets.figures("urumqi-2020"), measures="limit_use")
    assert "not asked for" in str(told.lacking(narrative.comparison(table, "en"), "debt_ratio"))


def test_both_languages_tell_the_same_numbers():
    names = list(datasets.disclosures()["disclosure"])
    english, chinese = (dict_of(sentences(about(*names, lang=lang))) for lang in ("en", "zh"))
    assert english.keys() == chinese.keys()
    for key in english:
        facts = [sorted(fact.shown for fact in getattr(said[key], "facts", ())) for said in (english, chinese)]
        assert facts[0] == facts[1], key


def dict_of(pairs):
    return {(name, number): said for number, (name, said) in enumerate(pairs)}


def test_no_english_in_chinese_but_the_ids_of_sources():
    names = list(datasets.disclosures()["disclosure"])
    for name, said in sentences(about(*names, lang="zh")):
        words = re.sub(r"[a-z]+(-\d+)+", "", str(said))
        assert not re.search(r"[A-Za-z]{3}", words), name
        assert CHINESE.search(words), name
