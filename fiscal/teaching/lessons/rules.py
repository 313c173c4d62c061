"""Lesson 4, rules: a decision table read, walked through, doubted, proved and moved; beside it another rule book."""

from fractions import Fraction
from functools import lru_cache

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns

from fiscal import narrative, rules, text
from fiscal.errors import InputError
from fiscal.narrative.prose import Fact, Table
from fiscal.plots.theme import COLOURS, finish
from fiscal.teaching import decisions
from fiscal.teaching.exercise import Choice, Exercise, Mistake, Question, Term

TITLE = ("Rules: who loses money, and by which row", "规则：谁的资金被收回，依据哪一行")
MINUTES = 45
AIMS = (
    ("read one row of a decision table and say what it does to a project", "读懂判定表的一行，说出它对项目意味着什么"),
    ("tell an edge that is included from one that is not", "分清界线上的数含在内还是不含在内"),
    ("tell percentage points from percent", "分清“百分点”与“百分之几”"),
    ("say what a gap or an overlap in a set of rules would do", "说明规则出现空缺或重叠会有什么后果"),
    ("move a threshold and see whose money moves", "移动一条界线，看谁的资金随之变动"),
    ("tell what a text states from how it was read and from what was assumed", "分清文件载明的、解释的和假设的"),
)
NOTES = (
    (
        "Have the first two projects decided by show of hands, from the sentences alone. The class will disagree; the"
        " table is the answer to that.",
        "先只凭文字，让全班举手判定最初的两个项目。大家的意见会不一致，判定表正是由此而来。",
    ),
    (
        "Percent and percentage points: write 20% and 30% side by side and ask by how much the second is more. Both"
        " answers are right, and a rule has to say which it means.",
        "百分点与百分之几：并排写下20%和30%，问后者多多少。两种回答都对，而规则必须说清是哪一种。",
    ),
    (
        "The projects are made up, and students forget it as soon as they see a sum of money. Ask for the word"
        " “synthetic” in every sentence that has such a number.",
        "项目是模拟的，学生一看到金额就会忘记。凡用到这类数字的句子，都要求说出“模拟”二字。",
    ),
)

# A project of the exercise on deviation: both rates are our own choice.
EXECUTION, COMPLETION = Fraction(40, 100), Fraction(55, 100)
PAIR = Fraction(40, 100)  # completion of the two projects that differ by one yuan
STRICTER = {"deviation": Fraction(15, 100), "full": Fraction(20, 100)}
READINGS = "zero_or_slow", "zero", "deviation_only"  # from the widest reading of abnormal progress to the narrowest
LETTERS = "ABCD"  # of the copies of a table


def _row(case, **given):
    """The number of the row of the recovery table that decides a project made up for an exercise."""
    return decisions.numbers(case.policy, "recovery")[_decided(case, **given)["rule"]]


def _recovered(case, **given):
    return int(_decided(case, **given)["recovered_yuan"])


def _decided(case, **given):
    return decisions.decide([decisions.project(case.policy, **given)], case.policy).iloc[0]


def _shown(case, name, lang):
    return decisions.percent(case.policy[name], lang)


def _asked(en, zh, **parameters):
    """A text with the values of parameters of the policy in it."""

    def words(case):
        return tuple(
            pattern.format(**{short: _shown(case, name, lang) for short, name in parameters.items()})
            for lang, pattern in (("en", en), ("zh", zh))
        )

    return words


def both_nodes(case, policy=None):
    """What is recovered at both nodes from a project that stays idle, completion on the edge of slow: a frame."""
    policy = policy or case.policy
    idle = [
        decisions.project(policy, 0, policy["recovery.slow_completion_max"], node=node) | {"project_id": "idle"}
        for node in policy.nodes
    ]
    return decisions.decide(idle, policy)


@lru_cache(maxsize=16)
def _sweep(case, parameter, *values):
    return rules.sweep(case.policy, parameter, list(values), case.projects)


def _moved(case, parameter, values, column):
    """How far a column of a sweep moves between two values of a parameter."""
    first, second = _sweep(case, parameter, *values)[column]
    return int(second) - int(first)


def _by_deviation(case, column):
    edges = [case.policy["warning.deviation_max"], STRICTER["deviation"]]
    return _moved(case, "warning.deviation_max", edges, column)


def swept(case):
    """A sweep of the reading of abnormal progress over the synthetic projects."""
    return _sweep(case, "progress.reading", *READINGS).copy()


def _swept(case, reading):
    return int(swept(case).set_index("value")["recovered_yuan"][reading])


def _resting(case, lang):
    """Which share of what is recovered rests on the reading of abnormal progress."""
    most = _swept(case, READINGS[0])
    return text.percent(Fraction(most - _swept(case, READINGS[-1]), most), lang, 0)


