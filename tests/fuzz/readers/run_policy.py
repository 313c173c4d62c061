"""Projects in Parquet for ``run_policy``."""

from fiscal import rules
from readers.projects_parquet import SEEDS, written

__all__ = ["SEEDS"]
POLICY = rules.load_policy("urumqi-2020")


def read(data, folder):
    if path := written(data, folder):
        rules.run_policy(POLICY, path, folder / "out.parquet", "polars")
