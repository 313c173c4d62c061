"""Decision tables on data frames: exact integer comparisons, written once for every library narwhals knows.

A rate is two integers, numerator over denominator, and is compared with an edge p/q as numerator × q with
denominator × p. 80 % executed and 60 % complete deviate by exactly 20 points here, although ``0.8 - 0.6 > 0.2`` in
floating point.
"""

from dataclasses import dataclass
from functools import reduce
from operator import add, or_

import narwhals as nw
import numpy as np
import pandas

from fiscal.errors import InputError, UnknownName
from fiscal.rules.sfeel import Interval

# Products of these with each other and with basis points stay inside int64, as do sums over millions of rows.
MOST_YUAN = 10**12
MOST_BP = 100_000
WHOLE_BP = 10_000
# How a number that is not there, or is no whole number, is carried through integer columns.
MISSING, FRACTIONAL = -(2**63), -(2**63) + 1


@dataclass(frozen=True)
class Rate:
    """An exact rate: integer expressions, or an integer denominator that is the same for all rows.

    ``most`` is the largest that numerator and denominator can be where a row can be decided.
    """

    numerator: nw.Expr
    denominator: nw.Expr | int = 1
    most: tuple[int, int] = (2**63 - 1, 2**63 - 1)

    def compare(self, operator, edge):
        """An expression: does the rate stand so to the edge (an exact Fraction)?"""
        if isinstance(self.denominator, int):
            scaled = edge * self.denominator
            # A score may be a float; an edge that is no whole number is compared as it is.
            bound = scaled.numerator if scaled.denominator == 1 else float(scaled)
            return _apply(operator, self.numerator, bound)
        if edge == 0:
            return _apply(operator, self.numerator, 0)
        p, q = edge.numerator, edge.denominator
        if self.most[0] * q < 2**63 and self.most[1] * p < 2**63:
            return _apply(operator, self.numerator * q, self.denominator * p if p > 1 else self.denominator)
        # The products would leave int64: compare with floor and ceiling of edge × denominator instead.
        whole, rest = (self.denominator // q) * p, (self.denominator % q) * p
        down, up = whole + rest // q, whole + (rest + q - 1) // q
        if operator in ("<=", ">"):
            return _apply(operator, self.numerator, down)
        if operator in ("<", ">="):
            return _apply(operator, self.numerator, up)
        return (self.numerator == down) & (down == up)


def _apply(operator, left, right):
    return {
        "<=": lambda: left <= right,
        "<": lambda: left < right,
        ">=": lambda: left >= right,
        ">": lambda: left > right,
        "==": lambda: left == right,
    }[operator]()


def share_of(share, yuan):
    """A share of an amount in whole yuan, rounded down: half of an odd yuan stays where it is."""
    p, q = share.numerator, share.denominator
    if q == 1:
        return yuan * p
    if MOST_YUAN * p < 2**63:
        return (yuan * p if p > 1 else yuan) // q
    return (yuan // q) * p + (yuan % q) * p // q


def with_rule(rows, policy, name, inputs=None):
    """The rows with ``_row_<table>``: the number of the rule that holds, from 1; 0 where nothing is to be decided.

    ``inputs`` maps inputs to Rates or expressions, where they are not the columns of the same name.
    Each distinct cell becomes a column once: an expression would be computed again wherever it is used.
    """
    table = policy.tables[name]
    inputs = {each.name: INPUTS[each.name][1](policy) for each in table.inputs} | (inputs or {})
    columns, cells, rules = {}, {}, []
    for rule in table.rules:
        held = nw.col("_decidable")
        for column, cell in zip(table.inputs, rule.cells, strict=True):
            if not cell.tests:
                continue
            key = (column.name, cell.tests)
            if key not in columns:
                columns[key] = f"_cell_{len(columns)}"
                tests = [_test(inputs[column.name], test) for test in cell.tests]
                cells[columns[key]] = reduce(or_, tests)
            held = held & nw.col(columns[key])
        rules.append(held)
    number = coded((held, n) for n, held in enumerate(rules, start=1))
    return rows.with_columns(**cells).with_columns(**{f"_row_{name}": number}).drop(*cells)


def output(policy, name, which):
    """The answer to an output of a table whose rule numbers are there; ``which`` may be ``rule``.

    A boolean or a share is an expression. Words are an expression of codes, and the list that these are positions
    in: comparing text costs more than all the arithmetic.
    """
    table = policy.tables[name]
    numbers = nw.col(f"_row_{name}")
    if which == "rule":
        return numbers, ["", *(rule.id for rule in table.rules)]
    values = [rule.outputs[table.outputs.index(which)] for rule in table.rules]
    if isinstance(values[0], bool):
        return among(numbers, [n for n, value in enumerate(values, start=1) if value])
    distinct = list(dict.fromkeys(values))
    held = [among(numbers, [n for n, each in enumerate(values, start=1) if each == value]) for value in distinct]
    if isinstance(values[0], str):
        return coded(zip(held, range(1, len(held) + 1), strict=True)), ["", *distinct]
    return coded(zip(held, map(float, distinct), strict=True), nw.Float64)


def _test(value, test):
    if isinstance(test, Interval):
        if test.low is not None and test.low == test.high:
            return value.compare("==", test.low)
        parts = []
        if test.low is not None:
            parts.append(value.compare(">=" if test.low_closed else ">", test.low))
        if test.high is not None:
            parts.append(value.compare("<=" if test.high_closed else "<", test.high))
        return parts[0] if len(parts) == 1 else parts[0] & parts[1]
    if test in ("true", "false"):
        return value if test == "true" else ~value
    if isinstance(value, str):  # a choice of the policy: the same for all rows
        return nw.lit(value == test)
    return value == test


def chain(cases, otherwise, dtype=None):
    """The value of the first case that holds: ``cases`` are (condition, value) pairs."""
    expression = nw.lit(otherwise, dtype)
    for condition, value in reversed(list(cases)):
        result = value if isinstance(value, nw.Expr) else nw.lit(value, dtype)
        expression = nw.when(condition).then(result).otherwise(expression)
    return expression


# Rule numbers, problems and words are codes of one byte: a million rows should not need eight.
CODE = nw.Int8


def coded(cases, dtype=CODE):
    """The value of the one case that holds, 0 if none does. Rows of a table are disjoint, so a sum is enough."""
    terms = [condition.cast(dtype) * value for condition, value in cases if value]
    return reduce(add, terms) if terms else nw.lit(0, dtype)


# What each input of a table is made of: the columns it needs and the expression.
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


def need(frame, columns, what):
    """Raise InputError unless the frame has the columns."""
    names = frame.collect_schema().names()
    if missing := [column for column in columns if column not in names]:
        raise InputError(f"{what} needs the column {', '.join(missing)}; the frame has {', '.join(names)}")


def number_problem(name, low, high):
    """(condition, message) pairs for a column of numbers that has to lie between two bounds."""
    column = nw.col(name)
    yield column.is_null() | (column == MISSING), f"{name} is missing"
    yield column == FRACTIONAL, f"{name} is no whole number"
    yield column < low, f"{name} is below {low}"
    yield column > high, f"{name} is above {high}"


def amount(policy, name, which, base):
    """The share that an output of a decided table is, of an amount in whole yuan."""
    table = policy.tables[name]
    shares = [rule.outputs[table.outputs.index(which)] for rule in table.rules]
    cases = []
    for share in sorted(set(shares) - {0}):
        held = [n for n, each in enumerate(shares, start=1) if each == share]
        cases.append((among(nw.col(f"_row_{name}"), held), share_of(share, base)))
    return chain(cases, 0)


def decided(rows, policy, name, problems, inputs=None):
    """Decide a table where a row has no problem: the rows, the answers to its outputs, and why (rule and problem)."""
    rows, messages = with_problem(rows, problems)
    rows = with_rule(rows, policy, name, inputs)
    answers = {which: output(policy, name, which) for which in policy.tables[name].outputs}
    return rows, answers, {"rule": output(policy, name, "rule"), "problem": (nw.col("_problem"), messages)}


def among(numbers, chosen):
    """Whether a rule number is one of a few: comparing them one by one is faster than a search."""
    return reduce(or_, [numbers == each for each in chosen])


def with_problem(rows, problems):
    """The rows with ``_problem``, the code of the first problem each has (0: none), and ``_decidable``; and the words.

    Where the rows are at hand and none has a problem, that is all that is computed.
    """
    problems = list(problems)
    words = ["", *dict.fromkeys(message for _, message in problems)]
    code = chain([(condition, words.index(message)) for condition, message in problems], 0, CODE)
    if isinstance(rows, nw.DataFrame):
        found = rows.select(_any=reduce(or_, (condition for condition, _ in problems)))["_any"]
        if not found.any():
            code = nw.lit(0, CODE)
    return rows.with_columns(_problem=code).with_columns(_decidable=nw.col("_problem") == 0), words


def answered(frame, numbers, compute):
    """The frame with the columns that ``compute`` adds to it: null where ``problem`` says why.

    ``compute`` takes the rows and gives them back with columns that start with "_" for its own use, and a dict
    of answers: name to expression, or to (expression of codes, words). ``problem`` is one of them.
    ``numbers`` are the columns that hold whole numbers; text in them is an InputError. pandas has no null in
    int64, so there the work is done on plain integers and the answers come back as its nullable types, and words
    as categories.
    """
    schema = nw.from_native(frame).collect_schema()
    is_pandas = nw.dependencies.is_pandas_dataframe(frame)
    for name in numbers:
        if not schema[name].is_numeric() or not (is_pandas or schema[name].is_integer()):
            raise InputError(f"column {name}: expected whole numbers, found {schema[name]}")
    if not is_pandas:
        narrow = {name: schema[name] for name in numbers if schema[name] != nw.Int64}
        rows = nw.from_native(frame).with_columns(nw.col(name).cast(nw.Int64) for name in narrow)
        rows, answers = compute(rows)
        good = nw.col("_problem") == 0
        rows = rows.with_columns(_problem=answers["problem"][0])
        spelled = {name: _spelled(answer) for name, answer in answers.items()}
        rows = rows.with_columns(
            **{n: e if n == "problem" else nw.when(good).then(e) for n, e in spelled.items()},
        )
        rows = rows.with_columns(nw.col(name).cast(dtype) for name, dtype in narrow.items())
        own = [n for n in rows.collect_schema().names() if n.startswith("_") and n not in schema]
        return rows.drop(*own).to_native()
    plain = {name: _integers(frame[name]) for name in numbers if frame[name].dtype != "int64"}
    rows, answers = compute(nw.from_native(frame.assign(**plain) if plain else frame))
    expressions = {name: answer[0] if isinstance(answer, tuple) else answer for name, answer in answers.items()}
    values = rows.select(**expressions).to_native()
    bad = (values["problem"] != 0).to_numpy()
    return frame.assign(**{n: _answer(values[n], answers[n], bad if n != "problem" else None) for n in answers})


def _spelled(answer):
    if not isinstance(answer, tuple):
        return answer
    codes, words = answer
    return chain([(codes == code, word) for code, word in enumerate(words) if code], words[0])


def _answer(values, answer, bad):
    """A column of answers for pandas, with nulls where a row could not be decided."""
    if isinstance(answer, tuple):
        codes = values.to_numpy()
        if bad is None:
            return pandas.Categorical.from_codes(codes, answer[1])
        # Code 0 stands for nothing to say; it is a word only where a row was decided and "" is meant.
        return pandas.Categorical.from_codes(codes - 1, answer[1][1:])
    kind = {"int64": "Int64", "bool": "boolean", "float64": "Float64"}[str(values.dtype)]
    array = pandas.array(values.to_numpy(), dtype=kind)
    array[bad] = pandas.NA
    return array


def _integers(column):
    """A pandas column of numbers as int64; what is missing or fractional becomes a mark of its own."""
    missing = column.isna().to_numpy()
    values = column.to_numpy(dtype="float64", na_value=0.0)
    if str(column.dtype) == "Int64":
        whole = column.fillna(0).to_numpy(dtype="int64")
        return np.where(missing, MISSING, whole)
    within = np.abs(values) < 2**53
    # What is too large for a float to be exact is too large for any rule, too: it stays too large.
    whole = np.where(within, values, np.where(values > 0, 2.0**62, -1.0)).astype("int64")
    return np.where(missing, MISSING, np.where(within & (whole != values), FRACTIONAL, whole))


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
    native = nw.from_native(frame)
    need(native, dict.fromkeys(c for each in table.inputs for c in INPUTS[each.name][0]), f"table {name}")

    def compute(rows):
        rows, answers, why = decided(rows, policy, name, problems_of(table))
        return rows, answers | why

    return answered(frame, _whole_numbers(table), compute)


def _whole_numbers(table):
    return [c for each in table.inputs if each.unit == "ratio" for c in INPUTS[each.name][0]]
