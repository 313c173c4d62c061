import pandas as pd
import polars as pl
import pytest

from fiscal import rules


@pytest.fixture(scope="session")
def policy():
    return rules.load_policy("urumqi-2020")


ENGINES = {"pandas": pd.DataFrame, "polars": pl.DataFrame, "polars lazy": pl.LazyFrame}


@pytest.fixture(params=ENGINES)
def engine(request):
    """A constructor of frames of one library; ``rows`` turns what comes back into plain dicts."""
    return ENGINES[request.param]


def rows(frame):
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame.to_dicts()
    return [{k: None if pd.isna(v) else v for k, v in row.items()} for row in frame.to_dict("records")]
