"""The rules at a single point: exact numbers in, the rows that fire out, without a data frame.

What explains one project and what decides for whole regions of projects at once (``regions``) is this.
"""

from fractions import Fraction
from typing import NamedTuple

from fiscal.rules.rates import WHOLE_BP
from fiscal.rules.table import Rule, Table

CHAIN = ("progress", "warning", "recovery")
BEYOND = Fraction(1000)  # every edge of a deviation


class Fired(NamedTuple):
    """A table, the row of it that holds, and the value of each of its inputs."""

    table: Table
    rule: Rule
    values: tuple

    @property
    def outputs(self):
        return dict(zip(self.table.outputs, self.rule.outputs, strict=True))


def fire(policy, name, values):
    """The one row of a table that holds for these values (exact Fractions and words, by input)."""
    table = policy.tables[name]
    point = tuple(values[each.name] for each in table.inputs)
    (rule,) = table.hits(point)
    return Fired(table, rule, point)


def monitored(policy, node, execution, completion, deviation, fire=fire):
    """Progress, warning and recovery for rates that are exact Fractions: what fired in each of the three tables.

    Who asks for many points may bring a ``fire`` that remembers.
    """
    values = {
        "reading": policy["progress.reading"],
        "node": node,
        "execution": execution,
        "completion": completion,
        "deviation": deviation,
    }
    steps = []
    for name in CHAIN:
        if name == "recovery":
            values["candidate"] = "true" if policy["recovery.candidates"] == "any" else values["warning"]
        steps.append(fire(policy, name, values))
        values |= {key: _word(value) for key, value in steps[-1].outputs.items()}
    return steps


def _word(value):
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def rates(policy, budget, executed, completion_bp):
    """Execution, completion and deviation of a project (whole yuan, basis points), exactly, as a policy reads them."""
    execution, completion = Fraction(executed, budget), Fraction(completion_bp, WHOLE_BP)
    return execution, completion, deviation(execution, completion, policy["warning.deviation_reading"])


def exact(number):
    """A float, or a number written as text, as the fraction that is meant: 0.02 is two hundredths."""
    return Fraction(str(number))


def deviation(execution, completion, reading):
    """How far execution and completion are apart, in a reading of the policy."""
    apart = execution - completion
    if reading == "one_sided":
        return max(apart, Fraction(0))
    if reading == "points":
        return abs(apart)
    if completion == 0:
        return BEYOND if apart else Fraction(0)
    return abs(apart) / completion
