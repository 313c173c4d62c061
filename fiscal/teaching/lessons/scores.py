"""Lesson 5, scores: self-evaluation and its inflation, samples, edges, grades, incentives, and two ledgers."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns

from fiscal import datasets, narrative, rules, text
from fiscal.narrative.prose import Fact, Table, say
from fiscal.plots.theme import COLOURS, INK, finish
from fiscal.teaching import decisions
from fiscal.teaching.exercise import Choice, Exercise, Mistake, Question, Term

TITLE = ("Scores: what people do when a number decides", "评分：当分数决定预算")
MINUTES = 45
AIMS = (
    ("say what follows from a self-score, and from which score on", "说出自评分数有什么后果，从多少分起"),
    ("compare self-scores with re-review, and say what the difference shows", "比较自评与复核，说明差距意味着什么"),
    ("say what a sample can tell about the whole, and what it can't", "说明抽样能说明整体的什么，不能说明什么"),
    ("find the edges where a small change moves much money", "找出一点变化就牵动大笔资金的界线"),
    ("ask of any rule what a clever unit would do", "对任何规则都追问：精明的单位会怎么做"),
    ("keep two ledgers of two years apart", "把两个年度的两笔账分开"),
)
NOTES = (
    (
        "Begin with the class itself: everyone writes down a mark for their own last piece of work, then hears that"
        " marks below 60 are read out. Who would change theirs? That is the lesson in a minute.",
        "从全班自身开始：请每人给自己最近一次作业打分，再宣布60分以下要当众念出。谁会改分？一分钟就讲完了本课。",
    ),
    (
        "Nobody has to be dishonest for scores to rise. Keep the talk on the rule and not on people; the last questions"
        " go better that way.",
        "分数上升并不需要有人作假。讨论时只说规则、不说人，最后几道题会顺利得多。",
    ),
    (
        "What was recovered and what is cut belong to two years. Let somebody add them up, and ask in which year that"
        " money could be spent.",
        "收回的资金与压减的预算分属两个年度。可让人把它们加起来，再问这笔钱能在哪一年花。",
    ),
)

SMALL = 4  # self-evaluations of a department that is made up for an exercise
REACH = 5  # points below the edge within which a clever unit would write the score that escapes it
DRAWS = range(1, 31)  # seeds of spot checks that were never made


@lru_cache(maxsize=4)
def _run(case):
    """The synthetic tables with a spot check made, and what the rules did to them."""
    tables = rules.spot_checked(datasets.tables("synthetic", case.policy.nodes), case.policy)
    return tables, rules.outcomes(tables, case.policy)


def tables(case):
    """The synthetic tables, a spot check made."""
    return _run(case)[0]


def evaluations(case):
    """Synthetic self-evaluations of the year before, with what follows; ``review_score`` only where one was"
    " sampled."""
    columns = ["project_id", "department", "budget_yuan", "self_score", "sampled", "review_score"]
    return _run(case)[1]["evaluations"][[*columns, "criticism", "adjustment", "adjustment_yuan"]]


def departments(case):
    """Synthetic departments with score, grade and both ledgers."""
    columns = ["department", "department_score", "grade", "budget_yuan", "recovered_yuan", "cut_share", "cut_yuan"]
    return _run(case)[1]["departments"][[*columns, "adjustment_yuan", "reduction_yuan"]]


def about(lesson):
    """What narratives tell from: the policy and what it did to the synthetic tables."""
    return narrative.outcome(lesson.case.policy, _run(lesson.case)[1], lesson.lang)


def sample(case):
    """The re-reviewed self-evaluations of the first department."""
    found = evaluations(case)
    first = found["department"].min()
    found = found[(found["department"] == first) & found["sampled"]]
    return found[["project_id", "department", "self_score", "review_score"]].reset_index(drop=True)


def _inflated(case):
    apart = sample(case)["self_score"] - sample(case)["review_score"]
    return Fraction(int(apart.sum()), len(apart))


def _from_everybody(case):
    """The mistake of setting all self-scores of the department against the few re-reviews."""
    found, few = evaluations(case), sample(case)
    here = found[found["department"] == few["department"][0]]
    return Fraction(int(here["self_score"].sum()), len(here)) - Fraction(int(few["review_score"].sum()), len(few))


def small():
    """The self-evaluations of a department that is made up for an exercise."""
    return pd.DataFrame({"project_id": [f"M{number}" for number in range(1, SMALL + 1)], "department": "M"})


def _drawn_from_small(case):
    return int(rules.spot_check(small(), case.policy)["sampled"].sum())


def _failing(case, column):
    """How many scores in a column are so low that the evaluation fails."""
    return int((evaluations(case)[column] < float(case.policy["failing.evaluation_below"])).sum())


def _estimate(case):
    """The best guess from the sample of how many of all would fail a re-review."""
    found = evaluations(case)
    return round(Fraction(_failing(case, "review_score") * len(found), int(found["sampled"].sum())))


@dataclass(frozen=True)
class Near:
    """A department that is good, and nearly excellent."""

    department: str
    score: float
    budget: int
    cut: int


