"""``extract``: from a document to figures, what was left unread, statements and problems."""

import hashlib
import json
import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from fiscal.disclosure import counts, file, grammar, outline, phrases, places, resolve, statements, tabular
from fiscal.disclosure.core import AREA, read_core
from fiscal.disclosure.document import Document
from fiscal.disclosure.phrases import DEFINING
from fiscal.disclosure.tokens import tokens
from fiscal.errors import InputError
from fiscal.figures import reconcile, tables

YEAR = re.compile(r"([12][0-9]{3})年")
MONTH = re.compile(r"([12][0-9]{3})年(?:[0-9]{1,2}月?[-—–~至到])?([0-9]{1,2})月(?![0-9]*日)")
# 注：以上均为快报数: said once for all amounts.
NOTED = re.compile(
    r"(?:以上|上述|文中|本文|所列|本表|表中)[^。,;]{0,12}?(?:为|系|是|均为|采用)(决算数|执行数|快报数|预计执行数|预算数|预计数)"
)


@dataclass(frozen=True)
class Extraction:
    """What was read from a document; the frames are made when they are first asked for.

    ``figures``: columns of ``data/schemas/figures.json``; ``unread``: of ``unread.json``, and the ``sentence``;
    ``statements``: of ``statements.json``; ``problems``: a list of dicts (``kind``, ``message``, ``clause``,
    ``figure_ids``); ``document``: the canonical text that every span counts in, and its tables; ``source``: what
    is known of the document, as in ``source.yaml``.
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
    def problems(self):
        return [*_missing_units(self.left), *_unbalanced(self.figures)]

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
    frame = tables.empty(name)
    if not rows:
        return frame
    gaps = any(row.get("span_start") is None for row in rows)
    types = frame.dtypes.to_dict() | dict.fromkeys(("span_start", "span_end"), "Int64" if gaps else "int64")
    return pd.DataFrame(rows, columns=frame.columns).astype(types)


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


# Why an amount is not a figure, in words; the ids are those of unread.json.
REASONS = {
    "wording": ("wording that is not known", "措辞未能识别"),
    "no_concept": ("not in the vocabulary", "词汇表中无此概念"),
    "change": ("a change, not a level", "增减额"),
    "use": ("a use of money or a project", "资金用途或项目"),
    "part_of_area": ("a part of the area", "部分地区"),
    "basis": ("another basis, an advance, or a part of the year", "其他口径、提前安排或年内时段"),
    "unit": ("no unit, or not that of the concept", "缺少单位或单位不符"),
    "repeated": ("a figure repeated", "重复出现的数字"),
}


def checks(figures):
    """For each figure_id how the identities it stands in came out: discrepancy, rounding, holds, or nothing to try."""
    outcomes = dict.fromkeys(figures["figure_id"], "")
    rank = ["", "holds", "rounding", "undetermined", "discrepancy"]
    checked = reconcile.check(figures) if len(figures) else []
    for row in checked.itertuples() if len(checked) else ():
        if row.outcome == "not_printed" or row.kind == "span":
            continue
        for each in row.figure_ids:
            outcomes[each] = max(outcomes[each], row.outcome, key=rank.index)
    return outcomes


@dataclass(frozen=True)
class About:
    """What is true of the whole document: whose it is, of which year, on which basis unless it says otherwise."""

    disclosure: str
    place: places.Place
    year: int
    basis: str
    as_of: str
    heading: dict


LONGEST = 300  # characters of a sentence that are quoted


def extract(path_or_text, jurisdiction=None, year=None, id="document"):
    """Read a document (a path, or the text itself) into an :class:`Extraction`.

    ``jurisdiction`` (official name, such as 荔城区) and ``year`` are taken from the title where they are not given;
    ``id`` becomes the ``disclosure`` of every row. An amount whose concept is not certain is *unread*, never a
    figure. Raises InputError if the file can't be read as a document, or if nothing says which year it is about.
    """
    document = path_or_text if isinstance(path_or_text, Document) else _document(path_or_text)
    blocks = outline.outline(document)
    place = places.place(jurisdiction) if jurisdiction else places.guess("\n".join(b.line.text for b in blocks[:200]))
    lexicon = phrases.lexicon(place)
    about = _about(blocks, place, year, id, lexicon)
    mentions = [
        *_mentions(blocks, lexicon, about),
        *counts.mentions(blocks, lexicon, about),
        *tabular.mentions(document, blocks, lexicon, about, heading_context),
    ]
    if mentions and not about.year:
        raise InputError(f"{document.name}: no year found; expected one in the title, or give it (--year)")
    rows, left = resolve.resolve(mentions, document, about)
    return Extraction(document, _source(document, blocks, about), rows, left, blocks)


def _sentences(text, places):
    """The sentence, or the row of a table, around each place."""
    ends = [-1, *(match.start() for match in re.finditer("[。！？\n]", text)), len(text)]
    found = []
    for place in places:
        at = bisect_right(ends, place)
        found.append(text[ends[at - 1] + 1 : ends[at]].strip()[:LONGEST])
    return found


def _source(document, blocks, about):
    """What ``source.yaml`` says of the document."""
    title = next((b for b in blocks if b.kind == "heading"), None) or next(iter(blocks), None)
    source = {
        "id": about.disclosure,
        "title": {"zh": title.line.text[:80] if title else document.name},
        "jurisdiction": {"zh": about.place.name},
        "level": about.place.level,
        "fiscal_year": about.year,
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


def _about(blocks, place, year, id, lexicon):
    first = [
        block for block in blocks[:4] if block.clause.startswith("¶") and not outline.AMOUNT.search(block.line.text)
    ]
    title = [block for block in first if block.kind == "heading" or (block is blocks[0] and len(block.line.text) <= 80)]
    words = "".join(block.line.text for block in title) or (blocks[0].line.text[:80] if blocks else "")
    text = "".join(block.line.text for block in blocks)
    if year is None:
        named = YEAR.search(words)
        counted = Counter(YEAR.findall(text))
        year = int(named[1]) if named else int(max(counted, key=counted.get, default="0"))
    month = MONTH.search(words)
    as_of = f"{int(month[1])}-{int(month[2]):02}" if month and int(month[2]) < 12 and int(month[1]) == year else ""
    heading = heading_context([block.line for block in title], lexicon)
    basis = _basis(words, text, as_of)
    if noted := NOTED.search(text):
        basis = lexicon.get(noted[1]).facets["basis"]
    return About(id, place, int(year), basis, as_of, heading)


def _basis(title, text, as_of):
    """Which accounts a document speaks of, from its title, else from its words."""
    if "决算" in title:
        return "final"
    if as_of:
        return "execution"
    if re.search(r"执行情况|执行和|预算执行|快报", title):
        return "execution"
    if re.search(r"预算(?:草案|安排|编制|公开|说明|情况)|年预算", title) or ("预算" in title and "安排" in text):
        done = re.search(r"决算|完成|发行|偿还|执行数|下达", text)
        return "final" if done else "budget"
    return "final"


def heading_context(lines, lexicon):
    """What headings, outermost first, say for the text below them."""
    context = {}
    for line in lines:
        found = tokens(line.text, lexicon)
        core = read_core(found)
        facets = core.facets
        exact = "unknown" not in core.marks
        for key in ("fund", "direction"):
            if key in facets and f"conflict:{key}" not in core.marks:
                context[key] = facets[key]
        if re.search("债务|债券|举债|举借", line.text):
            context["debt"] = "yes"
        scoped = "scope" in facets and "conflict:scope" not in core.marks and "direction" not in facets
        if scoped and (facets["scope"] == "whole" or exact):
            for key in AREA:
                context.pop(key, None)
                if facets.get(key):
                    context[key] = facets[key]
        if "year" in facets and "会议" not in line.text and "conflict:year" not in core.marks:
            context["year"] = facets["year"]
        if PLANNED.search(line.text) and "conflict:year" not in core.marks:
            context["basis"] = "budget"
        if exact and not any(mark.startswith("conflict") for mark in core.marks):
            subject = {k: v for k, v in facets.items() if k in DEFINING and k not in ("direction", "fund", "flow")}
            if subject:
                context["subject"] = subject
        elif "subject" in context:
            del context["subject"]
    return context


INHERITED = ("scope", "interpreted", "label", "year", "basis")
PLANNED = re.compile(r"预算\(?(?:草案|安排|编制)|年预算$|^预算$|支出计划|收支计划")
THIRD = re.compile(r"^([\u4e00-\u9fff]{2,10})\((?:含|包括|不含)")


def _mentions(blocks, lexicon, about):
    reader = grammar.Reader(lexicon)
    state, headings, context = None, None, None
    for block in blocks:
        if block.kind == "heading":
            lexicon = _with_scope(block.line.text, lexicon)
            state = None
            continue
        if block.kind != "paragraph":
            continue
        if block.headings != headings:
            headings, state = block.headings, None
            lines = list(block.headings)
            section = heading_context(lines, lexicon)
            above = {k: v for k, v in about.heading.items() if "scope" not in section or k not in AREA}
            context = above | section
            context["section_fund"] = section.get("fund", "") if block.clause[0] != "¶" else ""
            context["area"] = _foreign_area(lines, lexicon)
            scope = ""
        if not outline.AMOUNT.search(block.line.text) and block.line.text[-1] != ":" and not _counts(block.line.text):
            state = None
            continue
        lexicon = reader.lexicon = _with_scope(block.line.text, lexicon)
        circumstance = {key: context[key] for key in INHERITED if key in context}
        if context.get("basis") == "budget":
            circumstance["draft"] = "yes"
        if context["area"]:
            circumstance["scope"] = "part"
        elif scope not in ("", "whole") and ("scope" not in section or "interpreted" in section):
            # After a paragraph on the own level one that says nothing of whose it is may go on with it, or not.
            circumstance["scope"] = "unclear"
        found, lines = [], block.line
        for start, end in outline.sentences(block.line):
            each = tokens(block.line.text[start:end], lexicon)
            for token in each:
                token.start += start
                token.end += start
            found.append(each)
        state = reader.paragraph(found, lines, circumstance, context, block.clause, state if block.continues else None)
        scope = state.circumstance.get("scope", "")
    return reader.mentions


def _counts(text):
    return bool(re.search(r"[0-9](?:类|条|次|期|人次|个百分点|亿|万)", text))


def _with_scope(text, lexicon):
    """大本级（含…，下同）: a third scope that the text defines; from here on its name is known."""
    found = THIRD.match(text)
    if found and lexicon.get(found[1]) is None and found[1].endswith(("级", "区", "域", "口径")):
        return lexicon.defining(found[1], phrases.Phrase("scope", {"scope": "other", "label": found[1]}))
    return lexicon


def _foreign_area(lines, lexicon):
    """Whether a heading names a part of the area: 开发区, a district."""
    for line in lines:
        named = len(line.text) <= 12 and re.search(r"(?:区|县|镇|乡|园|街道)$", line.text)
        if named and any(token.kind == "unknown" for token in tokens(line.text, lexicon)):
            return True
    return False


def _unbalanced(figures):
    """Identities that fail: sums, ceilings, stocks and flows, repeated figures."""
    if figures.empty:
        return []
    checked = reconcile.check(figures)
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
