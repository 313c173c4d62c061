"""Lesson 1, final accounts: how to read a figure, and what no figure says."""

from functools import cache

from fiscal import narrative, text
from fiscal.teaching import planted
from fiscal.teaching.case import Case, NotStated
from fiscal.teaching.exercise import Choice, Either, Exercise, Mistake, Question, Term
from fiscal.teaching.planted import Planted

TITLE = ("Final accounts: what they say, and what they do not", "政府决算：说了什么，没说什么")
MINUTES = 45
AIMS = (
    ("tell a budget, its execution and the final accounts apart", "分清预算、执行和决算"),
    ("name the four budgets of a government and what each is for", "说出四本预算的名称和用途"),
    (
        "read one figure in full: of what, how much, whose, when, plan or result, and where it stands",
        "读全一个数字：什么数、多少、谁的、什么时候、计划还是结果、出自哪里",
    ),
    ("change between 元, 万元 and 亿元 without slipping by four zeros", "在元、万元、亿元之间换算，不差四个零"),
    ("say what a document does not say, and ask for it", "说出文件没有说什么，并知道怎样询问"),
)
NOTES = (
    (
        "Print the first page of the document and let everyone underline one number before the lesson begins. Whoever"
        " can say its year, unit, scope and clause at the end has learned it.",
        "课前把文件第一页印出来，让每人划出一个数字。下课时能说出它的年度、单位、口径和条款，就算学会了。",
    ),
    (
        "Most slips are of four zeros. Ask for a comparison with something known, such as the price of a school, before"
        " anybody converts.",
        "最常见的错误是差四个零。换算之前，先请大家同熟悉的东西比一比，例如建一所学校要花多少钱。",
    ),
    (
        "“It is not in there” sounds like a reproach to some and like nothing to others. Insist on the third way: a"
        " question that can be sent to the finance department.",
        "“文件里没有”在有人听来是指责，在有人听来无所谓。请坚持第三种说法：写成一个可以寄给财政部门的问题。",
    ),
)

BESIDE = "jiaxing-2017"  # prints its debt balance for the whole area and for its own level
PLANTED = Planted(("transfers.received.general_public", "debt."), ("unit", "swapped", "stale"), seed=4)


def opening(lesson):
    """The question that comes before any explanation."""
    case = lesson.case
    return narrative.say(
        lesson.lang,
        en="The explanation of {place}'s {year} final accounts prints {count} numbers. Which questions do they answer,"
        " and which not?",
        zh="{place}{year}年决算公开说明列出{count}个数字。它们回答了哪些问题，没有回答哪些？",
        place=case.said(("{place}", "{place}"), lesson.lang),
        year=str(case.source["fiscal_year"]),
        count=str(len(case.figures)),
    )


def spent(case):
    """Whether the document prints what was spent in all, in the general public budget at least."""
    return case.has("expenditure.general_public")


def rise(case):
    """By how much the debt balance rose in the year, in yuan; None where last year's is not printed."""
    now = case.row("debt.balance")
    same = case.figures[["concept", "scope", "scope_label"]].eq([now["concept"], now["scope"], now["scope_label"]])
    before = case.figures[same.all(axis=1) & (case.figures["fiscal_year"] == now["fiscal_year"] - 1)]
    before = before[(before["basis"] == "final") & (before["as_of"] == "")]
    return None if before.empty else int(now["value"]) - int(before["value"].iloc[0])


@cache
def beside():
    """The city that exercise 1.4 is about."""
    return Case(BESIDE)


def elsewhere(scope):
    """The debt balance of that city, in yuan, for one scope."""
    balances = beside().debt.query("item == 'balance' and type == 'total'")
    return int(balances.loc[balances["scope"] == scope, "value_yuan"].item())


