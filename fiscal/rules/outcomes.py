"""What the rules do to a set of tables as a whole: every decision, and the headline numbers."""

from fractions import Fraction

from fiscal.rules.departments import cut, rate
from fiscal.rules.evaluation import consequences
from fiscal.rules.monitoring import monitor
from fiscal.rules.policy import load_policy
from fiscal.rules.totals import sums


def actions(policy) -> dict[str, Fraction]:
    """What a policy may do to a project, by name, with the share that is recovered: the most first.

    Raises UnknownName or InputError as :func:`load_policy` does.

    >>> {name: float(share) for name, share in fiscal.rules.actions(policy).items()}
    {'withdraw_all': 1.0, 'withdraw_half': 0.5, 'watch': 0.0, 'none': 0.0}
    """
    table = load_policy(policy).tables["recovery"]
    share, action = table.outputs.index("recovery_share"), table.outputs.index("action")
    found = {rule.outputs[action]: rule.outputs[share] for rule in table.rules}
    return dict(sorted(found.items(), key=lambda each: (each[1], each[0] != "none"), reverse=True))


def outcomes(tables, policy):
    """Run the rules on a set of tables: a dict of frames, ``monitoring``, ``evaluations``, ``departments``.

    Tables with ``monitoring`` alone, such as a user's own projects, give that part alone.

    ``departments`` carries score, grade, ``recovered_yuan`` (2020), ``cut_yuan``, ``adjustment_yuan`` and
    ``reduction_yuan`` (2021): two ledgers, never added up.

    Raises UnknownName or InputError as :func:`load_policy` does.

    >>> result = fiscal.rules.outcomes(tables, policy)
    >>> list(result), result["departments"]["grade"].value_counts().to_dict()
    (['monitoring', 'evaluations', 'departments'], {'good': 10, 'fair': 9, 'poor': 4, 'excellent': 1})
    """
    policy = load_policy(policy)
    monitoring = monitor(tables["monitoring"], policy)
    if "evaluations" not in tables:
        return {"monitoring": monitoring}
    evaluations = consequences(tables["evaluations"], policy)
    departments = rate(tables["departments"], monitoring, evaluations, policy)
    departments = departments.drop(columns=["rule", "problem"])
    for column, frame in (("recovered_yuan", monitoring), ("adjustment_yuan", evaluations)):
        amounts = frame.groupby("department", observed=True)[column].sum()
        departments[column] = departments["department"].map(amounts).fillna(0).astype("int64")
    return {"monitoring": monitoring, "evaluations": evaluations, "departments": cut(departments, policy)}


def summary(result) -> dict[str, int]:
    """The headline numbers of what :func:`outcomes` gave; those of 2021 only where there are departments.

    >>> fiscal.rules.summary(result)
    {'warned_projects': 92, 'recovered_yuan': 67580000, 'cut_yuan': 143259300, 'reduction_yuan': 143259300}
    """
    monitoring = result["monitoring"]
    warned = monitoring.loc[monitoring["warning"].fillna(False).astype(bool), "project_id"].nunique()
    found = {"warned_projects": int(warned), "recovered_yuan": _total(monitoring, "recovered_yuan")}
    if "departments" in result:
        found |= {name: _total(result["departments"], name) for name in ("cut_yuan", "reduction_yuan")}
    return found


def _total(frame, column):
    return sum(sums(frame, [], [column])[column])


def review_effect(tables, result, policy):
    """What the spot check changes in the rating of departments (clause III.1.5): one row a department.

    ``score_by_self`` and ``grade_by_self`` are what self-scores alone would give, beside ``department_score`` and
    ``grade`` with re-review.

    Raises UnknownName or InputError as :func:`load_policy` does.

    >>> effect = fiscal.rules.review_effect(tables, result, policy)
    >>> effect[["department", "department_score", "score_by_self"]].head(2)
      department  department_score  score_by_self
    0        D01         28.177778      32.622222
    1        D02         57.444444      57.444444
    """
    evaluations = result["evaluations"].drop(columns="review_score")
    alone = rate(tables["departments"], result["monitoring"], evaluations, policy)
    both = result["departments"][["department", "department_score", "grade"]]
    return both.assign(score_by_self=alone["department_score"].to_numpy(), grade_by_self=alone["grade"].to_numpy())
