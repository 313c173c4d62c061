"""The table of faults, from what the trials report: ``--faults-table docs/faults.md`` with ``-m soak``."""

import json
from pathlib import Path

import pytest
from trials import Trials, Zygote

from fiscal.kernels import warm

HEAD = """# Faults tried and survived

Written by `uv run pytest -m soak -n 1 tests/faults --faults-table docs/faults.md`, never by hand. After each fault:
every file is whole, and as it was before or as it would have become; no process is left; what is said is a line without
a traceback; the same command, given again, ends with what an undisturbed one makes, and leaves nothing else behind.
*Held* counts the times when all of this was so; *found* is what was not.

| fault | done to | times | held | found |
| --- | --- | --- | --- | --- |
"""
RESULTS = []


def pytest_addoption(parser):
    parser.addoption("--faults-table", metavar="FILE", help="Write what was tried, and what held, as Markdown.")


def pytest_runtest_logreport(report):
    if report.when == "call":
        RESULTS.extend(json.loads(value) for name, value in report.user_properties if name == "fault")


def pytest_sessionfinish(session):
    place = session.config.getoption("--faults-table", default=None)
    if place and not hasattr(session.config, "workerinput"):
        rows = {}
        for result in RESULTS:
            row = rows.setdefault((result["fault"], result["done_to"]), {"times": 0, "held": 0, "found": set()})
            row["times"] += result["times"]
            row["held"] += result["held"]
            row["found"] |= set(result["found"])
        lines = [
            f"| {fault} | {done_to} | {row['times']} | {row['held']} | {'; '.join(sorted(row['found'])) or 'nothing'} |"
            for (fault, done_to), row in sorted(rows.items())
        ]
        times, held = (sum(row[name] for row in rows.values()) for name in ("times", "held"))
        Path(place).write_text(HEAD + "\n".join([*lines, f"| all | | {times} | {held} | |"]) + "\n", encoding="utf-8")


@pytest.fixture(scope="session")
def zygote():
    started = Zygote()
    yield started
    started.close()


@pytest.fixture(scope="session")
def nursery():
    """A warm process for workers and kernels of all batches, since to start one takes longer than a small batch."""
    with warm.Nursery(["fiscal.reporting.rehearsal", *warm.kernel_modules()]) as started:
        yield started.address


@pytest.fixture(scope="session")
def trials(zygote, request, tmp_path_factory):
    return Trials(zygote, lambda: request.getfixturevalue("nursery"), tmp_path_factory.mktemp("f", numbered=False))


@pytest.fixture
def tell(record_property):
    """Note trials of a fault for the table, and fail if anything did not hold: a list of what was found for each."""

    def told(fault, done_to, found):
        about = {"fault": fault, "done_to": done_to, "times": len(found), "held": sum(not each for each in found)}
        shown = sorted({sentence for each in found for sentence in each})
        record_property("fault", json.dumps(about | {"found": [each[:160].replace("|", "/") for each in shown]}))
        assert not shown, "\n".join(shown)

    return told