def near(case):
    """The good department with the highest score."""
    found = departments(case)
    row = found[found["grade"] == "good"].sort_values("department_score").iloc[-1]
    return Near(row["department"], row["department_score"], int(row["budget_yuan"]), int(row["cut_yuan"]))


def _share(case, share, amount):
    return int(Fraction(share) * amount)


def _sum(case, column):
    return int(departments(case)[column].sum())


def _p(case, name, lang):
    """A parameter as it is written: a share as a percentage, a score as a number."""
    value = case.policy[name]
    return decisions.percent(value, lang) if value <= 1 else text.number(value, 0, lang)


def _asked(en, zh, **parameters):
    """A text with the values of parameters of the policy in it."""

    def words(case):
        return tuple(
            pattern.format(**{short: _p(case, name, lang) for short, name in parameters.items()})
            for lang, pattern in (("en", en), ("zh", zh))
        )

    return words


def _estimate_asked(case):
    found = evaluations(case)
    below = _p(case, "failing.evaluation_below", "en")
    few, sampled = _failing(case, "review_score"), int(found["sampled"].sum())
    return (
        f"SYNTHETIC EVALUATIONS. {sampled} of {len(found):,} were re-reviewed, and {few} of them got less than"
        f" {below}"
        f" points from the reviewers. How many of all {len(found):,} would that be? Give your best estimate, to the"
        " nearest whole number.",
        f"模拟自评。{len(found)}项自评中抽查复核了{sampled}项，其中{few}项复核低于{below}分。照此推算，"
        f"全部{len(found)}项中大约有多少项？四舍五入到整数。",
    )


def _near_asked(case):
    one = near(case)
    excellent = [_p(case, "grade.excellent_from", lang) for lang in text.LANGUAGES]
    score = text.number(Fraction(one.score), 1, "en")
    return (
        f"SYNTHETIC DEPARTMENTS. {one.department} has {score} points, and {excellent[0]} would make it excellent. Its"
        f" project budget is {decisions.yuan(one.budget, 'en')}. How many yuan more would it keep with the"
        " better grade?",
        f"模拟部门。{one.department}得{score}分，{excellent[1]}分即为优。"
        f"其项目预算为{decisions.yuan(one.budget, 'zh')}。若升一档，可以少压减多少元？",
    )


