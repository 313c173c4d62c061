"""A policy on Parquet files of any size: the engine reads, decides and writes in pieces, and memory stays bounded."""

import contextlib
import math
import os
import shutil
import threading
from importlib.util import find_spec
from pathlib import Path

from fiscal import files, resources, temporary
from fiscal.errors import InputError, UnknownName
from fiscal.rules.engines import names
from fiscal.rules.monitoring import monitor
from fiscal.rules.policy import load_policy
from fiscal.rules.totals import sums

# Of the parts that projects are divided into where all their rows have to be seen together.
BUCKET_BYTES = 48 * 2**20
PART_ROWS = 5_000_000
ZSTD = 1  # the level: higher ones take longer than all the rules, for a few per cent of the size
# The process stays below 2 GiB with it.
DUCKDB_MEMORY = "1000MB"
DASK_MEMORY = "800MB"


def run_policy(policy, source, target, engine=None, by=None, overwrite=False, progress=None):
    """Decide the projects of a Parquet file, or of a folder of them, by :func:`monitor`; gives a summary.

    ``target`` is written whole or not at all: a file if it ends in .parquet, else a folder of parts (Spark and Dask
    always write a folder); ``by`` names a column whose values become folders (``fiscal_year=2020``). Rows may change
    their order; none is lost. ``engine`` is polars, duckdb, spark or dask, by default the first of polars and duckdb
    that is installed. ``progress`` is called with the share that is done, where the engine tells.

    The summary has a row for each ``action``, and for each ``problem`` that left a row undecided: ``rows`` and
    ``recovered_yuan`` (Python integers, exact however many rows there are).

    Raises InputError: an engine that is not installed, a file that can't be read or lacks a column, a target that is
    there already.

    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> folder = Path(mkdtemp())
    >>> projects.to_parquet(folder / "in.parquet")
    >>> found = fiscal.rules.run_policy("urumqi-2020", folder / "in.parquet", folder / "out.parquet", engine="polars")
    >>> found[["action", "rows", "recovered_yuan"]]
              action  rows recovered_yuan
    0           none   240              0
    1          watch   102              0
    2   withdraw_all     9        6000000
    3  withdraw_half    40       61580000
    4                    9              0
    """
    policy = load_policy(policy)
    engine, run, errors = _engine(engine)
    there = _there(source)
    where = str(source) if "://" in str(source) else resources.shown(source)
    with _whole(target, overwrite) as (temporary, scratch):
        try:
            return run(policy, there, temporary, scratch, by, progress or (lambda share: None))
        except InputError as error:
            raise InputError(f"{where}: {error}") from error
        except ImportError as error:
            missing = f"{engine} lacks a library that it needs ({error})"
            raise InputError(f"{missing}: pip install 'fiscal-notebooks[{engine}]'") from error
        except (OSError, *errors()) as error:
            raise InputError(f"{where}: can't be read or decided ({_said(error)})") from error


def _said(error):
    """The line of an engine's error that says what is wrong: of Dask's the cause, of Spark's what Java said."""
    java = getattr(error, "java_exception", None)
    said = java.getMessage() if java else error.__cause__ or error
    return str(said).strip().splitlines()[0]


def _engine(name):
    """An engine's name, the function that runs it, and one for the errors that it has for files."""
    if name is None:
        name = next((each for each in ("polars", "duckdb") if find_spec(ENGINES[each][0])), "polars")
    if name not in ENGINES:
        raise UnknownName("engine", name, ENGINES)
    module, run, errors = ENGINES[name]
    try:
        there = find_spec(module) is not None
    except ModuleNotFoundError:  # the package that it would be part of
        there = False
    if not there:
        raise InputError(f"{name} is not installed: pip install 'fiscal-notebooks[{name}]'")
    return name, run, errors