EXERCISES = (
    Exercise(
        "4.1",
        _asked(
            "At the end of May a project has spent nothing and reports {slow} of its objectives as completed. Its"
            " progress is abnormal, so it is warned. Which row of the recovery table decides? Answer with the"
            " number of"
            " the row.",
            "5月底，某项目分文未支出，自报绩效目标完成{slow}，执行进度不正常，因此预警。"
            "收回资金由判定表的第几行决定？填行号。",
            slow="recovery.slow_completion_max",
        ),
        lambda case: _row(case, execution=0, completion=case.policy["recovery.slow_completion_max"]),
        (
            (
                "Go down the rows. In each row all cells must hold at once.",
                "逐行往下看：同一行的各个条件要同时成立。",
            ),
            (
                "Look at the execution rate first: nothing was spent. Then look at the completion.",
                "先看预算执行率：分文未支出，是零。再看完成率落在哪一段。",
            ),
        ),
        (
            "You did by hand what the computer does: one row, all of its conditions at once. Exactly one row"
            " fits each"
            " case; that is what makes a list of sentences a decision table.",
            "你刚刚手工做了计算机要做的事：一行的条件同时成立才算数。每种情形恰好有一行适用，"
            "这正是判定表与普通条文的区别。",
        ),
        'row = decisions.project(policy, execution=0, completion=policy["recovery.slow_completion_max"])\n'
        'rule = rules.explain(row, policy).outcome["rule"]\n'
        'answer = decisions.numbers(policy, "recovery")[rule]',
        (
            Mistake(
                lambda case: _row(case, executed=1, completion=case.policy["recovery.slow_completion_max"]),
                _asked(
                    "That row has {slow} in it, but it begins above zero: for projects that have spent"
                    " something. Yours"
                    " has spent nothing.",
                    "这一行确实写着{slow}，但它要求执行率大于零，针对的是已经有支出的项目。本题的项目分文未支出。",
                    slow="recovery.slow_completion_max",
                ),
            ),
            Mistake(
                lambda case: _row(case, execution=0, completion=0),
                _asked(
                    "Nothing was spent, that is right. But this row stops at {full} completion.",
                    "执行率为零，没错。但这一行只管到完成率{full}为止。",
                    full="recovery.full_completion_max",
                ),
            ),
            Mistake(
                lambda case: _row(case, execution=0, completion=case.policy["recovery.half_completion_max"]),
                _asked(
                    "This row begins at {half} completion. Yours is below.",
                    "这一行从完成率{half}开始，本题还没到。",
                    half="recovery.half_completion_max",
                ),
            ),
        ),
    ),
    Exercise(
        "4.2",
        _asked(
            "Another project has spent nothing of its 1,000,000 yuan. It reports exactly {half} of its objectives as"
            " completed. How many yuan are recovered?",
            "另一个项目预算1000000元，分文未支出，自报绩效目标完成率恰好是{half}。收回多少元？",
            half="recovery.half_completion_max",
        ),
        lambda case: _recovered(case, execution=0, completion=case.policy["recovery.half_completion_max"]),
        (
            (
                "The number stands exactly on an edge. To which side does the edge belong?",
                "这个数恰好落在界线上。界线本身归哪一边？",
            ),
            (
                "Read the cells of rows 2 and 4 word by word: one says “below”, the other “or more”.",
                "逐字对照第2行和第4行：一行写“小于”，一行写“大于等于”。",
            ),
        ),
        _asked(
            "The document says below {half}, so {half} itself is outside: warned, and nothing is taken. With one"
            " hundredth of a percentage point less it would have been half of the money.",
            "文件写的是“小于{half}”，所以{half}本身不在内：只预警，不收回。完成率哪怕低0.01个百分点，就要收回一半。",
            half="recovery.half_completion_max",
        ),
        'row = decisions.project(policy, execution=0, completion=policy["recovery.half_completion_max"])\n'
        'answer = rules.explain(row, policy).outcome["recovered_yuan"]',
        (
            Mistake(
                lambda case: _recovered(
                    case, execution=0, completion=case.policy["recovery.half_completion_max"] - Fraction(1, 10_000)
                ),
                _asked(
                    "You took the edge as included. This one is not: the row says below {half}, and {half} is"
                    " not below"
                    " {half}.",
                    "你把界线当成含在内了。这条界线不含：条文是“小于{half}”，而{half}并不小于{half}。",
                    half="recovery.half_completion_max",
                ),
            ),
            Mistake(
                lambda case: _recovered(case, execution=0, completion=0),
                _asked(
                    "Everything is recovered only up to {full} completion.",
                    "完成率不超过{full}才全部收回。",
                    full="recovery.full_completion_max",
                ),
            ),
        ),
    ),
    Exercise(
        "4.3",
        (
            f"A project has spent {EXECUTION * 100}% of its budget and completed {COMPLETION * 100}% of its"
            " objectives. By"
            " how many percentage points do the two deviate? Give the number of points.",
            f"某项目预算执行率{EXECUTION * 100}%，绩效目标完成率{COMPLETION * 100}%。两者偏差多少个百分点？"
            "填百分点数。",
        ),
        lambda case: abs(EXECUTION - COMPLETION) * 100,
        (
            ("Points are what you get when you subtract.", "百分点是两个比率直接相减得到的。"),
            ("The larger rate minus the smaller one; nothing is divided.", "大的减小的，不用除。"),
        ),
        _asked(
            "Points come from subtracting, percent from dividing. The document says that they “deviate by more"
            " than {most}”"
            " and does not say which. We read it as points, and mark that as our reading.",
            "百分点由相减得来，百分之几由相除得来。文件只说“偏差大于{most}”，没有说是哪一种。我们理解为百分点，"
            "并标明这是解释。",
            most="warning.deviation_max",
        ),
        f"answer = {COMPLETION * 100} - {EXECUTION * 100}",
        (
            Mistake(
                lambda case: abs(EXECUTION - COMPLETION) / COMPLETION * 100,
                (
                    "You divided: that is how far execution is behind, in percent of completion. Points are only"
                    " subtracted. Keep your number, it is needed below.",
                    "你做了除法：这是执行率比完成率低百分之几。百分点只需相减。这个数先留着，下面用得上。",
                ),
            ),
            Mistake(
                lambda case: abs(EXECUTION - COMPLETION) / EXECUTION * 100,
                (
                    "You divided by the execution rate: by how many percent completion is ahead. Points are only"
                    " subtracted.",
                    "你除以了执行率：这是完成率比执行率高百分之几。百分点只需相减。",
                ),
            ),
            Mistake(
                lambda case: abs(EXECUTION - COMPLETION),
                (
                    "As a part of 1 that is right. In percentage points it is a hundred times that number.",
                    "写成小数是对的；换成百分点要乘以100。",
                ),
            ),
        ),
        decimals=1,
    ),
    Exercise(
        "4.4",
        (
            "SYNTHETIC PROJECTS. How many yuan of the money recovered rest on the reading “nothing executed, or"
            " slow”?"
            " Take what is recovered with it, minus what is recovered if abnormal means nothing of its own and"
            " only the"
            " deviation counts. `swept` has both.",
            "模拟项目。收回的资金中，有多少元取决于把“不正常”理解为“未执行或执行缓慢”？"
            "用按这一理解收回的数额，减去“不单独判断，只看偏差”时收回的数额。两个数都在`swept`中。",
        ),
        lambda case: _swept(case, "zero_or_slow") - _swept(case, "deviation_only"),
        (
            ("Two rows of `swept`, the column `recovered_yuan`.", "取`swept`的两行，看`recovered_yuan`列。"),
            (
                "The first row is the reading used here, the last row is deviation alone. First minus last.",
                "第一行是本课采用的理解，最后一行是只看偏差。第一行减最后一行。",
            ),
        ),
        lambda case: (
            f"One word that the document leaves undefined decides {_resting(case, 'en')} of the money recovered here."
            " Whoever quotes the total must quote the assumption with it.",
            f"文件没有界定的一个词，决定了这里收回资金的{_resting(case, 'zh')}。引用总数时，必须连同这一假设一起引用。",
        ),
        'money = swept.set_index("value")["recovered_yuan"]\nanswer = money["zero_or_slow"] - money["deviation_only"]',
        (
            Mistake(
                lambda case: _swept(case, "zero_or_slow") - _swept(case, "zero"),
                (
                    "You compared with “nothing executed”, the reading in between. Asked for is the last row:"
                    " deviation"
                    " alone.",
                    "你比较的是“未执行”这一中间理解。题目问的是最后一行：只看偏差。",
                ),
            ),
            Mistake(
                lambda case: _swept(case, "zero_or_slow"),
                (
                    "That is all the money recovered here. Some of it would be recovered under any reading: subtract"
                    " that.",
                    "这是收回资金的全部。其中一部分按哪种理解都会收回，应当减去。",
                ),
            ),
            Mistake(
                lambda case: _swept(case, "deviation_only"),
                (
                    "That is what is recovered without the assumption. Asked for is what it adds.",
                    "这是不作该假设时收回的数额。题目问的是该假设带来的部分。",
                ),
            ),
        ),
    ),
    Exercise(
        "4.5",
        _asked(
            "A project with a budget of 1,000,000 yuan spends nothing all year and reports {slow} completion,"
            " at the end"
            " of May and again at the end of September. How many yuan does it lose in all?",
            "某项目预算1000000元，全年分文未支出，5月底和9月底自报完成率都是{slow}。两次合计收回多少元？",
            slow="recovery.slow_completion_max",
        ),
        lambda case: int(both_nodes(case)["recovered_yuan"].sum()),
        (
            (
                "In May half of the budget goes. What is the project's budget after that?",
                "5月收回一半。此后这个项目的预算还剩多少？",
            ),
            ("In September half is taken again: half of what is left.", "9月再收回一半，是余额的一半。"),
        ),
        (
            "Half, and half of what is left. Whether September counts from what is left or from the first budget the"
            " document does not say: that is a reading, too, and it is marked so.",
            "先收一半，再收余额的一半。9月以余额还是以批复预算为基数，文件没有写明：这同样是一种解释，并已标明。",
        ),
        'slow = policy["recovery.slow_completion_max"]\n'
        'idle = [decisions.project(policy, 0, slow, node=node) | {"project_id": "idle"} for node in policy.nodes]\n'
        'answer = decisions.decide(idle, policy)["recovered_yuan"].sum()',
        (
            Mistake(
                lambda case: int(
                    both_nodes(case, case.policy.replace({"recovery.base": "approved"}))["recovered_yuan"].sum()
                ),
                (
                    "Half plus half of the first budget: that is the other reading, in which September also"
                    " counts from"
                    " the approved budget. Here it counts from what is left.",
                    "两次都按批复预算的一半：这是另一种解释。本课采用的是9月以余额为基数。",
                ),
            ),
            Mistake(
                lambda case: int(both_nodes(case)["recovered_yuan"].iloc[0]),
                (
                    "That is May alone. In September the same row fits again.",
                    "这只是5月的。到9月，同一行再次适用。",
                ),
            ),
            Mistake(
                lambda case: decisions.BUDGET - int(both_nodes(case)["recovered_yuan"].sum()),
                ("That is what the project keeps.", "这是项目留下的，不是收回的。"),
            ),
        ),
    ),
    Exercise(
        "4.6",
        (
            f"SYNTHETIC PROJECTS. The edge of the deviation moves to {STRICTER['deviation'] * 100} points. How"
            " many more"
            " projects are warned than under the rule as it stands? `moved` has a row for each edge.",
            f"模拟项目。偏差的界线改为{STRICTER['deviation'] * 100}个百分点，与现行规则相比，"
            "预警项目增加多少个？`moved`中每条界线一行。",
        ),
        lambda case: _by_deviation(case, "warned_projects"),
        (
            ("“How many more” is a difference of two rows.", "“增加多少”是两行之差。"),
            (
                "Use `warned_projects`: there a project that is warned in May and in September counts once.",
                "用`warned_projects`列：5月和9月都预警的项目只算一个。",
            ),
        ),
        (
            "Many more are warned. Now look at the column `recovered_yuan`: not one yuan moves. The deviation puts"
            " projects under watch; money is taken by other edges.",
            "预警项目多了不少。再看`recovered_yuan`列：一元钱也没有动。偏差只决定谁被重点关注，"
            "收不收钱由别的界线决定。",
        ),
        'warned = moved.set_index("value")["warned_projects"]\n'
        f'answer = warned[{float(STRICTER["deviation"])}] - warned[float(policy["warning.deviation_max"])]',
        (
            Mistake(
                lambda case: int(
                    _sweep(case, "warning.deviation_max", STRICTER["deviation"])["warned_projects"].item()
                ),
                (
                    "That is how many are warned then, in all. Asked for is how many more.",
                    "这是改动后的预警项目总数。题目问的是增加了多少。",
                ),
            ),
            Mistake(
                lambda case: _by_deviation(case, "warned"),
                (
                    "You counted warnings. A project can be warned twice, in May and in September; count projects.",
                    "你数的是预警次数。同一项目5月、9月可能两次预警；应当数项目。",
                ),
            ),
        ),
    ),
    Exercise(
        "4.7",
        (
            "Which copies do not say what the document says? Give their letters.",
            "哪几份抄件与文件不符？填字母。",
        ),
        lambda case: {letter for letter in LETTERS if copies(case.policy)[letter] != _original(case.policy)},
        (
            (
                "Take each edge in turn, and ask where the number itself belongs: to one row, to two, to none?",
                "逐条界线看：界线上的那个数，归一行、归两行，还是没有行管？",
            ),
            (
                "A copy can be without gap or overlap, and still be wrong: compare its numbers with the original.",
                "没有空缺也没有重叠的抄件，仍然可能抄错：把数字与原表逐一对照。",
            ),
        ),
        (
            "Two of them the proof finds by itself: an overlap, a gap. The third is a perfectly sound table of other"
            " rules. Only the source can tell that it is wrong: a proof replaces no reading.",
            "其中两份由证明自动查出：一份重叠，一份空缺。第三份本身无懈可击，只是写成了另一套规则，"
            "唯有对照原文才能发现：证明代替不了阅读。",
        ),
        "original = decisions.taught(policy, 'recovery')\n"
        "answer = {letter for letter, copy in lesson.module.copies(policy).items() if copy != original}",
        (
            Mistake(
                lambda case: {letter for letter in LETTERS if copies(case.policy)[letter].fault()},
                (
                    "Those two have a gap or an overlap; the proof finds them. There is one more that is complete and"
                    " disjoint, and has another number in it.",
                    "这两份有空缺或重叠，证明能查出。另有一份既完整又不重叠，但数字抄错了。",
                ),
            ),
            Mistake(
                lambda case: set(LETTERS),
                ("One of them is faithful.", "其中有一份是准确的。"),
            ),
        ),
    ),
)


