"""One door for every data frame library: what each needs so that all give the same answers.

pandas has no null in int64, so there the work is done on plain integers; Dask does what pandas does, partition by
partition; databases and Spark stop at an integer that overflows, where polars and NumPy go on. Lazy frames stay lazy.
"""

from functools import partial

import narwhals as nw
import numpy as np
import pandas

from fiscal.errors import InputError
from fiscal.rules.expressions import CODE, chain

# How a number that is not there, or is no whole number, is carried through integer columns.
MISSING, FRACTIONAL = -(2**63), -(2**63) + 1


def names(frame):
    """The names of a frame's columns, whichever library it is of."""
    if nw.dependencies.is_dask_dataframe(frame):
        return list(frame.columns)
    return nw.from_native(frame).collect_schema().names()


def need(frame, columns, what):
    """Raise InputError unless the frame has the columns."""
    there = names(frame)
    if missing := [column for column in columns if column not in there]:
        raise InputError(f"{what} needs the column {', '.join(missing)}; the frame has {', '.join(there)}")


def need_numbers(frame, columns, what):
    """Raise InputError unless the frame has the columns and they hold numbers, whole or not, or nothing."""
    need(frame, columns, what)
    frame = frame._meta if nw.dependencies.is_dask_dataframe(frame) else frame
    schema = nw.from_native(frame).collect_schema()
    for name in columns:
        kind = schema[name]
        # pandas has no kind for a column of nothing, others say that it is unknown.
        nothing = kind == nw.Unknown or (nw.dependencies.is_pandas_dataframe(frame) and frame[name].isna().all())
        if not (kind.is_numeric() or nothing):
            raise InputError(f"{what} column {name}: expected numbers, found {kind}")


def answered(frame, numbers, problems, compute, together=None, in_pandas=None):
    """The frame with the columns that ``compute`` adds to it, null where ``problem`` says why.

    ``numbers`` are the columns that hold whole numbers; anything else in them is an InputError. ``problems`` are
    (condition, message) pairs, of which the first that holds is a row's problem. ``compute`` takes rows with
    ``_decidable`` and ``_problem`` (the position of the message, from 1) and gives them back with columns of its own,
    which start with "_", and a dict of answers: name to expression, or to (expression of codes, words).
    ``together`` is a column whose equal values have to be seen together. ``in_pandas`` answers for a pandas frame, if
    there is a faster way than column by column.
    """
    if nw.dependencies.is_dask_dataframe(frame):
        apply = partial(answered, numbers=numbers, problems=problems, compute=compute, in_pandas=in_pandas)
        whole = frame.shuffle(together) if together else frame
        return whole.map_partitions(apply, meta=apply(frame._meta))
    if not nw.dependencies.is_pandas_dataframe(frame):
        return _elsewhere(frame, numbers, problems, compute)
    return in_pandas(frame) if in_pandas else _in_pandas(frame, numbers, problems, compute)


def problems_in(frame, numbers, problems):
    """What ``answered`` looks for first, in a pandas frame.

    The columns that hold whole numbers as arrays of int64, the code of each row's problem (0: none), and the words
    that the codes count.
    """
    words, rows = _read(frame, numbers, problems)
    codes = rows["_problem"].to_native().to_numpy(dtype="int8", na_value=0)
    return {name: rows[name].to_numpy() for name in numbers}, codes, words


def _read(frame, numbers, problems):
    """The words of the problems, and a pandas frame with its numbers as int64, ``_problem`` and ``_decidable``."""
    _need_whole(frame, numbers, or_fractions=True)
    plain = {name: _integers(frame[name]) for name in numbers if frame[name].dtype != "int64"}
    words = _words(problems)
    return words, _with_problem(nw.from_native(frame.assign(**plain) if plain else frame), problems, words)


def _need_whole(frame, numbers, or_fractions=False):
    """Raise InputError for columns of other kinds; in pandas whole numbers are floats where one is missing."""
    schema = nw.from_native(frame).collect_schema()
    for name in numbers:
        if not (schema[name].is_integer() or (or_fractions and schema[name].is_numeric())):
            raise InputError(f"column {name}: expected whole numbers, found {schema[name]}")


def _words(problems):
    return ["", *dict.fromkeys(message for _, message in problems)]