EXERCISES = (
    Exercise(
        "5.1",
        _asked(
            "SYNTHETIC EVALUATIONS. How many self-evaluations lead to a notice of criticism? Count the rows of"
            " `evaluations` whose `self_score` is low enough.",
            "模拟自评。有多少项自评会招致通报批评？数一数`evaluations`中`self_score`够低的行。",
        ),
        lambda case: int(evaluations(case)["criticism"].sum()),
        (
            ("Which score is the edge, and does the edge itself count?", "分数线是多少？恰在线上的算不算？"),
            (
                'Compare: `evaluations["self_score"] < …` gives True and False; `.sum()` counts the True ones.',
                '比较：`evaluations["self_score"] < …`得到True和False，`.sum()`数出True的个数。',
            ),
        ),
        _asked(
            "Below {criticism}, and {criticism} itself is not below. Remember who wrote these scores: the"
            " units, about"
            " their own projects.",
            "低于{criticism}分，恰为{criticism}分的不算。别忘了分数是谁打的：项目单位给自己的项目打的。",
            criticism="self_evaluation.criticism_below",
        ),
        'edge = float(policy["self_evaluation.criticism_below"])\nanswer = (evaluations["self_score"] < edge).sum()',
        (
            Mistake(
                lambda case: int(
                    (evaluations(case)["self_score"] <= float(case.policy["self_evaluation.criticism_below"])).sum()
                ),
                _asked(
                    "You counted those with exactly {criticism}, too. The rule says below {criticism}.",
                    "你把恰为{criticism}分的也算进去了。规则是“低于{criticism}分”。",
                    criticism="self_evaluation.criticism_below",
                ),
            ),
            Mistake(
                lambda case: int(evaluations(case)["adjustment"].sum()),
                _asked(
                    "Those are below {adjustment}: there the budget is adjusted, too. Criticism begins higher up.",
                    "这是低于{adjustment}分的，还要调整预算。通报批评的分数线更高。",
                    adjustment="self_evaluation.adjustment_below",
                ),
            ),
            Mistake(
                lambda case: int((~evaluations(case)["criticism"].astype(bool)).sum()),
                ("Those are the ones without criticism.", "这是不受通报批评的。"),
            ),
        ),
    ),
    Exercise(
        "5.2",
        (
            "SYNTHETIC EVALUATIONS. Look at the table `sample`. By how many points does the self-score stand"
            " above the"
            " re-review on average? One decimal is enough.",
            "模拟自评。看`sample`表：自评平均比复核高多少分？保留一位小数。",
        ),
        _inflated,
        (
            ("For each row: self-score minus re-review. Then the average.", "每一行：自评减复核。再求平均。"),
            (
                'Columns can be subtracted: `sample["self_score"] - sample["review_score"]`, then `.mean()`.',
                '两列可以直接相减：`sample["self_score"] - sample["review_score"]`，再用`.mean()`。',
            ),
        ),
        (
            "Compare like with like: the same projects, scored twice. In real life only the drawn ones can be"
            " compared.",
            "要拿同样的东西比：同一批项目，两次打分。现实中只有抽中的项目才能这样比。",
        ),
        'answer = (sample["self_score"] - sample["review_score"]).mean()',
        (
            Mistake(
                _from_everybody,
                (
                    "You set the self-scores of the whole department against the re-reviews of a few. Compare"
                    " the same"
                    " projects: those that have both.",
                    "你用全部门的自评去比少数几项的复核。应当比较同样的项目，即两种分数都有的那些。",
                ),
            ),
        ),
        decimals=1,
    ),
    Exercise(
        "5.3",
        _asked(
            f"A small department has {SMALL} self-evaluations. The spot check draws {{rate}} within each"
            " department, and"
            " at least one. How many are drawn here?",
            f"某个小部门有{SMALL}项自评。抽查按部门分层，每个部门抽{{rate}}，至少一项。这里抽几项？",
            rate="spot_check.rate",
        ),
        _drawn_from_small,
        (
            ("Can you re-review a part of a project?", "能只复核一个项目的几分之几吗？"),
            ("There is a floor in the question: “at least …”.", "题目里有个下限：“至少……”。"),
        ),
        (
            "“At least one” makes sure that nobody can be certain not to be looked at. The document gives the"
            " rate alone;"
            " that every department is looked at is our assumption.",
            "“至少一项”使任何部门都不能指望不被抽到。文件只规定了比例；每个部门都抽，是我们的假设。",
        ),
        'answer = rules.spot_check(lesson.module.small(), policy)["sampled"].sum()',
        (
            Mistake(
                lambda case: SMALL * case.policy["spot_check.rate"],
                (
                    "That is the share, and no number of projects: a project is re-reviewed or not.",
                    "这是按比例算出的数，不是项目个数：一个项目要么复核，要么不复核。",
                ),
            ),
            Mistake(
                lambda case: 0,
                (
                    "Rounded, yes. But then small departments would never be looked at, and they would know it.",
                    "按四舍五入是这样。但那样小部门就永远抽不到，而且它们自己心里清楚。",
                ),
            ),
            Mistake(
                lambda case: SMALL,
                ("That is all of them: a full review, not a spot check.", "这是全部，那就是全面复核，不是抽查了。"),
            ),
        ),
    ),
    Exercise(
        "5.4",
        _estimate_asked,
        _estimate,
        (
            ("First the share in the sample, then that share of all.", "先算样本中的占比，再用占比乘以总数。"),
            ("failing ÷ sampled × all.", "不合格数÷抽查数×总数。"),
        ),
        (
            "This is an estimate, not a count. Another draw would have given another number; the picture below"
            " shows how"
            " far apart they may lie.",
            "这是推算，不是清点。换一批抽，数字就会不同，下图显示会相差多少。",
        ),
        'below = (evaluations["review_score"] < float(policy["failing.evaluation_below"])).sum()\n'
        'answer = below / evaluations["sampled"].sum() * len(evaluations)',
        (
            Mistake(
                lambda case: _failing(case, "review_score"),
                (
                    "That is the sample alone. Those that were not drawn are no better just because nobody looked.",
                    "这只是样本里的数。没抽到的不会因为没人看就更好。",
                ),
            ),
            Mistake(
                lambda case: _failing(case, "self_score"),
                (
                    "That is what the units say of themselves, in all self-evaluations. Asked for is what"
                    " reviewers would"
                    " find.",
                    "这是全部自评中单位自己打的低分。题目问的是复核会查出多少。",
                ),
            ),
            Mistake(
                lambda case: _failing(case, "review_score") / case.policy["spot_check.rate"],
                _asked(
                    "You multiplied as if exactly {rate} had been drawn. The numbers per department are"
                    " rounded, so it was"
                    " a little different: divide by how many were really drawn.",
                    "你按恰好抽查{rate}来推算。各部门的抽查数经过取整，实际略有出入：应除以实际抽查数。",
                    rate="spot_check.rate",
                ),
            ),
        ),
        decimals=0,
    ),
    Exercise(
        "5.5",
        _near_asked,
        lambda case: near(case).cut - _share(case, case.policy["cut.excellent"], near(case).budget),
        (
            (
                "Both grades are cut. The question is about the difference of the two cuts.",
                "两档都要压减，问的是两者之差。",
            ),
            (
                "Budget × (share for good − share for excellent).",
                "预算×（良档压减比例−优档压减比例）。",
            ),
        ),
        _asked(
            "A fraction of a point decides this money. And even the best grade loses {excellent}: no department"
            " can escape"
            " the cut by being good.",
            "这笔钱取决于不到一分的差距。而且最优档也要压减{excellent}：做得再好，也躲不开压减。",
            excellent="cut.excellent",
        ),
        'good = departments[departments["grade"] == "good"].sort_values("department_score").iloc[-1]\n'
        'answer = int((policy["cut.good"] - policy["cut.excellent"]) * int(good["budget_yuan"]))',
        (
            Mistake(
                lambda case: near(case).cut,
                _asked(
                    "You let the excellent keep everything. They do not: the best grade is cut by {excellent}.",
                    "你以为优档不压减。其实优档也压减{excellent}。",
                    excellent="cut.excellent",
                ),
            ),
            Mistake(
                lambda case: _share(case, case.policy["cut.excellent"], near(case).budget),
                (
                    "That is what it would still lose with the better grade. Asked for is the difference.",
                    "这是升档后仍要压减的数额。题目问的是差额。",
                ),
            ),
            Mistake(
                lambda case: _share(case, case.policy["cut.good"] - case.policy["cut.excellent"], near(case).cut),
                (
                    "You took the difference of the shares from the cut. Both shares are of the budget.",
                    "你用比例之差乘了压减额。两个比例都以预算为基数。",
                ),
            ),
        ),
    ),
    Exercise(
        "5.6",
        (
            "SYNTHETIC DEPARTMENTS. How many yuan less do all departments get in the budget of the year after,"
            " by cuts and"
            " adjustments? The columns of `departments` have it.",
            "模拟部门。因压减和调整，各部门下一年度预算一共少安排多少元？见`departments`各列。",
        ),
        lambda case: _sum(case, "reduction_yuan"),
        (
            (
                "Which columns are of this year, which of the next? Take one of the next year.",
                "哪几列是当年的，哪几列是下一年度的？取下一年度的。",
            ),
            (
                "`reduction_yuan` already has both: the cut by grade and the adjustment for low scores.",
                "`reduction_yuan`已同时考虑按档次压减和低分调整。",
            ),
        ),
        (
            "One ledger of one year. What was recovered from projects is another: it was given, and taken back.",
            "这是一个年度的一笔账。从项目收回的是另一笔：给过，又拿回来了。",
        ),
        'answer = departments["reduction_yuan"].sum()',
        (
            Mistake(
                lambda case: _sum(case, "reduction_yuan") + _sum(case, "recovered_yuan"),
                (
                    "You added two ledgers. What was recovered left the projects this year; a cut is money that"
                    " is never"
                    " given next year. Their sum is in nobody's books.",
                    "你把两笔账加在一起了。收回的是当年从项目拿走的，压减的是下一年度不再安排的，"
                    "加起来不在任何一本账上。",
                ),
            ),
            Mistake(
                lambda case: _sum(case, "recovered_yuan"),
                (
                    "That is the other ledger: taken back from projects in the year itself.",
                    "这是另一笔账：当年从项目收回的。",
                ),
            ),
            Mistake(
                lambda case: _sum(case, "cut_yuan") + _sum(case, "adjustment_yuan"),
                (
                    "You stacked cut and adjustment. Here the larger of the two counts in each department; that is an"
                    " assumption, and yours is the alternative to it.",
                    "你把压减和调整叠加了。本课对每个部门取较大者；这是假设，你的算法是另一种可能。",
                ),
            ),
        ),
    ),
    Exercise(
        "5.7",
        (
            "In which rows is something wrong? Give the names of the departments.",
            "哪几行有错？填部门名称。",
        ),
        lambda case: set(wrong(case)),
        (
            (
                "Take each row by itself: score → grade → share → money.",
                "逐行核对：得分→档次→比例→金额。",
            ),
            (
                "An edge is an edge: a score that rounds to it has not reached it. And share × budget must give"
                " the cut.",
                "分数线就是分数线：四舍五入才够线的不算够线。还有，比例×预算应等于压减额。",
            ),
        ),
        (
            "One believed that excellence is spared, one rounded a score up to the edge, one took the cut from"
            " what was"
            " left after recovery. A total would have hidden all three.",
            "一处以为优档免压减，一处把得分四舍五入到分数线上，一处以扣除收回资金后的余额为基数。光看合计，"
            "一处也看不出来。",
        ),
        "page = lesson.module.page(case)\n"
        'differs = page["grade"].ne(page["grade_again"]) | page["cut_yuan"].ne(page["again"])\n'
        'answer = set(page.loc[differs, "department"])',
        (
            Mistake(
                lambda case: set(wrong(case)) - {near(case).department},
                (
                    "One is missing, and its money fits its grade. Does its grade fit its score?",
                    "还差一个：它的金额与档次相符，但档次与得分相符吗？",
                ),
            ),
            Mistake(
                lambda case: set(wrong(case)) - {wrong(case)[0]},
                (
                    "One is missing: an excellent department. What does the rule take from the excellent?",
                    "还差一个优档的部门。规则对优档压减多少？",
                ),
            ),
            Mistake(
                lambda case: set(wrong(case)) - {wrong(case)[2]},
                (
                    "One is missing: its share is right, and its money is not. Of what was the share taken?",
                    "还差一个：比例没错，金额不对。它是以什么为基数算的？",
                ),
            ),
        ),
    ),
)


