"""What becomes of a report is found out: what was altered, which inputs changed since, and what comes out today."""

import json
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from fiscal import reporting, resources
from fiscal.cli import main
from fiscal.errors import InputError
from fiscal.reporting import inputs, seal

ENDINGS = ("html", "ipynb", "svg", "json")


@pytest.fixture
def kept(reports, tmp_path):
    """A copy of the debt report in English, with its record, as someone was sent it."""
    folder = tmp_path / "sent" / "urumqi-2020"
    folder.mkdir(parents=True)
    for ending in ENDINGS:
        shutil.copy(reports / "urumqi-2020" / f"debt.en.{ending}", folder)
    return folder / "debt.en.html"


def verify(*arguments):
    """Exit code and lines of the command."""
    result = CliRunner().invoke(main, ["verify", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result.exit_code, result.output


def outcomes(findings, *parts):
    return {(finding.item, finding.outcome) for finding in findings if finding.part in parts}


def alter(path, old, new):
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new, 1))


def test_a_whole_folder_of_reports_agrees(reports):
    code, said = verify(reports)
    assert code == 0
    assert said.endswith("9 of 9 agree\n")  # eight reports and the index
    assert "  same        data/disclosures/urumqi-2020/figures.csv\n" in said
    assert "  same        data/policies/urumqi-2020.yaml\n" in said
    assert not re.search("^  (?!same)", said, re.MULTILINE)


def test_a_page_alone_says_all_that_its_record_says(kept):
    with_record = verify(kept)
    kept.with_suffix(".json").unlink()
    code, said = verify(kept)
    assert (code, with_record[0]) == (0, 0)
    assert set(with_record[1].splitlines()) - set(said.splitlines()) == {
        "  same        debt.en.html, by the record beside it",
        "  same        debt.en.ipynb, by the record beside it",
        "  same        debt.en.svg, by the record beside it",
        "  same        what page and record say of how it was made",
    }


def test_one_altered_number_shows_with_and_without_the_record(kept):
    alter(kept, b"1,188.94", b"1,188.49")
    found = reporting.verify([kept])
    assert outcomes(found, "page", "file") == {
        ("debt.en.html", "changed"),
        ("debt.en.ipynb", "same"),
        ("debt.en.svg", "same"),
    }
    kept.with_suffix(".json").unlink()
    code, said = verify(kept)
    assert code == 1
    assert "  changed     the page, by its own hash\n" in said
    assert said.endswith("0 of 1 agree\n")


def test_a_hash_that_was_computed_anew_does_not_deceive_the_record(kept):
    alter(kept, b"1,188.94", b"1,188.49")
    page = kept.read_text(encoding="utf-8")
    stated = re.search(r'"sha256":"([0-9a-f]{64})"', page)[1]
    kept.write_bytes(seal.sealed(page.replace(stated, seal.BLANK, 1)))
    found = reporting.verify([kept])
    assert outcomes(found, "page") == {("debt.en.html", "same")}
    assert ("debt.en.html", "changed") in outcomes(found, "file")


def test_other_inputs_in_the_page_than_in_the_record_show(kept):
    record = json.loads(kept.with_suffix(".json").read_bytes())
    record["made_of"]["notebook"] = "0" * 64
    kept.with_suffix(".json").write_text(json.dumps(record), encoding="utf-8")
    found = reporting.verify([kept])
    assert outcomes(found, "record", "notebook") == {("record", "changed"), ("debt", "changed")}


@pytest.mark.parametrize("ending", ["html", "ipynb", "svg"])
def test_what_is_gone_is_called_so(kept, ending):
    kept.with_suffix(f".{ending}").unlink()
    code, said = verify(kept.parent)
    assert code == 1
    assert f"  gone        debt.en.{ending}, by the record beside it\n" in said


