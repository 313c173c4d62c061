"""A table in lines of text as rows of equally many cells. What can't be told for certain gives no table."""

import re
from collections import Counter

from fiscal.disclosure import normal, rows
from fiscal.disclosure.document import Cell

NUMBERS = re.compile(r"[行栏]\s*次|序\s*号|编\s*[号码]")
LISTED = re.compile(r"[一二三四五六七八九十]+、")
LEAST = 0.5  # share of the rows that must have a cell in every column


class Row:
    """A line of a table and its cells."""

    def __init__(self, text, start, end, cells):
        self.text, self.start, self.end, self.cells = text, start, end, cells

    @property
    def values(self):
        return [cell for cell in self.cells if is_value(cell)]

    @property
    def filled(self):
        return [cell for cell in self.cells if cell.text]

    def columns(self, cell):
        """From where to where a cell stands on the screen."""
        first = rows.width(self.text[self.start : cell.start])
        return first, first + rows.width(cell.text)


def is_value(cell):
    """Whether a cell holds a number, or the dash of none."""
    text = normal.line(cell.text).text.replace(" ", "")
    return bool(text) and bool(rows.ATOM.fullmatch(text))


def tables(text, spans):
    """The tables in a run of rows: each a list of its lines' spans. A header after rows of numbers begins a new one."""
    found, counted = [[]], False
    for start, end in spans:
        raw = text[start:end]
        if rows.RULE.fullmatch(raw):
            continue
        separator = _separator([raw])
        cells = [cell for cell in rows.cut(raw, start, separator or rows.NARROW) if cell.text]
        values = any(is_value(cell) for cell in cells[1:]) or (len(cells) == 1 and bool(rows.count(raw)))
        if counted and not values and len(cells) > 1:
            found.append([])
            counted = False
        found[-1].append((start, end))
        counted = counted or values
    return [each for each in found if len(each) > 1]


def cells(text, spans):
    """The rows of a table, or None where its columns are not certain."""
    separator = _separator([text[start:end] for start, end in spans])
    if separator is not None:
        lines = [Row(text, *span, rows.cut(text[span[0] : span[1]], span[0], separator)) for span in spans]
        return _barred([line for line in lines if line.cells])
    for header, body, closed in (
        (rows.WIDE, rows.NARROW, False),
        (rows.WIDE, rows.NARROW, True),
        (rows.LOOSE, rows.LOOSE, False),
        (rows.LOOSE, rows.LOOSE, True),
        (rows.LOOSE, rows.NARROW, True),
    ):
        lines = _lines(text, spans, header, body, closed)
        if lines is not None and (found := _aligned(*lines)) is not None:
            return found
    return None


def loose(text, spans):
    """The rows of a table whose columns are not certain, each cut where anything sets its cells apart."""
    separator = _separator([text[start:end] for start, end in spans]) or rows.LOOSE
    found = [rows.cut(text[start:end], start, separator) for start, end in spans]
    return [cells for cells in found if cells]


def _begins(line):
    """Whether a line belongs to the body of a table: it has an amount, or the row itself a number."""
    numbered = is_value(line.cells[0]) and len(line.filled) > 1
    numbered = numbered or any(LISTED.match(cell.text) for cell in line.cells[:2])
    return numbered or any(is_value(cell) for cell in line.cells[1:])


def _separator(lines):
    for mark in (rows.BAR, rows.TAB):
        if sum(bool(mark.search(line)) for line in lines) > len(lines) / 2:
            return mark
    return None


def _barred(lines):
    """Cells between bars or tabs: their place is their column."""
    at = next((i for i, line in enumerate(lines) if _begins(line)), len(lines))
    head, body = lines[:at], lines[at:]
    width = max((i + 1 for line in body for i, cell in enumerate(line.cells) if cell.text), default=0)
    if not body or not head:
        return None
    leaf = next((line for line in reversed(head) if len(line.filled) > 1 and not _is_formula(line)), None)
    if leaf is None:
        return None
    names = _padded(leaf.cells)
    if len(names) == width - 1 and len(leaf.filled) == width - 1 and _labelled(head, leaf):
        names = [Cell("", leaf.start, leaf.start), *names]
    if len(names) < width:
        return None
    table = []
    for line in head:
        if line is leaf:
            table.append(names)
        elif len(line.cells) >= len(names) or len(line.filled) < 2 or _is_formula(line):
            table.append(line.cells)
        elif (spread := _spread(line.filled, names)) is not None:
            table.append(spread)
        else:
            return None
    full = max(len(row) for row in [*table, *(line.cells for line in body)])
    return [_filled(row, full) for row in [*table, *(line.cells for line in body)]]


def _filled(row, width):
    end = row[-1].end if row else 0
    return [*row, *(Cell("", end, end) for _ in range(width - len(row)))]


def _padded(cells):
    """Cells up to the last that has words."""
    last = max((i for i, cell in enumerate(cells) if cell.text), default=-1)
    return list(cells[: last + 1])


def _labelled(head, leaf):
    """Whether the row above a header's last one names the rows: 地区, 限额, 余额 above 合计, 一般, 专项."""
    above = [line.filled[0].text for line in head if line is not leaf and len(line.filled) > 1]
    return bool(above) and bool(rows.LABEL.match(above[0])) and not rows.LABEL.match(leaf.filled[0].text)


