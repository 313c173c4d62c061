"""PDF files: lines that the page broke put together again, ruled tables, no page headers and numbers."""

import json
import re
import subprocess
import sys
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from fiscal.disclosure.document import Grid
from fiscal.errors import InputError

READER = Path(__file__).with_name("pages.py")
SECONDS = 60
REFUSED = {
    "password": "expected a PDF without a password; save it without",
    "broken": "expected a whole PDF, found a broken one",
    "sideways": "expected a PDF with its fonts inside; text that runs upwards can't be read without them",
    "large": "expected a PDF of at most 2,000 pages, 500,000 words and 5,000,000 characters",
}
MARGIN = 0.15  # of a page's height at its top and bottom: where headers and page numbers are
REPEATED = 0.4  # of the pages: what stands there on so many (on even or odd pages, say) is no text
PAGE_NUMBER = re.compile(
    r"[—–―\-－·\s]*\d{1,4}[—–―\-－·\s]*|第\s*\d+\s*页([\s,，/]*共\s*\d+\s*页)?|共\s*\d+\s*页"
    r"|\d+\s*/\s*\d+|page \d+( of \d+)?",
    re.I,
)
# What browsers print around a page: its address, the date and time.
PRINTED = re.compile(r"(https?|file)://\S+|\d+/\d+/\d+,? \d+:\d+.*")
# No header: the unit of a table, an amount, the end of a sentence.
KEPT = re.compile(r"单位\s*[:：]|\d\s*[百千万亿]*元|[。；]$")
NUMBERED = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(、|部分)|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
)
FINISHED = re.compile(r"[。；！？：:;!?”》）)]$")
WORD = re.compile(r"[!-~]{1,12}")
NEAR = 3.0  # points between lines that meet
CELLS = 20_000  # in a table, before its places are merged
CROSSINGS = 5_000_000  # of lines that may cross, on all pages: what finding tables takes


@dataclass(eq=False)
class Row:
    """What stands side by side on a page: its words, and the box around them in points."""

    words: list
    page: int

    def __post_init__(self):
        _, lefts, bottoms, rights, tops = zip(*self.words, strict=True)
        self.left, self.bottom, self.right, self.top = min(lefts), min(bottoms), max(rights), max(tops)
        self.cells = tuple(word[0] for word in self.words)
        self.text = " ".join(self.cells)
        units = sum(1 if "\u2e80" <= char <= "\uffef" else 0.5 for char in self.text)
        self.em = max(0.1, (self.right - self.left) / units)


def blocks(data, where):
    """Blocks of all pages, as ``document.build`` takes them. Raises InputError for scans and locked files."""
    pages = _pages(data, where)
    items, crossings = [], 0
    for number, page in enumerate(pages):
        level, upright = _ruled(page)
        crossings += len(level) * len(upright)
        if crossings > CROSSINGS:
            raise InputError(f"{where}: expected a PDF with fewer ruled lines")
        grids, rest = _tables(page["words"], level, upright)
        rows = [(row.top, row) for row in _rows(rest, number)]
        items.append([item for _, item in sorted([*rows, *grids], key=lambda each: -each[0])])
    _drop_furniture(items, pages)
    return _paragraphs([item for page in items for item in page], pages)


def _pages(data, where):
    """The pages as a limited process of its own reads them."""
    try:
        run = subprocess.run(
            [sys.executable, "-P", str(READER)], input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(f"{where}: expected a PDF that can be read within {SECONDS} seconds") from error
    if run.returncode:
        raise InputError(f"{where}: expected a PDF that can be read within bounds of time and memory")
    pages = [json.loads(line) for line in run.stdout.splitlines()]
    if pages and "error" in pages[-1]:
        raise InputError(f"{where}: {REFUSED[pages[-1]['error']]}")
    size = sum(len(word[0]) for page in pages for word in page["words"])
    pictures = sum(not page["words"] and page["picture"] > 0.5 for page in pages)
    if not size or 2 * pictures > len(pages):
        raise InputError(f"{where}: expected a PDF with a text layer, found none (a scan?); have its text recognised")
    if 10 * sum(page["unreadable"] for page in pages) > size:
        raise InputError(f"{where}: expected a PDF whose letters have a meaning, found a font that does not say it")
    return pages


def _rows(words, page):
    """Words side by side, from top to bottom."""
    rows = []
    for word in sorted(words, key=lambda word: -(word[2] + word[4])):
        last = rows[-1][-1] if rows else None
        level = last and last[2] + last[4] - word[2] - word[4] < min(last[4] - last[2], word[4] - word[2])
        if level:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Row(sorted(row, key=lambda word: word[1]), page) for row in rows]