def _original(policy):
    return decisions.taught(policy, "recovery")


def copies(policy):
    """Four copies of the recovery table, by letter: an overlap, a moved edge, a faithful one, a gap."""
    original = _original(policy)
    moved = float(policy["recovery.slow_completion_max"]) + 0.05
    shifted = decisions.edited(original, "half_slow", "completion", f"<= {moved:g}", policy)
    return {
        "A": decisions.edited(
            original, "half_idle", "completion", "[full_completion_max..half_completion_max)", policy
        ),
        "B": decisions.edited(shifted, "watch_slow", "completion", f"> {moved:g}", policy),
        "C": original,
        "D": decisions.edited(original, "watch_idle", "completion", "> half_completion_max", policy),
    }


def spot(lesson):
    """The four copies side by side: what each asks of completion in each row."""
    policy, lang = lesson.case.policy, lesson.lang
    original = _original(policy)
    columns = {each.name: (position, each) for position, each in enumerate(original.inputs)}
    rows = []
    for number, rule in enumerate(original.rules):
        spent = decisions.said(rule.cells[columns["execution"][0]], columns["execution"][1], policy, lang)
        position, column = columns["completion"]
        copied = [each.rules[number].cells[position] for each in copies(policy).values()]
        rows.append([str(number + 1), spent, *(decisions.said(cell, column, policy, lang) for cell in copied)])
    pattern = {"en": "Copy {}", "zh": "抄件{}"}[lang]
    spent = text.capital(columns["execution"][1].label[lang], lang)
    header = [{"en": "Row", "zh": "行"}[lang], spent, *map(pattern.format, LETTERS)]
    caption = {"en": "What each copy asks of completion", "zh": "各抄件对完成率的要求"}[lang]
    return decisions.altered(lang, Table(caption, header, rows))


