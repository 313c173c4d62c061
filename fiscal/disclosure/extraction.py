"""``extract``: from a document to figures, what was left unread, statements and problems."""

import hashlib
import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fiscal.disclosure import (
    about,
    counts,
    file,
    outline,
    paragraphs,
    phrases,
    places,
    resolve,
    statements,
    tabular,
)
from fiscal.disclosure.document import Document
from fiscal.errors import InputError
from fiscal.figures import reconcile, tables

LONGEST = 300  # characters of a sentence that are quoted
# Why an amount is not a figure, in words; the ids are those of unread.json.
REASONS = {
    "wording": ("words around it that the vocabulary does not know", "词表未收录其前后的用语"),
    "no_concept": ("the vocabulary has no concept for what it is", "词表中没有对应的概念"),
    "change": ("a change or growth, not an amount of its own", "增减变动数，本身不是金额"),
    "use": ("a use of money or a project", "资金用途或项目"),
    "part_of_area": ("of a part of the area, or it is not said of which", "辖区内一部分的数额，或范围未注明"),
    "basis": ("on another basis or of another period, such as paid in advance", "口径或时期不同，如提前下达、累计数"),
    "unit": ("no unit, or one that does not fit", "没有单位或单位不符"),
    "repeated": ("printed again: it is read at another place", "重复出现，已在他处识读"),
}


@dataclass(frozen=True)
class Extraction:
    """What was read from a document; the frames are made when they are first asked for.

    ``figures``: columns of ``data/schemas/figures.json``; ``unread``: of ``unread.json``, and the ``sentence``;
    ``statements``: of ``statements.json``; ``problems``: a list of dicts (``kind``, ``message``, ``clause``,
    ``figure_ids``); ``document``: the canonical text that every span counts in, and its tables; ``source``: what
    is known of the document, as in ``source.yaml``.

    >>> found = fiscal.disclosure.extract("荔城区2023年决算说明。2023年末，政府债务余额12.5亿元。", "荔城区", 2023)
    >>> len(found.figures), len(found.unread), found.problems
    (1, 0, [])
    """

    document: Document
    source: dict
    rows: list
    left: list
    blocks: list

    @cached_property
    def figures(self):
        return _frame(self.rows, "figures")

    @cached_property
    def unread(self):
        frame = _frame(self.left, "unread")
        frame["sentence"] = _sentences(self.document.text, frame["span_start"])
        return frame

    @cached_property
    def statements(self):
        return _frame(statements.statements(self.blocks, self.source["id"]), "statements")

    @cached_property
    def checked(self):
        """Every identity tried on the figures, as ``fiscal.figures.check`` gives it."""
        return reconcile.check(self.figures)

    @cached_property
    def problems(self):
        return [*_missing_units(self.left), *_unbalanced(self.checked)]

    def outcomes(self):
        """For each figure_id how its identities came out: discrepancy, rounding, holds, or nothing to try."""
        outcomes = dict.fromkeys(self.figures["figure_id"], "")
        rank = ["", "holds", "rounding", "undetermined", "discrepancy"]
        for row in self.checked.itertuples():
            if row.outcome == "not_printed" or row.kind == "span":
                continue
            for each in row.figure_ids:
                outcomes[each] = max(outcomes[each], row.outcome, key=rank.index)
        return outcomes

    def plain(self):
        """Everything as lists and dicts that JSON can hold."""
        about = {key: value for key, value in self.source.items() if key != "id"}
        return {
            "document": about | {"format": self.document.format},
            "figures": _plain(self.figures),
            "unread": _plain(self.unread),
            "statements": _plain(self.statements),
            "problems": self.problems,
        }


def _frame(rows, name):
    """Rows as a frame of the schema ``name``."""
    names = [field["name"] for field in tables.schema(name)["fields"]]
    return tables.frame({each: [row[each] for row in rows] for each in names}, name)


def _missing_units(left):
    """Amounts that were printed without a unit, or with one that is not theirs."""
    return [
        {
            "kind": "unit",
            "message": f"{row['disclosed']}{row['disclosed_unit']} has no unit, or not that of an amount",
            "clause": row["clause"],
            "figure_ids": [],
        }
        for row in left
        if row["reason"] == "unit"
    ]


