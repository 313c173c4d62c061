"""The same policy on every engine: identical answers, integers that stay integers, lazy frames that stay lazy."""

import pickle
from fractions import Fraction
from importlib.util import find_spec

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_monitor import GOOD, PROBLEMS, SITUATIONS, project

from fiscal import datasets, rules

# narwhals-dask, of which narwhals speaks, is not published yet.
pytestmark = pytest.mark.filterwarnings("ignore:Dask support is moving")

POLICY = rules.load_policy("urumqi-2020")
HAS_DUCKDB = find_spec("duckdb") is not None
FINE = {"warning.deviation_max": 0.2371, "recovery.half_share": 0.3333, "recovery.slow_execution_max": 0.1999}
READINGS = [
    {},
    {"warning.deviation_reading": "relative", "recovery.base": "approved", "progress.reading": "deviation_only"},
    {"warning.deviation_reading": "one_sided", "recovery.candidates": "any", "progress.reading": "zero"},
    FINE,
    # Beyond what a product of 64 bits holds: compared with floor and ceiling.
    {"warning.deviation_reading": "relative", "warning.deviation_max": 0.12345, "recovery.half_share": 0.43210987},
]


def arrow(rows):
    return rows if isinstance(rows, pa.Table) else pa.Table.from_pandas(pd.DataFrame(rows), preserve_index=False)


def in_duckdb(rows):
    import duckdb

    return duckdb.from_arrow(arrow(rows))


def in_ibis(rows):
    import ibis

    return ibis.memtable(arrow(rows))


def in_dask(rows):
    import dask.dataframe as dd

    return dd.from_pandas(arrow(rows).to_pandas(), npartitions=3)


ENGINES = {
    "pandas": lambda rows: arrow(rows).to_pandas(),
    "pandas with Arrow types": lambda rows: arrow(rows).to_pandas(types_mapper=pd.ArrowDtype),
    "polars": lambda rows: pl.from_arrow(arrow(rows)),
    "polars, lazy": lambda rows: pl.from_arrow(arrow(rows)).lazy(),
    "pyarrow": arrow,
    "duckdb": in_duckdb,
    "ibis": in_ibis,
    "dask": in_dask,
}


OPTIONAL = {"duckdb": "duckdb", "ibis": "ibis", "dask": "dask.dataframe"}


@pytest.fixture(params=[name for name in ENGINES if name != "pandas"])
def on(request, library):
    """A function that makes a frame of one engine from a table or rows."""
    if request.param in OPTIONAL:
        library(request.param, OPTIONAL[request.param])
    return ENGINES[request.param]


def plain(frame):
    """Rows as dicts, in an order of their own: engines may change it."""
    if nw.dependencies.is_dask_dataframe(frame):
        frame = frame.compute()
    frame = nw.from_native(frame)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    rows = [
        {k: None if v is None or v is pd.NA or v != v else v for k, v in row.items()}
        for row in frame.iter_rows(named=True)
    ]
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])


def everyone():
    """Projects of every situation, with every problem, and at both nodes."""
    found = [project(each) | {"project_id": f"S{n}"} for n, each in enumerate(SITUATIONS["monitoring"])]
    found += [GOOD | {"project_id": f"B{n}"} | problem for n, problem in enumerate(PROBLEMS.values())]
    columns = ["project_id", "node", "budget_yuan", "executed_yuan", "completion_bp"]
    rows = pd.concat([pd.DataFrame(found), datasets.projects(150)])[columns]
    for column in columns[2:]:
        rows[column] = pd.array(rows[column], dtype="Int64")
    return arrow(rows)


@pytest.mark.parametrize("changes", READINGS, ids=range(len(READINGS)))
def test_every_engine_gives_what_pandas_gives(on, changes):
    policy, table = POLICY.replace(changes), everyone()
    assert plain(rules.monitor(on(table), policy)) == plain(rules.monitor(ENGINES["pandas"](table), policy))


def test_without_ids_rows_are_decided_each_for_itself(on):
    table = everyone().drop_columns(["project_id"])
    assert plain(rules.monitor(on(table), POLICY)) == plain(rules.monitor(ENGINES["pandas"](table), POLICY))


def test_yuan_stay_whole_numbers_of_64_bits(on):
    schema = nw.from_native(rules.monitor(on(everyone()), POLICY)).collect_schema()
    whole = {name: schema[name] for name in ("base_yuan", "recovered_yuan", "budget_yuan")}
    assert set(whole.values()) == {nw.Int64}, whole