def tried(lesson, changes):
    """Whether the rule book can be loaded with other values of parameters, and if not, what the proof has found."""
    lang = lesson.lang
    try:
        lesson.case.policy.replace(changes)
    except InputError as error:
        return narrative.prose.say(lang, en="Refused: {why}.", zh="拒绝载入：{why}。", why=error.said[lang])
    return narrative.prose.say(lang, en="Accepted: no gap, no overlap.", zh="可以载入：无空缺，无重叠。")


def proof(lesson):
    """What the proof says of each copy, and what comparing with the original adds; folded on a page."""
    policy, lang = lesson.case.policy, lesson.lang
    rows = []
    for letter, copy in copies(policy).items():
        found = decisions.fault(copy, policy, lang)
        sound = {"en": "No gap, no overlap.", "zh": "无空缺，无重叠。"}[lang]
        same = {
            True: {"en": "same as the original", "zh": "与原表一致"},
            False: {"en": "differs from the original", "zh": "与原表不同"},
        }[copy == _original(policy)][lang]
        rows.append([letter, found or sound, same])
    header = {"en": ["Copy", "The proof", "Compared"], "zh": ["抄件", "证明", "对照"]}[lang]
    return decisions.folded(lesson, ("What the proof says", "证明结果"), Table("", header, rows, short=[0]))


