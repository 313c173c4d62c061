"""What is up to date is left alone, what changed is made again, and what dies in the middle leaves nothing half."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from fiscal import cli, reporting, resources
from fiscal.errors import InputError
from fiscal.reporting import inputs
from fiscal.reporting.shelf import Shelf

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


@pytest.mark.parametrize("lost", ["html", "ipynb", "svg", "json"])
def test_a_report_that_lost_a_file_is_made_again(own_data, tmp_path, lost):
    out = tmp_path / "out"
    (report,) = reporting.build(out=out, **DEBT)
    path = report.path.with_suffix(f".{lost}")
    whole = path.read_bytes()
    if lost == "html":
        path.write_bytes(whole[:-1])
    else:
        path.unlink()
    (report,) = reporting.build(out=out, **DEBT)
    assert report.made
    assert len(path.read_bytes()) == pytest.approx(len(whole), abs=200)  # times within


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
    with pytest.raises(InputError, match=r"parameter file: .*figures.yaml can't be read"):
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


def test_two_batches_into_the_same_folder_keep_each_report_together(own_data, own_notebooks, tmp_path):
    out = tmp_path / "out"

    def batch(amount):
        how = {**DEBT, "notebooks": ["works", ["looks", "reader"][amount - 1]], "languages": ["en", "zh"], "out": out}
        return [report.failure for _ in range(3) for report in reporting.build(**how, parameters={"amount": amount})]

    with ThreadPoolExecutor(2) as pool:
        assert all(failure is None for failures in pool.map(batch, [1, 2]) for failure in failures)
    shelf = Shelf(out)
    assert len(shelf.records) == 6
    index = (out / "index.html").read_text(encoding="utf-8")
    assert all(f"{name}.html" in index for name in shelf.records)
    for name, record in shelf.records.items():
        for ending, about in record["files"].items():
            assert inputs.digest((out / f"{name}.{ending}").read_bytes()) == about["sha256"]
    assert not list(out.rglob("*.part"))


@contextlib.contextmanager
def batch(out, count):
    """A batch of the command line in a session of its own, once some of its reports are there."""
    command = [sys.executable, "-m", "fiscal", "report", "--all", "--notebook", "transfers", "--out", str(out)]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 90
    while len(Shelf(out).records) < count and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.02)
    family = psutil.Process(process.pid).children(recursive=True)
    assert family
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        _, alive = psutil.wait_procs(family, timeout=15)
        for each in alive:
            each.kill()
        assert not alive


def test_an_interrupt_that_a_destructor_swallows_strikes_at_the_next_report():
    told = []
    before = signal.getsignal(signal.SIGINT)
    with cli.interruptible(told.append) as done:
        done("first")
        with contextlib.suppress(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
        with pytest.raises(KeyboardInterrupt):
            done("second")
    assert told == ["first", "second"]
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_batch_that_is_stopped_leaves_whole_reports_no_processes_and_goes_on(tmp_path, how):
    out = tmp_path / "out"
    with batch(out, 4) as process:
        os.kill(process.pid, how)
        said = process.communicate(timeout=30)[1].decode()
        if how == signal.SIGINT:
            assert process.returncode == 130
            assert said.splitlines()[-1].startswith("fiscal: interrupted")
            assert "Traceback" not in said
    # What a kill may leave of a file under its temporary name goes with the next run.
    (out / "urumqi-2020").mkdir(exist_ok=True)
    (out / "urumqi-2020" / ".debt.en.html.x.part").write_text("half", encoding="utf-8")
    done = Shelf(out).records
    assert len(done) >= 4
    for name, record in done.items():
        for ending, about in record["files"].items():
            assert inputs.digest((out / f"{name}.{ending}").read_bytes()) == about["sha256"]
    command = [sys.executable, "-m", "fiscal", "report", "--all", "--notebook", "transfers", "--out", str(out)]
    run = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    summary = json.loads(run.stdout.splitlines()[-1])
    total = 2 * len(resources.disclosures())
    assert summary["total"] == total
    # A report whose last file was being written may be made twice.
    assert len(done) - 1 <= summary["unchanged"] < total
    assert summary["unchanged"] + summary["done"] == total
    assert not list(out.rglob("*.part"))
