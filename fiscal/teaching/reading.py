"""Tables for who reads final accounts for the first time: budgets, one figure taken apart, units, sums."""

from fractions import Fraction

from fiscal import text
from fiscal.figures import check, labels, vocabulary
from fiscal.narrative.document import INTERPRETED
from fiscal.narrative.prose import Fact, Prose, Table

# Each budget with where its money comes from and what it is for: Budget Law, articles 5 to 11.
BUDGETS = {
    "general_public": (
        ("General public budget", "一般公共预算"),
        ("above all taxes", "以税收为主体的财政收入"),
        ("schools, health care, public security, the running of offices", "教育、医疗、公共安全、机关运转等"),
    ),
    "government_fund": (
        ("Government-managed funds", "政府性基金预算"),
        (
            "charges collected for one purpose, above all what is paid for land-use rights",
            "向特定对象征收、收取的资金，以国有土地使用权出让收入为主",
        ),
        ("that one purpose, such as land and city building", "专款专用，如征地补偿、城市建设等"),
    ),
    "state_capital": (
        ("State capital operations", "国有资本经营预算"),
        ("profits that state-owned firms hand over", "国有企业上缴利润等国有资本收益"),
        ("state-owned firms; a part goes to the general public budget", "支持国有企业，并调出一部分到一般公共预算"),
    ),
    "social_insurance": (
        ("Social insurance funds", "社会保险基金预算"),
        ("contributions of employers and employees, and subsidies", "社会保险缴款、财政补助等"),
        ("pensions, medical and unemployment insurance", "养老、医疗、失业等社会保险待遇"),
    ),
}
FLOWS = {
    "revenue.{}": ("revenue", "收入"),
    "expenditure.{}": ("expenditure", "支出"),
    "transfers.received.{}": ("from above", "上级补助"),
    "transfers.paid.{}": ("to below", "对下补助"),
}
UNITS = (("元", 1), ("万元", 10_000), ("亿元", text.YI))


def budgets(facts):
    """The four budgets: where the money comes from, what it is for, and what this document prints of each."""
    lang = facts.lang
    header = {
        "en": ["Budget", "Money comes from", "Money is for", "Totals in this document"],
        "zh": ["预算", "收入来源", "主要用途", "本文件列出的总数"],
    }[lang]
    rows = [
        [_in(lang, name), _in(lang, source), _in(lang, purpose), _totals(facts, budget)]
        for budget, (name, source, purpose) in BUDGETS.items()
    ]
    return Table({"en": "The four budgets of a government", "zh": "政府的四本预算"}[lang], header, rows)


def _totals(facts, budget):
    """The totals of a budget that are printed, each with its amount."""
    concepts = vocabulary.concepts().index
    pieces = []
    for pattern, name in FLOWS.items():
        concept = pattern.format(budget)
        if concept in concepts and facts.has(concept):
            pieces += [_in(facts.lang, (", ", "，")), _in(facts.lang, (f"{name[0]} ", name[1])), facts.figure(concept)]
    return Prose(*pieces[1:], lang=facts.lang) if pieces else _in(facts.lang, ("none", "无"))


def figure(facts, concept):
    """One figure taken apart: what it is of, how much, whose, when, plan or result, and where it stands."""
    lang, row = facts.lang, facts.printed(concept)
    definition = vocabulary.concepts().at[concept, f"definition_{lang}"]
    named = facts.label(concept)
    scope = text.scope(row["scope"], row["scope_label"], lang)
    if INTERPRETED in vocabulary.split(row["remark"]):
        scope += _in(lang, (" (our reading: the text does not say so)", "（属解释：原文未注明）"))
    questions = [
        (("Of what?", "什么数？"), text.named(named, definition, lang)),
        (("How much?", "多少？"), facts.figure(concept)),
        (("In what unit?", "什么单位？"), _in(lang, (f"printed in {row['disclosed_unit']}", row["disclosed_unit"]))),
        (("Whose?", "谁的？"), f"{facts.name('jurisdiction')}{_in(lang, (', ', '，'))}{scope}"),
        (("When?", "什么时候？"), _when(facts, row)),
        (("Plan or result?", "计划还是结果？"), text.basis(row["basis"], lang)),
        (("Where does it stand?", "出自哪里？"), _in(lang, ("clause ", "")) + text.clause(row["clause"], lang)),
    ]
    header = {"en": ["Ask", "Answer"], "zh": ["要问的", "回答"]}[lang]
    caption = {"en": "One figure, seven questions", "zh": "一个数字，七个问题"}[lang]
    return Table(caption, header, [[_in(lang, asked), answer] for asked, answer in questions], short=[0])