def about(lesson):
    """What narratives tell from: the policy and the synthetic projects, in the lesson's language."""
    return narrative.outcome(lesson.case.policy, {"monitoring": lesson.case.monitoring}, lesson.lang)


def opening(lesson):
    """The question that comes before any explanation."""
    return narrative.prose.say(
        lesson.lang,
        en="Two projects have a budget of {budget} each, and each reports {done} of its objectives as completed. At the"
        " end of May one of them has spent nothing. The other has spent one yuan. What should happen to the money of"
        " each?",
        zh="两个项目，预算各为{budget}，自报绩效目标完成率都是{done}。5月底，一个分文未支出，另一个支出了一元。"
        "两个项目的资金各应如何处理？",
        budget=decisions.yuan(decisions.BUDGET, lesson.lang),
        done=decisions.percent(PAIR, lesson.lang),
    )


def pair(lesson):
    """The two projects of the opening question, decided."""
    policy = lesson.case.policy
    projects = [decisions.project(policy, executed=yuan, completion=PAIR) for yuan in (0, 1)]
    caption = {"en": "Two projects that were made up for this page", "zh": "为本页虚构的两个项目"}[lesson.lang]
    return decisions.decided(projects, policy, lesson.lang, caption)


def edges(lesson):
    """Projects on each edge of the recovery table, just below and just above it."""
    policy, step = lesson.case.policy, Fraction(1, 10_000)
    full, half = policy["recovery.full_completion_max"], policy["recovery.half_completion_max"]
    slow, most = policy["recovery.slow_execution_max"], policy["recovery.slow_completion_max"]
    projects = [decisions.project(policy, 0, edge) for edge in (full, full + step, half - step, half)]
    executed = int(slow * decisions.BUDGET)
    projects += [decisions.project(policy, executed=executed + more, completion=most) for more in (0, 1)]
    projects += [decisions.project(policy, executed=executed, completion=most + step)]
    caption = {
        "en": "On the edge and a hair beside it: projects made up for this page, at the end of May",
        "zh": "恰在界线上与仅差一点：为本页虚构的项目，5月底",
    }[lesson.lang]
    return decisions.decided(projects, policy, lesson.lang, caption)


