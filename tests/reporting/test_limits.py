"""A notebook that takes too long or too much, or leaves something behind, ends alone; what it did so far is kept."""

import re

import nbformat
import psutil
import pytest

from fiscal import reporting
from fiscal.cli import main


def build(out, names, **how):
    made = reporting.build(["urumqi-2020"], names, ["en"], out, **how)
    return {report.job.template.name: report for report in made}


@pytest.mark.parametrize("kernel", ["warm", "plain"])
def test_time_and_memory_have_limits_and_the_others_go_on(own_notebooks, tmp_path, kernel):
    made = build(tmp_path, ["hangs", "works"], seconds=6, kernel=kernel)
    made |= build(tmp_path, ["eats"], memory=600 << 20, kernel=kernel)
    assert made["works"].failure is None
    assert (made["hangs"].failure.cell, made["hangs"].failure.message) == (3, "the time limit of 6 s was reached")
    assert (made["eats"].failure.cell, made["eats"].failure.message) == (3, "the memory limit of 600 MiB was reached")
    for name in ("hangs", "eats"):
        page = made[name].path.read_text(encoding="utf-8")
        assert "limit of" in page
        assert "so far" in page
        assert f"{made[name].failure.message}" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_limit_that_is_not_reached_changes_nothing(own_notebooks, tmp_path):
    (report,) = reporting.build(["urumqi-2020"], ["works"], ["en"], tmp_path, seconds=60, memory=2 << 30)
    assert report.failure is None
    assert "done 1" in report.path.read_text(encoding="utf-8")


def test_a_notebook_that_exits_is_named_and_what_it_started_ends_with_it(own_notebooks, tmp_path):
    made = build(tmp_path, ["exits", "forks"])
    assert (made["exits"].failure.cell, made["exits"].failure.message) == (3, "the kernel died")
    assert made["forks"].failure is None
    notebook = nbformat.read(made["forks"].path.with_suffix(".ipynb"), as_version=4)
    child = int(re.search(r"child (\d+)", str(notebook.cells))[1])
    psutil.wait_procs([psutil.Process(child)] if psutil.pid_exists(child) else [], timeout=10)
    assert not psutil.pid_exists(child)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--memory", "lots"), "expected a size such as 500MB or 2GiB, found 'lots'"),
        (("--memory", "0GB"), "expected a size"),
        (("--timeout", "0"), "Invalid value for '--timeout'"),
        (("--jobs", "0"), "Invalid value for '--jobs'"),
        (("--kernel", "hot"), "Invalid value for '--kernel'"),
        (("--params", "x.csv", "urumqi-2020"), "--params names disclosures"),
    ],
)
def test_wrong_limits_are_wrong_usage(arguments, words):
    from click.testing import CliRunner

    result = CliRunner().invoke(main, ["report", *arguments])
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize(
    ("written", "count"), [("1000", 1000), ("1k", 1024), ("2GiB", 2 << 30), ("1.5 MB", 3 << 19), ("3T", 3 << 40)]
)
def test_sizes_are_read_as_people_write_them(written, count):
    from fiscal.cli import Memory

    assert Memory().convert(written, None, None) == count
