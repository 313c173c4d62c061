"""Documents of each format, written here, into exact text and tables."""

import codecs
import datetime
import re
from pathlib import Path

import docx
import noto_cjk_sans_otc
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from fiscal.disclosure.document import Grid, build
from fiscal.disclosure.file import read
from fiscal.disclosure.shown import shown
from fiscal.errors import InputError

PROSE = (
    "2020年，上级下达本市转移支付142.43亿元，其中：一般性转移支付69.99亿元，专项转移支付39.01亿元，比上年增长12.5%。"
)
LONG = (
    PROSE + "这些资金用于教育、卫生、社会保障和就业等方面，重点保障基本民生、工资发放和基层运转，没有用于楼堂馆所建设。"
)


def saved(tmp_path, content, name="a.txt"):
    (tmp_path / name).write_bytes(content)
    return read(tmp_path / name)


def texts(table):
    return [[cell.text for cell in row] for row in table.rows]


def in_place(document):
    """Whether each cell stands where it says."""
    return all(
        document.text[cell.start : cell.end] == cell.text and table.start <= cell.start <= cell.end <= table.end
        for table in document.tables
        for row in table.rows
        for cell in row
    )


# Plain text


@pytest.mark.parametrize("text", [PROSE, "一、债务\r\n\r\n余额1.5亿元。\n（二）　缩进\r", "Debt 12.5\n", "收入\n" * 3])
def test_plain_text_is_the_decoded_file(tmp_path, text):
    for data in (
        text.encode(),
        codecs.BOM_UTF8 + text.encode(),
        codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        text.encode("gb18030"),
    ):
        document = saved(tmp_path, data)
        assert (document.format, document.text, document.tables) == ("txt", text, ())
        assert document.name == "a.txt"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "gbk"])
def test_chinese_text_without_a_mark(tmp_path, encoding):
    assert saved(tmp_path, (PROSE + "\r\n" + LONG).encode(encoding)).text == PROSE + "\r\n" + LONG


def test_the_source_text_is_read_exactly(tmp_path, seed_text):
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert saved(tmp_path, seed_text.encode(encoding)).text == seed_text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_in_utf_8(tmp_path_factory, text):
    if text.strip() and not text.startswith("\ufeff") and not text.lstrip().startswith("<"):
        assert saved(tmp_path_factory.getbasetemp(), ("：" + text).encode()).text == "：" + text


def test_other_encodings_are_refused_and_not_misread(tmp_path):
    with pytest.raises(InputError, match="expected text in UTF-8 or GB18030; byte 1"):
        saved(tmp_path, "一般公共預算轉移支付收入決算數與上年相比之情況說明".encode("big5"))
    with pytest.raises(InputError, match="expected text in UTF-8 or GB18030"):
        saved(tmp_path, PROSE.encode()[:-1])


# Web pages

