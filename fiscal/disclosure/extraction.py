"""``extract``: from a document to figures, what was left unread, statements and problems."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from fiscal.disclosure import counts, file, grammar, outline, places, resolve, tabular
from fiscal.disclosure.document import Document
from fiscal.disclosure.phrases import DEFINING, Lexicon
from fiscal.disclosure.statements import statements
from fiscal.disclosure.tokens import tokens
from fiscal.figures import reconcile

YEAR = re.compile(r"([12][0-9]{3})年")
MONTH = re.compile(r"([12][0-9]{3})年([0-9]{1,2})月(?![0-9]*日)")


@dataclass(frozen=True)
class Extraction:
    """What was read from a document.

    ``figures``: columns of ``data/schemas/figures.json``; ``unread``: of ``unread.json``; ``statements``: of
    ``statements.json``; ``problems``: a list of dicts (``kind``, ``message``, ``clause``, ``figure_ids``);
    ``document``: the canonical text that every span counts in, and its tables.
    """

    document: Document
    figures: pd.DataFrame
    unread: pd.DataFrame
    statements: pd.DataFrame
    problems: list


@dataclass(frozen=True)
class About:
    """What is true of the whole document: whose it is, of which year, on which basis unless it says otherwise."""

    disclosure: str
    place: places.Place
    year: int
    basis: str
    as_of: str
    heading: dict


def extract(path_or_text, jurisdiction=None, year=None, id="document"):
    """Read a document (a path, or the text itself) into an :class:`Extraction`.

    ``jurisdiction`` (official name, such as 荔城区) and ``year`` are taken from the title where they are not given;
    ``id`` becomes the ``disclosure`` of every row. An amount whose concept is not certain is *unread*, never a
    figure. Raises InputError if the file can't be read as a document.
    """
    document = path_or_text if isinstance(path_or_text, Document) else _document(path_or_text)
    blocks = outline.outline(document)
    place = places.place(jurisdiction) if jurisdiction else places.guess("\n".join(b.line.text for b in blocks[:200]))
    lexicon = Lexicon(place)
    about = _about(blocks, place, year, id, lexicon)
    mentions = [
        *_mentions(blocks, lexicon, about),
        *counts.mentions(blocks, lexicon, about),
        *tabular.mentions(document, blocks, lexicon, about, heading_context),
    ]
    figures, unread, problems = resolve.resolve(mentions, document, about)
    problems += _unbalanced(figures)
    return Extraction(document, figures, unread, statements(blocks, id), problems)


def _document(path_or_text):
    if isinstance(path_or_text, Path) or (len(path_or_text) < 1000 and "\n" not in path_or_text.strip() and _is_file(path_or_text)):
        return file.read(path_or_text)
    return Document("text", "txt", path_or_text)


def _is_file(text):
    try:
        return Path(text).exists() or bool(re.fullmatch(r"[^\s，。；]{1,255}\.(txt|html?|docx?|pdf|xlsx?)", text, re.I))
    except (OSError, ValueError):
        return False


def _about(blocks, place, year, id, lexicon):
    first = [block for block in blocks[:4] if block.clause.startswith("¶") and not outline.AMOUNT.search(block.line.text)]
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
    return About(id, place, int(year), _basis(words, text, as_of), as_of, heading)


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
        core = grammar.read_core(found)
        facets = core.facets
        exact = "unknown" not in core.marks
        for key in ("fund", "direction"):
            if key in facets and f"conflict:{key}" not in core.marks:
                context[key] = facets[key]
        if re.search("债务|债券|举债|举借", line.text):
            context["debt"] = "yes"
        if "scope" in facets and "conflict:scope" not in core.marks and "direction" not in facets:
            if facets["scope"] == "whole" or exact:
                for key in ("scope", "interpreted", "label"):
                    context.pop(key, None)
                    if facets.get(key):
                        context[key] = facets[key]
        if "year" in facets and "conflict:year" not in core.marks:
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
            _define_scope(block.line.text, lexicon)
            state = None
            continue
        if block.kind != "paragraph":
            continue
        if block.headings != headings:
            headings, state = block.headings, None
            lines = list(block.headings)
            section = heading_context(lines, lexicon)
            context = about.heading | section
            context["section_fund"] = section.get("fund", "") if block.clause[0] != "¶" else ""
            context["area"] = _foreign_area(lines, lexicon)
        if not outline.AMOUNT.search(block.line.text) and block.line.text[-1] != ":" and not _counts(block.line.text):
            state = None
            continue
        _define_scope(block.line.text, lexicon)
        circumstance = {key: context[key] for key in INHERITED if key in context}
        if context.get("basis") == "budget":
            circumstance["draft"] = "yes"
        found, lines = [], block.line
        for start, end in outline.sentences(block.line):
            each = tokens(block.line.text[start:end], lexicon)
            for token in each:
                token.start += start
                token.end += start
            found.append(each)
        state = reader.paragraph(
            found, lines, circumstance, context, block.clause, state if block.continues else None
        )
    return reader.mentions


def _counts(text):
    return bool(re.search(r"[0-9](?:类|条|次|期|人次|个百分点|亿|万)", text))


def _define_scope(text, lexicon):
    """大本级（含…，下同）: a third scope that the text defines; from here on its name is known."""
    if (found := THIRD.match(text)) and found[1] not in lexicon.phrases:
        if found[1].endswith(("级", "区", "域", "口径")):
            lexicon.define(found[1], "scope", scope="other", label=found[1])


def _foreign_area(lines, lexicon):
    """Whether a heading names a part of the area: 开发区, a district."""
    for line in lines:
        if len(line.text) <= 12 and re.search(r"(?:区|县|镇|乡|园|街道)$", line.text):
            if any(token.kind == "unknown" for token in tokens(line.text, lexicon)):
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
            "message": f"{row.label_en}: {row.statement} differs by {row.difference:,} ({row.scope}, {row.fiscal_year})",
            "clause": row.clauses,
            "figure_ids": list(row.figure_ids),
        }
        for row in wrong.itertuples()
    ]