def test_inputs_are_told_file_by_file(own_data, own_notebooks, tmp_path):
    (own_data / "edits.csv").write_text("figure_id,action\n", encoding="utf-8")
    (report,) = reporting.build(["testville-2020"], ["works"], ["en"], tmp_path / "out")
    (own_data / "figures.csv").write_text("another", encoding="utf-8")
    (own_data / "edits.csv").unlink()
    (own_data / "unread.csv").write_text("new", encoding="utf-8")
    (own_notebooks / "works.ipynb").unlink()
    found = reporting.verify([report.path])
    place = "data/disclosures/testville-2020"
    assert outcomes(found, "notebook", "data", "code") == {
        ("works", "gone"),
        (f"{place}/edits.csv", "gone"),
        (f"{place}/figures.csv", "changed"),
        (f"{place}/source.yaml", "same"),
        (f"{place}/statements.csv", "same"),
        (f"{place}/unread.csv", "new"),
        ("fiscal", "same"),
    }
    code, said = verify(report.path, "--remake")
    assert code == 1
    assert re.search(
        r"  changed     data/disclosures/testville-2020/figures.csv: [0-9a-f]{12} then, [0-9a-f]{12} now", said
    )
    assert "  unknown     made again: works.en.html: there is no notebook 'works'" in said


def test_versions_are_told_one_by_one(kept, monkeypatch):
    now = inputs.versions()
    others = {name: version for name, version in now["versions"].items() if name != "tqdm"} | {"pandas": "9.9"}
    monkeypatch.setattr(inputs, "versions", lambda: {"versions": others, "installed": "another"})
    found = reporting.verify([kept])
    differ = {finding for finding in found if finding.part == "version" and not finding.agrees}
    assert {(each.item, each.outcome, each.now) for each in differ} == {
        ("pandas", "changed", "9.9"),
        ("tqdm", "gone", ""),
    }
    code, said = verify(kept)
    assert f"  changed     pandas: {now['versions']['pandas']} then, 9.9 now\n" in said
    assert code == 1


def test_made_again_it_is_the_same_or_the_first_difference_is_named(own_data, own_notebooks, tmp_path):
    mine = tmp_path / "one" / "figures.yaml"
    mine.parent.mkdir()
    mine.write_text("a: 1\n", encoding="utf-8")
    how = {"languages": ["en"], "out": tmp_path / "out"}
    reporting.build(["testville-2020"], ["reader"], parameters={"file": str(mine)}, **how)
    arguments = [tmp_path / "out", "--remake", "--inputs", mine.parent]
    code, said = verify(*arguments)
    assert code == 0, said
    assert "  same        made again: reader.en.html\n" in said
    assert "  same        made again: reader.en.ipynb\n" in said
    # The files are the same; it is not there where it is looked for; it has changed.
    assert "  gone        figures.yaml\n" in verify(tmp_path / "out")[1]
    assert "figures.yaml is not there" in verify(tmp_path / "out", "--remake")[1]
    mine.write_text("a: 2\n", encoding="utf-8")
    code, said = verify(*arguments)
    assert code == 1
    assert re.search(
        r"  changed     made again: reader\.en\.html, line \d+: '.*a: 1.*' lies there, '.*a: 2.*' comes out\n", said
    )


def test_what_could_not_be_finished_does_not_agree(own_data, own_notebooks, tmp_path):
    reporting.build(["testville-2020"], ["fails"], ["en"], tmp_path / "out")
    code, said = verify(tmp_path / "out")
    assert code == 1
    assert "  unfinished  fails.en.error.html, by the record beside it: ValueError: the <b>third</b> district" in said


def test_machines_are_told_everything(kept):
    code, said = verify(kept, "--json")
    told = json.loads(said)
    assert code == 0
    assert told["agree"] is True
    (figures,) = (each for each in told["findings"] if each["item"].endswith("figures.csv"))
    digest = inputs.digest((resources.disclosure("urumqi-2020") / "figures.csv").read_bytes())
    assert figures == {
        "report": str(kept),
        "part": "data",
        "item": "data/disclosures/urumqi-2020/figures.csv",
        "outcome": "same",
        "then": digest,
        "now": digest,
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html></html>", "is no report; expected a page that fiscal report made"),
        (b"", "is no report"),
        (b"\xff\x00", "is no report"),
        (seal.OPENING.encode() + b"x", "is no report"),
        (seal.OPENING.encode() + b'x","made_of":' + b"[" * 5000 + b"</script>", "is no report"),
        (seal.OPENING.encode() + b'x","name":1,"notebook":[],"beside":{},"made_of":{}}</script>', "is no report"),
        (None, "holds no report"),
    ],
)
def test_what_is_no_report_is_one_line(tmp_path, content, said):
    place = tmp_path / "page.html"
    if content is not None:
        place.write_bytes(content)
    code, output = verify(place)
    assert code == 1
    assert said in output
    assert output.count("\n") == 1


