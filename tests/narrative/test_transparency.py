"""The transparency page: both languages say the same, numbers and gaps come from the findings, nothing is a score."""

import inspect
import re

import pytest

from fiscal import audit, narrative
from fiscal.narrative import transparency

CHINESE = re.compile(r"[\u4e00-\u9fff]")
DISCLOSURES = ["urumqi-2020", "testville-2020"]


def about(lang, findings=None):
    return transparency.audited(audit.findings("urumqi-2020") if findings is None else findings, lang)


def sentences(told):
    for name, function in inspect.getmembers(transparency, inspect.isfunction):
        if function.__module__ == transparency.__name__ and list(inspect.signature(function).parameters) == ["about"]:
            yield name, function(told)


def only(outcome):
    """Findings that all came out one way."""
    findings = audit.findings("urumqi-2020")
    reason = "level" if outcome == "not_applicable" else ""
    return findings.assign(outcome=outcome, reason=reason)


@pytest.mark.parametrize("outcome", [None, *audit.OUTCOMES])
def test_whatever_the_findings_every_sentence_can_be_said_in_both_languages(outcome):
    findings = only(outcome) if outcome else None
    pairs = list(zip(sentences(about("en", findings)), sentences(about("zh", findings)), strict=True))
    assert len(pairs) > 10
    for (name, english), (_, chinese) in pairs:
        assert not CHINESE.search(str(english)), name
        assert not re.search(r"[A-Za-z]{3}", str(chinese)), name
        assert not re.search(r"\bnan\b|<NA>|: None", f"{english}{chinese}"), name
        assert str(english).count("\n") == str(chinese).count("\n"), name


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_counts_of_the_headline_are_those_of_the_findings_and_name_them(lang):
    findings = audit.findings("urumqi-2020")
    told = transparency.headline(about(lang, findings))
    counted = [str((findings["outcome"] == outcome).sum()) for outcome in ("stated", "in_part", "not_in_document")]
    total, *rest = told.facts
    assert [fact.shown for fact in rest] == counted
    assert int(total.shown) == sum(map(int, counted))
    missing = findings.loc[findings["outcome"] == "not_in_document", f"label_{lang}"]
    assert rest[2].provenance.split("\n") == list(missing)


def test_a_clause_shows_its_evidence():
    told = str(transparency.stated(about("en")))
    assert "Debt limit and balance, by type: clause II." in told
    facts = {fact.shown: fact.provenance for fact in transparency.stated(about("en")).facts}
    assert "General debt balance: printed 405.54亿元, clause II" in facts["II"]
    (paid,) = [row for row in about("zh").rows if row["requirement"] == "transfers.paid"]
    (place,) = about("zh").where(paid).facts
    assert place.shown == "第一部分（二）"
    assert "一般性转移支付支出：原文47.52亿元，第一部分（二）" in place.provenance


def test_a_statement_is_shown_as_paraphrased_and_much_evidence_is_counted():
    (work,) = [row for row in about("en").rows if row["requirement"] == "performance.work"]
    assert str(about("en").where(work)) == "clauses III.1.1 to III.4.3 (13)"
    first = about("en").where(work).facts[0]
    assert "are evaluated beforehand" in first.provenance


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("article 14", "our reading", "within 20 days")),
        ("zh", ("第十四条", "本项目的理解", "二十日内")),
    ],
)
def test_who_asks_is_cited_and_readings_are_marked(lang, words):
    (row,) = [each for each in about(lang).rows if each["requirement"] == "publication"]
    cited = about(lang).cited(row)
    for each in words:
        assert each in f"{cited.shown}\n{cited.provenance}"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({}, "neither the date of approval nor that of publication"),
        ({"published_on": "2021-09-01"}, "Published on 1 September 2021. The date of approval"),
        ({"approved_on": "2021-08-17", "deadline": "2021-09-06"}, "can't be seen from the document"),
        (
            {"approved_on": "2021-08-17", "deadline": "2021-09-06", "published_on": "2021-09-06", "timing": "on_time"},
            "6 September 2021: in time.",
        ),
        (
            {"approved_on": "2021-08-17", "deadline": "2021-09-06", "published_on": "2021-09-07", "timing": "late"},
            "7 September 2021: after the last day.",
        ),
    ],
)
def test_dates_are_told_as_far_as_they_are_known(found, words):
    told = about("en")
    unknown = dict.fromkeys(("approved_on", "approved_clause", "published_on", "published_clause", "deadline"), "")
    told.dates = unknown | {"timing": "not_stated"} | found
    assert words in str(transparency.dates(told))


def test_where_nothing_applies_nothing_is_said_to_be_kept_or_missed():
    told = about("en", only("not_applicable"))
    for sentence in (transparency.headline, transparency.title):
        assert str(sentence(told)).startswith("Nothing of what is asked here of local governments applies")
    assert "20 days" not in str(transparency.dates(told))
    assert transparency.table(told).rows == []


def test_there_is_a_question_for_each_gap_and_none_for_what_is_stated():
    told = about("en")
    gaps = told.of("in_part", "not_in_document")
    assert str(transparency.questions(told)).count("\n") == len(gaps) - 1
    assert "How much principal did Urumqi repay in 2020" in str(transparency.questions(told))
    assert str(transparency.questions(about("en", only("stated")))) == "There is no gap to ask about."


def test_perhaps_is_told_with_place_and_printed_form():
    findings = audit.findings("urumqi-2020")
    unread = audit.Evidence("unread", "7", "II", "debt.service.interest", "2.5亿元")
    findings["perhaps"] = [(unread,) if each == "debt.service" else () for each in findings["requirement"]]
    told = transparency.perhaps(about("en", findings))
    assert "near “interest paid” that was not understood" in str(told)
    assert [fact.provenance for fact in told.facts] == ["printed 2.5亿元"]
    assert "付息" in str(transparency.perhaps(about("zh", findings)))


def test_the_page_says_what_a_document_is_about_and_how_final_it_is(own_data):
    assert str(transparency.fair(about("en"))).endswith("Its figures are about transfers, debt and performance.")
    figures = (own_data / "figures.csv").read_text(encoding="utf-8")
    (own_data / "figures.csv").write_text(figures.replace(",final,", ",budget,"), encoding="utf-8")
    told = transparency.audited(audit.findings("testville-2020"), "en")
    assert "None of them is final" in str(transparency.fair(told))
    (own_data / "figures.csv").write_text(figures.replace(",final,", ",budget,", 1), encoding="utf-8")
    told = transparency.audited(audit.findings("testville-2020"), "en")
    assert "Some of them are budgeted" in str(transparency.fair(told))


def test_several_documents_are_told_by_what_none_of_them_states(own_data):
    findings = audit.findings(DISCLOSURES)
    told = str(transparency.matrix_title(findings, "en"))
    assert told.startswith("None of these documents states in full: dates of approval and publication;")
    assert "transfers received" not in told
    assert re.search(r"; \d+ more$", told)
    assert "至少有一份文件" in str(transparency.matrix_title(findings.assign(outcome="stated"), "zh"))


def test_the_citation_is_that_of_other_pages():
    assert "2020" in str(narrative.document.citation(about("zh")))