def cited(case, concept, unit=1):
    """An amount and its clause, as exercise 1.2 asks for them."""
    row = case.row(concept)
    place = Either(row["clause"], f"clause {row['clause']}", text.clause(row["clause"], "zh"))
    return [int(row["value"]) if unit == 1 else row["value"] / unit, place]


def below_limit(case):
    """C, once both sides of that sentence are printed and it is true."""
    if case.value("debt.balance") >= case.value("debt.limit.year_end"):
        raise NotStated("debt.balance", "debt.limit.year_end")
    return "C"


EXERCISES = (
    Exercise(
        "1.1",
        (
            "A guess, before you read on. You want to know how much {place} spent in all in {year}. Does its"
            " explanation of the final accounts print that total? Answer `True` (yes) or `False` (no).",
            "先猜一猜，再往下读。你想知道{place}{year}年一共花了多少钱。它的决算公开说明列出了这个总数吗？"
            "列出了填`True`，没有填`False`。",
        ),
        spent,
        (
            ("It is a guess: both answers are good ones. Try one.", "猜错也没关系，先选一个。"),
            ("There are only two answers, and it was not that one.", "只有两种答案，不是刚才那一个。"),
        ),
        lambda case: (
            (
                "The total is there. That is not usual for such a document.",
                "总数确实列出了，这在此类文件中并不多见。",
            )
            if spent(case)
            else (
                "It does not. It explains transfers, borrowing and performance. The total stands in the tables of the"
                " final accounts, which are another document. Keep this in mind: the first question about a document"
                " is what it is about.",
                "没有。这份文件说明的是转移支付、举借债务和预算绩效；支出总数在决算报表里，那是另一份文件。请记住："
                "读一份文件，先问它是讲什么的。",
            )
        ),
        'answer = case.has("expenditure.general_public")',
        (
            Mistake(
                lambda case: not spent(case),
                lambda case: (
                    ('It does print that total; look for "expenditure".', "其实列出了，请找“支出”二字。")
                    if spent(case)
                    else (
                        "Most people expect so: what else would accounts be for? But this document explains only some"
                        " of them. You will see below which.",
                        "多数人都这么想：决算不就是说花了多少钱吗？可是这份文件只说明了其中几件事，"
                        "下文会看到是哪几件。",
                    )
                ),
            ),
        ),
    ),
    Exercise(
        "1.2",
        (
            "What did {place} owe at the end of {year}, and in which clause does it stand? Give both: the amount in"
            ' yuan (all zeros written out) and the clause, as in `answer = [1000000, "IV"]`.',
            "{year}年末{place}的债务余额是多少，出自哪一部分？两样都要填：金额以元为单位（把零写全），以及所在条款，"
            '例如`answer = [1000000, "第四部分"]`。',
        ),
        lambda case: cited(case, "debt.balance"),
        (
            ("What is owed is called the balance.", "欠着的数额叫“余额”。"),
            (
                "Find the row of the debt balance in the table above; an amount in 亿元 becomes yuan with eight zeros."
                " The clause stands in the same row.",
                "在上表找到“政府债务余额”一行；亿元换成元要乘以一亿。条款在同一行。",
            ),
        ),
        (
            "An amount with its clause can be checked by anyone. Without the clause it is hearsay.",
            "数字连同出处，谁都可以核对；没有出处，只是听说。",
        ),
        'row = case.row("debt.balance")\nanswer = [row["value"], row["clause"]]',
        (
            Mistake(
                lambda case: cited(case, "debt.balance", text.YI),
                (
                    "Right figure, right clause, but in 亿元. In yuan it has eight more digits before the point.",
                    "数字和出处都对，但单位是亿元。换成元，还要乘以一亿。",
                ),
            ),
            Mistake(
                lambda case: cited(case, "debt.balance", 10_000),
                (
                    "That is the amount in 万元: four zeros short of yuan.",
                    "这是以万元计的数，离元还差四个零。",
                ),
            ),
            Mistake(
                lambda case: cited(case, "debt.limit.year_end"),
                (
                    "That is the limit: the most that may be owed. What is owed is the balance.",
                    "这是限额，即最多可以欠多少；实际欠着的是余额。",
                ),
            ),
            Mistake(
                lambda case: cited(case, "debt.bonds.new"),
                (
                    "That is what was borrowed in this one year. The debt of earlier years is still owed.",
                    "这是当年新借的数；以前年度借的还没有还清，也要算在内。",
                ),
            ),
            Mistake(
                lambda case: cited(case, "debt.balance.special"),
                (
                    "That is the special debt alone. The total has the general debt in it too.",
                    "这只是专项债务，合计还包括一般债务。",
                ),
            ),
            Mistake(
                lambda case: cited(case, "debt.balance.general"),
                (
                    "That is the general debt alone. The total has the special debt in it too.",
                    "这只是一般债务，合计还包括专项债务。",
                ),
            ),
            Mistake(
                lambda case: case.value("debt.balance"),
                (
                    'The amount is right. Now say where it stands as well: `answer = [amount, "clause"]`.',
                    '金额对了，还要写明出处：`answer = [金额, "条款"]`。',
                ),
            ),
        ),
    ),
    Exercise(
        "1.3",
        (
            "The budget for state capital operations of {place} received a small amount from {above}. The document"
            " prints it in 亿元. How much is it in 万元?",
            "{above}对{place}国有资本经营预算有一笔数额不大的转移支付，文件以亿元列示。换算成万元是多少？",
        ),
        lambda case: case.value("transfers.received.state_capital") // 10_000,
        (
            ("One 亿元 is ten thousand 万元.", "1亿等于1万个万。"),
            (
                "So an amount in 亿元, times ten thousand, is the amount in 万元: the point moves four places to the"
                " right.",
                "所以亿元数乘以一万就是万元数：小数点向右移四位。",
            ),
        ),
        (
            "Four places, always. English counts in thousands, Chinese in ten-thousands: whoever translates without"
            " counting zeros is off by a factor of ten or a thousand.",
            "始终是四位。中文四位一级，英文三位一级，翻译时不数零，最容易差十倍、一千倍。",
        ),
        'answer = case.value("transfers.received.state_capital") / 10_000',
        (
            Mistake(
                lambda case: case.value("transfers.received.state_capital") / text.YI,
                (
                    "That is the amount in 亿元, as printed. It still has to be changed.",
                    "这是原文的亿元数，还没有换算。",
                ),
            ),
            Mistake(
                lambda case: case.value("transfers.received.state_capital"),
                ("That is the amount in 元. 万元 are ten thousand of these.", "这是以元计的数，1万元等于10000元。"),
            ),
            Mistake(
                lambda case: case.value("transfers.received.state_capital") // 100_000,
                (
                    "A zero too few: you counted in thousands, as English does. From 亿元 to 万元 there are four.",
                    "少了一个零：从亿到万是四位，不是三位。",
                ),
            ),
            Mistake(
                lambda case: case.value("transfers.received.state_capital") // 1_000,
                ("A zero too many: from 亿元 to 万元 there are four.", "多了一个零：从亿到万是四位。"),
            ),
            Mistake(
                lambda case: case.value("transfers.received.state_capital") / text.YI / 10_000,
                (
                    "The wrong way: 万元 is the smaller unit, so there must be more of them.",
                    "方向反了：万元是较小的单位，换算后数字应当变大。",
                ),
            ),
        ),
    ),
    Exercise(
        "1.4",
        (
            "The table above is of another city, Jiaxing. How much of the whole area's debt is owed by the governments"
            " below the city's own level, in yuan?",
            "上表是另一座城市嘉兴市的。全辖债务余额中，市本级以外、由下级政府欠下的是多少元？",
        ),
        lambda case: elsewhere("whole") - elsewhere("own"),
        (
            ("The whole area is the city's own level and the levels below together.", "全辖等于市本级加下级。"),
            (
                "So take the own level away from the whole area. The third row is a scope that this city made up for"
                " itself; leave it alone.",
                "用全辖数减去市本级数。第三个口径是该市自行划定的，这里用不到。",
            ),
        ),
        (
            "The same item, the same day, three different numbers, and all of them right. A figure without its scope"
            " says little.",
            "同一项目、同一时点，三个不同的数字，都没有错。数字不带口径，说明不了什么。",
        ),
        "from fiscal import datasets\n"
        "\n"
        "debt = datasets.debt(\"jiaxing-2017\").query(\"item == 'balance' and type == 'total'\")\n"
        'balance = debt.set_index("scope")["value_yuan"]\n'
        'answer = balance["whole"] - balance["own"]',
        (
            Mistake(
                lambda case: elsewhere("whole"),
                ("That is the whole area, with the city's own level in it.", "这是全辖数，市本级也在里面。"),
            ),
            Mistake(
                lambda case: elsewhere("own"),
                ("That is the own level itself; asked is the rest.", "这是市本级的数，问的是其余部分。"),
            ),
            Mistake(
                lambda case: elsewhere("whole") + elsewhere("own"),
                (
                    "The own level is a part of the whole area already: so it is counted twice.",
                    "市本级已经包含在全辖之中，这样加就重复计算了。",
                ),
            ),
            Mistake(
                lambda case: elsewhere("whole") + elsewhere("own") + elsewhere("other"),
                (
                    "All three rows added: they are the same debt seen three times, not three debts.",
                    "三行相加了：它们是同一笔债务的三种口径，不是三笔债务。",
                ),
            ),
            Mistake(
                lambda case: elsewhere("whole") - elsewhere("other"),
                (
                    "You took off the scope that the document makes up for itself. It is wider than the city's own"
                    " level.",
                    "你减去的是文件自行划定的口径，它比市本级宽。",
                ),
            ),
            Mistake(
                lambda case: elsewhere("other") - elsewhere("own"),
                (
                    "That is the part of the made-up scope that is not the own level. Areas outside that scope are"
                    " missing.",
                    "这只是自行划定口径中市本级以外的部分，口径之外的地区没有算进去。",
                ),
            ),
        ),
    ),
    Exercise(
        "1.5",
        (
            "By how much did {place}'s debt rise during {year}, in yuan? If the document does not let you say, answer"
            " `None`.",
            "{year}年内{place}的债务余额增加了多少元？如果从文件中得不出，填`None`。",
        ),
        rise,
        (
            (
                "The balance is a stock. To see a stock rise you need it twice, or all that flowed in and out.",
                "余额是存量。要知道存量增加多少，得有前后两个时点的数，或者流入、流出的全部数额。",
            ),
            (
                "Look for last year's balance in the table, or for the principal repaid. Do you find either?",
                "在表中找一找上年末的余额，或者当年还本的数额，有吗？",
            ),
        ),
        lambda case: (
            (
                "It can't be told. Neither last year's balance nor the principal repaid is printed. \"The document"
                ' does not say" is an answer, and often the most useful one.',
                "得不出。上年末余额没有列，当年还本也没有列。“文件没有说明”也是答案，而且常常是最有用的答案。",
            )
            if rise(case) is None
            else (
                "This document prints last year's balance, so the difference can be taken. Many do not.",
                "这份文件列出了上年末余额，可以相减；许多文件并没有。",
            )
        ),
        'now = case.row("debt.balance")\n'
        "same = case.figures.query(\"concept == 'debt.balance' and as_of == '' and basis == 'final'\")\n"
        'same = same[same["scope"] == now["scope"]].set_index("fiscal_year")["value"]\n'
        'before = now["fiscal_year"] - 1\n'
        'answer = now["value"] - same[before] if before in same else None',
        (
            Mistake(
                lambda case: case.value("debt.bonds.new"),
                (
                    "That is what new bonds brought in. Debt also falls, when principal is repaid, and the document"
                    " does not say how much was; nor does it count on-lent foreign loans.",
                    "这是新增债券借入的数。还本会使债务减少，而还了多少，文件没有说；外债转贷也没有计入。",
                ),
            ),
            Mistake(
                lambda case: case.value("debt.limit.new"),
                (
                    "That is how much the ceiling was raised: a permission, not a loan.",
                    "这是新增限额，即上限抬高了多少；是许可，不是借款。",
                ),
            ),
            Mistake(
                lambda case: case.value("debt.balance"),
                (
                    "That is all that is owed, from many years. Asked is the change in one.",
                    "这是多年累积下来的全部欠款，问的是一年的变化。",
                ),
            ),
            Mistake(
                lambda case: case.value("debt.limit.year_end") - case.value("debt.balance"),
                (
                    "That is the distance to the ceiling at one moment, not a change over time.",
                    "这是某一时点离上限的距离，不是一段时间内的变化。",
                ),
            ),
            Mistake(
                lambda case: 0,
                (
                    "Not stated is not zero. A blank is no number at all.",
                    "没有列示不等于零，空白不是数字。",
                ),
            ),
        ),
    ),
    Exercise(
        "1.6",
        (
            'One of these four sentences is supported by the document. Which? Answer with its letter, as in `"A"`.\n'
            "A. All that {place}'s general public budget had in {year} came from {above}.\n"
            "B. The new bonds of {year} paid for projects that were worth the money.\n"
            "C. At the end of {year} less was owed in {place} than the limit allowed.\n"
            "D. All the debt that is printed is owed by {place}'s own level.",
            '下面四句话，只有一句有文件依据。是哪一句？填字母，例如`"A"`。\n'
            "A. {year}年{place}一般公共预算的钱全部来自{above}。\n"
            "B. {year}年新增债券投向的项目都物有所值。\n"
            "C. {year}年末{place}的债务余额低于债务限额。\n"
            "D. 文件所列债务全部是{place}本级欠下的。",
        ),
        below_limit,
        (
            (
                "Look for the figures that a sentence would need. Are they all printed?",
                "看每句话要用到哪些数字，文件是不是都列了。",
            ),
            (
                "Three of the sentences go beyond the document: one on income that it does not print, one on worth,"
                " one on whose debt it is.",
                "有三句超出了文件：一句涉及没有列出的收入，一句涉及值不值，一句涉及债是谁的。",
            ),
        ),
        (
            "Two figures of the same place, the same day and the same scope: that can be checked. The other three"
            " sound just as sure, and have nothing under them.",
            "同一地区、同一时点、同一口径的两个数字，可以核对。另外三句话说得同样肯定，却没有依据。",
        ),
        'balance, limit = case.value("debt.balance"), case.value("debt.limit.year_end")\n'
        "assert balance < limit  # what sentence C says\n"
        'answer = "C"',
        (
            Mistake(
                lambda case: "A",
                (
                    "The document explains what came from {above}. It does not print what {place} collected itself:"
                    " that it is not mentioned does not mean that there was none.",
                    "文件说明的是{above}补助了多少，没有列{place}自己组织的收入。没有提到，不等于没有。",
                ),
            ),
            Mistake(
                lambda case: "B",
                (
                    "The document says what the bonds were used for. That is a statement by the government about"
                    " itself, and there is no figure on results behind it.",
                    "文件说了债券用在哪里。那是政府的自我表述，没有说明效果的数字。",
                ),
            ),
            Mistake(
                lambda case: "D",
                (
                    "The text names no scope. We read the figures as those of the whole area, districts and counties"
                    " included, and mark that as our reading; nothing says that they are of the own level.",
                    "原文没有注明口径。本项目按全辖（含下级）理解，并标明属于解释；没有任何地方说是本级的。",
                ),
            ),
        ),
    ),
    planted.exercise("1.7", PLANTED),
)

