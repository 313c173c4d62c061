"""Double monitoring, warnings and recovery of idle money (clauses III.1.4 and III.2.1)."""

import narwhals as nw

from fiscal.rules import decide
from fiscal.rules.decide import MOST_BP, MOST_YUAN, answered, need, number_problem, output, with_problem, with_rule
from fiscal.rules.policy import load_policy

NODES = ("may", "september")
COLUMNS = ("node", "budget_yuan", "executed_yuan", "completion_bp")


def monitor(frame, policy):
    """Warnings and recoveries of projects at the nodes of a year.

    ``frame``: one row for a project at a node, with ``node`` (may, september), ``budget_yuan`` and
    ``executed_yuan`` (whole yuan) and ``completion_bp`` (basis points, self-reported). With ``project_id``
    what was recovered in May lowers the base of September (III.2.1, interpreted).

    Returns the same kind of frame with ``base_yuan`` (what the rates refer to), ``warning``,
    ``warning_reason`` (progress, deviation, both, none), ``recovery_share``, ``recovered_yuan`` (whole yuan,
    rounded down, never more than is left), ``action``, ``rule`` and ``problem``: why a row could not be decided
    (its other new columns are null then). No row is dropped. Raises InputError for missing columns.
    """
    policy = load_policy(policy)
    need(nw.from_native(frame), COLUMNS, "monitor")
    return answered(frame, COLUMNS[1:], lambda rows: _monitored(rows, policy))


def _monitored(rows, policy):
    identified = "project_id" in rows.collect_schema().names()
    rows, messages = with_problem(rows, _problems(identified))
    rows = _decided(rows.with_columns(_base=nw.col("budget_yuan")), policy)
    if identified:
        messages = [*messages, "nothing is left of the budget after May"]
        rows = _decided(_after_may(rows, policy, messages), policy)
    answers = {
        "base_yuan": nw.col("_base"),
        "warning": nw.col("_warned"),
        "warning_reason": output(policy, "warning", "warning_reason"),
        "recovery_share": output(policy, "recovery", "recovery_share"),
        "recovered_yuan": nw.col("_recovered"),
        "action": output(policy, "recovery", "action"),
        "rule": output(policy, "recovery", "rule"),
        "problem": (nw.col("_problem"), messages),
    }
    return rows, answers


def _problems(identified):
    node = nw.col("node")
    yield node.is_null(), "node is missing"
    yield ~node.is_in(list(NODES)), "node is neither may nor september"
    yield from number_problem("budget_yuan", 1, MOST_YUAN)
    yield from number_problem("executed_yuan", 0, MOST_YUAN)
    yield from number_problem("completion_bp", 0, MOST_BP)
    yield nw.col("executed_yuan") // 10 > nw.col("budget_yuan"), "executed is more than ten times the budget"
    if identified:
        yield nw.col("project_id").is_null(), "project_id is missing"
        yield nw.len().over("project_id", "node") > 1, "project_id is there twice at this node"


def _after_may(rows, policy, messages):
    """Give the rows of September the base that a recovery in May has left."""
    may = nw.col("_decidable") & (nw.col("node") == "may")
    rows = rows.with_columns(_taken=nw.when(may).then(nw.col("_recovered")).otherwise(nw.lit(0)))
    rows = rows.with_columns(_taken=nw.col("_taken").sum().over("project_id"))
    left = nw.col("budget_yuan") - nw.col("_taken")
    rows = rows.with_columns(_left=nw.when(nw.col("node") == "september").then(left).otherwise(nw.col("budget_yuan")))
    nothing = nw.col("_decidable") & (nw.col("_left") == 0)
    return rows.with_columns(
        _base=nw.col("_left") if policy["recovery.base"] == "remaining" else nw.col("budget_yuan"),
        _problem=nw.when(nothing).then(nw.lit(len(messages) - 1, nw.Int8)).otherwise(nw.col("_problem")),
    ).with_columns(_decidable=nw.col("_problem") == 0)


def _decided(rows, policy):
    """Progress, warning and recovery, one table after the other."""
    base = nw.col("_base")
    execution = {"execution": decide.execution(base)}
    rows = with_rule(rows, policy, "progress", execution)
    rows = rows.with_columns(_abnormal=output(policy, "progress", "abnormal"))
    deviation = decide.deviation(policy["warning.deviation_reading"], base)
    rows = with_rule(rows, policy, "warning", {"abnormal": nw.col("_abnormal"), "deviation": deviation})
    rows = rows.with_columns(_warned=output(policy, "warning", "warning"))
    candidate = nw.col("_warned") if policy["recovery.candidates"] == "warned" else nw.col("_decidable")
    rows = with_rule(rows, policy, "recovery", execution | {"candidate": candidate, "warning": nw.col("_warned")})
    # Of the share of the base never more than is left unspent.
    left = nw.col("_left" if "_left" in rows.collect_schema().names() else "budget_yuan")
    rows = rows.with_columns(
        _recovered=decide.amount(policy, "recovery", "recovery_share", base), _unspent=left - nw.col("executed_yuan")
    )
    least = nw.when(nw.col("_recovered") > nw.col("_unspent")).then(nw.col("_unspent")).otherwise(nw.col("_recovered"))
    return rows.with_columns(_recovered=nw.when(least > 0).then(least).otherwise(nw.lit(0))).drop("_unspent")
