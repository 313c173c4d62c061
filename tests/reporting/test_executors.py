"""Reports are made by any executor; one whose worker dies, or refuses, costs one report and says so."""

import json
import os
import pickle
import signal
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace

import pytest
from click.testing import CliRunner

from fiscal import reporting, resources
from fiscal.cli import main
from fiscal.reporting import inputs


class Elsewhere(Executor):
    """Calls in this process what has been through a pickle, as on another machine; it counts."""

    def __init__(self):
        self.calls = []

    def submit(self, function, order):
        future = Future()
        self.calls.append(order.name)
        try:
            there = pickle.loads(pickle.dumps((function, order)))
            future.set_result(pickle.loads(pickle.dumps(there[0](there[1]))))
        except Exception as error:
            future.set_exception(error)
        return future


def test_orders_carry_their_inputs_and_results_their_bytes(own_data, own_notebooks, tmp_path):
    elsewhere = Elsewhere()
    how = {"disclosures": ["testville-2020"], "notebooks": ["works", "looks", "fails"], "languages": ["en"]}
    made = reporting.build(**how, out=tmp_path / "out", executor=elsewhere)
    assert [report.failure is None for report in made] == [True, True, False]
    assert len(elsewhere.calls) == 3
    assert "['testville-2020']" in made[1].path.with_suffix(".ipynb").read_text(encoding="utf-8")
    again = reporting.build(**how, out=tmp_path / "out", executor=elsewhere)
    # What failed is tried again, what was done is not.
    assert [report.made for report in again] == [False, False, True]


def test_orders_come_as_many_at_once_as_was_said_and_an_index_before_the_first_report(own_notebooks, tmp_path):
    going, at_once = set(), []

    class Patient(ThreadPoolExecutor):
        def submit(self, function, order):
            going.add(order.name)
            at_once.append(len(going))
            return super().submit(self.refuse, order)

        def refuse(self, order):
            patience = time.monotonic() + 60
            while not (tmp_path / "index.html").exists() and time.monotonic() < patience:
                time.sleep(0.01)
            going.remove(order.name)
            raise ValueError("no room" if time.monotonic() < patience else "no index")

    with Patient(4) as pool:
        made = reporting.build(["urumqi-2020"], ["works", "fails", "looks"], ["en"], tmp_path, executor=pool, width=2)
    assert [report.failure.message for report in made] == ["no room"] * 3
    assert max(at_once) == 2


def test_threads_can_make_reports_too(own_notebooks, tmp_path):
    how = {"languages": ["en"], "notebooks": ["works", "fails", "looks", "reader"]}
    with ThreadPoolExecutor(4) as pool:
        made = reporting.build(["urumqi-2020"], out=tmp_path, executor=pool, **how)
    assert [report.failure is None for report in made] == [True, False, True, True]


def test_a_worker_with_another_version_of_fiscal_refuses(own_notebooks, tmp_path, monkeypatch):
    monkeypatch.setattr(inputs, "code", lambda: "another")
    (report,) = reporting.build(["urumqi-2020"], ["works"], ["en"], tmp_path)
    assert report.failure.message == "the fiscal that is installed here differs from the one that plans the reports"


def test_a_worker_with_another_version_of_a_library_refuses(own_notebooks, tmp_path, monkeypatch):
    here = inputs.versions()
    there = here | {"versions": here["versions"] | {"pandas": "9.9"}}
    monkeypatch.setattr(inputs, "versions", lambda: there)
    (report,) = reporting.build(["urumqi-2020"], ["works"], ["en"], tmp_path)
    version = here["versions"]["pandas"]
    assert report.failure.message == f"pandas is {version} here and 9.9 where the reports are planned"


class Bomb:
    """A value that ends the process that reads it."""

    def __reduce__(self):
        return os._exit, (3,)


def test_a_process_that_dies_with_a_report_costs_that_report(own_notebooks, tmp_path):
    works, looks = reporting.plan(["urumqi-2020"], ["works", "looks"], ["en"])
    # One at a time: the next report would have come from the same process.
    made = reporting.make([replace(works, parameters={"amount": Bomb()}), looks], tmp_path, width=1)
    assert made[0].failure.message == "the process that made it died (exit code 3)"
    assert made[1].failure is None
    page = made[0].path.read_text(encoding="utf-8")
    assert "the process that made it died (exit code 3)" in page
    assert "Notebook works, cell" not in page
    assert "Not finished: the process that made it died" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_process_goes_on_with_the_next_report_whatever_became_of_the_last(own_notebooks, tmp_path):
    names = ["fails", "dies", "exits", "forks", "hangs", "works"]
    jobs = {job.template.name: job for job in reporting.plan(["urumqi-2020"], names, ["en"])}
    made = reporting.make([jobs[name] for name in names], tmp_path / "after", width=1, seconds=5)
    assert [report.failure is None for report in made] == [False, False, False, True, False, True]
    (alone,) = reporting.make([jobs["works"]], tmp_path / "alone")
    assert made[-1].path.read_bytes() == alone.path.read_bytes()


@pytest.fixture
def cluster(dask):
    with dask.LocalCluster(n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster


def test_a_dask_cluster_makes_every_report_once_though_a_worker_is_killed(cluster, own_data, tmp_path):
    out = tmp_path / "out"
    seen = []

    def done(report):
        seen.append(report.job.name)
        if len(seen) == 3:
            worker = next(iter(cluster.workers.values()))
            os.kill(worker.pid, signal.SIGKILL)

    from fiscal.reporting.cluster import executor

    there = sorted(resources.disclosures())
    with executor(cluster.scheduler_address) as (pool, room):
        assert room == 6
        made = reporting.build(there, ["transfers"], out=out, executor=pool, width=room, done=done)
    assert [report.failure for report in made] == [None] * len(made)
    assert len(seen) == len(set(seen)) == 2 * len(there)
    assert len(list(out.glob("*/transfers.*.html"))) == 2 * len(there)
    arguments = ["report", "testville-2020", "--notebook", "debt", "--lang", "en", "--out", str(out), "--json"]
    result = CliRunner().invoke(main, [*arguments, "--scheduler", cluster.scheduler_address])
    assert json.loads(result.stdout.splitlines()[-1])["done"] == 1


def test_a_scheduler_that_does_not_answer_is_one_line(dask, monkeypatch):
    from fiscal.reporting import cluster

    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 1)
    result = CliRunner().invoke(main, ["report", "--scheduler", "tcp://127.0.0.1:9"])
    assert result.exit_code == 1
    assert result.stderr.strip().splitlines()[-1] == "fiscal: no Dask scheduler answers at tcp://127.0.0.1:9"


def test_without_dask_a_scheduler_is_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = CliRunner().invoke(main, ["report", "--scheduler", "tcp://127.0.0.1:9"])
    assert (result.exit_code, result.stderr) == (1, "fiscal: --scheduler needs Dask: install fiscal-notebooks[dask]\n")
