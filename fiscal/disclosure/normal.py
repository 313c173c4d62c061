"""One line of a document in the form that the reader matches on, and where each character of it stands.

Full-width letters and punctuation become ASCII, traditional characters simplified ones, quotation marks
and the spaces that scanning leaves between characters go away. What was changed is only what is matched:
every span of a figure points into the canonical text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

DROPPED = set("“”‘’\"'「」『』《》\u200b\ufeff\u00ad")
WIDE = range(0xFF01, 0xFFEF)
COMPATIBLE = range(0xF900, 0xFB00)
LATIN = re.compile(r"[0-9A-Za-z.,%]")


@dataclass(frozen=True)
class Line:
    """``text`` to match on; ``places[i]`` is where its character i stands in the canonical text."""

    text: str
    places: list

    def __getitem__(self, part):
        return Line(self.text[part], self.places[part])

    def span(self, start, end):
        """The canonical span of a stretch of this line."""
        return self.places[start], self.places[end - 1] + 1


def line(text, offset=0):
    """The normal form of a stretch of canonical text that begins at ``offset``."""
    characters, places = [], []
    spaced = False
    for place, character in enumerate(text.translate(_simplified(frozenset(text)))):
        if character in DROPPED:
            continue
        if character.isspace():
            spaced = True
            continue
        code = ord(character)
        if code in WIDE or code in COMPATIBLE:
            character = unicodedata.normalize("NFKC", character)
        if spaced and characters and LATIN.match(characters[-1]) and LATIN.match(character):
            # Between digits a space may separate two numbers; it is never bridged.
            characters.append(" ")
            places.append(offset + place)
        spaced = False
        for each in character:
            characters.append(each)
            places.append(offset + place)
    return Line("".join(characters), places)


def _simplified(characters):
    """A table for ``str.translate``: each traditional character, one for one, so that places stay."""
    return {ord(c): s for c in characters if (s := _simple(c)) != c}


@cache
def _simple(character):
    if not "\u3400" <= character <= "\u9fff":
        return character
    simple = _converter().convert(character)
    return simple if len(simple) == 1 else character


@cache
def _converter():
    from opencc import OpenCC

    return OpenCC("t2s")