def _when(facts, row):
    """A flow is of a year, a stock of its end."""
    stock = vocabulary.concepts().at[row["concept"], "kind"] == "stock"
    if row["as_of"]:
        return row["as_of"]
    if stock:
        return {"en": f"at the end of {row['fiscal_year']} (a stock)", "zh": f"{row['fiscal_year']}年末（存量）"}[
            facts.lang
        ]
    return {"en": f"during {row['fiscal_year']} (a flow)", "zh": f"{row['fiscal_year']}年全年（流量）"}[facts.lang]


def units(facts, concept):
    """One amount in three units."""
    row = facts.printed(concept)
    note = facts.figure(concept).provenance
    rows = []
    for unit, factor in UNITS:
        decimals = next(d for d in range(9) if row["value"] * 10**d % factor == 0)
        rows.append([unit, Fact(_grouped(Fraction(int(row["value"]), factor), decimals), note)])
    header = {"en": ["Unit", "The same amount"], "zh": ["单位", "同一数额"]}[facts.lang]
    return Table(facts.label(concept), header, rows, short=[0, 1])


def _grouped(amount, decimals):
    """An amount with its digits in groups, in both languages: beside its other units that shows the zeros."""
    return text.number(amount, decimals, "en")


def repeated(facts, concept):
    """Every time that a document prints one item: whose, when, on which basis, how much."""
    lang = facts.lang
    header = {"en": ["Whose", "Amount", "When and what", "Clause"], "zh": ["口径", "数额", "时间与数据类型", "条款"]}
    rows = [
        [
            text.scope(row["scope"], row["scope_label"], lang),
            facts.cell(row),
            f"{row['as_of'] or _year(row, lang)}{_in(lang, (', ', '，'))}{text.basis(row['basis'], lang)}",
            text.clause(row["clause"], lang),
        ]
        for row in facts.figures[facts.figures["concept"] == concept].to_dict("records")
    ]
    caption = text.named(facts.name("title"), text.small(facts.label(concept), lang), lang)
    return Table(caption, header[lang], rows, numeric=[1], short=[0, 3])


def _year(row, lang):
    return _in(lang, (str(row["fiscal_year"]), f"{row['fiscal_year']}年"))


def sums(facts):
    """Each total that is printed together with its parts: both sides, the difference, what rounding would excuse."""
    lang = facts.lang
    header = {
        "en": ["What must hold", "Parts together", "Total as printed", "Difference", "Rounding excuses", "Outcome"],
        "zh": ["应成立的关系", "分项之和", "列出的合计", "差额", "四舍五入可容许", "结果"],
    }[lang]
    checked = check(facts.source["id"])
    rows = []
    for row in checked[(checked["kind"] == "sum") & (checked["outcome"] != "not_printed")].to_dict("records"):
        formula = facts.formula({"formula": row["statement"]})
        amounts = [
            Fact(text.money(int(row[column]), lang), formula) for column in ("left", "right", "difference", "tolerance")
        ]
        rows.append([row[f"label_{lang}"], *amounts, labels.word("outcome", row["outcome"], lang)])
    caption = {"en": "Totals and their parts", "zh": "合计与分项"}[lang]
    return Table(caption, header, rows, numeric=[1, 2, 3, 4], short=[5])


def _in(lang, pair):
    return pair[lang == "zh"]