def test_other_decisions_too(on):
    agree_on_other_decisions(on)


def agree_on_other_decisions(on):
    tables = {name: arrow(frame) for name, frame in rules.spot_checked(datasets.synthetic(200), POLICY).items()}
    here, there = ({n: make(t) for n, t in tables.items()} for make in (on, ENGINES["pandas"]))
    for decided in (
        lambda t: rules.review(t["objectives"], POLICY),
        lambda t: rules.ex_ante(t["projects"], POLICY),
        lambda t: rules.consequences(t["evaluations"], POLICY),
        lambda t: POLICY.decide("self_evaluation", t["evaluations"]),
        lambda t: rules.rate(t["departments"], rules.monitor(t["monitoring"], POLICY), t["evaluations"], POLICY),
    ):
        assert plain(decided(here)) == plain(decided(there))
    grades = arrow([{"grade": g, "budget_yuan": 1_000_001} for g in ("excellent", "good", "fair", "poor", None)])
    assert plain(rules.cut(on(grades), POLICY)) == plain(rules.cut(ENGINES["pandas"](grades), POLICY))
    # Short of a whole yuan by less than a float can tell from it; with the second share, products leave int64.
    for parts, whole in ((1234567, 10**7), (43210987, 10**8)):
        fine = POLICY.replace(
            dict.fromkeys(("self_evaluation.adjustment_share", "cut.excellent"), Fraction(parts, whole))
        )
        large = [10**12 - n * whole - pow(parts, -1, whole) for n in range(5)]
        scored = arrow([{"self_score": 50, "grade": "excellent", "budget_yuan": budget} for budget in large])
        adjusted, reduced = plain(rules.consequences(on(scored), fine)), plain(rules.cut(on(scored), fine))
        assert [row["adjustment_yuan"] for row in adjusted] == [row["budget_yuan"] * parts // whole for row in adjusted]
        assert [row["cut_yuan"] for row in reduced] == [row["budget_yuan"] * parts // whole for row in reduced]


RATES = st.one_of(st.sampled_from([0, 1000, 1001, 3000, 3001, 4999, 5000, 6000, 10_000]), st.integers(0, 12_000))
MONEY = st.one_of(st.integers(1, 10**12), st.integers(10**12 - 10, 10**12))


@given(
    st.lists(st.tuples(MONEY, RATES, RATES, st.sampled_from(["may", "september"])), min_size=1, max_size=40),
    st.sampled_from(READINGS),
)
@settings(max_examples=6)
def test_engines_agree_on_any_projects(projects, changes):
    policy = POLICY.replace(changes)
    rows = [
        {
            "project_id": f"P{n // 2}",
            "node": node,
            "budget_yuan": budget,
            "executed_yuan": min(budget * rate // 10_000, 10**12),
            "completion_bp": done,
        }
        for n, (budget, rate, done, node) in enumerate(projects)
    ]
    expected = plain(rules.monitor(pd.DataFrame(rows), policy))
    for name in ("pandas with Arrow types", "polars", "polars, lazy", "pyarrow", *(["duckdb"] * HAS_DUCKDB)):
        assert plain(rules.monitor(ENGINES[name](rows), policy)) == expected, name


def test_a_lazy_frame_is_not_collected():
    asked = []

    def seen(frame):
        asked.append(len(frame))
        return frame

    source = pl.from_arrow(everyone()).lazy()
    source = source.map_batches(seen, schema=source.collect_schema())
    result = rules.monitor(source, POLICY)
    assert isinstance(result, pl.LazyFrame)
    assert asked == []
    assert "PYTHON" in result.explain() or "OPAQUE" in result.explain()
    result.collect()
    assert asked == [everyone().num_rows]


def test_only_the_columns_that_are_asked_for_are_computed(tmp_path):
    path = tmp_path / "projects.parquet"
    pl.from_arrow(everyone().drop_columns(["project_id"])).with_columns(name=pl.lit("x")).write_parquet(path)
    plan = rules.monitor(pl.scan_parquet(path), POLICY).select("warning").explain()
    assert "PROJECT 4/5 COLUMNS" in plan
    assert "DF [" not in plan


def test_policies_travel_to_other_processes():
    policy = POLICY.replace({"warning.deviation_max": 0.15})
    copy = pickle.loads(pickle.dumps(policy))
    assert copy == policy
    assert copy["warning.deviation_max"] == policy["warning.deviation_max"]
