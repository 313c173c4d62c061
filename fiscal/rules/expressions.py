"""Decision tables as expressions: written once for every data frame library that narwhals knows."""

from functools import reduce
from operator import add, or_

import narwhals as nw

from fiscal.rules.rates import division, share_of
from fiscal.rules.sfeel import Interval

# Rule numbers, problems and words are codes of one byte: a million rows should not need eight.
CODE = nw.Int8


def with_rule(rows, policy, name, inputs):
    """The rows with ``_row_<table>``: the number of the rule that holds, from 1; 0 where nothing is to be decided.

    ``inputs`` has a Rate, an expression or a word (the same for all rows) for each input of the table.
    Each distinct cell becomes a column once: an expression would be computed again wherever it is used.
    """
    table, divide = policy.tables[name], division(rows)
    columns, cells, rules = {}, {}, []
    for rule in table.rules:
        held = nw.col("_decidable")
        for column, cell in zip(table.inputs, rule.cells, strict=True):
            if not cell.tests:
                continue
            key = (column.name, cell.tests)
            if key not in columns:
                columns[key] = f"_cell_{len(columns)}"
                cells[columns[key]] = reduce(or_, (_test(inputs[column.name], test, divide) for test in cell.tests))
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


def amount(rows, policy, name, which, base):
    """The share that an output of a decided table is, of an amount in whole yuan."""
    table = policy.tables[name]
    shares = [rule.outputs[table.outputs.index(which)] for rule in table.rules]
    cases = []
    for share in sorted(set(shares) - {0}):
        held = [n for n, each in enumerate(shares, start=1) if each == share]
        cases.append((among(nw.col(f"_row_{name}"), held), share_of(share, base, division(rows))))
    return chain(cases, 0)


def _test(value, test, divide):
    if isinstance(test, Interval):
        if test.low is not None and test.low == test.high and test.low_closed and test.high_closed:
            return value.compare("==", test.low, divide)
        parts = []
        if test.low is not None:
            parts.append(value.compare(">=" if test.low_closed else ">", test.low, divide))
        if test.high is not None:
            parts.append(value.compare("<=" if test.high_closed else "<", test.high, divide))
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


def coded(cases, dtype=CODE):
    """The value of the one case that holds, 0 if none does. Rows of a table are disjoint, so a sum is enough."""
    terms = [condition.cast(dtype) * value for condition, value in cases if value]
    return reduce(add, terms) if terms else nw.lit(0, dtype)


def among(numbers, chosen):
    """Whether a rule number is one of a few: comparing them one by one is faster than a search."""
    return reduce(or_, [numbers == each for each in chosen])
