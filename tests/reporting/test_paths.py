"""Names and links: nothing is read that never ends, and nothing is written outside of the folder that a user named."""

import os
from pathlib import Path

import pytest

from fiscal import datasets, exports, figures, files, reporting, resources, rules
from fiscal.disclosure import extract, folder
from fiscal.errors import InputError, UnknownName
from fiscal.figures import store
from fiscal.reporting.order import Result
from fiscal.reporting.shelf import Shelf
from fiscal.reporting.template import templates

BAD = [  # ids
    "..",
    ".",
    "",
    "../x",
    "a/b",
    "/etc",
    "a\\b",
    "c:x",
    "a\0",
    "a\n",
    "a.",
    "a ",
    " a",
    "A",
    "con",
    "nul",
    "com1",
    "lpt9",
    "é",
]
NAMES = [
    "..",
    "../x",
    "a/b",
    "a\\b",
    "c:x",
    "a\0b",
    "a\nb",
    "a.",
    "a ",
    "CON",
    "nul.x",
    "Com1.en",
    "lpt¹",
    "a?",
    "\u202ea",
    "a" * 201,
]
links = pytest.mark.skipif(os.name == "nt", reason="links and pipes are made otherwise on Windows")


@pytest.mark.parametrize("id", BAD)
def test_an_id_names_a_folder_here_and_nothing_else(id, tmp_path, monkeypatch):
    monkeypatch.setenv("FISCAL_DATA", str(tmp_path / "data"))
    with pytest.raises(InputError) as caught:
        resources.valid_id(id)
    assert "expected" in str(caught.value)
    assert str(caught.value).isprintable()
    for use in (store.load, figures.check, datasets.figures, lambda id: reporting.plan([id])):
        with pytest.raises(UnknownName):
            use(id)
    with pytest.raises(InputError):
        folder.place(id)
    with pytest.raises(InputError):
        rules.load_policy(id)
    with pytest.raises(UnknownName):
        exports.export([id], "csv", tmp_path / "out")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_a_file_fits_every_system(name):
    with pytest.raises(InputError, match="the name of a file on every system"):
        resources.valid_name(name, "notebook")


def test_names_that_are_fine():
    assert [resources.valid_name(name, "x") for name in ("债务-2", "a.b", "console", "com10")]
    assert resources.valid_id("licheng-2023")


@pytest.mark.parametrize("name", ["..", "a/b", "a\\b", "c:x", "a\n", "a.", "a b", "\u202ea", "a" * 61])
def test_reports_of_a_file_stay_in_their_folder(name):
    row = {"notebook": "debt", "disclosure": "urumqi-2020", "lang": "en", "name": name}
    with pytest.raises(InputError, match="row 2: name: expected letters, digits"):
        list(reporting.plan_rows([("jobs.csv, row 2", row)]))


def test_reports_that_some_systems_take_for_one_are_told_apart():
    row = {"notebook": "debt", "disclosure": "urumqi-2020", "lang": "en"}
    with pytest.raises(InputError, match=r"row 3: row 2 makes urumqi-2020/debt-Ａ.en already"):
        list(reporting.plan_rows([("row 2", row | {"name": "a"}), ("row 3", row | {"name": "Ａ"})]))


def test_policies_and_notebooks_with_odd_names(tmp_path, monkeypatch):
    monkeypatch.setenv("FISCAL_DATA", str(tmp_path))
    for place in ("policies", "notebooks"):
        (tmp_path / place).mkdir()
    text = resources.policies()["urumqi-2020"].read_text(encoding="utf-8")
    (tmp_path / "policies" / "My policy.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="policy 'My policy': expected small letters"):
        reporting.plan(["urumqi-2020"], ["evaluation"])
    (tmp_path / "notebooks" / "con.ipynb").write_bytes(templates()["debt"].content)
    with pytest.raises(InputError, match="notebook 'con': expected what can be the name of a file"):
        reporting.plan(["urumqi-2020"], ["con"])
    (tmp_path / "notebooks" / "Debt.ipynb").write_bytes(templates()["debt"].content)
    with pytest.raises(InputError, match="has this name already"):
        templates()


@pytest.fixture
def own(tmp_path, monkeypatch, written):
    """A disclosure of one's own, and a folder elsewhere."""
    (tmp_path / "elsewhere").mkdir()
    return written("a-2020", [("debt.balance", "12.5")])


@links
@pytest.mark.parametrize("name", ["figures.csv", "edits.csv", "unread.csv", "statements.csv", "source.txt"])
def test_what_is_no_file_is_named(own, name):
    path = own / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    with pytest.raises(InputError, match=f"{name}: expected an ordinary file"):
        store.load("a-2020")
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(InputError, match=f"{name}: expected an ordinary file"):
        store.load("a-2020")
    path.unlink()
    path.symlink_to(path)
    with pytest.raises(InputError, match=f"{name}: can't be read .Too many levels of symbolic links"):
        store.load("a-2020")
    path.unlink()
    path.symlink_to("nowhere")
    with pytest.raises(InputError, match=f"{name}: can't be read .No such file"):
        store.load("a-2020")
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError, match=f"{name}: can't be read .Is a directory"):
        store.load("a-2020")


