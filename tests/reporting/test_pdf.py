"""The printed edition: whole tables, numbered pages, every note, Chinese that can be searched, the same bytes twice."""

import ctypes
import re
import shutil

import nbformat
import numpy as np
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from pypdfium2 import raw

from fiscal import reporting
from fiscal.cli import main
from fiscal.errors import InputError
from fiscal.reporting import paper, render

MARGIN_MM = 12


@pytest.fixture
def printed(papers, chromium):
    """A function that opens the PDF of the debt report in a language."""
    return lambda lang: pypdfium2.PdfDocument(papers / f"debt.{lang}.pdf")


def squeezed(words):
    return re.sub(r"\s", "", words)


def words_of(page):
    return page.get_textpage().get_text_range()


def all_words(document):
    return squeezed("".join(words_of(page) for page in document))


def blank_beside(page):
    """Whether nothing is printed in the left and right margins, where what is too wide would be cut."""
    picture = page.render(scale=1).to_numpy()
    wide = round(MARGIN_MM / 25.4 * 72)
    return bool(np.all(picture[:, :wide] == 255) and np.all(picture[:, -wide:] == 255))


@pytest.mark.parametrize(
    ("lang", "head", "said"),
    [
        ("en", "Urumqi 2020: Debt", "At the end of 2020 Urumqi owed 1,188.94 yi"),
        ("zh", "乌鲁木齐市2020年：政府债务", "2020年末，乌鲁木齐市政府债务余额1188.94亿元"),
    ],
)
def test_every_page_is_a4_and_says_what_it_is_of_and_which(printed, lang, head, said):
    document = printed(lang)
    assert len(document) > 2
    for number, page in enumerate(document, start=1):
        assert page.get_size() == pytest.approx((595, 842), abs=1)
        words = squeezed(words_of(page))
        assert words.startswith(squeezed(head))
        assert f"{number}/{len(document)}" in words
        assert blank_beside(page)
    assert squeezed(said) in all_words(document)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_notes_of_all_numbers_stand_at_the_end_each_once(printed, papers, lang):
    soup = BeautifulSoup((papers / f"debt.{lang}.html").read_text(encoding="utf-8"), "html.parser")
    notes = {squeezed(note.get_text()) for note in soup.select(".fact > .note")}
    listed = [squeezed(note.get_text()) for note in soup.select(".endnotes li")]
    assert len(listed) == len(notes)
    numbers = [int(fact["data-note"]) for fact in soup.select(".fact")]
    assert set(numbers) == set(range(1, len(listed) + 1))
    words = all_words(printed(lang))
    for note in listed:
        assert note in words, note
    mark = {"en": ";", "zh": "；"}[lang]
    for fact in soup.select(".fact"):
        lines = fact.select_one(".note").get_text().split("\n")
        assert squeezed(mark.join(lines)) == listed[int(fact["data-note"]) - 1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_font_is_inside(printed, lang):
    seen = set()
    for page in printed(lang):
        for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(each)
            seen.add(raw.FPDFFont_GetIsEmbedded(font))
    assert seen == {1}


@pytest.mark.parametrize(("lang", "title", "part"), [("en", "Urumqi 2020: Debt", "Limit and balance")])
def test_a_reader_finds_title_language_parts_and_tags(printed, lang, title, part):
    document = printed(lang)
    assert document.get_metadata_value("Title") == title
    assert document.get_metadata_value("CreationDate") == ""
    assert part in [entry.get_title() for entry in document.get_toc()]
    assert raw.FPDFCatalog_IsTagged(document)
    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    assert buffer.raw.decode("utf-16-le").rstrip("\0") == lang


def test_the_same_page_gives_the_same_bytes(papers, chromium):
    page = (papers / "debt.en.html").read_bytes()
    assert paper.pdf(page) == (papers / "debt.en.pdf").read_bytes()
    # What the browser counts differs now and then by itself; a node that is not shown makes it count otherwise.
    assert paper.pdf(page.replace(b"</head>", b'<meta name="x"></head>', 1)) == (papers / "debt.en.pdf").read_bytes()


def test_temporary_files_may_lie_deep(papers, chromium, tmp_path, monkeypatch):
    deep = tmp_path / ("deep" * 30)
    deep.mkdir()
    page = (papers / "debt.en.html").read_bytes()
    usual = paper.pdf(page)
    monkeypatch.setenv("TMPDIR", str(deep))
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    assert paper.pdf(page) == usual
    assert list(deep.iterdir()) == []


def test_a_wide_and_long_table_is_not_cut_and_its_header_comes_again(chromium):
    header = "".join(f"<th>heading{number}</th>" for number in range(14))
    rows = "".join(
        f"<tr>{''.join(f'<td class=num>r{row}c{column}:1,234,567.89</td>' for column in range(14))}</tr>"
        for row in range(60)
    )
    table = f"<table><thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    output = nbformat.v4.new_output("display_data", {"text/html": table})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])
    about = {"lang": "en", "name": "", "place": 'A "place" \\ <b>', "year": 2020, "title": "Wide"}
    document = pypdfium2.PdfDocument(paper.pdf(render.report(render.article(notebook), **about).encode()))
    assert len(document) > 1
    for page in document:
        words = squeezed(words_of(page))
        assert blank_beside(page)
        assert words.startswith(squeezed('A "place" \\ <b> 2020: Wide'))
        # A row is whole on its page, and the header is there.
        assert all(f"heading{number}" in words for number in range(14))
        begun = set(re.findall(r"r(\d+)c0:", words))
        assert begun == set(re.findall(r"r(\d+)c13:", words))
    everything = all_words(document)
    assert all(f"r{row}c{column}:" in everything for row in range(60) for column in range(14))


def test_paper_is_light_where_the_system_is_dark(chromium, papers):
    page = chromium.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    page.goto((papers / "debt.en.html").as_uri())
    style = "@media (prefers-color-scheme: dark) { :root { color-scheme: dark; --paper: #000; --ink: #fff; } }"
    page.evaluate("style => document.head.insertAdjacentHTML('afterbegin', `<style>${style}</style>`)", style)
    look = page.evaluate("(({backgroundColor, color}) => [backgroundColor, color])(getComputedStyle(document.body))")
    page.close()
    assert look == ["rgb(255, 255, 255)", "rgb(34, 34, 34)"]


def test_the_page_leads_to_what_was_made_beside_it(papers):
    page = BeautifulSoup((papers / "debt.zh.html").read_text(encoding="utf-8"), "html.parser")
    links = {link.get_text(): link["href"] for link in page.select("header a")}
    assert links["Excel"] == "debt.zh.xlsx"
    if (papers / "debt.zh.pdf").exists():
        assert links["PDF"] == "debt.zh.pdf"


def test_without_a_browser_one_line_says_what_to_install_before_anything_runs(tmp_path, monkeypatch):
    out = tmp_path / "out"
    command = ["report", "--notebook", "debt", "--pdf", "--out", str(out)]
    monkeypatch.setenv("FISCAL_BROWSER", "no-such-browser")
    named = CliRunner().invoke(main, command)
    monkeypatch.delenv("FISCAL_BROWSER")
    monkeypatch.setenv("PATH", "")
    missing = CliRunner().invoke(main, command)
    assert (named.exit_code, missing.exit_code) == (1, 1)
    assert named.stderr == "fiscal: FISCAL_BROWSER: no-such-browser is no program; expected Chromium, Chrome or Edge\n"
    assert missing.stderr == (
        "fiscal: --pdf needs a browser: install Chromium, Chrome or Edge, or name one in the environment variable"
        " FISCAL_BROWSER\n"
    )
    assert not out.exists()


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("win32", "Microsoft/Edge/Application/msedge.exe"),
        ("darwin", "Applications/Chromium.app/Contents/MacOS/Chromium"),
    ],
)
def test_browsers_are_found_where_other_systems_keep_them(tmp_path, monkeypatch, platform, place):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    monkeypatch.setattr(paper.sys, "platform", platform)
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.touch()
    assert paper.browser() == str(path)


def test_a_browser_that_prints_nothing_is_a_failure_that_keeps_what_was_there(own_notebooks, tmp_path, monkeypatch):
    how = {"disclosures": ["urumqi-2020"], "notebooks": ["works"], "languages": ["en"], "out": tmp_path / "out"}
    (before,) = reporting.build(**how)
    assert "PDF</a>" not in before.path.read_text(encoding="utf-8")
    monkeypatch.setenv("FISCAL_BROWSER", shutil.which("false"))
    with pytest.raises(InputError, match="made no PDF"):
        paper.pdf(b"<p>words")
    (report,) = reporting.build(**how, beside=["pdf"])
    assert report.failure.cause == "PDF"
    assert "made no PDF" in report.path.read_text(encoding="utf-8")
    assert before.path.exists()
