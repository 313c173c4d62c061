"""Documents unlike Urumqi's: several scopes, plans, other dates and years, parts that are not printed."""

import inspect
import re

import pytest

from fiscal import datasets, measures, narrative

DISCLOSURES = list(datasets.disclosures()["disclosure"])
LIMIT, BALANCE = "debt.limit.year_end", "debt.balance"
RECEIVED, PAID = "transfers.received.general_public", "transfers.paid.general_public"


def facts(disclosure, part="debt", lang="en"):
    return narrative.facts(disclosure, getattr(measures, part)(datasets.figures(disclosure)), lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("part", ["debt", "transfers"])
@pytest.mark.parametrize("disclosure", DISCLOSURES)
def test_every_bundled_document_can_be_told(disclosure, part, lang):
    about = facts(disclosure, part, lang)
    module = getattr(narrative, part)
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_") and name != "name":
            assert not re.search(r"\bnan\b|<NA>|None", str(function(about))), name
    for said in (narrative.document.told(about, f"{part}."), narrative.document.sources(about, f"{part}.")):
        assert not re.search(r"\bnan\b|<NA>|None", str(said))


def test_every_figure_of_a_document_is_in_its_table_with_scope_time_and_basis(written):
    third = {"scope": "other", "scope_label": "大本级"}
    rows = [
        (BALANCE, "30"),
        (BALANCE, "9", third),
        (BALANCE, "5", {"scope": "own", "status": "derived", "formula": LIMIT}),
        (BALANCE, "31", {"as_of": "2020-06"}),
        (BALANCE, "35", {"fiscal_year": 2021, "basis": "expected"}),
    ]
    written("ayi-2020", rows)
    table = narrative.document.sources(facts("ayi-2020"), "debt.")
    shown = [(str(row[1]), row[4], row[5], row[6]) for row in table.rows]
    assert shown == [
        ("30 yi", "whole area", "2020, final accounts", ""),
        ("31 yi", "whole area", "June 2020, final accounts", ""),
        ("35 yi", "whole area", "2021, expected execution", ""),
        ("5 yi", "own level", "2020, final accounts", "derived"),
        ("9 yi", "大本级", "2020, final accounts", ""),
    ]


def test_the_first_scope_is_told_and_the_others_are_named_not_mixed(written):
    own = {"scope": "own"}
    written("ayi-2020", [(BALANCE, "30"), (LIMIT, "40"), (BALANCE, "5", own), (LIMIT, "10", own)])
    about = facts("ayi-2020")
    assert "owed 30 yi" in str(narrative.debt.headline(about))
    assert "75% of its debt limit" in str(narrative.debt.headline(about))
    said = str(narrative.document.told(about, "debt."))
    assert said.startswith("Told here: whole area, 2020.")
    assert "2020, own level, final accounts" in said
    debt = about.in_scope(datasets.debt("ayi-2020"))
    assert sorted(debt["value_yuan"]) == [3_000_000_000, 4_000_000_000]
    assert set(about.in_scope(about_table("ayi-2020"))["scope"]) == {"whole"}


def about_table(disclosure):
    return measures.debt(datasets.figures(disclosure))


def test_a_sentence_takes_no_figure_from_another_scope(written):
    written("ayi-2020", [(BALANCE, "30"), (LIMIT, "10", {"scope": "own"})])
    said = str(narrative.debt.limits(facts("ayi-2020")))
    assert "10 yi" not in said
    assert "Only as a budget, or for another date or scope, the document prints: debt limit at year end." in said


@pytest.mark.parametrize("other", [{"basis": "budget"}, {"as_of": "2020-06"}])
def test_a_plan_or_another_date_is_not_told_as_a_result(written, other):
    written("ayi-2020", [(BALANCE, "30", other), (PAID, "7", other | {"scope": "own"})])
    said = str(narrative.debt.headline(facts("ayi-2020")))
    assert "30 yi" not in said
    assert "Only as a budget, or for another date or scope" in said
    assert "7 yi" not in str(narrative.transfers.paid(facts("ayi-2020", "transfers")))


def test_what_is_not_final_is_said_and_stands_in_the_note_of_the_number(written):
    written("ayi-2020", [(BALANCE, "30", {"basis": "expected"}), (LIMIT, "40")])
    about = facts("ayi-2020")
    assert "Not yet final but expected execution: government debt balance." in str(
        narrative.document.told(about, "debt.")
    )
    assert "expected execution" in about.figure(BALANCE).provenance
    assert "printed 30亿元, clause II (expected execution)" in about.measure("limit_use").provenance


def test_a_document_whose_results_are_of_another_year_is_told_with_that_year(written):
    written("ayi-2021", [(BALANCE, "30", {"fiscal_year": 2020}), (LIMIT, "40", {"fiscal_year": 2020})], year=2021)
    assert str(narrative.debt.headline(facts("ayi-2021"))).startswith("At the end of 2020 Ayi owed 30 yi.")


def test_a_missing_part_does_not_silence_the_rest(written):
    written("ayi-2020", [("debt.limit.new", "5"), ("debt.bonds.new", "4"), (RECEIVED, "6"), ("debt.ratio", "60")])
    about = facts("ayi-2020")
    said = str(narrative.debt.new_borrowing(about))
    assert "set a new limit of 5 yi." in said
    assert "New bonds came to 4 yi." in said
    assert "80% of the new limit" in said
    assert "does not state: new general debt limit and new special debt limit" in said
    received = str(narrative.transfers.headline(facts("ayi-2020", "transfers")))
    assert received.startswith("In 2020 Ayi received 6 yi from the level above")
    assert "does not state: transfers paid in the general public budget" in received
    assert "prints a debt ratio of 60%" in str(narrative.debt.ratio(about))


def test_without_any_ratio_nothing_is_said_of_what_exceeded_what(written):
    written("ayi-2020", [(RECEIVED, "6")])
    said = str(narrative.transfers.ratios_title(facts("ayi-2020", "transfers")))
    assert "more paid out" not in said
    assert "does not state" in said


def test_a_ceiling_of_another_scope_is_named_with_its_scope(written):
    own = {"scope": "own"}
    written("ayi-2020", [(BALANCE, "30"), (LIMIT, "40"), (BALANCE, "12", own), (LIMIT, "10", own)])
    assert str(narrative.debt.ceilings(facts("ayi-2020"))) == (
        "- Not kept: debt balance within the debt limit (own level); it is exceeded by 2 yi."
    )
