"""Sentences with numbers in them, each number knowing where it is from."""

import json
import re
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from fiscal import text
from fiscal.figures import vocabulary


@dataclass(frozen=True)
class Fact:
    """A number as it is shown and its provenance; ``missing`` lists the concepts it lacks if it is not there.

    Those of them that the document does print, but only as a plan or for another date or scope, are ``otherwise``.

    For workbooks it may know its exact ``value`` in ``unit`` (yuan, ratio or count) and, of its provenance, the
    ``printed`` form, the ``clause`` and the ``formula`` by themselves.

    >>> debt = fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))
    >>> fact = fiscal.narrative.facts("urumqi-2020", debt, "en").figure("debt.balance.special")
    >>> fact.shown
    '783.4 yi'
    >>> print(fact.provenance)
    Special debt balance
    printed 783.4亿元, clause II
    stated in the document
    scope read as the whole area (interpreted: the text says "our city" or nothing)
    """

    shown: str
    provenance: str = ""
    missing: tuple[str, ...] = ()
    reason: str = ""
    otherwise: tuple[str, ...] = ()
    value: int | Fraction | None = None
    unit: str = ""
    printed: str = ""
    clause: str = ""
    formula: str = ""

    def __str__(self):
        return self.shown

    @property
    def html(self):
        data = f' data-fact="{escape(json.dumps(self.data, ensure_ascii=False))}"' if self.data else ""
        return f'<span class="fact" tabindex="0" title="{escape(self.provenance)}"{data}>{escape(self.shown)}</span>'

    @property
    def data(self):
        """What a workbook needs to know, as plain values; the value is written as an exact fraction."""
        known = {"unit": self.unit, "printed": self.printed, "clause": self.clause, "formula": self.formula}
        value = {} if self.value is None else {"value": str(self.value)}
        return value | {name: words for name, words in known.items() if words}


@dataclass(frozen=True)
class Original:
    """Words of the document itself, which are Chinese whatever the language of the page."""

    shown: str

    def __str__(self):
        return self.shown

    @property
    def html(self):
        return f'<span lang="zh">{escape(self.shown)}</span>'


class Prose:
    """A piece of text of strings and facts; shows as HTML in a notebook and as plain text elsewhere.

    >>> first = fiscal.narrative.say("en", en="One.", zh="一。")
    >>> print(first + fiscal.narrative.say("en", en="Two.", zh="二。"))
    One. Two.
    """

    def __init__(self, *pieces, lang, stated=True):
        self.pieces = pieces
        self.lang = lang
        self.stated = stated

    def __add__(self, other):
        space = () if self.lang == "zh" else (" ",)
        return Prose(*self.pieces, *space, *other.pieces, lang=self.lang, stated=self.stated or other.stated)

    def __str__(self):
        return "".join(str(piece) for piece in self.pieces)

    @property
    def html(self):
        return "".join(escape(piece) if isinstance(piece, str) else piece.html for piece in self.pieces)

    @property
    def facts(self):
        return [piece for piece in self.pieces if isinstance(piece, Fact)]

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": f'<p lang="{self.lang}">{self.html}</p>', "text/plain": str(self)}


class Hint(Prose):
    """How to read the page: nothing that a workbook would count among the findings."""

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": f'<p class="hint" lang="{self.lang}">{self.html}</p>', "text/plain": str(self)}


class Markdown:
    """Markdown for a notebook to render."""

    def __init__(self, source):
        self.source = source

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/markdown": self.source, "text/plain": self.source}


class Bullets:
    """Sentences as a list.

    >>> sentence = fiscal.narrative.say("en", en="Nothing to add.", zh="无补充。")
    >>> print(fiscal.narrative.Bullets(sentence, sentence))
    - Nothing to add.
    """

    def __init__(self, *items):
        # The same gap is said once.
        self.items = list({str(item): item for item in items if item is not None}.values())

    def __str__(self):
        return "\n".join(f"- {item}" for item in self.items)

    @property
    def facts(self):
        return [fact for item in self.items for fact in item.facts]

    def _repr_mimebundle_(self, include=None, exclude=None):
        rows = "".join(f'<li lang="{item.lang}">{item.html}</li>' for item in self.items)
        return {"text/html": f"<ul>{rows}</ul>", "text/plain": str(self)}


