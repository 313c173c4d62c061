"""A program that reads PDF pages: a PDF on standard input, a line of JSON for each page on standard output.

It runs by itself (``fiscal/disclosure/pdf.py`` starts it), because no library reads every PDF that someone may make
in bounded time and memory: here both are limited, and a crash stays outside of the caller. It imports nothing of
``fiscal``. A page is ``{"width", "height", "words", "lines", "unreadable", "picture"}`` in points, from the
bottom left: words ``[text, left, bottom, right, top]`` are characters that stand together, lines
``[left, bottom, right, top]`` are ruled ones. In place of a page ``{"error"}`` is a key of ``REFUSED`` there.
"""

import ctypes
import json
import math
import sys
from bisect import bisect_left

import pypdfium2.raw as pdfium

CHARACTERS = 5_000_000
PAGES = 2_000
WORDS = 500_000
OBJECTS = 2_000_000  # drawn on all pages: lines and pictures are looked for among them
LINES = 10_000  # ruled on a page: more are a drawing, not a table
NESTED = 5
MEMORY, SECONDS = 450_000_000, 30
APART = 1.5  # in widths of a Chinese character: what is further apart stands in another column
THIN = 3.0  # points: a bar as thin as this is a line


def main():
    limit()
    data = sys.stdin.buffer.read()
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        password = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        return put({"error": "password" if password else "broken"})
    pages, characters, found, objects = pdfium.FPDF_GetPageCount(document), 0, 0, [0]
    if pages > PAGES:
        return put({"error": "large"})
    for number in range(pages):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            return put({"error": "broken"})
        text = pdfium.FPDFText_LoadPage(page)
        count = max(0, pdfium.FPDFText_CountChars(text))
        characters += count
        if characters > CHARACTERS:
            return put({"error": "large"})
        turn = turned(page)
        lines, picture, lost = drawn(page, turn, objects)
        if objects[0] > OBJECTS:
            return put({"error": "large"})
        if lost:
            return put({"error": "sideways"})
        words, unreadable = written(text, count, turn, lines)
        found += len(words) + len(lines)
        if found > WORDS:
            return put({"error": "large"})
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        about = {"width": width, "height": height, "unreadable": unreadable, "picture": picture}
        put(about | {"words": words, "lines": lines})
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def limit():
    """Bound memory and time, where the system can."""
    try:
        import resource
    except ImportError:  # not on Windows, where the caller's clock has to do
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def put(record):
    sys.stdout.write(json.dumps(record) + "\n")


def turned(page):
    """What makes a box on the paper a box as the page is shown."""
    quarters = pdfium.FPDFPage_GetRotation(page)
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)

    def turn(left, bottom, right, top):
        if quarters == 1:
            left, bottom, right, top = bottom, height - right, top, height - left
        elif quarters == 2:
            left, bottom, right, top = width - right, height - top, width - left, height - bottom
        elif quarters == 3:
            left, bottom, right, top = width - top, left, width - bottom, right
        return round(left, 2), round(bottom, 2), round(right, 2), round(top, 2)

    return turn


def written(text, count, turn, lines):
    """Words of a page in the order in which they are drawn, and how many characters have no meaning."""
    box, words, unreadable = pdfium.FS_RECTF(), [], 0
    walls = sorted((line[0], line[1], line[3]) for line in lines if line[3] - line[1] > line[2] - line[0])
    x, y = ctypes.c_double(), ctypes.c_double()
    word = high = None
    line, spaced = 0, False
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = None
        if pdfium.FPDFText_IsGenerated(text, index):
            continue
        char = chr(code)
        if char.isspace():
            spaced = True
            continue
        if not code or 0xD800 <= code < 0xF900 or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1:
            unreadable += 1
            char = "\ufffd" if not code or code < 0xE000 else char
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, bottom, end, top = turn(box.left, box.bottom, box.right, box.top)
        base = turn(x.value, y.value, x.value, y.value)[1]
        if not math.isfinite(left + bottom + end + top + base):
            unreadable += 1
            continue
        # Some fonts give the box of what is drawn, flat for 一 and a speck for a point: the line that all stand on,
        # and the size of what stands there before, say more.
        wide = "\u2e80" <= char <= "\uffef"
        em = max(end - left, top - bottom) if wide else 0.9 * (top - bottom)
        if word is not None:
            gap, size = left - word[3], max(em, word[4] - word[2])
            level = abs(base - line) < 0.4 * size
            if level and -0.6 * size < gap < APART * size and not parted(walls, word[3], left, base + 0.3 * size):
                latin = not wide and not "\u2e80" <= word[0][-1] <= "\uffef"
                word[0] += (" " if spaced or (latin and gap > 0.25 * size) else "") + char
                word[2], word[4] = min(word[2], base - 0.15 * em), max(word[4], base + 0.85 * em)
                word[3] = max(word[3], end)
                spaced = False
                continue
        word, line = [char, left, base - 0.15 * em, end, base + 0.85 * em], base
        words.append(word)
        spaced = False
    return words, unreadable


