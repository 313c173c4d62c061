"""What the law asks to be published, and what a document states of it: every finding comes out of the data."""

import csv
import json

import pytest
from click.testing import CliRunner

from fiscal import audit, resources
from fiscal.cli import main
from fiscal.disclosure import extract, folder
from fiscal.errors import InputError, UnknownName
from fiscal.figures import amounts, store, tables, vocabulary

TOTAL, GENERAL, SPECIAL = (
    f"transfers.paid.general_public{part}" for part in ("", ".grants.general", ".grants.special")
)


@pytest.fixture
def publish(tmp_path, monkeypatch):
    """Write a small disclosure into a FISCAL_DATA folder of its own; gives its id."""
    monkeypatch.setenv("FISCAL_DATA", str(tmp_path))

    def write(figures=(), statements=(), unread=(), year=2020, level="prefecture", **source):
        folder = tmp_path / "disclosures" / "smallville-2020"
        folder.mkdir(parents=True, exist_ok=True)
        about = {
            "id": folder.name,
            "title": {"zh": "小城决算说明"},
            "jurisdiction": {"en": "Smallville", "zh": "小城市"},
            "fiscal_year": year,
            "text": {"characters": 9999, "sha256": "0" * 64},
        }
        about |= ({"level": level} if level else {}) | source
        (folder / "source.yaml").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        table(folder, "figures", [figure(number, year, **each) for number, each in enumerate(figures)])
        table(folder, "statements", [statement(number, **each) for number, each in enumerate(statements)])
        table(folder, "unread", [amount(number, **each) for number, each in enumerate(unread)])
        return folder.name

    def table(folder, name, rows):
        columns = [field["name"] for field in tables.schema(name)["fields"]]
        with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows({"disclosure": "smallville-2020"} | row for row in rows)

    def figure(number, year, concept, value="1.5", **cells):
        printed = {"disclosed": value, "disclosed_unit": "亿元", "value": amounts.exact(value, "亿元"), "unit": "yuan"}
        context = {"jurisdiction": "小城市", "fiscal_year": year, "scope": "whole", "basis": "final"}
        place = {"clause": "I", "status": "stated", "figure_id": f"{concept}:{number}", "concept": concept}
        return printed | context | place | cells

    def statement(number, topic, clause="I", **cells):
        return {
            "statement": f"s{number}",
            "topic": topic,
            "clause": clause,
            "text_en": "It says so.",
            "text_zh": "有。",
        } | cells

    def amount(number, near, **cells):
        place = {"span_start": number * 10, "span_end": number * 10 + 3, "clause": "II"}
        return place | {"disclosed": "2.5", "disclosed_unit": "亿元", "reason": "wording", "near": near} | cells

    return write


def judged(disclosure, requirement):
    found = audit.findings(disclosure).set_index("requirement").loc[requirement]
    return found["outcome"], set(found["missing"])


@pytest.mark.parametrize(
    ("requirement", "outcome", "missing"),
    [
        ("publication", "in_part", {"published"}),
        ("transfers.received", "stated", set()),
        ("transfers.paid", "stated", set()),
        ("transfers.paid.budgets", "stated", set()),
        ("transfers.paid.general.by_area", "in_part", {"region"}),
        ("transfers.paid.special.by_area", "in_part", {"region", "project"}),
        ("debt.borrowing", "stated", set()),
        ("debt.limit_and_balance", "stated", set()),
        ("debt.split", "not_in_document", {"own", "lower", "region"}),
        ("debt.issuance", "in_part", {"debt.bonds.refinancing"}),
        ("debt.service", "not_in_document", {"debt.service", "debt.service.principal", "debt.service.interest"}),
        ("debt.flows_own", "not_in_document", {"own"}),
        ("debt.bonds.use", "in_part", {"project"}),
        ("three_public", "not_in_document", {"expenditure.three_public"}),
        ("performance.work", "in_part", {"outcome"}),
        ("performance.key_projects", "not_in_document", {"project", "outcome"}),
    ],
)
def test_urumqis_document_of_2020(requirement, outcome, missing):
    assert judged("urumqi-2020", requirement) == (outcome, missing)


