"""Counts and rates of performance management, which stand in the middle of a sentence rather than after a name."""

import re
from functools import cache

from fiscal import resources
from fiscal.disclosure import outline
from fiscal.disclosure.mention import Mention
from fiscal.disclosure.tokens import NUMBER, Token, tokens
from fiscal.figures import tables

# What is to come, what was before, and the parts and kinds of what was counted are not the count.
TARGET = re.compile(r"下一步|下一阶段|力争|争取|计划|拟|目标|将|预计|提高到|提升到|到20[0-9]{2}年底")
ASIDE = re.compile(r"^(?:其中|包括|包含|含|比|较|同比|上年|去年|另|此外)|(?:比|较)(?:上年|去年|20[0-9]{2}年)")
CLOSE = 14  # characters within which a word is near a number


@cache
def _rules():
    table = tables.read(resources.data() / "counts.csv", "counts").to_dict("records")
    return [(row, re.compile(rf"({NUMBER.pattern})({_units(row['units'])})(?!次|大?类)")) for row in table]


def _units(units):
    """The units of a count, the longest first; 大类 and 个类别 are 类 too."""
    return "|".join("个?大?类别?" if unit == "类" else unit for unit in sorted(units.split("|"), key=len)[::-1])


def mentions(blocks, lexicon):
    """A mention for each count that ``data/counts.csv`` describes; two candidates in one sentence are none."""
    found = []
    for block in blocks:
        if block.kind == "row" or not any(word in block.line.text for word in ("绩效", "自评", "指标")):
            continue
        above = "".join(heading.text for heading in block.headings)
        for start, end in outline.sentences(block.line):
            sentence = block.line.text[start:end]
            for rule, pattern in _rules():
                if not all(re.search(words, sentence + above) for words in rule["sentence"].split()):
                    continue
                matches = [match for match in pattern.finditer(sentence) if _fits(match, sentence, rule)]
                if len(matches) > 1:
                    # 形成共性指标A条，另有分行业指标B条.
                    matches = [match for match in matches if "共性" in _part(match, sentence)]
                if len(matches) == 1:
                    found.append(_mention(matches[0], start, block, sentence, rule["concept"], lexicon))
    return found


def _fits(match, sentence, rule):
    first = max(sentence.rfind(mark, 0, match.start()) for mark in ",;:") + 1
    part = _part(match, sentence)
    if "个性" in part and "共性" not in part:
        return False
    if ASIDE.search(sentence[first : match.start()]) or TARGET.search(
        sentence[sentence.rfind(";", 0, match.start()) + 1 : match.start()]
    ):
        return False
    if rule["not"] and re.search(rule["not"], part):
        return False
    if sentence[match.end() : match.end() + 2] in ("以上", "左右"):
        return False
    around = sentence[max(first, match.start() - CLOSE) : match.end() + CLOSE]
    return not rule["near"] or bool(re.search(rule["near"], around))


def _part(match, sentence):
    """The part of a sentence, between commas, that a number stands in."""
    first = max(sentence.rfind(mark, 0, match.start()) for mark in ",;:") + 1
    last = min((at for mark in ",;" if (at := sentence.find(mark, match.end())) >= 0), default=len(sentence))
    return sentence[first:last]


def _mention(match, start, block, sentence, concept, lexicon):
    token = Token(
        "amount", match[1], start + match.start(1), start + match.end(1), unit="类" if "类" in match[2] else match[2]
    )
    said = [each.facets for each in tokens(sentence[: match.start()], lexicon) if "scope" in each.facets]
    circumstance = {}
    if scope := next((each for each in said if each["scope"] == "own" or "interpreted" not in each), None):
        circumstance = {"scope": scope["scope"]}
    return Mention(token, block.line, block.clause, -1, {"count": concept}, circumstance)