def _there(source):
    """The file or folder; an address such as hdfs://… is the engine's own business."""
    if "://" in str(source):
        return str(source)
    path, where = Path(source), resources.shown(source)
    if not path.exists():
        raise InputError(f"{where}: expected a Parquet file or a folder of them, found nothing")
    if path.is_dir() and next(path.rglob("*.parquet"), None) is None:
        raise InputError(f"{where}: expected .parquet files in this folder, found none")
    return path


def _pattern(place):
    """What to read, and whether names of folders are values of columns."""
    return (str(place / "**" / "*.parquet"), True) if place.is_dir() else (str(place), False)


@contextlib.contextmanager
def _whole(target, overwrite):
    """A name to write under, and a folder for what is in between: the target is there when all is done, or never."""
    if "://" in str(target):  # a store has its own way to commit
        with temporary.folder() as scratch:
            yield str(target), scratch
        return
    target, where = Path(target), resources.shown(target)
    if target.exists() and not overwrite:
        raise InputError(f"{where}: is there already; expected another name, or --overwrite")
    with contextlib.ExitStack() as stack:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            scratch = stack.enter_context(temporary.folder(target.parent))
        except OSError as error:
            raise InputError(f"{where}: can't be written ({error.strerror})") from error
        new = scratch / "new" / target.name
        yield new, scratch
        if target.exists() and (target.is_dir() or new.is_dir()):
            if files.exchange(new, target):
                return
            target.replace(scratch / "old")
        new.replace(target)


def _checked(rows, policy, by):
    """The decided rows; a column that is not there or holds no whole numbers is found before anything is written."""
    if by is not None and by not in names(rows):
        raise InputError(f"nothing can be divided by {by!r}: the file has {', '.join(names(rows))}")
    return monitor(rows, policy)


def _summary(rows):
    """Rows and money by outcome; the action of a row that was not decided is empty."""
    found = sums(rows, ["problem", "action"], ["recovered_yuan"])
    found = found.assign(**{name: found[name].astype(object).fillna("") for name in ("problem", "action")})
    return found.sort_values(["problem", "action"]).reset_index(drop=True)


def _polars(policy, source, target, scratch, by, progress):
    import polars as pl

    pattern, divided = _pattern(source)
    rows = pl.scan_parquet(pattern, hive_partitioning=divided)
    total = rows.select(pl.len()).collect().item()
    schema = _checked(rows, policy, by).collect_schema()
    seen = 0

    def counted(frame):
        nonlocal seen
        seen += frame.height
        progress(min(seen / max(steps * total, 1), 1))
        return frame

    if "project_id" in schema:
        steps = 2
        counting = rows.map_batches(counted, schema=rows.collect_schema(), streamable=True)
        decided = _by_buckets(counting, _buckets(rows, total), schema, scratch, lambda f: monitor(counted(f), policy))
    else:
        steps = 1
        decided = monitor(rows.map_batches(counted, schema=rows.collect_schema(), streamable=True), policy)
    target.parent.mkdir()
    if by:
        decided.sink_parquet(pl.PartitionBy(target, key=by, include_key=False), mkdir=True, compression_level=ZSTD)
    elif target.suffix == ".parquet":
        decided.sink_parquet(target, compression_level=ZSTD)
    else:
        decided.sink_parquet(pl.PartitionBy(target, max_rows_per_file=PART_ROWS), mkdir=True, compression_level=ZSTD)
    return _summary(pl.scan_parquet(_pattern(target)[0]))


def _buckets(rows, total):
    """How many parts hold so many rows, judged by the size of the first."""
    some = rows.head(10_000).collect()
    return math.ceil(total * some.estimated_size() / max(some.height, 1) / BUCKET_BYTES)


def _by_buckets(rows, number, schema, scratch, decide):
    """Decided rows, one part of the projects after the other: all rows of a project are in one part."""
    import polars as pl
    from polars.io.plugins import register_io_source

    bucket = pl.col("project_id").hash() % max(number, 1)
    folder = scratch / "buckets"
    one_file = pl.PartitionBy(folder, key={"_bucket": bucket}, include_key=False, approximate_bytes_per_file=None)
    rows.sink_parquet(one_file, mkdir=True, compression="lz4")

    def parts(columns, predicate, limit, size):
        for part in sorted(folder.iterdir()):
            frame = decide(pl.read_parquet(part / "*.parquet", hive_partitioning=False))
            shutil.rmtree(part)
            frame = frame if predicate is None else frame.filter(predicate)
            yield frame if columns is None else frame.select(columns)

    return register_io_source(parts, schema=schema)


