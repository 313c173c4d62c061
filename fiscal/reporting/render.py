"""Turn an executed notebook into one self-contained page, and reports into an index."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from fiscal.reporting import fonts

TEMPLATES = files("fiscal.reporting") / "templates"
WORDS = {
    "en": {
        "where": "Where you are",
        "all": "All reports",
        "contents": "Contents",
        "show": "Show code",
        "hide": "Hide code",
        "failed": "This report could not be finished",
        "failed_where": "Notebook {notebook}, cell {cell}:",
        "failed_so_far": "What was done until then follows.",
        "name": "English",
        "lesson": "Lesson {}",
        "course": "All lessons",
        "around": "Go on",
    },
    "zh": {
        "where": "当前位置",
        "all": "全部报告",
        "contents": "目录",
        "show": "显示代码",
        "hide": "隐藏代码",
        "failed": "报告未能完成",
        "failed_where": "笔记本{notebook}，第{cell}个单元格：",
        "failed_so_far": "以下为此前已完成的内容。",
        "name": "中文",
        "lesson": "第{}课",
        "course": "全部课程",
        "around": "前后各课",
    },
}


def report(notebook, *, lang, name, place, year, title, lesson=None, others=(), around=(), failure=None):
    """The page of an executed notebook, as text. ``others`` are the same report's other languages (lang, href).

    ``lesson``: its number in the course, if it is a part of that; ``around``: the lessons beside it (title, href).
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(_exporter().from_notebook_node(notebook)[0], "html.parser")
    _add_notes(soup)
    _mark_headline(soup, notebook)
    for table in soup.find_all("table"):
        table.wrap(soup.new_tag("div", attrs={"class": "scroll", "tabindex": "0"}))
    toc = [{"id": h["id"], "text": _without_anchor(h)} for h in soup.find_all("h2") if h.get("id")]
    body = _environment().get_template("report.html.j2")
    words = WORDS[lang]
    rendered = body.render(
        words=words,
        lesson=lesson,
        around=around,
        others=[{"lang": other, "href": href, "name": WORDS[other]["name"]} for other, href in others],
        toc=toc,
        failure=failure,
        notebook=name,
        place=place,
        year=year,
        article=_markup(str(soup)),
    )
    return page(rendered, lang=lang, title=f"{place} {year}: {title}", kind="report", script=True)


def index(groups):
    """The page that lists reports by place and year; ``groups`` as ``fiscal.reporting.index`` makes them."""
    body = _environment().get_template("index.html.j2").render(groups=groups)
    return page(body, lang="en", title="Reports 报告", kind="index", script=False)


def course(groups):
    """The page that lists the lessons; ``groups`` as ``fiscal.reporting.index`` makes them."""
    body = _environment().get_template("course.html.j2").render(groups=groups)
    return page(body, lang="en", title="A course in fiscal transparency 财政透明课程", kind="index", script=False)


def page(body, *, lang, title, kind, script):
    """A whole page around a body: nothing is fetched, and nothing runs but the one script whose hash is named.

    Styles may stand in the page, since data frames style their cells; they can't fetch either.
    """
    code = _read("script.js") if script else ""
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
            lang=lang,
            title=title,
            kind=kind,
            policy=policy,
            style=_markup(_read("style.css") + (_highlighting() if script else "")),
            script=_markup(code),
            body=_markup(body),
            font=fonts.subset(body + title),
        )
    )


def _add_notes(soup):
    """Turn each fact's title into a note that keyboard and screen-reader users get too."""
    for number, fact in enumerate(soup.select("span.fact[title]")):
        note = soup.new_tag("span", attrs={"class": "note", "role": "tooltip", "id": f"note-{number}"})
        note.string = fact.attrs.pop("title")
        fact["aria-describedby"] = note["id"]
        fact.append(note)


def _mark_headline(soup, notebook):
    """The output of the cell with the tag ``headline`` stands out."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    outputs = soup.select("div.output")
    for cell, output in zip(cells, outputs, strict=True):
        if "headline" in cell.metadata.get("tags", []):
            output["class"] = ["output", "headline"]


def _without_anchor(heading):
    return "".join(heading.find_all(string=True, recursive=False)).strip()


@cache
def _exporter():
    from nbconvert import HTMLExporter

    return HTMLExporter(
        template_name="report",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input_prompt=True,
        optimistic_validation=True,  # once, not after each of its steps
    )


@cache
def _environment():
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(str(TEMPLATES)), autoescape=True, trim_blocks=True)


@cache
def _highlighting():
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(style="friendly").get_style_defs(".highlight")


@cache
def _read(name):
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _markup(html):
    from markupsafe import Markup

    return Markup(html)


def _hash(code):
    return base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii")
