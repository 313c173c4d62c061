"""Why a project got its outcome: which row of which table fired, which cells held, by which clause."""

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from fiscal.rules.monitoring import COLUMNS, monitor
from fiscal.rules.policy import load_policy
from fiscal.rules.rates import WHOLE_BP


@dataclass(frozen=True)
class Step:
    """One table: the row that fired, (input, value, cell) for each condition that held, and the outputs."""

    table: str
    rule: str
    clause: str
    status: str
    cells: tuple
    outputs: dict


@dataclass(frozen=True)
class Explanation:
    """The steps from a project's numbers to its outcome; ``problem`` if it could not be decided."""

    steps: tuple
    outcome: dict
    problem: str = ""

    def __str__(self):
        lines = []
        for step in self.steps:
            held = ", ".join(f"{name} = {value} ({cell})" for name, value, cell in step.cells)
            gives = ", ".join(f"{name} {value}" for name, value in step.outputs.items())
            lines.append(f"{step.table}, row {step.rule} [{step.clause}, {step.status}]: {held} → {gives}")
        return "\n".join(lines) or self.problem


def explain(row, policy):
    """The Explanation of a monitored project: a mapping or Series with the columns that :func:`monitor` needs.

    For a row of September whose budget was partly recovered in May, ``base_yuan`` says what the rates refer to.
    """
    policy = load_policy(policy)
    given = dict(row)
    base = given.get("base_yuan")
    values = {name: given[name] for name in COLUMNS}
    if base is not None and not pd.isna(base):
        values["budget_yuan"] = int(base)
    outcome = monitor(pd.DataFrame([values]), policy).iloc[0].to_dict()
    if outcome["problem"]:
        return Explanation((), outcome, outcome["problem"])
    execution = Fraction(int(values["executed_yuan"]), int(values["budget_yuan"]))
    completion = Fraction(int(values["completion_bp"]), WHOLE_BP)
    point = {
        "reading": policy["progress.reading"],
        "node": values["node"],
        "execution": execution,
        "completion": completion,
        "deviation": _deviation(execution, completion, policy["warning.deviation_reading"]),
    }
    steps = []
    for name in ("progress", "warning", "recovery"):
        if name == "recovery":
            any_project = policy["recovery.candidates"] == "any"
            point["candidate"] = "true" if any_project else point["warning"]
        table = policy.tables[name]
        (rule,) = table.hits([point[each.name] for each in table.inputs])
        cells = tuple(
            (each.name, _shown(point[each.name], each), cell.written)
            for each, cell in zip(table.inputs, rule.cells, strict=True)
        )
        outputs = dict(zip(table.outputs, rule.outputs, strict=True))
        for key, value in outputs.items():
            point[key] = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
        steps.append(Step(name, rule.id, table.clause, table.status, cells, outputs))
    return Explanation(tuple(steps), outcome)


def _deviation(execution, completion, reading):
    if reading == "one_sided":
        return max(execution - completion, Fraction(0))
    apart = abs(execution - completion)
    if reading == "points":
        return apart
    if completion == 0:
        return Fraction(1000) if apart else Fraction(0)  # beyond every edge of the table
    return apart / completion


def _shown(value, column):
    if isinstance(value, Fraction):
        return f"{float(value) * 100:.6g}%" if column.unit == "ratio" else f"{float(value):g}"
    return value
