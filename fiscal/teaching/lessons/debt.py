"""Lesson 3, debt: limit, balance, bonds, ratio, and the missing denominator."""

from fractions import Fraction

from fiscal import measures
from fiscal.teaching import planted
from fiscal.teaching.case import NotStated
from fiscal.teaching.exercise import Choice, Either, Exercise, Mistake, Question, Term
from fiscal.teaching.planted import Planted

TITLE = ("Debt and the missing denominator", "政府债务与缺失的分母")
MINUTES = 40
AIMS = (
    (
        "tell a limit from a balance, and what is owed from what was borrowed this year",
        "分清限额与余额，分清累计欠债与当年举债",
    ),
    (
        "work out how much of a limit is used, and say what the unused rest does not mean",
        "算出限额使用率，并说明剩余部分不代表什么",
    ),
    ("check a ceiling for each type of debt and not only in total", "分类型核对债务是否超限，而不只看合计"),
    (
        "say why there is no debt ratio without its denominator, and what can be said all the same",
        "说明没有分母为什么就没有债务率，以及此时还能说什么",
    ),
    ("find numbers that can't be right by adding up", "通过加总核对，找出不可能正确的数字"),
)
NOTES = (
    (
        "Let the class answer “is that a lot?” aloud before anything is explained, and keep the words on the board: the"
        " last section comes back to them.",
        "先让全班大声回答“这算多吗”，再作讲解，并把大家的词留在黑板上：最后一节还会用到。",
    ),
    (
        "The hardest step is the exercise whose answer is `None`. Whoever divides by something else has understood what"
        " a ratio is; ask what that number would mean.",
        "最难的一步是答案为`None`的那道题。拿别的数去除的学生，其实已经懂得什么是比率；可以追问这样得出的数代表什么。",
    ),
    (
        "Without computers: hand out the altered page on paper. Adding up is enough.",
        "没有电脑时，可把改动页印在纸上发给学生，只需做加法。",
    ),
)
NAMES = {
    "general": Either("general", "general debt", "一般", "一般债务"),
    "special": Either("special", "special debt", "专项", "专项债务"),
}
PLANTED = Planted(("debt.",), ("above", "stale", "unit", "swapped"), seed=3)


def _use(case, kind=""):
    """Balance as a share of the limit."""
    return Fraction(case.value(f"debt.balance{kind}"), case.value(f"debt.limit.year_end{kind}"))


def _closer(case):
    """The type of debt that is closer to its limit."""
    return NAMES[max(NAMES, key=lambda kind: _use(case, f".{kind}"))]


def _further(case):
    return NAMES[min(NAMES, key=lambda kind: _use(case, f".{kind}"))]


def _left(case, kind=".general"):
    return case.value(f"debt.limit.new{kind}") - case.value(f"debt.bonds.new{kind}")


def _ratio(case):
    """The debt ratio, where its denominator is printed."""
    if not case.has("capacity.comprehensive"):
        return None
    return Fraction(case.value("debt.balance"), case.value("capacity.comprehensive"))


def _wrong_ratio(case, concept):
    if not case.value(concept):
        raise NotStated(concept)
    return Fraction(case.value("debt.balance"), case.value(concept))


def _yellow():
    """Where the first warning band begins, as a part of 1."""
    return Fraction(int(measures.thresholds("debt_ratio").at["yellow", "level_bp"]), 10_000)


