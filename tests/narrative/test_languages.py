"""Both languages are complete, and each sentence carries the same numbers in both."""

import inspect
import re

import pytest

from fiscal import datasets, measures, narrative

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def sentences(part, lang):
    table = getattr(measures, part)(datasets.figures("urumqi-2020"))
    about = narrative.facts("urumqi-2020", table, lang)
    module = getattr(narrative, part)
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_") and name != "name":
            yield name, function(about)


@pytest.mark.parametrize("part", ["transfers", "debt"])
def test_the_same_numbers_in_both_languages(part):
    for (name, english), (_, chinese) in zip(sentences(part, "en"), sentences(part, "zh"), strict=True):
        plain = [sorted(re.sub(r" yi|亿元|,", "", fact.shown) for fact in said.facts) for said in (english, chinese)]
        assert plain[0] == plain[1], name


@pytest.mark.parametrize("part", ["transfers", "debt"])
def test_no_chinese_in_english_but_the_printed_forms_and_no_english_in_chinese(part):
    for name, said in sentences(part, "en"):
        assert not CHINESE.search(str(said)), name
    for name, said in sentences(part, "zh"):
        assert not re.search(r"[A-Za-z]{3}", str(said)), name
