"""The words that the reader knows, from ``data/phrases.csv``, and the concepts they make up, from ``data/frames.csv``."""

import re
from dataclasses import dataclass
from functools import cache

from fiscal import resources
from fiscal.figures import tables, vocabulary

PUNCTUATION = re.compile(r"[(),;:、]")
DEFINING = ("subject", "topic", "kind", "type", "part", "direction", "fund", "flow", "service", "liability", "form")


@dataclass(frozen=True)
class Phrase:
    """What a phrase contributes: its role in a sentence, and facets such as ``topic: balance``."""

    role: str
    facets: dict


class Lexicon:
    """The phrases that apply to a place; a document may define more (see ``define``)."""

    def __init__(self, place):
        self.phrases, self.uses = {}, {}
        for row in rows("phrases"):
            if row["level"] and row["level"] not in place.levels:
                continue
            if row["facets"].get("entity") == "superior" and row["phrase"].startswith(place.us):
                continue
            for text in _filled(row["phrase"], place):
                (self.uses if row["role"] == "use" else self.phrases)[text] = Phrase(row["role"], row["facets"])
        self._lengths = {}
        self._known = set()
        for text in (*self.phrases, *vocabulary.table("units").index):
            self._index(text)
        # Phrases such as 县（市、区）, which punctuation must not cut.
        cut = sorted((re.escape(text) for text in self.phrases if PUNCTUATION.search(text)), key=len, reverse=True)
        self.punctuated = re.compile("|".join(cut))

    def _index(self, text):
        self._known.add(text)
        lengths = self._lengths.setdefault(text[0], [])
        if len(text) not in lengths:
            lengths.append(len(text))

    def define(self, text, role, **facets):
        """A word that the document itself explains, such as the name of a third scope."""
        self.phrases[text] = Phrase(role, facets)
        self._index(text)

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


def _filled(phrase, place):
    if "{name}" in phrase:
        return [phrase.replace("{name}", name) for name in place.names]
    return [phrase.replace("{us}", place.us)]


@cache
def rows(name):
    """The rows of ``phrases.csv`` or ``frames.csv``, facets taken apart."""
    table = tables.read(resources.data() / f"{name}.csv", name)
    return [row | {"facets": _facets(row["facets"])} for row in table.to_dict("records")]


def _facets(text):
    return dict(each.split(":", 1) for each in text.split())


def concept(facets):
    """The concept that exactly these facets make up, or None. Nothing is guessed: one facet more is no match."""
    defining = {key: value for key, value in facets.items() if key in DEFINING}
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
