"""Self-evaluations of 2019: consequences, spot check, and how inflated they are (III.1.5 and III.2.2)."""

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import narwhals as nw
import numpy as np

from fiscal.errors import InputError
from fiscal.rules.decide import decided, number_problem
from fiscal.rules.engines import answered, names, need, need_numbers
from fiscal.rules.policy import load_policy
from fiscal.rules.rates import MOST_YUAN, division, share_of
from fiscal.rules.student import quantile


def consequences(evaluations, policy):
    """What follows from a self-evaluation score (clause III.2.2).

    ``evaluations`` has ``self_score`` (0 to 100) and, for the size of an adjustment, ``budget_yuan``. Adds
    ``criticism`` (a circulated notice; the source does not say that it is published), ``rectification``,
    ``adjustment``, ``rule``, ``problem`` and, with a budget, ``adjustment_yuan`` (its size is assumed).

    Raises UnknownName or InputError as :func:`load_policy` does, InputError for a column that is missing or of
    another kind.

    >>> import pandas as pd
    >>> scores = pd.DataFrame({"self_score": [59, 79, 80]})
    >>> fiscal.rules.consequences(scores, policy)["rule"].tolist()
    ['adjusted', 'criticised', 'passed']
    """
    policy = load_policy(policy)
    need_numbers(evaluations, ("self_score",), "consequences")
    budgeted = "budget_yuan" in names(evaluations)

    problems = list(number_problem("self_score", 0, 100))
    if budgeted:
        problems += number_problem("budget_yuan", 0, MOST_YUAN)

    def compute(rows):
        rows, answers = decided(rows, policy, "self_evaluation")
        if budgeted:
            share = policy["self_evaluation.adjustment_share"]
            size = share_of(share, nw.col("budget_yuan"), division(rows))
            answers["adjustment_yuan"] = nw.when(answers["adjustment"]).then(size).otherwise(nw.lit(0))
        return rows, answers

    return answered(evaluations, ("budget_yuan",) if budgeted else (), problems, compute)


def spot_check(evaluations, policy, seed=2019):
    """Which self-evaluations are reviewed again: ``sampled`` is added (clause III.1.5; strata are assumed).

    Within each ``department`` the policy's share of the evaluations, rounded to the nearest whole number and at
    least one, is drawn by ``project_id``; the draw depends on ids and seed alone, not on the order of rows.

    Raises UnknownName or InputError as :func:`load_policy` does, InputError for a project_id that is there
    twice.

    >>> evaluations = fiscal.datasets.synthetic(2000)["evaluations"]
    >>> int(fiscal.rules.spot_check(evaluations, policy)["sampled"].sum())
    192
    """
    policy = load_policy(policy)
    rows = nw.from_native(evaluations, eager_only=True)
    need(evaluations, ("project_id", "department"), "spot_check")
    ids, departments = rows["project_id"].to_list(), rows["department"].to_list()
    if len(set(ids)) < len(ids):
        repeated = next(each for each in ids if ids.count(each) > 1)
        raise InputError(f"spot_check: expected each project_id once, found {repeated!r} again")
    order = sorted(range(len(ids)), key=lambda i: hashlib.sha256(f"{seed}:{ids[i]}".encode()).digest())
    strata = {}
    for position in order:
        strata.setdefault(departments[position], []).append(position)
    sampled = np.zeros(len(ids), dtype=bool)
    for members in strata.values():
        drawn = floor(policy["spot_check.rate"] * len(members) + Fraction(1, 2))
        sampled[members[: max(1, drawn)]] = True
    column = nw.new_series("sampled", sampled.tolist(), nw.Boolean, backend=rows.implementation)
    return rows.with_columns(column).to_native()


def spot_checked(tables, policy, seed=2019):
    """The tables with a spot check made: ``review_score`` is what the re-review of a sampled one finds, else null.

    Only synthetic evaluations know what a re-review would find; tables without evaluations come back as they are.

    Raises UnknownName or InputError as :func:`load_policy` does.

    >>> tables = fiscal.rules.spot_checked(tables, policy)
    >>> int(tables["evaluations"]["review_score"].notna().sum())
    24
    """
    if "evaluations" not in tables:
        return tables
    drawn = spot_check(tables["evaluations"], policy, seed)
    review = drawn["review_if_sampled"].astype("Int64").where(drawn["sampled"])
    return tables | {"evaluations": drawn.assign(review_score=review)}


@dataclass(frozen=True)
class Inflation:
    """How far self-scores stand above re-review: points on average, with a confidence interval."""

    mean: float
    low: float
    high: float
    sampled: int
    evaluations: int
    confidence: float


def inflation(evaluations, confidence=0.95) -> Inflation:
    """Estimate from a spot check how inflated self-scores are: the stratified mean, and an interval by Student's t.

    ``evaluations`` has ``department``, ``self_score`` and ``review_score`` (null where not sampled). Each
    department counts with the number of its evaluations; where one was sampled alone, the spread of all stands
    in for its own. The degrees of freedom are Satterthwaite's: few where departments with few samples spread most.

    Raises InputError for a column that is missing or of another kind, for scores that are not from 0 to 100, and where
    fewer than two were re-reviewed.

    >>> tables = fiscal.rules.spot_checked(fiscal.datasets.synthetic(2000), policy)
    >>> found = fiscal.rules.inflation(tables["evaluations"])
    >>> f"{found.mean:.1f} points ({found.low:.1f} to {found.high:.1f}), {found.sampled} of {found.evaluations}"
    '6.0 points (5.4 to 6.5), 192 of 2000'
    """
    rows = nw.from_native(evaluations, eager_only=True)
    need(evaluations, ("department",), "inflation")
    need_numbers(evaluations, ("self_score", "review_score"), "inflation")
    departments = np.array(rows["department"].to_list())
    apart = _scores(rows["self_score"]) - _scores(rows["review_score"])
    known = ~np.isnan(apart)
    if known.sum() < 2:
        raise InputError("inflation: expected at least two evaluations with a review_score")
    pooled = apart[known].var(ddof=1)
    mean = variance = uncertain = 0.0
    covered = sum((departments == d).sum() for d in np.unique(departments[known]))
    for department in np.unique(departments[known]):
        here = departments == department
        size, drawn = here.sum(), apart[here & known]
        weight = size / covered
        spread, others = (drawn.var(ddof=1), len(drawn) - 1) if len(drawn) > 1 else (pooled, known.sum() - 1)
        part = weight**2 * (1 - len(drawn) / size) * spread / len(drawn)
        mean += weight * drawn.mean()
        variance += part
        uncertain += part**2 / others
    # Without any spread there is nothing to be uncertain about.
    reach = quantile(0.5 + confidence / 2, variance**2 / uncertain) * variance**0.5 if uncertain else 0.0
    return Inflation(mean, mean - reach, mean + reach, int(known.sum()), len(apart), confidence)


def _scores(column):
    """A column of scores as floats, NaN where there is none."""
    scores = np.asarray(column.cast(nw.Float64).to_numpy(), dtype="float64")
    beyond = scores[(scores < 0) | (scores > 100)]
    if len(beyond):
        raise InputError(f"inflation column {column.name}: expected scores from 0 to 100, found {beyond[0]:g}")
    return scores
