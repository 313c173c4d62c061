"""What is known of some disclosures, as sheets in a reader's language: figures, measures, checks."""

import pandas as pd

from fiscal import text
from fiscal.exports.cells import PER_YUAN, Column, Sheet
from fiscal.figures import labels, vocabulary
from fiscal.narrative import debt, transfers
from fiscal.narrative.facts import named


def sheets(tables, lang):
    """The sheets of an export's tables (see ``all_tables``) in a language."""
    found = {table.name: table.rows for table in tables}
    zh = lang == "zh"
    places = place_names(found["sources"], lang)
    return [
        Sheet(
            "数据" if zh else "Figures",
            "文件中的每个数字，注明条款、口径和状态"
            if zh
            else "Every figure of the document, with clause, scope and status",
            _figures(found["figures"], places, lang),
        ),
        Sheet(
            "指标" if zh else "Measures",
            "由这些数字计算的比率和数额，附算法和四舍五入区间"
            if zh
            else "Ratios and amounts computed from them, with formula and the interval that rounding leaves",
            _measures(found["measures"], places, lang),
        ),
        Sheet(
            "核对" if zh else "Checks",
            "各项勾稽关系的核对结果"
            if zh
            else "Every identity that must hold between the figures, and how it came out",
            _checks(found["checks"], places, lang),
        ),
    ]


def place_names(sources, lang):
    """The name of the place of each disclosure."""
    names = sources.apply(_place, axis=1, args=(lang == "zh",))
    return dict(zip(sources["disclosure"], names, strict=True))


def _place(source, zh):
    return source["jurisdiction"] if zh or not source["jurisdiction_en"] else source["jurisdiction_en"]


def _figures(frame, places, lang):
    zh = lang == "zh"
    rows = frame.to_dict("records")
    return _columns(
        ("地区" if zh else "Place", [places[row["disclosure"]] for row in rows], None),
        ("年度" if zh else "Year", frame["fiscal_year"], "0"),
        ("指标" if zh else "Figure", frame[f"label_{lang}"], None),
        ("口径" if zh else "Scope", [_scope(row, lang) for row in rows], None),
        ("数据类型" if zh else "Basis", [text.basis(row["basis"], lang) for row in rows], None),
        ("时点" if zh else "As of", frame["as_of"], None),
        ("精确值" if zh else "Exact value", frame["value"], "#,##0"),
        ("单位" if zh else "Unit", _words("unit", rows, lang), None),
        ("亿元" if zh else "In 亿元 (yi)", [_yi(row) for row in rows], PER_YUAN),
        ("原文" if zh else "Printed", frame["disclosed"] + frame["disclosed_unit"], None),
        ("条款" if zh else "Clause", [text.clause(row["clause"], lang) for row in rows], None),
        ("状态" if zh else "Status", _words("status", rows, lang), None),
        ("推算方法" if zh else "Derived as", [named(row["formula"], lang) for row in rows], None),
        ("对方" if zh else "To or from", frame["counterparty"], None),
        ("项目" if zh else "Project", frame["project"], None),
        ("说明" if zh else "Remarks", [_remarks(row["remark"], lang) for row in rows], None),
        ("文件标识" if zh else "Disclosure", frame["disclosure"], None),
        ("概念" if zh else "Concept", frame["concept"], None),
        ("数字标识" if zh else "Figure id", frame["figure_id"], None),
    )