EXERCISES = (
    Exercise(
        "3.1",
        (
            "How much did {place} owe at the end of {year}, in yuan? Take it from the table above:"
            " one 亿元 is a one with"
            " eight zeros.",
            "{year}年末，{place}欠了多少债，以“元”计？请从上表中取数：1亿等于1后面8个0。",
        ),
        lambda case: case.value("debt.balance"),
        (
            (
                "Three words are close to each other: limit, bonds, balance. What is owed is called the balance.",
                "有三个词容易混：限额、债券、余额。欠着的叫“余额”。",
            ),
            (
                'In code: `case.value("debt.balance")`. Or type the number with all its zeros.',
                '用代码：`case.value("debt.balance")`；也可以直接输入带全部0的数字。',
            ),
        ),
        (
            "The balance is what is owed at one moment, piled up over many years. It was not borrowed"
            " in this one year.",
            "余额是某一时点累计欠下的数额，是多年积累的，并不是这一年里借的。",
        ),
        'answer = case.value("debt.balance")',
        (
            Mistake(
                lambda case: case.value("debt.limit.year_end"),
                (
                    "That is the limit: the most that may be owed, not what is owed.",
                    "这是限额，即最多可以欠多少，不是实际欠了多少。",
                ),
            ),
            Mistake(
                lambda case: case.value("debt.bonds.new"),
                (
                    "Those are the new bonds, borrowed during the year. The debt of earlier years is still there.",
                    "这是新增债券，即当年借入的数额；以前年度的债务还在。",
                ),
            ),
        ),
    ),
    Exercise(
        "3.2",
        (
            "Which part of its debt limit had {place} used at the end of {year}? Give a part of 1"
            " with four decimals, such"
            " as `0.1234`.",
            "{year}年末，{place}的债务限额用掉了多少？写成小数，保留四位，如`0.1234`。",
        ),
        _use,
        (
            ("What is owed, divided by what may be owed.", "实际欠的，除以最多可以欠的。"),
            (
                "`balance / limit`: both totals, both at the end of the year.",
                "`balance / limit`：都用合计数，都用年末数。",
            ),
        ),
        (
            "A share shows how close the debt is to its ceiling. It does not show whether the debt is"
            " heavy: the ceiling"
            " is set by {above}, not by what the place can bear.",
            "使用率表明债务离上限有多近，不表明负担重不重：上限由{above}核定，并不等于当地的承受能力。",
        ),
        'balance = case.value("debt.balance")\nlimit = case.value("debt.limit.year_end")\nanswer = balance / limit',
        (
            Mistake(
                lambda case: Fraction(case.value("debt.balance"), case.value("debt.limit.new")),
                (
                    "You divided by the new limit of the year. A balance that grew over many years"
                    " goes with the limit at"
                    " the end of the year.",
                    "你除以的是当年新增限额。余额是多年累积的，应与年末限额相比。",
                ),
            ),
            Mistake(
                lambda case: 1 - _use(case),
                (
                    "That is the part that is not used. One less it is the answer.",
                    "这是没有用掉的部分，用1减去它才是答案。",
                ),
            ),
        ),
        decimals=4,
    ),
    Exercise(
        "3.3",
        (
            'Limits are set for each type of debt. Which type is closer to its own limit: `"general"` or `"special"`?',
            '限额是分类型核定的。哪一类债务离自己的限额更近？填`"一般"`或`"专项"`。',
        ),
        _closer,
        (
            (
                "Larger is not closer: compare shares, not amounts.",
                "数额大不等于离得近：要比的是比重，不是金额。",
            ),
            (
                "Divide each balance by the limit of the same type, as you did for the total.",
                "像刚才算合计那样，用每一类的余额除以同一类的限额。",
            ),
        ),
        (
            "A total within its limit can hide a part above its own. That is why each type is checked.",
            "合计没有超限，不等于每一类都没有超限，所以要分类型核对。",
        ),
        """
shares = {}
for kind in ("general", "special"):
    shares[kind] = case.value(f"debt.balance.{kind}") / case.value(f"debt.limit.year_end.{kind}")
answer = max(shares, key=shares.get)
""",
        (
            Mistake(
                _further,
                (
                    "The other one. If you looked at how much room is left in 亿元: compare shares.",
                    "是另一类。如果你看的是还剩多少亿元：请改比比重。",
                ),
            ),
        ),
    ),
    Exercise(
        "3.4",
        (
            "{above} set a new general debt limit for {year}. How much of it, in yuan, do the new general bonds leave?",
            "{above}下达了{year}年新增一般债务限额。减去新增一般债券后还剩多少，以“元”计？",
        ),
        _left,
        (
            (
                "Two flows of the same year and the same type: what was allowed, less what was issued.",
                "同一年、同一类型的两个数：准许的减去发行的。",
            ),
            (
                '`case.value("debt.limit.new.general") - case.value("debt.bonds.new.general")`',
                '`case.value("debt.limit.new.general") - case.value("debt.bonds.new.general")`',
            ),
        ),
        lambda case: (
            (
                "And here one must stop. The document prints its bonds without on-lent foreign loans and does not say"
                " whether the limit includes them: the rest may be such loans, or unused. The document does not say."
            )
            if "onlent" in _remark(case)
            else "What became of the rest the document does not say here: unused is one explanation, not the only one.",
            (
                "到这里就该停下。文件的债券数不含外债转贷，又没有说明限额是否包含：剩下的可能是外债转贷，"
                "也可能没有使用，文件没有说。"
            )
            if "onlent" in _remark(case)
            else "剩余部分的去向文件没有说明：没有使用只是一种解释，不是唯一的解释。",
        ),
        'answer = case.value("debt.limit.new.general") - case.value("debt.bonds.new.general")',
        (
            Mistake(
                lambda case: _left(case, ".special"),
                ("That is special debt. The question is about general debt.", "这是专项债务，题目问的是一般债务。"),
            ),
            Mistake(
                lambda case: case.value("debt.limit.year_end.general") - case.value("debt.balance.general"),
                (
                    "That is the room under the limit at the end of the year: two stocks. The"
                    " question is about the limit"
                    " and the bonds of this one year.",
                    "这是年末限额与余额之差，是两个存量；题目问的是当年的新增限额和新增债券。",
                ),
            ),
        ),
    ),
    Exercise(
        "3.5",
        (
            "What is the debt ratio of {place}: its balance divided by its comprehensive fiscal"
            " capacity? Give a part of 1"
            " with four decimals. If the document does not let you say, answer `None`.",
            "{place}的债务率（余额除以综合财力）是多少？写成小数，保留四位；如果凭这份文件算不出来，填`None`。",
        ),
        _ratio,
        (
            (
                "You need two numbers. Look for both of them in the table of figures.",
                "需要两个数字。请在数据表里把两个都找一找。",
            ),
            (
                '`case.has("capacity.comprehensive")` says whether the document prints the denominator.',
                '`case.has("capacity.comprehensive")`可以告诉你文件是否公布了分母。',
            ),
        ),
        lambda case: (
            (
                "No denominator, no ratio. A number that is not there is not zero, and it is not some"
                " other number either.",
                "没有分母，就没有债务率。没有公布的数字不等于零，也不能拿别的数字顶替。",
            )
            if _ratio(case) is None
            else (
                "This document prints its denominator, as few do. Only statutory debt is counted"
                " here, so the ratio is a lower"
                " bound.",
                "这份文件公布了分母，并不多见。这里只算法定债务，所以得到的是下限。",
            )
        ),
        """
if case.has("capacity.comprehensive"):
    answer = case.value("debt.balance") / case.value("capacity.comprehensive")
else:
    answer = None
""",
        (
            Mistake(
                _use,
                (
                    "That is the use of the limit. A limit is what may be owed, not what can be carried.",
                    "这是限额使用率。限额是准许欠多少，不是还得起多少。",
                ),
            ),
            Mistake(
                lambda case: _wrong_ratio(case, "transfers.received.general_public"),
                (
                    "You divided by the transfers received. They are a part of fiscal capacity, not"
                    " all of it: own revenue"
                    " is missing, and the ratio comes out far too high.",
                    "你除以的是上级补助。它只是综合财力的一部分，没有包括本级收入，算出来会高得离谱。",
                ),
            ),
            Mistake(
                lambda case: 0,
                (
                    "Zero would say that there is no debt. What you can't know is `None`, not zero.",
                    "填0等于说没有债务。无从知道的，应填`None`，不是0。",
                ),
            ),
        ),
        decimals=4,
    ),
    Exercise(
        "3.6",
        (
            "Turn the question round. At which comprehensive fiscal capacity, in yuan, would the"
            " balance alone just reach"
            " the yellow band? Rounding to a million yuan is fine.",
            "反过来问：综合财力是多少元时，仅债务余额就恰好达到黄色区间？精确到百万元即可。",
        ),
        lambda case: case.value("debt.balance") / _yellow(),
        (
            (
                "Ratio = balance ÷ capacity. You know the balance and you know the ratio that you want.",
                "债务率＝余额÷综合财力。余额已知，想要达到的债务率也已知。",
            ),
            (
                'Capacity = balance ÷ ratio; `level = measures.thresholds("debt_ratio").at["yellow",'
                ' "level_bp"] / 10_000`.',
                '综合财力＝余额÷债务率；`level = measures.thresholds("debt_ratio").at["yellow",'
                ' "level_bp"] / 10_000`。',
            ),
        ),
        (
            "This is honest work with a missing number: not what the ratio is, but what it would"
            " take. Whoever knows the"
            " capacity can finish the sentence.",
            "面对缺失的数字，这才是诚实的做法：不说债务率是多少，而说达到某一水平需要什么条件。知道综"
            "合财力的人自会把话说完。",
        ),
        """
level = measures.thresholds("debt_ratio").at["yellow", "level_bp"] / 10_000
answer = case.value("debt.balance") / level
""",
        (
            Mistake(
                lambda case: case.value("debt.balance") * _yellow(),
                (
                    "You multiplied. With a capacity larger than the balance the ratio is below one"
                    " hundred per cent, so"
                    " it can't be yellow.",
                    "你用了乘法。如果综合财力比余额还大，债务率就不到百分之百，不可能是黄色。",
                ),
            ),
            Mistake(
                lambda case: case.value("debt.balance"),
                (
                    "At that capacity the ratio is exactly one hundred per cent. The yellow band begins higher.",
                    "这时债务率恰好是百分之百，黄色区间的起点比这更高。",
                ),
            ),
        ),
        decimals=-6,
    ),
    planted.exercise("3.7", PLANTED),
)


