"""Sentences follow the data: other figures, other words; a missing figure is said, never a blank or a zero."""

import inspect
import re

import pytest

from fiscal import datasets, measures, narrative

FIGURES = datasets.figures("urumqi-2020")


def facts(figures, lang="en", part="debt", source=None):
    table = getattr(measures, part)(figures)
    statements = datasets.statements("urumqi-2020")
    return narrative.Facts(source or datasets.source("urumqi-2020"), figures, statements, table, lang)


def set_value(concept, value):
    figures = FIGURES.copy()
    figures.loc[figures["concept"] == concept, "value"] = value
    return figures


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_special_transfers_above_what_was_received_stand_out(lang):
    said = str(narrative.transfers.headline(facts(FIGURES, lang, "transfers")))
    assert "102.2%" in said
    assert {"en": "more in special transfers than it received", "zh": "专项转移支付支出大于收入"}[lang] in said


def test_special_transfers_below_what_was_received_do_not():
    figures = set_value("transfers.paid.general_public.grants.special", 3_000_000_000)
    said = str(narrative.transfers.headline(facts(figures, part="transfers")))
    assert "more in special transfers" not in said
    assert "more than came in" not in str(narrative.transfers.compared(facts(figures, part="transfers")))


def test_a_broken_ceiling_is_named_with_its_excess():
    figures = set_value("debt.balance.special", 91_000_000_000)
    said = str(narrative.debt.ceilings(facts(figures)))
    assert "special debt balance within its limit; it is exceeded by 9.6 yi" in said


def test_the_gap_between_limit_and_bonds_is_shown_and_not_explained():
    said = str(narrative.debt.new_borrowing(facts(FIGURES)))
    assert "at least 98.87%" in said
    assert "at least 76.7%" in said
    assert "1.40 yi" in said
    assert "not explained" in said


def test_headroom_and_break_even_are_said():
    assert "headroom 191.63 yi" in str(narrative.debt.limits(facts(FIGURES)))
    assert "990.78 yi or less" in str(narrative.debt.break_even(facts(FIGURES)))
    assert "lower bound" in str(narrative.debt.ratio(facts(FIGURES)))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("part", ["debt", "transfers"])
def test_whatever_is_missing_every_sentence_can_be_said(lang, part):
    module = getattr(narrative, part)
    about = facts(FIGURES[FIGURES["concept"].str.startswith("performance.")], lang, part)
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_") and name != "name":
            said = str(function(about))
            assert not re.search(r"\bnan\b|<NA>|None", said, re.IGNORECASE)
    stated = {"en": "does not state", "zh": "未公布"}[lang]
    assert stated in str(module.headline(about))


def test_provenance_names_clause_printed_form_and_formula():
    use = facts(FIGURES).measure("limit_use")
    assert "Government debt balance ÷ Debt limit at year end" in use.provenance
    assert "printed 1188.94亿元, clause II" in use.provenance
    balance = facts(FIGURES, "zh").figure("debt.balance")
    assert "原文1188.94亿元，第二部分" in balance.provenance


def test_text_from_data_is_escaped():
    source = datasets.source("urumqi-2020") | {"jurisdiction": {"en": "<script>alert(1)</script>", "zh": "x"}}
    shown = narrative.debt.headline(facts(FIGURES, source=source))._repr_mimebundle_()["text/html"]
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize(
    ("place", "written"), [("I.1", "第一部分（一）"), ("II", "第二部分"), ("III.1.3", "第三部分（一）3"), ("", "")]
)
def test_clauses_in_chinese(place, written):
    from fiscal import text

    assert text.clause(place, "zh") == written
    assert text.clause(place, "en") == place