def _measures(frame, places, lang):
    zh = lang == "zh"
    rows = frame.to_dict("records")
    formats = ["0.00%" if row["unit"] == "ratio" else "#,##0" for row in rows]
    return _columns(
        ("地区" if zh else "Place", [places[row["disclosure"]] for row in rows], None),
        ("年度" if zh else "Year", frame["fiscal_year"], "0"),
        ("口径" if zh else "Scope", [text.scope(row["scope"], "", lang) for row in rows], None),
        ("指标" if zh else "Measure", [text.capital(each, lang) for each in _words("measure", rows, lang)], None),
        ("类型" if zh else "Type", [_type(row, zh) for row in rows], None),
        ("数值" if zh else "Value", frame["value"], formats),
        ("区间下限" if zh else "Low", frame["low"], formats),
        ("区间上限" if zh else "High", frame["high"], formats),
        ("单位" if zh else "Unit", _words("unit", rows, lang), None),
        ("亿元" if zh else "In 亿元 (yi)", [_yi(row) for row in rows], PER_YUAN),
        ("仅为下限" if zh else "At least", [_yes(row["bound"], zh) for row in rows], None),
        ("算法" if zh else "Formula", [named(row["formula"], lang) for row in rows], None),
        ("缺失原因" if zh else "Why missing", _words("reason", rows, lang), None),
        ("缺失数据" if zh else "What is missing", [_terms(row["missing"], lang) for row in rows], None),
        ("文件标识" if zh else "Disclosure", frame["disclosure"], None),
        ("指标标识" if zh else "Measure id", frame["measure"] + ":" + frame["type"], None),
    )


def _checks(frame, places, lang):
    zh = lang == "zh"
    rows = frame.to_dict("records")
    return _columns(
        ("地区" if zh else "Place", [places[row["disclosure"]] for row in rows], None),
        ("核对内容" if zh else "What was tried", [named(each, lang) for each in frame[f"label_{lang}"]], None),
        ("年度" if zh else "Year", frame["fiscal_year"], "0"),
        ("口径" if zh else "Scope", [_scope(row | {"scope_label": _third(zh)}, lang) for row in rows], None),
        ("数据类型" if zh else "Basis", [text.basis(row["basis"], lang) for row in rows], None),
        ("左边" if zh else "Left", frame["left"], "#,##0"),
        ("右边" if zh else "Right", frame["right"], "#,##0"),
        ("差额" if zh else "Difference", frame["difference"], "#,##0"),
        ("允许误差" if zh else "Tolerance", frame["tolerance"], "#,##0"),
        ("结果" if zh else "Outcome", _words("outcome", rows, lang), None),
        ("未公布的项" if zh else "Not printed", [_terms(row["missing"], lang) for row in rows], None),
        ("条款" if zh else "Clauses", [_clauses(row["clauses"], lang) for row in rows], None),
        ("文件标识" if zh else "Disclosure", frame["disclosure"], None),
    )


def _columns(*columns):
    """Columns of a sheet; Series become lists."""
    return [Column(words, cells if isinstance(cells, list) else cells.tolist(), form) for words, cells, form in columns]


def _words(column, rows, lang):
    """The words of a column; nothing where it is empty."""
    return [row[column] and labels.word(column, row[column], lang) for row in rows]


def _type(row, zh):
    """Of what: a type of transfer and a type of debt may have the same id."""
    if row["type"] == "total":
        return ("all", "合计")[zh]
    of_transfers = row["measure"].endswith(("received", "paid"))
    return (transfers if of_transfers else debt).NAMES[row["type"]][zh]


def _terms(terms, lang):
    """Terms of an identity in words: a concept, where it is of another scope with that in brackets."""
    pairs = [each.partition("@")[::2] for each in filter(None, terms.split(", "))]
    form = {"en": "{} ({})", "zh": "{}（{}）"}[lang]
    words = [(named(concept, lang), scope and text.scope(scope, scope, lang)) for concept, scope in pairs]
    return {"en": ", ", "zh": "、"}[lang].join(form.format(*pair) if pair[1] else pair[0] for pair in words)


def _clauses(clauses, lang):
    return {"en": ", ", "zh": "、"}[lang].join(text.clause(each, lang) for each in clauses.split(", "))


def _third(zh):
    return "文件自行定义的口径" if zh else "a scope that the text defines"


def _scope(row, lang):
    return text.scope(row["scope"], row["scope_label"], lang)


def _yes(bound, zh):
    return ("是" if zh else "yes") if bound else ""


def _yi(row):
    """The amount in 亿元, for reading; the exact one stands beside it."""
    return row["value"] / text.YI if row["unit"] == "yuan" and not pd.isna(row["value"]) else None


def _remarks(remark, lang):
    return {"en": "; ", "zh": "；"}[lang].join(vocabulary.remark(each, lang) for each in vocabulary.split(remark))