def test_a_finding_names_its_evidence_with_clauses():
    found = audit.findings("urumqi-2020").set_index("requirement")
    use = found.loc["debt.bonds.use"]
    assert [each.id for each in use["evidence"] if each.kind == "statement"] == ["uses.bonds"]
    assert use["clauses"] == ("II",)
    paid = found.loc["transfers.paid", "evidence"]
    assert {(each.concept, each.printed, each.clause) for each in paid} == {
        (TOTAL, "107.58亿元", "I.2"),
        (GENERAL, "47.52亿元", "I.2"),
        (SPECIAL, "34.14亿元", "I.2"),
    }
    work = found.loc["performance.work", "clauses"]
    assert (work[0], work[-1]) == ("III.1.1", "III.4.3")


def test_the_last_day_for_publication_is_20_days_after_approval():
    dates = audit.dates("urumqi-2020").iloc[0]
    assert (dates["approved_on"], dates["approved_clause"]) == ("2021-08-17", "I")
    assert (dates["deadline"], dates["published_on"], dates["timing"]) == ("2021-09-06", "", "not_stated")


@pytest.mark.parametrize(
    ("published", "timing"),
    [("2021-09-06", "on_time"), ("2021-09-07", "late"), ("2021-08-16", "early"), ("", "not_stated")],
)
def test_in_time_or_late(publish, published, timing):
    said = [{"topic": "approval", "date": "2021-08-17"}]
    said += [{"topic": "publication", "date": published, "clause": "II"}] if published else []
    dates = audit.dates(publish(statements=said)).iloc[0]
    assert dates["timing"] == timing
    assert dates["published_clause"] == ("II" if published else "")
    assert judged("smallville-2020", "publication")[0] == ("stated" if published else "in_part")


def test_a_date_that_only_the_source_file_knows_is_marked_so(publish):
    disclosure = publish(published="2021-09-01")
    evidence = audit.findings(disclosure).set_index("requirement").loc["publication", "evidence"]
    assert [(each.kind, each.clause, each.printed) for each in evidence] == [("source", "", "2021-09-01")]
    assert judged(disclosure, "publication") == ("in_part", {"approved"})


def test_by_area_means_each_area_and_by_project_each_project(publish):
    publish([{"concept": SPECIAL, "scope": "own"}])
    assert judged("smallville-2020", "transfers.paid.special.by_area") == ("in_part", {"region", "project"})
    publish([{"concept": SPECIAL, "counterparty": "东区"}])
    assert judged("smallville-2020", "transfers.paid.special.by_area") == ("in_part", {"project"})
    publish([{"concept": SPECIAL, "counterparty": "东区", "project": "学校"}])
    assert judged("smallville-2020", "transfers.paid.special.by_area") == ("stated", set())
    assert judged("smallville-2020", "transfers.paid.general.by_area")[0] == "not_in_document"


def test_the_split_of_debt_is_asked_of_limit_and_balance(publish):
    balance = [{"concept": "debt.balance", **cell} for cell in ({"scope": "own"}, {"scope": "lower"})]
    publish(balance)
    outcome, missing = judged("smallville-2020", "debt.split")
    assert outcome == "in_part"
    # The areas below together are not each of them.
    assert missing == {"own:debt.limit.year_end", "lower:debt.limit.year_end", "region"}
    each = [
        {"concept": c, **cell}
        for c in ("debt.balance", "debt.limit.year_end")
        for cell in ({"scope": "own"}, {"counterparty": "东区"})
    ]
    publish(each)
    assert judged("smallville-2020", "debt.split") == ("stated", set())


def test_principal_and_interest_in_one_sum_is_in_part(publish):
    publish([{"concept": "debt.service"}])
    expected = {"debt.service.principal", "debt.service.interest"}
    assert judged("smallville-2020", "debt.service") == ("in_part", expected)
    # The sum of both need not be printed.
    publish([{"concept": concept} for concept in sorted(expected)])
    assert judged("smallville-2020", "debt.service") == ("stated", set())


@pytest.mark.parametrize(
    "cells", [{"basis": "expected"}, {"basis": "execution"}, {"basis": "budget"}, {"as_of": "2020-06"}]
)
def test_what_is_not_final_is_in_part(publish, cells):
    publish([{"concept": "debt.service.principal"}, {"concept": "debt.service.interest", **cells}])
    outcome, missing = judged("smallville-2020", "debt.service")
    assert outcome == "in_part"
    assert missing == {"final:debt.service.interest"}
    publish([{"concept": "debt.service", **cells}])
    assert "final" in judged("smallville-2020", "debt.service")[1]


def test_another_years_figure_is_no_evidence(publish):
    publish([{"concept": "debt.service.interest", "fiscal_year": 2021, "basis": "budget"}])
    assert judged("smallville-2020", "debt.service")[0] == "not_in_document"


