"""A file with a row for each report, as CSV."""

from fiscal.reporting.jobs import plan_rows
from fiscal.reporting.rows import rows

SEEDS = [
    b"notebook,disclosure,lang,name,overrides\nevaluation,urumqi-2020,zh,strict,{warning.deviation_max: 0.15}\n"
    b'debt,jiaxing-2017,,,\n"compare","ezhou-2017 jiaxing-2017",en zh,a,\n'
]
ENDING = "csv"


def read(data, folder, ending="csv"):
    path = folder / f"jobs.{ending}"
    path.write_bytes(data)
    for job in plan_rows(rows(path)):
        assert job.name.count("/") == 1
