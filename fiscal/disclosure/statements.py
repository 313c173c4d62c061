"""What a document states in words: when its accounts were approved, what money was for, how performance was managed."""

import re
from datetime import date
from functools import cache

from fiscal import resources
from fiscal.disclosure import outline
from fiscal.figures import tables

DAY = re.compile(r"([12][0-9]{3})(?:年|[-./])([0-9]{1,2})(?:月|[-./])([0-9]{1,2})日?")
MEETING = re.compile(
    r"(?:(?![年月日经由在])[\u4e00-\u9fff]){0,20}?第?[一二三四五六七八九十百]*届?(?:人大|人民代表大会)(?:常务委员会|常委会)?第[一二三四五六七八九十百]+次(?:会议|全会)"
)
ACCOUNTS = re.compile(r"(?:[12][0-9]{3}年)?(?:度)?[\u4e00-\u9fff]{0,12}?(?:本级)?(?:财政)?决算")


@cache
def _topics():
    table = tables.read(resources.data() / "topics.csv", "topics").to_dict("records")
    return [
        row | {"words": [re.compile(DAY.pattern if w == "DATE" else w) for w in row["words"].split(";")]}
        for row in table
    ]


def statements(blocks, disclosure):
    """The statements of a document, rows of ``data/schemas/statements.json``, in its order.

    What ``data/topics.csv`` describes is looked for in each sentence; the first sentence of a clause that says it
    counts. The text of a row is ours, its span is the sentence.
    """
    rows = {}
    for block in blocks:
        if block.kind == "row":
            continue
        for start, end in outline.sentences(block.line):
            sentence = block.line.text[start:end]
            for topic in _topics():
                if all(pattern.search(sentence) for pattern in topic["words"]):
                    key = (topic["statement"], block.clause)
                    rows.setdefault(key, _row(topic, block, start, end, sentence, disclosure))
    found, seen = sorted(rows.values(), key=lambda row: row["span_start"]), {}
    for row in found:
        seen[row["statement"]] = seen.get(row["statement"], 0) + 1
        if seen[row["statement"]] > 1:
            row["statement"] += f".{seen[row['statement']]}"
    return found


def _row(topic, block, start, end, sentence, disclosure):
    first, last = block.line.span(start, end)
    return {
        "statement": topic["statement"],
        "disclosure": disclosure,
        "clause": block.clause,
        "topic": topic["topic"],
        "date": _day(sentence) if topic["topic"] in ("approval", "publication") else "",
        "span_start": first,
        "span_end": last,
        "text_en": topic["text_en"],
        "text_zh": topic["text_zh"],
    }


def _day(sentence):
    for found in DAY.finditer(sentence):
        try:
            return date(*map(int, found.groups())).isoformat()
        except ValueError:
            continue
    return ""


def published(blocks):
    """The date of publication that the page gives, or None."""
    topic = next(topic for topic in _topics() if topic["statement"] == "publication")
    for block in blocks:
        if all(pattern.search(block.line.text) for pattern in topic["words"]):
            return _day(block.line.text) or None
    return None


def approval(blocks):
    """Which accounts were approved by whom and when (``accounts``, ``by``, ``date``), or None."""
    for block in blocks:
        if "批准" not in block.line.text or "决算" not in block.line.text:
            continue
        for start, end in outline.sentences(block.line):
            sentence = block.line.text[start:end]
            meeting = MEETING.search(sentence)
            if meeting and "批准" in sentence and "决算" in sentence and (day := _day(sentence)):
                approved = ACCOUNTS.search(sentence, sentence.index("批准"))
                accounts = approved[0] if approved else "决算"
                return {
                    "accounts": {"zh": accounts.removeprefix("批准了").removeprefix("批准")},
                    "by": {"zh": meeting[0]},
                    "date": day,
                }
    return None
