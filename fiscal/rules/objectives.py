"""Ex-ante evaluation and review of objectives (clauses III.1.1 and III.1.2)."""

import narwhals as nw

from fiscal.rules.decide import decided, number_problem
from fiscal.rules.engines import answered, need
from fiscal.rules.policy import load_policy
from fiscal.rules.rates import Rate

CRITERIA = ("completeness", "relevance", "appropriateness", "feasibility")
DIMENSIONS = ("necessity", "economy", "soundness", "plan_feasibility", "compliance")


def review(objectives, policy):
    """Whether objectives pass: the lowest of the four named criteria decides (assumed; the source names criteria only).

    ``objectives`` has ``completeness``, ``relevance``, ``appropriateness`` and ``feasibility`` (0 to 100, whole
    numbers); adds ``review`` (passed, returned), ``rule`` and ``problem``.

    Raises UnknownName or InputError as :func:`load_policy` does, InputError for a column that is missing or of
    another kind.

    >>> import pandas as pd
    >>> scores = pd.DataFrame({"completeness": [90], "relevance": [80], "appropriateness": [85], "feasibility": [55]})
    >>> fiscal.rules.review(scores, policy)["review"].item()
    'returned'
    """
    return _scored(objectives, load_policy(policy), "objective_review", CRITERIA, "lowest_score", _lowest)


def ex_ante(proposals, policy):
    """Whether new major policies and projects pass: the mean of the five named dimensions (assumed).

    ``proposals`` has ``necessity``, ``economy``, ``soundness``, ``plan_feasibility`` and ``compliance`` (0 to 100,
    whole numbers); adds ``ex_ante`` (passed, rejected), ``rule`` and ``problem``.

    Raises UnknownName or InputError as :func:`load_policy` does, InputError for a column that is missing or of
    another kind.

    >>> projects = tables["projects"]
    >>> fiscal.rules.ex_ante(projects[projects["new_policy"]], policy)["ex_ante"].value_counts().to_dict()
    {'passed': 21, 'rejected': 1}
    """
    return _scored(proposals, load_policy(policy), "ex_ante", DIMENSIONS, "mean_score", _mean)


def _scored(frame, policy, table, columns, name, score):
    need(frame, columns, table)

    problems = [p for column in columns for p in number_problem(column, 0, 100)]
    return answered(frame, columns, problems, lambda rows: decided(rows, policy, table, {name: score(columns)}))


def _lowest(columns):
    return Rate(nw.min_horizontal(*columns))


def _mean(columns):
    return Rate(nw.sum_horizontal(*columns), len(columns))