QUIZ = (
    Question(
        (
            "A report prints the interest that a county expects to pay next year. What kind of figure is that?",
            "某县的报告列出下一年预计支付的利息。这是什么数？",
        ),
        (
            Choice(
                ("Final accounts, since it is printed.", "决算数，因为已经印出来了。"),
                False,
                (
                    "Final accounts come after the year, when the books are closed.",
                    "决算在年度终了、账目结清之后才有。",
                ),
            ),
            Choice(
                ("A budget: a plan.", "预算数，是计划。"),
                True,
                (
                    "A plan may be printed beside results in the same table. Look at the basis of each figure.",
                    "计划数和结果数可能印在同一张表里，要逐个看数据类型。",
                ),
            ),
            Choice(
                ("An execution figure.", "执行数。"),
                False,
                (
                    "Execution is what has happened so far in a year. Next year has not begun.",
                    "执行数是年度内已经发生的，下一年还没有开始。",
                ),
            ),
        ),
    ),
    Question(
        ("How do you say one 亿元 in English?", "1亿元用英文怎么说？"),
        (
            Choice(
                ("One billion yuan", "one billion yuan"),
                False,
                (
                    "Ten times too much: a billion is ten 亿元. This slip is in many newspapers.",
                    "大了十倍：one billion是10亿。报纸上常有这种错。",
                ),
            ),
            Choice(
                ("A hundred million yuan", "100 million yuan"),
                True,
                ("Eight zeros. It is a unit for which English has no word.", "八个零。英文没有对应的单位词。"),
            ),
            Choice(
                ("Ten million yuan", "10 million yuan"),
                False,
                ("Ten times too little: a hundred million is what has eight zeros.", "小了十倍：10 million是1000万。"),
            ),
        ),
    ),
    Question(
        (
            "Three parts are printed to two decimals. Added up they differ from the printed total by one in the last"
            " decimal. What do you conclude?",
            "三个分项都精确到小数点后两位，相加与列出的合计相差末位的1。这说明什么？",
        ),
        (
            Choice(
                ("The accounts are wrong.", "账做错了。"),
                False,
                (
                    "Each number was rounded for itself. Such a difference can come from rounding alone.",
                    "每个数都是各自四舍五入的，仅此就可能造成这样的差额。",
                ),
            ),
            Choice(
                ("It may be rounding; I note it and go on.", "可能只是四舍五入，记下来，继续。"),
                True,
                (
                    "Each printed number may hide half of its last digit. Only a difference beyond that is a finding.",
                    "每个列出的数都可能藏着末位的一半；超出这个范围的差额，才算发现。",
                ),
            ),
            Choice(
                ("Money is missing.", "钱少了。"),
                False,
                (
                    "Nothing went anywhere: only digits were left off when printing.",
                    "钱没有少，只是印的时候省了几位数。",
                ),
            ),
        ),
    ),
    Question(
        (
            "A reader adds up all that a clause prints on transfers received: the total, and the three kinds that"
            " follow it. What has happened?",
            "有人把文件所列一般公共预算的补助总额和三个分项全部相加。问题在哪里？",
        ),
        (
            Choice(
                ("Nothing; that is the sum of all that was received.", "没有问题，收到的全加起来了。"),
                False,
                (
                    "The total is the three kinds already. Everything is counted twice.",
                    "总额就是三个分项之和，这样每一元都算了两遍。",
                ),
            ),
            Choice(
                ("Every yuan has been counted twice.", "每一元都算了两遍。"),
                True,
                (
                    '"Of which" (其中) announces parts of what stands before it, not more money.',
                    "“其中”后面是前面数字的组成部分，不是另外的钱。",
                ),
            ),
            Choice(
                ("Two budgets have been mixed up.", "两本预算混在了一起。"),
                False,
                (
                    "All four numbers are of the general public budget. The slip is another one.",
                    "四个数都属于一般公共预算，毛病不在这里。",
                ),
            ),
        ),
    ),
    Question(
        ("Pensions are paid from which budget?", "养老金从哪本预算支付？"),
        (
            Choice(
                ("The general public budget", "一般公共预算"),
                False,
                (
                    "It subsidises them, but they are paid from a budget of their own.",
                    "一般公共预算给予补助，但支付在另一本预算。",
                ),
            ),
            Choice(
                ("Social insurance funds", "社会保险基金预算"),
                True,
                (
                    "The fourth budget. The document of this lesson has no total of it.",
                    "第四本预算。本课这份文件没有它的总数。",
                ),
            ),
            Choice(
                ("Government-managed funds", "政府性基金预算"),
                False,
                (
                    "Those are for a purpose too, above all land and city building.",
                    "那也是专款专用，但主要用于土地和城市建设。",
                ),
            ),
        ),
    ),
    Question(
        (
            'The audit says of something: "not in this document". What may you write?',
            "核对结果写着“本文件未见”。你可以怎样写？",
        ),
        (
            Choice(
                ('"The government keeps it secret."', "“政府隐瞒不报。”"),
                False,
                (
                    "You do not know that. It may stand in a table or an annex that was not read here.",
                    "这你并不知道。它也许在这里没有读到的表格或附件里。",
                ),
            ),
            Choice(
                ('"I did not find it in this document, and have asked for it."', "“本文件中未见，已提出询问。”"),
                True,
                ("True, checkable, and it moves things on.", "属实，可核对，也能推动事情。"),
            ),
            Choice(
                ('"There was none of it."', "“没有发生。”"),
                False,
                ("What is not stated is not zero.", "没有列示不等于零。"),
            ),
        ),
    ),
)

