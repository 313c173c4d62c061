"""A parameter moved through many values, and another policy beside this one: how outcomes move, to the yuan."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

import narwhals as nw
import pandas as pd

from fiscal.errors import InputError
from fiscal.rules.ensemble import monitoring_key
from fiscal.rules.monitoring import monitor
from fiscal.rules.outcomes import actions
from fiscal.rules.policy import load_policy
from fiscal.rules.regions import regions
from fiscal.rules.totals import sums

DECIDED = ("base_yuan", "warning", "warning_reason", "recovery_share", "recovered_yuan", "action", "rule", "problem")


def sweep(policy, parameter, values, frame) -> pd.DataFrame:
    """What monitoring comes to as a parameter takes each of some values: one row a value, as pandas.

    ``frame`` is what :func:`monitor` takes, of any engine. Gives ``value``, ``rows``, ``undecided``, ``warned`` (rows),
    ``warned_projects`` (where there is ``project_id``), a column of rows for each action of the policy, and
    ``recovered_yuan`` (Python integers). One pass over the data does for all values: projects are counted by region
    first.

    Raises UnknownName; InputError for a value that does not fit the tables, or a parameter that monitoring does not
    use.

    >>> swept = fiscal.rules.sweep(policy, "warning.deviation_max", [0.1, 0.2, 0.3], projects)
    >>> swept[["value", "warned_projects"]]
       value  warned_projects
    0    0.1              153
    1    0.2               92
    2    0.3               91
    """
    policy = load_policy(policy)
    policies = [policy.replace({parameter: value}) for value in values]
    if len(set(values)) > 1 and len({monitoring_key(each) for each in policies}) == 1:
        raise InputError(f"sweep: the rules of monitoring do not use {parameter}; nothing would move")
    counted = regions(frame, policies)
    return pd.DataFrame([{"value": v} | _row(counted, p) for v, p in zip(values, policies, strict=True)])


def _row(counted, policy):
    decided = counted.decided(policy)
    rows = decided["rows"]
    found = {
        "rows": int(rows.sum()),
        "undecided": int(rows[decided["problem"] != ""].sum()),
        "warned": int(rows[decided["warning"]].sum()),
    }
    if counted.identified:
        found["warned_projects"] = int(decided["first_warnings"].sum())
    found |= {action: int(rows[decided["action"] == action].sum()) for action in actions(policy)}
    return found | {"recovered_yuan": int(decided["recovered_yuan"].sum())}


@dataclass(frozen=True)
class Comparison:
    """Two policies on the same projects: ``rows``, and what moves between them, by any columns.

    >>> stricter = policy.replace({"warning.deviation_max": 0.1})
    >>> fiscal.rules.compare(policy, stricter, projects).by("node")[["node", "rows", "changed"]]
            node  rows changed
    0        may   200      40
    1  september   200      40
    """

    rows: object

    def by(self, *columns):
        """What moves, by columns of ``rows`` such as ``rule_a``, ``rule_b`` or ``department``: a pandas frame.

        ``rows`` (projects at a node), ``changed`` (of them: with another action, warning or amount), ``recovered_a``
        and ``recovered_b`` (yuan) and ``moved`` = b − a. Whatever the columns, the sums are those of all rows.
        """
        counts = nw.col("changed").cast(nw.Int64).alias("_changed")
        rows = nw.from_native(self.rows).with_columns(counts).to_native()
        found = sums(rows, columns, ["_changed", "recovered_yuan_a", "recovered_yuan_b"])
        found.columns = [*columns, "rows", "changed", "recovered_a", "recovered_b"]
        found["moved"] = found["recovered_b"] - found["recovered_a"]
        return found.sort_values(list(columns)).reset_index(drop=True) if columns else found


def compare(policy_a, policy_b, frame) -> Comparison:
    """Who changes outcome, and what money moves, if policy b were in force instead of policy a.

    ``frame`` is what :func:`monitor` takes. The Comparison's ``rows`` is the same kind of frame (lazy if it was lazy)
    with the outcomes of both, ``warning_a``, ``warning_b``, ``rule_a``, ``recovered_yuan_a`` and so on, and
    ``changed``. ``comparison.by("department")`` and ``comparison.by("rule_a", "rule_b")`` add up, exactly.

    >>> stricter = policy.replace({"recovery.full_completion_max": 0.2})
    >>> int(fiscal.rules.compare(policy, stricter, fiscal.datasets.projects()).by()["moved"].sum())  # yuan
    20222500
    """
    first, second = load_policy(policy_a), load_policy(policy_b)
    rows = _suffixed(monitor(frame, first), "_a")
    rows = nw.from_native(_suffixed(monitor(rows, second), "_b"))
    # Words of two policies are of two sets of words.
    told = [(nw.col(f"{name}_a"), nw.col(f"{name}_b")) for name in ("warning", "recovered_yuan")]
    told += [(nw.col(f"{n}_a").cast(nw.String), nw.col(f"{n}_b").cast(nw.String)) for n in ("action", "problem")]
    changed = reduce(or_, (_apart(a, b) for a, b in told))
    return Comparison(rows.with_columns(changed=changed).to_native())


def _suffixed(frame, suffix):
    return nw.from_native(frame).rename({name: name + suffix for name in DECIDED}).to_native()


def _apart(a, b):
    """Whether two columns differ, where null is a value like another."""
    known = ~a.is_null() & ~b.is_null()
    return nw.when(known).then(a != b).otherwise(a.is_null() != b.is_null())