def parted(walls, left, right, height):
    """Whether a ruled line stands between two characters."""
    position = bisect_left(walls, (left - 0.5,))
    while position < len(walls) and walls[position][0] <= right + 0.5:
        if walls[position][1] <= height <= walls[position][2]:
            return True
        position += 1
    return False


def drawn(page, turn, objects):
    """Ruled lines of a page, each once, the largest share of it that one picture covers, and whether text is lost.

    The library leaves out text of no width: what is written upwards in a font that is not in the file.
    """
    lines, picture, lost = set(), 0.0, False
    area = max(1.0, pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page))
    edges = [ctypes.c_float() for _ in range(4)]
    pending = [(pdfium.FPDFPage_CountObjects(page), lambda n: pdfium.FPDFPage_GetObject(page, n), IDENTITY, 0)]
    while pending:
        count, get, matrix, depth = pending.pop()
        for number in range(count):
            objects[0] += 1
            if objects[0] > OBJECTS:
                return [], 0, False
            drawing = get(number)
            kind = pdfium.FPDFPageObj_GetType(drawing)
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_GetBounds(drawing, *edges):
                left, bottom, right, top = boxed(matrix, *(edge.value for edge in edges))
                picture = max(picture, (right - left) * (top - bottom) / area)
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT and pdfium.FPDFPageObj_GetBounds(drawing, *edges):
                left, bottom, right, top = (edge.value for edge in edges)
                lost = lost or right - left < 0.01 < 1 < top - bottom
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                lines.update(turn(*line) for line in ruled(drawing, matrix, edges, objects))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < NESTED:
                inner = lambda n, form=drawing: pdfium.FPDFFormObj_GetObject(form, n)  # noqa: E731
                inside = product(matrix_of(drawing), matrix)
                pending.append((pdfium.FPDFFormObj_CountObjects(drawing), inner, inside, depth + 1))
    return sorted(lines) if len(lines) <= LINES else [], picture, lost


def ruled(path, matrix, edges, objects):
    """The lines of one path: thin bars, and what is stroked level or upright."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not (fill.value or stroke.value) or not pdfium.FPDFPageObj_GetBounds(path, *edges):
        return
    left, bottom, right, top = boxed(matrix, *(edge.value for edge in edges))
    if right - left <= THIN or top - bottom <= THIN:
        middle = ((left + right) / 2, (bottom + top) / 2)
        if right - left > top - bottom:
            yield left, middle[1], right, middle[1]
        elif top - bottom > right - left:
            yield middle[0], bottom, middle[0], top
        return
    if not stroke.value:
        return
    inside = product(matrix_of(path), matrix)
    x, y, start, last = ctypes.c_float(), ctypes.c_float(), None, None
    for number in range(pdfium.FPDFPath_CountSegments(path)):
        objects[0] += 1
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = placed(inside, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and last:
            yield from straight(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment) and start:
            yield from straight(last, start)
            last = start


def straight(one, other):
    if abs(one[0] - other[0]) < 1 < abs(one[1] - other[1]) or abs(one[1] - other[1]) < 1 < abs(one[0] - other[0]):
        yield min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def matrix_of(drawing):
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawing, matrix):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def product(first, second):
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def placed(matrix, x, y):
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def boxed(matrix, left, bottom, right, top):
    corners = [placed(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


if __name__ == "__main__":
    main()