def _remark(case):
    return case.row("debt.bonds.new")["remark"] if case.has("debt.bonds.new") else ""


QUIZ = (
    Question(
        (
            "A city's limit is larger than its balance. May it borrow the difference tomorrow?",
            "某市的限额大于余额，差额明天就能借吗？",
        ),
        (
            Choice(
                ("Yes: what is not used is free to use.", "能：没用完的就可以用。"),
                False,
                (
                    "Headroom is a difference of two numbers. New debt needs a new limit, handed down for the year.",
                    "剩余空间只是两个数之差。新增债务须有上级当年下达的新增限额。",
                ),
            ),
            Choice(
                ("No: new debt needs a new limit for the year.", "不能：新增债务须有当年的新增限额。"),
                True,
                ("Headroom is arithmetic, not a permission.", "剩余空间是算出来的差额，不是许可。"),
            ),
            Choice(
                ("Only if the mayor agrees.", "只要市长同意就能。"),
                False,
                (
                    "Limits are approved level by level, from the National People's Congress down; a mayor can't add to"
                    " one.",
                    "限额由全国人大批准总额后逐级下达，市长无权增加。",
                ),
            ),
        ),
    ),
    Question(
        ("What repays special debt?", "专项债务靠什么偿还？"),
        (
            Choice(
                ("Taxes in the general public budget.", "一般公共预算中的税收。"),
                False,
                ("That is general debt.", "那是一般债务。"),
            ),
            Choice(
                (
                    "Government-managed funds, such as land sales, or the revenue of its projects.",
                    "政府性基金收入（如土地出让）或项目自身的收入。",
                ),
                True,
                (
                    "So it matters which of the two a place owes: land sales can fall much faster than taxes.",
                    "所以欠的是哪一类很重要：土地出让收入可能比税收下降得快得多。",
                ),
            ),
            Choice(
                ("Transfers from the level above.", "上级转移支付。"),
                False,
                (
                    "No transfer is meant for that; debt is repaid by whoever owes it.",
                    "没有为此安排的转移支付：谁借谁还。",
                ),
            ),
        ),
    ),
    Question(
        (
            "A newspaper divides a city's balance by its transfers received and calls it the debt"
            " ratio. What is wrong?",
            "某报用债务余额除以上级补助，称之为债务率。错在哪里？",
        ),
        (
            Choice(
                ("Nothing, if it says so.", "只要写明了，就没有错。"),
                False,
                (
                    "It may be computed, but not called that: a debt ratio has another denominator,"
                    " and readers compare.",
                    "可以算，但不能叫债务率：债务率的分母另有规定，读者会拿去比较。",
                ),
            ),
            Choice(
                ("It should use the limit instead.", "应当改用限额作分母。"),
                False,
                ("That gives the use of the limit, again something else.", "那是限额使用率，又是另一回事。"),
            ),
            Choice(
                (
                    "The denominator is only a part of what can carry debt, so the result is too high.",
                    "分母只是偿债财力的一部分，结果偏高。",
                ),
                True,
                (
                    "And the document that should have printed the denominator is let off the hook.",
                    "而且本该公布分母的文件反而被放过了。",
                ),
            ),
        ),
    ),
    Question(
        (
            "General plus special debt is a little more than the printed total. What do you do first?",
            "一般债务与专项债务相加，略大于公布的合计。首先该怎么办？",
        ),
        (
            Choice(
                ("Write that the city hides debt.", "写文章说该市隐瞒债务。"),
                False,
                (
                    "A sum that fails is a question, not a verdict. It may be rounding, or a slip of the pen.",
                    "合计对不上是一个疑问，不是结论：可能是四舍五入，也可能是笔误。",
                ),
            ),
            Choice(
                (
                    "See whether rounding explains it: half a unit of the last digit for each number.",
                    "先看四舍五入能否解释：每个数字末位最多差半个单位。",
                ),
                True,
                (
                    "If it does not, ask the publisher, and quote all three numbers with their clause.",
                    "如果解释不了，就向公开单位询问，并注明三个数字及其条款。",
                ),
            ),
            Choice(
                ("Correct the total.", "把合计改过来。"),
                False,
                (
                    "Never: then nobody can see any more what was published.",
                    "绝不能改：改了就没人看得出原来公布的是什么。",
                ),
            ),
        ),
    ),
    Question(
        ("Which sentence can be said from a balance and a limit alone?", "仅凭余额和限额，可以说哪一句？"),
        (
            Choice(
                ("The city owes too much.", "这个市欠债太多。"),
                False,
                ("Too much for what? That needs a denominator.", "相对于什么太多？这需要分母。"),
            ),
            Choice(
                ("The city's debt is safe, since the limit is kept.", "没有超过限额，所以债务是安全的。"),
                False,
                (
                    "A limit says what is allowed, not what can be repaid. And it covers statutory debt only.",
                    "限额说明准许多少，不说明还得起多少，而且只管法定债务。",
                ),
            ),
            Choice(
                ("Statutory debt is within its limit.", "法定债务没有超过限额。"),
                True,
                (
                    "Modest, and true. That is what an honest sentence looks like.",
                    "话不大，但属实。诚实的句子就是这样。",
                ),
            ),
        ),
    ),
)

