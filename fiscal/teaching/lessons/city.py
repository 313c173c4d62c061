"""Lesson 6, your own city: extract, reconcile, compare, audit, and write three honest sentences."""

from functools import cache

from fiscal import datasets, disclosure, figures, measures, narrative, text
from fiscal.teaching import honest, planted
from fiscal.teaching.case import NotStated
from fiscal.teaching.exercise import Choice, Either, Exercise, Mistake, Question, Term
from fiscal.teaching.planted import Planted

TITLE = ("Check your own city", "核对你所在的城市")
MINUTES = 45
AIMS = (
    (
        "have a document read by a machine, and see what the machine did not read",
        "让机器读一份文件，并看出机器没有读懂什么",
    ),
    ("reconcile it: try every sum and every ceiling", "核对勾稽关系：逐一检验合计和上限"),
    ("say what keeps two places from being compared", "说明两个地方为什么不能直接比较"),
    ("set it beside what the law asks to be published", "对照法律要求，看哪些应公开而未见"),
    ("write three sentences that you could defend before anyone", "写出三句经得起任何人追问的话"),
)
NOTES = (
    (
        "Have every student bring a document of a place that they know: a page from a government"
        " website is enough. Those"
        " who find none work with the place of this notebook.",
        "请每位学员带一份自己熟悉的地方的文件，政府网站上的一页即可；找不到的，就用本笔记本中的地方。",
    ),
    (
        "Let students read their three sentences to each other. The listener has one question: where does it say that?",
        "让学员互相朗读自己写的三句话，听的人只问一个问题：这话出自哪里？",
    ),
)
PLANTED = Planted(("debt.", "transfers.", "revenue.", "expenditure."), ("above", "unit", "swapped"), seed=6)
DIFFERENCES = {
    "fiscal_year": Either("year", "fiscal year", "年度", "年"),
    "as_of": Either("date", "时点", "日期"),
    "scope": Either("scope", "口径", "范围"),
    "basis": Either("basis", "数据类型"),
    "level": Either("level", "level of government", "层级", "政府层级"),
}


def beside(case):
    """The bundled place that another is set beside."""
    return "urumqi-2020" if case.disclosure != "urumqi-2020" else "taijiang-2020"


@cache
def extraction(case):
    """What the reader makes of the document of a case."""
    return disclosure.extract(case.text, case.source["jurisdiction"]["zh"], case.source["fiscal_year"])


def _relations(case):
    """How many sums and ceilings could be tried, and how many of them fail."""
    checked = _checked(case)
    return [int((checked["outcome"] != "not_printed").sum()), int((checked["outcome"] == "discrepancy").sum())]


def _checked(case):
    checked = figures.check(case.figures)
    return checked[~checked["kind"].isin(["span", "repeated"])]


def _differences(case):
    """What keeps the use of the limit from being ranked with that of the other place."""
    table = measures.compare(datasets.figures([case.disclosure, beside(case)]), ["limit_use"])
    table = table.drop_duplicates("disclosure")
    table = table[table["value"].notna()]
    if len(table) < 2:
        raise NotStated("debt.balance", "debt.limit.year_end")
    return {name for column, name in DIFFERENCES.items() if table[column].nunique() > 1}


def _outcomes(case, *outcomes):
    return int(case.findings["outcome"].isin(outcomes).sum())


def _example(case):
    """Three honest sentences in each language."""
    return tuple("\n".join(sentences(case, lang)) for lang in ("en", "zh"))


def sentences(case, lang):
    """Three sentences that a document allows: what it prints and what it does not."""
    facts = narrative.facts(case.disclosure, case.debt_measures, lang)
    told = [narrative.debt.headline(facts), *narrative.debt.limits(facts).items]
    printed = [_printed(facts, row) for row in case.figures.query("unit == 'yuan'").to_dict("records")]
    absent = narrative.debt.absent(facts).items[0]
    told = list(dict.fromkeys(map(str, [*(each for each in told if each.stated), *printed])))[:2]
    return [*told, str(absent)]


