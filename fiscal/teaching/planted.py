"""Errors planted in the figures of a document, each found by reconciliation: teaching material, not the source."""

import random
import string
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import pandas as pd

from fiscal.figures import amounts, check
from fiscal.teaching.case import NotStated
from fiscal.teaching.exercise import Exercise

QUESTION = (
    "The page above is an altered copy: some of its numbers are wrong. Reconcile it: which sums and ceilings fail, and"
    ' which number in each of them is the wrong one? Answer with the letters of the lines, as in `{"A", "B"}`.',
    "上面是一页改动过的副本，有些数字是错的。请核对：哪些合计或上限不成立？其中哪个数字错了？"
    '用行的字母作答，如`{"A", "B"}`。',
)
HINTS = (
    (
        "`lesson.reconcile()` tries every sum and every ceiling on the altered page. A wrong number stands in each line"
        " that does not hold.",
        "`lesson.reconcile()`会在改动页上逐一核对各项合计和上限。凡不成立的关系，其中必有一个数字是错的。",
    ),
    (
        "Reconciliation tells where, the document tells which: compare the numbers of each failing line with the real"
        " figures (`lesson.case.figures`), and look for swapped digits, a wrong unit, a part that is too large.",
        "勾稽关系只说明错在哪一处，原文件才说明错的是哪一个：把不成立的各项与真实数字（`lesson.case.figures`）逐一对照，"
        "留意数字颠倒、单位写错、分项过大等情况。",
    ),
)
RIGHT = (
    "All of them. Sums tell you where to look, never by themselves which number is wrong: for that you go back to the"
    " source.",
    "全部找到。勾稽关系告诉你该看哪里，却不能单独说明哪个数字错了：要回到原文件去查。",
)


@dataclass(frozen=True)
class Planted:
    """Which errors to plant in the figures whose concepts begin with one of ``prefixes``.

    ``kinds``: of KINDS, each planted once where the figures allow it. The same ``seed`` plants the same errors.
    """

    prefixes: tuple[str, ...]
    kinds: tuple[str, ...]
    seed: int = 1

    def figures(self, case):
        """The figures of the page with the errors in them; their places in the text are left out."""
        return _altered(self, case).copy()

    def page(self, case):
        """The lines of the page: pairs of a letter and a row."""
        return list(zip(_letters(), _altered(self, case).to_dict("records"), strict=False))

    def wrong(self, case):
        """The lines whose number is not the real one."""
        real = dict(zip(case.figures["figure_id"], case.figures["value"], strict=True))
        return [(letter, row) for letter, row in self.page(case) if row["value"] != real[row["figure_id"]]]

    def names(self, case):
        """Those lines, each by every name that an answer may use. Raises NotStated if no error could be planted."""
        if not (wrong := self.wrong(case)):
            raise NotStated
        return {case.named(row["concept"], letter) for letter, row in wrong}


def exercise(number, planted, right=RIGHT, question=QUESTION):
    """The Exercise of finding the planted errors."""
    solution = """
real = lesson.case.figures.set_index("figure_id")["value"]
altered = lesson.altered.set_index("figure_id")["value"]
answer = set(altered.index[altered != real[altered.index]])
"""
    return Exercise(number, question, planted.names, HINTS, right, solution)


@cache
def _altered(planted, case):
    """The figures of the page, altered. An error is kept if reconciliation finds it, and it alone at its place."""
    figures = _page(planted.prefixes, case)
    chance = random.Random(planted.seed)
    done = set()
    for kind in planted.kinds:
        places = list(figures.index)
        chance.shuffle(places)
        for place in places:
            if figures.at[place, "figure_id"] in done:
                continue
            printed = KINDS[kind](figures, place, chance)
            if printed is None:
                continue
            tried = _with(figures, place, printed)
            if _found_apart(tried, done | {figures.at[place, "figure_id"]}):
                figures = tried
                done.add(figures.at[place, "figure_id"])
                break
    return figures


def _page(prefixes, case):
    """The printed totals under the prefixes that sentences tell, in the order of the document."""
    figures = case.figures[case.figures["concept"].str.startswith(prefixes) & (case.figures["unit"] == "yuan")]
    told = [
        case.has(row.concept) and case.row(row.concept)["figure_id"] == row.figure_id for row in figures.itertuples()
    ]
    page = figures[pd.Series(told, figures.index, dtype=bool)].reset_index(drop=True)
    page["span_start"] = page["span_end"] = pd.NA
    return page


def _with(figures, place, printed):
    number, unit = printed
    altered = figures.copy()
    altered.loc[place, ["disclosed", "disclosed_unit"]] = [number, unit]
    altered.loc[place, "value"] = amounts.exact(number, unit)
    return altered


def _found_apart(figures, wrong):
    """Whether each wrong figure stands in a relation that fails, and no such relation has two of them or none."""
    checked = check(figures)
    failed = [set(ids) & wrong for ids in checked.loc[checked["outcome"] == "discrepancy", "figure_ids"]]
    return all(len(each) == 1 for each in failed) and set().union(*failed) == wrong


def _swapped(figures, place, chance):
    """Two digits side by side change places."""
    number = figures.at[place, "disclosed"]
    swaps = [
        number[:i] + number[i + 1] + number[i] + number[i + 2 :]
        for i in range(len(number) - 1)
        if number[i] != number[i + 1] and "." not in number[i : i + 2] and not (i == 0 and number[1] == "0")
    ]
    return (chance.choice(swaps), figures.at[place, "disclosed_unit"]) if swaps else None


def _part(figures, place, chance):
    """A part that is larger than it may be for its total, by a tenth."""
    return _times(figures, place, Fraction(11, 10))


def _above(figures, place, chance):
    """A balance above its limit."""
    concept = figures.at[place, "concept"]
    if not concept.startswith("debt.balance"):
        return None
    limit = figures.loc[figures["concept"] == concept.replace("debt.balance", "debt.limit.year_end"), "value"]
    if limit.empty:
        return None
    return _times(figures, place, Fraction(int(limit.iloc[0]), int(figures.at[place, "value"])) * Fraction(21, 20))


def _unit(figures, place, chance):
    """亿元 where it should be 万元, or the other way round."""
    other = {"亿元": "万元", "万元": "亿元"}.get(figures.at[place, "disclosed_unit"])
    return (figures.at[place, "disclosed"], other) if other else None


def _stale(figures, place, chance):
    """A stock at the end of the year that is still last year's: without what was added."""
    before = {"debt.limit.year_end": "debt.limit.new", "debt.balance": "debt.bonds.new"}
    for stock, flow in before.items():
        concept = figures.at[place, "concept"]
        if concept == stock or concept.startswith(f"{stock}."):
            added = figures.loc[figures["concept"] == concept.replace(stock, flow), "value"]
            if len(added) and 0 < added.iloc[0] < figures.at[place, "value"]:
                value = int(figures.at[place, "value"])
                return _times(figures, place, Fraction(value - int(added.iloc[0]), value))
    return None


def _times(figures, place, factor):
    """The number times a factor, with as many decimals as it has."""
    number = amounts.plain(figures.at[place, "disclosed"])
    decimals = len(number.partition(".")[2])
    scaled = round(Fraction(number) * factor * 10**decimals)
    digits = str(scaled).rjust(decimals + 1, "0")
    written = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return written, figures.at[place, "disclosed_unit"]


KINDS = {"swapped": _swapped, "part": _part, "above": _above, "unit": _unit, "stale": _stale}


def _letters():
    """A, B, … Z, AA, AB, …"""
    yield from string.ascii_uppercase
    yield from (first + second for first in string.ascii_uppercase for second in string.ascii_uppercase)