CONCEPTS = (
    "debt.limit.year_end",
    "debt.limit.new",
    "debt.balance",
    "debt.balance.general",
    "debt.balance.special",
    "debt.bonds.new",
    "debt.onlent_foreign",
    "debt.ratio",
    "capacity.comprehensive",
)
TERMS = (
    Term(
        ("stock and flow", "存量与流量"),
        (
            "A stock is counted at one moment (what is owed), a flow over a time (what was borrowed this year).",
            "存量在某一时点计量（欠多少），流量在一段时间内计量（当年借多少）。",
        ),
    ),
    Term(
        ("statutory debt", "法定债务"),
        (
            "Debt that the law counts as the government's: bonds and a few older loans, within the"
            " limit. What companies"
            " of the government owe is not in it.",
            "依法计入政府的债务：限额之内的政府债券和少量存量债务，不包括政府所属企业的欠债。",
        ),
    ),
    Term(
        ("headroom", "限额空间"),
        ("Limit less balance. Not a permission to borrow.", "限额减去余额。不等于可以举债。"),
    ),
    Term(
        ("denominator", "分母"),
        (
            "What a ratio divides by. Without it there is an amount, but no ratio.",
            "比率中用来除的那个数。没有分母，就只有数额，没有比率。",
        ),
    ),
)
