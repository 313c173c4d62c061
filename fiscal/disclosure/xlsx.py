"""Excel workbooks: the visible cells of each visible sheet, as their number formats show them."""

import re
from bisect import bisect_left, bisect_right

from fiscal.disclosure.document import PLACES, Grid
from fiscal.disclosure.shown import BUILTIN, shown
from fiscal.errors import InputError

ROWS, COLUMNS = 1_048_576, 16_384
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNNAMED = re.compile(r"(Sheet|工作表) ?\d*")


def blocks(package):
    """For each visible sheet its name, if someone gave it one, and a Grid, as ``document.build`` takes them."""
    main = package.main()
    related = package.relations(main)
    sheets, since_1904 = [], False

    def start(tag, attributes):
        nonlocal since_1904
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            sheets.append((attributes.get("name", ""), attributes.get("id")))
        elif tag == "workbookPr":
            since_1904 = attributes.get("date1904") in ("1", "true")

    package.parse(main, start)
    parts = dict(related.values())
    strings = _strings(package, parts.get("sharedStrings"))
    formats = _formats(package, parts.get("styles"))
    for name, id in sheets:
        kind, part = related.get(id, ("", ""))
        if kind != "worksheet":  # a chart has a sheet of its own
            continue
        grid = _Sheet(package, part, name, strings, formats, since_1904).grid()
        if grid.rows:
            if not UNNAMED.fullmatch(name):
                yield name
            yield grid


