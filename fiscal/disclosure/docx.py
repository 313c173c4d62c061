"""Word documents: paragraphs with the numbers that Word puts before them, and tables, in order."""

import re

from fiscal.disclosure.document import PLACES, Grid
from fiscal.errors import InputError

# Deleted text, and the copy of a drawing for programs that are older than it.
SKIPPED = {"del", "moveFrom", "Fallback"}
DIGITS = "一二三四五六七八九"
SYMBOLS = re.compile("[\ue000-\uf8ff]")  # bullets of symbol fonts


def blocks(package):
    """Blocks of the body, as ``document.build`` takes them; headers, footers and contents pages are left out."""
    main = package.main()
    related = dict(package.relations(main).values())
    styles = _styles(package, related.get("styles"))
    body = _Body(styles, _Numbering(package, related.get("numbering"), styles), package.where)
    package.parse(main, body.start, body.end, body.text)
    return body.blocks


class _Paragraph:
    def __init__(self):
        self.pieces, self.style, self.number, self.level, self.after = [], None, None, None, []


class _Table:
    def __init__(self):
        self.grid, self.row, self.span, self.merge, self.deleted = Grid([], []), [], 1, None, False


class _Body:
    """What the parser tells, turned into blocks; tables and text boxes nest."""

    def __init__(self, styles, numbering, where):
        self.styles, self.numbering, self.where = styles, numbering, where
        self.blocks = []
        self.into = [self.blocks]  # where finished blocks go
        self.tables, self.paragraphs = [], []
        self.skipping = self.places = 0
        self.properties = []  # the kinds of properties that are open: pPr, rPr, trPr
        self.hidden = self.reading = False

    def start(self, tag, attributes):
        if self.skipping:
            self.skipping += 1
        elif self.properties:
            self.property(tag, attributes)
        elif handler := STARTS.get(tag):
            handler(self, attributes)
        elif tag in SKIPPED:
            self.skipping = 1
        elif tag in PROPERTIES:
            self.properties.append(tag)

    def property(self, tag, attributes):
        value = attributes.get("val")
        self.properties.append(tag)
        # The whole path, because what properties were before a tracked change stands inside of them.
        path = "/".join(self.properties)
        paragraph = self.paragraphs[-1] if self.paragraphs else None
        table = self.tables[-1] if self.tables else None
        if path == "rPr/vanish":
            self.hidden = value not in ("0", "false", "off")
        elif path == "pPr/pStyle" and paragraph:
            paragraph.style = value
        elif path == "pPr/numPr/numId" and paragraph:
            paragraph.number = value
        elif path == "pPr/numPr/ilvl" and paragraph:
            paragraph.level = value
        elif path == "trPr/del" and table:
            table.deleted = True
        elif path == "trPr/gridBefore" and table:
            self.place(None, self.span(value))
        elif path == "tcPr/gridSpan" and table:
            table.span = self.span(value)
        elif path == "tcPr/vMerge" and table:
            table.merge = value or "continue"

    @staticmethod
    def span(value):
        return int(value) if value and value.isdecimal() and len(value) < 8 else 1

    def end(self, tag):
        if self.skipping:
            self.skipping -= 1
        elif self.properties:
            self.properties.pop()
        elif handler := ENDS.get(tag):
            handler(self)

    def text(self, data):
        if self.reading and not self.skipping and not self.hidden and self.paragraphs:
            self.paragraphs[-1].pieces.append(data)

    def write(self, piece):
        if self.paragraphs:
            self.paragraphs[-1].pieces.append(piece)

    def begin_run(self, _):
        self.hidden = False

    def begin_text(self, _):
        self.reading = True

    def end_text(self):
        self.reading = False

    def begin_paragraph(self, _):
        self.paragraphs.append(_Paragraph())

    def end_paragraph(self):
        paragraph = self.paragraphs.pop()
        style = self.styles.get(paragraph.style, {})
        label = self.numbering.label(paragraph)
        if not style.get("name", "").lower().startswith("toc "):
            lines = "".join(paragraph.pieces).split("\n")
            # A number before nothing says nothing, but it counts.
            self.into[-1] += [label + lines[0] if lines[0].strip() else "", *lines[1:]]
            self.into[-1] += paragraph.after

    def begin_box(self, _):
        # A text box hangs on a paragraph: it follows it.
        self.into.append(self.paragraphs[-1].after if self.paragraphs else self.into[-1])

    def end_box(self):
        self.into.pop()

    def begin_table(self, _):
        self.tables.append(_Table())

    def begin_row(self, _):
        if self.tables:
            self.tables[-1].row, self.tables[-1].deleted = [], False

    def begin_cell(self, _):
        if self.tables:
            self.tables[-1].span, self.tables[-1].merge = 1, None
            self.into.append([])

    def end_cell(self):
        if not self.tables:
            return
        table, content = self.tables[-1], self.into.pop()
        column = len(table.row)
        above = table.grid.rows[-1] if table.grid.rows else []
        if table.merge == "continue" and column < len(above) and above[column] is not None:
            number = above[column]
            table.grid.cells[number] += content
        else:
            number = len(table.grid.cells)
            table.grid.cells.append(content)
        self.place(number, table.span)

    def place(self, number, span):
        self.places += span
        if self.places > PLACES:
            raise InputError(f"{self.where}: expected at most {PLACES:,} places in tables")
        if self.tables:
            self.tables[-1].row += [number] * span

    def end_row(self):
        if self.tables and not self.tables[-1].deleted:
            self.tables[-1].grid.rows.append(self.tables[-1].row)

    def end_table(self):
        table = self.tables.pop()
        shown = {number for row in table.grid.rows for number in row}
        # A deleted row's cells are nowhere, so that they are no content of a table that is only layout.
        table.grid.cells = [cell if n in shown else [] for n, cell in enumerate(table.grid.cells)]
        self.into[-1].append(table.grid)


