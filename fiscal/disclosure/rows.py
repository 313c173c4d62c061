"""Which lines of a plain text are rows of a table, and the cells that each may be cut into."""

import re
import unicodedata
from itertools import pairwise

from fiscal.disclosure import normal
from fiscal.disclosure.document import Cell
from fiscal.disclosure.tokens import NUMBER, UNIT

BAR, TAB = re.compile(r"[|｜│]"), re.compile(r"\t")
# Cells that are set apart for certain; a number after a single space; any space at all.
WIDE = re.compile(r"[ \u3000\xa0]{2,}|\u3000")
NARROW = re.compile(r"[ \xa0](?=-?[0-9０-９])|[ \u3000\xa0]{2,}|\u3000")
LOOSE = re.compile(r"[ \u3000\xa0]+")
STRONG = re.compile(r"\t|[|｜│]| {2,}|\u3000{2,}")
BARS = re.compile(r"[\t|｜│]")
RULE = re.compile(r"[-—–─=:|｜│+┼├┤┬┴\s]*")
ATOM = re.compile(rf"-?{NUMBER.pattern}(?:{UNIT.pattern})?|[-—–─/]+|0")
DIGIT = re.compile("[0-9０-９]")
HAN = re.compile("[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[。；;!！?？]|[，,](?![0-9０-９]{3})")
# What the column of the rows' names is called.
LABEL = re.compile(
    r"项\s*目|地\s*区|科\s*目|名\s*称|行\s*次|序\s*号|区\s*[域县]|[县市]\s*[区县]|级\s*次|单\s*位(?![:：])|内\s*容|指\s*标"
)
LISTED = re.compile(r"[（(]?[一二三四五六七八九十]+[）)、]")
# A unit at the start of a line, of a number that ends the line before.
STARTING_UNIT = re.compile(r"亿元|万元|千元|元|%|％|[类条个项次期场](?!、)|人次")
LONGEST = 50  # characters of a row's name


def rows(text):
    """Where the lines begin that are rows of a table: set apart by bars, tabs, spaces, or all alike below a header."""
    lines = [(match.start(), match[0]) for match in re.finditer(r"[^\r\n]+", text)]
    strong = [_is_strong(line) for _, line in lines]
    atoms = [0 if RULE.fullmatch(line) else count(line) for _, line in lines]
    for at in parted([line for _, line in lines]):
        strong[at : at + 2], atoms[at : at + 2] = [False] * 2, [0] * 2
    found = {at for at, each in enumerate(strong) if each}
    at = 0
    while at < len(lines):
        if not atoms[at]:
            at += 1
            continue
        end = at
        while end < len(lines) and (strong[end] or atoms[end]):
            end += 1
        if (above := _header(lines, atoms, strong, at, end)) is not None:
            found |= {*range(above, end)}
        else:
            # Below a row of a table, what has as many numbers as the row is one too.
            for i in range(max(at, 1), end):
                if i - 1 in found and atoms[i] and _like(atoms, i, lines):
                    found.add(i)
        at = end
    for at in range(1, len(lines) - 1):
        # Between rows, or between the header and its first row.
        if {at - 1, at + 1} <= found and atoms[at + 1] and _only_names(lines[at][1].strip()):
            found.add(at)
    return {lines[at][0] for at in found if at >= 0}


def parted(lines):
    """Which lines end with a number whose unit begins the next one: these two are one line of text, and no rows."""
    found = []
    for at, (line, after) in enumerate(pairwise(lines)):
        ends = line.rstrip()[-1:].translate(normal.WIDE).isdecimal()
        if ends and STARTING_UNIT.match(after.strip().translate(normal.WIDE)):
            found.append(at)
    return found


def _only_names(words):
    """Whether a line only names the rows below it: 一、债券发行."""
    return len(words) <= 24 and not SENTENCE.search(words) and bool(LISTED.match(words))


def _is_strong(line):
    words = line.strip()
    return len(STRONG.split(words)) > (1 if BARS.search(words) else 2)


def _like(atoms, at, lines):
    return atoms[at] >= 2 or (atoms[at] == atoms[at - 1] and bool(STRONG.search(lines[at][1].strip())))


def count(line):
    """How many numbers stand in a line that names them and ends with one; 0 in any other line."""
    words = line.strip().translate(normal.WIDE)
    pieces = [piece for piece in re.split(r"[\s|│]+", words) if piece]
    numbers = [piece for piece in pieces[1:] if ATOM.fullmatch(piece)]
    name = "".join(piece for piece in pieces if not ATOM.fullmatch(piece))
    good = HAN.search(name) and len(name) <= LONGEST and not SENTENCE.search(name)
    return len(numbers) if good and numbers and ATOM.fullmatch(pieces[-1]) and DIGIT.search("".join(numbers)) else 0


def _header(lines, atoms, strong, at, end):
    """Where the header begins below which lines stand that all have as many numbers, a name for each; or None."""
    if end - at < 2 or at == 0 or any(atoms[i] != atoms[at] for i in range(at, end) if not strong[i]):
        return None
    first = at - 1
    while first > 0 and _is_formula(lines[first][1]):
        first -= 1
    names = _names(lines[first][1])
    if len(names) < 2 or len(names) - atoms[at] not in range(4):
        return None
    upper = _names(lines[first - 1][1]) if first else []
    # 地区 限额 余额 above 合计 一般 专项 合计 一般 专项.
    return first - 1 if 1 < len(upper) <= len(names) and LABEL.match(upper[0].text) else first


def _names(line):
    """The names in a header's line; none if it is no such line."""
    if SENTENCE.search(line) or DIGIT.search(line.strip()[-1:]) or len(line) > 200:
        return []
    return [cell for cell in cut(line, 0, LOOSE) if HAN.search(cell.text)]


def _is_formula(line):
    words = line.split()
    return bool(words) and words[0] in ("公式", "栏次") and not any(HAN.search(word) for word in words[1:])


def cut(raw, offset, separator):
    """The cells of a line, cut at ``separator``; a line that only draws has none."""
    if RULE.fullmatch(raw):
        return []
    framed = separator is BAR and BAR.match(raw.strip()) and BAR.match(raw.strip()[-1])
    place = 0
    if separator not in (BAR, TAB):
        # Spaces in front set a row in; they are no empty cell.
        place = len(raw) - len(raw.lstrip())
        raw = raw.rstrip()
    cells = []
    for piece in [*separator.finditer(raw, place), None]:
        end = piece.start() if piece else len(raw)
        words = raw[place:end]
        start = offset + place + len(words) - len(words.lstrip())
        cells.append(Cell(words.strip(), start, start + len(words.strip())))
        place = piece.end() if piece else end
    cells = cells[1:-1] if framed else cells
    return cells if separator in (BAR, TAB) else _closed(cells, raw, offset)


def _closed(cells, raw, offset):
    """项　　目 is one word: single characters with equal spaces between them."""
    closed = []
    for cell in cells:
        last = closed[-1] if closed else None
        if last and len(cell.text) == 1 and HAN.match(cell.text) and all(len(p) == 1 for p in last.text.split()):
            gap = width(raw[last.end - offset : cell.start - offset])
            inner = re.search(r"\s+", last.text)
            if HAN.match(last.text) and (inner is None or gap == width(inner[0])):
                start, end = last.start, cell.end
                closed[-1] = Cell(raw[start - offset : end - offset], start, end)
                continue
        closed.append(cell)
    return closed


def width(text):
    """How many columns of a screen a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
