"""What is said of any document: its units, approval, statements, gaps, and the table of its figures."""

from fiscal import text
from fiscal.figures import vocabulary
from fiscal.narrative.prose import Bullets, Prose, Table, not_stated, say

INTERPRETED = "scope.interpreted"


def units(facts):
    """Said once in English: what a yi is. Chinese readers know."""
    return say(
        facts.lang,
        en="Amounts are in yi (亿元): one yi is {million} million yuan. Point at a number, or move to it with"
        " the Tab key, to see its clause, its printed form and how it was computed.",
        zh="金额单位为亿元。将鼠标指向数字，或用Tab键移到数字上，可查看其条款、原文数值和计算方法。",
        million=text.number(text.YI // 1_000_000, 0, "en"),
    )


def approval(facts):
    """Who approved which accounts and when."""
    approved = facts.source.get("approved")
    if not approved:
        return say(
            facts.lang,
            en="The document does not say when and by whom the accounts were approved.",
            zh="文件未说明决算的批准时间和机关。",
        )
    published = say(facts.lang, en="It does not state when it was published.", zh="文件未注明公开日期。")
    sentence = say(
        facts.lang,
        en="What was approved are the {accounts}: by the {by}, on {date}.",
        zh="{by}于{date}批准了{accounts}。",
        accounts=facts.words(approved["accounts"]),
        by=facts.words(approved["by"]),
        date=text.day(approved["date"], facts.lang),
    )
    return sentence if facts.source.get("published") else sentence + published


def citation(facts):
    """The document that everything here is from."""
    return say(
        facts.lang,
        en="{place}: {title} (fiscal year {year}).",
        zh="{place}：《{title}》（{year}年度）。",
        place=facts.name("jurisdiction"),
        title=facts.name("title"),
        year=str(facts.year),
    )


def uses(facts, prefix):
    """What the document says that money was for, in the clauses where figures of this prefix stand."""
    clauses = set(facts.figures.loc[facts.figures["concept"].str.startswith(prefix), "clause"])
    rows = facts.statements[(facts.statements["topic"] == "use") & facts.statements["clause"].isin(clauses)]
    place = {"en": " (clause {})", "zh": "（{}）"}[facts.lang]
    return Bullets(
        *(
            Prose(row[f"text_{facts.lang}"], place.format(text.clause(row["clause"], facts.lang)), lang=facts.lang)
            for row in rows.to_dict("records")
        )
    )


def absent(facts, prefix, wanted):
    """Which of the wanted concepts the document does not print, and which breakdowns it does not give."""
    missing = [concept for concept in wanted if not facts.has(concept)]
    sentences = [not_stated(facts.lang, missing)] if missing else []
    figures = facts.figures[facts.figures["concept"].str.startswith(prefix)]
    if not (figures["counterparty"].any() or figures["project"].any()):
        sentences.append(
            say(
                facts.lang,
                en="No figure is broken down by recipient or by project.",
                zh="各项数字均未分地区、分项目列示。",
            )
        )
    return sentences


def sources(facts, prefix):
    """Every figure under a prefix: term, amount, as printed, clause, scope and remarks."""
    en = facts.lang == "en"
    header = (
        ["Figure", "Amount", "Printed", "Clause", "Scope", "Remarks"]
        if en
        else ["指标", "数额", "原文", "条款", "口径", "说明"]
    )
    scopes = {
        "whole": ("whole area", "全辖"),
        "own": ("own level", "本级"),
        "lower": ("levels below", "下级"),
    }
    rows = []
    for concept in vocabulary.concepts().index:
        if not (concept.startswith(prefix) and facts.has(concept)):
            continue
        row = facts.printed(concept)
        scope = scopes[row["scope"]][not en] if row["scope"] in scopes else row["scope_label"]
        remarks = vocabulary.split(row["remark"])
        if INTERPRETED in remarks:
            scope += " (interpreted)" if en else "（解释）"
        remarks = [vocabulary.remark(each, facts.lang) for each in remarks if each != INTERPRETED]
        if row["status"] == "edited":
            remarks = [*remarks, "edited" if en else "人工修改"]
        rows.append(
            [
                facts.label(concept),
                facts.figure(concept),
                f"{row['disclosed']}{row['disclosed_unit']}",
                text.clause(row["clause"], facts.lang),
                scope,
                ("; " if en else "；").join(remarks),
            ]
        )
    caption = f"Figures of {facts.source['title'].get('en', facts.source['title']['zh'])}" if en else ""
    return Table(caption or f"{facts.source['title']['zh']}：所引数字", header, rows, numeric=[1, 2], short=[3, 4])


def measured(facts, names):
    """A table of measures with value and formula; ``names`` maps (measure, type) to its English and Chinese name."""
    en = facts.lang == "en"
    header = ["Measure", "Value", "Formula"] if en else ["指标", "数值", "公式"]
    rows = []
    for (measure, kind), label in names.items():
        fact = facts.measure(measure, kind)
        if fact.missing:
            rows.append([label[not en], "not stated" if en else "未公布", str(not_stated(facts.lang, fact.missing))])
        else:
            rows.append([label[not en], fact, facts.formula(facts.row(measure, kind))])
    return Table("Measures computed here" if en else "本报告计算的指标", header, rows, numeric=[1])
