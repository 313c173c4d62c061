"""Lesson 2, transfers: who funds whom, and how far one document lets anyone follow the money."""

from fractions import Fraction

from fiscal import narrative, text
from fiscal.teaching import planted
from fiscal.teaching.exercise import Choice, Exercise, Mistake, Question, Term
from fiscal.teaching.planted import Planted

TITLE = ("Transfers: who funds whom", "转移支付：谁给谁钱")
MINUTES = 40
AIMS = (
    ("say why money moves between levels of government", "说明资金为什么在各级政府之间流动"),
    (
        "tell tax rebates, general and special transfers apart, and what each leaves the recipient free to decide",
        "分清税收返还、一般性转移支付和专项转移支付，以及接受方各有多大的自主权",
    ),
    ("compute shares and ratios, and say of what they are shares", "计算比重和比率，并说清分母是什么"),
    ('say what "paid more than received" means, and what it does not', "说明“支出大于收入”意味着什么，不意味着什么"),
    ("name the number without which dependence on transfers can't be judged", "指出判断“对转移支付的依赖”还缺哪个数"),
)
NOTES = (
    (
        "Draw the chain of levels on the board and let the class say which arrows the document prints. Leave the others"
        " dashed for the whole lesson; they are the point of it.",
        "把各级政府的资金链画在黑板上，请全班指出文件公布了哪些箭头，其余的整节课都画成虚线：这正是本课的要点。",
    ),
    (
        "Someone will say that the city added money of its own where more was paid than received. Do not correct it;"
        " ask what else would give the same two numbers, and collect three answers.",
        "支出大于收入时，总有人说是本市自己添了钱。不必纠正，只问还有哪些情形会得出同样两个数，凑够三种回答。",
    ),
    (
        "If time is short, leave out the other two budgets. Do not leave out the last comparison: that nothing can be"
        " ranked there is what students remember.",
        "时间不够时，可略去另外两本预算，但不要略去最后的比较：学生记住的正是“这里无法排名”。",
    ),
)

BUDGETS = ("general_public", "government_fund", "state_capital")
PARTS = ("returning", "grants.general", "grants.special")
PLANTED = Planted(("transfers.",), ("part", "swapped"), seed=2)


def opening(lesson):
    """The question that comes before any explanation."""
    facts = narrative.facts(lesson.case.disclosure, lesson.case.transfer_measures, lesson.lang)
    both = narrative.transfers.received_and_paid(facts)
    question = {"en": "What may be said of that, and what not?", "zh": "由此哪些话可以说，哪些不能说？"}
    return both + narrative.say(lesson.lang, **question) if both.stated else both


def received(case, *names):
    """The sum of what was received under some names, such as general_public.grants.special, in yuan."""
    return sum(case.value(f"transfers.received.{name}") for name in names)


def paid(case, *names):
    """The sum of what was paid under some names, in yuan."""
    return sum(case.value(f"transfers.paid.{name}") for name in names)


def parts(*names):
    """Names of types within the general public budget."""
    return [f"general_public.{name}" for name in names or PARTS]


def direction(case):
    """Whether special transfers paid are less or more than those received, or the same."""
    (special,) = parts("grants.special")
    more = paid(case, special) - received(case, special)
    return "more" if more > 0 else "less" if more else "same"


def supported(case):
    """B, where more was paid than received and the document gives no origin of the difference."""
    return {"more": "B", "less": "C", "same": "C"}[direction(case)]


GRANTS = parts("grants.general", "grants.special")
FOUND = {
    "more": (
        "More. {place} paid out more in special transfers than it received from {above}. Keep your surprise: this"
        " lesson is about what that means, and about what it does not.",
        "更多。{place}付给{below}的专项转移支付，比从{above}收到的还多。先记住这份惊讶：本课要讲的正是这意味着什么，"
        "不意味着什么。",
    ),
    "less": (
        "Less. What was not passed on may have been spent at the own level; the document does not say.",
        "更少。没有下拨的部分可能用在了本级，文件没有说明。",
    ),
    "same": ("The same amount. That does not yet make it the same money.", "一样多。但数额相同不等于就是同一笔钱。"),
}
GUESSED = {
    "less": (
        "A sensible guess: a city would keep a part for itself. Here it is not so. Try another word.",
        "这样猜很合理：市里总要留用一部分。但这里不是。换一个试试。",
    ),
    "same": (
        "You think of a pipe: what goes in comes out. A government is not a pipe. Try another word.",
        "你把它想成了水管：进多少，出多少。政府不是水管。换一个试试。",
    ),
}


