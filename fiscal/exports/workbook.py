"""The tables as an Excel workbook that reads well and in which no cell is ever evaluated."""

import re
import zipfile
from io import BytesIO
from math import isinf

import pandas as pd

from fiscal import __version__, text
from fiscal.errors import InputError
from fiscal.exports.flat import FORMULA, LICENSE
from fiscal.figures import vocabulary
from fiscal.narrative.facts import CONCEPT

EXACT = 2**53  # beyond this Excel's numbers are no longer whole
WIDEST = 60
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip archive can hold
STATUSES = {
    "stated": ("stated", "文件载明"),
    "derived": ("derived", "推算"),
    "edited": ("edited by a person", "人工修改"),
}
UNITS = {"yuan": ("yuan", "元"), "bp": ("basis points", "基点"), "count": ("count", "个数"), "ratio": ("ratio", "比率")}
REASONS = {
    "": ("", ""),
    "not_stated": ("not stated", "未公布"),
    "zero_denominator": ("the denominator is zero", "分母为零"),
    "revenue_sharing": ("revenue sharing: no ratio is formed", "属收入划分，不计算比率"),
}
OUTCOMES = {
    "holds": ("holds", "一致"),
    "rounding": ("within rounding", "在四舍五入范围内"),
    "discrepancy": ("discrepancy", "不一致"),
    "undetermined": ("undetermined", "无法判定"),
    "not_printed": ("not printed", "缺数据"),
}


