"""The words that the reader knows (``data/phrases.csv``) and the concepts that they make up (``data/frames.csv``)."""

import copy
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from fiscal import resources
from fiscal.figures import tables, vocabulary

PUNCTUATION = re.compile(r"[(),;:、]")
DEFINING = ("subject", "topic", "kind", "type", "part", "direction", "fund", "flow", "service", "liability", "form")


@dataclass(frozen=True)
class Phrase:
    """What a phrase contributes: its role in a sentence, and facets such as ``topic: balance``."""

    role: str
    facets: dict


def lexicon(place):
    """The phrases that apply to a place."""
    names = {
        row["phrase"].replace("{name}", name): Phrase(row["role"], row["facets"])
        for row in rows("phrases")
        if "{name}" in row["phrase"] and place.level != "nation"
        for name in place.names
    }
    return _common(place.levels, place.us).defining(names)


@cache
def _common(levels, us):
    """The phrases of all places of a kind."""
    phrases, uses = {}, {}
    for row in rows("phrases"):
        if "{name}" in row["phrase"] or (row["level"] and row["level"] not in levels):
            continue
        if row["facets"].get("entity") == "superior" and row["phrase"].startswith(us):
            continue
        kept = uses if row["role"] == "use" else phrases
        kept[row["phrase"].replace("{us}", us)] = Phrase(row["role"], row["facets"])
    return Lexicon(phrases, uses)


class Lexicon:
    """Phrases to cut text with, and the uses of money that text may name."""

    def __init__(self, phrases, uses):
        self.phrases, self.uses = phrases, uses
        self._lengths = {}
        self._known = set()
        for text in (*phrases, *vocabulary.table("units").index):
            self._index(text)
        # Phrases such as 县（市、区）, which punctuation must not cut.
        cut = sorted((re.escape(text) for text in phrases if PUNCTUATION.search(text)), key=len, reverse=True)
        self.punctuated = re.compile("|".join(cut))
        # How stretches of text were cut into words: official wording repeats itself.
        self.cuts = {}
        self.own = {}
        self._common = None

    def _index(self, text):
        self._known.add(text)
        lengths = self._lengths.setdefault(text[0], [])
        if len(text) not in lengths:
            lengths.append(len(text))

    def defining(self, more):
        """A lexicon with more phrases: the names of a place, or a word that a document itself explains."""
        wider = copy.copy(self)
        wider.phrases = self.phrases | more
        wider._lengths = self._lengths | {text[0]: list(self._lengths.get(text[0], ())) for text in more}
        wider._known = self._known | set(more)
        wider.own = self.own | more
        wider._common = self._common or self
        wider.cuts = {}
        for text in more:
            wider._index(text)
        return wider

    def remembered(self, words):
        """The cuts that may be shared: those of all places, where no word of this one stands in the text."""
        if self._common is None or any(own in words for own in self.own):
            return self.cuts
        return self._common.cuts

    def lengths(self, text, start, end):
        """The lengths of the phrases, and of bare units, that stand at ``start``."""
        return [
            length
            for length in self._lengths.get(text[start], ())
            if length <= end - start and text[start : start + length] in self._known
        ]

    def used(self, text):
        """The remarks on what money was for that stand in a text, in its order."""
        places = {place: phrase for words, phrase in self.uses.items() if (place := text.find(words)) >= 0}
        return list(dict.fromkeys(places[place].facets["remark"] for place in sorted(places)))


@cache
def rows(name):
    """The rows of ``phrases.csv`` or ``frames.csv``, facets taken apart."""
    table = tables.read(resources.data() / f"{name}.csv", name)
    return [row | {"facets": _facets(row["facets"])} for row in table.to_dict("records")]


def _facets(text):
    return dict(each.split(":", 1) for each in text.split())


def concept(facets):
    """The concept that exactly these facets make up, or None. Nothing is guessed: one facet more is no match."""
    return _concept(frozenset((key, value) for key, value in facets.items() if key in DEFINING))


@lru_cache(maxsize=10_000)
def _concept(facets):
    defining = dict(facets)
    if defining.get("topic") != "transfer" and defining.get("direction") == "received":
        # Limits and bonds come from above by their nature; for transfers it is half of the meaning.
        del defining["direction"]
    found = {row["concept"] for row in _frames().get(_family(defining), ()) if _fits(row["facets"], defining)}
    return found.pop() if len(found) == 1 else None


@cache
def _frames():
    found = {}
    for row in rows("frames"):
        found.setdefault(_family(row["facets"]), []).append(row)
    return found


def _family(facets):
    return facets.get("topic", "")


def _fits(frame, facets):
    """Whether facets are those of a frame, in which ``x?`` may be missing and ``*`` may be anything or nothing."""
    for key, wanted in frame.items():
        value = facets.get(key)
        if wanted == "*" or (wanted.endswith("?") and value is None):
            continue
        if value != wanted.removesuffix("?"):
            return False
    return all(key in frame for key in facets)