class _Sheet:
    """What the parser tells of one sheet: texts of visible cells by place, and merged areas."""

    def __init__(self, package, part, name, strings, formats, since_1904):
        self.where, self.name = package.where, name
        self.strings, self.formats, self.since_1904 = strings, formats, since_1904
        self.texts, self.behind, self.merged = {}, {}, []
        self.hidden_rows, self.hidden_columns = set(), bytearray(COLUMNS + 1)
        self.row = self.column = 0
        self.cell, self.pieces, self.reading, self.phonetic = None, [], False, False
        package.parse(part, self.start, self.end, self.text)

    def start(self, tag, attributes):
        if tag == "c":
            row, column = self.row, self.column + 1
            if reference := attributes.get("r"):
                match = REFERENCE.fullmatch(reference)
                if not match or int(match[2]) > ROWS or _column(match[1]) > COLUMNS:
                    self.refuse(f"a cell such as B3, found {reference[:20]!r}")
                row, column = int(match[2]), _column(match[1])
            self.row, self.column = row, column
            if column > COLUMNS:
                self.refuse(f"at most {COLUMNS:,} columns")
            kind, style = attributes.get("t", "n"), attributes.get("s", "0")
            self.cell = {"type": kind, "style": style, "value": None, "formula": False}
        elif tag == "row":
            number = attributes.get("r", str(self.row + 1))
            if not number.isdecimal() or len(number) > 7 or not 0 < int(number) <= ROWS:
                self.refuse(f"the number of a row, found {number[:20]!r}")
            self.row, self.column = int(number), 0
            if attributes.get("hidden") in ("1", "true") or attributes.get("ht") == "0":
                self.hidden_rows.add(self.row)
        elif tag in ("v", "t"):
            self.pieces, self.reading = [], not self.phonetic
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "f" and self.cell:
            self.cell["formula"] = True
        elif tag == "col" and (attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0"):
            ends = [attributes.get(end, "") for end in ("min", "max")]
            if all(end.isdecimal() and len(end) < 6 and 0 < int(end) <= COLUMNS for end in ends):
                first, last = map(int, ends)
                self.hidden_columns[first : last + 1] = b"\1" * len(range(first, last + 1))
        elif tag == "mergeCell":
            self.merge(attributes.get("ref", ""))

    def end(self, tag):
        if tag in ("v", "t"):
            if self.reading and self.cell:
                self.cell["value"] = (self.cell["value"] or "") + "".join(self.pieces)
            self.reading = False
        elif tag == "rPh":
            self.phonetic = False
        elif tag == "c" and self.cell:
            self.put(self.cell)
            self.cell = None

    def text(self, data):
        if self.reading:
            self.pieces.append(data)

    def put(self, cell):
        kind, value = cell["type"], cell["value"]
        place = f"{self.where}, sheet {self.name}, cell {_letters(self.column)}{self.row}"
        hidden = self.row in self.hidden_rows or self.hidden_columns[self.column]
        if not value:
            if cell["formula"] and kind == "n" and not hidden:
                raise InputError(f"{place}: expected the result of its formula; open the file in Excel and save it")
            return
        if kind == "s":
            if not value.isdecimal() or len(value) > 9 or int(value) >= len(self.strings):
                raise InputError(f"{place}: expected the number of a text, found {value[:20]!r}")
            text = self.strings[int(value)]
        elif kind == "b":
            text = "TRUE" if value == "1" else "FALSE"
        elif kind == "n":
            text = shown(value, self.formats.get(cell["style"], "General"), self.since_1904)
        else:
            text = _unescaped(value)
        if text.strip():
            (self.behind if hidden else self.texts)[self.row, self.column] = text

    def merge(self, reference):
        ends = [REFERENCE.fullmatch(end) for end in reference.split(":")]
        if len(ends) != 2 or not all(ends):
            return
        (left, top), (right, bottom) = ((_column(end[1]), int(end[2])) for end in ends)
        if right > COLUMNS or bottom > ROWS:
            return
        text = self.texts.get((top, left)) or self.behind.get((top, left))
        # Of an area that begins in a hidden row or column the text shows where the visible part begins.
        top = next((row for row in range(top, bottom + 1) if row not in self.hidden_rows), None)
        left = next((column for column in range(left, right + 1) if not self.hidden_columns[column]), None)
        if text and top and left:
            self.texts[top, left] = text
            self.merged.append((top, left, bottom, right))

    def grid(self):
        """The cells in the rows and columns in which anything stands."""
        rows = sorted({row for row, _ in self.texts})
        columns = sorted({column for _, column in self.texts})
        if len(rows) * len(columns) > PLACES:
            self.refuse(f"at most {PLACES:,} cells")
        cells, places = [], [[None] * len(columns) for _ in rows]
        for (row, column), text in self.texts.items():
            places[bisect_left(rows, row)][bisect_left(columns, column)] = len(cells)
            cells.append([text])
        covered = 0
        for top, left, bottom, right in self.merged:
            first, last = bisect_left(columns, left), bisect_right(columns, right)
            # Only the first cell of an area shows, whatever the others hold.
            number = places[bisect_left(rows, top)][first]
            for n in range(bisect_left(rows, top), bisect_right(rows, bottom)):
                places[n][first:last] = [number] * (last - first)
                covered += last - first
            if covered > PLACES:
                self.refuse(f"merged cells over at most {PLACES:,} places")
        return Grid(cells, places)

    def refuse(self, expected):
        raise InputError(f"{self.where}, sheet {self.name}: expected {expected}")


def _strings(package, part):
    """The texts that cells refer to by number, without readings in small print."""
    strings, pieces = [], []
    reading = phonetic = False

    def start(tag, _):
        nonlocal reading, phonetic
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            phonetic = True
        elif tag == "t":
            reading = not phonetic

    def end(tag):
        nonlocal reading, phonetic
        if tag == "si":
            strings.append(_unescaped("".join(pieces)))
        elif tag == "rPh":
            phonetic = False
        elif tag == "t":
            reading = False

    if part in package.names:
        package.parse(part, start, end, lambda data: pieces.append(data) if reading else None)
    return strings


def _formats(package, part):
    """The number format of each cell style, by the style's number."""
    named, formats, listed = dict(BUILTIN), {}, False

    def start(tag, attributes):
        nonlocal listed
        if tag == "numFmt":
            named[attributes.get("numFmtId")] = attributes.get("formatCode", "General")
        elif tag == "cellXfs":
            listed = True
        elif tag == "xf" and listed:
            formats[str(len(formats))] = named.get(attributes.get("numFmtId"), "General")

    def end(tag):
        nonlocal listed
        if tag == "cellXfs":
            listed = False

    if part in package.names:
        package.parse(part, start, end)
    return formats


def _unescaped(text):
    """Text in which characters that XML can't hold are written _x000D_."""
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column):
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
