"""The lines of a document as headings, paragraphs and rows, each with its clause."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from fiscal import text as writing
from fiscal.disclosure import normal, rows

CHINESE = "一二三四五六七八九十"
# Outermost first. A heading of a level closes those of the levels below it.
MARKERS = [
    re.compile(rf"第([{CHINESE}]+)(?:部分|章|节)[:、 ]?"),
    re.compile(rf"([{CHINESE}]+)[、.](?!十)"),
    re.compile(rf"\(([{CHINESE}]+)\)[、.]?"),
    re.compile(r"([0-9]{1,2})(?:[、.](?![0-9])|\.(?=[0-9]{4}年))"),
    re.compile(
        r"\(([0-9]{1,2})\)|([0-9]{1,2})\)|"
        r"[0-9]{1,2}(?:\.[0-9]{1,2})?\.([0-9]{1,2})(?: (?=[12][0-9]{3}年)|(?=[\u4e00-\u9fff])(?![亿万千百元个倍项条]))"
    ),
]
# 1 关于转移支付: a number and a space before a heading.
SPACED = re.compile(r"\s*([0-9]{1,2})[ \u3000]+(?=[\u4e00-\u9fff])")
ENDS = "。!?！？"
CONTINUES = "，,：:；;、"
AMOUNT = re.compile(r"[0-9][ ]?(?:[亿万千百元]|%)")
CELLS = re.compile(r"\t|[|｜│]| {2,}|　{2,}")
BRACKETS = re.compile(r"\([^)]*\)")
# Where a page ended, in text that was copied from pages.
PAGE = re.compile(r"[-—–─·\s]*第?\s*[0-9]{1,3}\s*页?(?:\s*[/／共]\s*共?\s*[0-9]{1,3}\s*页?)?[-—–─·\s]*")
# A line that stops in the middle of a name, after an amount or a comma.
BROKEN = re.compile(r"(?:[，,：:]|[0-9](?:亿|万)?元).*[\u4e00-\u9fff](?<!元)$")
BULLET = re.compile(r"[—–\-·•●◆■□▪※*①-⑳]*(?:【[^】]{0,24}】)?")
# A line that begins so goes on with the amounts of the line before it.
GOES_ON = re.compile(r"其中|包括|包含|具体为|按[^,:]{1,8}(?:分|看)|从[^,:]{1,8}看|分[^,:]{1,6}看")
USED = re.compile(r"用于|投向|安排")
# A line that begins with an amount of money ends the line before it, where its name stands.
STARTING_AMOUNT = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?[亿千百万]*元(?!以)")
# What stands above a table and says its unit.
UNIT_LINE = re.compile(r"(?:金额|编制|计量)?单位[:：]")
INDENT = " \t\u3000"
SHORT = 40
SPACED_LEVEL = 3


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a row: its lines in normal form, where it stands, and under which headings."""

    kind: str
    line: normal.Line
    start: int
    end: int
    clause: str
    headings: tuple
    continues: bool = False


def outline(document):
    """The blocks of a document in its order; lines of its tables are left to the reader of tables."""
    starts = [table.start for table in document.tables]
    stack, minor, paragraph, previous, listing = [], [], 0, None, None
    blocks = []
    indented = _indented(document.text)
    tabular = set() if document.tables else rows.rows(document.text)
    for start, end in _lines(document.text, indented, tabular):
        table = bisect_right(starts, start) - 1
        if table >= 0 and start < document.tables[table].end:
            continue
        raw = document.text[start:end]
        line = normal.line(raw, start)
        line = line[BULLET.match(line.text).end() :]
        if not line.text:
            continue
        paragraph += 1

        if start in tabular:
            blocks.append(Block("row", line, start, end, _clause(stack, paragraph), _path(stack, minor)))
            previous = None
            continue
        marked = _marked(line.text)
        if not marked and (spaced := SPACED.match(raw)) and _heads(line.text) and line.text[-1] not in ENDS:
            marked = SPACED_LEVEL, int(spaced[1]), len(spaced[1])
        if marked and AMOUNT.search(line.text) and (item := _item(previous, listing, marked, line)):
            listing, line = item
            previous = Block("paragraph", line, start, end, previous.clause, previous.headings, True)
            blocks.append(previous)
            continue
        listing = None
        if marked:
            level, number, length = marked
            stack = [each for each in stack if each[0] < level]
            minor, previous = [], None
            heading, line = _parted(line[length:])
            stack.append((level, number, heading))
            if heading.text:
                blocks.append(Block("heading", heading, start, end, _clause(stack, paragraph), _path(stack, minor)))
        elif len(line.text) <= SHORT and line.text[-1] not in ENDS + CONTINUES and not AMOUNT.search(line.text):
            minor = [line] if stack or paragraph > 2 else [*minor, line]
            blocks.append(Block("heading", line, start, end, _clause(stack, paragraph), _path(stack, minor)))
            previous = None
            continue
        if line.text:
            goes_on = GOES_ON.match(line.text) or (indented and raw[0] not in INDENT) or _unfinished(previous)
            continues = previous is not None and bool(goes_on)
            where = (_clause(stack, paragraph), _path(stack, minor))
            previous = Block("paragraph", line, start, end, *where, continues)
            blocks.append(previous)
    return blocks


