"""The words that the reader knows (``data/phrases.csv``) and the concepts that they make up (``data/frames.csv``)."""

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
    """The phrases that apply to a place: those of its kind, and its own names."""
    names = {} if place.level == "nation" else _names()
    own = {words.replace("{name}", name): phrase for words, phrase in names.items() for name in place.names}
    return Lexicon(_common(place.levels, place.us), own)


@cache
def _names():
    """The phrases with a place's own name in them."""
    return {row["phrase"]: Phrase(row["role"], row["facets"]) for row in rows("phrases") if "{name}" in row["phrase"]}


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
    return Common(phrases, uses)


class Common:
    """The phrases that many lexicons share, and how they cut text: official wording repeats itself."""

    def __init__(self, phrases, uses):
        self.phrases, self.uses, self.cuts = phrases, uses, {}
        self.units = frozenset(vocabulary.table("units").index)
        self.lengths = _lengths([*phrases, *self.units])
        # Phrases such as 县（市、区）, which punctuation must not cut.
        cut = sorted((re.escape(text) for text in phrases if PUNCTUATION.search(text)), key=len, reverse=True)
        self.punctuated = re.compile("|".join(cut))


class Lexicon:
    """Phrases to cut text with; ``own`` are the names of a place and the words that its document explains."""

    def __init__(self, common, own):
        self.common, self.own, self.cuts = common, own, {}
        self._lengths = _lengths(own)

    def defining(self, words, phrase):
        """A lexicon with one phrase more."""
        return Lexicon(self.common, self.own | {words: phrase})

    def get(self, words):
        """The phrase of these words, or None."""
        return self.own.get(words) or self.common.phrases.get(words)

    def remembered(self, words):
        """The cuts that may be shared: those of all places, where no word of this one stands in the text."""
        return self.cuts if any(own in words for own in self.own) else self.common.cuts

    def lengths(self, text, start, end):
        """The lengths of the phrases, and of bare units, that stand at ``start``."""
        first, most, found = text[start], end - start, []
        for length in self.common.lengths.get(first, ()):
            if length <= most:
                words = text[start : start + length]
                if words in self.common.phrases or words in self.common.units:
                    found.append(length)
        for length in self._lengths.get(first, ()):
            if length <= most and text[start : start + length] in self.own:
                found.append(length)
        # Of two ways to cut a text equally well, the one with the longer word first is taken.
        return sorted(found, reverse=True)

    def used(self, text):
        """The remarks on what money was for that stand in a text, in its order."""
        places = {place: phrase for words, phrase in self.common.uses.items() if (place := text.find(words)) >= 0}
        return list(dict.fromkeys(places[place].facets["remark"] for place in sorted(places)))


def _lengths(phrases):
    """First character to the lengths of the phrases that begin with it."""
    found = {}
    for text in phrases:
        found.setdefault(text[0], set()).add(len(text))
    return found


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
