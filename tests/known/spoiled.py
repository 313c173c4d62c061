"""What the rules answer to tables with one thing wrong: a column that is not there, a value that can not be."""

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from fiscal import rules
from fiscal.errors import InputError
from fiscal.rules.checks import COLUMNS as CHECKED
from fiscal.rules.objectives import CRITERIA, DIMENSIONS
from fiscal.rules.projects import COLUMNS as MONITORED

ABSENT, AT = "no such column", 2  # the row that is spoiled
FEW = {"nothing": None, "a word": "x"}
VALUES = FEW | {"-1": -1, "101": 101, "0.5": 0.5, "10^15": 10**15, "10^30": 1e30}


def spoiled(frame, column, value):
    cells = frame[column].astype(object).tolist()
    cells[AT] = value
    numbers = is_numeric_dtype(frame[column]) and not is_bool_dtype(frame[column])
    dtype = "Float64" if numbers and not isinstance(value, str) else object
    return frame.assign(**{column: pd.Series(cells, index=frame.index, dtype=dtype)})


def said(call, frame):
    """What comes of a call: the refusal, or what it adds to the spoiled row, or to all."""
    try:
        found = call(frame)
    except InputError as error:
        return f"refused: {error}"
    if not isinstance(found, pd.DataFrame):
        return str(found).replace("\n", " | ")
    added = [name for name in found.columns if name not in frame.columns] or list(found.columns)
    rows = found[added].iloc[[AT]] if len(found) == len(frame) else found[added]
    return " | ".join(", ".join(map(str, row)) for row in rows.itertuples(index=False))


def answers(policy, tables, result):
    """One line for each call, column and value."""
    project = ["project_id", *MONITORED]
    monitoring, watched = tables["monitoring"].iloc[:6], result["monitoring"]
    evaluations, scored = tables["evaluations"].iloc[:6], result["evaluations"]
    evaluations = evaluations.assign(review_score=pd.array([70, None, 60, 50, None, 40], "Int64"))
    departments, rated = tables["departments"].iloc[:6], result["departments"].iloc[:6, :-3]
    few = {name: frame.iloc[:8] for name, frame in tables.items()}
    moved = next(name for name in policy.parameters if policy.parameters[name].range)
    other = policy.replace({moved: policy.parameters[moved].range[1]})
    calls = {
        "monitor": (monitoring, project, VALUES, lambda it: rules.monitor(it, policy)),
        "explain": (monitoring, MONITORED, VALUES, lambda it: rules.explain(it.iloc[AT], policy)),
        "cliffs": (monitoring, MONITORED, {}, lambda it: rules.cliffs(it, policy, 0.3).iloc[:, -5:]),
        "sweep": (monitoring, MONITORED, {}, lambda it: rules.sweep(policy, moved, [0.1], it)),
        "compare": (monitoring, project, FEW, lambda it: rules.compare(policy, other, it).by("rule_a", "rule_b")),
        "consequences": (
            evaluations,
            ["self_score", "budget_yuan"],
            VALUES,
            lambda it: rules.consequences(it, policy),
        ),
        "spot_check": (evaluations, ["project_id", "department"], FEW, lambda it: rules.spot_check(it, policy)),
        "inflation": (evaluations, ["self_score", "review_score"], VALUES, rules.inflation),
        "rate": (
            departments,
            ["department", "reporting_quality"],
            VALUES,
            lambda it: rules.rate(it, watched, scored, policy),
        ),
        "rate, monitoring": (
            watched,
            ["department", "project_id", "recovered_yuan"],
            FEW,
            lambda it: rules.rate(departments, it, scored, policy),
        ),
        "rate, evaluations": (
            scored,
            ["department", "self_score", "review_score"],
            VALUES,
            lambda it: rules.rate(departments, watched, it, policy),
        ),
        "cut": (rated, ["grade", "budget_yuan", "recovered_yuan"], VALUES, lambda it: rules.cut(it, policy)),
        "review": (tables["objectives"].iloc[:6], CRITERIA, VALUES, lambda it: rules.review(it, policy)),
        "ex_ante": (tables["projects"].dropna().iloc[:6], DIMENSIONS, VALUES, lambda it: rules.ex_ante(it, policy)),
    }
    for table, columns in CHECKED.items():
        calls[f"checks, {table}"] = (
            few[table],
            ["project_id", *columns],
            FEW,
            lambda it, table=table: rules.checks(few | {table: it}, policy)[["check", "tried", "failed"]],
        )
    lines = []
    for name, (frame, columns, values, call) in calls.items():
        frame = frame.reset_index(drop=True)
        lines.append([name, "", "as it is", said(call, frame)])
        for column in columns:
            lines.append([name, column, ABSENT, said(call, frame.drop(columns=column))])
            lines += [[name, column, word, said(call, spoiled(frame, column, value))] for word, value in values.items()]
    return "".join("\t".join(line) + "\n" for line in lines)