def test_a_page_that_is_no_report_shows_among_those_that_are(kept):
    (kept.parent / "other.html").write_text("<html></html>", encoding="utf-8")
    code, said = verify(kept.parent.parent)
    assert code == 1
    assert "  unknown     no page that fiscal report made\n1 of 2 agree\n" in said


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": "../../urumqi-2020/debt.en"}, "it would be called urumqi-2020/debt.en"),
        ({"notebook": "../debt"}, "there is no notebook"),
        ({"parameters": {"lang": "xx"}}, "unknown language"),
        ({"parameters": {"lang": "en", "disclosure": "../../etc"}}, "what it is about is not there"),
        ({"parameters": {"lang": "en", "disclosure": ["urumqi-2020"]}}, "what it is about is not there"),
        ({"parameters": {"lang": "en", "disclosure": "urumqi-2020", "x = 1 #": 1}}, "unknown parameter 'x = 1 #'"),
    ],
)
def test_what_a_strange_page_says_is_no_path_and_no_code(kept, change, why):
    kept.with_suffix(".json").unlink()
    said, _ = seal.opened(kept.read_bytes())
    del said["sha256"]
    said |= {name: value for name, value in change.items() if name != "parameters"}
    said["made_of"] |= {name: value for name, value in change.items() if name == "parameters"}
    kept.write_bytes(seal.sealed(seal.block(said)))
    (again,) = (finding for finding in reporting.verify([kept], remake=True) if finding.part == "again")
    assert again.outcome == "unknown"
    assert why in again.now


def test_places_that_a_strange_page_names_are_looked_for_by_name_only(kept, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    kept.with_suffix(".json").unlink()
    said, _ = seal.opened(kept.read_bytes())
    del said["sha256"]
    named = [str(tmp_path / "secret.txt"), "../../secret.txt", "data/disclosures/../secret.txt", "x/..", "\x1b[2J"]
    said["made_of"]["data"] = dict.fromkeys(named, inputs.digest("secret"))
    kept.write_bytes(seal.sealed(seal.block(said)))
    found = reporting.verify([kept], folders=[kept.parent])
    assert outcomes(found, "data") == {(name, "gone") for name in named}
    assert "\x1b" not in verify(kept)[1]


def test_an_index_that_was_altered_shows(reports, tmp_path):
    copy = tmp_path / "reports"
    shutil.copytree(reports, copy)
    alter(copy / "index.html", b"1,188.94", b"1,188.49")
    code, said = verify(copy)
    assert code == 1
    assert "  changed     index.html, by the records beside it" in said
    assert said.endswith("8 of 9 agree\n")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_tells_its_readers_how_it_was_made(reports, lang):
    page = reports / "urumqi-2020" / f"evaluation.{lang}.html"
    said, whole = seal.opened(page.read_bytes())
    assert whole
    foot = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select_one("main > section.made").get_text()
    made_of = said["made_of"]
    assert "installed" not in made_of  # pages are the same on machines that have other things besides
    assert f"pandas {made_of['versions']['pandas']}" in foot
    assert f"Python {made_of['versions']['python']}" in foot
    assert f"fiscal {made_of['versions']['fiscal-notebooks']}" in foot
    for digest in (made_of["notebook"], made_of["code"], *made_of["data"].values()):
        assert digest[:12] in foot
    assert f"fiscal verify evaluation.{lang}.html" in foot
    assert not re.search(r"20\d\d-\d\d-\d\d|\d\d:\d\d", foot)


def test_data_in_a_page_is_not_run_and_not_complained_of(reports, browse):
    page = browse(reports / "urumqi-2020" / "debt.en.html")
    assert page.messages == []
    assert page.evaluate("JSON.parse(document.getElementById('record').textContent).name") == "urumqi-2020/debt.en"


def test_a_place_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="holds no report"):
        reporting.verify([Path(tmp_path / "nowhere")])
