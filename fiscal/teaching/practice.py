"""A document on a page: what it says, what was read of it and what was not, and another place beside it."""

from html import escape

from fiscal import disclosure, text
from fiscal.figures import vocabulary
from fiscal.narrative import Table
from fiscal.teaching.show import Shown

AREAS = {"省": "全省", "市": "全市", "县": "全县", "区": "全区"}  # how a document calls all of its place
PLANS = {"expected": "预计", "execution": "", "final": "", "budget": ""}
LOOK = "white-space: pre-wrap; overflow-wrap: anywhere; max-height: 22rem; overflow: auto; border: 1px solid #bbb"


def page(case):
    """A text in Chinese, as documents are: the figures of a case in sentences of our own.

    Its last amount is a difference, which the reader leaves unread.
    """
    place, year = case.source["jurisdiction"]["zh"], case.source["fiscal_year"]
    area = AREAS.get(place[-1], "")
    rows = [case.row(concept) for concept in dict.fromkeys(case.figures["concept"]) if case.has(concept)]
    rows = [row for row in rows if row["unit"] == "yuan"]
    lines = [f"{place}{year}年政府决算公开说明", "一、有关数据"]
    for row in rows:
        end = "末" if vocabulary.concepts().at[row["concept"], "kind"] == "stock" else ""
        label = vocabulary.label(row["concept"], "zh").removeprefix("年末")
        time = f"{PLANS[row['basis']]}{row['fiscal_year']}年{end}"
        lines.append(f"{time}，{area}{label}{row['disclosed']}{row['disclosed_unit']}。")
    if len(rows) > 1:
        apart = text.money(abs(rows[0]["value"] - rows[1]["value"]), "zh")
        lines += ["二、其他说明", f"前两项数据相差{apart}。"]
    return "\n".join(lines) + "\n"


def shown(case, lang):
    """The text of a case's document, and whose words they are."""
    whose = {
        "en": (
            "Sentences of our own with the published figures; not the government's wording.",
            "The text of the document, as it is kept beside its figures.",
        ),
        "zh": ("用本项目自己的句子写出已公布的数据，不是政府原文。", "文件原文，与数据一并保存。"),
    }[lang][case.kept]
    words = f'<pre lang="zh-CN" tabindex="0" style="{LOOK}">{escape(case.text)}</pre>'
    return Shown(f"{words}<p><small>{whose}</small></p>", f"{case.text}\n{whose}", lang)


def read(found, lang):
    """The figures of an extraction, in words."""
    header = {"en": ["Read as", "Printed", "Clause"], "zh": ["识读为", "原文", "条款"]}[lang]
    rows = [
        [
            f"{vocabulary.label(row.concept, lang)}{_context(row, lang)}",
            row.disclosed + row.disclosed_unit,
            text.clause(row.clause, lang),
        ]
        for row in found.figures.itertuples()
    ]
    return Table({"en": "Read", "zh": "已识读"}[lang], header, rows, numeric=[1], short=[2])


def _context(row, lang):
    if row.basis == "final":
        return ""
    return f" ({text.basis(row.basis, lang)})" if lang == "en" else f"（{text.basis(row.basis, lang)}）"


def unread(found, lang):
    """The amounts that were not taken for figures, and why."""
    header = {"en": ["Printed", "Why it was left", "Sentence"], "zh": ["原文", "未识读的原因", "所在句子"]}[lang]
    rows = [
        [row.disclosed + row.disclosed_unit, disclosure.REASONS[row.reason][lang == "zh"], row.sentence]
        for row in found.unread.itertuples()
    ]
    return Table({"en": "Not read", "zh": "未识读"}[lang], header, rows, short=[0])


def compared(table, lang):
    """Rows of ``fiscal.measures.compare`` side by side, with all that may keep them from being compared."""
    header = {
        "en": ["Place", "Level", "Year", "Date", "Scope", "Basis", "Value"],
        "zh": ["地区", "层级", "年度", "时点", "口径", "数据类型", "数值"],
    }[lang]
    rows = [
        [
            row["jurisdiction_en" if lang == "en" else "jurisdiction"],
            text.level(row["level"], lang) if row["level"] else "",
            str(row["fiscal_year"]),
            row["as_of"],
            text.scope(row["scope"], row["scope_label"], lang),
            text.basis(row["basis"], lang),
            text.percent(row["value"], lang, int(row["decimals"])),
        ]
        for row in table[table["value"].notna()].to_dict("records")
    ]
    return Table("", header, rows, numeric=[6], short=[1, 2])