def _duckdb(policy, source, target, scratch, by, progress):
    import duckdb

    target.parent.mkdir()
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{DUCKDB_MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
        connection.execute("set temp_directory = ?", [str(scratch / "spilled")])
        connection.execute("set enable_progress_bar = true")
        connection.execute("set enable_progress_bar_print = false")
        pattern, divided = _pattern(source)
        decided = _checked(connection.read_parquet(pattern, hive_partitioning=divided), policy, by)
        single = by is None and target.suffix == ".parquet"
        with _watched(connection, progress):
            decided.write_parquet(
                str(target),
                compression="zstd",
                partition_by=[by] if by else None,
                per_thread_output=None if single or by else True,
            )
        return _summary(connection.read_parquet(_pattern(target)[0]))


@contextlib.contextmanager
def _watched(connection, progress):
    """Ask DuckDB from time to time how far it is."""
    done = threading.Event()

    def ask():
        while not done.wait(0.2):
            progress(max(connection.query_progress(), 0) / 100)

    watcher = threading.Thread(target=ask, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _spark(policy, source, target, scratch, by, progress):
    from pyspark.sql import SparkSession

    if "SPARK_REMOTE" not in os.environ and "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        raise InputError("Spark needs Java 17 or newer (on Debian: apt install openjdk-17-jre-headless)")
    theirs = SparkSession.getActiveSession()
    # What is wrong is said by the exception; the log would say it again, with a stack of Java.
    session = theirs or SparkSession.builder.appName("fiscal run-policy").config("spark.log.level", "OFF").getOrCreate()
    try:
        decided = _checked(session.read.parquet(str(source)), policy, by)
        writer = decided.write.partitionBy(by) if by else decided.write
        writer.parquet(str(target))
        return _summary(session.read.parquet(str(target)))
    finally:
        if theirs is None:
            session.stop()


def _dask(policy, source, target, scratch, by, progress):
    import logging

    import dask.dataframe
    from dask import config
    from distributed import Client

    logging.getLogger("distributed.shuffle").setLevel(logging.ERROR)  # it tells of every shuffle

    # A cluster where its address is set, else one of this machine's own.
    local = {} if config.get("scheduler-address", None) else {"memory_limit": DASK_MEMORY, "dashboard_address": ":0"}
    with config.set({"temporary-directory": str(scratch)}), Client(**local):
        rows = dask.dataframe.read_parquet(str(source), split_row_groups="adaptive", blocksize="32MiB")
        decided = _checked(rows, policy, by)
        decided.to_parquet(str(target), partition_on=[by] if by else None, write_index=False)
        columns = ["problem", "action", "recovered_yuan"]
        # Names of folders are nothing here, and one that stands for null would have no type.
        written = dask.dataframe.read_parquet(str(target), columns=columns, dataset={"partitioning": None})
        parts = written.map_partitions(_summary, meta=_summary(written._meta)).compute()
    return parts.groupby(["problem", "action"]).sum().reset_index()


def _polars_errors():
    from polars.exceptions import PolarsError

    return (PolarsError,)


def _duckdb_errors():
    from duckdb import Error

    return (Error,)


def _spark_errors():
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return (Py4JError, PySparkException)


def _dask_errors():
    from pyarrow import ArrowException

    return (ArrowException,)


# By name: the module that has to be installed, what runs it, and its errors for files.
ENGINES = {
    "polars": ("polars", _polars, _polars_errors),
    "duckdb": ("duckdb", _duckdb, _duckdb_errors),
    "spark": ("pyspark", _spark, _spark_errors),
    "dask": ("dask.dataframe", _dask, _dask_errors),
}
