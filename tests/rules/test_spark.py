"""The rules on Spark's local cluster, whose workers know nothing of this package: it is all in the plan."""

import pytest
from test_engines import ENGINES, POLICY, READINGS, agree_on_other_decisions, everyone, plain

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
