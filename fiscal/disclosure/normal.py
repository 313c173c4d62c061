"""One line of a document in the form that the reader matches on, and where each character of it stands.

Full-width letters and punctuation become ASCII, traditional characters simplified ones, quotation marks
and the spaces that scanning leaves between characters go away. What was changed is only what is matched:
every span of a figure points into the canonical text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

# Quotation marks, spaces, and characters that can't be seen.
DROPPED = re.compile("[“”‘’\"'「」『』《》\u200b\ufeff\u00ad\\s]+")
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
COMPATIBLE = range(0xF900, 0xFB00)
BREAKS = ("\n", "\r\n", "\r")
LATIN = re.compile(r"[0-9A-Za-z.,%]")


@dataclass(frozen=True, slots=True)
class Line:
    """``text`` to match on; ``places[i]`` is where its character i stands in the canonical text."""

    text: str
    places: range | list

    def __getitem__(self, part):
        return Line(self.text[part], self.places[part])

    def span(self, start, end):
        """The canonical span of a stretch of this line."""
        return self.places[start], self.places[end - 1] + 1


def line(text, offset=0):
    """The normal form of a stretch of canonical text that begins at ``offset``."""
    # Every change before this point is of one character for one, so that places stay.
    text = text.translate(_TABLE)
    if not DROPPED.search(text):
        return Line(text, range(offset, offset + len(text)))
    pieces, places, start = [], [], 0
    for dropped in DROPPED.finditer(text):
        pieces.append(text[start : dropped.start()])
        places.extend(range(offset + start, offset + dropped.start()))
        before, after = text[dropped.start() - 1 : dropped.start()], text[dropped.end() : dropped.end() + 1]
        if LATIN.match(before) and LATIN.match(after) and dropped[0] not in BREAKS and not dropped[0].strip():
            # Between digits a space may separate two numbers; only the end of a line that goes on is bridged.
            pieces.append(" ")
            places.append(offset + dropped.start())
        start = dropped.end()
    pieces.append(text[start:])
    places.extend(range(offset + start, offset + len(text)))
    return Line("".join(pieces), places)


class _Table(dict):
    """What each character becomes, looked up once: ASCII for full-width, simplified for traditional."""

    def __missing__(self, code):
        character = chr(code)
        if code in COMPATIBLE:
            character = unicodedata.normalize("NFKC", character)
        elif 0x3400 <= code <= 0x9FFF:
            simple = _converter().convert(character)
            character = simple if len(simple) == 1 else character
        self[code] = character
        return character


_TABLE = _Table(WIDE)


@cache
def _converter():
    from opencc import OpenCC

    return OpenCC("t2s")