def wrong(case):
    """The departments of the altered page whose rows are wrong: cut of zero, rounded grade, wrong base."""
    found = departments(case)
    spared = found.loc[found["grade"] == "excellent", "department"].iloc[0]
    fair = found[(found["grade"] == "fair") & (found["recovered_yuan"] > 0)]
    return spared, near(case).department, fair["department"].iloc[0]


def page(case):
    """The altered page: two or three departments of each grade, three rows wrong; what is right is beside it."""
    policy = case.policy
    spared, rounded, after = wrong(case)
    found = departments(case).astype({"grade": str})
    shown = [spared, rounded, after]
    for grade in ("excellent", "good", "fair", "poor"):
        others = found.loc[(found["grade"] == grade) & ~found["department"].isin(shown), "department"]
        shown += list(others.iloc[:2])
    rows = found[found["department"].isin(shown)].reset_index(drop=True)
    rows = rows.assign(grade_again=rows["grade"], again=rows["cut_yuan"])
    rows["cut_share"] = [policy[f"cut.{grade}"] for grade in rows["grade"]]
    for index, row in rows.iterrows():
        budget = int(row["budget_yuan"])
        if row["department"] == spared:
            rows.loc[index, ["cut_share", "cut_yuan"]] = [Fraction(0), 0]
        elif row["department"] == rounded:
            share = policy["cut.excellent"]
            rows.loc[index, ["grade", "cut_share", "cut_yuan"]] = ["excellent", share, int(share * budget)]
        elif row["department"] == after:
            rows.loc[index, "cut_yuan"] = int(row["cut_share"] * (budget - int(row["recovered_yuan"])))
    return rows


