"""What a batch says: a bar on a terminal, lines in a pipe, JSON for machines, failures by cause at the end."""

import json

import pytest

from fiscal import reporting
from fiscal.reporting import progress
from fiscal.reporting.order import Failure


@pytest.fixture
def reports():
    jobs = reporting.plan(["urumqi-2020", "ezhou-2017"], ["debt", "transfers"])
    fails = Failure(4, "InputError: mine.yaml, figures: must be a list", "InputError")
    slow = Failure(5, "the time limit of 5 s was reached", "the time limit of 5 s was reached")
    died = Failure(0, "the process that made it died (exit code -9)", "Died")
    failures = [None, None, None, fails, fails, fails, fails, died]
    return [
        reporting.Report(job, f"out/{job.name}.html", failure, made=number > 0)
        for number, (job, failure) in enumerate(zip(jobs, [*failures[:7], slow], strict=True))
    ] + [reporting.Report(jobs[0], "out/x.html", died)]


def run(reports, **how):
    said = progress.Progress(len(reports), **how)
    for report in reports:
        said(report)
    said.close()
    said.summary("out/index.html")
    return said


def test_in_a_pipe_there_are_lines_and_failures_are_counted_by_cause(reports, capsys, monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", -1)
    run(reports)
    out, err = capsys.readouterr()
    assert out == "3 of 9 reports done (1 unchanged): open out/index.html\n"
    lines = err.splitlines()
    assert "\r" not in err
    assert lines[0].startswith("1 done, 0 failed, 1 unchanged of 9; ")
    assert lines[0].endswith(" s left")
    assert lines[7].startswith("2 done, 6 failed, 1 unchanged of 9; ")
    assert [line for line in lines if line.startswith("fiscal:")] == [
        *(
            f"fiscal: {report.job.name}: notebook {report.job.template.name}, cell 4: InputError: mine.yaml, figures: "
            f"must be a list; see {report.path}"
            for report in reports[3:6]
        ),
        "fiscal: and 1 more for the same cause: InputError",
        f"fiscal: {reports[7].job.name}: notebook transfers, cell 5: the time limit of 5 s was reached; "
        f"see {reports[7].path}",
        "fiscal: urumqi-2020/debt.en: the process that made it died (exit code -9); see out/x.html",
    ]


def test_seldom_enough(reports, capsys):
    run(reports[:3])
    assert capsys.readouterr().err == ""


def test_on_a_terminal_there_is_a_bar_of_what_is_made(reports, capsys, monkeypatch):
    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: True)
    said = run(reports)
    err = capsys.readouterr().err
    assert "9/9" in err
    assert "6 failed, urumqi-2020/debt.en" in err
    assert said._bar.initial == 1


def test_for_machines_every_line_is_json(reports, capsys):
    run(reports, as_json=True)
    out, err = capsys.readouterr()
    *events, summary = map(json.loads, out.splitlines())
    assert err == ""
    assert [event["outcome"] for event in events] == ["unchanged", *["done"] * 2, *["failed"] * 6]
    assert events[3]["failure"] == {"cell": 4, "message": "InputError: mine.yaml, figures: must be a list"}
    assert {name: summary[name] for name in ("total", "done", "unchanged", "failed")} == {
        "total": 9,
        "done": 2,
        "unchanged": 1,
        "failed": 6,
    }
    assert len(summary["causes"]["InputError"]) == 4
