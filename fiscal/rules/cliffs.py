"""Cliffs of the rules: who stands close to an edge, what money hangs on it, and what would tip one project over."""

import re
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd

from fiscal.errors import InputError
from fiscal.rules import points, sfeel
from fiscal.rules.explain import numbers
from fiscal.rules.monitoring import monitor
from fiscal.rules.policy import load_policy
from fiscal.rules.projects import COLUMNS
from fiscal.rules.rates import share_of
from fiscal.rules.regions import ABOVE, FROM, RATES, Outcomes, cuts, regions


def cliffs(frame, policy, within=0.02) -> pd.DataFrame:
    """Projects close to an edge of a rule that would have another outcome across it: one row an edge, as pandas.

    ``frame`` is what :func:`monitor` takes, of any engine; ``within`` is a distance of the rate (0.02: two percentage
    points). Gives ``rate`` (execution, completion, deviation), ``parameter`` (what the edge is; empty for zero),
    ``edge``, ``below`` and ``above`` (rows at a node on either side, of which ``below`` may stand on the edge where
    the rule includes it), and ``at_stake_yuan``: how much more or less would be recovered from them, each just
    across the edge and all else equal (Python integers). An edge that changes nothing for anybody near has zeros.

    Raises UnknownName or InputError as :func:`load_policy` does, InputError for a distance that is not above
    zero.

    >>> fiscal.rules.cliffs(projects, policy)[["rate", "parameter", "below", "above"]].head(2)
            rate                    parameter  below  above
    0  execution                                  10      1
    1  execution  recovery.slow_execution_max      3     13
    """
    policy = load_policy(policy)
    reach = points.exact(within)
    if reach <= 0:
        raise InputError(f"cliffs: expected a distance above zero, found {within}")
    edges = [(rate, cut) for rate in RATES for cut in cuts(policy, rate) if cut != (0, FROM)]
    band = [(rate, near) for rate, (edge, _) in edges for near in ((edge - reach, FROM), (edge + reach, ABOVE))]
    counted = regions(frame, [policy], more=band)
    outcomes = Outcomes(counted.axes, policy)
    standing = counted.standing(outcomes)
    left = standing.region >= 0
    region = np.where(left, standing.region, 0)
    now = outcomes.of(region)
    recovered = counted.recovered(now["share"], standing)
    named = _named(policy)
    rows = []
    for rate, cut in edges:
        key = (rate, policy["warning.deviation_reading"] if rate == "deviation" else "")
        along = counted.axes.cuts[key]
        position = outcomes.positions(region, key)
        low, high = along.index((cut[0] - reach, FROM)), along.index((cut[0] + reach, ABOVE))
        then, above = outcomes.across(region, key, cut)
        moved = np.logical_or.reduce([then[name] != now[name] for name in ("warning", "share", "action")])
        near = left & moved & (position > low) & (position <= high)
        others = counted.recovered(then["share"], standing)
        stake = sum(int(abs(a - b)) for a, b in zip(recovered[near], others[near], strict=True))
        beside = [int(counted.rows[near & side].sum()) for side in (~above, above)]
        rows.append([rate, named.get((rate, cut[0]), ""), float(cut[0]), *beside, stake])
    return pd.DataFrame(rows, columns=["rate", "parameter", "edge", "below", "above", "at_stake_yuan"])


def _words(policy):
    """(rate, the full name of a parameter or derived value) for each name in a condition on a rate."""
    for name in points.CHAIN:
        table = policy.tables[name]
        for rule in table.rules:
            for column, cell in zip(table.inputs, rule.cells, strict=True):
                if column.name in RATES:
                    for word in re.findall(sfeel.WORD, cell.written):
                        yield column.name, f"{name}.{word}" if f"{name}.{word}" in policy.values else word


def _named(policy):
    """Which parameter, or derived value, an edge of a rate is."""
    return {(rate, policy.values[name]): name for rate, name in _words(policy)}


def smallest_changes(row, policy) -> pd.DataFrame:
    """What would have to change in the rules for one project to have another outcome: one row a parameter.

    ``row`` is a monitored project, as for :func:`explain`. For each number that is an edge in monitoring the change
    nearest to its present ``value`` that alters warning or action: ``to`` is where the edge comes to lie, and
    ``reached`` whether the outcome changes *at* that value or only *beyond* it; both are exact Fractions, as is
    ``change``. For a reading, each alternative that alters the outcome. Then ``warning``, ``action`` and
    ``recovered_yuan`` as they would be. Parameters that alter nothing, whatever their value, have no row.

    Raises UnknownName or InputError as :func:`load_policy` does, InputError for a project that can't be
    decided.

    >>> project = {"node": "may", "budget_yuan": 1000, "executed_yuan": 0, "completion_bp": 4000}
    >>> changes = fiscal.rules.smallest_changes(project, policy)
    >>> changes.set_index("parameter").loc["recovery.half_completion_max", ["to", "recovered_yuan"]].to_dict()
    {'to': Fraction(2, 5), 'recovered_yuan': 0}
    """
    policy = load_policy(policy)
    given = numbers(row)
    problem = monitor(pd.DataFrame([given]), policy)["problem"][0]
    if problem:
        raise InputError(f"this project can't be decided: {problem}")
    now = _outcome(policy, given)
    rows = []
    for parameter in policy.parameters.values():
        if parameter.alternatives:
            for word in parameter.alternatives:
                told = _outcome(policy.replace({parameter.name: word}), given)
                if told[:2] != now[:2]:
                    rows.append([parameter.name, parameter.status, parameter.value, word, "at", None, *told])
        elif found := _nearest(policy, parameter, given, now):
            rows.append([parameter.name, parameter.status, parameter.value, *found])
    names = ["parameter", "status", "value", "to", "reached", "change", "warning", "action", "recovered_yuan"]
    return pd.DataFrame(rows, columns=names)


def _outcome(policy, given):
    """Warning, action and what is recovered, for a project's own numbers."""
    budget, executed, completion = (int(given[name]) for name in COLUMNS[1:])
    steps = points.monitored(policy, given["node"], *points.rates(policy, budget, executed, completion))
    told = steps[1].outputs | steps[2].outputs
    taken = share_of(told["recovery_share"], budget)
    return told["warning"], told["action"], max(min(taken, budget - executed), 0)


def _nearest(policy, parameter, given, now):
    """Where the outcome changes nearest to a number's value: (to, reached, change, *outcome), or None."""
    budget, executed, completion = (int(given[name]) for name in COLUMNS[1:])
    rates = dict(zip(RATES, points.rates(policy, budget, executed, completion), strict=True))
    stops = set()
    for rate, name in _words(policy):
        factor = policy.factor(name, parameter.name)
        if factor:
            stops.add(rates[rate] / factor)
    best = None
    for direction in (1, -1):
        ahead = sorted(stop for stop in stops if (stop - parameter.value) * direction >= 0)[::direction]
        end = max(stops, default=Fraction(0)) + 1 if direction > 0 else Fraction(0)  # no edge lies below zero
        tries = []
        for stop, following in pairwise([*ahead, end]):
            tries += [(stop, "at", stop), (stop, "beyond", (stop + following) / 2)]
        for stop, reached, value in tries:
            try:
                told = _outcome(policy.replace({parameter.name: value}), given)
            except InputError:  # the tables would have a gap or an overlap
                break
            if told[:2] != now[:2]:
                if best is None or abs(stop - parameter.value) < abs(best[2]):
                    best = (stop, reached, stop - parameter.value, *told)
                break
    return best
