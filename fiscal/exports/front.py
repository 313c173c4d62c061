"""The first sheet of a workbook: what it is, how to read it, what it is from."""

from fiscal import __version__, text
from fiscal.exports.cells import LINE, broken, for_print, put
from fiscal.exports.flat import LICENSE

NARROW, WIDE = 26, 96


def front(page, title, lines):
    """Write a title, and lines of a heading and words."""
    put(page, 1, 1, title, bold=True, size=14)
    for row, (heading, words) in enumerate(lines, start=2):
        put(page, row, 1, heading, bold=True, wrap=True)
        put(page, row, 2, words, wrap=True)
        page.row_dimensions[row].height = LINE * max(broken(heading, NARROW), broken(words, WIDE))
    page.column_dimensions["A"].width = NARROW
    page.column_dimensions["B"].width = WIDE
    for_print(page, "", "portrait")


def reading(lang):
    """How to read and cite any workbook, and what made it: lines of a heading and words."""
    zh = lang == "zh"
    return [
        (
            "单位" if zh else "Units",
            "“精确值”和以元为单位的列均为整数元（或基点、个数），计算请用此列；“亿元”一列只供阅读。1亿元等于100000000元。"
            if zh
            else "Exact values, and columns in yuan, are whole yuan (or basis points, or counts): compute with those."
            " Columns in 亿元 are for reading; one 亿元 (yi) is 100,000,000 yuan.",
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
        (
            "许可" if zh else "License",
            f"{LICENSE['name']}。数字属公开文件中的事实；说明文字归入公有领域。"
            if zh
            else f"{LICENSE['name']}. {LICENSE['title']}",
        ),
        ("生成" if zh else "Made by", f"fiscal {__version__}"),
    ]


def documents(sources, lang):
    """The documents that the figures were read from, as such lines; ``sources``: a dict for each."""
    return [_document(source, lang) for source in sources]


def _document(source, lang):
    place = (source["jurisdiction_en"] if lang == "en" else "") or source["jurisdiction"]
    title = source[f"title_{lang}"] or source["title_zh"]
    publisher = source[f"publisher_{lang}"] or source["publisher_zh"]
    level = text.level(source["level"], lang) if source["level"] else ""
    if lang == "zh":
        parts = [f"《{title}》", f"{source['fiscal_year']}年度", level, publisher and f"公开单位：{publisher}"]
        parts += [f"标识{source['disclosure']}", f"文本{source['characters']}字", f"SHA-256 {source['sha256']}"]
        return f"文件：{place}", "，".join(filter(None, parts))
    parts = [title, f"fiscal year {source['fiscal_year']}", level, publisher and f"published by {publisher}"]
    parts += [f"id {source['disclosure']}", f"text of {source['characters']} characters", f"SHA-256 {source['sha256']}"]
    return f"Document: {place}", ", ".join(filter(None, parts))
