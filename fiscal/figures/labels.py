"""What columns, and the words in them, are called in either language: ``data/labels.csv`` and the vocabulary."""

from functools import cache

from fiscal import text
from fiscal.errors import UnknownName
from fiscal.figures import vocabulary

HEADING = "heading"
SIDES = {"_a": ("before", "之前"), "_b": ("after", "之后")}  # of two policies that are compared


@cache
def _labels(lang):
    rows = vocabulary.table("labels")
    return dict(zip(zip(rows["column"], rows["value"], strict=True), rows[f"label_{lang}"], strict=True))


def heading(column, lang):
    """The heading of a column. Raises UnknownName for one that ``data/labels.csv`` does not have."""
    labels, base = _labels(lang), column
    for end in ("_en", "_zh"):
        base = base.removesuffix(end)
    if (base, HEADING) in labels:
        return labels[base, HEADING]
    if (side := base[-2:]) in SIDES:
        # A comparison's own amounts have their unit from what they are.
        label, word = heading(base[:-2], lang), SIDES[side][lang == "zh"]
        return f"{label}, {word}" if lang == "en" else f"{label}（{word}）"
    raise UnknownName("column", column, {name for name, value in labels if value == HEADING})


def word(column, value, lang):
    """A word of a column in the language; None for what is no word that has a label there."""
    base = column[:-2] if column[-2:] in SIDES else column
    if base == "basis":
        return text.basis(value, lang)
    if base == "scope":
        return text.SCOPES[value][lang == "zh"] if value in text.SCOPES else None
    if base == "level":
        return text.level(value, lang) if value in text.LEVELS else None
    if base == "node":
        return text.month(value, lang)
    if base == "clause":
        return text.clause(value, lang)
    if base in ("concept", "item", "near"):
        return _term(value, lang)
    if base == "missing":
        return text.listed([_term(each, lang) or each for each in value.split(", ")], lang)
    if base == "remark":
        stop = {"en": "; ", "zh": "；"}[lang]
        return stop.join(vocabulary.remark(each, lang) for each in vocabulary.split(value))
    return _labels(lang).get((base, value))


def _term(value, lang):
    """The term for a concept, or for an item: what is left of a concept without its first word."""
    known = vocabulary.concepts().index
    found = next((each for each in (value, f"debt.{value}", f"performance.{value}") if each in known), None)
    return found and vocabulary.label(found, lang)
