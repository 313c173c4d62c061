"""What is read from a file of any format: one canonical text, and the tables at their places in it."""

import re
from dataclasses import dataclass

from fiscal.errors import InputError


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, stripped, and where (code points of the text). Merged cells share one Cell."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Table:
    """A table at ``text[start:end]``; rows are equally long."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Document:
    """A file as read: its name for messages, ``format`` (txt, html, docx, pdf, xlsx), text and tables."""

    name: str
    format: str
    text: str
    tables: tuple[Table, ...] = ()


@dataclass
class Grid:
    """A table before it has a place: the contents of its cells, and rows of their numbers.

    A cell's content is a list of blocks: lines of text and nested grids. A merged cell's number stands in every
    place that it covers; None is a place without a cell.
    """

    cells: list[list]
    rows: list[list[int | None]]


CHARACTERS = 64_000_000
# A page may repeat a span a thousandfold, and a sheet may have one cell in its last row and column.
PLACES = 500_000
# A table only lays out the page if one cell has several paragraphs, this many characters and this share of all.
PROSE = 300
PROSE_SHARE = 0.8

SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
# Control characters have no place in a text, and invisible ones would stand between the digits of a number.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff]+")
SURROGATE = re.compile("[\ud800-\udfff]")
LATIN = re.compile(r"[!-~\u00c0-\u024f]")


def build(name, format, blocks, where) -> Document:
    """The document of these blocks, each on a line of its own: texts, tuples of texts side by side, and Grids.

    A row of a table is a line, its cells separated by a tab; a merged cell stands where it starts, once. Rows
    without any text are left out.
    """
    pieces, tables, position = [], [], 0

    def put(piece):
        nonlocal position
        pieces.append(piece)
        position += len(piece)
        if position > CHARACTERS:
            raise InputError(f"{where}: expected at most {CHARACTERS:,} characters of text")

    def begin_line():
        if position:
            put("\n")

    for block in unfolded(blocks):
        if isinstance(block, str):
            begin_line()
            put(block)
            continue
        texts = [joined(cell) for cell in block.cells]
        filled = [row for row in block.rows if any(place is not None and texts[place] for place in row)]
        width, placed, rows, start = max(map(len, filled), default=0), {}, [], None
        for row in filled:
            places, line = [], []
            for number in row:
                # Each place without a cell is an empty cell of its own.
                key = object() if number is None else number
                places.append(key)
                if key not in placed:
                    placed[key] = None
                    line.append((key, "" if number is None else texts[number]))
            if line:
                begin_line()
            start = position if start is None else start
            for count, (key, text) in enumerate(line):
                if count:
                    put("\t")
                placed[key] = Cell(text, position, position + len(text))
                put(text)
            cells = [placed[key] for key in places]
            cells += [Cell("", position, position)] * (width - len(cells))
            rows.append(tuple(cells))
        if rows:
            tables.append(Table(start, position, tuple(rows)))
    return Document(name, format, "".join(pieces), tuple(tables))


def unfolded(blocks):
    """The blocks as clean lines, none empty, and Grids; of a table that only lays out the page, its contents."""
    pending = [iter(blocks)]
    while pending:
        for block in pending[-1]:
            if isinstance(block, str | tuple):
                words = (block,) if isinstance(block, str) else block
                if line := "\t".join(filter(None, map(clean, words))):
                    yield line
            elif is_layout(block):
                pending.append(iter([b for cell in block.cells for b in cell]))
                break
            else:
                yield block
        else:
            pending.pop()


def is_layout(grid):
    """Whether a table holds one cell, other tables, or little beside one long text: then it only places them."""
    sizes = [sum(len(b.strip()) for b in cell if isinstance(b, str)) for cell in grid.cells]
    if any(isinstance(block, Grid) for cell in grid.cells for block in cell) or sum(map(bool, sizes)) < 2:
        return True
    size, cell = max(zip(sizes, grid.cells, strict=True), key=lambda each: each[0])
    return size > PROSE and size > PROSE_SHARE * sum(sizes) and len(cell) > 1


def joined(cell):
    """The lines of a cell as one: Chinese runs on, numbers and words stay apart."""
    text = ""
    for line in filter(None, map(clean, cell)):
        apart = text and (LATIN.match(text[-1]) and LATIN.match(line[0]))
        text += (" " if apart else "") + line
    return text


def clean(line):
    """A line without what can't be seen, white space run together, stripped."""
    line = SURROGATE.sub("\ufffd", UNSEEN.sub("", line))
    return SPACE.sub(" ", line).strip()
