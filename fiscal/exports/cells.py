"""Sheets of a workbook: text is text, numbers are numbers, nothing is ever evaluated, no clock in the file."""

import re
import tempfile
import zipfile
from functools import cache, lru_cache
from io import BytesIO
from math import ceil, isinf
from typing import NamedTuple

import pandas as pd

from fiscal import __version__, text
from fiscal.errors import InputError
from fiscal.exports.flat import FORMULA

EXACT = 2**53  # beyond this Excel's numbers are no longer whole
FULL = 32_767  # characters that a cell can hold
WIDEST = 48  # letters
LINE = 16.5  # points
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip archive can hold
UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # for the name of a sheet
LONGEST = 31  # such a name
PER_YUAN = "#,##0.00######"  # of an amount in 亿元


class Column(NamedTuple):
    """A heading, its cells, and a number format for all of them or for each."""

    heading: str
    cells: list
    formats: str | list | None = None


class Sheet(NamedTuple):
    """A table for a workbook: the name of its sheet, what it is, and its columns."""

    title: str
    about: str
    columns: list


def new():
    """A workbook with one empty sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = f"fiscal {__version__}"
    return book


def add(book, sheet, heading=""):
    """Put a table into a workbook, ready for a screen and for paper; ``heading`` stands on top of each printed page."""
    from openpyxl.utils import get_column_letter

    title = named(sheet.title, book.sheetnames)
    page = book.create_sheet(title)
    length = max((len(column.cells) for column in sheet.columns), default=0)
    lines = {}  # of rows in which some text is broken
    for number, (words, cells, formats) in enumerate(sheet.columns, start=1):
        put(page, 1, number, words, bold=True)
        widest = _width(words)
        for position, cell in enumerate(cells):
            if isinstance(cell, str) and not cell:
                continue
            form = formats[position] if isinstance(formats, list) else formats
            width = _width(cell, form)
            written = put(page, position + 2, number, cell, wrap=width > WIDEST)
            if not isinstance(cell, str):
                written.alignment = _looks().number
                if formats:
                    page.cell(row=1, column=number).alignment = _looks().number
            if form:
                written.number_format = form
            if width > WIDEST:
                lines[position + 2] = max(lines.get(position + 2, 1), broken(cell, WIDEST))
            widest = max(widest, width)
        page.column_dimensions[get_column_letter(number)].width = min(widest + 3, WIDEST)
    for row, count in lines.items():
        page.row_dimensions[row].height = LINE * count
        for cell in page[row]:
            if cell.alignment != _looks().number:
                cell.alignment = _looks().wrapped if cell.alignment.wrap_text else _looks().top
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{length + 1}"
    page.print_title_rows = "1:1"
    for_print(page, heading, "landscape")
    return title


def named(words, taken):
    """A name for a sheet: what may stand in one, not too long, and none of those that are there."""
    words = UNFIT.sub(" ", text.visible(words)).strip().strip("'") or "-"
    taken = {name.lower() for name in taken}
    name, number = words[:LONGEST].strip(), 1
    while name.lower() in taken:
        number += 1
        name = f"{words[: LONGEST - 1 - len(str(number))].strip()} {number}"
    return name


def for_print(page, heading, orientation):
    """A4, as wide as the paper, with page numbers."""
    page.page_setup.orientation = orientation
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0  # as many pages as it takes
    page.sheet_properties.pageSetUpPr.fitToPage = True
    if heading:
        page.oddHeader.left.text = _looks().unfit.sub("\ufffd", heading[:200]).replace("&", "&&")
    page.oddFooter.left.text = "&A"
    page.oddFooter.right.text = "&P / &N"


def broken(words, width):
    """On how many lines words stand in a column of this width."""
    return sum(max(1, ceil(_letters(line) / (width - 3))) for line in words.split("\n"))


def _width(cell, form=None):
    if isinstance(cell, str):
        return _letters(cell)
    if pd.isna(cell):
        return 0
    return len(f"{cell:,.8f}".rstrip("0") if form == PER_YUAN else f"{cell:,.0f}") + 3


@lru_cache(10_000)
def _letters(words):
    """How wide the widest line of a text is; a Chinese character takes two letters."""
    return max(sum(1 + (ord(character) > 0x2E80) for character in line) for line in words.split("\n"))


class Looks(NamedTuple):
    """What no workbook can hold, and how cells stand."""

    unfit: re.Pattern
    wrapped: object
    top: object
    number: object


@cache
def _looks():
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment

    return Looks(
        ILLEGAL_CHARACTERS_RE,
        Alignment(wrap_text=True, vertical="top"),
        Alignment(vertical="top"),
        # Or a number would touch the words in the column to its right.
        Alignment(horizontal="right", vertical="top", indent=1),
    )


def put(sheet, row, column, value, bold=False, size=None, wrap=False):
    """Write one cell: text as text whatever it begins with, a number as a number, nothing where it is missing."""
    looks = _looks()
    cell = sheet.cell(row=row, column=column)
    if isinstance(value, str) or (value is not None and not pd.isna(value)):
        if isinstance(value, str) or (abs(value) > EXACT and isinstance(value, int)) or isinf(value):
            # A control character has no place in a workbook; a sign shows that one was there.
            words = _fitting(looks.unfit.sub("\ufffd", str(value)))
            cell.value = words or None
            if words:
                cell.data_type = "s"  # also =1+1 and #REF!
            if FORMULA.match(words):
                cell.quotePrefix = True  # stays text when a person edits the cell
        else:
            cell.value = value
    if bold or size:
        from openpyxl.styles import Font

        cell.font = Font(bold=bold, size=size or 11)
    if wrap:
        cell.alignment = looks.wrapped
    return cell


def _fitting(words):
    """As much of a text as a cell can hold, with a mark where it was cut; half characters are signs."""
    words = words.encode("utf-8", "replace").decode("utf-8")
    return words if len(words) <= FULL else f"{words[: FULL - 1]}…"


def saved(book):
    """The bytes of a workbook: the same archive whenever it is made. Raises InputError if the disk is full."""
    written = BytesIO()
    try:
        book.save(written)
    except Exception as error:
        # Sheets are written by way of the disk, by a library that has an error of its own for one that is full.
        if type(error).__name__ != "SerialisationError":
            raise
        raise InputError(f"{tempfile.gettempdir()}: no workbook can be made there ({error})") from error
    buffer = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", part)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return buffer.getvalue()
