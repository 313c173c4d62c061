"""The workbook of a report: its findings, the data it is about, the tables of its page, where each number is from.

One way for all notebooks: the page says what it shows, and a cell that is added to the notebook hands over the data.
"""

import json
import re
from fractions import Fraction

import nbformat

from fiscal import text
from fiscal.exports import cells, front, handover
from fiscal.exports.cells import PER_YUAN, Column, Sheet
from fiscal.figures import labels
from fiscal.reporting.execute import HANDING_OVER
from fiscal.reporting.render import in_a_row

NUMBER = re.compile(r"[+−-]?([0-9]{1,3}(,[0-9]{3})+|0|[1-9][0-9]*)(\.[0-9]+)?%?")
WORDS = {
    "en": {
        "about": "About",
        "what": "What this is",
        "is": "The report “{}” as a workbook: what it finds, the data behind it, the tables of its page, and where"
        " each number is from.",
        "warning": "Note",
        "headline": "In short",
        "sheets": "Sheets",
        "page": "a table of the page",
        "sources": "Provenance",
        "where": "Every number of the page: as it is shown and as it was printed, with clause and formula",
        "part": "Part",
        "yuan": "{}, yuan",
        "yi": "{}, 亿元 (yi)",
        "columns": (
            "Part of the page",
            "As shown",
            "Exact value",
            "Unit",
            "In 亿元 (yi)",
            "Printed",
            "Clause",
            "Formula",
            "Note",
            "Note in the PDF",
        ),
    },
    "zh": {
        "about": "说明",
        "what": "内容",
        "is": "报告“{}”的数据表：主要结论、所依据的数据、页面各表，以及每个数字的出处。",
        "warning": "注意",
        "headline": "概要",
        "sheets": "工作表",
        "page": "页面中的表",
        "sources": "数字出处",
        "where": "页面上的每个数字：显示值、原文数值、条款和公式",
        "part": "部分",
        "yuan": "{}，元",
        "yi": "{}，亿元",
        "columns": (
            "所在部分",
            "显示",
            "精确值",
            "单位",
            "亿元",
            "原文",
            "条款",
            "公式",
            "注释",
            "PDF注释号",
        ),
    },
}


def asking(notebook, per, lang, parameters, path):
    """A notebook (bytes) with a cell at its end that hands over the data of its report to a file."""
    asked = nbformat.reads(notebook, as_version=4)
    told = {name: value for name, value in parameters.items() if name != "lang"}
    code = f"from fiscal.exports import handover\n\nhandover.hand_over({str(path)!r}, {per!r}, {lang!r}, **{told!r})"
    cell = nbformat.v4.new_code_cell(code, metadata={"tags": [HANDING_OVER]}, id=HANDING_OVER)
    asked.cells.append(cell)
    return nbformat.writes(asked).encode("utf-8")


def workbook(soup, handed, *, lang, place, year, title, headline):
    """The workbook of an article (see ``render.article``) and of what was handed over, as bytes."""
    words = WORDS[lang]
    told = handover.handed(handed)
    heading = text.heading(place, year, title, lang)
    printed = f"{heading} · {told['warning']}" if told["warning"] else heading
    book = cells.new()
    page = book.active
    page.title = words["about"]
    sheets = [*told["sheets"], *_tables(soup, lang), _provenance(soup, lang)]
    names = [(cells.add(book, sheet, printed), sheet) for sheet in sheets]
    # A name that is too long for a sheet is told in full here.
    listed = [
        {"en": ": ", "zh": "："}[lang].join(dict.fromkeys((name, sheet.title, sheet.about))) for name, sheet in names
    ]
    question = soup.find("h1")
    lines = [
        (words["what"], words["is"].format(_words(question) if question else title)),
        *([(words["warning"], told["warning"])] if told["warning"] else []),
        *([(words["headline"], headline)] if headline else []),
        *_findings(soup),
        (words["sheets"], "\n".join(listed)),
        *front.reading(lang),
        *front.documents(told["sources"], lang),
    ]
    front.front(page, heading, lines)
    return cells.saved(book)


def _findings(soup):
    """What the page says, computed sentence by sentence, under the headings of its parts."""
    found = {}
    for sentence in soup.select("div.output:not(.headline) p[lang]:not(.hint), div.output li[lang]"):
        found.setdefault(_part(sentence), []).append(_words(sentence))
    return [(part, "\n".join(dict.fromkeys(sentences))) for part, sentences in found.items()]


def _tables(soup, lang):
    """Each table of the page as a sheet; pieces with the same header in the same part are one table."""
    found = {}
    for table in soup.find_all("table"):
        rows = [_row(row) for row in table.find_all("tr") if not row.find_parent("thead")]
        header = _header(table)
        if not header:
            header, *rows = rows or [[]]
            header = [_words(cell) for cell in header]
        if rows:
            found.setdefault((_part(table), tuple(header), _caption(table)), []).append((table, rows))
    pieces = {}
    for (part, header, caption), tables in found.items():
        name = caption or (_bold(tables[0][0]) if len(tables) == 1 else "") or part
        pieces[name, header] = [(_part(table, ("h2", "h3", "h4")), row) for table, rows in tables for row in rows]
        yield _sheet(name, header, pieces[name, header], len(tables) > 1, lang)