SITE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>某市2020年决算说明_某市财政局</title>
<style>p {{ color: red }}</style><script>document.write("<p>收入9亿元</p>")</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/cz">财政</a></div>
<div class="wrap"><div class="tit">某市2020年决算说明</div><div class="info">发布日期：2021-08-17 来源：市财政局</div>
{0}</div><div class="related"><a href="/1">相关文章</a></div>
<div class="bottom">版权所有：某市人民政府。ICP备1234号</div></body></html>"""


@pytest.mark.parametrize("wrapper", ['<div class="TRS_Editor">{}</div>', '<div id="zoom">{}</div>', "<div>{}</div>"])
@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-16"])
def test_the_main_text_of_a_page(tmp_path, wrapper, encoding):
    content = (
        f"<p>　　<b>一、</b>转移支付<br>{PROSE}</p>\n<p>（一）第二段<div>第三段</div>第四段</p><p hidden>看不见</p>"
    )
    document = saved(tmp_path, SITE.format(wrapper.format(content)).encode(encoding), "a.html")
    assert document.format == "html"
    assert document.text == f"某市2020年决算说明\n一、转移支付\n{PROSE}\n（一）第二段\n第三段\n第四段"


def test_white_space_as_a_browser_shows_it(tmp_path):
    page = "<p>共\n   <span>142.43</span><b>亿元</b> ，\t其中：\n一般性</p><pre>甲\n乙</pre>&nbsp;<!-- 丙 -->"
    page += "<p>A&amp;B&#8203;C</p>"
    assert saved(tmp_path, page.encode(), "a.html").text == "共 142.43亿元 ， 其中：一般性\n甲\n乙\nA&BC"


def test_tables_of_a_page(tmp_path):
    table = (
        "<table><caption>表一</caption><thead><tr><th rowspan=2>项目<th colspan=2>金额（万元）</thead>"
        "<tr><td>决算<br>数<td>预算<tr><td> 债务 <td>1,234.50<td></td></tr><tr><td></td></tr></table>"
    )
    document = saved(tmp_path, f"<p>前。</p>{table}<p>后。</p>".encode(), "a.html")
    assert document.text == "前。\n表一\n项目\t金额（万元）\n决算数\t预算\n债务\t1,234.50\t\n后。"
    assert texts(document.tables[0]) == [
        ["项目", "金额（万元）", "金额（万元）"],
        ["项目", "决算数", "预算"],
        ["债务", "1,234.50", ""],
    ]
    assert document.tables[0].rows[0][0] is document.tables[0].rows[1][0]
    assert document.text[document.tables[0].start : document.tables[0].end].startswith("项目\t")
    assert in_place(document)


def test_a_table_that_only_lays_out_the_page(tmp_path):
    inner = "<table><tr><td>余额<td>1.5</table>"
    page = f"<table><tr><td>菜单<td><p>一、转移支付</p><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p>{inner}</table>"
    document = saved(tmp_path, page.encode(), "a.html")
    assert document.text == f"一、转移支付\n{LONG}\n{LONG}\n{LONG}\n余额\t1.5"
    assert [texts(table) for table in document.tables] == [[["余额", "1.5"]]]


def test_text_beside_the_main_part_is_kept_if_it_says_something(tmp_path):
    page = f"<body><div><p>{LONG * 9}</p><p>完。</p></div><div class='foot'>债务余额5亿元。</div></body>"
    assert saved(tmp_path, page.encode(), "a.html").text == f"{LONG * 9}\n完。\n债务余额5亿元。"


# Word


def numbered(document, formats):
    """A list with a level for each (format, text); what makes paragraphs part of it."""
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(formats)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))

    def add(level, text):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )

    return add


def written(tmp_path, document, name="a.docx"):
    document.save(tmp_path / name)
    return read(tmp_path / name)


def test_paragraphs_and_automatic_numbers_of_word(tmp_path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_heading("某市2020年决算说明", 0)
    add = numbered(document, [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")])
    for level, text in [
        (0, "转移支付"),
        (1, "收入"),
        (2, "2020年情况"),
        (2, "其他"),
        (1, "支出"),
        (0, "债务"),
        (1, "限额"),
    ]:
        add(level, text)
    paragraph = document.add_paragraph("上级补助")
    paragraph.add_run("142.43").bold = True
    paragraph.add_run("亿元，\n下一行。")
    for _ in range(9):
        add(0, "续")
    read_back = written(tmp_path, document)
    assert read_back.format == "docx"
    assert read_back.text.split("\n") == [
        "某市2020年决算说明",
        *("一、转移支付", "（一）收入", "1. 2020年情况", "2. 其他", "（二）支出", "二、债务", "（一）限额"),
        *("上级补助142.43亿元，", "下一行。"),
        *(f"{n}、续" for n in ("三", "四", "五", "六", "七", "八", "九", "十", "十一")),
    ]


def test_what_word_shows_and_what_it_does_not(tmp_path):
    document = docx.Document()
    run = "<w:r><w:t>{}</w:t></w:r>"
    content = "".join(
        [
            run.format("余额"),
            f'<w:del w:id="1">{run.format("删去")}<w:r><w:delText>删</w:delText></w:r></w:del>',
            f'<w:ins w:id="2">{run.format("1.5亿元")}</w:ins>',
            f"<w:hyperlink>{run.format('，链接')}</w:hyperlink>",
            f"<w:sdt><w:sdtContent>{run.format('，控件')}</w:sdtContent></w:sdt>",
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>",
            run.format("。"),
        ]
    )
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run.format('框中。')}</w:p></w:txbxContent></w:pict></w:r>"
    before = '<w:pPr><w:pPrChange w:id="3"><w:pPr><w:pStyle w:val="TOC1"/></w:pPr></w:pPrChange></w:pPr>'
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{before}{content}{box}</w:p>"))
    block = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p>{run.format('块。')}</w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(block))
    assert written(tmp_path, document).text == "余额1.5亿元，链接，控件。\n框中。\n块。"


def test_tables_of_word(tmp_path):
    document = docx.Document()
    document.add_paragraph("前。")
    table = document.add_table(3, 3)
    for row, words in enumerate([["项目", "金额", ""], ["", "决算", "预算"], ["债务", "1,234.50", "33.4%"]]):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    document.add_paragraph("后。")
    read_back = written(tmp_path, document)
    assert read_back.text == "前。\n项目\t金额\n决算\t预算\n债务\t1,234.50\t33.4%\n后。"
    assert texts(read_back.tables[0]) == [
        ["项目", "金额", "金额"],
        ["项目", "决算", "预算"],
        ["债务", "1,234.50", "33.4%"],
    ]
    assert in_place(read_back)


def test_a_page_in_one_cell_of_word(tmp_path):
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "一、债务"
    cell.add_paragraph("余额1.5亿元。")
    read_back = written(tmp_path, document)
    assert (read_back.text, read_back.tables) == ("一、债务\n余额1.5亿元。", ())


# Excel


def test_sheets_as_they_are_shown(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "一般公共预算"
    rows = [
        ["2020年决算表", None, None, None],
        [None, None, None, "单位：万元"],
        ["项目", "决算数", "占比", "隐藏列"],
        ["上级补助", 39.010000000000005, 0.8701, "x"],
        ["隐藏行", 1, 2, 3],
        ["债务余额", 1234567.891, -0.05, "x"],
        [datetime.date(2020, 12, 31), 33.4, True, None],
    ]
    for row in rows:
        sheet.append(row)
    sheet.insert_cols(4)
    sheet.merge_cells("A1:D1")
    sheet["D2"], sheet["E2"] = sheet["E2"].value, None
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet["B6"].number_format, sheet["C4"].number_format, sheet["C6"].number_format = "#,##0.00", "0.00%", "0%"
    book.create_sheet("看不见").sheet_state = "hidden"
    book["看不见"]["A1"] = "隐藏表"
    second = book.create_sheet("Sheet2")
    second.append(["甲", "乙"])
    book.save(tmp_path / "a.xlsx")
    document = read(tmp_path / "a.xlsx")
    assert document.format == "xlsx"
    assert document.text.split("\n") == [
        "一般公共预算",
        "2020年决算表",
        "\t\t\t单位：万元",
        "项目\t决算数\t占比\t",
        "上级补助\t39.01\t87.01%\t",
        "债务余额\t1,234,567.89\t-5%\t",
        "2020-12-31\t33.4\tTRUE\t",
        "甲\t乙",
    ]
    assert [len(table.rows) for table in document.tables] == [6, 1]
    assert texts(document.tables[0])[0] == ["2020年决算表"] * 4
    assert in_place(document)


def test_a_merged_title_that_begins_in_a_hidden_column(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["标题", None, None])
    book.active.append(["编码", "项目", "数"])
    book.active.merge_cells("A1:C1")
    book.active.column_dimensions["A"].hidden = True
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").text == "标题\n项目\t数"


def test_a_formula_without_its_result(tmp_path):
    book = openpyxl.Workbook()
    book.active["B3"] = "=1+1"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputError, match=r"a\.xlsx, sheet Sheet, cell B3: expected the result of its formula"):
        read(tmp_path / "a.xlsx")
    book.active.column_dimensions["B"].hidden = True
    book.active["A1"] = "甲"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").text == "甲"


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        ("33.4", "General", "33.4"),
        ("39.010000000000005", "General", "39.01"),
        ("1E+15", "General", "1000000000000000"),
        ("1E-7", "General", "0.0000001"),
        ("33.4", "0.00", "33.40"),
        ("1.005", "0.00", "1.01"),
        ("1234.5", "#,##0", "1,235"),
        ("-33.4", "#,##0.00_);(#,##0.00)", "-33.40"),
        ("-1234", "#,##0;[Red]#,##0", "-1,234"),
        ("-0.001", "0.00", "0.00"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("-5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-5.00"),
        ("0.8701", "0.00%", "87.01%"),
        ("12", '0"万元"', "12万元"),
        ("12345678", '0.00,,"百万元"', "12.35百万元"),
        ("1000", "[$¥-804]#,##0.00", "¥1,000.00"),
        ("7", "000", "007"),
        ("1.5", "#.##", "1.5"),
        ("12", '[>=10]"多"0;0', "多12"),
        ("5", ";;;", ""),
        ("0.1", "0.0E+00", "0.1"),
        ("44196", 'yyyy"年"m"月"d"日"', "2020-12-31"),
        ("44196.5", "yyyy/m/d h:mm", "2020-12-31 12:00:00"),
        ("0.5", "h:mm", "12:00:00"),
        ("60", "0", "60"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("#N/A", "0", "#N/A"),
    ],
)
def test_a_number_as_its_format_shows_it(value, code, expected):
    assert shown(value, code) == expected


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_two_decimals_survive_binary_fractions(number):
    assert float(shown(repr(float(number)), "General")) == float(number)
    assert shown(repr(float(number)), "0.00").replace("-0.00", "0.00") == f"{number:.2f}".replace("-0.00", "0.00")


# PDF


@pytest.fixture(scope="module")
def song():
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def furniture(page, document):
    page.setFont("STSong-Light", 9)
    page.drawString(72, 800, "某市2020年决算公开")
    page.drawCentredString(297, 40, f"— {document.page} —" if document.page % 2 else f"第{document.page}页 共9页")


def test_paragraphs_over_lines_and_pages_of_a_pdf(tmp_path, song):
    body = ParagraphStyle("body", fontName=song, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    head = ParagraphStyle("head", parent=body, fontSize=14, firstLineIndent=0, leading=28)
    title = ParagraphStyle("title", parent=head, fontSize=18, alignment=1)
    lines = ["某市2020年决算说明"]
    for number in "一二三四五六七八九":
        lines += [f"{number}、转移支付情况", LONG, f"（一）{LONG}{LONG}", f"1.{PROSE}", "2.短段。"]
    styles = [title] + [head, body, body, body, body] * 9
    story = [Paragraph(line, style) for line, style in zip(lines, styles, strict=True)]
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build(story, onFirstPage=furniture, onLaterPages=furniture)
    document = read(tmp_path / "a.pdf")
    assert document.format == "pdf"
    assert document.text.split("\n") == lines


def test_tables_of_a_pdf(tmp_path, song):
    body = ParagraphStyle("body", fontName=song, fontSize=12, leading=20)
    cells = [
        ["项目", "金额", ""],
        ["", "决算数", "占比"],
        ["一般债务", "1,234.50", "33.4%"],
        ["专项\n债务", "5,678.00", ""],
    ]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("FONT", (0, 0), (-1, -1), song),
        ("SPAN", (0, 0), (0, 1)),
        ("SPAN", (1, 0), (2, 0)),
    ]
    story = [Paragraph("前。", body), Table(cells, [90, 90, 90], style=TableStyle(style)), Paragraph("后。", body)]
    SimpleDocTemplate(str(tmp_path / "a.pdf")).build(story)
    document = read(tmp_path / "a.pdf")
    assert document.text == "前。\n项目\t金额\n决算数\t占比\n一般债务\t1,234.50\t33.4%\n专项债务\t5,678.00\t\n后。"
    assert texts(document.tables[0]) == [
        ["项目", "金额", "金额"],
        ["项目", "决算数", "占比"],
        ["一般债务", "1,234.50", "33.4%"],
        ["专项债务", "5,678.00", ""],
    ]
    assert in_place(document)


def test_columns_of_a_pdf_without_rules_stay_apart(tmp_path, song):
    page = canvas.Canvas(str(tmp_path / "a.pdf"))
    page.setFont(song, 12)
    for height, words in [(700, ["项目", "2020年", "2021年"]), (680, ["债务余额", "142.43", "150.00"])]:
        for place, word in zip((72, 200, 300), words, strict=True):
            page.drawString(place, height, word)
    page.save()
    document = read(tmp_path / "a.pdf")
    assert (document.text, document.tables) == ("项目\t2020年\t2021年\n债务余额\t142.43\t150.00", ())


def _read_or_refused(path):
    """The text of a PDF, or what is said of one whose fonts are not inside."""
    try:
        return read(path).text
    except InputError as error:
        return re.search("with its fonts inside", str(error))[0]


def test_a_pdf_on_its_side(tmp_path, song):
    for font, words in [("Helvetica", ("Item", "Amount", "Debt 142.43")), (song, ("项目", "金额", "债务余额"))]:
        page = canvas.Canvas(str(tmp_path / "a.pdf"), pagesize=(600, 800))
        page.setPageRotation(90)
        page.setFont(font, 12)
        page.rotate(90)
        for word, across, down in zip(words, (72, 300, 72), (-100, -100, -130), strict=True):
            page.drawString(across, down, word)
        page.save()
        if font == "Helvetica":
            assert read(tmp_path / "a.pdf").text == "Item\tAmount\nDebt 142.43"
            continue
        # What a machine has as a font for it, if anything, may lie anywhere: read it is right or not at all.
        assert _read_or_refused(tmp_path / "a.pdf") in ("项目\t金额\n债务余额", "with its fonts inside")


def test_a_page_that_chromium_printed(tmp_path, chromium):
    font = next(Path(noto_cjk_sans_otc.__file__).parent.glob("*.ttc"))
    (tmp_path / "font.ttc").symlink_to(font)
    table = "<table><tr><td>项目<td colspan=2>金额<tr><td>债务<td>1,234.50<td>33.4%</table>"
    lines = [f"{LONG}第{n}段至此。" for n in range(20)]
    (tmp_path / "a.html").write_text(
        "<meta charset=utf-8><style>@font-face { font-family: N; src: url(font.ttc) } body { font: 16px/1.8 N }"
        "p { text-indent: 2em; text-align: justify } td { border: 1px solid } table { border-collapse: collapse }"
        "</style>"
        f"<h1 style='text-align: center'>某市2020年决算说明</h1><h2>一、转移支付</h2>{table}"
        + "".join(f"<p>{line}</p>" for line in lines),
        encoding="utf-8",
    )
    page = chromium.new_page()
    page.goto((tmp_path / "a.html").as_uri())
    page.evaluate("document.fonts.ready")
    page.pdf(path=tmp_path / "a.pdf", display_header_footer=True, format="A4", margin={"top": "2cm", "bottom": "2cm"})
    page.close()
    document = read(tmp_path / "a.pdf")
    assert document.text.split("\n") == [
        "某市2020年决算说明",
        "一、转移支付",
        "项目\t金额",
        "债务\t1,234.50\t33.4%",
        *lines,
    ]
    assert [texts(table) for table in document.tables] == [[["项目", "金额", "金额"], ["债务", "1,234.50", "33.4%"]]]


# What a file is


def test_the_contents_decide_and_not_the_name(tmp_path, song):
    document = docx.Document()
    document.add_paragraph("余额1.5亿元。")
    assert written(tmp_path, document, "a.txt").format == "docx"
    page = canvas.Canvas(str(tmp_path / "b.docx"))
    page.setFont(song, 12)
    page.drawString(72, 700, "余额1.5亿元。")
    page.save()
    assert read(tmp_path / "b.docx").format == "pdf"
    for encoding in ("utf-8", "gbk", "utf-16"):
        html = saved(tmp_path, "<html><body><p>余额1.5亿元。</p></body></html>".encode(encoding), "c.doc")
        assert (html.format, html.text) == ("html", "余额1.5亿元。")
    assert saved(tmp_path, "余额1.5亿元。".encode(), "d.pdf").format == "txt"
    assert saved(tmp_path, "余额1.5亿元。".encode(), "e.html").format == "html"


# What becomes of blocks

line = st.text(st.characters(exclude_categories=[]), max_size=20)
grids = st.integers(1, 4).flatmap(
    lambda width: st.builds(
        lambda cells, rows: Grid(cells, [[None if n is None else n % len(cells) for n in row] for row in rows]),
        st.lists(st.lists(line, max_size=3), min_size=1, max_size=8),
        st.lists(st.lists(st.none() | st.integers(0, 7), min_size=width, max_size=width), max_size=5),
    )
)


@given(st.lists(line | grids | st.tuples(line, line), max_size=6))
def test_cells_stand_where_they_say_in_any_document(blocks):
    document = build("a", "html", blocks, "a")
    document.text.encode()
    assert in_place(document)
    for table in document.tables:
        assert len({len(row) for row in table.rows}) == 1
        assert document.text[table.start : table.end].count("\n") < len(table.rows)


def test_word_numbers_by_style(tmp_path):
    document = docx.Document()
    numbered(document, [("decimal", "第%1条")])
    style = document.styles["Heading 2"].element.get_or_add_pPr()
    style.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="77"/></w:numPr>'))
    assert style.find(qn("w:numPr")) is not None
    document.add_heading("甲", 2)
    document.add_heading("乙", 2)
    assert written(tmp_path, document).text == "第1条甲\n第2条乙"
