"""A policy on Parquet files, through the command line: every engine, whole or not at all, rows and money kept."""

import json
import os

import polars as pl
import pytest
from click.testing import CliRunner
from test_engines import everyone, plain

from fiscal import cli, rules

POLICY = rules.load_policy("urumqi-2020")
ENGINES = {"polars": "polars", "duckdb": "duckdb", "dask": "dask.dataframe"}


def fiscal(*arguments):
    return CliRunner().invoke(cli.main, ["run-policy", "urumqi-2020", *map(str, arguments)])


@pytest.fixture
def projects(tmp_path):
    """A file of projects; ``projects(id=False)`` has no ids."""

    def make(name="in.parquet", id=True):
        table = everyone() if id else everyone().drop_columns(["project_id"])
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        pl.from_arrow(table).write_parquet(path)
        return path

    return make


@pytest.fixture(params=ENGINES)
def engine(request, library):
    library(request.param, ENGINES[request.param])
    return request.param


def read(path):
    return pl.read_parquet(path if path.is_file() else path / "**" / "*.parquet", hive_partitioning=True)


@pytest.mark.parametrize("id", [True, False], ids=["with ids", "without ids"])
def test_every_row_is_decided_as_in_memory_and_written(projects, tmp_path, engine, id):
    source, target = projects(id=id), tmp_path / "out.parquet"
    run = fiscal(source, target, "--engine", engine, "--json")
    assert run.exit_code == 0, run.output
    expected = rules.monitor(pl.read_parquet(source), POLICY)
    assert plain(read(target)) == plain(expected)
    outcomes = json.loads(run.stdout)["outcomes"]
    assert sum(each["rows"] for each in outcomes) == len(expected)
    assert sum(each["recovered_yuan"] for each in outcomes) == expected["recovered_yuan"].sum()
    undecided = {each["problem"]: each["rows"] for each in outcomes if each["problem"]}
    counts = expected.filter(pl.col("problem") != "")["problem"].value_counts()
    assert undecided == dict(counts.iter_rows())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def test_folders_in_and_out_may_be_divided_by_a_column(tmp_path, engine):
    divide_by_a_column(tmp_path, engine)


def divide_by_a_column(tmp_path, engine):
    for year in (2020, 2021):
        folder = tmp_path / "in" / f"fiscal_year={year}"
        folder.mkdir(parents=True)
        pl.from_arrow(everyone()).with_columns(
            pl.col("project_id") + f"-{year}",
        ).write_parquet(folder / "a.parquet")
    target = tmp_path / "out"
    run = fiscal(tmp_path / "in", target, "--engine", engine, "--by", "node")
    assert run.exit_code == 0, run.output
    assert {path.name for path in target.iterdir() if path.is_dir()} >= {"node=may", "node=september"}
    found = pl.read_parquet(target / "**" / "*.parquet", hive_partitioning=False)
    assert len(found) == 2 * everyone().num_rows
    assert set(found["fiscal_year"]) == {2020, 2021}
    again = rules.monitor(pl.read_parquet(tmp_path / "in" / "**" / "*.parquet"), POLICY)
    assert found["recovered_yuan"].sum() == again["recovered_yuan"].sum()


def test_what_is_there_stays_unless_it_may_be_replaced(projects, tmp_path):
    source, target = projects(), tmp_path / "out.parquet"
    target.write_text("mine")
    run = fiscal(source, target)
    assert run.exit_code == 1
    assert "is there already; expected another name, or --overwrite" in run.stderr
    assert target.read_text() == "mine"
    assert fiscal(source, target, "--overwrite").exit_code == 0
    assert len(read(target)) == everyone().num_rows


def test_parts_in_a_folder_are_replaced_as_a_whole(projects, tmp_path):
    target = tmp_path / "out"
    assert fiscal(projects(), target).exit_code == 0
    (target / "stale.parquet").write_text("old")
    assert fiscal(projects(), target, "--overwrite").exit_code == 0
    assert not (target / "stale.parquet").exists()


WRONG = {
    "found nothing": lambda folder, make: folder / "nowhere.parquet",
    "found none": lambda folder, make: _empty(folder),
    "can't be read or decided (": lambda folder, make: _text(folder),
    "monitor needs the column completion_bp": lambda folder, make: _without(make(), "completion_bp"),
    "column budget_yuan: expected whole numbers": lambda folder, make: _floats(make()),
}


def _empty(folder):
    (folder / "empty").mkdir()
    return folder / "empty"


def _text(folder):
    (folder / "text.parquet").write_text("not Parquet, although long enough to have a footer of its own")
    return folder / "text.parquet"


def _without(path, column):
    pl.read_parquet(path).drop(column).write_parquet(path)
    return path


def _floats(path):
    pl.read_parquet(path).with_columns(pl.col("budget_yuan").cast(pl.Float64)).write_parquet(path)
    return path


@pytest.mark.parametrize("message", WRONG)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_left(projects, tmp_path, engine, message):
    if engine == "dask" and "whole numbers" in message:
        pytest.skip("pandas has no other way to hold missing numbers, so there fractions are a problem of their rows")
    source = WRONG[message](tmp_path, projects)
    before = sorted(tmp_path.iterdir())
    run = fiscal(source, tmp_path / "out.parquet", "--engine", engine)
    assert run.exit_code == 1
    lines = [line for line in run.stderr.splitlines() if line.startswith("fiscal: ")]
    assert len(lines) == 1
    assert message in lines[0]
    assert source.name in lines[0]
    assert sorted(tmp_path.iterdir()) == before


def test_projects_are_divided_into_parts_that_fit(projects, tmp_path, monkeypatch):
    from fiscal.rules import parquet

    source = projects()
    monkeypatch.setattr(parquet, "BUCKET_BYTES", 2_000)
    shares = []
    rules.run_policy(POLICY, source, tmp_path / "out.parquet", "polars", progress=shares.append)
    assert plain(read(tmp_path / "out.parquet")) == plain(rules.monitor(pl.read_parquet(source), POLICY))
    assert len(shares) > 5
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_an_engine_that_is_not_installed_says_how_to_get_it(projects, tmp_path, monkeypatch):
    from fiscal.rules import parquet

    monkeypatch.setattr(parquet, "find_spec", lambda name: None)
    run = fiscal(projects(), tmp_path / "out.parquet", "--engine", "duckdb")
    assert run.exit_code == 1
    assert run.stderr == "fiscal: duckdb is not installed: pip install 'fiscal-notebooks[duckdb]'\n"


def test_a_policy_or_engine_that_is_not_there_is_wrong_usage(projects, tmp_path):
    assert fiscal(projects(), tmp_path / "o.parquet", "--engine", "sqlite").exit_code == 2
    run = CliRunner().invoke(cli.main, ["run-policy", "nowhere", str(projects()), str(tmp_path / "o.parquet")])
    assert run.exit_code == 2
    assert "unknown policy 'nowhere'" in run.stderr


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written_is_named(projects, tmp_path):
    source = projects()
    (tmp_path / "locked").mkdir(mode=0o500)
    run = fiscal(source, tmp_path / "locked" / "out.parquet")
    assert "can't be written" in run.stderr
