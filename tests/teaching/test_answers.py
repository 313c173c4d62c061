"""What an answer is taken for, and what is said to one that is wrong."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscal import teaching
from fiscal.errors import UnknownName
from fiscal.teaching import answers
from fiscal.teaching.exercise import Either


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_compare_exactly_in_every_type(number):
    for same in (number, Fraction(number), Decimal(number), np.int64(number), float(number)):
        assert answers.same(same, number)
    assert not answers.same(number + 1, number) or abs(number) > 10**9
    assert not answers.same(str(number), number)


@given(st.fractions(0, 1), st.integers(1, 6))
def test_a_number_may_be_off_by_half_a_unit_of_the_last_decimal_that_is_asked(share, decimals):
    step = Fraction(10) ** -decimals
    assert answers.same(share + step / 2, share, decimals)
    assert not answers.same(share + step * Fraction(51, 100), share, decimals)
    assert answers.same(round(float(share), decimals), share, decimals)


def test_whole_yuan_are_not_rounded():
    assert not answers.same(118_894_000_001, 118_894_000_000)
    assert answers.same(0.1 + 0.2, Fraction(3, 10))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (" Special ", Either("special", "专项")),
        ("专项。", Either("special", "专项")),
        ("ＡＢ", "ab"),
        (["b", "a"], {"a", "b"}),
        (pd.Series(["a", "b"]), {"a", "b"}),
        (np.array([1, 2]), [1, 2]),
        (None, None),
        (np.bool_(True), True),
        (pd.DataFrame({"b": [2, 1], "a": ["x", "y"]}), pd.DataFrame({"a": ["y", "x"], "b": [1, 2]})),
    ],
)
def test_what_counts_as_the_same(answer, expected):
    assert answers.same(answer, expected)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(1, True), (True, 1), (0, None), (None, 0), ({"a"}, {"a", "b"}), ({"a", "b", "c"}, {"a", "b"}), ([2, 1], [1, 2])],
)
def test_what_does_not(answer, expected):
    assert not answers.same(answer, expected)


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        ("118894000000", "without quotation marks"),
        (1188.94, "unit is wrong"),
        (11_889_400, "unit is wrong"),
        (-118_894_000_000, "sign is wrong"),
        ([118_894_000_000], ".item()"),
        (None, "not None"),
        (float("nan"), "One number"),
    ],
)
def test_the_kind_of_a_mistake_is_named(third, answer, word):
    verdict = teaching.check("3.1", answer)
    assert verdict.right is False
    assert word in verdict.says


@pytest.mark.parametrize(
    ("answer", "word"), [(86.12, "hundred"), (1.1612, "upside down"), (0.86, "round only at the end"), (0.8612, "")]
)
def test_the_kind_of_a_mistake_in_a_share_is_named(third, answer, word):
    verdict = teaching.check("3.2", answer)
    assert word in verdict.says
    assert verdict.right is (not word)


def test_hints_come_in_order_and_the_second_stays(third):
    said = [teaching.check("3.1", wrong).says for wrong in (5, 6, 7)]
    first, second = (third.case.said(hint, "en") for hint in third.module.EXERCISES[0].hints)
    assert first in said[0]
    assert second in said[1]
    assert said[1] == said[2]


def test_dots_ask_for_an_answer_and_show_nothing_on_a_page(third):
    assert teaching.check("3.1", ...).right is None
    assert "place of the dots" in str(teaching.check("3.1", ...))
    teaching.lesson(3, "en", edition="page")
    assert teaching.check("3.1", ...) is None


def test_a_verdict_speaks_the_language_of_the_lesson_and_marks_without_colour():
    teaching.lesson(3, "zh")
    wrong, right = teaching.check("3.1", 1), teaching.check("3.1", 118_894_000_000)
    assert "还不对" in str(wrong)
    assert "正确" in str(right)
    assert bool(right)
    assert not wrong
    assert 'lang="zh-CN"' in right._repr_mimebundle_()["text/html"]
    assert "✓" in right._repr_mimebundle_()["text/html"]


def test_a_number_that_is_not_there_lists_what_is(third):
    with pytest.raises(UnknownName, match=r"there is: 3\.1, 3\.2"):
        teaching.check("3.99", 1)
    with pytest.raises(UnknownName, match="lesson"):
        teaching.lesson(7)
    with pytest.raises(UnknownName, match="edition"):
        teaching.lesson(3, edition="book")
    with pytest.raises(UnknownName, match="language"):
        teaching.lesson(3, "de")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_whatever_is_answered_is_the_same_or_of_a_kind_or_neither(answer):
    for expected in (1, Fraction(1, 3), "a", {"a", "b"}, [1, 2], None, True):
        if not answers.same(answer, expected, 4):
            wrong = answers.kind(answer, expected, 4)
            assert wrong is None or all(wrong)
