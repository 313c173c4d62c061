"""What is up to date is left alone, what changed is made again, and Ctrl-C is never lost."""

import contextlib
import os
import shutil
import signal
import time

import pytest

from fiscal import reporting
from fiscal.errors import InputError
from fiscal.reporting import inputs, interrupts
from fiscal.reporting.shelf import Shelf

LOST = "html", "ipynb", "svg", "json"
DEBT = {"disclosures": ["testville-2020"], "notebooks": ["debt"], "languages": ["en"]}


def times(folder):
    """When each file below a folder was written, but for the lock and the index."""
    return {
        path: path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file() and path.name not in (".lock", "index.html")
    }


def test_what_has_not_changed_is_not_made_again_and_what_has_is(own_data, own_notebooks, tmp_path):
    out = tmp_path / "out"

    def made(**change):
        before = times(out)
        (report,) = reporting.build(out=out, **{**DEBT, "notebooks": ["works"], **change})
        assert report.failure is None
        assert report.made == (times(out) != before)
        return report.made

    assert made()
    assert not made()
    notebook = own_notebooks / "works.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("done", "done well"), encoding="utf-8")
    assert made()
    assert not made()
    figures = own_data / "figures.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace("1188.94", "1188.95"), encoding="utf-8")
    assert made()
    assert not made()
    (own_data / "edits.csv").write_text("figure_id,action\n", encoding="utf-8")
    assert made()
    assert made(parameters={"amount": 2})
    assert not made(parameters={"amount": 2})
    assert made(parameters={"amount": "2"})


@pytest.mark.parametrize("what", ["code", "bundled", "versions"])
def test_another_version_of_anything_makes_reports_again(own_data, own_notebooks, tmp_path, monkeypatch, what):
    how = {**DEBT, "notebooks": ["works"], "out": tmp_path / "out"}
    reporting.build(**how)
    before = getattr(inputs, what)()
    monkeypatch.setattr(inputs, what, lambda: before | {"installed": "x"} if isinstance(before, dict) else "x")
    job = reporting.plan(*[how[name] for name in ("disclosures", "notebooks", "languages")])[0]
    description = inputs.description(job, *inputs.gather(job), [])
    assert not Shelf(how["out"]).fresh(job.name, description)


def test_reports_that_lost_a_file_are_made_again(reports, tmp_path):
    out = shutil.copytree(reports, tmp_path / "out")
    names = ["debt.en", "debt.zh", "transfers.en", "transfers.zh"]
    lost = [out / "urumqi-2020" / f"{name}.{kind}" for name, kind in zip(names, LOST, strict=True)]
    whole = [path.read_bytes() for path in lost]
    lost[0].write_bytes(whole[0][:-1])
    for path in lost[1:]:
        path.unlink()
    again = reporting.build(["urumqi-2020"], out=out)
    assert sorted(report.job.name.partition("/")[2] for report in again if report.made) == names
    assert [path.read_bytes() for path in lost] == whole
    assert not any(report.made for report in reporting.build(["urumqi-2020"], out=out))


def test_a_file_that_a_parameter_names_is_an_input_and_not_its_path(own_data, own_notebooks, tmp_path):
    mine = tmp_path / "one" / "figures.yaml"
    mine.parent.mkdir()
    mine.write_text("a: 1", encoding="utf-8")
    how = {**DEBT, "notebooks": ["reader"], "out": tmp_path / "out"}

    def build():
        (report,) = reporting.build(**how, parameters={"file": str(mine)})
        assert report.failure is None
        return report

    report = build()
    assert "a: 1" in report.path.read_text(encoding="utf-8")
    assert str(tmp_path) not in report.path.read_text(encoding="utf-8")
    assert not build().made
    mine.write_text("a: 2", encoding="utf-8")
    assert "a: 2" in build().path.read_text(encoding="utf-8")
    mine.unlink()
    with pytest.raises(InputError, match=r"parameter file: .*figures.yaml: can't be read"):
        build()


def test_a_notebook_sees_nothing_that_its_report_does_not_depend_on(own_data, own_notebooks, tmp_path):
    (report,) = reporting.build(out=tmp_path / "out", **{**DEBT, "notebooks": ["looks"]})
    said = report.path.with_suffix(".ipynb").read_text(encoding="utf-8")
    assert "['testville-2020']" in said
    assert "urumqi-2020" not in said


def test_a_second_language_is_linked_once_it_is_there(own_data, own_notebooks, tmp_path):
    how = {"disclosures": ["testville-2020"], "notebooks": ["works"], "out": tmp_path / "out"}
    (english,) = reporting.build(**how, languages=["en"])
    assert "works.zh.html" not in english.path.read_text(encoding="utf-8")
    assert [report.made for report in reporting.build(**how)] == [True, True]
    assert "works.zh.html" in english.path.read_text(encoding="utf-8")
    assert [report.made for report in reporting.build(**how, languages=["en"])] == [False]


def test_an_interrupt_that_a_destructor_swallows_strikes_at_the_next_report():
    told = []
    before = signal.getsignal(signal.SIGINT)
    with interrupts.never_lost(told.append) as done:
        done("first")
        with contextlib.suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        with pytest.raises(KeyboardInterrupt):
            done("second")
    assert told == ["first", "second"]
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("number", interrupts.NUMBERS)
def test_what_must_not_be_interrupted_is_done_first(number):
    told, before = [], signal.getsignal(number)

    @interrupts.postponed()
    def write():
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
        told.append("whole")

    with interrupts.never_lost(told.append), pytest.raises(KeyboardInterrupt):
        write()
    assert told == ["whole"]
    assert signal.getsignal(number) is before
