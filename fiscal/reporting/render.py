"""Turn an executed notebook into one self-contained page, and reports into an index."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from fiscal import text
from fiscal.reporting import colophon, fonts, headings, markup, seal

TEMPLATES = files("fiscal.reporting") / "templates"
WORDS = {
    "en": {
        "name": "English",
        "skip": "Skip to content",
        "where": "Where you are",
        "all": "All reports",
        "contents": "Contents",
        "show": "Show code",
        "hide": "Hide code",
        "colours": "Colours",
        "system": "As the system",
        "light": "Light",
        "dark": "Dark",
        "link": "Link to this section: {heading}",
        "picture": "Picture {number}",
        "undescribed": "Picture {number}, without a description",
        "table": "Table {number}",
        "code": "Code or output",
        "failed": "This report could not be finished",
        "failed_where": "Notebook {notebook}, cell {cell}:",
        "failed_so_far": "What was done until then follows.",
        "notes": "Notes and sources",
        "lesson": "Lesson {}",
        "course": "All lessons",
        "around": "Go on",
    },
    "zh": {
        "name": "中文",
        "skip": "跳到正文",
        "where": "当前位置",
        "all": "全部报告",
        "contents": "目录",
        "show": "显示代码",
        "hide": "隐藏代码",
        "colours": "配色",
        "system": "跟随系统",
        "light": "浅色",
        "dark": "深色",
        "link": "本节链接：{heading}",
        "picture": "图{number}",
        "undescribed": "图{number}（无文字说明）",
        "table": "表{number}",
        "code": "代码或输出",
        "failed": "报告未能完成",
        "failed_where": "笔记本{notebook}，第{cell}个单元格：",
        "failed_so_far": "以下为此前已完成的内容。",
        "notes": "注释与出处",
        "lesson": "第{}课",
        "course": "全部课程",
        "around": "前后各课",
    },
}
PAGE_IDS = ("content", "colours", "toggle", "dark", "record", "made")
CODES = {"en": "en", "zh": "zh-CN"}  # languages as pages name them


def article(notebook):
    """The cells of an executed notebook as one article: a soup, whose facts still have their notes as titles."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_exporter().from_notebook_node(notebook)[0], "html.parser")
    markup.defuse(soup)
    _mark_headline(soup, notebook)
    headings.identify(soup, notebook, PAGE_IDS)
    _number_notes(soup)
    return soup


def report(
    soup, *, lang, name, place, year, title, lesson=None, others=(), beside=(), around=(), failure=None, said=None
):
    """The page of an article, which is used up, as text.

    ``others`` are the same report's other languages (lang, href), ``beside`` its other forms (name, href).
    ``lesson``: its number in the course, if it is a part of that; ``around``: the lessons beside it (title, href).
    ``said``: what it says of itself to machines, and at its foot to readers: see ``fiscal.reporting.work``.
    """
    words = WORDS[lang]
    notes = {
        fact["data-note"]: fact["title"] for fact in soup.find_all("span", class_="fact", attrs={"data-note": True})
    }
    markup.pictures(soup, words)
    markup.tables(soup, words)
    markup.code(soup, words)
    markup.notes(soup)
    if lang != "zh":
        markup.chinese(soup)
    heading = headings.order(soup)
    toc = headings.contents(soup)
    headings.link(soup, words["link"])
    named = text.heading(place, year, title, lang)
    rendered = (
        _environment()
        .get_template("report.html.j2")
        .render(
            words=words,
            lang=lang,
            others=[{"lang": CODES[other], "href": href, "name": WORDS[other]["name"]} for other, href in others],
            beside=beside,
            lesson=lesson,
            around=around,
            toc=toc,
            heading=_markup(str(heading)) if heading else None,
            failure=failure,
            made=said and colophon.colophon(said),
            notebook=name,
            place=place,
            year=year,
            title=title,
            article=_markup(str(soup)),
            notes=[_markup(markup.spoken(text.visible(in_a_row(note, lang)), lang)) for note in notes.values()],
            running=_markup(_css_string(text.visible(named))),
        )
    )
    record = seal.block(said) if said else ""
    return page(rendered, lang=lang, title=named, kind="report", script=True, record=record)


