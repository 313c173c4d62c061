"""The rules on Spark's local cluster, whose workers know nothing of this package: it is all in the plan."""

import pytest
from test_engines import ENGINES, POLICY, READINGS, agree_on_other_decisions, everyone, plain
from test_parquet import divide_by_a_column, fiscal

from fiscal import rules

pytestmark = [
    pytest.mark.xdist_group("spark"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas"),
]


@pytest.mark.parametrize("changes", [READINGS[1], READINGS[4]], ids=["relative", "fine edges"])
def test_spark_gives_what_pandas_gives(spark, changes):
    policy, table = POLICY.replace(changes), everyone()
    decided = rules.monitor(spark.createDataFrame(table), policy)
    assert dict(decided.dtypes)["recovered_yuan"] == "bigint"
    assert plain(decided) == plain(rules.monitor(ENGINES["pandas"](table), policy))


def test_other_decisions_too(spark):
    agree_on_other_decisions(spark.createDataFrame)


def test_folders_of_parquet_files(spark, tmp_path):
    divide_by_a_column(tmp_path, "spark")
    assert spark.range(3).count() == 3  # a session that was there goes on


def test_a_file_that_is_none_is_said_in_one_line(spark, tmp_path):
    (tmp_path / "in.parquet").write_text("not Parquet, although long enough to have a footer of its own")
    run = fiscal(tmp_path / "in.parquet", tmp_path / "out.parquet", "--engine", "spark")
    assert run.exit_code == 1
    assert [line for line in run.stderr.splitlines() if "in.parquet: can't be read or decided" in line]
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]
