"""Against the published text itself: every number stands where the data say, and none is left out."""

import hashlib
import re

from fiscal import datasets

AMOUNT = re.compile(r"[0-9]+(?:\.[0-9]+)?(?=亿元|人次|类|条|次)")


def test_every_number_stands_at_its_span(seed_text):
    figures = datasets.figures("urumqi-2020")
    for row in figures.itertuples():
        assert seed_text[row.span_start : row.span_end] == row.disclosed
        assert seed_text[row.span_end :].startswith(row.disclosed_unit)


def test_no_amount_of_the_text_is_left_out(seed_text):
    spans = set(zip(*(datasets.figures("urumqi-2020")[c] for c in ("span_start", "span_end")), strict=True))
    for amount in AMOUNT.finditer(seed_text):
        assert amount.span() in spans, amount[0]


def test_the_canonical_text_is_this_text(seed_text):
    text = datasets.source("urumqi-2020")["text"]
    assert text["characters"] == len(seed_text)
    assert text["sha256"] == hashlib.sha256(seed_text.encode("utf-8")).hexdigest()


def test_statements_lie_inside_the_text_and_none_quotes_it(seed_text):
    for row in datasets.statements("urumqi-2020").itertuples():
        assert 0 <= row.span_start < row.span_end <= len(seed_text)
        assert row.text_zh.rstrip("。") not in seed_text
