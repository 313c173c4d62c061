"""Rating of departments, and the cut of their 2021 budgets (clause III.2.3)."""

from math import lcm

import narwhals as nw

from fiscal.rules.decide import decided, number_problem
from fiscal.rules.engines import answered, names, need, need_numbers
from fiscal.rules.expressions import amount
from fiscal.rules.policy import load_policy
from fiscal.rules.rates import MOST_YUAN, Rate

COUNTS = ("monitored", "failing_monitoring", "evaluated", "failing_evaluation")


def rate(departments, monitoring, evaluations, policy):
    """Score and grade of departments from three parts, the weights of which are assumed.

    ``departments`` has ``department`` and ``reporting_quality`` (0 to 100, whole numbers); ``monitoring`` is
    what :func:`monitor` gave, with ``project_id`` and ``department``; ``evaluations`` has ``department``,
    ``self_score`` and, where it was re-reviewed, ``review_score``, which then counts.

    Adds ``monitored`` and ``failing_monitoring`` (projects), ``evaluated`` and ``failing_evaluation``,
    ``department_score`` (0 to 100, for display; the grade is decided exactly), ``grade``, ``rule``, ``problem``.
    Rows that could not be decided are not counted.

    Raises UnknownName or InputError as :func:`load_policy` does, InputError for a column that is missing or of
    another kind.

    >>> monitoring = fiscal.rules.monitor(tables["monitoring"], policy)
    >>> rated = fiscal.rules.rate(tables["departments"], monitoring, tables["evaluations"], policy)
    >>> rated[["department", "department_score", "grade"]].head(2)
      department  department_score grade
    0        D01         28.177778  poor
    1        D02         57.444444  poor
    """
    policy = load_policy(policy)
    rows, watched, scored = map(nw.from_native, (departments, monitoring, evaluations))
    need(departments, ("department", "reporting_quality"), "rate")
    need(monitoring, ("project_id", "department", "warning", "problem"), "rate, monitoring,")
    need(evaluations, ("department",), "rate, evaluations,")
    review = [name for name in names(evaluations) if name == "review_score"]
    need_numbers(monitoring, ("recovered_yuan",), "rate, monitoring,")
    need_numbers(evaluations, ("self_score", *review), "rate, evaluations,")
    counted = rows.join(_monitored(watched, policy), on="department", how="left")
    counted = counted.join(evaluated(scored, policy), on="department", how="left")
    counted = counted.with_columns(nw.col(*COUNTS).fill_null(0).cast(nw.Int64))

    problems = [
        *number_problem("reporting_quality", 0, 100),
        (nw.col("monitored") == 0, "no project was monitored"),
        (nw.col("evaluated") == 0, "no evaluation is there"),
    ]

    def compute(rows):
        score = weighted_score(policy, *map(nw.col, ("reporting_quality", *COUNTS)))
        rows, answers = decided(rows, policy, "grade", {"department_score": score})
        whole = nw.when(nw.col("_decidable")).then(score.denominator).otherwise(nw.lit(1))
        return rows, {"department_score": score.numerator / whole} | answers

    return answered(counted.to_native(), ("reporting_quality", *COUNTS), problems, compute)


def _monitored(rows, policy):
    """Projects monitored and failing, by department: a project fails if it does at either node."""
    fails = nw.col("warning") if policy["failing.monitoring"] == "warned" else nw.col("recovered_yuan") > 0
    rows = rows.filter(nw.col("problem") == "").with_columns(_fails=nw.when(fails).then(nw.lit(1)).otherwise(nw.lit(0)))
    projects = rows.group_by("department", "project_id").agg(nw.col("_fails").max())
    return projects.group_by("department").agg(monitored=nw.len(), failing_monitoring=nw.col("_fails").sum())


def evaluated(rows, policy):
    """Evaluations and failing ones, by department; the score of a re-review counts where there is one."""
    score = nw.col("self_score").cast(nw.Float64)
    if "review_score" in rows.collect_schema().names():
        score = nw.coalesce(nw.col("review_score").cast(nw.Float64), score)
    rows = rows.with_columns(_score=score).filter(~nw.col("_score").is_null())
    below = nw.col("_score") < float(policy["failing.evaluation_below"])
    rows = rows.with_columns(_fails=nw.when(below).then(nw.lit(1)).otherwise(nw.lit(0)))
    return rows.group_by("department").agg(evaluated=nw.len(), failing_evaluation=nw.col("_fails").sum())


def weighted_score(policy, quality, monitored, failing_monitoring, evaluated, failing_evaluation):
    """The weighted score as an exact rate, weights divided by their sum: of expressions, or of plain integers."""
    names = ("monitoring", "evaluation", "reporting")
    weights = [policy[f"rating.{name}_weight"] for name in names]
    common = lcm(*(weight.denominator for weight in weights))
    watch, score, report = (int(weight * common) for weight in weights)
    passed = (
        (monitored - failing_monitoring) * evaluated * (100 * watch)
        + (evaluated - failing_evaluation) * monitored * (100 * score)
        + quality * monitored * evaluated * report
    )
    return Rate(passed, monitored * evaluated * (watch + score + report))


def cut(departments, policy):
    """The cut of the 2021 budget by grade, a share of the 2020 project budget.

    ``departments`` has ``grade`` and ``budget_yuan``; also ``recovered_yuan`` if the policy's base is after
    recovery, and ``adjustment_yuan`` if adjustments of III.2.2 are to be put beside. Adds ``cut_share``,
    ``cut_yuan`` (rounded down to whole yuan), with adjustments ``reduction_yuan`` (the larger, or both, as
    the policy says), ``rule`` and ``problem``. Money cut is never given in 2021; it is not added to what was
    recovered in 2020.

    Raises UnknownName or InputError as :func:`load_policy` does, InputError for a column that is missing or of
    another kind.

    >>> import pandas as pd
    >>> departments = pd.DataFrame({"department": ["Water"], "grade": ["excellent"], "budget_yuan": [1_000_000]})
    >>> int(fiscal.rules.cut(departments, policy)["cut_yuan"].item())
    80000
    """
    policy = load_policy(policy)
    numbers = ["budget_yuan"]
    if policy["cut.base"] == "after_recovery":
        numbers.append("recovered_yuan")
    need(departments, ("grade", *numbers), "cut")
    numbers += ["adjustment_yuan"] * ("adjustment_yuan" in names(departments))

    grade = policy.tables["cut"].inputs[0]
    problems = [(nw.col("grade").is_null() | ~nw.col("grade").is_in(list(grade.values)), "there is no grade")]
    problems += [p for name in numbers for p in number_problem(name, 0, MOST_YUAN)]

    def compute(rows):
        rows, answers = decided(rows, policy, "cut")
        base = nw.col("budget_yuan")
        if policy["cut.base"] == "after_recovery":
            base = base - nw.col("recovered_yuan")
        answers["cut_yuan"] = amount(rows, policy, "cut", "cut_share", base)
        if "adjustment_yuan" in numbers:
            both = answers["cut_yuan"] + nw.col("adjustment_yuan")
            larger = nw.max_horizontal(answers["cut_yuan"], nw.col("adjustment_yuan"))
            answers["reduction_yuan"] = both if policy["self_evaluation.stacking"] == "both" else larger
        return rows, answers

    return answered(departments, numbers, problems, compute)