def _unfinished(previous):
    """Whether the paragraph before ends as one that goes on: with a comma or a colon."""
    return previous is not None and previous.line.text[-1] in CONTINUES


def _item(previous, listing, marked, line):
    """其中： and then numbered lines: items of a list that goes on, not headings. Gives level and text of the item."""
    level, _, length = marked
    if previous is None:
        return None
    above = previous.line.text
    opens = above[-1] == ":" and (GOES_ON.match(above) or AMOUNT.search(above) or USED.search(above))
    if not (level == listing or (listing is None and opens)):
        return None
    return level, line[length:]


def _lines(text, indented, tabular):
    """The spans of lines; a line that was broken by the width of the page is joined to the next."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n]+", text)]
    pieces = [text[start:end].strip() for start, end in spans]
    # Where a number is parted from its unit the width of a line says nothing of the page's.
    odd = {each for at in rows.parted(pieces) for each in (at, at + 1)}
    widths = sorted(len(piece) for at, piece in enumerate(pieces) if at not in odd and not CELLS.search(piece))
    widest = widths[-1] if widths else 0
    wrapped = len(widths) > max(3, len(odd)) and widest <= 120 and widths[len(widths) * 2 // 3] > 0.75 * widest > 12
    joined, before = [], ""
    for start, end in spans:
        piece = text[start:end]
        if PAGE.fullmatch(piece.strip()):
            continue
        apart = start in tabular or (joined and joined[-1][0] in tabular)
        if joined and not apart and _joins(before, piece, widest if wrapped else None, indented):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        before = piece
    return joined


def _indented(text):
    """Whether paragraphs begin with a space, so that a line without one goes on with the line before it."""
    return len(re.findall(r"^[ \u3000]", text, re.M)) > 1


# 政府债务余额:43.8亿元, a line of its own.
LABELLED = re.compile(r"[\u4e00-\u9fff()]{2,24}[：:][0-9][0-9,.]*[亿万]?元")


def _joins(before, piece, widest, indented):
    """Whether a line goes on in the next, ``piece``."""
    before, after = (each.strip().translate(normal.WIDE) for each in (before, piece))
    if not before or not after:
        return False
    # A number at the end of a line, and its unit at the start of the next.
    if before[-1].isdecimal() and rows.STARTING_UNIT.match(after):
        return True
    if CELLS.search(before) or CELLS.search(after) or before[-1] in ENDS + "；;：:":
        return False
    if _marked(normal.line(after).text) or before[-1] == "表" or UNIT_LINE.match(after) or LABELLED.match(after):
        return False
    if indented and piece[0] not in INDENT and len(before) >= 15:
        # Paragraphs are indented here; this line is not.
        return True
    if STARTING_AMOUNT.match(after) and re.search(r"[\u4e00-\u9fff)]$", before) and len(before) >= 8:
        return True
    if after[0] in "，,、；;（(和及与占":
        # What goes on with an amount of the line before: 和专项债券…, （一般债务…）.
        return True
    if before[-1] in "，,、（(" or (BROKEN.search(before) and not _heads(after)):
        return True
    return widest is not None and len(before) >= 0.75 * widest


def _heads(line):
    """Whether a line looks like a heading: short, without amounts and punctuation."""
    return len(line) <= SHORT and not AMOUNT.search(line) and not re.search("[，,。；;：:]", line)


def _marked(text):
    for level, marker in enumerate(MARKERS):
        if found := marker.match(text):
            number = next(group for group in found.groups() if group)
            if level < 2 and len(text) == found.end():
                return None
            return level, _number(number), found.end()
    return None


def _number(text):
    if text.isdecimal():
        return int(text)
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return CHINESE.index(text[-1]) + 1
    return (CHINESE.index(tens) + 1 if tens else 1) * 10 + (CHINESE.index(ones) + 1 if ones else 0)


def _parted(line):
    """The heading that a line begins with, and the text that follows it on the same line."""
    stop = re.search(r"[。:]", BRACKETS.sub(lambda found: "-" * len(found[0]), line.text))
    if not AMOUNT.search(line.text) and (stop is None or stop.end() == len(line.text)):
        # A whole line without an amount: a heading if it is short, else a paragraph.
        return (line, line[len(line.text) :]) if len(line.text) <= 2 * SHORT else (line[:0], line)
    words = line.text[: stop.end()] if stop else ""
    if words and len(words) <= SHORT and not AMOUNT.search(words) and "," not in BRACKETS.sub("", words):
        return line[: stop.start()], line[stop.end() :]
    return line[:0], line


def _clause(stack, paragraph):
    if not stack:
        return f"¶{paragraph}"
    first, *rest = (number for _, number, _ in stack)
    return ".".join([writing.roman(first), *map(str, rest)])


def _path(stack, minor):
    return tuple(heading for *_, heading in stack if heading.text) + tuple(minor)


def sentences(line):
    """The spans of sentences in normal text."""
    return [(m.start(), m.end()) for m in re.finditer(r"[^。!?！？]+", line.text)]