def _is_formula(line):
    texts = [normal.line(cell.text).text for cell in line.cells if cell.text]
    return bool(texts) and all(text == "公式" or not rows.HAN.search(text) for text in texts)


def _spread(upper, names):
    """A header's upper row above its lower one: 地区, 限额, 余额 above 合计, 一般, 专项, 合计, 一般, 专项.

    Each group begins with the same name, and all have the same names; otherwise which is whose is not certain.
    """
    lower = [normal.line(cell.text).text.replace(" ", "") for cell in names]
    first = next((i for i, name in enumerate(lower) if name), len(lower))
    if first and not rows.LABEL.match(upper[0].text):
        return None
    groups = upper[first:]
    size, rest = divmod(len(lower) - first, len(groups) or 1)
    if not groups or rest or len(upper) != first + len(groups):
        return None
    chunks = [lower[first + i * size : first + (i + 1) * size] for i in range(len(groups))]
    if any(chunk != chunks[0] for chunk in chunks) or (len(groups) > 1 and len(set(chunks[0])) < size):
        return None
    return [*upper[:first], *(group for group in groups for _ in range(size))]


def _lines(text, spans, header, body, closed):
    """Head and body of a table whose cells only spaces set apart, cut in one of the ways in which they may be."""
    lines = [Row(text, start, end, rows.cut(text[start:end], start, body)) for start, end in spans]
    at = next((i for i, line in enumerate(lines) if _begins(line)), 0)
    if not at:
        return None
    for line in lines[:at]:
        line.cells = rows.cut(text[line.start : line.end], line.start, header)
    if closed:
        for line in lines[at:]:
            line.cells = _joined(line.cells, text)
    return lines[:at], lines[at:]


def _joined(cells, text):
    """Words that follow one another as one cell: 其中： 一般债务, and a year in front: 一、 2022年末余额."""
    joined = []
    for cell in cells:
        last = joined[-1] if joined else None
        worded = rows.HAN.search(cell.text) and (not is_value(cell) or cell.text.endswith(("年", "年末")))
        if worded and last is not None and not is_value(last) and rows.HAN.search(last.text):
            joined[-1] = Cell(text[last.start : cell.end], last.start, cell.end)
        else:
            joined.append(cell)
    return joined


def _aligned(head, body):
    """Rows whose columns are certain: as many cells as the header has, or cells that stand below one name each."""
    leaf = next((line for line in reversed(head) if len(line.cells) > 1 and not _is_formula(line)), None)
    if leaf is None:
        return None
    names = leaf.cells
    counts = Counter(len(line.cells) for line in body if line.values)
    width, upper = max(counts), [line for line in head if line is not leaf and len(line.cells) > 1]
    if width == len(names) + 1 and _labelled(upper, leaf):
        names = [Cell("", leaf.start, leaf.start), *names]
    if width > len(names) or (width == len(names) and counts[width] < LEAST * sum(counts.values())):
        return None
    table = []
    for line in head:
        if line is leaf:
            table.append(names)
        elif len(line.cells) == len(names) or len(line.cells) < 2:
            table.append(_filled(line.cells, len(names)))
        elif _is_formula(line):
            continue
        elif (spread := _spread(line.cells, names)) is not None:
            table.append(spread)
        else:
            return None
    if width == len(names) == 2 and not _one_column(body):
        return None
    places = _places(names, leaf, [line for line in body if len(line.cells) == len(names)])
    for line in body:
        cells = line.cells
        if is_value(cells[0]) and not NUMBERS.match(names[0].text):
            # A row without a name.
            cells = [Cell("", line.start, line.start), *cells]
            if len(cells) != len(names):
                return None
        elif len(cells) != len(names):
            cells = _placed(line, places, len(names)) if len(cells) > 1 else _filled(cells, len(names))
        if cells is None:
            return None
        table.append(cells)
    return table


def _one_column(body):
    """Whether numbers set apart by unequal spaces all stand below each other, and not in two columns."""
    lines = [line for line in body if len(line.cells) == 2]
    gaps = {line.cells[1].start - line.cells[0].end for line in lines}
    spans = [line.columns(line.cells[1]) for line in lines]
    return len(gaps) < 2 or max(start for start, _ in spans) < min(end for _, end in spans) + 2


def _places(names, leaf, full):
    """Where each column stands on the screen: the places of its name and of its cells in the rows that have all."""
    places = [[leaf.columns(cell)] if cell.text else [] for cell in names]
    for line in full:
        for index, cell in enumerate(line.cells):
            places[index].append(line.columns(cell))
    return places


def _in_line(spans):
    """Whether cells begin or end below each other."""
    edges = zip(*spans, strict=True) if spans else ()
    return not spans or any(max(edge) - min(edge) < 2 for edge in edges)


def _placed(line, places, width):
    """The cells of a row that leaves some out, each in the one column that it stands in and keeps to; else None."""
    placed = [Cell("", line.end, line.end)] * width
    placed[0], last = line.cells[0], 0
    if not all(_in_line(column[1:]) for column in places[1:]):
        # Where whole rows do not stand below each other a place says nothing.
        return None
    for cell in line.cells[1:]:
        first, end = line.columns(cell)
        within = [i for i, column in enumerate(places) if any(first < stop and start < end for start, stop in column)]
        if len(within) != 1 or within[0] <= last:
            return None
        last = within[0]
        if not any(abs(first - start) < 2 or abs(end - stop) < 2 for start, stop in places[last]):
            return None
        placed[last] = cell
    return placed
