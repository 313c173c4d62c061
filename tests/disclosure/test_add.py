"""From a file to a disclosure that reports, checks and comparisons can use; nothing already there is lost."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from fiscal import audit, datasets, figures
from fiscal.cli import main
from fiscal.figures import store, tables

DOCUMENT = """临江县2021年政府债务情况说明
一、限额
2021年，省财政厅下达我县新增政府债务限额4.2亿元，其中：一般债务限额1.1亿元，专项债务限额3.1亿元。
二、余额
截至2021年末，我县政府债务余额38.6亿元，其中一般债务17.2亿元、专项债务21.4亿元，另有园区平台债务2.2亿元。
县十八届人大常委会第五次会议于2022年8月24日批准了2021年县本级决算。
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A user's own folder with a document beside it, as the working folder."""
    monkeypatch.setenv("FISCAL_DATA", str(tmp_path / "mine"))
    monkeypatch.chdir(tmp_path)
    Path("document.txt").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def add(*more, file="document.txt"):
    return run("add", file, "--jurisdiction", "临江县", "--year", 2021, *more)


def files(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_extract_shows_figures_clauses_checks_and_what_was_left(own):
    result = run("extract", "document.txt")
    assert result.exit_code == 0, result.output
    assert "New debt limit" in result.output
    assert "38.6亿元" in result.output
    assert "holds" in result.output
    assert "1 more amounts were not taken for figures" in result.output
    assert not (own / "mine").exists()


def test_extract_as_json_has_every_part(own):
    found = json.loads(run("extract", "document.txt", "--json").output)
    assert list(found) == ["document", "figures", "unread", "statements", "problems"]
    assert found["document"]["jurisdiction"] == {"zh": "临江县"}
    assert [(f["concept"], f["value"], f["clause"]) for f in found["figures"]][:2] == [
        ("debt.limit.new", 420_000_000, "I"),
        ("debt.limit.new.general", 110_000_000, "I"),
    ]
    (unread,) = found["unread"]
    assert DOCUMENT[unread["span_start"] : unread["span_end"]] == "2.2"
    assert "园区平台债务" in unread["sentence"]
    assert [each["topic"] for each in found["statements"]] == ["approval"]
    assert found["problems"] == []


def test_extract_writes_a_page_to_review(own):
    result = run("extract", "document.txt", "--review", "out.html")
    assert result.exit_code == 0, result.output
    assert "38.6" in Path("out.html").read_text(encoding="utf-8")


def test_added_it_is_a_disclosure_like_any_other(own):
    result = add()
    assert result.exit_code == 0, result.output
    assert "now: fiscal report linjiang-2021" in result.output
    found = store.load("linjiang-2021")
    assert found.folder == own / "mine" / "disclosures" / "linjiang-2021"
    assert found.text == DOCUMENT
    assert found.source["approved"]["date"] == "2022-08-24"
    assert set(figures.check("linjiang-2021")["outcome"]) <= {"holds", "not_printed"}
    assert datasets.debt("linjiang-2021")["value_yuan"].sum() == 2 * (420_000_000 + 3_860_000_000)
    stated = audit.findings("linjiang-2021").set_index("requirement")["outcome"]
    assert stated["debt.limit_and_balance"] == "in_part"


def test_a_second_run_changes_nothing(own):
    add()
    folder = own / "mine" / "disclosures" / "linjiang-2021"
    before = files(folder)
    result = add()
    assert result.exit_code == 0
    assert "nothing was changed" in result.output
    assert files(folder) == before


def test_another_document_is_not_put_over_it_without_a_yes(own):
    add()
    folder = own / "mine" / "disclosures" / "linjiang-2021"
    before = files(folder)
    Path("document.txt").write_text(DOCUMENT.replace("38.6", "39.6"), encoding="utf-8")
    result = add()
    assert result.exit_code == 1
    assert "--yes" in result.output
    assert files(folder) == before
    assert add("--yes").exit_code == 0
    assert "39.6" in (folder / "figures.csv").read_text(encoding="utf-8")


def test_a_persons_corrections_survive_a_new_reading_and_win(own):
    add()
    folder = own / "mine" / "disclosures" / "linjiang-2021"
    edits = folder / "edits.csv"
    edit = {
        "action": "replace",
        "figure_id": "debt.balance:whole:final:2021",
        "disclosed": "39",
        "disclosed_unit": "亿元",
        "reason": "corrected by notice",
    }
    columns = [field["name"] for field in tables.schema("edits")["fields"]]
    edits.write_text(
        ",".join(columns) + "\n" + ",".join(edit.get(name, "") for name in columns) + "\n", encoding="utf-8"
    )
    source = folder / "source.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace("说明\n", "说明\n  en: Linjiang\n", 1))
    Path("document.txt").write_text(DOCUMENT.replace("4.2", "4.20"), encoding="utf-8")
    result = add("--yes")
    assert "edited: Government debt balance 39亿元" in result.output
    rows = datasets.figures("linjiang-2021").set_index("concept")
    assert rows.at["debt.balance", "status"] == "edited"
    assert rows.at["debt.balance", "value"] == 3_900_000_000
    assert rows.at["debt.limit.new", "disclosed"] == "4.20"
    assert store.source("linjiang-2021")["title"]["en"] == "Linjiang"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "expected a document"),
        ("picture.docx", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image"),
        ("words.txt", "临江县2021年工作总结，没有数字。".encode(), "no figure of the vocabulary was read"),
    ],
)
def test_what_is_no_disclosure_gets_one_line_and_leaves_nothing(own, name, content, message):
    Path(name).write_bytes(content)
    result = add(file=name)
    assert result.exit_code == 1
    assert name in result.output
    assert message in result.output
    assert "Traceback" not in result.output
    assert not (own / "mine").exists()


def test_a_file_that_is_not_there_gets_one_line(own):
    result = add(file="nowhere.pdf")
    assert result.exit_code == 1
    assert "nowhere.pdf" in result.output


@pytest.mark.parametrize("id", ["../out", "Linjiang", "a b", "", "con/x"])
def test_an_id_can_not_leave_the_folder(own, id):
    result = (
        add("--id", id) if id else run("add", "document.txt", "--jurisdiction", "临江县", "--year", 2021, "--id", "-")
    )
    assert result.exit_code == 1
    assert "expected small letters" in result.output
    assert not (own / "mine").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_not_be_written_gets_one_line(own):
    (own / "mine").mkdir(mode=0o500)
    result = add()
    assert result.exit_code == 1
    assert "can't be written" in result.output


def test_line_ends_of_the_document_stay_so_that_places_hold(own):
    Path("document.txt").write_bytes(DOCUMENT.replace("\n", "\r\n").encode())
    assert add().exit_code == 0
    checked = figures.check("linjiang-2021").query("kind == 'span'")
    assert set(checked["outcome"]) == {"holds"}