def _drop_furniture(items, pages):
    """Take headers, footers and page numbers out of the pages."""
    seen = Counter()
    for page, about in zip(items, pages, strict=True):
        seen.update({key for edge in _outer(page, about) for row in edge for key in _repeated(row, about)})
    enough = max(2, REPEATED * len(pages))
    for page, about in zip(items, pages, strict=True):
        for edge in _outer(page, about):
            for row in edge:  # from the edge inwards, as far as it goes
                others = [word for word in row.cells if not PRINTED.fullmatch(word)]
                alone = not others or (len(others) == 1 and PAGE_NUMBER.fullmatch(others[0]))
                again = not KEPT.search(row.text) and any(seen[key] >= enough for key in _repeated(row, about))
                if not (alone or again):
                    break
                page.remove(row)


def _outer(page, about):
    """The first and the last rows of a page in its margins, from the edge inwards."""
    margin = MARGIN * about["height"]
    rows = [item for item in page if isinstance(item, Row)]
    top = [row for row in rows[:3] if row.bottom > about["height"] - margin]
    return top, [row for row in reversed(rows[-3:]) if row.top < margin and row not in top]


def _repeated(row, about):
    """What a header has on each of its pages, at the top or the bottom: its text, with one number that runs along."""
    upper = row.bottom > about["height"] / 2
    yield row.text, upper
    for number in islice(re.finditer(r"\d{1,4}", row.text), 4):
        yield f"{row.text[: number.start()]}#{int(number[0]) - row.page}{row.text[number.end() :]}", upper