EXERCISES = (
    Exercise(
        "2.1",
        (
            "A guess, before you read on. From {above} {place} receives money for set purposes, and to {below} it pays"
            " money for set purposes. In {year}, did it pay less of this money than it received, the same, or more?"
            ' Answer `"less"`, `"same"` or `"more"`.',
            "先猜一猜，再往下读。{above}给{place}指定用途的资金，{place}也给{below}指定用途的资金。{year}年，"
            '{place}付出的比收到的少、一样，还是多？填`"less"`（少）、`"same"`（一样）或`"more"`（多）。',
        ),
        direction,
        (
            ("It is a guess: three words, try one.", "猜错也没关系，三个词选一个。"),
            ("There are only two left.", "只剩两个了。"),
        ),
        lambda case: FOUND[direction(case)],
        'paid = case.value("transfers.paid.general_public.grants.special")\n'
        'received = case.value("transfers.received.general_public.grants.special")\n'
        'answer = "more" if paid > received else "less" if paid < received else "same"',
        (
            Mistake(lambda case: "less", GUESSED["less"]),
            Mistake(lambda case: "same", GUESSED["same"]),
        ),
    ),
    Exercise(
        "2.2",
        (
            "How much did {place} pay to {below} in general transfers, in yuan? Take it from the picture, or from the"
            " table `transfers`.",
            "{place}对{below}的一般性转移支付是多少元？可看图，也可从`transfers`表中取。",
        ),
        lambda case: paid(case, *parts("grants.general")),
        (
            (
                "Three things must fit: the direction (paid), the budget (general public) and the type (general).",
                "三样都要对上：方向（支出）、预算（一般公共预算）、类型（一般性）。",
            ),
            (
                '`transfers` has a row with `direction == "paid"` and `type == "general"`; `value_yuan` is in yuan.'
                " From the picture: 1 亿元 (yi) is 100,000,000 yuan.",
                '在`transfers`表中找`direction == "paid"`且`type =='
                ' "general"`的一行，`value_yuan`以元计。若从图上读数，1亿元是100000000元。',
            ),
        ),
        (
            "Paid, not received; general, not special; transfers, not the whole budget. Four words decide which number"
            " it is.",
            "是支出不是收入，是一般性不是专项，是转移支付不是全部支出：一个数由好几个词共同确定。",
        ),
        "answer = case.transfers.query(\"direction == 'paid' and type == 'general'\")[\"value_yuan\"].item()",
        (
            Mistake(
                lambda case: received(case, *parts("grants.general")),
                (
                    "That came in: {above} paid it to {place}. Asked is what {place} paid to {below}.",
                    "这是收入，是{above}给{place}的；问的是{place}给{below}的。",
                ),
            ),
            Mistake(
                lambda case: paid(case, *parts("grants.special")),
                ("Those are special transfers, with a purpose attached.", "这是专项转移支付，是指定用途的。"),
            ),
            Mistake(
                lambda case: paid(case, "general_public"),
                (
                    "That is all that the general public budget paid to {below}: rebates and special transfers are in"
                    " it too.",
                    "这是一般公共预算对{below}补助的总额，还包含返还性支出和专项转移支付。",
                ),
            ),
            Mistake(
                lambda case: paid(case, *GRANTS),
                (
                    'General and special together. "General transfers" are only one of the two.',
                    "这是一般性和专项之和，问的只是一般性转移支付。",
                ),
            ),
            Mistake(
                lambda case: Fraction(paid(case, *parts("grants.general")), text.YI),
                (
                    "The right figure, in 亿元 (yi). In yuan it has eight more zeros.",
                    "数字对了，但单位是亿元，换成元要乘以一亿。",
                ),
            ),
        ),
    ),
    Exercise(
        "2.3",
        (
            "Which part of what the general public budget received from {above} was tax rebates? Give a share as a"
            " part of 1, with three decimals (0.125 for an eighth).",
            "{above}对{place}一般公共预算的补助中，返还性收入占多大比重？写成小数，保留三位（八分之一写作0.125）。",
        ),
        lambda case: Fraction(received(case, *parts("returning")), received(case, "general_public")),
        (
            ("A share is a part, divided by the whole that it is a part of.", "比重等于部分除以它所属的整体。"),
            (
                "The part: tax rebates received. The whole: all that the general public budget received, rebates"
                " included.",
                "部分是返还性收入，整体是一般公共预算收到的补助总额（含返还）。",
            ),
        ),
        (
            "Often overlooked: this part is not help from above but the place's own revenue, handed back by formula. A"
            " share means something only together with its whole: say of what.",
            "这部分常被忽略：它不是上级的帮助，而是按规定返还的地方收入。说比重，一定要说清是占什么的比重。",
        ),
        'answer = case.value("transfers.received.general_public.returning") /'
        ' case.value("transfers.received.general_public")',
        (
            Mistake(
                lambda case: 100 * Fraction(received(case, *parts("returning")), received(case, "general_public")),
                (
                    "That is the percentage. As a part of 1 it is a hundredth of that: 50% is 0.5.",
                    "这是百分数。写成小数要除以一百：50%写作0.5。",
                ),
            ),
            Mistake(
                lambda case: Fraction(received(case, *parts("returning")), received(case, *GRANTS)),
                (
                    "You divided by general and special transfers. The rebates themselves belong to the whole as well.",
                    "你除以的是一般性与专项之和，整体中还应包括返还性收入自己。",
                ),
            ),
            Mistake(
                lambda case: Fraction(received(case, *parts("returning")), received(case, *BUDGETS)),
                (
                    "You divided by all three budgets. Rebates exist in the general public budget alone, and that is"
                    " what is asked for.",
                    "你除以的是三本预算之和。返还只在一般公共预算中，题目问的也是占一般公共预算补助的比重。",
                ),
            ),
            Mistake(
                lambda case: Fraction(paid(case, *parts("returning")), paid(case, "general_public")),
                ("That is the share in what was paid. Asked is what was received.", "这是支出中的比重，问的是收入。"),
            ),
            Mistake(
                lambda case: Fraction(paid(case, *parts("returning")), received(case, *parts("returning"))),
                (
                    "That is paid divided by received. A share stays within one direction.",
                    "这是支出与收入之比。比重的分子、分母应在同一方向。",
                ),
            ),
            Mistake(
                lambda case: Fraction(received(case, *parts("grants.general")), received(case, "general_public")),
                ("That is the share of general transfers.", "这是一般性转移支付的比重。"),
            ),
        ),
        decimals=3,
    ),
    Exercise(
        "2.4",
        (
            "How much did {place} receive from {above} in its three budgets together, in yuan?",
            "{above}对{place}三本预算的补助合计是多少元？",
        ),
        lambda case: received(case, *BUDGETS),
        (
            ("Three totals, one for each budget.", "三个总数，每本预算一个。"),
            (
                "General public budget + government-managed funds + state capital operations. The three types are"
                " inside the first total already.",
                "一般公共预算、政府性基金、国有资本经营三个总数相加。返还、一般性、专项已经在第一个总数里了。",
            ),
        ),
        (
            "Totals are added to totals, and parts stay inside. It is a sum of received flows: it is not what {place}"
            " had to spend, for its own revenue is not in it.",
            "总数加总数，分项不再加。这只是收到的补助合计，并不是{place}能花的全部：自己组织的收入不在其中。",
        ),
        'answer = sum(case.value(f"transfers.received.{budget}") for budget in ("general_public", "government_fund",'
        ' "state_capital"))',
        (
            Mistake(
                lambda case: received(case, *BUDGETS, *parts()),
                (
                    "You added every number in the clause. Rebates, general and special transfers are parts of the"
                    " first total: they are now counted twice.",
                    "你把这一条里的数字全加了。返还、一般性、专项是第一个总数的组成部分，这样就算了两遍。",
                ),
            ),
            Mistake(
                lambda case: received(case, "general_public"),
                ("That is one of the three budgets.", "这只是三本预算中的一本。"),
            ),
            Mistake(
                lambda case: received(case, *parts(), "government_fund"),
                (
                    "The third budget is missing. It is small, and still a budget.",
                    "漏了国有资本经营预算。数额虽小，也是一本预算。",
                ),
            ),
            Mistake(
                lambda case: paid(case, *BUDGETS),
                ("That is what was paid to {below}.", "这是付给{below}的。"),
            ),
            Mistake(
                lambda case: received(case, *BUDGETS) - paid(case, *BUDGETS),
                ("That is received less paid. Asked is what was received.", "这是收入减支出，问的是收入。"),
            ),
            Mistake(
                lambda case: received(case, *GRANTS, "government_fund", "state_capital"),
                (
                    "Without the rebates. They are no grant, and yet they came in.",
                    "没有算返还。返还虽不是补助性质，但也是收到的钱。",
                ),
            ),
        ),
    ),
    Exercise(
        "2.5",
        (
            "Take general and special transfers together, without rebates. What was paid to {below}, as a part of what"
            " was received from {above}? As a part of 1, with three decimals.",
            "把一般性和专项合在一起，不含返还：对{below}的支出相当于从{above}收入的多少？写成小数，保留三位。",
        ),
        lambda case: Fraction(paid(case, *GRANTS), received(case, *GRANTS)),
        (
            ("Add each side first, then divide.", "先分别相加，再相除。"),
            (
                "(general paid + special paid) ÷ (general received + special received).",
                "（一般性支出＋专项支出）÷（一般性收入＋专项收入）。",
            ),
        ),
        (
            "A ratio of two flows. It does not say that this part of the same money was passed on: {place} may have"
            " kept more of it and added some of its own.",
            "这是两项流量之比，并不说明同一笔钱有这么多下拨了：{place}也可能留用得更多，同时又加上了自有财力。",
        ),
        'paid = case.value("transfers.paid.general_public.grants.general") +'
        ' case.value("transfers.paid.general_public.grants.special")\n'
        'received = case.value("transfers.received.general_public.grants.general") +'
        ' case.value("transfers.received.general_public.grants.special")\n'
        "answer = paid / received",
        (
            Mistake(
                lambda case: 100 * Fraction(paid(case, *GRANTS), received(case, *GRANTS)),
                ("That is the percentage. As a part of 1: 50% is 0.5.", "这是百分数，请写成小数：50%写作0.5。"),
            ),
            Mistake(
                lambda case: Fraction(paid(case, "general_public"), received(case, "general_public")),
                (
                    "You took the totals, with rebates in them. Rebates share out revenue by formula; they are no"
                    " grant that could be passed on.",
                    "你用的是总额，含返还。返还是按规定划分收入，不是可以下拨的补助。",
                ),
            ),
            Mistake(
                lambda case: Fraction(received(case, *GRANTS), paid(case, *GRANTS)),
                ("Upside down: that is received divided by paid.", "上下颠倒了：这是收入除以支出。"),
            ),
            Mistake(
                lambda case: sum(Fraction(paid(case, name), received(case, name)) for name in GRANTS) / 2,
                (
                    "You took the mean of the two ratios. They stand for different amounts of money: add first, then"
                    " divide.",
                    "你取了两个比率的平均数。两者对应的金额大小不同，应先加总再相除。",
                ),
            ),
            Mistake(
                lambda case: Fraction(paid(case, *parts("grants.special")), received(case, *parts("grants.special"))),
                ("That is special transfers alone.", "这只是专项转移支付。"),
            ),
            Mistake(
                lambda case: Fraction(paid(case, *parts("grants.general")), received(case, *parts("grants.general"))),
                ("That is general transfers alone.", "这只是一般性转移支付。"),
            ),
            Mistake(
                lambda case: Fraction(paid(case, *BUDGETS), received(case, *BUDGETS)),
                ("Those are all three budgets, rebates included.", "这是三本预算之比，还含返还。"),
            ),
        ),
        decimals=3,
    ),
    Exercise(
        "2.6",
        (
            "Which of these sentences on special transfers does the document support? Answer with its letter, as in"
            ' `"A"`.\n'
            "A. All special transfers that {above} sent reached {below}.\n"
            "B. More was paid in special transfers than received, and the document does not say where the difference"
            " came from.\n"
            "C. {place} kept a part of the special transfers for its own level.\n"
            "D. {place} added the difference from its own revenue.",
            '关于专项转移支付，下面哪句话有文件依据？填字母，例如`"A"`。\n'
            "A. {above}下达的专项转移支付全部到了{below}。\n"
            "B. 专项转移支付支出大于收入，差额从哪里来，文件没有说明。\n"
            "C. {place}把一部分专项转移支付留在了本级。\n"
            "D. 差额由{place}用自有财力补足。",
        ),
        supported,
        (
            ("Which of them needs nothing but two printed totals?", "哪一句只需要两个列出的总数就能成立？"),
            (
                "Three of them claim to know the way that particular money took. The document prints totals, no ways.",
                "有三句都自称知道某一笔钱的去向或来历，而文件只列了总数，没有列去向。",
            ),
        ),
        (
            "Two totals and their difference, and an honest end of sentence. The other three may even be true: nobody"
            " can see it from here.",
            "两个总数，一个差额，加上一句老实话。另外三句也许是真的，但从这份文件看不出来。",
        ),
        'more = case.value("transfers.paid.general_public.grants.special") >'
        ' case.value("transfers.received.general_public.grants.special")\n'
        'answer = "B" if more else "C"',
        (
            Mistake(
                lambda case: "A",
                (
                    "That more went out than came in does not show that the same money went out. Some may have stayed"
                    " at the own level, and money of the city may have gone out under the same name.",
                    "支出比收入多，不能说明出去的就是进来的那笔钱。可能有一部分留在本级使用，"
                    "同时又有市级资金以同样的名义付出。",
                ),
            ),
            Mistake(
                lambda case: "C",
                (
                    "Possible, and even likely: but what the own level spent on special purposes is not printed.",
                    "有可能，甚至很常见，但本级用了多少专项资金，文件没有列。",
                ),
            ),
            Mistake(
                lambda case: "D",
                (
                    "The most natural explanation, and still a guess: money carried over from last year, or another"
                    " classification, would give the same numbers.",
                    "这个解释最自然，但仍是猜测：上年结转，或者归类不同，都会得出同样的数字。",
                ),
            ),
        ),
    ),
    planted.exercise("2.7", PLANTED),
)

