"""Lesson 3, debt: limit, balance, bonds, ratio, and the missing denominator."""

from fractions import Fraction

from fiscal.teaching import planted
from fiscal.teaching.exercise import Choice, Exercise, Mistake, Question, Term
from fiscal.teaching.planted import Planted

TITLE = ("Debt: limit, balance and the missing denominator", "政府债务：限额、余额和缺失的分母")
MINUTES = 40
AIMS = (
    ("tell a limit from a balance, and a stock from a flow", "分清限额与余额、存量与流量"),
    (
        "say how much of a limit is used, and what unused headroom does not mean",
        "算出限额使用率，并说明剩余空间不代表什么",
    ),
    ("check a ceiling for each type of debt, not only in total", "分类型核对债务是否超限，而不只看合计"),
    (
        "say why there is no debt ratio without its denominator, and what can be said all the same",
        "说明没有分母为什么就没有债务率，以及此时还能说什么",
    ),
    ("find numbers that can't be right by adding up", "通过加总核对，找出不可能正确的数字"),
)

PLANTED = Planted(("debt.",), ("swapped", "unit", "above"), seed=3)

EXERCISES = (
    Exercise(
        "3.1",
        (
            "How much did {place} owe at the end of {year}, in yuan? Take it from the document, or from `debt`.",
            "{year}年末，{place}欠了多少债，以“元”计？可从文件中抄，也可从`debt`表中取。",
        ),
        lambda case: case.value("debt.balance"),
        (
            ("What is owed is called the balance, a stock at one moment.", "欠多少叫“余额”，是某一时点的存量。"),
            (
                'Look for the row with `item == "balance"` and `type == "total"`; its column `value_yuan` is in yuan.',
                '找`item == "balance"`且`type == "total"`的那一行，`value_yuan`列的单位是元。',
            ),
        ),
        (
            "The balance is what is owed at one moment. It is a stock: it was not borrowed in this one year.",
            "余额是某一时点欠下的数额，是存量，并不是这一年里借的。",
        ),
        "answer = debt.query(\"item == 'balance' and type == 'total'\")[\"value_yuan\"].item()",
        (
            Mistake(
                lambda case: case.value("debt.limit.year_end"),
                (
                    "That is the limit: the most that may be owed, not what is owed.",
                    "这是限额：最多可以欠多少，而不是实际欠了多少。",
                ),
            ),
            Mistake(
                lambda case: case.value("debt.bonds.new"),
                (
                    "Those are the new bonds: what was borrowed during the year. The debt of earlier years is still there.",
                    "这是新增债券：当年借入的数额。以前年度的债务还在。",
                ),
            ),
        ),
    ),
    Exercise(
        "3.2",
        (
            "Which part of its debt limit had {place} used at the end of {year}? Give a share as a part of 1, with four"
            " decimals.",
            "{year}年末，{place}的债务限额用掉了多大比重？写成小数，保留四位。",
        ),
        lambda case: Fraction(case.value("debt.balance"), case.value("debt.limit.year_end")),
        (
            ("What is owed, divided by what may be owed.", "实际欠的，除以最多可以欠的。"),
            (
                "`balance / limit`, both as totals and at the end of the year.",
                "`balance / limit`，两者都用年末合计数。",
            ),
        ),
        (
            "A share says how close to the ceiling the city is. It does not say whether the debt is heavy: the ceiling is"
            " set by {above}, not by what the city can bear.",
            "使用率说明离上限有多近，并不说明负担重不重：上限由{above}核定，而不是由承受能力决定。",
        ),
        'balance = case.value("debt.balance")\nlimit = case.value("debt.limit.year_end")\nanswer = balance / limit',
        (
            Mistake(
                lambda case: Fraction(case.value("debt.balance"), case.value("debt.limit.new")),
                (
                    "You divided by the new limit of the year. The balance has grown over many years; it goes with the"
                    " limit at the end of the year.",
                    "你除以的是当年新增限额。余额是多年累积的，应与年末限额相比。",
                ),
            ),
        ),
        decimals=4,
    ),
    planted.exercise("3.3", PLANTED),
)

QUIZ = (
    Question(
        (
            "A city's limit is larger than its balance. May it borrow the difference tomorrow?",
            "某市限额大于余额，差额明天就能借吗？",
        ),
        (
            Choice(
                ("Yes, that is what headroom means.", "可以，剩余空间就是这个意思。"),
                False,
                (
                    "New debt needs a new limit, which is handed down for the year.",
                    "新增债务须有上级当年下达的新增限额。",
                ),
            ),
            Choice(
                ("No, it needs a new limit for the year.", "不可以，须有当年的新增限额。"),
                True,
                ("Headroom is an arithmetic difference, not a permission.", "剩余空间只是一个差额，不是许可。"),
            ),
        ),
    ),
)

CONCEPTS = ("debt.limit.year_end", "debt.balance", "debt.bonds.new", "debt.ratio", "capacity.comprehensive")
TERMS = (
    Term(
        ("stock and flow", "存量与流量"),
        ("A stock is counted at one moment, a flow over a time.", "存量在某一时点计量，流量在一段时间内计量。"),
    ),
)