@links
def test_pipes_that_a_user_names_do_not_hang(own, tmp_path):
    for name in ("p.yaml", "p.csv", "p.txt", "p.ipynb"):
        os.mkfifo(tmp_path / name)
    with pytest.raises(InputError, match="expected an ordinary file"):
        datasets.context(tmp_path / "p.yaml")
    with pytest.raises(InputError, match="expected an ordinary file"):
        rules.load_policy(tmp_path / "p.yaml")
    with pytest.raises(InputError, match="expected an ordinary file"):
        datasets.read_projects(tmp_path / "p.csv")
    with pytest.raises(InputError, match="expected an ordinary file"):
        extract(tmp_path / "p.txt")
    with pytest.raises(InputError, match=r"parameter context: .*expected an ordinary file"):
        list(reporting.make(reporting.plan(["a-2020"], ["debt"], ["en"], {"context": str(tmp_path / "p.yaml")})))
    own.joinpath("source.yaml").unlink()
    os.mkfifo(own / "source.yaml")
    with pytest.raises(UnknownName):
        store.load("a-2020")


@links
def test_a_disclosure_may_lie_elsewhere(own, tmp_path):
    """Reading follows a link; writing puts a folder in its place and leaves what it led to."""
    elsewhere = tmp_path / "elsewhere" / "a-2020"
    own.rename(elsewhere)
    own.symlink_to(elsewhere)
    os.mkfifo(elsewhere / "pipe")
    assert list(store.load("a-2020").figures["disclosed"]) == ["12.5"]
    (elsewhere / "edits.csv").symlink_to("nowhere")
    before = {path.name: path.is_file() and path.read_bytes() for path in elsewhere.iterdir()}
    folder.write(own, {"source.txt": "新"})
    assert not own.is_symlink()
    assert (own / "source.txt").read_text(encoding="utf-8") == "新"
    assert (own / "figures.csv").read_bytes() == before["figures.csv"]
    assert (own / "edits.csv").is_symlink()
    assert {path.name: path.is_file() and path.read_bytes() for path in elsewhere.iterdir()} == before
    assert [path.name for path in own.parent.parent.iterdir()] == ["disclosures"]


@links
def test_adding_does_not_follow_what_was_left_in_the_way(own, tmp_path):
    (tmp_path / "elsewhere" / "kept").write_text("kept")
    for name in (".a.fiscal-part", ".lock"):
        (own.parent / name).symlink_to(tmp_path / "elsewhere" / "kept")
    folder.write(own, {"source.txt": "新"})
    assert [path.read_text() for path in (tmp_path / "elsewhere").iterdir()] == ["kept"]
    assert not (own.parent / ".lock").is_symlink()


@links
def test_reports_are_not_written_through_links(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_text("theirs")
    (elsewhere / ".x.part").write_text("theirs")
    real = tmp_path / "real"
    (real / "a-2020").mkdir(parents=True)
    out = tmp_path / "out"
    out.symlink_to(real)  # a user's own choice
    for name in ("debt.en.html", "debt.en.json", "debt.en.svg"):
        (out / "a-2020" / name).symlink_to(elsewhere / "file")
    (out / "index.html").symlink_to(elsewhere / "file")
    (out / ".lock").symlink_to(elsewhere / "file")
    about = {
        "place": {"zh": "甲"},
        "year": 2020,
        "title": "t",
        "lang": "en",
        "headline": "",
        "alt": "",
        "failure": None,
    }
    shelf = Shelf(out)
    shelf.keep(Result("a-2020/debt.en", {"html": b"new"}, about, None), {})
    shelf.write_index()
    assert (real / "a-2020" / "debt.en.html").read_bytes() == b"new"
    assert not (real / "a-2020" / "debt.en.svg").is_symlink()
    (out / "b-2020").symlink_to(elsewhere)
    shelf.clean()
    with pytest.raises(InputError, match="b-2020: expected a folder to write to, found a link"):
        shelf.keep(Result("b-2020/debt.en", {"html": b"new"}, about, None), {})
    assert {path.name: path.read_text() for path in elsewhere.iterdir()} == {"file": "theirs", ".x.part": "theirs"}


@links
def test_exports_are_not_written_through_links(own, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a-2020-csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="a-2020-csv: expected a folder to write to, found a link"):
        exports.export(["a-2020"], "csv", tmp_path / "out")
    assert not list((tmp_path / "elsewhere").iterdir())


@links
def test_a_file_that_is_a_link_is_replaced(tmp_path):
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    files.write(tmp_path / "link", "ours")
    assert (tmp_path / "theirs").read_text() == "theirs"
    assert not (tmp_path / "link").is_symlink()


def test_a_path_that_is_none_has_a_name_all_the_same(tmp_path):
    assert resources.shown("a\0b") == "a\0b"
    with pytest.raises(InputError, match=r"a\\x00b: expected the name of a file"):
        files.read("a\0b")
    with pytest.raises(InputError, match=r"can't be read .File name too long"):
        files.read(Path("a" * 300))
    with pytest.raises(UnknownName):
        rules.load_policy("a" * 5_000)
