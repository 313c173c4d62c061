"""Sums of money that are exact however many rows there are: 64 bits hold no more than millions of large ones."""

import narwhals as nw
import pandas as pd

from fiscal.rules.rates import division

PART = 10**6


def sums(frame, by, columns):
    """Rows and exact sums by group, as pandas: the columns ``by``, ``rows``, and the sums as Python integers.

    ``columns`` are whole numbers from zero; what is null counts nothing. The one place where a lazy frame is
    collected: what comes back is as small as there are groups.
    """
    rows = nw.from_native(frame)
    if not by:
        return sums(rows.with_columns(_all=nw.lit(0)).to_native(), ["_all"], columns).drop(columns="_all")
    divide = division(rows)
    parts = {}
    for column in columns:
        parts[f"_high_{column}"] = divide(nw.col(column), PART)
        parts[f"_low_{column}"] = nw.col(column) - divide(nw.col(column), PART) * PART
    rows = rows.select(*by, **parts).group_by(*by).agg(nw.len().alias("rows"), *(nw.col(part).sum() for part in parts))
    rows = rows.collect() if isinstance(rows, nw.LazyFrame) else rows
    found = {name: rows[name].to_list() for name in rows.columns}
    for column in columns:
        pairs = zip(found.pop(f"_high_{column}"), found.pop(f"_low_{column}"), strict=True)
        found[column] = pd.Series([int(high or 0) * PART + int(low or 0) for high, low in pairs], dtype=object)
    return pd.DataFrame(found)
