"""What the rules do to a set of tables as a whole: every decision, and the headline numbers."""

from fractions import Fraction

from fiscal.rules.departments import cut, rate
from fiscal.rules.evaluation import consequences
from fiscal.rules.monitoring import monitor
from fiscal.rules.policy import load_policy


def actions(policy) -> dict[str, Fraction]:
    """What a policy may do to a project, by name, with the share that is recovered: the most first."""
    table = policy.tables["recovery"]
    share, action = table.outputs.index("recovery_share"), table.outputs.index("action")
    found = {rule.outputs[action]: rule.outputs[share] for rule in table.rules}
    return dict(sorted(found.items(), key=lambda each: (each[1], each[0] != "none"), reverse=True))


def outcomes(tables, policy):
    """Run the rules on a set of tables: a dict of frames, ``monitoring``, ``evaluations``, ``departments``.

    Tables with ``monitoring`` alone, such as a user's own projects, give that part alone.

    ``departments`` carries score, grade, ``recovered_yuan`` (2020), ``cut_yuan``, ``adjustment_yuan`` and
    ``reduction_yuan`` (2021): two ledgers, never added up.
    """
    policy = load_policy(policy)
    monitoring = monitor(tables["monitoring"], policy)
    if "evaluations" not in tables:
        return {"monitoring": monitoring}
    evaluations = consequences(tables["evaluations"], policy)
    departments = rate(tables["departments"], monitoring, evaluations, policy)
    departments = departments.drop(columns=["rule", "problem"])
    for column, frame in (("recovered_yuan", monitoring), ("adjustment_yuan", evaluations)):
        sums = frame.groupby("department", observed=True)[column].sum()
        departments[column] = departments["department"].map(sums).fillna(0).astype("int64")
    return {"monitoring": monitoring, "evaluations": evaluations, "departments": cut(departments, policy)}


def summary(result) -> dict[str, int]:
    """The headline numbers of what :func:`outcomes` gave; those of 2021 only where there are departments."""
    monitoring = result["monitoring"]
    warned = monitoring.loc[monitoring["warning"].fillna(False).astype(bool), "project_id"].nunique()
    found = {"warned_projects": int(warned), "recovered_yuan": _total(monitoring["recovered_yuan"])}
    if "departments" in result:
        found |= {name: _total(result["departments"][name]) for name in ("cut_yuan", "reduction_yuan")}
    return found


def _total(amounts):
    """The sum as a Python integer, which can't leave its range as int64 could."""
    known = amounts.dropna()
    return int((known // 10**9).sum()) * 10**9 + int((known % 10**9).sum())


def review_effect(tables, result, policy):
    """What the spot check changes in the rating of departments (clause III.1.5): one row a department.

    ``score_by_self`` and ``grade_by_self`` are what self-scores alone would give, beside ``department_score`` and
    ``grade`` with re-review.
    """
    evaluations = result["evaluations"].drop(columns="review_score")
    alone = rate(tables["departments"], result["monitoring"], evaluations, policy)
    both = result["departments"][["department", "department_score", "grade"]]
    return both.assign(score_by_self=alone["department_score"].to_numpy(), grade_by_self=alone["grade"].to_numpy())