def _printed(facts, row):
    return narrative.say(
        facts.lang,
        en="{label} of {place}, {context}: {amount}.",
        zh="{place}{label}（{context}）为{amount}。",
        label=facts.label(row["concept"]),
        place=facts.name("jurisdiction"),
        context=text.context(row, facts.lang),
        amount=facts.cell(row),
    )


EXERCISES = (
    Exercise(
        "6.1",
        (
            "Not every amount becomes a figure. How many amounts did the reader leave unread?",
            "并不是每个数额都会被识读为数据。有多少个数额没有被识读？",
        ),
        lambda case: len(extraction(case).unread),
        (
            (
                "What was read and what was left are two tables. You want the second.",
                "识读的和没有识读的分列两张表，要看的是第二张。",
            ),
            ("`len(found.unread)`", "`len(found.unread)`"),
        ),
        (
            "A reader that says what it did not understand can be checked. Read the sentences around those amounts"
            " yourself: a word that the vocabulary lacks can hide an important one.",
            "肯说出自己没读懂什么的工具，才可以检验。请亲自读一读这些数额前后的句子：词表里缺一个词，"
            "就可能漏掉一个重要数字。",
        ),
        "answer = len(found.unread)",
        (
            Mistake(
                lambda case: len(extraction(case).figures),
                ("Those are the figures that were read.", "这是已经识读的数据个数。"),
            ),
            Mistake(
                lambda case: len(extraction(case).figures) + len(extraction(case).unread),
                ("Those are all amounts, read or not.", "这是全部数额的个数，包括已识读的。"),
            ),
        ),
    ),
    Exercise(
        "6.2",
        (
            "How many sums and ceilings could be tried, and how many of them fail? Answer with two numbers, `[tried,"
            " failed]`.",
            "能够检验的合计和上限有多少项？其中有多少项不成立？用两个数回答：`[检验的, 不成立的]`。",
        ),
        _relations,
        (
            (
                "Every row of the table above is one that could be tried. Failing is a difference that rounding can't"
                " explain.",
                "上表每一行就是一项能够检验的关系。不成立，是指差额无法用四舍五入解释。",
            ),
            (
                "Count the rows of the table, then those with a cross.",
                "数一数表的行数，再数一数打叉的行数。",
            ),
        ),
        (
            "Sums that hold do not prove that the numbers are true. But a document whose sums can't even be tried says"
            " less than one whose sums can.",
            "合计相符并不证明数字真实；但连合计都无从检验的文件，比可以检验的文件说得更少。",
        ),
        """
relations = lesson.reconcile(case.figures)
answer = [len(relations.rows), sum("✗" in row[-1] for row in relations.rows)]
""",
        (
            Mistake(
                lambda case: [len(_checked(case)), _relations(case)[1]],
                (
                    "You counted relations too whose figures are not printed. Those could not be tried.",
                    "你把数据未公布、无法检验的关系也算进去了。",
                ),
            ),
            Mistake(
                lambda case: _relations(case)[::-1],
                ("The other way round: tried first, then failed.", "顺序反了：先写检验的，再写不成立的。"),
            ),
        ),
    ),
    Exercise(
        "6.3",
        (
            'What keeps the two places from being ranked in the use of their limit? Any of `"year"`,'
            ' `"date"`, `"scope"`,'
            ' `"basis"` and `"level"`, between braces; nothing is `set()`.',
            '两个地方的限额使用率为什么不能放在一起排名？从`"年度"`、`"时点"`、`"口径"`、`"数据类型"`、`"层级"`中选，'
            "写在花括号里；没有则写`set()`。",
        ),
        _differences,
        (
            (
                "Look at the columns of the table above: where do the two rows differ, apart from the value?",
                "看上表各列：除了数值，两行还有哪些不同？",
            ),
            (
                "Year, scope and basis decide whether two numbers measure the same thing; the level"
                " of government, whether"
                " they are of the same kind of government.",
                "年度、口径和数据类型决定两个数是不是一回事；层级决定是不是同一类政府。",
            ),
        ),
        (
            "Two numbers with the same name need not measure the same thing. Say what differs before you say who is"
            " higher.",
            "名称相同的两个数，不一定量的是同一件事。先说有什么不同，再说谁高谁低。",
        ),
        """
columns = {"fiscal_year": "year", "as_of": "date", "scope": "scope", "basis": "basis", "level": "level"}
answer = {name for column, name in columns.items() if table[column].nunique() > 1}
""",
        (
            Mistake(
                lambda case: {DIFFERENCES["level"]} if _differences(case) != {DIFFERENCES["level"]} else None,
                (
                    "The level of government alone does not decide it. Compare the other columns of the two rows.",
                    "不能只看政府层级，请再比较两行的其他各列。",
                ),
            ),
        ),
    ),
    Exercise(
        "6.4",
        (
            "Of the requirements that apply, how many does the document state in full?",
            "在适用的各项要求中，这份文件完整载明了多少项？",
        ),
        lambda case: _outcomes(case, "stated"),
        (
            ("In part is not in full.", "部分载明不算完整载明。"),
            ('`(findings["outcome"] == "stated").sum()`', '`(findings["outcome"] == "stated").sum()`'),
        ),
        (
            "Not in this document does not mean not published: it may stand in an annex. That makes"
            " it a question to ask,"
            " not an accusation.",
            "本文件未见，不等于没有公开，也许在附件里。所以它是一个可以询问的问题，而不是指控。",
        ),
        'answer = (findings["outcome"] == "stated").sum()',
        (
            Mistake(
                lambda case: _outcomes(case, "stated", "in_part"),
                (
                    "You counted those that are stated in part as well.",
                    "你把部分载明的也算进去了。",
                ),
            ),
            Mistake(
                lambda case: _outcomes(case, "not_in_document"),
                ("Those are the ones that are not in the document.", "这是本文件未见的项数。"),
            ),
        ),
    ),
    planted.exercise("6.5", PLANTED),
    Exercise(
        "6.6",
        (
            "Write three honest sentences about {place} in {year}, in a list. Every number has to stand in the document"
            " or follow from it, with its unit. What the document does not state you may say too.",
            "就{place}{year}年的情况写三句诚实的话，放在列表里。每个数字都要出自文件或由文件算出，并"
            "带单位。文件没有公布的，"
            "也可以如实写出。",
        ),
        _example,
        (
            (
                "One sentence with an amount, one with a share, one about what is missing.",
                "一句写数额，一句写比重，一句写缺什么。",
            ),
            (
                "Read each number again in the table of figures, with its name and its unit.",
                "把每个数字连同名称和单位，在数据表里再核对一遍。",
            ),
        ),
        (
            "Every number in your sentences is in the document or follows from it. Whether the words"
            " around them are fair"
            " no program can tell: read them to somebody who disagrees with you.",
            "你写的每个数字都出自文件或由文件算出。至于文字是否公允，程序判断不了：念给一个与你看法不同的人听听。",
        ),
        "from fiscal.teaching.lessons import city\n\nanswer = city.sentences(case, lang)",
        judge=honest.wrong,
    ),
)

