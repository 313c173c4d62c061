"""The review page of an extraction: the document with every amount marked in it, beside what was made of each."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import pandas as pd

from fiscal import files, text
from fiscal.disclosure import REASONS
from fiscal.disclosure.document import Cell, Table
from fiscal.figures import labels, vocabulary
from fiscal.reporting import render


@dataclass(frozen=True)
class Family:
    """Concepts of one colour and one tag; ``prefixes`` are beginnings of their ids."""

    name: str
    prefixes: tuple[str, ...]
    colour: str
    tag: str
    en: str
    zh: str


# Seaborn's "colorblind" palette as in fiscal.plots.theme: received and paid as in pictures. Green and pink stand for
# general and special debt there, which this page does not tell apart.
FAMILIES = (
    Family("received", ("transfers.received.",), "#0173b2", "补助", "transfers received", "上级补助"),
    Family("paid", ("transfers.paid.",), "#de8f05", "对下", "transfers paid", "对下补助"),
    Family("limit", ("debt.limit.",), "#ece133", "限额", "debt limit", "债务限额"),
    Family("balance", ("debt.balance",), "#d55e00", "余额", "debt balance", "债务余额"),
    Family(
        "bonds", ("debt.bonds.", "debt.onlent_foreign"), "#56b4e9", "举借", "bonds and on-lent loans", "债券和外债转贷"
    ),
    Family("service", ("debt.service",), "#ca9161", "偿还", "debt service", "还本付息"),
    Family("revenue", ("revenue.",), "#029e73", "收入", "revenue", "收入"),
    Family("expenditure", ("expenditure.",), "#cc78bc", "支出", "expenditure", "支出"),
    Family(
        "burden", ("debt.ratio", "capacity."), "#4d4d4d", "负担", "debt ratio and its denominator", "债务率和综合财力"
    ),
    Family("performance", ("performance.",), "#949494", "绩效", "performance management", "绩效管理"),
    Family("other", ("",), "#fbafe4", "其他", "other", "其他"),
)
UNREAD = Family("unread", (), "#595959", "未读", "left unread", "未识读")

MARKS = {"discrepancy": "✗", "undetermined": "?", "rounding": "≈", "holds": "✓"}  # of outcomes, the worst first

CONCEPT = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
LINE = re.compile(r"[^\r\n]+")
NUMBER = re.compile(r"[-−(（]?[0-9０-９][0-9０-９.,，．%％ )）]*")
BARS = re.compile(r" ?[|｜│] ?")
SEPARATORS = (BARS, re.compile(r"\t"), re.compile(r" {2,}|　+"))


def review(extraction, path=None, title=None) -> str:
    """The page on which a person checks an :class:`~fiscal.disclosure.Extraction` against its document, as HTML.

    It is written to the file ``path`` too, if there is one; ``title`` is the document's own if it is not given.
    The page holds the whole text of the document. Raises InputError if the file can't be written.

    >>> found = fiscal.disclosure.extract("荔城区2023年决算说明。2023年末，政府债务余额12.5亿元。", "荔城区", 2023)
    >>> page = fiscal.reporting.review(found)
    >>> page.startswith("<!DOCTYPE html>"), "12.5亿元" in page
    (True, True)
    """
    document, source = extraction.document, extraction.source
    figures = [_figure(row) for row in extraction.figures.to_dict("records")]
    unread = [_unread(row) for row in extraction.unread.to_dict("records")]
    marks = _marks([*figures, *unread])
    by_id = {row["figure_id"]: row for row in figures}
    checks, not_printed = _checks(extraction.checked, by_id)
    counted = Counter(row["family"] for row in [*figures, *unread])
    remarks = list(dict.fromkeys(each for row in figures for each in row["remarks"]))
    body = _template().render(
        words=render.both_languages(),
        title=title,
        source=source,
        document=document,
        characters=text.number(len(document.text), 0, "en"),
        families=(*FAMILIES, UNREAD),
        counted=counted,
        blocks=_blocks(document, extraction.blocks, marks),
        figures=figures,
        remarks={each: _both(vocabulary.remark, each) for each in remarks},
        numbers={each: number for number, each in enumerate(remarks, start=1)},
        unread=unread,
        statements=[
            row | {"where": _both(text.clause, row["clause"])} for row in extraction.statements.to_dict("records")
        ],
        checks=checks,
        outcomes=Counter(check["outcome"] for check in checks),
        outcome_words={each: _worded("outcome", each) for each in MARKS},
        not_printed=not_printed,
        problems=[
            problem | {"figures": [by_id[each] for each in problem["figure_ids"]]} for problem in extraction.problems
        ],
    )
    shown = text.visible(title or source["title"]["zh"])
    html = render.page(text.UNSEEN.sub(_code_point, body), lang="en", title=shown, kind="report", script=True)
    if path is not None:
        files.write(path, html)
    return html


@cache
def _template():
    from jinja2 import Environment, FileSystemLoader

    loader = FileSystemLoader(str(render.TEMPLATES))
    return Environment(loader=loader, autoescape=True, trim_blocks=True).get_template("review.html.j2")


def _code_point(found):
    times = f" ×{len(found[0])}" if len(found[0]) > 1 else ""
    return f'<span class="unseen">U+{ord(found[1]):04X}{times}</span>'


def _figure(row):
    """A row of figures with the words for it: pairs, English and Chinese."""
    status = _worded("status", row["status"])
    if row["formula"]:
        status = [text.named(*each) for each in zip(status, _both(_named, row["formula"]), text.LANGUAGES, strict=True)]
    return row | {
        "family": next(family for family in FAMILIES if row["concept"].startswith(family.prefixes)),
        "label": _both(vocabulary.label, row["concept"]),
        "amount": text.number(row["value"], 0, "en"),
        "unit": _worded("unit", row["unit"]),
        "context": _both(text.context, row),
        "where": _both(text.clause, row["clause"]),
        "how": status,
        "remarks": vocabulary.split(row["remark"]),
    }


def _named(formula, lang):
    """A formula with the labels of its concepts."""
    known = vocabulary.concepts().index
    return CONCEPT.sub(lambda found: vocabulary.label(found[0], lang) if found[0] in known else found[0], formula)


def _unread(row):
    """A row of unread amounts with the words for it."""
    return row | {
        "family": UNREAD,
        "why": REASONS[row["reason"]],
        "near": _both(vocabulary.label, row["near"]) if row["near"] else None,
        "where": _both(text.clause, row["clause"]),
    }


def _both(words, name):
    return words(name, "en"), words(name, "zh")


def _worded(column, value):
    return labels.word(column, value, "en"), labels.word(column, value, "zh")


@dataclass
class Mark:
    """A stretch of the text and the rows (figures and unread amounts) that stand there; ``number`` names it."""

    number: int
    start: int
    end: int
    rows: list = field(default_factory=list)

    @property
    def family(self):
        return self.rows[0]["family"]

    @property
    def tag(self):
        counted = Counter(row["family"].tag for row in self.rows)
        return "·".join(f"{tag}×{count}" if count > 1 else tag for tag, count in counted.items())


def _marks(rows):
    """Marks in the order of the text, which never overlap: rows whose spans do share one. Each row learns its mark.

    A derived figure that is not printed has none.
    """
    marks = []
    placed = [row for row in rows if not pd.isna(row["span_start"])]
    for row in sorted(placed, key=lambda row: (row["span_start"], row["span_end"])):
        if not marks or row["span_start"] >= marks[-1].end:
            marks.append(Mark(len(marks) + 1, row["span_start"], row["span_end"]))
        marks[-1].end = max(marks[-1].end, row["span_end"])
        marks[-1].rows.append(row)
        row["at"] = marks[-1].number
    return marks


def _checks(checked, by_id):
    """Identities tried, the worst first, with their figures; and how many need figures that are not printed.

    That a number stands at its place is left out where it does: the page shows it.
    """
    printed = checked[checked["outcome"] != "not_printed"]
    told = printed[(printed["kind"] != "span") | (printed["outcome"] != "holds")]
    rows = [
        row
        | {
            "figures": [by_id[each] for each in row["figure_ids"]],
            "mark": MARKS[row["outcome"]],
            "words": _worded("outcome", row["outcome"]),
            "context": by_id[row["figure_ids"][-1]]["context"],
            "amounts": [text.number(row[each], 0, "en") for each in ("left", "right", "difference")],
        }
        for row in told.to_dict("records")
    ]
    order = list(MARKS)
    return sorted(rows, key=lambda row: order.index(row["outcome"])), len(checked) - len(printed)


def _blocks(document, blocks, marks):
    """The whole text in its order: (kind, content), a heading or paragraph of pieces, or a table of rows of cells.

    A piece is (text, mark or None, whether the mark begins there); a cell (pieces, columns, rows, is a number).
    """
    starts, ends = [mark.start for mark in marks], [mark.end for mark in marks]

    def pieces(start, end):
        found, number = [], bisect_right(ends, start)
        while number < len(marks) and starts[number] < end:
            first, last = max(starts[number], start), min(ends[number], end)
            if start < first:
                found.append((document.text[start:first], None, False))
            found.append((document.text[first:last], marks[number], first == starts[number]))
            start, number = last, number + 1
        if start < end:
            found.append((document.text[start:end], None, False))
        return found

    spans = {}
    for block in blocks:
        # A heading may go on in a paragraph on the same line.
        spans[block.start, block.end] = "heading" if block.kind == "heading" else "paragraph"
    tables = sorted([*document.tables, *_runs(document.text, blocks)], key=lambda table: table.start)
    whole = iter([*sorted((*span, kind) for span, kind in spans.items()), (len(document.text),) * 2 + ("",)])
    place, (start, end, kind) = 0, next(whole)
    for table in [*tables, None]:
        stop = table.start if table else len(document.text)
        while place < stop:
            if start < place:
                start, end, kind = next(whole)
            elif start < stop:
                yield from _lines(document.text, place, start, pieces)
                # A line that seems to go on in a table ends where the table begins.
                place = min(end, stop)
                yield kind, pieces(start, place)
            else:
                yield from _lines(document.text, place, stop, pieces)
                place = stop
        if table:
            yield "table", list(_rows(table, document.text, pieces))
            place = table.end


def _lines(whole, start, end, pieces):
    """What stands between paragraphs, such as page numbers: a line each."""
    for line in LINE.finditer(whole, start, end):
        if not line[0].isspace():
            yield "paragraph", pieces(line.start(), line.end())


def _runs(whole, blocks):
    """Tables in plain text: two or more lines of cells with nothing between them."""
    rows = [block for block in blocks if block.kind == "row"]
    runs = [rows[:1]]
    for before, row in pairwise(rows):
        if whole[before.end : row.start].strip():
            runs.append([])
        runs[-1].append(row)
    for run in runs:
        if len(run) > 1:
            yield Table(run[0].start, run[-1].end, tuple(tuple(_cells(whole, row)) for row in run))


def _cells(whole, row):
    """The cells of a line, set apart by bars, else by tabs, else by wide spaces; a title within a table is one cell."""
    line = whole[row.start : row.end]
    separator = next((each for each in SEPARATORS if each.search(line.strip())), None)
    cells, place = [], 0
    for found in [*(separator.finditer(line) if separator else ()), None]:
        end = found.start() if found else len(line)
        cells.append(Cell(line[place:end], row.start + place, row.start + end))
        place = found.end() if found else end
    # A line in a frame begins and ends with a bar.
    return cells[not cells[0].text.strip() : len(cells) - (not cells[-1].text.strip())] if separator is BARS else cells


def _rows(table, whole, pieces):
    """Rows of a table as HTML has them: a merged cell once, where it begins, with its columns and rows."""
    covered, placed = set(), set()
    for top, row in enumerate(table.rows):
        cells = []
        for left, cell in enumerate(row):
            if (top, left) in covered:
                continue
            if id(cell) in placed:
                # Of a merged cell that is no rectangle the rest stays empty.
                cells.append(([], 1, 1, False))
                continue
            placed.add(id(cell))
            right, bottom = left + 1, top + 1
            while right < len(row) and row[right] is cell:
                right += 1
            while bottom < len(table.rows) and _is_filled(table.rows[bottom], left, right, cell):
                bottom += 1
            covered.update((y, x) for y in range(top, bottom) for x in range(left, right))
            number = bool(NUMBER.fullmatch(whole[cell.start : cell.end].strip()))
            cells.append((pieces(cell.start, cell.end), right - left, bottom - top, number))
        yield cells


def _is_filled(row, left, right, cell):
    return len(row) >= right and all(row[each] is cell for each in range(left, right))
