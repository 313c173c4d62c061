"""The paragraphs of a document, each read with what its headings say."""

import re

from fiscal.disclosure import grammar, outline, phrases
from fiscal.disclosure.about import said_by
from fiscal.disclosure.core import AREA
from fiscal.disclosure.tokens import tokens

INHERITED = ("scope", "interpreted", "label", "year", "basis")
THIRD = re.compile(r"^([\u4e00-\u9fff]{2,10})\((?:含|包括|不含)")


def mentions(blocks, lexicon, about):
    """A mention for each amount of the paragraphs."""
    reader = grammar.Reader(lexicon, about.year)
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
            section = said_by(headings, lexicon)
            above = {k: v for k, v in about.heading.items() if "scope" not in section or k not in AREA}
            context = above | section
            context["section_fund"] = section.get("fund", "") if block.clause[0] != "¶" else ""
            context["area"] = _foreign_area(headings, lexicon)
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
        found = []
        for start, end in outline.sentences(block.line):
            each = tokens(block.line.text[start:end], lexicon)
            for token in each:
                token.start += start
                token.end += start
            found.append(each)
        continued, begun = state if block.continues else None, len(reader.mentions)
        state = reader.paragraph(found, block.line, circumstance, context, block.clause, continued)
        scope = state.circumstance.get("scope", "")
        said = {each.circumstance.get("scope") for each in reader.mentions[begun:] if "scope" in each.said}
        if scope in ("own", "lower") and said >= {"whole", "own", "lower"}:
            # 全市A，市本级B，区县C: all levels were named, and the next paragraph goes on with none of the parts.
            scope = ""
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