def _paragraphs(items, pages):
    """Rows put together where one goes on in the next."""
    single = [item for item in items if isinstance(item, Row) and len(item.words) == 1]
    widths = [round(page["width"]) for page in pages]
    alike = {}
    for row in single:
        alike.setdefault(widths[row.page], []).append(row)
    margins = {width: _margins(rows, width) for width, rows in alike.items()}
    distances = sorted(a.bottom - b.bottom for a, b in pairwise(single) if a.page == b.page and a.bottom > b.bottom)
    pitch = distances[len(distances) // 2] if distances else 0
    found, before = [], None
    for item in items:
        if isinstance(item, Grid):
            found.append(item)
            before = None
        elif len(item.words) > 1:
            found.append(item.cells)
            before = None
        else:
            if before and _goes_on(before, item, margins[widths[item.page]], pitch):
                apart = before.text[-1].isascii() and before.text[-1].isalpha() and item.text[0].isalpha()
                found[-1] += (" " if apart and item.text[0].isascii() else "") + item.text
            else:
                found.append(item.text)
            before = item
    return found


def _margins(rows, width):
    """Where full rows begin and end: the outermost places that two rows share."""
    lefts, rights = sorted(row.left for row in rows), sorted((row.right for row in rows), reverse=True)
    em = sorted(row.em for row in rows)[len(rows) // 2]
    left = next((a for a, b in pairwise(lefts) if b - a < em / 2), lefts[0])
    right = next((a for a, b in pairwise(rights) if a - b < em), rights[0])
    return left, max(right, 0.6 * width)


def _goes_on(before, row, margins, pitch):
    """Whether a row continues the one before it: that one is full, this one not indented, and both look alike."""
    left, right = margins
    em = row.em
    word = WORD.match(row.text)
    # A number or an English word is not broken, and a mark may not begin a row.
    room = (0.55 * em * len(word[0]) if word else em) + em
    if before.right + room < right - 0.3 * em or not 0.75 < before.em / em < 1.33:
        return False
    if row.left > left + 0.8 * em and not (abs(row.left - before.left) < 0.5 * em and before.left > left + 3 * em):
        return False
    if before.page == row.page and before.bottom - row.bottom > 1.5 * max(pitch, 1.2 * em):
        return False
    return not (NUMBERED.match(row.text) and FINISHED.search(before.text))


def _ruled(page):
    """The ruled lines of a page as (place, from, to): level ones and upright ones."""
    level = [(y, left, right) for left, y, right, top in page["lines"] if top - y < right - left]
    return _merged(level), _merged(
        (x, bottom, top) for x, bottom, right, top in page["lines"] if top - bottom > right - x
    )


def _tables(words, level, upright):
    """Grids of the ruled tables of a page, each with the height of its top, and the words outside of them."""
    grids = []
    for rows, columns in _components(level, upright):
        grid, words = _table(rows, columns, words)
        if grid:
            grids.append((max(y for y, _, _ in rows), grid))
    return grids, words


def _merged(lines):
    """Lines (place, from, to) with those that lie on and touch one another put together."""
    lines, merged = list(lines), []
    places = _clustered(place for place, _, _ in lines)
    for place, start, end in sorted((_nearest(places, place), start, end) for place, start, end in lines):
        if merged and merged[-1][0] == place and start <= merged[-1][2] + NEAR:
            merged[-1][2] = max(merged[-1][2], end)
        else:
            merged.append([place, start, end])
    return [tuple(line) for line in merged]


def _clustered(values):
    """Places, of those that are near one another the first only."""
    places = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return places


def _nearest(places, value):
    return places[bisect_right(places, value) - 1]


def _components(level, upright):
    """Groups of lines that cross or meet: (level ones, upright ones)."""
    group = list(range(len(level) + len(upright)))

    def root(n):
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for n, (y, left, right) in enumerate(level):
        for m, (x, bottom, top) in enumerate(upright, start=len(level)):
            if left - NEAR <= x <= right + NEAR and bottom - NEAR <= y <= top + NEAR:
                group[root(n)] = root(m)
    found = {}
    for n in range(len(group)):
        rows, columns = found.setdefault(root(n), ([], []))
        (rows if n < len(level) else columns).append(level[n] if n < len(level) else upright[n - len(level)])
    return [(rows, columns) for rows, columns in found.values() if len(rows) > 1 and columns]


def _table(rows, columns, words):
    """The grid that lines make of the words among them, or None, and the words that are left."""
    ys, xs = _clustered(y for y, _, _ in rows)[::-1], _clustered(x for x, _, _ in columns)
    # Many tables have no line at their sides.
    left, right = min(start for _, start, _ in rows), max(end for _, _, end in rows)
    xs = [left] * (left < xs[0] - 10) + xs + [right] * (right > xs[-1] + 10)
    height, width = len(ys) - 1, len(xs) - 1
    if height < 1 or width < 2 or height * width > CELLS:
        return None, words
    cell = list(range(height * width))

    def root(n):
        while cell[n] != n:
            cell[n] = cell[cell[n]]
            n = cell[n]
        return n

    walls, floors = _edges(columns, xs, ys), _edges(rows, ys, xs)
    for i in range(height):
        for j in range(width):
            if j + 1 < width and (j + 1, i) not in walls:
                cell[root(i * width + j + 1)] = root(i * width + j)
            if i + 1 < height and (i + 1, j) not in floors:
                cell[root((i + 1) * width + j)] = root(i * width + j)
    inside, outside = {}, []
    downward = [-y for y in ys]
    for word in words:
        j = bisect_right(xs, (word[1] + word[3]) / 2) - 1
        i = bisect_right(downward, -(word[2] + word[4]) / 2) - 1
        if 0 <= i < height and 0 <= j < width:
            inside.setdefault(root(i * width + j), []).append(word)
        else:
            outside.append(word)
    if len(inside) < 2:
        return None, words
    numbers = {each: n for n, each in enumerate(dict.fromkeys(map(root, range(height * width))))}
    cells = [[row.text for row in _rows(inside.get(each, []), 0)] for each in numbers]
    return Grid(cells, [[numbers[root(i * width + j)] for j in range(width)] for i in range(height)]), outside


def _edges(lines, places, along):
    """Which edges of a grid are ruled: (number of the place, number of the stretch along it)."""
    middles = [(a + b) / 2 for a, b in pairwise(along)]
    return {
        (min(range(len(places)), key=lambda n: abs(places[n] - place)), stretch)
        for place, start, end in lines
        for stretch, middle in enumerate(middles)
        if start - NEAR <= middle <= end + NEAR
    }