def workbook(tables, lang):
    """The bytes of a workbook: what this is, figures, measures, checks. The same tables give the same bytes."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise InputError("--format xlsx needs openpyxl: pip install 'fiscal-notebooks[files]'") from error
    found = {table.name: table.rows for table in tables}
    zh = text.language(lang) == "zh"
    places = dict(zip(found["sources"]["disclosure"], found["sources"].apply(_place, axis=1, args=(zh,)), strict=True))
    book = Workbook()
    book.properties.creator = f"fiscal {__version__}"
    about = book.active
    about.title = "说明" if zh else "About"
    _about(about, found["sources"], places, zh)
    for name, title, columns in (
        ("figures", "数据" if zh else "Figures", _figures(found["figures"], places, lang)),
        ("measures", "指标" if zh else "Measures", _measures(found["measures"], places, lang)),
        ("checks", "核对" if zh else "Checks", _checks(found["checks"], places, lang)),
    ):
        _sheet(book.create_sheet(title), columns, len(found[name]))
    buffer = BytesIO()
    book.save(buffer)
    return _without_clock(buffer.getvalue())


def _place(source, zh):
    return source["jurisdiction"] if zh or not source["jurisdiction_en"] else source["jurisdiction_en"]


def _about(sheet, sources, places, zh):
    lines = [
        ("地方政府决算公开数字" if zh else "Published final accounts of Chinese local governments", None),
        (
            "内容" if zh else "What this is",
            "各地决算公开说明中的数字，每个数字注明条款；指标由这些数字计算；核对列示各项勾稽关系。"
            if zh
            else "Figures from published explanations of final accounts, each with its clause; measures computed"
            " from them; checks of every identity that must hold between them.",
        ),
        (
            "单位" if zh else "Units",
            "“精确值”为整数元（或基点、个数），计算请用此列；“亿元”一列只供阅读。一亿元等于100,000,000元。"
            if zh
            else "Exact values are whole yuan (or basis points, or counts): compute with those. The column in 亿元 is"
            " for reading; one 亿元 (yi) is 100,000,000 yuan.",
        ),
        (
            "状态" if zh else "Status",
            "文件载明：原文数字；推算：由原文数字推得；人工修改：使用者改动。口径、数据类型不同的数字不可直接比较。"
            if zh
            else "Stated: printed in the document; derived: follows from printed figures; edited: changed by a person."
            " Figures of different scope or basis are not comparable as they stand.",
        ),
        (
            "引用" if zh else "How to cite",
            "引用时注明地区、文件、条款，例如：地区，《文件标题》，第二部分。"
            if zh
            else "Cite the government, its document and the clause, for example: place, document title, clause II.",
        ),
        ("许可" if zh else "License", f"{LICENSE['name']}. {LICENSE['title']}"),
        ("生成" if zh else "Made by", f"fiscal {__version__}"),
    ]
    for row, (heading, words) in enumerate(lines, start=1):
        _put(sheet, row, 1, heading, bold=True, size=14 if words is None else None)
        if words is not None:
            _put(sheet, row, 2, words, wrap=True)
            sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=6)
            sheet.row_dimensions[row].height = 15 * (1 + len(words) // (45 if zh else 90))
    top = len(lines) + 2
    header = (
        ["地区", "文件", "层级", "年度", "公开单位", "标识", "文本字符数", "文本SHA-256"]
        if zh
        else ["Place", "Document", "Level", "Year", "Published by", "Id", "Characters of text", "SHA-256 of text"]
    )
    for column, words in enumerate(header, start=1):
        _put(sheet, top, column, words, bold=True)
    for row, source in enumerate(sources.to_dict("records"), start=top + 1):
        lang = "zh" if zh else "en"
        cells = [
            places[source["disclosure"]],
            source[f"title_{lang}"] or source["title_zh"],
            text.level(source["level"], lang) if source["level"] else "",
            source["fiscal_year"],
            source[f"publisher_{lang}"] or source["publisher_zh"],
            source["disclosure"],
            source["characters"],
            source["sha256"],
        ]
        for column, cell in enumerate(cells, start=1):
            _put(sheet, row, column, cell)
    for letter, width in zip("ABCDEFGH", (22, 60, 12, 8, 50, 20, 18, 68), strict=True):
        sheet.column_dimensions[letter].width = width


def _figures(frame, places, lang):
    """(heading, cells, number format) for each column of the sheet."""
    zh = lang == "zh"
    rows = frame.to_dict("records")
    return [
        ("地区" if zh else "Place", [places[row["disclosure"]] for row in rows], None),
        ("年度" if zh else "Year", frame["fiscal_year"], "0"),
        ("指标" if zh else "Figure", frame[f"label_{lang}"], None),
        ("口径" if zh else "Scope", [_scope(row, lang) for row in rows], None),
        ("数据类型" if zh else "Basis", [text.basis(row["basis"], lang) for row in rows], None),
        ("时点" if zh else "As of", frame["as_of"], None),
        ("精确值" if zh else "Exact value", frame["value"], "#,##0"),
        ("单位" if zh else "Unit", [UNITS[row["unit"]][zh] for row in rows], None),
        ("亿元" if zh else "In 亿元 (yi)", [_yi(row) for row in rows], "#,##0.00######"),
        ("原文" if zh else "Printed", frame["disclosed"] + frame["disclosed_unit"], None),
        ("条款" if zh else "Clause", [text.clause(row["clause"], lang) for row in rows], None),
        ("状态" if zh else "Status", [STATUSES[row["status"]][zh] for row in rows], None),
        ("推算方法" if zh else "Derived as", [_named(row["formula"], lang) for row in rows], None),
        ("对方" if zh else "To or from", frame["counterparty"], None),
        ("项目" if zh else "Project", frame["project"], None),
        ("说明" if zh else "Remarks", [_remarks(row["remark"], lang) for row in rows], None),
        ("文件标识" if zh else "Disclosure", frame["disclosure"], None),
        ("概念" if zh else "Concept", frame["concept"], None),
        ("数字标识" if zh else "Figure id", frame["figure_id"], None),
    ]


def _measures(frame, places, lang):
    zh = lang == "zh"
    rows = frame.to_dict("records")
    formats = ["0.00%" if row["unit"] == "ratio" else "#,##0" for row in rows]
    return [
        ("地区" if zh else "Place", [places[row["disclosure"]] for row in rows], None),
        ("年度" if zh else "Year", frame["fiscal_year"], "0"),
        ("口径" if zh else "Scope", [text.scope(row["scope"], "", lang) for row in rows], None),
        ("指标" if zh else "Measure", frame["measure"], None),
        ("类型" if zh else "Type", frame["type"], None),
        ("数值" if zh else "Value", frame["value"], formats),
        ("区间下限" if zh else "Low", frame["low"], formats),
        ("区间上限" if zh else "High", frame["high"], formats),
        ("单位" if zh else "Unit", [UNITS[row["unit"]][zh] for row in rows], None),
        ("仅为下限" if zh else "At least", [_yes(row["bound"], zh) for row in rows], None),
        ("算法" if zh else "Formula", [_named(row["formula"], lang) for row in rows], None),
        ("缺失原因" if zh else "Why missing", [REASONS[row["reason"]][zh] for row in rows], None),
        ("缺失数据" if zh else "What is missing", [_named(row["missing"], lang) for row in rows], None),
        ("文件标识" if zh else "Disclosure", frame["disclosure"], None),
    ]


def _checks(frame, places, lang):
    zh = lang == "zh"
    rows = frame.to_dict("records")
    return [
        ("地区" if zh else "Place", [places[row["disclosure"]] for row in rows], None),
        ("核对内容" if zh else "What was tried", frame[f"label_{lang}"], None),
        ("年度" if zh else "Year", frame["fiscal_year"], "0"),
        ("口径" if zh else "Scope", [_scope(row | {"scope_label": _third(zh)}, lang) for row in rows], None),
        ("数据类型" if zh else "Basis", [text.basis(row["basis"], lang) for row in rows], None),
        ("左边" if zh else "Left", frame["left"], "#,##0"),
        ("右边" if zh else "Right", frame["right"], "#,##0"),
        ("差额" if zh else "Difference", frame["difference"], "#,##0"),
        ("允许误差" if zh else "Tolerance", frame["tolerance"], "#,##0"),
        ("结果" if zh else "Outcome", [OUTCOMES[row["outcome"]][zh] for row in rows], None),
        ("未公布的项" if zh else "Not printed", frame["missing"], None),
        ("条款" if zh else "Clauses", frame["clauses"], None),
        ("文件标识" if zh else "Disclosure", frame["disclosure"], None),
    ]


def _third(zh):
    return "文件自行定义的口径" if zh else "a scope that the text defines"


def _scope(row, lang):
    return text.scope(row["scope"], row["scope_label"], lang)


def _yes(bound, zh):
    return ("是" if zh else "yes") if bound else ""


def _yi(row):
    """The amount in 亿元, for reading; the exact one stands beside it."""
    return row["value"] / text.YI if row["unit"] == "yuan" else None


def _named(formula, lang):
    concepts = vocabulary.concepts().index
    return CONCEPT.sub(lambda each: vocabulary.label(each[0], lang) if each[0] in concepts else each[0], formula)


def _remarks(remark, lang):
    return {"en": "; ", "zh": "；"}[lang].join(vocabulary.remark(each, lang) for each in vocabulary.split(remark))


def _sheet(sheet, columns, length):
    """Fill a sheet: bold header that stays in view, a filter, widths by content."""
    from openpyxl.utils import get_column_letter

    for number, (heading, cells, formats) in enumerate(columns, start=1):
        _put(sheet, 1, number, heading, bold=True)
        widest = _width(heading)
        for position, cell in enumerate(cells if isinstance(cells, list) else cells.tolist()):
            written = _put(sheet, position + 2, number, cell)
            if formats is not None:
                written.number_format = formats if isinstance(formats, str) else formats[position]
            widest = max(widest, _width(cell))
        sheet.column_dimensions[get_column_letter(number)].width = min(widest + 3, WIDEST)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{length + 1}"


def _width(cell):
    if isinstance(cell, str):
        return sum(1 + (ord(character) > 0x2E80) for character in cell)
    return 0 if cell is None or pd.isna(cell) else len(f"{cell:,.0f}") + 3


def _put(sheet, row, column, value, bold=False, size=None, wrap=False):
    """Write one cell: text as text whatever it begins with, a number as a number, nothing where it is missing."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    cell = sheet.cell(row=row, column=column)
    if value is not None and not pd.isna(value):
        if isinstance(value, str) or (abs(value) > EXACT and isinstance(value, int)) or isinf(value):
            # A control character has no place in a workbook; a sign shows that one was there.
            words = ILLEGAL_CHARACTERS_RE.sub("\ufffd", str(value))
            cell.value = words or None
            if words:
                cell.data_type = "s"
            # Stays text when a person edits the cell.
            cell.quotePrefix = bool(FORMULA.match(words))
        else:
            cell.value = value
    if bold or size:
        cell.font = Font(bold=bold, size=size or 11)
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _without_clock(content):
    """The same archive with no trace of when it was made."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", part)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return buffer.getvalue()