def _plain(frame):
    # pandas writes its own integers as JSON numbers, and they come back as Python's.
    return json.loads(frame.to_json(orient="records", force_ascii=False))


def extract(path_or_text, jurisdiction=None, year=None, id="document") -> Extraction:
    """Read a document (a path, or the text itself) into an :class:`Extraction`.

    ``jurisdiction`` (official name, such as 荔城区) and ``year`` are taken from the title where they are not given;
    ``id`` becomes the ``disclosure`` of every row. An amount whose concept is not certain is *unread*, never a
    figure. Raises InputError if the file can't be read as a document, or if nothing says which year it is about.

    >>> text = "荔城区2023年决算说明。2023年末，政府债务余额12.5亿元，债务限额15亿元。"
    >>> found = fiscal.disclosure.extract(text, "荔城区", 2023)
    >>> found.figures[["concept", "value", "disclosed", "disclosed_unit"]]
                   concept       value disclosed disclosed_unit
    0         debt.balance  1250000000      12.5             亿元
    1  debt.limit.year_end  1500000000        15             亿元
    """
    document = path_or_text if isinstance(path_or_text, Document) else _document(path_or_text)
    blocks = outline.outline(document)
    place = places.place(jurisdiction) if jurisdiction else places.guess("\n".join(b.line.text for b in blocks[:200]))
    lexicon = phrases.lexicon(place)
    known = about.about(blocks, place, year, id, lexicon)
    mentions = [
        *paragraphs.mentions(blocks, lexicon, known),
        *counts.mentions(blocks, lexicon),
        *tabular.mentions(document, blocks, lexicon, known),
    ]
    if mentions and not known.year:
        raise InputError(f"{document.name}: no year found; expected one in the title, or give it (--year)")
    rows, left = resolve.resolve(mentions, document, known)
    return Extraction(document, _source(document, blocks, known), rows, left, blocks)


def _sentences(text, places):
    """The sentence, or the row of a table, around each place."""
    ends = [-1, *(match.start() for match in re.finditer("[。！？\n]", text)), len(text)]
    found = []
    for place in places:
        at = bisect_right(ends, place)
        found.append(text[ends[at - 1] + 1 : ends[at]].strip()[:LONGEST])
    return found


def _source(document, blocks, known):
    """What ``source.yaml`` says of the document."""
    short = [block for block in blocks[:2] if len(block.line.text) <= 80 and not outline.AMOUNT.search(block.line.text)]
    title = next(iter([*short, *blocks]), None)
    source = {
        "id": known.disclosure,
        "title": {"zh": _title(document, title) if title else document.name},
        "jurisdiction": {"zh": known.place.name},
        "level": known.place.level,
        "fiscal_year": known.year,
        "file": document.name,
        "text": {
            "characters": len(document.text),
            "sha256": hashlib.sha256(document.text.encode()).hexdigest(),
        },
    }
    if approved := statements.approval(blocks):
        source["approved"] = approved
    if published := statements.published(blocks):
        source["published"] = published
    return source


def _title(document, block):
    """The first line as it stands in the document, without the spaces that scanning leaves."""
    first, last = block.line.span(0, len(block.line.text))
    return re.sub(r"\s+", "" if " " not in block.line.text else " ", document.text[first:last])[:80]


def _document(path_or_text):
    if path_or_text == "":
        return Document("text", "txt", "")
    if isinstance(path_or_text, Path) or (
        len(path_or_text) < 1000 and "\n" not in path_or_text.strip() and _is_file(path_or_text)
    ):
        return file.read(path_or_text)
    return Document("text", "txt", path_or_text)


def _is_file(text):
    try:
        return Path(text).exists() or bool(re.fullmatch(r"[^\s，。；]{1,255}\.(txt|html?|docx?|pdf|xlsx?)", text, re.I))
    except (OSError, ValueError):
        return False


def _unbalanced(checked):
    """Identities that fail: sums, ceilings, stocks and flows, repeated figures."""
    wrong = checked[checked["outcome"] == "discrepancy"]
    return [
        {
            "kind": row.kind,
            "message": f"{row.label_en} ({row.scope}, {row.fiscal_year}): {row.statement} off by {row.difference:,}",
            "clause": row.clauses,
            "figure_ids": list(row.figure_ids),
        }
        for row in wrong.itertuples()
    ]
