"""Why a project got its outcome: which row of which table fired, which cells held, by which clause."""

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from fiscal.errors import InputError
from fiscal.rules import points
from fiscal.rules.monitoring import monitor
from fiscal.rules.policy import load_policy
from fiscal.rules.projects import COLUMNS


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


def explain(row, policy) -> Explanation:
    """The Explanation of a monitored project: a mapping or Series with the columns that :func:`monitor` needs.

    For a row of September whose budget was partly recovered in May, ``base_yuan`` says what the rates refer to.

    Raises UnknownName or InputError as :func:`load_policy` does, InputError for a row that lacks a column or has
    another kind of value in it. A row that can't be decided is no error: the Explanation says why.

    >>> project = {"node": "may", "budget_yuan": 1000, "executed_yuan": 0, "completion_bp": 4000}
    >>> print(fiscal.rules.explain(project, policy).steps[-1].outputs)
    {'recovery_share': Fraction(1, 2), 'action': 'withdraw_half'}
    """
    policy = load_policy(policy)
    values = numbers(row)
    outcome = monitor(pd.DataFrame([values]), policy).iloc[0].to_dict()
    if outcome["problem"]:
        return Explanation((), outcome, outcome["problem"])
    found = points.rates(policy, *(int(values[name]) for name in COLUMNS[1:]))
    steps = tuple(_step(fired) for fired in points.monitored(policy, values["node"], *found))
    return Explanation(steps, outcome)


def numbers(row):
    """What a row says of its project at its node; where it has one, ``base_yuan`` is what its rates refer to."""
    given = dict(row)
    if missing := [name for name in COLUMNS if name not in given]:
        raise InputError(f"a project needs {', '.join(missing)}; this one has {', '.join(map(str, given))}")
    base = given.get("base_yuan")
    values = {name: given[name] for name in COLUMNS}
    if base is not None and not pd.isna(base):
        values["budget_yuan"] = base
    return values


def _step(fired):
    cells = tuple(
        (each.name, _shown(value), cell.written)
        for each, value, cell in zip(fired.table.inputs, fired.values, fired.rule.cells, strict=True)
    )
    return Step(fired.table.name, fired.rule.id, fired.table.clause, fired.table.status, cells, fired.outputs)


def _shown(value):
    """A word as it is, and a rate, which is all that monitoring counts by, in per cent."""
    return f"{float(value) * 100:.6g}%" if isinstance(value, Fraction) else value