QUIZ = (
    Question(
        ("Which transfers leave the recipient most free to decide?", "哪一类资金接受方最能自主安排？"),
        (
            Choice(
                ("Special transfers", "专项转移支付"),
                False,
                ("Their purpose is set by the level above.", "它的用途由上级指定。"),
            ),
            Choice(
                ("General transfers, as a rule", "一般说来是一般性转移支付"),
                True,
                (
                    "As a rule: since transfers for shared responsibilities are counted among them, a part of them has"
                    " a set use too.",
                    "“一般说来”：共同财政事权转移支付列入其中以后，有一部分用途也是限定的。",
                ),
            ),
            Choice(
                ("New special bonds", "新增专项债券"),
                False,
                ("Those are no transfer. They are debt, for projects.", "那不是转移支付，而是用于项目的债务。"),
            ),
        ),
    ),
    Question(
        ("What are tax rebates?", "税收返还是什么？"),
        (
            Choice(
                ("Money that firms get back from the tax office", "税务局退给企业的税款"),
                False,
                (
                    "The name invites it. Here one government hands revenue back to another; no taxpayer gets"
                    " anything.",
                    "名称容易引起误会。这里是上级政府把收入返还给下级政府，与纳税人退税无关。",
                ),
            ),
            Choice(
                (
                    "Revenue that reforms moved upwards, handed back by formula",
                    "分税制改革上划、再按规定返还地方的收入",
                ),
                True,
                (
                    "Revenue sharing, not help: so it is no measure of dependence.",
                    "属于收入划分，不是帮助，不宜用来衡量依赖程度。",
                ),
            ),
            Choice(
                ("A reward for good projects", "对好项目的奖励"),
                False,
                ("Nothing is rewarded: a formula decides.", "没有奖励的意思，按规定计算。"),
            ),
        ),
    ),
    Question(
        (
            "A series of general transfers jumps upwards in 2019. What do you ask first?",
            "某地一般性转移支付在2019年突然大增，首先应当问什么？",
        ),
        (
            Choice(
                ("Why the level above became so generous.", "上级为什么突然大方了？"),
                False,
                ("First make sure that it is the same thing that is counted.", "先要弄清数的是不是同一样东西。"),
            ),
            Choice(
                ("Whether the same things are counted in it.", "统计的内容是否一致？"),
                True,
                (
                    "Since that year transfers for shared responsibilities are counted among general ones: the series"
                    " breaks.",
                    "自当年起，共同财政事权转移支付列入一般性转移支付，前后口径不同。",
                ),
            ),
            Choice(
                ("Whether the place has become poorer.", "当地是不是变穷了？"),
                False,
                ("A number can change because its definition did.", "定义变了，数字也会变。"),
            ),
        ),
    ),
    Question(
        (
            "In 2020 a city passes on nearly all that its government-managed funds received from above. Is that how it"
            " always is?",
            "2020年，某市政府性基金收到的补助几乎全部下拨。年年如此吗？",
        ),
        (
            Choice(
                ("Yes, funds are always passed on.", "是，基金总是全部下拨的。"),
                False,
                ("One year can't show that, and this year least of all.", "一年的数据说明不了，这一年尤其不能。"),
            ),
            Choice(
                ("It can't be told: that year was special.", "看不出来，那一年很特殊。"),
                True,
                (
                    "Special treasury bonds for COVID-19 control came through this budget, in that year alone.",
                    "那一年的抗疫特别国债资金走的就是这本预算，属于一次性资金。",
                ),
            ),
            Choice(
                ("No, it usually keeps them.", "不，平时都留在本级。"),
                False,
                ("Nor does the document say that.", "文件同样没有这样说。"),
            ),
        ),
    ),
    Question(
        (
            "A county of 2025 receives more than twice its own revenue in transfers. The document of a large city of"
            " 2020 prints what it received, and no own revenue. Which of the two depends more on transfers?",
            "2025年的某县，上级补助是自身收入的两倍多；2020年某大城市的文件列了上级补助，没有列自身收入。"
            "哪个更依赖转移支付？",
        ),
        (
            Choice(
                ("The county, clearly.", "显然是那个县。"),
                False,
                (
                    "For the city there is no ratio to compare with. A missing number is not a small one.",
                    "那座城市没有可比的比率。没有列出的数，不等于小的数。",
                ),
            ),
            Choice(
                ("It can't be said from these documents.", "凭这些文件无法判断。"),
                True,
                (
                    "A denominator is missing; and year, level of government and basis would have to agree as well.",
                    "缺分母；而且年度、政府层级、数据类型也得一致才行。",
                ),
            ),
            Choice(
                ("The city: it received far more yuan.", "那座城市，因为它收到的金额大得多。"),
                False,
                (
                    "A large city receives more of everything. Dependence is a ratio.",
                    "大城市样样都多。依赖程度是比率，不是金额。",
                ),
            ),
        ),
    ),
)

