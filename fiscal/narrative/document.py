"""What is said of any document: its units, approval, statements, gaps, and the table of its figures.

>>> import fiscal
>>> debt = fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))
>>> facts = fiscal.narrative.facts("urumqi-2020", debt, "en")
"""

from fiscal import text
from fiscal.figures import vocabulary
from fiscal.narrative.prose import Bullets, Hint, Original, Prose, Table, absence, say

__all__ = [
    "absent",
    "approval",
    "citation",
    "measured",
    "sources",
    "told",
    "units",
    "uses",
]

INTERPRETED = "scope.interpreted"


def units(facts):
    """Said once: what a yi is, which Chinese readers know, and where the notes are.

    >>> print(fiscal.narrative.document.units(facts))
    Amounts are in yi (亿元): one yi is 100 million yuan. Each number has a note with ...
    """
    said = say(
        facts.lang,
        en="Amounts are in yi (亿元): one yi is {million} million yuan. Each number has a note with its clause, its"
        " printed form and how it was computed: point at it, or move to it with the Tab key; in print, see the end.",
        zh="金额单位：亿元。每个数字均注有条款、原文数值和计算方法：将鼠标指向数字，或用Tab键移到数字上即可查看；打印件见文末。",
        million=text.number(text.YI // 1_000_000, 0, "en"),
    )
    return Hint(*said.pieces, lang=said.lang)


def approval(facts):
    """Who approved which accounts and when.

    >>> print(fiscal.narrative.document.approval(facts))
    What was approved are the 2020 final accounts of the city's own level: by the standing committee of the
    16th Urumqi Municipal People's Congress, 39th meeting, on 17 August 2021. It does not state when it was
    published.
    """
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
    """The document that everything here is from.

    >>> print(fiscal.narrative.document.citation(facts))
    Urumqi: Notes on the publication of Urumqi's 2020 final accounts (fiscal year 2020).
    """
    return say(
        facts.lang,
        en="{place}: {title} (fiscal year {year}).",
        zh="{place}：《{title}》（{year}年度）。",
        place=facts.name("jurisdiction"),
        title=facts.name("title"),
        year=str(facts.source["fiscal_year"]),
    )


def told(facts, prefix):
    """Which scope, year and basis the page tells, and what else the document prints under the prefix.

    >>> print(fiscal.narrative.document.told(facts, "debt."))
    Told here: whole area, 2020.
    """
    figures = facts.figures[facts.figures["concept"].str.startswith(prefix)]
    scopes = dict.fromkeys(facts.printed(c)["scope"] for c in figures["concept"] if facts.has(c))
    if scopes:
        sentence = say(
            facts.lang,
            en="Told here: {scope}, {year}.",
            zh="本页口径：{scope}，{year}年。",
            scope=text.listed([text.scope(scope, "", facts.lang) for scope in scopes], facts.lang),
            year=str(facts.year),
        )
    else:
        sentence = say(
            facts.lang,
            en="The document prints no result for {year} here.",
            zh="文件没有{year}年的相关结果数。",
            year=str(facts.year),
        )
    soft = [c for c in dict.fromkeys(figures["concept"]) if facts.has(c) and facts.printed(c)["basis"] != "final"]
    for basis in dict.fromkeys(facts.printed(concept)["basis"] for concept in soft):
        sentence += say(
            facts.lang,
            en="Not yet final but {basis}: {names}.",
            zh="以下为{basis}，不是决算数：{names}。",
            basis=text.basis(basis, facts.lang),
            names=_listed(facts, [c for c in soft if facts.printed(c)["basis"] == basis]),
        )
    keys = ["fiscal_year", "as_of", "scope", "scope_label", "basis"]
    others = figures[keys].drop_duplicates().sort_values(keys).to_dict("records")
    others = [text.context(row, facts.lang) for row in others if row not in _contexts(facts, figures)]
    if not others:
        return sentence
    return sentence + say(
        facts.lang,
        en="Other figures of the document stand in the table below and are not mixed in: {others}.",
        zh="文件中其他时点、口径或类型的数字列于下表，不与上述数字混用：{others}。",
        others="; ".join(others) if facts.lang == "en" else "；".join(others),
    )


def _contexts(facts, figures):
    """The contexts of the figures that sentences tell."""
    keys = ("fiscal_year", "as_of", "scope", "scope_label", "basis")
    printed = [facts.printed(concept) for concept in dict.fromkeys(figures["concept"]) if facts.has(concept)]
    return [{key: row[key] for key in keys} for row in printed]


def _listed(facts, concepts):
    return text.listed([text.small(facts.label(concept), facts.lang) for concept in concepts], facts.lang)


def uses(facts, prefix):
    """What the document says that money was for, in the clauses where figures of this prefix stand.

    >>> print(fiscal.narrative.document.uses(facts, "debt."))
    - All new bonds were used for public-benefit projects of the government (clause II).
    """
    clauses = set(facts.figures.loc[facts.figures["concept"].str.startswith(prefix), "clause"])
    rows = facts.statements[(facts.statements["topic"] == "use") & facts.statements["clause"].isin(clauses)]
    clause = {"en": "clause ", "zh": ""}[facts.lang]
    return Bullets(
        *(
            Prose(
                text.closed(row[f"text_{facts.lang}"], clause + text.clause(row["clause"], facts.lang), facts.lang),
                lang=facts.lang,
            )
            for row in rows.to_dict("records")
        )
    )


def absent(facts, prefix, wanted):
    """Which of the wanted concepts the document does not print, and which breakdowns it does not give.

    >>> for sentence in fiscal.narrative.document.absent(facts, "debt.", ["capacity.comprehensive"]):
    ...     print(sentence)
    The document does not state: comprehensive fiscal capacity.
    No figure is broken down by recipient or by project.
    """
    missing = [fact for concept in wanted if (fact := facts.figure(concept)).missing]
    sentences = [absence(facts.lang, missing)] if missing else []
    figures = facts.figures[facts.figures["concept"].str.startswith(prefix)]
    if not (figures["counterparty"].any() or figures["project"].any()):
        sentences.append(
            say(
                facts.lang,
                en="No figure is broken down by recipient or by project.",
                zh="各项数字均未分地区或分项目列示。",
            )
        )
    return sentences


def sources(facts, prefix):
    """Every figure under a prefix: term, amount, as printed, clause, scope, remarks; time and basis where they vary.

    >>> print(fiscal.narrative.document.sources(facts, "debt.balance"))
    Figures of Notes on the publication of Urumqi's 2020 final accounts
    Figure | Amount | Printed | Clause | Scope | Remarks
    Government debt balance | 1,188.94 yi | 1188.94亿元 | II | whole area (interpreted) |
    General debt balance | 405.54 yi | 405.54亿元 | II | whole area (interpreted) |
    Special debt balance | 783.4 yi | 783.4亿元 | II | whole area (interpreted) |
    """
    en = facts.lang == "en"
    header = (
        ["Figure", "Amount", "Printed", "Clause", "Scope", "Remarks"]
        if en
        else ["指标", "数额", "原文", "条款", "口径", "说明"]
    )
    figures = facts.figures[facts.figures["concept"].str.startswith(prefix)]
    order = {concept: position for position, concept in enumerate(vocabulary.concepts().index)}
    figures = figures.assign(position=figures["concept"].map(order))
    # One scope after the other, each in the order of the vocabulary.
    figures = figures.sort_values(["scope", "scope_label", "position", "fiscal_year", "as_of", "basis"], kind="stable")
    rows = [_source(facts, row) for row in figures.to_dict("records")]
    varies = (figures[["fiscal_year", "as_of", "basis"]] != [facts.year, "", "final"]).any(axis=None)
    short = [3, 4]
    if varies:
        header = [*header[:5], "Time and basis" if en else "时间与数据类型", header[5]]
        short = [3]
    else:
        rows = [[*row[:5], row[6]] for row in rows]
    caption = f"Figures of {facts.source['title'].get('en', facts.source['title']['zh'])}" if en else ""
    return Table(caption or f"{facts.source['title']['zh']}：所引数字", header, rows, numeric=[1, 2], short=short)


def _source(facts, row):
    """The cells of one figure; what is interpreted, derived or edited is marked."""
    en = facts.lang == "en"
    scope = text.scope(row["scope"], row["scope_label"], facts.lang)
    remarks = vocabulary.split(row["remark"])
    if INTERPRETED in remarks:
        scope += text.aside("interpreted" if en else "解释", facts.lang)
    remarks = [vocabulary.remark(each, facts.lang) for each in remarks if each != INTERPRETED]
    if row["status"] == "derived":
        remarks = ["derived" if en else "推算", *remarks]
    if row["status"] == "edited":
        remarks = [*remarks, "edited" if en else "人工修改"]
    basis, time = text.basis(row["basis"], facts.lang), text.time(row["as_of"] or row["fiscal_year"], facts.lang)
    return [
        facts.label(row["concept"]),
        facts.cell(row),
        Original(f"{row['disclosed']}{row['disclosed_unit']}"),
        text.clause(row["clause"], facts.lang),
        scope,
        time + (", " if en else "，") + basis,
        ("; " if en else "；").join(remarks),
    ]


def _gap(fact, en):
    if fact.reason == "zero_denominator":
        return "no ratio" if en else "无法计算"
    return "not stated" if en else "未公布"


def measured(facts, names):
    """A table of measures with value and formula; ``names`` maps (measure, type) to its English and Chinese name.

    >>> print(fiscal.narrative.document.measured(facts, {("limit_use", "special"): ("Use of the limit", "限额使用率")}))
    Measures computed here
    Measure | Value | Formula
    Use of the limit | 87.01% | Special debt balance ÷ Special debt limit at year end
    """
    en = facts.lang == "en"
    header = ["Measure", "Value", "Formula"] if en else ["指标", "数值", "公式"]
    rows = []
    for (measure, kind), label in names.items():
        fact = facts.measure(measure, kind)
        if fact.missing:
            rows.append([label[not en], _gap(fact, en), str(absence(facts.lang, [fact]))])
        else:
            rows.append([label[not en], fact, facts.formula(facts.row(measure, kind))])
    return Table("Measures computed here" if en else "本报告计算的指标", header, rows, numeric=[1])


def __dir__():
    return list(__all__)
