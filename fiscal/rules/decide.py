"""What the inputs of a table are made of, and any table of a policy decided by name."""

import narwhals as nw

from fiscal.errors import UnknownName
from fiscal.rules.engines import FRACTIONAL, MISSING, answered, need
from fiscal.rules.expressions import output, with_rule
from fiscal.rules.rates import MOST_BP, MOST_YUAN, WHOLE_BP, Rate


def execution(base):
    """The execution rate: what was spent of what could be."""
    return Rate(nw.col("executed_yuan"), base, (MOST_YUAN, MOST_YUAN))


def completion():
    """The completion of objectives, as the unit reports it."""
    return Rate(nw.col("completion_bp"), WHOLE_BP)


def deviation(reading, base):
    """The deviation of execution from completion, in the reading of the policy."""
    complete = base * nw.col("completion_bp")
    apart = nw.col("executed_yuan") * WHOLE_BP - complete
    most = MOST_YUAN * MOST_BP
    if reading == "relative":
        return Rate(apart.abs(), complete, (most, most))
    if reading == "one_sided":
        apart = nw.when(apart > 0).then(apart).otherwise(nw.lit(0))
    return Rate(apart.abs(), base * WHOLE_BP, (most, MOST_YUAN * WHOLE_BP))


INPUTS = {
    "node": (("node",), lambda policy: nw.col("node")),
    "reading": ((), lambda policy: policy["progress.reading"]),
    "execution": (("executed_yuan", "base_yuan"), lambda policy: execution(nw.col("base_yuan"))),
    "completion": (("completion_bp",), lambda policy: completion()),
    "deviation": (
        ("executed_yuan", "base_yuan", "completion_bp"),
        lambda policy: deviation(policy["warning.deviation_reading"], nw.col("base_yuan")),
    ),
    "grade": (("grade",), lambda policy: nw.col("grade")),
    **{name: ((name,), lambda policy, name=name: nw.col(name)) for name in ("abnormal", "candidate", "warning")},
    **{
        name: ((name,), lambda policy, name=name: Rate(nw.col(name)))
        for name in ("self_score", "lowest_score", "mean_score", "department_score")
    },
}


def number_problem(name, low, high):
    """(condition, message) pairs for a column of numbers that has to lie between two bounds."""
    column = nw.col(name)
    yield column.is_null() | (column == MISSING), f"{name} is missing"
    yield column == FRACTIONAL, f"{name} is no whole number"
    yield column < low, f"{name} is below {low}"
    yield column > high, f"{name} is above {high}"


def decided(rows, policy, name, inputs=None):
    """Decide a table: the rows, and the answers to its outputs and ``rule``.

    ``inputs`` maps inputs to Rates or expressions, where they are not the columns of the same name.
    """
    own = {each.name: INPUTS[each.name][1](policy) for each in policy.tables[name].inputs}
    rows = with_rule(rows, policy, name, own | (inputs or {}))
    return rows, {which: output(policy, name, which) for which in (*policy.tables[name].outputs, "rule")}


def problems_of(table):
    """(condition, message) pairs for the inputs of a table: rows that can't be decided."""
    for each in table.inputs:
        columns, _ = INPUTS[each.name]
        for column in columns:
            if column in ("executed_yuan", "base_yuan"):
                yield from number_problem(column, 1 if column == "base_yuan" else 0, MOST_YUAN)
            elif column == "completion_bp":
                yield from number_problem(column, 0, MOST_BP)
            elif each.values:
                yield nw.col(column).is_null(), f"{column} is missing"
                if each.values != ("true", "false"):
                    yield ~nw.col(column).is_in(list(each.values)), f"{column} is none of {', '.join(each.values)}"
            else:
                yield from number_problem(column, int(each.low), int(each.high))


def decide(policy, name, frame):
    """See Policy.decide. The frame may be of any library that narwhals knows; the same kind comes back."""
    if name not in policy.tables:
        raise UnknownName("table", name, policy.tables)
    table = policy.tables[name]
    need(frame, dict.fromkeys(c for i in table.inputs for c in INPUTS[i.name][0]), f"table {name}")
    whole = [c for each in table.inputs if each.unit == "ratio" for c in INPUTS[each.name][0]]
    numbers = list(dict.fromkeys(whole))
    return answered(frame, numbers, list(problems_of(table)), lambda rows: decided(rows, policy, name))