def deviations(lesson):
    """One project under each reading of deviation, and what each reading does to all synthetic projects."""
    policy, lang, told = lesson.case.policy, lesson.lang, about(lesson)
    parameter = policy.parameters["warning.deviation_reading"]
    swept = rules.sweep(policy, parameter.name, list(parameter.alternatives), lesson.case.projects)
    rows = []
    for row in swept.itertuples():
        changed = policy.replace({parameter.name: row.value})
        step = rules.explain(decisions.project(policy, EXECUTION, COMPLETION), changed).steps[1]
        found = next(value for name, value, _ in step.cells if name == "deviation")
        rows.append(
            [
                parameter.alternatives[row.value][lang],
                decisions.percent(Fraction(found[:-1]) / 100, lang, 1),
                decisions.output("warning", step.outputs["warning"], policy, lang),
                told.count(row.warned_projects, "", "III.2.1"),
                told.amount(row.recovered_yuan, "", "III.2.1"),
            ]
        )
    header = {
        "en": ["“Deviation” is", "This project", "Warned?", "Synthetic projects warned", "Recovered from them"],
        "zh": ["“偏差”理解为", "本项目", "预警？", "模拟项目中预警", "收回资金"],
    }[lang]
    caption = {"en": "One sentence, three readings", "zh": "一句话，三种理解"}[lang]
    return Table(caption, header, rows, numeric=[1, 3, 4])


def abnormal(lesson, swept):
    """What each reading of abnormal progress does to the synthetic projects."""
    policy, lang, told = lesson.case.policy, lesson.lang, about(lesson)
    labels = policy.parameters["progress.reading"].alternatives
    rows = [
        [
            labels[row.value][lang],
            told.count(row.warned_projects, "", "III.2.1"),
            told.amount(row.recovered_yuan, "", "III.2.1"),
        ]
        for row in swept.itertuples()
    ]
    header = {
        "en": ["“Abnormal” is", "Projects warned", "Recovered"],
        "zh": ["“不正常”理解为", "预警项目", "收回资金"],
    }[lang]
    caption = {"en": "One word, three readings: synthetic projects", "zh": "一个词，三种理解：模拟项目"}[lang]
    return Table(caption, header, rows, numeric=[1, 2])


def year(lesson):
    """One idle project at both nodes: what is left, what is taken."""
    lang, provenance = lesson.lang, decisions.invented(lesson.case.policy, lesson.lang)
    rows = [
        [
            text.month(row.node, lang),
            Fact(decisions.yuan(int(row.base_yuan), lang), provenance),
            Fact(decisions.yuan(int(row.recovered_yuan), lang), provenance),
        ]
        for row in both_nodes(lesson.case).itertuples()
    ]
    header = {"en": ["Node", "Budget then", "Recovered"], "zh": ["节点", "当时的预算", "收回"]}[lang]
    caption = {"en": "A project made up for this page", "zh": "为本页虚构的项目"}[lang]
    return Table(caption, header, rows, numeric=[1, 2])


def picture(lesson, moved):
    """Warned projects and recovered money as the edge of the deviation moves: two small pictures."""
    lang = lesson.lang
    _, axes = plt.subplots(1, 2, figsize=(8, 3.2))
    points = [100 * float(each) for each in moved["value"]]
    panels = (
        ("warned_projects", 1, {"en": "projects warned", "zh": "预警项目，个"}, COLOURS["paid"]),
        ("recovered_yuan", text.YI, {"en": "recovered, yi (亿元)", "zh": "收回资金，亿元"}, COLOURS["received"]),
    )
    for axis, (column, unit, label, colour) in zip(axes, panels, strict=True):
        axis.plot(points, moved[column] / unit, marker="o", color=colour)
        axis.axvline(100 * float(lesson.case.policy["warning.deviation_max"]), color="#999999", linestyle="--")
        axis.set_ylim(0, 1.15 * float(moved[column].max()) / unit)
        axis.set_xlabel({"en": "edge of the deviation, percentage points", "zh": "偏差界线，百分点"}[lang])
        axis.set_ylabel(label[lang])
        sns.despine(ax=axis, left=True)
    still = moved["recovered_yuan"].nunique() == 1
    title = {
        ("en", True): "The edge of the deviation moves warnings, and not one yuan",
        ("zh", True): "偏差界线移动的是预警，不是资金",
        ("en", False): "The edge of the deviation moves warnings and money",
        ("zh", False): "偏差界线既移动预警，也移动资金",
    }[lang, still]
    source = {
        "en": "Synthetic projects: not the city's data. Dashed: the edge that the document states (III.2.1)",
        "zh": f"模拟项目，非该市数据。虚线为文件规定的界线（{text.clause('III.2.1', lang)}）",
    }[lang]
    joint = {"en": "; ", "zh": "；"}[lang]
    alt = joint.join(f"{p:g}: {w}" for p, w in zip(points, moved["warned_projects"], strict=True))
    finish(axes[0], title, lang, unit="", source=source, alt=alt)
    return axes[0]


