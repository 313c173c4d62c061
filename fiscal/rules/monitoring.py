"""Double monitoring, warnings and recovery of idle money (clauses III.1.4 and III.2.1)."""

import narwhals as nw

from fiscal.rules import decide
from fiscal.rules.engines import answered, names, need
from fiscal.rules.expressions import CODE, amount, output, with_rule
from fiscal.rules.policy import load_policy
from fiscal.rules.projects import COLUMNS, problems, within_unspent
from fiscal.rules.replay import Replay


def monitor(frame, policy):
    """Warnings and recoveries of projects at the nodes of a year.

    ``frame``: one row for a project at a node, with ``node`` (one of the policy's, such as may or september),
    ``budget_yuan`` and ``executed_yuan`` (whole yuan) and ``completion_bp`` (basis points, self-reported). With
    ``project_id`` what was recovered at a node lowers the base of those after it (III.2.1, interpreted).

    Returns the same kind of frame, lazy if it was lazy, with ``base_yuan`` (what the rates refer to), ``warning``,
    ``warning_reason`` (progress, deviation, both, none), ``recovery_share``, ``recovered_yuan`` (whole yuan,
    rounded down, never more than is left), ``action``, ``rule`` and ``problem``: why a row could not be decided
    (its other new columns are null then). No row is dropped. Raises InputError for missing columns.

    >>> import pandas as pd
    >>> row = {"node": "may", "budget_yuan": 1_000_000, "executed_yuan": 0, "completion_bp": 4000}
    >>> found = fiscal.rules.monitor(pd.DataFrame([row]), policy)
    >>> found[["warning", "action", "rule", "recovered_yuan"]]
       warning         action       rule  recovered_yuan
    0     True  withdraw_half  half_idle          500000
    """
    policy = load_policy(policy)
    need(frame, COLUMNS, "monitor")
    identified = "project_id" in names(frame)

    def compute(rows):
        rows = _decided(rows.with_columns(_base=nw.col("budget_yuan"), _left=nw.col("budget_yuan")), policy)
        if identified:
            for number in range(1, len(policy.nodes)):
                rows = _decided(_lowered(rows, policy, number), policy)
        return rows, {
            "base_yuan": nw.col("_base"),
            "warning": nw.col("_warned"),
            "warning_reason": output(policy, "warning", "warning_reason"),
            "recovery_share": output(policy, "recovery", "recovery_share"),
            "recovered_yuan": nw.col("_recovered"),
            "action": output(policy, "recovery", "action"),
            "rule": output(policy, "recovery", "rule"),
        }

    found, together = list(problems(policy, identified)), "project_id" if identified else None
    return answered(frame, COLUMNS[1:], found, compute, together, lambda rows: Replay(rows, policy).under(policy))


def _lowered(rows, policy, number):
    """Give the rows of a node the base that recoveries at those before it have left."""
    node, before = policy.nodes[number], list(policy.nodes[:number])
    earlier = nw.col("_decidable") & nw.col("node").is_in(before)
    rows = rows.with_columns(_taken=nw.when(earlier).then(nw.col("_recovered")).otherwise(nw.lit(0)))
    rows = rows.with_columns(_taken=nw.col("_taken").sum().over("project_id").cast(nw.Int64))
    here = nw.col("node") == node
    rows = rows.with_columns(_left=nw.when(here).then(nw.col("budget_yuan") - nw.col("_taken")).otherwise("_left"))
    # Less than nothing where the row of this node has a smaller budget than those before it.
    nothing = nw.col("_decidable") & (nw.col("_left") <= 0)
    problem = nw.when(nothing).then(nw.lit(1, CODE)).otherwise(nw.col("_problem"))
    base = nw.col("_left") if policy["recovery.base"] == "remaining" else nw.col("budget_yuan")
    return rows.with_columns(_base=base, _problem=problem, _decidable=problem == 0)


def _decided(rows, policy):
    """Progress, warning and recovery, one table after the other."""
    base = nw.col("_base")
    execution = decide.execution(base)
    chosen = {"node": nw.col("node"), "reading": policy["progress.reading"], "execution": execution}
    rows = with_rule(rows, policy, "progress", chosen)
    rows = rows.with_columns(_abnormal=output(policy, "progress", "abnormal"))
    deviation = decide.deviation(policy["warning.deviation_reading"], base)
    rows = with_rule(rows, policy, "warning", {"abnormal": nw.col("_abnormal"), "deviation": deviation})
    rows = rows.with_columns(_warned=output(policy, "warning", "warning"))
    candidate = nw.col("_warned") if policy["recovery.candidates"] == "warned" else nw.col("_decidable")
    about = {"candidate": candidate, "warning": nw.col("_warned")}
    rows = with_rule(rows, policy, "recovery", about | {"execution": execution, "completion": decide.completion()})
    return within_unspent(rows, {"_recovered": amount(rows, policy, "recovery", "recovery_share", base)})