def test_use_is_judged_by_statements_where_the_bonds_stand_by_remarks_and_by_projects(publish):
    bonds = {"concept": "debt.bonds.new", "clause": "II"}
    publish([bonds], [{"topic": "use", "clause": "I.2"}])
    assert judged("smallville-2020", "debt.bonds.use")[0] == "not_in_document"
    publish([bonds], [{"topic": "use", "clause": "II.3"}])
    assert judged("smallville-2020", "debt.bonds.use") == ("in_part", {"project"})
    publish([bonds | {"remark": "use.public_benefit_projects"}])
    assert judged("smallville-2020", "debt.bonds.use") == ("in_part", {"project"})
    publish([bonds | {"project": "学校"}])
    assert judged("smallville-2020", "debt.bonds.use") == ("stated", set())


def test_performance_is_judged_by_statements(publish):
    publish(statements=[{"topic": "rule"}])
    assert judged("smallville-2020", "performance.work") == ("in_part", {"outcome"})
    publish(statements=[{"topic": "organisation"}, {"topic": "outcome"}])
    assert judged("smallville-2020", "performance.work") == ("stated", set())
    assert judged("smallville-2020", "performance.key_projects") == ("in_part", {"project"})


def test_what_is_empty_is_shown_by_a_zero_or_in_words(publish):
    publish([{"concept": "debt.balance"}])
    found = audit.findings("smallville-2020").set_index("requirement").loc["empty"]
    assert (found["outcome"], found["reason"]) == ("not_applicable", "nothing_empty")
    publish([{"concept": "debt.bonds.swap", "value": "0"}])
    assert judged("smallville-2020", "empty")[0] == "stated"
    publish(statements=[{"topic": "absence"}])
    assert judged("smallville-2020", "empty")[0] == "stated"


def reasons(disclosure):
    found = audit.findings(disclosure)
    return found[found["outcome"] == "not_applicable"].set_index("requirement")["reason"].to_dict()


def test_what_was_not_in_force_or_is_not_asked_of_the_level_is_not_applicable(publish):
    earlier = reasons(publish(year=2017))
    assert earlier["transfers.paid.general.by_area"] == "not_yet"
    assert earlier["debt.split"] == "not_yet"
    assert "transfers.paid.special.earlier" not in earlier
    assert reasons(publish(year=2020))["transfers.paid.special.earlier"] == "replaced"
    county = reasons(publish(level="county"))
    assert (county["debt.split"], county["debt.flows_own"]) == ("level", "level")
    assert "transfers.paid" not in county
    township = reasons(publish(level="township"))
    assert township["transfers.paid"] == "level"
    assert township["debt.service"] == "level"
    assert set(reasons(publish(level="nation"))) == set(audit.requirements()["requirement"])
    # Without a level in source.yaml everything is judged.
    assert set(reasons(publish(level=None)).values()) <= {"replaced", "nothing_empty"}


def test_unread_amounts_and_absences_are_perhaps_and_never_count(publish):
    publish(
        [{"concept": "debt.bonds.new", "clause": "III.1"}],
        [{"topic": "absence", "clause": "III.1"}],
        [{"near": "debt.service.interest"}, {"near": "debt.bonds.new"}, {"near": ""}],
    )
    found = audit.findings("smallville-2020").set_index("requirement")
    assert found.loc["debt.service", "outcome"] == "not_in_document"
    (interest,) = found.loc["debt.service", "perhaps"]
    assert (interest.kind, interest.concept, interest.printed, interest.clause) == (
        "unread",
        "debt.service.interest",
        "2.5亿元",
        "II",
    )
    assert {each.kind for each in found.loc["debt.issuance", "perhaps"]} == {"unread", "statement"}
    assert found.loc["debt.issuance", "outcome"] == "in_part"
    assert found.loc["three_public", "perhaps"] == ()


def test_several_disclosures_as_ids_as_text_and_as_objects(publish):
    publish()
    loaded = store.load("urumqi-2020")
    expected = ["urumqi-2020", "smallville-2020"]
    for arguments in (
        (["urumqi-2020", "smallville-2020"],),
        ("urumqi-2020", "smallville-2020, urumqi-2020"),
        (loaded, ["smallville-2020"]),
    ):
        assert list(audit.findings(*arguments)["disclosure"].unique()) == expected
    assert list(audit.dates(expected)["disclosure"]) == expected
    assert len(audit.findings(expected)) == 2 * len(audit.requirements())


