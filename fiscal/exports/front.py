"""The first sheet of a workbook: what it is, how to read it, what it is from."""

from fiscal import __version__, text
from fiscal.exports.cells import for_print, put
from fiscal.exports.flat import LICENSE

WIDTHS = (24, 60, 12, 8, 40, 20, 18, 68)
LETTERS = {"en": 76, "zh": 38}  # on a line of the second column and those that it is merged with


def front(page, title, lines, lang):
    """Write a title and lines of a heading and words; gives the number of the next row that is free."""
    put(page, 1, 1, title, bold=True, size=14)
    for row, (heading, words) in enumerate(lines, start=2):
        put(page, row, 1, heading, bold=True, wrap=True)
        put(page, row, 2, words, wrap=True)
        page.merge_cells(start_row=row, start_column=2, end_row=row, end_column=4)
        # A merged cell does not find its height itself.
        page.row_dimensions[row].height = 15 * sum(1 + len(line) // LETTERS[lang] for line in words.split("\n"))
    for letter, width in zip("ABCDEFGH", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    for_print(page, "", "landscape")
    return len(lines) + 3


def reading(lang):
    """How to read and cite any workbook, and what made it: lines of a heading and words."""
    zh = lang == "zh"
    return [
        (
            "单位" if zh else "Units",
            "“精确值”和以元为单位的列均为整数元（或基点、个数），计算请用此列；“亿元”一列只供阅读。一亿元等于100,000,000元。"
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


def documents(page, top, sources, lang):
    """The documents that the figures were read from, a row each, below a header in row ``top``; ``sources``: dicts."""
    header = (
        ["地区", "文件", "层级", "年度", "公开单位", "标识", "文本字符数", "文本SHA-256"]
        if lang == "zh"
        else ["Place", "Document", "Level", "Year", "Published by", "Id", "Characters of text", "SHA-256 of text"]
    )
    for column, words in enumerate(header, start=1):
        put(page, top, column, words, bold=True)
    for row, source in enumerate(sources, start=top + 1):
        cells = [
            (source["jurisdiction_en"] if lang == "en" else "") or source["jurisdiction"],
            source[f"title_{lang}"] or source["title_zh"],
            text.level(source["level"], lang) if source["level"] else "",
            source["fiscal_year"],
            source[f"publisher_{lang}"] or source["publisher_zh"],
            source["disclosure"],
            source["characters"],
            source["sha256"],
        ]
        for column, cell in enumerate(cells, start=1):
            put(page, row, column, cell)
