"""Files that break, lie or attack: read, or refused in one clear line, within seconds and bounds of memory."""

import io
import os
import random
import struct
import subprocess
import sys
import time
import zipfile
import zlib

import docx
import openpyxl
import pytest
from reportlab.pdfgen import canvas

from fiscal.disclosure import markup, package
from fiscal.disclosure.file import read
from fiscal.errors import InputError

SECONDS = 30  # what no file may take, on a slow and busy machine; most take a hundredth of it


def refusal(tmp_path, data, name="document.pdf"):
    """The message with which a file is refused: one line that names the file and what was expected."""
    path = tmp_path / name
    path.write_bytes(data)
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        read(path)
    message = str(caught.value)
    assert time.monotonic() - started < SECONDS
    assert "\n" not in message
    assert name in message
    assert "expected" in message or "can't be" in message
    return message


def survives(tmp_path, data, name):
    """A file that may be read or refused, but neither crashes nor hangs."""
    path = tmp_path / name
    path.write_bytes(data)
    started = time.monotonic()
    try:
        text = read(path).text
    except InputError as error:
        text, said = "", str(error)
    else:
        said = ""
    assert "\n" not in said
    assert time.monotonic() - started < SECONDS
    text.encode()
    return text


def archive(parts, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
    "</Relationships>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def word_file(body, prologue=""):
    main = f'{prologue}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    relations = RELATIONS.format(kind="officeDocument", target="word/document.xml")
    return archive({"_rels/.rels": relations, "word/document.xml": main})


def sheet_file(sheet, prologue="", strings=None):
    book = (
        f'<workbook xmlns="{SHEET}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="表" r:id="r1"/></sheets></workbook>'
    )
    parts = {
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'{prologue}<worksheet xmlns="{SHEET}">{sheet}</worksheet>',
    }
    return archive(parts)


PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
BOMB = '<!DOCTYPE x [<!ENTITY a "' + "x" * 1000 + '">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


def pdf(objects, root=1):
    """A PDF of objects written by hand."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def stream(content, extra=b""):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (extra, len(content), content)


def real_files(tmp_path):
    """A small sound file of each format."""
    files = {"a.txt": "上级补助142.43亿元。\n".encode() * 20}
    files["a.html"] = "<html><body><p>上级补助142.43亿元。</p><table><tr><td>1<td>2</table></body></html>".encode()
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("上级补助142.43亿元。")
    document.add_table(2, 2).cell(0, 0).text = "项目"
    document.save(buffer)
    files["a.docx"] = buffer.getvalue()
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["项目", 142.43])
    book.save(buffer)
    files["a.xlsx"] = buffer.getvalue()
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.drawString(72, 700, "Transfers 142.43")
    page.save()
    files["a.pdf"] = buffer.getvalue()
    return files


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty file"),
        (b" \r\n\t\n", "empty file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "an image"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "an image"),
        (b"II*\0" + bytes(99), "an image"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(99), "an archive"),
        (b"\x1f\x8b\x08\x00" + bytes(99), "an archive"),
        (b"\x7fELF" + bytes(99), "a program"),
        (b"{\\rtf1\\ansi x}", "save it as .docx"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "save it as HTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "Office 2003"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le"),
            "(.doc); save it as .docx",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le"), "(.xls); save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "with a password"),
        (b"PK\x05\x06" + bytes(18), "an archive"),
        (b"PK\x03\x04 and no more", "broken archive"),
        (b"%PDF-1.7\nand no more", "a whole PDF"),
    ],
)
def test_what_is_no_document_is_named(tmp_path, data, said):
    for name in ("document.docx", "document.txt"):
        assert said in refusal(tmp_path, data, name)


def test_archives_of_other_kinds_are_named(tmp_path):
    assert "take the document out" in refusal(tmp_path, archive({"a.docx": "x", "b.docx": "x"}))
    assert "save it as PDF" in refusal(tmp_path, archive({"OFD.xml": "<x/>"}))
    assert "OpenDocument" in refusal(tmp_path, archive({"mimetype": "application/x", "content.xml": "<x/>"}))
    slides = archive({"_rels/.rels": RELATIONS.format(kind="officeDocument", target="ppt/presentation.xml")})
    assert "another kind of office file" in refusal(tmp_path, slides)


def test_a_folder_and_what_is_not_there(tmp_path):
    with pytest.raises(InputError, match="found a folder"):
        read(tmp_path)
    with pytest.raises(InputError, match=r"nothing\.docx: can't be read \(No such file"):
        read(tmp_path / "nothing.docx")
    with pytest.raises(InputError, match=r"name of a file|can't be read"):
        read(tmp_path / "a\0b.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match="ordinary file"):
        read(tmp_path / "pipe.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match="can't be read"):
        read(tmp_path / "a.txt")


def test_a_file_of_more_bytes_than_any_document(tmp_path):
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(100_000_001)
    with pytest.raises(InputError, match="at most 100,000,000 bytes"):
        read(tmp_path / "big.txt")


def test_binary_junk(tmp_path):
    for seed in range(50):
        data = random.Random(seed).randbytes(2_000)
        refusal(tmp_path, data, "junk.txt")


def test_text_with_controls_or_lone_surrogates(tmp_path):
    assert "U+0000 at character 3" in refusal(tmp_path, "收入\0支出".encode(), "a.txt")
    assert "binary data" in refusal(tmp_path, b"\x01\x02\x03abc", "a.txt")
    assert "UTF-16-LE" in refusal(tmp_path, b"\xff\xfe\x00\xd8x\x00", "a.txt")
    assert "UTF-8" in refusal(tmp_path, "收入".encode()[:-1], "a.txt")
    assert "UTF-8" in refusal(tmp_path, "支出合计与上年相比增长较快".encode() * 9 + b"\xe6", "a.txt")
    assert read_bytes(tmp_path, "一页\f二页".encode()).text == "一页\f二页"


def read_bytes(tmp_path, data, name="a.txt"):
    (tmp_path / name).write_bytes(data)
    return read(tmp_path / name)


def test_long_texts(tmp_path):
    one = "字" * 200_000
    assert read_bytes(tmp_path, one.encode()).text == one
    assert read_bytes(tmp_path, f"<p>{one}</p>".encode(), "a.html").text == one
    assert read_bytes(tmp_path, word_file(PARAGRAPH.format(one)), "a.docx").text == one
    many = "上级补助收入142.43亿元。\n" * 50_000  # 2 MB
    assert read_bytes(tmp_path, many.encode()).text == many
    lines = many.split("\n")[:-1]
    assert read_bytes(tmp_path, word_file("".join(map(PARAGRAPH.format, lines))), "a.docx").text == many[:-1]
    assert read_bytes(tmp_path, "".join(f"<p>{line}</p>" for line in lines).encode(), "a.html").text == many[:-1]


def test_plain_text_costs_next_to_nothing(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("上级补助收入142.43亿元。", encoding="utf-8")
    read(path)
    started = time.perf_counter()
    for _ in range(100):
        read(path)
    assert time.perf_counter() - started < 100 * 0.001 * 5  # below a millisecond, where the machine is not busy
    heavy = "{'pypdfium2', 'openpyxl', 'docx', 'bs4'}"
    code = f"import sys; from fiscal.disclosure import file; print({heavy} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout == "set()\n"


PAGES = {
    "deep": "<div>" * 20_000 + "收入1亿元。" + "</div>" * 20_000,
    "deep and never closed": "<div><b>" * 20_000 + "收入1亿元。",
    "deep lists": "<ul><li>" * 20_000 + "收入1亿元。",
    "deep tables": "<table><tr><td>" * 10_000 + "收入1亿元。",
    "ends of nothing": "<div>" * 10_000 + "</p></x>" * 20_000 + "收入1亿元。",
    "comments that do not end": "<!--x" * 200_000 + "--><p>收入1亿元。",
    "tags that do not end": "收入1亿元。" + "<a " * 500_000,
    "quotes that do not end": "收入1亿元。" + '<a x="' * 500_000,
    "marked sections": "<![foo " * 100_000 + "]>收入1亿元。",
    "brackets": "收入1亿元。" + "<" * 1_000_000,
    "ampersands": "收入1亿元。" + "&#" * 500_000 + "&#" + "9" * 100_000 + ";",
    "a row of cells": "<table><tr>" + "<td>" * 50_000 + "收入1亿元。",
    "surrogates": "收入1亿元。&#xD800;&#0;&#x110000;\ud800".encode("utf-8", "replace").decode(),
}


@pytest.mark.parametrize("kind", PAGES)
def test_pages_that_are_odd_keep_their_text(tmp_path, kind):
    assert "收入1亿元。" in survives(tmp_path, PAGES[kind].encode(), "a.html")


def test_pages_with_too_much(tmp_path, monkeypatch):
    spans = "<table>" + "<tr><td colspan=99999 rowspan=99999>甲<td>乙" * 3_000
    assert "places in a table" in refusal(tmp_path, spans.encode(), "a.html")
    monkeypatch.setattr(markup, "NODES", 50_000)
    assert "tags and texts" in refusal(tmp_path, b"<p>" * 50_001, "a.html")
    assert "at most 32,000,000 bytes" in refusal(tmp_path, b"<p>" + b" " * 32_000_000 + b"x", "a.html")


def test_entities_are_never_expanded(tmp_path):
    assert "document type" in refusal(tmp_path, word_file(PARAGRAPH.format("&i;"), BOMB), "a.docx")
    external = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    assert "document type" in refusal(tmp_path, word_file(PARAGRAPH.format("&a;"), external), "a.docx")
    cell = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row></sheetData>'
    assert "document type" in refusal(tmp_path, sheet_file(cell, BOMB), "a.xlsx")


def test_archives_that_unpack_to_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "PART", 1_000_000)
    monkeypatch.setattr(package, "ELEMENTS", 30_000)
    assert "bytes unpacked" in refusal(tmp_path, word_file(" " * 1_000_001), "a.docx")
    assert "elements" in refusal(tmp_path, word_file("<w:p/>" * 30_001), "a.docx")
    assert "deep" in refusal(tmp_path, word_file("<w:sdt>" * 2_000), "a.docx")
    many = {f"word/{n}.xml": "" for n in range(10_001)}
    assert "files in the archive" in refusal(tmp_path, archive(many, zipfile.ZIP_STORED), "a.docx")


def test_an_archive_that_lies_about_a_size(tmp_path):
    """A part that says it is small and is not: reading stops where it said."""
    sound = word_file(PARAGRAPH.format("字" * 100_000))
    place = sound.rindex(b"PK\x01\x02")
    lying = sound[: place + 24] + struct.pack("<I", 1_000) + sound[place + 28 :]
    refusal(tmp_path, lying, "a.docx")


def test_sheets_that_lie_about_their_size(tmp_path):
    row = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>甲</t></is></c></row>'
    corners = row.format(1, "A") + row.format(1_048_576, "XFD")
    sheet = f'<dimension ref="A1:XFD1048576"/><sheetData>{corners}</sheetData>'
    read_back = read_bytes(tmp_path, sheet_file(sheet), "a.xlsx")
    assert read_back.text == "表\n甲\t\n\t甲"
    empty = "<sheetData>" + "".join(f'<row r="{n}"/>' for n in range(1, 60_000)) + corners[: len(corners) // 2]
    assert survives(tmp_path, sheet_file(empty + "</sheetData>"), "b.xlsx") == ""
    merged = f"<sheetData>{corners}</sheetData><mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 200_000
    survives(tmp_path, sheet_file(merged + "</mergeCells>"), "c.xlsx")
    assert "a cell such as B3" in refusal(
        tmp_path, sheet_file(f"<sheetData>{row.format(9, 'ZZZ')}</sheetData>"), "d.xlsx"
    )
    assert "number of a row" in refusal(tmp_path, sheet_file('<sheetData><row r="-1"/></sheetData>'), "e.xlsx")
    columns = "".join(row.format(n, letters(n)) for n in range(1, 1_500))
    assert "at most 500,000 cells" in refusal(tmp_path, sheet_file(f"<sheetData>{columns}</sheetData>"), "f.xlsx")


def letters(column):
    return (letters((column - 1) // 26) if column > 26 else "") + chr(65 + (column - 1) % 26)


def test_a_number_with_endless_digits(tmp_path):
    row = '<sheetData><row r="1"><c r="A1"><v>{}</v></c></row></sheetData>'
    assert read_bytes(tmp_path, sheet_file(row.format("1E999999999")), "a.xlsx").text == "表\n1E999999999"
    assert len(survives(tmp_path, sheet_file(row.format("9" * 100_000)), "b.xlsx")) <= 100_010


def test_a_text_that_many_cells_repeat(tmp_path):
    cells = "".join(f'<c r="{letters(n)}1"><f>1</f><v>x</v></c>' for n in range(1, 100))
    survives(tmp_path, sheet_file(f'<sheetData><row r="1">{cells}</row></sheetData>'), "a.xlsx")
    wide = f'<w:tcPr><w:gridSpan w:val="9999999"/></w:tcPr>{PARAGRAPH.format("甲")}'
    table = f"<w:tbl><w:tr><w:tc>{wide}</w:tc></w:tr></w:tbl>"
    assert "places in tables" in refusal(tmp_path, word_file(table), "a.docx")


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.docx", "a.xlsx", "a.pdf"])
def test_files_that_are_cut_off_or_damaged(tmp_path, name):
    data = real_files(tmp_path)[name]
    chance = random.Random(name)
    rounds = 12 if name == "a.pdf" else 60  # a process for each
    for _ in range(rounds):
        survives(tmp_path, data[: chance.randrange(1, len(data))], name)
        damaged = bytearray(data)
        for _ in range(chance.randrange(1, 20)):
            damaged[chance.randrange(len(data))] = chance.randrange(256)
        survives(tmp_path, bytes(damaged), name)


def test_pdfs_that_refer_to_themselves(tmp_path):
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    kids = pdf([catalog, b"<</Type/Pages/Count 1/Kids[2 0 R]>>"])
    survives(tmp_path, kids, "kids.pdf")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"
    form = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    survives(tmp_path, pdf([catalog, pages, page, stream(b"/X Do"), form]), "form.pdf")
    forms = [
        stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (n + 1))
        for n in range(5, 15)
    ]
    last = stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    survives(tmp_path, pdf([catalog, pages, page, stream(b"/X Do"), *forms, last]), "forms.pdf")


def test_a_pdf_that_unpacks_to_too_much(tmp_path):
    inner = zlib.compress(b"0 0 m 1 1 l S\n" * 30_000_000, 9)
    catalog, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"
    bomb = pdf([catalog, pages, page, stream(inner, b"/Filter/FlateDecode")])
    assert "expected a PDF" in refusal(tmp_path, bomb)


def test_a_pdf_of_pictures_and_one_with_a_password(tmp_path):
    from reportlab.lib.pdfencrypt import StandardEncryption

    page = canvas.Canvas(str(tmp_path / "lines.pdf"))
    page.rect(72, 72, 200, 200, fill=1)
    page.save()
    assert "text layer" in refusal(tmp_path, (tmp_path / "lines.pdf").read_bytes())
    page = canvas.Canvas(str(tmp_path / "locked.pdf"), encrypt=StandardEncryption("secret", ownerPassword="owner"))
    page.drawString(72, 700, "Transfers")
    page.save()
    assert "password" in refusal(tmp_path, (tmp_path / "locked.pdf").read_bytes())


def test_a_pdf_of_200_pages(tmp_path):
    page = canvas.Canvas(str(tmp_path / "long.pdf"))
    for number in range(200):
        for line in range(40):
            page.drawString(72, 760 - 17 * line, f"Item {number * number}-{line}: transfers of 142.43")
        page.showPage()
    page.save()
    started = time.monotonic()
    text = read(tmp_path / "long.pdf").text
    assert time.monotonic() - started < SECONDS
    assert text.split("\n") == [f"Item {n * n}-{m}: transfers of 142.43" for n in range(200) for m in range(40)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a process knows its peak only on Linux")
def test_memory_stays_bounded(tmp_path):
    """The worst of these files in a process of their own, whose peak is measured."""
    (tmp_path / "a.docx").write_bytes(word_file("".join(map(PARAGRAPH.format, ["上级补助收入142.43亿元。"] * 100_000))))
    (tmp_path / "b.html").write_bytes(PAGES["deep and never closed"].encode())
    (tmp_path / "c.txt").write_bytes("上级补助收入142.43亿元。\n".encode() * 100_000)
    (tmp_path / "d.docx").write_bytes(word_file(" " * 60_000_000))
    (tmp_path / "e.html").write_bytes(b"<p>x" * 200_000)
    code = (
        "import re, sys; from fiscal.errors import InputError; from fiscal.disclosure.file import read\n"
        "for path in sys.argv[1:]:\n"
        "    try: read(path)\n"
        "    except InputError: pass\n"
        "print(re.search(r'VmHWM:\\s*(\\d+) kB', open('/proc/self/status').read())[1])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True, check=True
    )
    assert int(run.stdout) < 500_000  # kB