def test_an_unknown_or_broken_disclosure_is_named(publish):
    with pytest.raises(UnknownName, match="atlantis"):
        audit.findings("atlantis-2020")
    disclosure = publish()
    folder = resources.disclosures()[disclosure]
    (folder / "unread.csv").write_text("disclosure\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"unread.csv, row 1: missing column"):
        audit.findings(disclosure)


def test_every_requirement_points_into_the_vocabulary_and_the_statements():
    known = vocabulary.concepts().index
    (topic,) = (field for field in tables.schema("statements")["fields"] if field["name"] == "topic")
    levels = {"province", "prefecture", "county", "township"}
    for row in audit.requirements().to_dict("records"):
        place = row["requirement"]
        assert set(vocabulary.split(row["concepts"])) <= set(known), place
        for about in vocabulary.split(row["about"]):
            assert any(concept == about or concept.startswith(f"{about}.") for concept in known), place
        for each in vocabulary.split(row["topics"]):
            assert set(each.split("|")) <= set(topic["constraints"]["enum"]), place
            assert each in audit.PARTS, place
        for each in vocabulary.split(row["detail"]):
            assert each in {*audit.DETAILS, "approved", "published", "empty"}, place
        assert set(vocabulary.split(row["applies_to"])) <= levels, place
        for lang in ("en", "zh"):
            assert "{year}" in row[f"question_{lang}"], place
            row[f"question_{lang}"].format(place="", year="")


@pytest.mark.parametrize(
    ("parts", "en"),
    [
        (("debt.balance", "debt.balance.general", "debt.balance.special"), ["government debt balance"]),
        (("debt.service", "debt.service.interest"), ["interest paid"]),
        (("own:debt.balance",), ["the own level (government debt balance)"]),
        (("region", "final"), ["details by area", "a final figure"]),
    ],
)
def test_missing_parts_are_named_once(parts, en):
    assert audit.words(parts, "en") == en
    assert len(audit.words(parts, "zh")) == len(en)


def run(*arguments):
    return CliRunner().invoke(main, ["audit", *arguments])


def test_the_command_shows_findings_dates_and_gaps_and_exits_0():
    result = run("urumqi-2020")
    assert result.exit_code == 0
    for words in ("Budget Law, article 14", "◐ in part", "clause II", "refinancing bonds", "6 September 2021"):
        assert words in result.output
    chinese = run("urumqi-2020", "--lang", "zh")
    assert chinese.exit_code == 0
    for words in ("《预算法》第十四条", "◐ 部分载明", "2021年9月6日", "再融资债券"):
        assert words in chinese.output


def test_the_command_without_names_takes_every_disclosure(publish):
    publish()
    result = run()
    assert result.exit_code == 0
    assert "\nurumqi-2020\n" in result.output
    assert "\nsmallville-2020\n" in result.output


def test_the_command_gives_machines_the_same_findings():
    result = run("urumqi-2020", "--json")
    assert result.exit_code == 0
    (told,) = json.loads(result.output)
    assert told["dates"]["deadline"] == "2021-09-06"
    findings = {each["requirement"]: each for each in told["findings"]}
    assert findings["debt.issuance"]["missing"] == ["debt.bonds.refinancing"]
    assert findings["debt.issuance"]["evidence"][0]["id"] == "debt.bonds.new:whole:final:2020"
    assert set(findings) == set(audit.requirements()["requirement"])


@pytest.mark.parametrize("arguments", [("atlantis-2020",), ("urumqi-2020", "--lang", "fr")])
def test_the_command_says_a_wrong_name_in_one_line(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("fiscal: unknown ")
    assert result.stderr.count("\n") == 1


def test_amounts_of_areas_that_were_not_read_are_perhaps_the_details_by_area(tmp_path, monkeypatch):
    monkeypatch.setenv("FISCAL_DATA", str(tmp_path))
    text = (
        "白水市2021年转移支付情况说明\n2021年，白水市对各区县一般公共预算转移支付10亿元，其中：一般性转移支付7亿元，专项转移支付3亿元。"
        "分地区看，青山区6亿元，石泉县4亿元。\n"
    )
    found = extract(text, "白水市", 2021, "baishui-2021")
    assert set(found.unread["reason"]) == {"part_of_area"}
    folder.write(folder.place("baishui-2021"), folder.contents(found))
    rows = audit.findings("baishui-2021").set_index("requirement")
    general = rows.loc["transfers.paid.general.by_area"]
    assert general["outcome"] == "in_part"
    assert [each.printed for each in general["perhaps"]] == ["6亿元", "4亿元"]
