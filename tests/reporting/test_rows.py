"""A file with a row for each report."""

import json

import pytest
from click.testing import CliRunner

from fiscal import reporting
from fiscal.cli import main
from fiscal.errors import InputError, UnknownName
from fiscal.reporting.rows import rows


def planned(path):
    return {job.name: job.given for job in reporting.plan_rows(rows(path))}


def test_rows_of_csv_and_yaml_plan_the_same(tmp_path):
    table, listed = tmp_path / "jobs.csv", tmp_path / "jobs.yaml"
    table.write_text(
        "notebook,disclosure,lang,name,node,overrides,measure\n"
        "evaluation,urumqi-2020,en,strict,may,{warning.deviation_max: 0.15},\n"
        "\n"
        "evaluation,urumqi-2020,zh en,,,,\n"
        "compare,ezhou-2017 jiaxing-2017,zh,,,,limit_use\n"
        "debt,ezhou-2017,,,,,\n",
        encoding="utf-8-sig",
    )
    listed.write_text(
        "- {notebook: evaluation, disclosure: urumqi-2020, lang: en, name: strict, node: may,\n"
        "   overrides: {warning.deviation_max: 0.15}}\n"
        "- {notebook: evaluation, disclosure: urumqi-2020, lang: [zh, en]}\n"
        "- {notebook: compare, disclosure: [ezhou-2017, jiaxing-2017], lang: zh, measure: limit_use}\n"
        "- {notebook: debt, disclosure: ezhou-2017}\n",
        encoding="utf-8",
    )
    assert planned(table) == planned(listed)
    assert planned(table) == {
        "urumqi-2020/evaluation-strict.en": {
            "policy": "urumqi-2020",
            "lang": "en",
            "node": "may",
            "overrides": {"warning.deviation_max": 0.15},
        },
        "urumqi-2020/evaluation.zh": {"policy": "urumqi-2020", "lang": "zh"},
        "urumqi-2020/evaluation.en": {"policy": "urumqi-2020", "lang": "en"},
        "compare/compare.zh": {
            "disclosures": ["ezhou-2017", "jiaxing-2017"],
            "lang": "zh",
            "measure": "limit_use",
        },
        "ezhou-2017/debt.en": {"disclosure": "ezhou-2017", "lang": "en"},
        "ezhou-2017/debt.zh": {"disclosure": "ezhou-2017", "lang": "zh"},
    }


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.csv", "notebook,disclosure\ndebt,atlantis\n", "a.csv, row 2: unknown disclosure 'atlantis'; there is: "),
        ("a.csv", "notebook,disclosure\nx,urumqi-2020\n", "a.csv, row 2: unknown notebook 'x'; there is: compare"),
        ("a.csv", "notebook,disclosure,lang\ndebt,urumqi-2020,fr\n", "a.csv, row 2: unknown language 'fr'"),
        ("a.csv", "notebook,disclosure,speed\ndebt,urumqi-2020,3\n", "a.csv, row 2: unknown parameter 'speed'"),
        ("a.csv", "notebook\ndebt\n", "a.csv, row 2: disclosure: expected at least one, found nothing"),
        ("a.csv", "disclosure\nurumqi-2020\n", "a.csv, row 2: notebook: expected one, found nothing"),
        ("a.csv", "notebook,disclosure\ndebt\n", "a.csv, row 2: expected 2 cells, found 1"),
        ("a.csv", "notebook,notebook\nx,y\n", "a.csv, row 1: expected different columns, found notebook again"),
        ("a.csv", "notebook,disclosure,name\ndebt,urumqi-2020,../x\n", "a.csv, row 2: name: expected letters, digits"),
        ("a.csv", "notebook,disclosure,years\ncompare,urumqi-2020 ezhou-2017,[\n", "a.csv, row 2, column years: "),
        (
            "a.csv",
            "notebook,disclosure\ndebt,urumqi-2020\ndebt,urumqi-2020\n",
            "a.csv, row 3: a.csv, row 2 makes urumqi-2020/debt.en already; give one of them another name",
        ),
        ("a.csv", "notebook,disclosure\n", "a.csv: expected a row for each report, found none"),
        ("a.csv", 'notebook,disclosure\n"debt,x\n', "a.csv, row 2: expected CSV"),
        ("a.yaml", "notebook: debt", "a.yaml: expected a list of mappings"),
        ("a.yaml", "- debt", "a.yaml, entry 1: expected a mapping"),
        ("a.yaml", "- {notebook: debt", "a.yaml, line "),
        ("a.txt", "", "a.txt: expected a file that ends in .csv, .yaml or .yml"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, monkeypatch, name, content, expected):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        planned(name)
    assert str(caught.value).startswith(expected)
    result = CliRunner().invoke(main, ["report", "--params", name])
    assert result.exit_code == (2 if isinstance(caught.value, UnknownName) else 1)
    assert result.stderr == f"fiscal: {caught.value}\n"


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path):
    with pytest.raises(InputError, match=r"absent.csv: can't be read"):
        rows(tmp_path / "absent.csv")
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"a.csv: expected text in UTF-8, found byte 0xff"):
        rows(tmp_path / "a.csv")


def test_reports_of_one_notebook_with_different_parameters_lie_side_by_side(tmp_path):
    table = tmp_path / "jobs.csv"
    table.write_text(
        "notebook,disclosure,lang,name,measure\n"
        "compare,ezhou-2017 jiaxing-2017,en,,limit_use\n"
        "compare,ezhou-2017 jiaxing-2017,en,special,special_share\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["report", "--params", str(table), "--out", str(out), "--json"])
    assert result.exit_code == 0
    *events, summary = map(json.loads, result.stdout.splitlines())
    assert {event["report"] for event in events} == {"compare/compare.en", "compare/compare-special.en"}
    assert {event["outcome"] for event in events} == {"done"}
    assert (summary["total"], summary["done"], summary["causes"]) == (2, 2, {})
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "compare/compare.en.html" in index
    assert "compare/compare-special.en.html" in index
