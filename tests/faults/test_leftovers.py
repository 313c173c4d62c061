"""What was left from elsewhere: records that say nothing, locks of the dead, a folder where a file is expected."""

import json
import os
import shutil

import pytest
from trials import BY_NAME

REPORT, ADD = BY_NAME["fiscal report --xlsx"], BY_NAME["fiscal add, again"]
EXPORT, NEW = BY_NAME["fiscal export, datapackage"], BY_NAME["fiscal new-notebook"]
RECORD = "out/linjiang-2021/says.en.json"
PAGE = "out/linjiang-2021/says.en.html"
FOLDER = "mine/disclosures/linjiang-2021"


def content(text):
    def put(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return put


def cut(path):
    path.write_bytes(path.read_bytes()[:-40])


def folder(path):
    path.unlink(missing_ok=True)
    (path / "within").mkdir(parents=True)


def changed(*names, value):
    def put(path):
        record = json.loads(path.read_bytes())
        inner = record
        for name in names[:-1]:
            inner = inner[name]
        inner[names[-1]] = value
        path.write_text(json.dumps(record), encoding="utf-8")

    return put


# The command, the fault, where, what is done there, the exit code.
LEFT = [
    (REPORT, "a record cut short", RECORD, cut, 0),
    (REPORT, "a record of another shape", RECORD, content('{"report": 1, "made_of": 2, "files": 3}'), 0),
    (REPORT, "a record of another shape", RECORD, content("[]"), 0),
    (REPORT, "a record of another shape", RECORD, content("[" * 100_000), 0),
    (REPORT, "a record of another shape", RECORD, changed("report", "place", value={"en": 1}), 0),
    (REPORT, "a record of another shape", RECORD, changed("report", "title", value=["x"]), 0),
    (REPORT, "a record of another shape", RECORD, changed("report", "failure", value={}), 0),
    (REPORT, "a record of another shape", RECORD, changed("files", "html", value=None), 0),
    (REPORT, "a page cut short", PAGE, cut, 0),
    (REPORT, "the index cut short", "out/index.html", cut, 0),
    (REPORT, "the lock of a dead process", "out/.lock", content("4194304\nhost"), 0),
    (REPORT, "a folder where a file is expected", "out/.lock", folder, 1),
    (REPORT, "a folder where a file is expected", "out/index.html", folder, 1),
    (REPORT, "a folder where a file is expected", PAGE, folder, 1),
    (REPORT, "a folder where a file is expected", RECORD, folder, 1),
    (REPORT, "a temporary file of a dead process", "out/.x.fiscal-part", content("half"), 0),
    (REPORT, "a temporary file of a dead process", "out/linjiang-2021/.x.fiscal-part", content("half"), 0),
    (REPORT, "a temporary file of a dead process", "tmp/.x.fiscal-part/kernel.json", content("half"), 0),
    (ADD, "a temporary file of a dead process", "mine/disclosures/.x.fiscal-part/linjiang-2021/source.yaml",
     content("id: half"), 0),
    (ADD, "the lock of a dead process", "mine/disclosures/.lock", content("4194304\nhost"), 0),
    (ADD, "a folder where a file is expected", "mine/disclosures/.lock", folder, 1),
    (ADD, "a folder where a file is expected", f"{FOLDER}/figures.csv", folder, 1),
    (ADD, "a figure table that is no text", f"{FOLDER}/figures.csv", lambda path: path.write_bytes(b"\xff\xfe\x00"), 0),
    (ADD, "a source.yaml cut short", f"{FOLDER}/source.yaml", content("id: [linji"), 1),
    (EXPORT, "a file cut short", "out/linjiang-2021-datapackage/figures.csv", cut, 0),
    (EXPORT, "a temporary file of a dead process", "out/linjiang-2021-datapackage/.x.fiscal-part", content("half"), 0),
    (EXPORT, "a folder where a file is expected", "out/linjiang-2021-datapackage/measures.csv", folder, 1),
    (NEW, "a folder where a file is expected", "checkout/tests/reporting/test_land_notebook.py", folder, 1),
]  # fmt: skip
CHEAP = [each for each in LEFT if each[0] in (ADD, NEW)][1:]


def tried(trials, command, place, put, code):
    world = trials.world(command)
    before = trials.prepared(command)["before"].files()
    path = world.root / place
    was = path.read_bytes() if path.is_file() else None
    put(path)
    ended = trials.run(world, command.argv, command)
    found = [] if ended.code == code else [f"exit {ended.code}, not {code}: {ended.stderr[-200:]}"]
    if code:
        named = os.path.basename(place) in ended.stderr or os.path.dirname(place) in ended.stderr
        if not ended.stderr.startswith("fiscal: ") or not named:
            found.append(f"said: {ended.stderr.strip()}")
        # Whoever reads that line takes the thing away.
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        if was is not None:
            path.write_bytes(was)
        elif place in before:
            path.write_bytes(before[place])
    return found + trials.held(command, world, ended, (code,))


@pytest.mark.parametrize(("command", "fault", "place", "put", "code"), CHEAP)
def test_what_was_left(trials, tell, command, fault, place, put, code):
    tell(fault, command.name, [tried(trials, command, place, put, code)])


@pytest.mark.soak
@pytest.mark.parametrize(("command", "fault", "place", "put", "code"), LEFT)
def test_all_that_was_left(trials, tell, command, fault, place, put, code):
    tell(fault, command.name, [tried(trials, command, place, put, code)])
