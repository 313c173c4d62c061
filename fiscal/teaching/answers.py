"""Whether an answer is the expected one, and if not, what kind of mistake it is."""

import unicodedata
from decimal import Decimal
from fractions import Fraction
from numbers import Number

import pandas as pd

from fiscal.teaching.exercise import Either

# Floats are binary: what is said exactly in decimals is not quite there.
FLOAT = Fraction(1, 10**9)
UNITS = (10**4, 10**8, 10**12)  # between yuan, 万元 and 亿元


def same(answer, expected, decimals=None):
    """Whether an answer is what is expected.

    Whole numbers, fractions and decimals compare exactly; with ``decimals`` a number may be off by half a unit of the
    last one. Strings are folded (case, spaces, full-width forms); sets have no order; frames no index.
    """
    answer, expected = _plain(answer), _plain(expected)
    answer = answer.words[0] if isinstance(answer, Either) else answer
    if isinstance(expected, bool) or expected is None:
        return answer is expected
    if _number(expected):
        return _number(answer) and _close(answer, expected, decimals)
    if isinstance(expected, str | Either):
        return isinstance(answer, str) and folded(answer) in _ways(expected)
    if isinstance(expected, set | frozenset):
        return isinstance(answer, set | frozenset | list | tuple) and _same_set(list(answer), list(expected), decimals)
    if isinstance(expected, list | tuple):
        return (
            isinstance(answer, list | tuple)
            and len(answer) == len(expected)
            and all(same(one, other, decimals) for one, other in zip(answer, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(answer, dict)
            and answer.keys() == expected.keys()
            and all(same(answer[key], expected[key], decimals) for key in expected)
        )
    if isinstance(expected, pd.DataFrame):
        return isinstance(answer, pd.DataFrame) and _same_frame(answer, expected)
    raise TypeError(f"an exercise can't expect a {type(expected).__name__}")


def kind(answer, expected, decimals=None):
    """What is wrong with an answer, as a pair of texts, if it is a usual kind of mistake; else None."""
    answer, expected = _plain(answer), _plain(expected)
    if expected is None:
        return None
    if answer is None:
        return "The answer is not None: the document does say it.", "答案不是None：文件中有这一内容。"
    wanted = _wanted(expected)
    if not isinstance(answer, wanted) or isinstance(answer, bool) != isinstance(expected, bool):
        return _type(answer, expected)
    if _number(expected):
        return (
            _number_kind(Fraction(answer), Fraction(expected), decimals) if _finite(answer) else _type(None, expected)
        )
    if isinstance(expected, set | frozenset):
        return _set_kind(list(answer), list(expected), decimals)
    if isinstance(expected, list | tuple):
        if _same_set(list(answer), list(expected), decimals):
            return "The right ones, in another order.", "内容正确，顺序不对。"
        if len(answer) != len(expected):
            return (
                f"{len(expected)} values are asked for; there are {len(answer)}.",
                f"应有{len(expected)}个值，实际为{len(answer)}个。",
            )
    return None


def folded(word):
    """A word without the differences that do not matter: case, spaces, full-width forms, a full stop at the end."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().split()).rstrip(".。")


def _plain(value):
    """numpy's numbers as Python's; series, arrays and views of dictionaries as lists."""
    if isinstance(value, pd.DataFrame):
        return value
    if isinstance(value, Either | str):
        return value
    if not isinstance(value, Number) and value is pd.NA:
        return None
    if hasattr(value, "tolist"):
        value = value.tolist()
    elif isinstance(value, type({}.keys()) | type({}.values()) | range):
        value = list(value)
    return value


def _number(value):
    return isinstance(value, int | float | Fraction | Decimal) and not isinstance(value, bool)


def _finite(value):
    return not isinstance(value, float | Decimal) or (value == value and abs(value) != float("inf"))


def _close(answer, expected, decimals):
    if not _finite(answer):
        return False
    off = abs(Fraction(answer) - Fraction(expected))
    if off and isinstance(answer, float) | isinstance(expected, float):
        off -= FLOAT * abs(Fraction(expected))
    return off <= (0 if decimals is None else Fraction(10) ** -decimals / 2)


def _ways(expected):
    return {folded(word) for word in (expected.words if isinstance(expected, Either) else (expected,))}


def _same_set(answer, expected, decimals):
    missing, more = _apart(answer, expected, decimals)
    return not missing and not more


def _apart(answer, expected, decimals):
    """What a set lacks and what it has too many."""
    missing = [each for each in expected if not any(same(one, each, decimals) for one in answer)]
    more = [one for one in answer if not any(same(one, each, decimals) for each in expected)]
    return missing, more


def _same_frame(answer, expected):
    if set(answer.columns) != set(expected.columns) or len(answer) != len(expected):
        return False
    columns = list(expected.columns)
    one, other = (frame[columns].sort_values(columns).reset_index(drop=True) for frame in (answer, expected))
    return all(same(list(one[column]), list(other[column])) for column in columns)


def _wanted(expected):
    if isinstance(expected, bool):
        return bool
    if _number(expected):
        return int | float | Fraction | Decimal
    if isinstance(expected, str | Either):
        return str
    if isinstance(expected, set | frozenset):
        return set | frozenset | list | tuple
    if isinstance(expected, list | tuple):
        return list | tuple
    return type(expected)


def _type(answer, expected):
    """What kind of value is asked for, when another was given."""
    if isinstance(expected, bool):
        return "The answer is `True` or `False`.", "答案应为`True`（是）或`False`（否）。"
    if _number(expected):
        if isinstance(answer, str):
            return (
                "A number is asked for, without quotation marks, units or a percent sign.",
                "答案应为数字，不加引号、单位和百分号。",
            )
        if isinstance(answer, list) and len(answer) == 1:
            return (
                "One number is asked for: take it out of the column with `.item()`.",
                "应为一个数字：用`.item()`取出。",
            )
        return "One number is asked for.", "答案应为一个数字。"
    if isinstance(expected, str | Either):
        return (
            'A word is asked for, between quotation marks: `answer = "…"`.',
            '答案应为文字，用引号括起：`answer = "…"`。',
        )
    if isinstance(expected, set | frozenset):
        return (
            'Several are asked for, between braces: `answer = {"…", "…"}`; none is `set()`.',
            '答案应为若干项，用花括号括起：`answer = {"…", "…"}`；没有则写`set()`。',
        )
    if isinstance(expected, list | tuple):
        return 'A list is asked for: `answer = ["…", "…"]`.', '答案应为列表：`answer = ["…", "…"]`。'
    if isinstance(expected, pd.DataFrame):
        return "A table (a data frame) is asked for.", "答案应为表（数据框）。"
    return f"A {type(expected).__name__} is asked for.", f"答案应为{type(expected).__name__}。"


def _number_kind(answer, expected, decimals):
    if any(_near(answer * factor, expected) or _near(answer, expected * factor) for factor in UNITS):
        return (
            "The unit is wrong: 1 亿元 (yi) is 10,000 万元, and 1 万元 is 10,000 yuan. See which unit is asked for.",
            "单位不对：1亿元等于1万个万元，1万元等于1万个元。请看清题目要求的单位。",
        )
    if expected and (_near(answer, expected * 100) or _near(answer * 100, expected)):
        return (
            "A factor of a hundred: give a share as a part of 1 (0.5 for 50%), unless a percentage is asked for.",
            "相差一百倍：除非要求百分数，比重应写成小数（50%写作0.5）。",
        )
    if _near(-answer, expected):
        return "The sign is wrong: the two are subtracted in the wrong order.", "符号反了：减数与被减数颠倒了。"
    if answer and expected and _near(1 / answer, expected):
        return "The division is upside down: swap the two.", "除法上下颠倒了：请交换分子和分母。"
    if decimals is not None and _near(answer, expected, Fraction(1, 100)):
        more = max(decimals, 0)
        return (
            "Very close: round only at the end" + (f", and give {more} decimals." if more else "."),
            "非常接近：最后一步再四舍五入" + (f"，并保留{more}位小数。" if more else "。"),
        )
    return None


def _near(one, other, share=Fraction(1, 1000)):
    return bool(other) and abs(one - other) <= share * abs(other)


def _set_kind(answer, expected, decimals):
    missing, more = _apart(answer, expected, decimals)
    right = len(expected) - len(missing)
    return (
        f"{right} of {len(expected)} found, {len(more)} too many.",
        f"应找出{len(expected)}项，已找到{right}项，多出{len(more)}项。",
    )