def crossings(lesson, comparison):
    """Which rows projects leave and which they come to, and the money that moves, in a comparison of two policies."""
    lang, told, numbered = lesson.lang, about(lesson), decisions.numbers(lesson.case.policy, "recovery")
    pattern = {"en": "row {}", "zh": "第{}行"}[lang]
    names = {rule: pattern.format(number) for rule, number in numbered.items()}
    nothing = {"en": "nothing left", "zh": "已无余额"}[lang]  # the only reason why one of these is not decided
    found = comparison.by("rule_a", "rule_b").astype({"rule_a": str, "rule_b": str})
    found = found[found["changed"] > 0].sort_values("rule_a", key=lambda column: column.map(numbered))
    lines = [(names.get(row.rule_a, nothing), names.get(row.rule_b, nothing), row) for row in found.itertuples()]
    lines.append(({"en": "all", "zh": "合计"}[lang], "", found[["changed", "moved"]].sum()))
    rows = [
        [
            first,
            second,
            *(show(int(n), "", "III.2.1") for show, n in ((told.count, row.changed), (told.amount, row.moved))),
        ]
        for first, second, row in lines
    ]
    header = {
        "en": ["From", "To", "Projects at a node", "More recovered"],
        "zh": ["原适用", "改为", "项目（按节点）", "多收回"],
    }[lang]
    caption = {"en": "What moves, synthetic projects", "zh": "变动情况，模拟项目"}[lang]
    return Table(caption, header, rows, numeric=[2, 3])


def beside(lesson, other):
    """The same projects under two rule books."""
    lang, books = lesson.lang, (lesson.case.policy, rules.load_policy(other))
    given = [(0, 5), (0, 10), (0, 40), (0, 55), (15, 25), (40, 55), (80, 60)]
    told = [
        decisions.decide([decisions.project(book, Fraction(e, 100), Fraction(c, 100)) for e, c in given], book).to_dict(
            "records"
        )
        for book in books
    ]
    rows = [
        [
            *(decisions.percent(Fraction(rate, 100), lang) for rate in rates),
            *(decisions.output("action", row["action"], book, lang) for book, row in zip(books, pair, strict=True)),
        ]
        for rates, pair in zip(given, zip(*told, strict=True), strict=True)
    ]
    header = [
        *{"en": ["Spent", "Completed"], "zh": ["执行率", "完成率"]}[lang],
        *(book.title[lang] for book in books),
    ]
    caption = {
        "en": "The same made-up projects under two rule books, each at its first node",
        "zh": "同样的虚构项目，两套规则，各取第一个节点",
    }[lang]
    return Table(caption, header, rows, numeric=[0, 1])


def counted(lesson):
    """How many parameters of the rule book are stated, interpreted and assumed."""
    kinds = pd.Series([each.status for each in lesson.case.policy.parameters.values()]).value_counts()
    return narrative.prose.say(
        lesson.lang,
        en="Of the {all} values and readings of this rule book {stated} are stated in the document, {interpreted} are"
        " our interpretation of a sentence, and {assumed} are assumed because it is silent.",
        zh="这套规则共有{all}项取值和理解：文件载明{stated}项，由我们解释{interpreted}项，文件未规定而由我们假设{assumed}项。",
        all=str(kinds.sum()),
        **{kind: str(kinds.get(kind, 0)) for kind in ("stated", "interpreted", "assumed")},
    )