PROPERTIES = {"pPr", "rPr", "trPr", "tcPr", "tblPr", "sdtPr", "sectPr"}
STARTS = {
    "p": _Body.begin_paragraph,
    "r": _Body.begin_run,
    "t": _Body.begin_text,
    "tab": lambda body, _: body.write("\t"),
    "br": lambda body, _: body.write("\n"),
    "cr": lambda body, _: body.write("\n"),
    "noBreakHyphen": lambda body, _: body.write("-"),
    "txbxContent": _Body.begin_box,
    "tbl": _Body.begin_table,
    "tr": _Body.begin_row,
    "tc": _Body.begin_cell,
}
ENDS = {
    "p": _Body.end_paragraph,
    "t": _Body.end_text,
    "txbxContent": _Body.end_box,
    "tbl": _Body.end_table,
    "tr": _Body.end_row,
    "tc": _Body.end_cell,
}


def _styles(package, part):
    """Paragraph styles by id: name, the style it is based on, number and level of its list."""
    styles, current = {}, {}

    def start(tag, attributes):
        nonlocal current
        value = attributes.get("val")
        if tag == "style":
            current = styles[attributes.get("styleId")] = {}
        elif tag in ("name", "basedOn", "numId", "ilvl"):
            current.setdefault(tag, value)

    if part in package.names:
        package.parse(part, start)
    return styles


class _Numbering:
    """Automatic numbers: lists with levels, each level a format and a running count."""

    def __init__(self, package, part, styles):
        self.styles = styles
        self.lists = {}  # abstract list: {level: properties}
        self.numbers = {}  # number: (abstract list, {level: first number})
        self.counts = {}  # abstract list: {level: count}
        self.begun = set()  # numbers that have restarted their list
        if part in package.names:
            self.read(package, part)

    def read(self, package, part):
        levels, level, starts, override = {}, {}, {}, None

        def start(tag, attributes):
            nonlocal levels, level, starts, override
            value = attributes.get("val")
            if tag == "abstractNum":
                levels = self.lists[attributes.get("abstractNumId")] = {}
            elif tag == "num":
                starts = {}
                self.numbers[attributes.get("numId")] = [None, starts]
                levels = {}
            elif tag == "abstractNumId" and self.numbers:
                next(reversed(self.numbers.values()))[0] = value
            elif tag == "lvlOverride":
                override = attributes.get("ilvl")
            elif tag == "startOverride":
                starts[override] = value
            elif tag == "lvl":
                level = levels[attributes.get("ilvl")] = {}
            elif tag in ("start", "numFmt", "lvlText", "suff", "isLgl", "pStyle"):
                level.setdefault(tag, value or "")

        package.parse(part, start)

    def label(self, paragraph):
        """The number that Word shows before a paragraph, with what parts it from the text; else nothing."""
        number, level = paragraph.number, paragraph.level
        style, seen = paragraph.style, set()
        while number is None and style in self.styles and style not in seen:
            seen.add(style)
            number = self.styles[style].get("numId")
            level = level or self.styles[style].get("ilvl")
            if number is not None and level is None:
                levels = self.lists.get(self.numbers.get(number, [None])[0], {})
                level = next((each for each, about in levels.items() if about.get("pStyle") == style), None)
            style = self.styles[style].get("basedOn")
        abstract, starts = self.numbers.get(number, (None, {}))
        levels, level = self.lists.get(abstract, {}), level or "0"
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if number not in self.begun:
            self.begun.add(number)
            for each, first in starts.items():
                counts[each] = _whole(first) - 1
        counts[level] = counts.get(level, _whole(levels[level].get("start", "1")) - 1) + 1
        for deeper in [each for each in counts if _whole(each) > _whole(level)]:
            del counts[deeper]
        about = levels[level]

        def shown(match):
            each = str(int(match[1]) - 1)
            count = counts.get(each, _whole(levels.get(each, {}).get("start", "1")))
            return counted(count, "decimal" if "isLgl" in about else levels.get(each, {}).get("numFmt", "decimal"))

        if about.get("numFmt") in ("bullet", "none"):
            return ""
        label = SYMBOLS.sub("", re.sub(r"%([1-9])", shown, about.get("lvlText", "")))
        # "1.2020" would be another number than "1. 2020"; after 、 or ） nothing is needed.
        return label + " " if label.isascii() and label and about.get("suff", "tab") != "nothing" else label


def _whole(text):
    return int(text) if text and text.isdecimal() and len(text) < 6 else 1


def counted(count, form):
    """A number as it is written in a format of Word's lists."""
    if form in ("upperLetter", "lowerLetter") and 1 <= count <= 26:
        return chr((64 if form == "upperLetter" else 96) + count)
    if form in ("upperRoman", "lowerRoman") and 1 <= count < 400:
        from fiscal.text import roman

        return roman(count) if form == "upperRoman" else roman(count).lower()
    if form.startswith("decimalEnclosedCircle") and 1 <= count <= 20:
        return chr(0x245F + count)
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
    if form == "decimalZero":
        return f"{count:02}"
    if ("Counting" in form or form.startswith("ideographDigital")) and 1 <= count < 100:
        tens, ones = divmod(count, 10)
        return (DIGITS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones - 1] if ones else "")
    return str(count)