CONCEPTS = (
    "transfers.received.general_public",
    "transfers.received.general_public.returning",
    "transfers.received.general_public.grants.general",
    "transfers.received.general_public.grants.general.shared",
    "transfers.received.general_public.grants.special",
    "transfers.received.government_fund",
    "transfers.received.state_capital",
    "revenue.general_public",
)
TERMS = (
    Term(
        ("tax-sharing system", "分税制"),
        (
            "Since the reform of the 1990s taxes are divided between the centre and localities, and some are shared.",
            "二十世纪九十年代改革确立的财政体制，税收按税种划分为中央税、地方税和共享税。",
        ),
    ),
    Term(
        ("remitted upwards", "上解"),
        (
            "What a government pays to the level above. It is the other direction, and not among the figures here.",
            "下级财政按规定上交上级财政的资金，方向与补助相反，本课的数字中没有。",
        ),
    ),
    Term(
        ("special treasury bonds for COVID-19 control", "抗疫特别国债"),
        (
            "Bonds that the central government issued in 2020; the money went to localities through the budget for"
            " government-managed funds.",
            "2020年由中央财政发行的特别国债，资金全部转给地方，纳入政府性基金预算管理。",
        ),
    ),
    Term(
        ("direct funds", "直达资金"),
        (
            "Central money that since 2020 reaches cities and counties at once, with a ledger that follows it.",
            "2020年起实行的特殊转移支付机制下，直达市县基层、台账全程跟踪的中央财政资金。",
        ),
    ),
    Term(
        ("three guarantees", "“三保”"),
        (
            "What grass-roots governments must pay first: basic living needs, wages, operations.",
            "基层财政必须优先保障的支出：保基本民生、保工资、保运转。",
        ),
    ),
)