def _sheet(name, header, rows, in_pieces, lang):
    words = WORDS[lang]
    columns = [Column(words["part"], [part for part, _ in rows])] if in_pieces else []
    for number, heading in enumerate(header):
        columns += _columns(heading, [row[number] if number < len(row) else None for _, row in rows], words)
    return Sheet(name, words["page"], columns)


def _columns(heading, row_cells, words):
    """A column of a table: numbers as numbers; amounts of money exact, and a second time in 亿元."""
    facts = [cell and _fact(cell) for cell in row_cells]
    shown = [_told(cell) if cell else "" for cell in row_cells]
    plain = [word for word, fact in zip(shown, facts, strict=True) if word and not fact]
    numeric = plain and all(NUMBER.fullmatch(word) for word in plain)
    values, formats = [], []
    for word, fact in zip(shown, facts, strict=True):
        value, form = _typed(word, fact) if fact else _parsed(word) if numeric and word else (word, "General")
        values.append(value)
        formats.append(form)
    units = {fact["unit"] for fact in facts if fact}
    if "yuan" not in units:
        return [Column(heading, values, formats)]
    yi = [
        value / text.YI if fact and fact["unit"] == "yuan" else None for value, fact in zip(values, facts, strict=True)
    ]
    exact = words["yuan"].format(heading) if units == {"yuan"} else heading
    return [Column(exact, values, formats), Column(words["yi"].format(heading), yi, PER_YUAN)]


def _provenance(soup, lang):
    """Every number of the page, once for each part that shows it."""
    words = WORDS[lang]
    rows = {}
    for fact in soup.select("span.fact"):
        data = json.loads(fact.get("data-fact", "{}"))
        note = fact.get("title", "")
        value, form = _typed(_words(fact), data) if "value" in data else (None, "General")
        unit = data.get("unit", "") if value is not None else ""
        row = (
            _part(fact),
            _words(fact),
            value,
            unit and labels.word("unit", unit, lang),
            value / text.YI if unit == "yuan" else None,
            *(data.get(name, "") for name in ("printed", "clause", "formula")),
            in_a_row(note, lang),
            int(fact["data-note"]) if note else None,
        )
        rows[row[0], row[1], note] = (row, form)
    columns = [
        Column(heading, [row[number] for row, _ in rows.values()]) for number, heading in enumerate(words["columns"])
    ]
    columns[2] = columns[2]._replace(formats=[form for _, form in rows.values()])
    columns[4] = columns[4]._replace(formats=PER_YUAN)
    return Sheet(words["sources"], words["where"], columns)


def _fact(cell):
    """What is known of the number that a cell shows, if it shows one and nothing else."""
    facts = cell.select("span.fact[data-fact]")
    if len(facts) == 1 and _words(facts[0]) == _words(cell):
        data = json.loads(facts[0]["data-fact"])
        return data if "value" in data else None
    return None


def _typed(shown, fact):
    """The exact value of a fact, as a number with a format."""
    value = Fraction(fact["value"])
    number = int(value) if value.denominator == 1 else float(value)
    if fact["unit"] == "ratio":
        return number, _percent(shown)
    return number, "#,##0" if fact["unit"] == "yuan" or value.denominator == 1 else "#,##0.00"


def _parsed(shown):
    """A number that is written as text, with a format."""
    written = shown.replace(",", "").replace("−", "-")
    if written.endswith("%"):
        return float(Fraction(written[:-1]) / 100), _percent(shown)
    return (float(written), "General") if "." in written else (int(written), "#,##0" if "," in shown else "0")


def _percent(shown):
    decimals = len(shown.rstrip("%").partition(".")[2])
    return f"0.{'0' * decimals}%" if decimals else "0%"


def _header(table):
    """The headings of a table's columns; of several rows of them, one after the other."""
    rows = [_row(row) for row in table.select("thead tr")]
    width = max(map(len, rows), default=0)
    levels = [[_words(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    return [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*levels, strict=True)]


def _row(row):
    """The cells of a row; one that is wider than a column comes once for each."""
    return [cell for cell in row.find_all(["th", "td"]) for _ in range(int(cell.get("colspan", 1)))]


def _caption(table):
    return _words(table.caption) if table.caption else ""


def _bold(table):
    """The bold words of the paragraph before a table, as the tables of a rule book have them."""
    before = table.find_previous_sibling()
    return _words(before.strong) if before and before.name == "p" and before.strong else ""


def _part(element, levels=("h2",)):
    """The heading of the part that something stands in; before the first, the title."""
    heading = element.find_previous(levels) or element.find_previous("h1")
    return _words(heading) if heading else ""


def _told(cell):
    """The words of a cell; code that stands beside words, such as the id of what they name, is left out."""
    words = "".join(piece for piece in cell.find_all(string=True) if not piece.find_parent("code"))
    return re.sub(r"\s+", " ", words).strip() or _words(cell)


def _words(element):
    """The text of an element without the mark that links to it."""
    pieces = [piece for piece in element.find_all(string=True) if "anchor-link" not in piece.parent.get("class", [])]
    return re.sub(r"\s+", " ", "".join(pieces)).strip()