CONCEPTS = (
    "transfers.received.general_public",
    "transfers.received.state_capital",
    "debt.limit.year_end",
    "debt.balance",
    "debt.bonds.new",
    "revenue.general_public",
    "expenditure.general_public",
)
TERMS = (
    Term(
        ("budget", "预算"),
        (
            "What a government means to collect and to spend in a year, approved by its people's congress.",
            "政府一年的收支计划，由本级人民代表大会审查批准。",
        ),
    ),
    Term(
        ("budget execution", "预算执行"),
        ("What happens to the budget during the year.", "年度内组织收入、拨付支出的过程及其结果。"),
    ),
    Term(
        ("final accounts", "决算"),
        (
            "The result of a year, after the books are closed; the standing committee of the people's congress"
            " approves it.",
            "年度终了、账目结清后的执行结果，由本级人大常委会审查批准。",
        ),
    ),
    Term(
        ("own level", "本级"),
        (
            "What the government itself handles, without the governments below it.",
            "本级政府自身的收支或债务，不含下级政府。",
        ),
    ),
    Term(
        ("whole area", "全辖（全市、全省）"),
        (
            "The own level and all governments below it together.",
            "本级与所属各级政府的合计。",
        ),
    ),
    Term(
        ("flow and stock", "流量与存量"),
        (
            "A flow is counted over a year, such as bonds issued; a stock at one moment, such as what is owed.",
            "流量按一段时间计，如当年发行的债券；存量按某一时点计，如年末债务余额。",
        ),
    ),
    Term(
        ("figure and statement", "数字与表述"),
        (
            "A figure can be checked against others; a statement says in words what was done and needs a figure to be"
            " checked.",
            "数字可以与其他数字核对；表述用文字说明做了什么，要核对还得有数字。",
        ),
    ),
    Term(
        ("social insurance funds", "社会保险基金预算"),
        (
            "The budget of pensions and of medical, unemployment and injury insurance.",
            "养老、医疗、失业、工伤等社会保险收支的预算。",
        ),
    ),
)
