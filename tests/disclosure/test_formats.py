"""The same document in every format gives the same figures; standard tables are read in each."""

import docx
import openpyxl
import pytest
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from fiscal.disclosure import extract

TITLE = "临江县2021年政府决算公开相关说明"
LINES = [
    "一、转移支付情况",
    "2021年，上级财政对我县一般公共预算转移支付补助21.4亿元，其中：返还性收入1.2亿元，一般性转移支付收入16.9亿元"
    "（其中共同财政事权转移支付收入7.3亿元），专项转移支付收入3.3亿元。",
    "二、举借债务情况",
    "（一）限额。2021年，省财政厅下达我县新增债务限额4.2亿元，其中一般债务限额1.1亿元、专项债务限额3.1亿元。",
    "（二）余额。截至2021年末，全县政府债务余额38.6亿元，控制在债务限额40.5亿元以内，其中一般债务17.2亿元，专项债务"
    "21.4亿元。",
]
TABLE = [
    ["项目", "公式", "本地区", "本级"],
    ["一、2020年末地方政府债务余额", "A=B+C", "346,000", "121,500"],
    ["其中：一般债务", "B", "161,000", "60,500"],
    ["专项债务", "C", "185,000", "61,000"],
    ["二、2021年地方政府债务还本额", "D", "8,200.50", "3,000"],
]
TABLED = {
    ("debt.balance", "whole", 2020): 3_460_000_000,
    ("debt.balance.general", "whole", 2020): 1_610_000_000,
    ("debt.balance.special", "whole", 2020): 1_850_000_000,
    ("debt.service.principal", "whole", 2021): 82_005_000,
    ("debt.balance", "own", 2020): 1_215_000_000,
    ("debt.balance.general", "own", 2020): 605_000_000,
    ("debt.balance.special", "own", 2020): 610_000_000,
    ("debt.service.principal", "own", 2021): 30_000_000,
}


def as_txt(path, encoding="utf-8"):
    path.write_bytes("\n".join([TITLE, *LINES]).encode(encoding))


def as_html(path):
    body = "".join(f"<p>{line}</p>" for line in LINES)
    path.write_text(
        "<html><head><meta charset=utf-8></head><body><div class=nav><a href=/>首页</a> <a href=/x>预决算</a></div>"
        f"<div id=zoom><h1>{TITLE}</h1>{body}</div><div class=footer>主办：临江县人民政府</div></body></html>",
        encoding="utf-8",
    )


def as_docx(path):
    document = docx.Document()
    for line in (TITLE, *LINES):
        document.add_paragraph(line)
    document.save(path)


def as_pdf(path):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=14, leading=22, wordWrap="CJK", firstLineIndent=28)

    def page(canvas, document):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(250, 800, "临江县财政局")
        canvas.drawString(280, 30, f"— {document.page} —")

    # Enough prose before it that the figures run over the end of a page.
    prose = [Paragraph("为贯彻落实预算法有关规定，进一步提高预算透明度，现将有关情况公开如下。" * 3, style)] * 9
    body = [Paragraph(line, style) for line in LINES]
    SimpleDocTemplate(str(path), pagesize=A4).build(
        [Paragraph(TITLE, style), *prose, *body], onFirstPage=page, onLaterPages=page
    )


def figures(path):
    read = extract(path, "临江县", 2021)
    columns = ["figure_id", "value", "disclosed", "clause", "remark"]
    assert read.problems == []
    for row in read.figures.itertuples():
        assert read.document.text[row.span_start : row.span_end] == row.disclosed
    return read.figures[columns].to_dict("records")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    path = tmp_path_factory.mktemp("plain") / "document.txt"
    as_txt(path)
    found = figures(path)
    assert len(found) == 12
    return found


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_text_in_other_encodings(plain, tmp_path, encoding):
    as_txt(tmp_path / "document.txt", encoding)
    assert figures(tmp_path / "document.txt") == plain


@pytest.mark.parametrize(("name", "write"), [("page.html", as_html), ("word.docx", as_docx), ("paper.pdf", as_pdf)])
def test_other_formats(plain, tmp_path, name, write):
    write(tmp_path / name)
    assert figures(tmp_path / name) == plain


def tabled(path):
    read = extract(path, "临江县", 2021).figures
    return {(row.concept, row.scope, row.fiscal_year): row.value for row in read.itertuples()}


def test_a_table_in_a_word_document(tmp_path):
    document = docx.Document()
    document.add_paragraph("临江县2021年地方政府债务情况表").runs[0].font.size = Pt(16)
    document.add_paragraph("单位：万元")
    table = document.add_table(len(TABLE), 4)
    for cells, row in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    document.save(tmp_path / "table.docx")
    assert tabled(tmp_path / "table.docx") == TABLED


def test_a_table_in_a_page(tmp_path):
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
    (tmp_path / "table.html").write_text(
        f"<meta charset=utf-8><h1>临江县2021年地方政府债务情况表</h1><p>单位：万元</p><table>{rows}</table>", "utf-8"
    )
    assert tabled(tmp_path / "table.html") == TABLED


def test_a_table_in_a_workbook_with_numbers_as_displayed(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["临江县2021年地方政府债务情况表"])
    sheet.append(["", "", "", "单位：万元"])
    for row in TABLE:
        numbers = [float(cell.replace(",", "")) if cell[0].isdecimal() else cell for cell in row]
        sheet.append(numbers)
    for cells in sheet.iter_rows(min_row=3, min_col=3):
        for cell in cells:
            cell.number_format = "#,##0.00"
    sheet.merge_cells("A1:D1")
    book.save(tmp_path / "table.xlsx")
    assert tabled(tmp_path / "table.xlsx") == TABLED


@pytest.mark.parametrize("separator", ["\t", " | ", "    "])
def test_a_table_in_plain_text(tmp_path, separator):
    text = "\n".join(["临江县2021年地方政府债务情况表", "单位：万元", *(separator.join(row) for row in TABLE)])
    (tmp_path / "table.txt").write_text(text, encoding="utf-8")
    assert tabled(tmp_path / "table.txt") == TABLED


def test_a_table_by_area_reads_the_whole_and_leaves_the_parts(tmp_path):
    rows = [
        ["地区", "2021年债务限额", "", "", "2021年债务余额预计执行数", "", ""],
        ["", "小计", "一般债务", "专项债务", "小计", "一般债务", "专项债务"],
        ["公式", "A=B+C", "B", "C", "D=E+F", "E", "F"],
        ["全市", "90", "40", "50", "80", "36", "44"],
        ["市本级", "30", "10", "20", "25", "9", "16"],
        ["青山区", "60", "30", "30", "55", "27", "28"],
    ]
    text = "\n".join(["白水市2021年地方政府债务限额及余额情况表", "单位：亿元", *("|".join(row) for row in rows)])
    (tmp_path / "areas.txt").write_text(text, encoding="utf-8")
    read = extract(tmp_path / "areas.txt", "白水市", 2021)
    found = {(row.concept, row.scope, row.basis): row.disclosed for row in read.figures.itertuples()}
    assert found["debt.limit.year_end", "whole", "final"] == "90"
    assert found["debt.limit.year_end.special", "own", "final"] == "20"
    assert found["debt.balance.general", "whole", "expected"] == "36"
    assert len(found) == 12
    assert set(read.unread["reason"]) == {"part_of_area"}
