"""Who moves from which outcome to which when other rules are in force, and what that comes to."""

import numpy as np
import pandas as pd


def changes(before, after):
    """The projects at their nodes that two policies treat differently, the most money first: a pandas frame.

    Both are what one ``fiscal.rules.Replay`` gave. Columns: what identifies a row, ``action_a`` and ``action_b``
    (missing where nothing was left to decide), ``recovered_a`` and ``recovered_b`` (yuan) and ``moved`` = b − a; a
    row is there if its action, warning, amount or problem is another, as in ``fiscal.rules.compare``.
    """
    apart = np.logical_or.reduce(
        [
            *(before[name].cat.codes.to_numpy() != after[name].cat.codes.to_numpy() for name in ("action", "problem")),
            _plain(before, "warning", bool) != _plain(after, "warning", bool),
            _plain(before, "recovered_yuan", "int64") != _plain(after, "recovered_yuan", "int64"),
        ]
    )
    kept = [name for name in ("project_id", "department", "node", "budget_yuan") if name in before]
    found = before.loc[apart, kept].assign(
        action_a=before.loc[apart, "action"].astype(object),
        action_b=after.loc[apart, "action"].astype(object),
        recovered_a=_plain(before, "recovered_yuan", "int64")[apart],
        recovered_b=_plain(after, "recovered_yuan", "int64")[apart],
    )
    found["moved"] = found["recovered_b"] - found["recovered_a"]
    order = found["moved"].abs().sort_values(ascending=False, kind="stable").index
    return found.loc[order]


def by_outcome(changed):
    """How many of the changed go from which action to which, and the money (Python integers): the most first."""
    keys = ["action_a", "action_b"]
    found = changed.groupby(keys, sort=False, dropna=False)["moved"].agg(
        rows="size", moved=lambda amounts: sum(map(int, amounts))
    )
    return found.reset_index().sort_values("rows", ascending=False, kind="stable")


def headlines(monitoring, nodes):
    """By node, and for the year (None): how many projects are ``warned`` or ``losing``, and ``recovered`` yuan."""
    projects, node = monitoring["project_id"].to_numpy(), monitoring["node"].to_numpy()
    warned, taken = _plain(monitoring, "warning", bool), _plain(monitoring, "recovered_yuan", "int64")
    found = {}
    for each in (*nodes, None):
        here = node == each if each else np.ones(len(node), dtype=bool)
        found[each] = {
            "warned": pd.unique(projects[here & warned]).size,
            "losing": pd.unique(projects[here & (taken > 0)]).size,
            "recovered": sum(taken[here].tolist()),
        }
    return found


def _plain(monitoring, name, kind):
    """A column as NumPy has it; what could not be decided counts nothing."""
    return monitoring[name].to_numpy(dtype=kind, na_value=0)