QUIZ = (
    Question(
        (
            "The edge of the deviation moved, many more projects were warned, and no yuan moved. Why?",
            "偏差界线一动，预警项目增加很多，资金却一元未动。为什么？",
        ),
        (
            Choice(
                ("The computer forgot to recover the money.", "计算机漏收了资金。"),
                False,
                (
                    "No: each project was decided. Look at the recovery table: which of its columns mention the"
                    " deviation?",
                    "不是，每个项目都作了判定。看看收回资金的判定表：哪一列提到了偏差？",
                ),
            ),
            Choice(
                (
                    "Recovery asks for execution and completion; those who lose money were warned anyway.",
                    "收不收钱看执行率和完成率；要收钱的项目本来就已经预警。",
                ),
                True,
                (
                    "With “abnormal” read as here, whoever has spent nothing or little is warned already.",
                    "按本课对“不正常”的理解，分文未支出或支出很少的项目本来就已预警。",
                ),
            ),
            Choice(
                ("Twenty and fifteen percent are nearly the same.", "20%和15%差不多。"),
                False,
                (
                    "They are not: you have just counted how many more projects are warned.",
                    "差得不少：你刚算过预警项目增加了多少。",
                ),
            ),
        ),
    ),
    Question(
        (
            "A table has an overlap: two rows fit the same project, with different results. What happens in the"
            " office?",
            "判定表有重叠：同一项目有两行适用，结果又不同。实际工作中会怎样？",
        ),
        (
            Choice(
                ("The stricter row always wins.", "总是从严适用。"),
                False,
                (
                    "Only if the rule says so. If it does not, somebody decides, case by case.",
                    "除非规则写明。没有写明，就要由人逐件定夺。",
                ),
            ),
            Choice(
                ("Nothing: overlaps are harmless.", "没关系，重叠无害。"),
                False,
                (
                    "Two equal projects can then be treated differently, and nobody has broken a rule.",
                    "这样一来，两个相同的项目可能得到不同处理，而谁都不算违规。",
                ),
            ),
            Choice(
                (
                    "Somebody chooses a row, and equal projects may be treated unequally.",
                    "由经办人选一行，相同的项目可能得到不同处理。",
                ),
                True,
                (
                    "That is why a table must be disjoint. A gap is the mirror image: no row, and again"
                    " somebody decides.",
                    "所以判定表必须互不重叠。空缺正好相反：没有一行适用，还是得由人定夺。",
                ),
            ),
        ),
    ),
    Question(
        (
            "“Execution below half of the time elapsed in the year counts as abnormal.” Where does this come from?",
            "“执行率低于年度已过时间的一半，视为执行进度不正常。”这句话从哪里来？",
        ),
        (
            Choice(
                ("The document states it.", "文件载明。"),
                False,
                (
                    "It says “abnormal” and stops there. Look at the status in the table of readings.",
                    "文件只说“不正常”，没有界定。请看取值表中的“依据”一栏。",
                ),
            ),
            Choice(
                ("It is the reading of a sentence that can be read in two ways.", "是对有歧义的句子的解释。"),
                False,
                (
                    "An interpretation needs a sentence to interpret. Here the document has none.",
                    "解释总要有句子可解释，而文件在这里没有任何说法。",
                ),
            ),
            Choice(
                ("It is assumed: the document is silent.", "是假设：文件未作规定。"),
                True,
                (
                    "So results that depend on it are quoted with it, and with the alternatives.",
                    "因此，依赖它的结果要连同这一假设和其他可能一起引用。",
                ),
            ),
        ),
    ),
    Question(
        (
            "The execution rate rises from 20% to 30%. Which sentence is right?",
            "执行率从20%升到30%，哪种说法正确？",
        ),
        (
            Choice(
                ("It rises by 10%.", "上升10%。"),
                False,
                ("Ten percent of 20% are two points: that would be 22%.", "20%的10%是2个百分点，那只升到22%。"),
            ),
            Choice(
                ("It rises by 10 percentage points, which is by 50%.", "上升10个百分点，也就是上升50%。"),
                True,
                ("Points: subtract. Percent: divide by where you began.", "百分点用减法；百分之几要除以起点。"),
            ),
            Choice(
                ("It rises by 50 percentage points.", "上升50个百分点。"),
                False,
                ("Fifty points would take it to 70%.", "上升50个百分点就到70%了。"),
            ),
        ),
    ),
)

CONCEPTS = ()
TERMS = (
    Term(
        ("double monitoring", "双评测"),
        (
            "Twice a year, at the end of May and of September, departments report how much was spent and how much was"
            " achieved.",
            "每年以5月底、9月底为节点，由部门（单位）报送预算执行进度和绩效目标完成情况。",
        ),
    ),
    Term(
        ("execution rate", "预算执行率"),
        ("What was spent, divided by the budget.", "已支出数除以预算数。"),
    ),
    Term(
        ("completion of objectives", "绩效目标完成率"),
        (
            "Which part of what was promised has been achieved, as the unit itself reports it.",
            "设定的绩效目标完成了多少，由单位自行填报。",
        ),
    ),
    Term(
        ("warning", "预警项目"),
        (
            "A project whose progress is abnormal, or whose execution and completion lie too far apart.",
            "预算执行进度不正常，或执行进度与绩效目标完成率偏差过大的项目。",
        ),
    ),
    Term(
        ("recovery", "收回财政"),
        (
            "Money of a project goes back to the finance department within the year, and is pooled for other uses.",
            "项目资金当年交回财政，统筹用于其他项目。",
        ),
    ),
    Term(
        ("decision table", "判定表"),
        (
            "Rules as rows: conditions on the left, the result on the right. Each case fits exactly one row.",
            "把规则写成行：左边是条件，右边是结果，每种情形恰好有一行适用。",
        ),
    ),
    Term(
        ("complete and disjoint", "完整且互斥"),
        (
            "No case without a row (no gap), and none with two (no overlap).",
            "没有哪种情形无行可用（无空缺），也没有哪种情形两行都适用（无重叠）。",
        ),
    ),
    Term(
        ("edge", "界线"),
        (
            "The number at which the result changes. “At most” includes it, “below” does not.",
            "结果发生变化的那个数。“小于等于”含这个数，“小于”不含。",
        ),
    ),
    Term(
        ("percentage point", "百分点"),
        (
            "The unit in which two percentages are subtracted: from 20% to 30% are ten points, and fifty percent.",
            "两个百分数相减的单位：从20%到30%是10个百分点，也是上升50%。",
        ),
    ),
    Term(
        ("stated, interpreted, assumed", "载明、解释、假设"),
        (
            "Written in the document; our reading of a sentence that can be read in several ways; ours, where"
            " the document"
            " is silent.",
            "文件写明的；对有歧义的句子的理解；文件未作规定而由我们设定的。",
        ),
    ),
)
