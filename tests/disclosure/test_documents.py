"""Whole documents in many wordings: every figure that is read is the known one, and nearly all are read."""

from pathlib import Path

import pytest
from truth import DOCUMENTS, compare

from fiscal import datasets
from fiscal.disclosure import extract
from fiscal.figures import check

SHARED = Path(__file__).parents[3] / "shared"
KNOWN = sorted(DOCUMENTS.glob("*.json"))
CORPUS = sorted((SHARED / "corpus").glob("*.json"))
# What the published figures of the corpus leave out although the text prints it.
ALSO_PRINTED = {"debt.ratio", "debt.service", "debt.bonds.swap", "expenditure.three_public"}
needs_corpus = pytest.mark.skipif(not CORPUS, reason="the corpus is not beside the project")
needs_seed = pytest.mark.skipif(not (SHARED / "seed").exists(), reason="the source text is not beside the project")


@pytest.mark.parametrize("path", KNOWN, ids=lambda path: path.stem)
def test_no_figure_is_wrong(path):
    assert compare(path).wrong == []


def test_nearly_every_figure_is_found():
    compared = [compare(path) for path in KNOWN]
    assert sum(len(each.missed) for each in compared) <= 0.02 * sum(each.known for each in compared)


@needs_corpus
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_the_corpus_is_read_whole_and_without_a_wrong_figure(path):
    wrong, missed, _ = compare(path)
    assert missed == []
    assert [each for each in wrong if each[0] not in ALSO_PRINTED] == []


@needs_seed
def test_the_source_gives_exactly_the_bundled_figures():
    read = extract(SHARED / "seed" / "urumqi-2020-final-accounts.txt", "乌鲁木齐市", 2020, "urumqi-2020")
    bundled = datasets.figures("urumqi-2020")
    assert read.figures.astype(str).equals(bundled.astype(str))
    assert read.unread.empty
    assert read.problems == []


@needs_corpus
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_bundled_places_are_what_the_reader_reads(path):
    source = datasets.source(path.stem)
    read = extract(path.with_suffix(".txt"), source["jurisdiction"]["zh"], source["fiscal_year"], path.stem)
    assert read.source["text"] == source["text"]
    for part in ("figures", "unread", "statements"):
        bundled = getattr(datasets, part)(path.stem)
        assert getattr(read, part)[bundled.columns].astype(str).equals(bundled.astype(str)), part


@needs_corpus
def test_a_printed_ratio_agrees_with_its_parts():
    figures = extract(SHARED / "corpus" / "ezhou-2017.txt", "鄂州市", 2017).figures.set_index(["concept", "scope"])[
        "value"
    ]
    ratio = figures["debt.balance", "whole"] / figures["capacity.comprehensive", "whole"]
    assert round(ratio * 1000) * 10 == figures["debt.ratio", "whole"]


def test_a_total_that_does_not_add_up_is_a_problem_and_stays_as_printed():
    text = "2020年末，全市政府债务余额100亿元，其中：一般债务40亿元，专项债务50亿元。"
    found = extract(text, "嘉兴市", 2020)
    assert list(found.figures["value"]) == [10_000_000_000, 4_000_000_000, 5_000_000_000]
    (problem,) = found.problems
    assert problem["kind"] == "sum"
    assert "10,000,000" in problem["message"].replace("1,000,000,000", "10,000,000")
    assert check(found.figures).query("outcome == 'discrepancy'").shape[0] == 1


def test_a_figure_printed_twice_with_different_values_is_two_rows_and_a_problem():
    text = "2020年末，全市政府债务余额100亿元。\n2020年末，全市政府债务余额110亿元。"
    found = extract(text, "嘉兴市", 2020)
    assert list(found.figures["value"]) == [10_000_000_000, 11_000_000_000]
    assert found.figures["figure_id"].is_unique
    assert [problem["kind"] for problem in found.problems] == ["repeated"]


def test_an_amount_without_a_unit_is_unread_and_a_problem():
    found = extract("2020年末，全市政府债务余额100，专项债务余额60亿元。", "嘉兴市", 2020)
    assert list(found.figures["concept"]) == ["debt.balance.special"]
    assert list(found.unread["reason"]) == ["unit"]
    assert [problem["kind"] for problem in found.problems] == ["unit"]


def test_the_same_figure_to_fewer_digits_is_a_repetition():
    found = extract("2020年末，全市政府债务余额1188.94亿元，约合往年。政府债务余额1189亿元。", "嘉兴市", 2020)
    assert list(found.figures["disclosed"]) == ["1188.94"]
    assert list(found.unread["reason"]) == ["repeated"]