def spot(lesson):
    """The altered page as a table."""
    lang, told = lesson.lang, about(lesson)
    rows = [
        [
            row.department,
            text.number(Fraction(row.department_score), 1, lang),
            decisions.output("grade", row.grade, lesson.case.policy, lang),
            told.amount(int(row.budget_yuan), "", "III.2.3"),
            decisions.percent(row.cut_share, lang),
            text.number(int(row.cut_yuan), 0, lang),
        ]
        for row in page(lesson.case).itertuples()
    ]
    header = {
        "en": ["Department", "Score", "Grade", "Project budget", "Cut", "Cut, yuan"],
        "zh": ["部门", "得分", "档次", "项目预算", "压减比例", "压减额，元"],
    }[lang]
    caption = {"en": "Synthetic departments", "zh": "模拟部门"}[lang]
    return decisions.altered(lang, Table(caption, header, rows, numeric=[1, 3, 4, 5]))


def again(lesson):
    """The same rows computed again by the rules: what is written, what comes out; folded on a page."""
    lang = lesson.lang
    rows = []
    for row in page(lesson.case).itertuples():
        same = row.grade == row.grade_again and int(row.cut_yuan) == int(row.again)
        rows.append(
            [
                row.department,
                decisions.output("grade", row.grade_again, lesson.case.policy, lang),
                text.number(int(row.cut_yuan), 0, lang),
                text.number(int(row.again), 0, lang),
                {True: {"en": "✓ the same", "zh": "✓一致"}, False: {"en": "✗ differs", "zh": "✗不符"}}[same][lang],
            ]
        )
    header = {
        "en": ["Department", "Grade by the rules", "Written, yuan", "By the rules, yuan", ""],
        "zh": ["部门", "按规则应为", "所列，元", "按规则，元", ""],
    }[lang]
    shown = Table("", header, rows, numeric=[2, 3], short=[4])
    return decisions.folded(lesson, ("Compute it again", "重新计算"), shown)


def opening(lesson):
    """The question that comes before any explanation."""
    return say(
        lesson.lang,
        en="You run a project, and you are asked to score it yourself, from 0 to 100. Below {criticism} you are"
        " criticised in a notice that goes round all offices. Below {adjustment} next year's budget is adjusted as"
        " well. You think that your project is worth about 76. Which score do you write down?",
        zh="你负责一个项目，要给它自评打分，满分100。低于{criticism}分，通报批评；低于{adjustment}分，还要调整下一年度预算。"
        "你自己觉得项目大概值76分。你会填多少分？",
        criticism=about(lesson).parameter("self_evaluation.criticism_below"),
        adjustment=about(lesson).parameter("self_evaluation.adjustment_below"),
    )


def clever(lesson):
    """Self-scores as generated, and as they would be if all units just below the edge wrote the score on it."""
    lang, case = lesson.lang, lesson.case
    edges = [float(case.policy[f"self_evaluation.{name}_below"]) for name in ("adjustment", "criticism")]
    honest = evaluations(case)["self_score"]
    bent = honest.mask((honest < edges[1]) & (honest >= edges[1] - REACH), int(edges[1]))
    moved = int((bent != honest).sum())
    _, axes = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
    labels = {
        "en": ("as generated", f"if units within {REACH} points wrote {edges[1]:g}"),
        "zh": ("生成的数据", f"假如线下{REACH}分以内的都填{edges[1]:g}分"),
    }[lang]
    for axis, scores, label, colour in zip(
        axes, (honest, bent), labels, (COLOURS["received"], COLOURS["paid"]), strict=True
    ):
        axis.hist(scores, bins=np.arange(49.5, 100), color=colour)  # full marks are where the generator stops
        for edge in edges:
            axis.axvline(edge - 0.5, color=INK, linewidth=1, linestyle="--")
        axis.set_xlabel({"en": "self-score, points", "zh": "自评分数"}[lang])
        axis.set_title(label, fontsize=10)
        axis.grid(axis="x", visible=False)
        sns.despine(ax=axis, left=True)
    axes[0].set_ylabel({"en": "self-evaluations", "zh": "自评项数"}[lang])
    title = {
        "en": f"What bending looks like: a hole below the edge and a tower on it ({moved} scores moved)",
        "zh": f"“凑分”的样子：线下空一块，线上立一柱（改动{moved}项）",
    }[lang]
    source = {
        "en": "Synthetic evaluations: not the city's data. From 50 points, without full marks. Dashed: edges of"
        " III.2.2",
        "zh": f"模拟自评，非该市数据。只画50分以上、不含满分。虚线以下有后果（{text.clause('III.2.2', lang)}）",
    }[lang]
    finish(axes[0], title, lang, unit="", source=source)
    return axes[0]