QUIZ = (
    Question(
        (
            "A program has read your document and turned it into a table of figures. What do you look at first?",
            "程序读完了你的文件，识读出若干数据。你首先该看什么？",
        ),
        (
            Choice(
                ("The chart.", "图表。"),
                False,
                ("A chart looks right whatever it shows.", "不管数据对不对，图表看上去总像是对的。"),
            ),
            Choice(
                ("What it did not read.", "它没有识读的部分。"),
                True,
                (
                    "What is missing from a table can't be seen in the table. That is why it is listed apart.",
                    "表里缺的东西，从表里看不出来，所以要单独列出。",
                ),
            ),
            Choice(
                ("The largest number.", "最大的数字。"),
                False,
                (
                    "It may be worth a look, but size says nothing about whether it was read rightly.",
                    "可以看看，但大小与识读得对不对无关。",
                ),
            ),
        ),
    ),
    Question(
        (
            "All sums of a document hold. What follows?",
            "一份文件的所有合计都对得上，说明什么？",
        ),
        (
            Choice(
                ("The numbers are true.", "数字是真实的。"),
                False,
                (
                    "Invented numbers can add up too. Sums find slips, not lies.",
                    "编造的数字也可以对得上。勾稽关系能查出笔误，查不出谎言。",
                ),
            ),
            Choice(
                ("The numbers agree with each other.", "这些数字彼此相符。"),
                True,
                ("No more, and that is already something.", "仅此而已，但这已经有价值。"),
            ),
            Choice(
                ("The city manages its money well.", "这个城市理财有方。"),
                False,
                ("Sums say nothing about that.", "合计与此无关。"),
            ),
        ),
    ),
    Question(
        (
            "Two cities print the use of their limit, one from final and one from expected figures. You may…",
            "两个城市都公布了限额使用率，一个是决算数，一个是预计数。你可以……",
        ),
        (
            Choice(
                ("rank them.", "给它们排名。"),
                False,
                (
                    "An expected figure may still change; a ranking would hide that.",
                    "预计数还可能变动，排名会掩盖这一点。",
                ),
            ),
            Choice(
                ("leave one out without a word.", "不声不响地去掉一个。"),
                False,
                ("Then the reader can't see that there was a difference.", "那样读者就不知道有差别。"),
            ),
            Choice(
                ("set them side by side and say what differs.", "并列展示，并说明有什么不同。"),
                True,
                ("The reader can judge then.", "这样读者可以自己判断。"),
            ),
        ),
    ),
    Question(
        (
            "The law asks for something that you don't find in the document. What do you write?",
            "法律要求公开的内容，你在文件里没有找到。该怎么写？",
        ),
        (
            Choice(
                ("The city breaks the law.", "该市违法。"),
                False,
                ("It may stand in an annex that you have not seen.", "也许在你没有看到的附件里。"),
            ),
            Choice(
                ("It is not in this document; I have asked for it.", "本文件未见，我已提出询问。"),
                True,
                ("True, checkable, and it may bring an answer.", "属实、可查证，还可能得到答复。"),
            ),
            Choice(
                ("Nothing: it is not there.", "不写，反正没有。"),
                False,
                ("A gap is a finding.", "缺口本身就是发现。"),
            ),
        ),
    ),
)

CONCEPTS = ("debt.balance", "debt.limit.year_end", "debt.ratio", "capacity.comprehensive")
TERMS = (
    Term(
        ("extraction", "识读"),
        (
            "Turning the text of a document into figures with their name, unit and place.",
            "把文件中的文字转成带有名称、单位和出处的数据。",
        ),
    ),
    Term(
        ("reconciliation", "勾稽核对"),
        (
            "Trying whether numbers that belong together agree: parts and total, balance and limit.",
            "检验彼此相关的数字是否相符，如分项与合计、余额与限额。",
        ),
    ),
    Term(
        ("basis", "数据类型"),
        (
            "Whether a number is final, of the execution so far, expected, or only planned.",
            "数字是决算数、执行数、预计执行数，还是预算数。",
        ),
    ),
    Term(
        ("scope", "口径"),
        (
            "What area a number covers: all of a place, the government's own level, or the levels below.",
            "数字覆盖的范围：全辖、本级或下级。",
        ),
    ),
    Term(
        ("disclosure on request", "依申请公开"),
        (
            "The right to ask a government for information that it has not published by itself.",
            "公民、法人等向政府申请获取未主动公开信息的权利。",
        ),
    ),
)