def index(groups):
    """The page that lists reports by place and year; ``groups`` as ``fiscal.reporting.index`` makes them."""
    body = _environment().get_template("index.html.j2").render(groups=groups, words=both_languages(), each=WORDS)
    return page(body, lang="en", title="Reports 报告", kind="index", script=True)


def both_languages():
    """The words of pages that speak both languages at once."""
    return {key: f"{word} {WORDS['zh'][key]}" for key, word in WORDS["en"].items()}


def course(groups):
    """The page that lists the lessons; ``groups`` as ``fiscal.reporting.index`` makes them."""
    body = _environment().get_template("course.html.j2").render(groups=groups, words=both_languages())
    return page(body, lang="en", title="A course in fiscal transparency 财政透明课程", kind="course", script=True)


def page(body, *, lang, title, kind, script, record=""):
    """A whole page around a body: nothing is fetched, and nothing runs but the one script whose hash is named.

    Styles may stand in the page, since data frames style their cells; they can't fetch either. ``record`` is data.
    """
    code = _read("script.js") + (_read("index.js") if kind == "index" else "") if script else ""
    allowed = f"script-src 'sha256-{_hash(code)}'" if script else "script-src 'none'"
    # The index shows pictures that lie beside the reports; a report carries its own.
    images = "data:" if kind == "report" else "'self' file:"
    policy = (
        f"default-src 'none'; {allowed}; style-src 'unsafe-inline'; img-src {images}; font-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            lang=CODES[lang],
            title=title,
            kind=kind,
            policy=policy,
            style=_markup(_read("style.css") + _highlighting("xcode", body)),
            dark=_markup(_read("dark.css") + _highlighting("monokai", body)),
            script=_markup(code),
            record=_markup(record),
            body=_markup(body),
            font=fonts.subset(body + title + "0123456789/"),  # of pages
        )
    )


def _number_notes(soup):
    """Count what the notes say, for print: equal notes share a number."""
    numbers = {}
    for fact in soup.find_all("span", class_="fact", title=True):
        if note := fact["title"]:
            fact["data-note"] = str(numbers.setdefault(note, len(numbers) + 1))


def _mark_headline(soup, notebook):
    """The output of the cell with the tag ``headline`` stands out."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    outputs = soup.find_all("div", class_="output")
    for cell, output in zip(cells, outputs, strict=True):
        if "headline" in cell.metadata.get("tags", []):
            output["class"] = ["output", "headline"]


def in_a_row(note, lang):
    """The lines of a note as one; those that are sentences have their mark already."""
    lines = note.split("\n")
    mark, space = {"en": (";", " "), "zh": ("；", "")}[lang]
    return "".join(line + mark * (line[-1:] not in (".", "。")) + space for line in lines[:-1]) + lines[-1]


def _css_string(words):
    """Words as a string of CSS that nothing in them can end."""
    return '"' + "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in words) + '"'


@cache
def _exporter():
    from fiscal.reporting.exporter import Exporter

    return Exporter(
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input_prompt=True,
        optimistic_validation=True,  # once, not after each of its steps
    )


@cache
def _environment():
    from jinja2 import Environment, FileSystemLoader

    loader = FileSystemLoader(str(TEMPLATES))
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, finalize=_finalized)
    environment.filters["time"] = text.time
    return environment


def _finalized(value):
    """What a template puts into a page: in text that is not yet HTML, what can't be seen is written out."""
    return text.visible(value) if type(value) is str else value


def _highlighting(style, body):
    """The colours of code, of the kinds of words that there are in a page."""
    there = set(re.findall(r'<span class="(\w{1,3})">', body))
    return "".join(rule for kind, rule in _colours(style) if kind in there)


@cache
def _colours(style):
    from pygments.formatters import HtmlFormatter

    rules = HtmlFormatter(style=style).get_style_defs(".highlight")
    return [(kind, rule + "\n") for rule, kind in re.findall(r"^(\.highlight \.(\w+) {.*?})", rules, re.MULTILINE)]


@cache
def _read(name):
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _markup(html):
    from markupsafe import Markup

    return Markup(html)


def _hash(code):
    return base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii")