class Table:
    """A table; a cell is a string, a Fact, an Original or a Prose.

    Columns may be ``numeric`` (right) or ``short`` (unbroken).

    >>> print(fiscal.narrative.Table("Debt", ["Type", "Balance"], [["special", "783.4 yi"]], numeric=[1]))
    Debt
    Type | Balance
    special | 783.4 yi
    """

    def __init__(self, caption, header, rows, numeric=(), short=()):
        self.caption, self.header, self.rows = caption, header, [list(row) for row in rows]
        self.classes = dict.fromkeys(numeric, "num") | dict.fromkeys(short, "short")

    def __str__(self):
        lines = [self.caption, " | ".join(self.header)]
        return "\n".join(lines + [" | ".join(map(str, row)) for row in self.rows])

    @property
    def facts(self):
        return [cell for row in self.rows for cell in row if isinstance(cell, Fact)]

    def _repr_mimebundle_(self, include=None, exclude=None):
        def cells(row, tag):
            for index, cell in enumerate(row):
                scope = ' scope="col"' if tag == "th" else ""
                kind = f' class="{self.classes[index]}"' if index in self.classes else ""
                yield f"<{tag}{scope}{kind}>{escape(cell) if isinstance(cell, str) else cell.html}</{tag}>"

        head = "".join(cells(self.header, "th"))
        body = "".join(f"<tr>{''.join(cells(row, 'td'))}</tr>" for row in self.rows)
        table = f"<caption>{escape(self.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        return {"text/html": f"<table>{table}</table>", "text/plain": str(self)}


def say(lang, en, zh, **parts) -> Prose:
    """A sentence in one of two languages, with facts (or strings) for the names in braces.

    If a fact is missing the sentence says instead what the document does not state: never a blank or a zero.

    >>> owed = {"en": "{place} owed {much}.", "zh": "{place}债务余额{much}。"}
    >>> print(fiscal.narrative.say("zh", **owed, place="乌鲁木齐市", much="1188.94亿元"))
    乌鲁木齐市债务余额1188.94亿元。
    >>> missing = fiscal.narrative.Fact("", missing=("capacity.comprehensive",))
    >>> print(fiscal.narrative.say("en", en="A capacity of {much}.", zh="综合财力{much}。", much=missing))
    The document does not state: comprehensive fiscal capacity.
    """
    template = {"en": en, "zh": zh}[lang]
    pieces = []
    for index, piece in enumerate(re.split(r"\{(\w+)\}", template)):
        pieces.append(parts[piece] if index % 2 else piece)
    if missing := [piece for piece in pieces if isinstance(piece, Fact) and piece.missing]:
        return absence(lang, missing)
    flat = [inner for piece in pieces for inner in (piece.pieces if isinstance(piece, Prose) else (piece,))]
    return Prose(*(piece for piece in flat if piece != ""), lang=lang)


def joined(first, *others):
    """Several pieces of prose as one."""
    for other in others:
        first += other
    return first


def ended(title):
    """A title as a sentence, with a full stop."""
    return Prose(*title.pieces, {"en": ".", "zh": "。"}[title.lang], lang=title.lang, stated=title.stated)


def absence(lang, missing):
    """Why facts are not there: what is zero, what the document does not state, what it states only otherwise."""
    concepts = [concept for fact in missing for concept in fact.missing]
    if missing[0].reason == "zero_denominator":
        return is_zero(lang, concepts)
    otherwise = {concept for fact in missing for concept in fact.otherwise}
    absent = [concept for concept in concepts if concept not in otherwise]
    sentences = [not_stated(lang, absent)] if absent else []
    if otherwise:
        sentences.append(stated_otherwise(lang, [concept for concept in concepts if concept in otherwise]))
    return joined(*sentences)


def not_stated(lang, concepts):
    """What the document does not state, by name."""
    names = _names(lang, concepts)
    sentence = f"The document does not state: {names}." if lang == "en" else f"文件未公布{names}。"
    return Prose(sentence, lang=lang, stated=False)


def stated_otherwise(lang, concepts):
    """What the document prints, but not as a result of the year and scope that is told."""
    names = _names(lang, concepts)
    sentence = (
        f"Only as a budget, or for another date or scope, the document prints: {names}."
        if lang == "en"
        else f"文件仅以预算数或其他时点、口径公布{names}。"
    )
    return Prose(sentence, lang=lang, stated=False)


def is_zero(lang, concepts):
    """Why a ratio is missing although all its parts are printed."""
    names = _names(lang, concepts)
    sentence = f"There is no ratio to {names}, which is zero." if lang == "en" else f"{names}为零，无法计算比率。"
    return Prose(sentence, lang=lang, stated=False)


def _names(lang, concepts):
    names = [vocabulary.label(each, lang) for each in dict.fromkeys(concepts)]
    return text.listed([text.small(name, lang) for name in names], lang)