def draws(lesson):
    """Thirty spot checks that might have been made: the mean inflation and the failing share that each would find."""
    lang, case = lesson.lang, lesson.case
    everything = tables(case)["evaluations"]
    below = float(case.policy["failing.evaluation_below"])
    found = []
    for seed in DRAWS:
        drawn = rules.spot_checked({"evaluations": everything}, case.policy, seed)["evaluations"]
        mean = rules.inflation(drawn)
        failing = (drawn["review_score"] < below).sum() / drawn["sampled"].sum() * len(drawn)
        found.append([mean.mean, mean.low, mean.high, failing])
    found = pd.DataFrame(found, columns=["mean", "low", "high", "failing"])
    truth = (everything["self_score"] - everything["review_if_sampled"]).mean()
    failed = int((everything["review_if_sampled"] < below).sum())
    covered = int(((found["low"] <= truth) & (truth <= found["high"])).sum())
    _, axes = plt.subplots(1, 2, figsize=(8, 3.8))
    number = np.arange(1, len(found) + 1)
    axes[0].vlines(number, found["low"], found["high"], color="#56b4e9", linewidth=3)
    axes[0].plot(number, found["mean"], linestyle="", marker="o", markersize=4, color=INK)
    axes[0].axhline(truth, color=COLOURS["paid"], linestyle="--")
    axes[0].set_ylim(0, 1.25 * found["high"].max())
    axes[0].set_ylabel({"en": "self-score above re-review, points", "zh": "自评高出复核，分"}[lang])
    axes[1].plot(number, found["failing"], linestyle="", marker="o", markersize=4, color=INK)
    axes[1].axhline(failed, color=COLOURS["paid"], linestyle="--")
    axes[1].set_ylim(0, 1.25 * found["failing"].max())
    axes[1].set_ylabel({"en": f"estimated to be below {below:g}, of all", "zh": f"推算低于{below:g}分的项数"}[lang])
    for axis in axes:
        axis.set_xlabel({"en": "spot check, number", "zh": "第几次抽查"}[lang])
        axis.grid(axis="x", visible=False)
        sns.despine(ax=axis, left=True)
    low, high = int(found["failing"].min()), int(found["failing"].max())
    title = {
        "en": f"{len(found)} draws: the interval holds the truth {covered} times; the estimate of failures runs from"
        f" {low} to {high} (truth: {failed})",
        "zh": f"抽{len(found)}次：区间{covered}次包含真值；不合格项数的推算从{low}到{high}（真值{failed}）",
    }[lang]
    source = {
        "en": "Synthetic evaluations: only here is the truth (dashed) known. Bars: 95% intervals",
        "zh": "模拟自评：只有在这里才知道真值（虚线）。竖条为95%置信区间",
    }[lang]
    finish(axes[0], title, lang, unit="", source=source)
    return axes[0]