def _elsewhere(frame, numbers, problems, compute):
    _need_whole(frame, numbers)
    words = _words(problems)
    rows = nw.from_native(frame)
    is_polars = rows.implementation.is_polars()
    at_hand = is_polars and isinstance(rows, nw.DataFrame)
    if at_hand:
        rows = rows.lazy()  # polars works out a plan in half the time of one expression after the other
    given = {f"_given_{name}": nw.col(name) for name in numbers}
    if numbers:
        rows = rows.with_columns(**given).with_columns(nw.col(*numbers).cast(nw.Int64))
    rows = _with_problem(rows, problems, words)
    if numbers and isinstance(rows, nw.LazyFrame) and not is_polars:
        # These stop at an integer that overflows, even in a row whose answer is not wanted.
        decidable = nw.when(nw.col("_decidable"))
        rows = rows.with_columns(**{name: decidable.then(nw.col(name)).otherwise(nw.lit(1)) for name in numbers})
    rows, answers = compute(rows)
    good = nw.col("_problem") == 0
    answers = {name: nw.when(good).then(_spelled(answer, is_polars)) for name, answer in answers.items()}
    rows = rows.with_columns(**answers, problem=_spelled((nw.col("_problem"), words), is_polars))
    kept = dict.fromkeys([*names(frame), *answers, "problem"])
    rows = rows.select(nw.col(f"_given_{name}" if name in numbers else name).alias(name) for name in kept)
    return (rows.collect() if at_hand else rows).to_native()


def _in_pandas(frame, numbers, problems, compute):
    words, rows = _read(frame, numbers, problems)
    rows, answers = compute(rows)
    answers |= {"problem": (nw.col("_problem"), words)}
    expressions = {name: answer[0] if isinstance(answer, tuple) else answer for name, answer in answers.items()}
    values = rows.select(**expressions).to_native()
    return with_answers(frame, numbers, {name: _plain(values[name], answer) for name, answer in answers.items()})


def with_answers(frame, numbers, answers):
    """A pandas frame with columns of answers: name to array, or to (array of codes, words); the last is ``problem``.

    They are null where there is a problem, and of Arrow where the numbers of the frame are.
    """
    bad = answers["problem"][0] != 0
    arrow = any(isinstance(frame[name].dtype, pandas.ArrowDtype) for name in numbers)
    return frame.assign(**{n: _column(each, bad if n != "problem" else None, arrow) for n, each in answers.items()})


def _with_problem(rows, problems, words):
    """The rows with ``_problem``, the position of the first problem each has (0: none), and ``_decidable``.

    Where the rows are at hand only the problems that any of them has are told apart.
    """
    cases = [(condition, words.index(message)) for condition, message in problems]
    if isinstance(rows, nw.DataFrame):
        found = rows.select(**{str(number): condition for number, (condition, _) in enumerate(cases)})
        cases = [(column, code) for column, (_, code) in zip(found.iter_columns(), cases, strict=True) if column.any()]
    return rows.with_columns(_problem=chain(cases, 0, CODE)).with_columns(_decidable=nw.col("_problem") == 0)


def _spelled(answer, as_categories):
    """An answer in words; as categories, which take less time and room, where the engine has them everywhere."""
    if not isinstance(answer, tuple):
        return answer
    codes, words = answer
    kind = nw.Enum(words) if as_categories else None
    return chain([(codes == code, word) for code, word in enumerate(words) if code], words[0], kind)


def _plain(column, answer):
    """A column that pandas computed as ``with_answers`` takes it; what is null in it is null for a problem."""
    if isinstance(answer, tuple):
        return column.to_numpy(dtype="int8", na_value=0), answer[1]
    return column.to_numpy(dtype=TYPES[pandas.api.types.pandas_dtype(column.dtype).kind][0], na_value=0)


def _column(answer, bad, arrow):
    """A column of answers for pandas, null where a row could not be decided; numbers of Arrow where the frame has."""
    if isinstance(answer, tuple):
        codes, words = answer
        if bad is None:
            return pandas.Categorical.from_codes(codes, words)
        # Code 0 stands for nothing to say; it is a word only where a row was decided and "" is meant.
        return pandas.Categorical.from_codes(codes - 1, words[1:])
    _, nullable, of_arrow = TYPES[answer.dtype.kind]
    array = pandas.array(answer, dtype=nullable)
    array[bad] = pandas.NA
    return array.astype(of_arrow) if arrow else array


TYPES = {
    "i": ("int64", "Int64", "int64[pyarrow]"),
    "b": ("bool", "boolean", "bool[pyarrow]"),
    "f": ("float64", "Float64", "double[pyarrow]"),
}


def _integers(column):
    """A pandas column of numbers as int64; what is missing or fractional becomes a mark of its own."""
    missing = column.isna().to_numpy()
    if column.dtype.kind in "iu":  # nullable, or of Arrow: the float would not hold all of them
        return np.where(missing, MISSING, column.to_numpy(dtype="int64", na_value=0))
    values = column.to_numpy(dtype="float64", na_value=0.0)
    within = np.abs(values) < 2**53
    # What is too large for a float to be exact is too large for any rule, too: it stays too large.
    whole = np.where(within, values, np.where(values > 0, 2.0**62, -1.0)).astype("int64")
    return np.where(missing, MISSING, np.where(within & (whole != values), FRACTIONAL, whole))
