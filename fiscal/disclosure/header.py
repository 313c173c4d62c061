"""What the header of a table says of its columns, and whether the numbers below agree."""

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from fiscal.disclosure import normal
from fiscal.disclosure.core import Core, read_core, set_facet
from fiscal.disclosure.tokens import NUMBER, UNIT, tokens

MONEY = "亿元|千万元|百万元|万元|千元|元"
UNITS = re.compile(rf"单位(?:均?为|是)?[:：]?(?:人民币)?({MONEY})|\((?:人民币)?({MONEY})\)")
FORMULA = re.compile(r"[A-Z](?:[=+\-][A-Z+\-()]+)?|[0-9]+(?:=[0-9+\-]+)")
VALUE = re.compile(rf"(-?{NUMBER.pattern})({UNIT.pattern})?")
# Columns that are not amounts, and columns that only number the rows.
RELATIVE = re.compile(r"%|比|占|增长|增幅|完成率|增减|±|进度")
ASIDE = re.compile(r"公式|备注|行次|序号|栏次|编码|代码|编号|说明|依据|科目")
MOST = 12  # columns among which a percentage of two others is looked for
UNIT_COLUMN = re.compile(r"(?:计量|金额)?单位")
# Columns that make up another one.
PARTS = {"type": (None, {"general", "special"}), "scope": ("whole", {"own", "lower"})}


@dataclass
class Column:
    """``text``: the words of the header; ``core``: what they say; ``skip``: it holds no amounts that may be read."""

    text: str
    core: Core
    aside: bool
    skip: bool
    unit: str


def unit(words):
    """The unit that words give: 单位：万元, （亿元）."""
    found = UNITS.search(words.replace(" ", ""))
    return (found[1] or found[2]) if found else ""


def value(cell):
    """The number in a cell and its unit, or None."""
    return VALUE.fullmatch(normal.line(cell.text).text.replace(" ", ""))


def formulas(row):
    """Whether a row only says how the columns follow from each other: 公式, A=B+C, B, C."""
    texts = {normal.line(cell.text).text for cell in row if cell.text}
    return bool(texts) and all(text == "公式" or FORMULA.fullmatch(text) for text in texts)


def columns(rows, body, width, lexicon):
    """A Column for each of ``width`` columns, from the header's rows and what the numbers of ``body`` show."""
    header = _spread([row for row in rows if not formulas(row) and not _names_unit(row)])
    found = [_column(header, index, lexicon) for index in range(width)]
    numbers = [[_number(row, index) for row in body] for index in range(width)]
    for index, column in enumerate(found):
        if not column.text or _nameless(header, index):
            column.core.marks.add("unknown")
        column.skip = column.skip or _is_ratio(index, numbers)
    return found


def agrees(found, body):
    """Whether columns that make up another one do so in most rows: otherwise the header is not understood."""
    groups = {}
    for index, column in enumerate(found):
        if column.skip or column.aside:
            continue
        facets = column.core.facets
        for key in PARTS:
            rest = frozenset(item for item in facets.items() if item[0] not in (key, "interpreted", "label"))
            groups.setdefault((key, rest), {})[facets.get(key)] = index
    for (key, _), places in groups.items():
        whole, parts = PARTS[key]
        if whole not in places or not parts <= places.keys():
            continue
        sums = [_sums(row, places[whole], [places[part] for part in parts]) for row in body]
        sums = [each for each in sums if each is not None]
        if sums and sum(sums) * 2 < len(sums):
            return False
    return True


def _sums(row, whole, parts):
    values = [_number(row, index) for index in (whole, *parts)]
    if values[0] is None or all(value is None for value in values[1:]):
        return None
    difference = abs(values[0] - sum(value for value in values[1:] if value is not None))
    finest = min(value.as_tuple().exponent for value in values if value is not None)
    return difference <= len(values) * Decimal(1).scaleb(finest)


def _is_ratio(index, numbers):
    """Whether a column is the percentage of two others, in every row that has all three."""
    for upper, lower in permutations(range(len(numbers)), 2) if len(numbers) <= MOST else ():
        if index in (upper, lower):
            continue
        tried = 0
        for ratio, above, below in zip(numbers[index], numbers[upper], numbers[lower], strict=True):
            if None in (ratio, above, below) or not below:
                continue
            step = Decimal(1).scaleb(ratio.as_tuple().exponent)
            if ratio.as_tuple().exponent >= 0 or abs(100 * above / below - ratio) > step:
                break
            tried += 1
        else:
            if tried > 1:
                return True
    return False


def _number(row, index):
    found = value(row[index]) if index < len(row) else None
    return Decimal(found[1].replace(",", "")) if found else None


def _names_unit(row):
    texts = [normal.line(cell.text).text for cell in row if cell.text]
    return len(texts) == 1 and bool(unit(texts[0]))


def _nameless(header, index):
    """Whether the upper row of a header goes on from the left above a column that the last row gives no name."""
    if len(header) < 2 or not 0 < index < len(header[-1]) or header[-1][index].text:
        return False
    return all(index < len(row) and row[index] is row[index - 1] for row in header[:-1])


def same(found, indices, body):
    """The columns that say the same as another one of other numbers: what sets them apart is not understood."""
    said, unclear = {}, set()
    for index in indices:
        if not found[index].skip:
            said.setdefault(frozenset(found[index].core.facets.items()), []).append(index)
    for first, *others in said.values():
        for other in others:
            pairs = [(row[first], row[other]) for row in body if other < len(row)]
            if any(a is not b and value(a) and value(b) and value(a)[1] != value(b)[1] for a, b in pairs):
                unclear |= {first, *others}
                break
    return unclear


def _spread(header):
    """A header of several rows in which a cell without words goes on with the one to its left."""
    if len(header) < 2:
        return header
    spread = []
    for row in header[:-1]:
        row = list(row)
        for index in range(1, len(row)):
            if not row[index].text:
                row[index] = row[index - 1]
        spread.append(row)
    return [*spread, header[-1]]


def _column(header, index, lexicon):
    """What the header says of a column."""
    texts = list(
        dict.fromkeys(normal.line(row[index].text).text for row in header if index < len(row) and row[index].text)
    )
    text = "".join(texts)
    core = Core()
    for each in texts:
        part = read_core(tokens(UNITS.sub("", each), lexicon))
        core.marks |= part.marks
        core.reason = core.reason or part.reason
        for key, said in part.facets.items():
            set_facet(core, key, said)
    skip = bool(RELATIVE.search(text) or ASIDE.search(text))
    return Column(text, core, bool(ASIDE.search(text)), skip, unit(text))