def narrower(lesson):
    """The mean inflation of all, and of three departments by themselves, each with its interval."""
    lang, found = lesson.lang, evaluations(lesson.case)
    names = sorted(found["department"].unique())
    groups = [({"en": "all departments", "zh": "全部部门"}[lang], found)]
    groups += [(name, found[found["department"] == name]) for name in (names[0], names[len(names) // 2], names[-1])]
    rows = []
    for name, group in groups:
        each = rules.inflation(group)
        note = {"en": "computed from synthetic evaluations, clause III.1.5", "zh": "由模拟自评计算"}[lang]
        low, high = (text.number(Fraction(float(end)), 1, lang) for end in (each.low, each.high))
        rows.append(
            [
                name,
                str(each.sampled),
                Fact(text.number(Fraction(float(each.mean)), 1, lang), note),
                {"en": f"{low} to {high}", "zh": f"{low}至{high}"}[lang],
            ]
        )
    header = {
        "en": ["", "Re-reviewed", "Above re-review, points", "95% interval"],
        "zh": ["", "复核项数", "自评高出复核，分", "95%置信区间"],
    }[lang]
    caption = {"en": "The fewer drawn, the less is known", "zh": "抽得越少，知道得越少"}[lang]
    return Table(caption, header, rows, numeric=[1, 2, 3])


def moves(lesson):
    """What a clever unit might change, and what it is worth: made-up projects, decided by the rules before and"
    " after."""
    policy, lang = lesson.case.policy, lesson.lang
    full, half = policy["recovery.full_completion_max"], policy["recovery.half_completion_max"]
    slow, most = policy["recovery.slow_execution_max"], policy["recovery.slow_completion_max"]
    point = Fraction(1, 100)

    def shown(rate):
        return decisions.percent(rate, lang)

    told = {
        "report": ("report {1} instead of {0} completion", "完成率填{1}，不填{0}"),
        "pay": ("pay one yuan (completion {0})", "先付一元钱（完成率{0}）"),
        "finish": ("do the work: {1} instead of {0} done and spent", "真把事办了：执行和完成由{0}到{1}"),
    }
    worse = (
        {"en": "a form", "zh": "改一张表"},
        {"en": "one yuan", "zh": "花一元钱"},
        {"en": "months of work", "zh": "实干几个月"},
    )
    listed = [
        ("report", 0, ({"completion": full}, {"completion": full + point}), (full, full + point)),
        ("report", 0, ({"completion": half - point}, {"completion": half}), (half - point, half)),
        (
            "report",
            0,
            ({"execution": slow, "completion": most}, {"execution": slow, "completion": most + point}),
            (most, most + point),
        ),
        ("pay", 1, ({"completion": 4 * point * 10}, {"executed": 1, "completion": 4 * point * 10}), (40 * point, 0)),
        (
            "finish",
            2,
            ({"execution": 10 * point, "completion": 10 * point}, {"execution": half, "completion": half}),
            (10 * point, half),
        ),
    ]
    rows = []
    for what, cost, states, rates in listed:
        before, after = (
            int(
                decisions.decide([decisions.project(policy, **({"execution": 0} | state))], policy)[
                    "recovered_yuan"
                ].item()
            )
            for state in states
        )
        words = told[what][lang == "zh"].format(*map(shown, rates))
        notes = [
            Fact(decisions.yuan(n, lang), decisions.invented(policy, lang)) for n in (before, after, before - after)
        ]
        rows.append([text.capital(words, lang), worse[cost][lang], *notes])
    header = {
        "en": ["What the unit changes", "It costs", "Recovered before", "After", "Saved"],
        "zh": ["单位怎么做", "代价", "原应收回", "改后收回", "保住"],
    }[lang]
    caption = {
        "en": "What would a clever unit do? Projects of 1,000,000 yuan, made up for this page, end of May",
        "zh": "精明的单位会怎么做？为本页虚构的项目，预算各1000000元，5月底",
    }[lang]
    return Table(caption, header, rows, numeric=[2, 3, 4])


def weights(lesson):
    """Grades and cuts under other weights of the three parts of a department's score."""
    lang, case, told = lesson.lang, lesson.case, about(lesson)
    names = [f"rating.{part}_weight" for part in ("monitoring", "evaluation", "reporting")]
    chosen = tuple(case.policy[name] for name in names)
    tried = [
        chosen,
        *((Fraction(a, 10), Fraction(b, 10), Fraction(c, 10)) for a, b, c in ((6, 2, 2), (2, 6, 2), (3, 3, 4))),
    ]
    data, result = _run(case)
    first, rows = None, []
    for each in tried:
        policy = case.policy.replace(dict(zip(names, each, strict=True)))
        rated = rules.rate(data["departments"], result["monitoring"], result["evaluations"], policy)
        rated = rules.cut(rated.drop(columns=["rule", "problem"]), policy)
        grades = rated["grade"].astype(str)
        first = grades if first is None else first
        counts = grades.value_counts()
        rows.append(
            [
                " / ".join(decisions.percent(w, lang) for w in each),
                " / ".join(str(counts.get(grade, 0)) for grade in ("excellent", "good", "fair", "poor")),
                str(int((grades != first).sum())),
                told.amount(int(rated["cut_yuan"].sum()), "", "III.2.3"),
            ]
        )
    header = {
        "en": ["Weights: monitoring / evaluation / reporting", "Excellent / good / fair / poor", "Change grade", "Cut"],
        "zh": ["权重：评测/评价/上报质量", "优/良/中/差", "档次变动", "压减"],
    }[lang]
    caption = {
        "en": "Synthetic departments under weights that nobody has published; the first line is the one used here",
        "zh": "模拟部门，权重均未见公布；第一行为本课采用",
    }[lang]
    return Table(caption, header, rows, numeric=[2, 3])


QUIZ = (
    Question(
        (
            "Suppose a spot check finds that self-scores stand six points above re-review. A unit that was not"
            " drawn scored"
            " itself 82."
            " What is its real score?",
            "假设抽查发现自评平均高出复核6分。某单位没有被抽到，自评82分。它真实的分数是多少？",
        ),
        (
            Choice(
                ("76: 82 minus six.", "76分，82减6。"),
                False,
                (
                    "Six is an average over many. A single unit may be honest, or twice as generous.",
                    "6分是很多项的平均。单独一个单位，可能很实在，也可能高出更多。",
                ),
            ),
            Choice(
                ("82: it was not drawn, so it stands.", "82分，没抽到就算数。"),
                False,
                (
                    "It stands in the books. That nobody looked does not make it true.",
                    "在账面上算数。没人看过，不等于属实。",
                ),
            ),
            Choice(
                ("Nobody knows: an average says nothing certain about one.", "不知道：平均数不能确定某一个的情况。"),
                True,
                (
                    "A sample speaks of the whole. Whoever wants to know this one has to look at this one.",
                    "样本说明的是整体。想知道这一个，只能去看这一个。",
                ),
            ),
        ),
    ),
    Question(
        (
            "A department is graded excellent. What happens to its budget of the year after?",
            "某部门评为“优”，下一年度预算会怎样？",
        ),
        (
            Choice(
                ("Nothing: it is excellent.", "不变，因为是优。"),
                False,
                (
                    "The document names a cut for every grade, the best included.",
                    "文件对每一档都规定了压减，优档也不例外。",
                ),
            ),
            Choice(
                ("It gets more.", "会增加。"),
                False,
                (
                    "The money cut is pooled for livelihood projects; the document says nothing of a reward.",
                    "压减的资金统筹用于重大民生项目，文件没有提到奖励。",
                ),
            ),
            Choice(
                _asked("It is cut by {excellent}.", "压减{excellent}。", excellent="cut.excellent"),
                True,
                (
                    "The grade decides how much is lost, not whether. Think about what that does to effort at the top.",
                    "档次决定压减多少，而不是压不压减。想一想，这对做得最好的部门意味着什么。",
                ),
            ),
        ),
    ),
    Question(
        (
            "A city recovered money from projects in one year, and cut departments' budgets of the next. A"
            " newspaper adds"
            " both and writes “saved”. What is wrong?",
            "某市当年从项目收回一笔资金，又压减了下一年度部门预算。有报道把两者相加，称“节约”若干。错在哪里？",
        ),
        (
            Choice(
                (
                    "Two years and two kinds: one was taken back, the other never given; and neither was saved,"
                    " both are"
                    " pooled for other projects.",
                    "两个年度，两种性质：一笔是收回，一笔是不再安排；况且都没有省下来，而是统筹用于其他项目。",
                ),
                True,
                ("Two ledgers, never added up.", "两笔账，不可相加。"),
            ),
            Choice(
                ("Nothing, if the numbers are right.", "数字没错就行。"),
                False,
                (
                    "Right numbers can make a wrong sum: these two are of different years and different kinds.",
                    "数字都对，加起来也可能错：两者年度不同，性质不同。",
                ),
            ),
            Choice(
                ("The cut has to be subtracted instead.", "应该相减，而不是相加。"),
                False,
                ("A difference of the two means just as little.", "相减同样没有意义。"),
            ),
        ),
    ),
    Question(
        (
            "Which remedy makes it less attractive to write 80 instead of 79?",
            "哪种办法能让人不那么想把79分写成80分？",
        ),
        (
            Choice(
                ("Raise the edge to 85.", "把分数线提高到85分。"),
                False,
                (
                    "Then 84 becomes the unlucky score. The tower moves, it does not go.",
                    "那84分就成了倒霉分，柱子只是挪个地方。",
                ),
            ),
            Choice(
                (
                    "Re-review, with a consequence for the distance between the two scores; and steps instead"
                    " of one cliff.",
                    "开展抽查复核，并让两个分数的差距本身有后果；把一道陡坎改成几级台阶。",
                ),
                True,
                (
                    "What pays is then to be close to what reviewers would find. Both remedies cost something, too.",
                    "这样一来，分数贴近复核结果才划算。当然，这两种办法也都有成本。",
                ),
            ),
            Choice(
                ("Ask units to be honest.", "要求各单位如实填报。"),
                False,
                (
                    "Most are. A rule that costs the honest and spares the others teaches all of them something.",
                    "多数单位本来就如实。老实的吃亏、不老实的没事，这样的规则会教坏所有人。",
                ),
            ),
        ),
    ),
)

CONCEPTS = ("performance.spot_check.rate",)
TERMS = (
    Term(
        ("self-evaluation", "绩效自评"),
        (
            "The unit that ran a project scores it after the year has ended.",
            "年度终了后，由项目单位对项目绩效自行评分。",
        ),
    ),
    Term(
        ("re-review", "抽查复核"),
        (
            "Third parties and experts score some of the projects again.",
            "引入第三方机构和专家，对部分自评结果重新评分。",
        ),
    ),
    Term(
        ("inflation of scores", "自评虚高"),
        ("How far self-scores stand above re-review, on average.", "自评分数平均高出复核分数多少。"),
    ),
    Term(
        ("stratified sample", "分层抽样"),
        (
            "A sample that is drawn within each group, so that no group is left out.",
            "在每个组内分别抽取，使每个组都不被遗漏。",
        ),
    ),
    Term(
        ("confidence interval", "置信区间"),
        (
            "A range around an estimate; of a hundred such ranges about ninety-five hold the truth (at 95%).",
            "估计值附近的一个范围；按95%计，一百个这样的范围中约有九十五个包含真值。",
        ),
    ),
    Term(
        ("cliff", "断崖（陡坎）"),
        ("An edge at which a small difference changes much.", "差一点点，结果就大不相同的界线。"),
    ),
    Term(
        ("notice of criticism", "通报批评"),
        (
            "A notice that names the unit and is circulated; the document does not say that it is published.",
            "在一定范围内点名批评；文件未说明是否向社会公开。",
        ),
    ),
    Term(
        ("cut", "压减"),
        (
            "A part of the budget that is not given in the following year.",
            "下一年度预算中不再安排的部分。",
        ),
    ),
    Term(
        ("incentive", "激励"),
        ("What a rule makes it worth while to do.", "规则使人觉得怎么做才划算。"),
    ),
)
