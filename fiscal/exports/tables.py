"""What every export holds: four tables, each column with its type and description."""

from typing import NamedTuple

import pandas as pd

from fiscal import datasets, measures
from fiscal.figures import check, tables, vocabulary


class Table(NamedTuple):
    """A table to export: its name, what it is, its key, its fields (as in a Table Schema) and its rows."""

    name: str
    description: str
    key: list
    fields: list
    rows: pd.DataFrame


def all_tables(disclosures, context=""):
    """The tables of some disclosures (ids), in the order sources, figures, measures, checks.

    Measures are computed with the figures of a ``context`` file too, if there is one (see ``datasets.context``).

    Text is ``str``, empty where there is none; whole numbers are int64, or Int64 where some are missing; other
    numbers Float64. Every column is described by its field.
    """
    figures = datasets.figures(disclosures)
    return [sources(disclosures), _figures(figures), _measures(figures, context), _checks(disclosures)]


def _table(name, description, key, fields, rows):
    names = [field["name"] for field in fields]
    frame = pd.DataFrame(rows, columns=names) if not isinstance(rows, pd.DataFrame) else rows[names].copy()
    for field in fields:
        frame[field["name"]] = _typed(frame[field["name"]], field)
    return Table(name, description, key, fields, frame.reset_index(drop=True))


def _typed(column, field):
    if field["type"] == "string":
        return column.astype("object").fillna("").astype("str")
    if field["type"] == "number":
        return column.astype("Float64")
    required = field.get("constraints", {}).get("required")
    return column.astype("int64" if required else "Int64")


def _field(name, kind, description, required=False, **more):
    """A field of a Table Schema; ``more`` may have a columnType of the Fiscal Data Package."""
    return {"name": name, "type": kind, "description": description, "constraints": {"required": required}} | more


ID = _field("disclosure", "string", "Id of the disclosure.", True)
PLACE = _field(
    "jurisdiction",
    "string",
    "Official name of the government.",
    True,
    columnType="administrative-classification:generic:level1:code",
)
PLACE_EN = _field(
    "jurisdiction_en",
    "string",
    "Its name in English.",
    columnType="administrative-classification:generic:level1:label",
)
YEAR = _field("fiscal_year", "integer", "Year that the row is about.", True, columnType="date:fiscal-year")

# The Fiscal Data Package's name for what a column means, where it has one.
COLUMN_TYPES = {
    "jurisdiction": PLACE["columnType"],
    "fiscal_year": YEAR["columnType"],
    "concept": "economic-classification:generic:level1:code",
    "basis": "phase:id",
    "value": "value",
}


def _figures(figures):
    fields = []
    for field in tables.schema("figures")["fields"]:
        field = field | ({"columnType": COLUMN_TYPES[field["name"]]} if field["name"] in COLUMN_TYPES else {})
        # A figure_id is unique within its disclosure: see the key of the table.
        rules = {name: rule for name, rule in field.get("constraints", {}).items() if name != "unique"}
        fields.append(field | {"constraints": rules})
    for lang, language in (("en", "English"), ("zh", "Chinese")):
        more = {"columnType": f"economic-classification:generic:level1:label{':localized' if lang == 'zh' else ''}"}
        fields.append(_field(f"label_{lang}", "string", f"The concept in {language}.", True, **more))
    labels = {f"label_{lang}": [vocabulary.label(each, lang) for each in figures["concept"]] for lang in ("en", "zh")}
    description = "Every figure, with clause and place in the text; derived, edited and other-scope rows say so."
    return _table("figures", description, ["disclosure", "figure_id"], fields, figures.assign(**labels))


MEASURE_FIELDS = [
    ID,
    YEAR,
    _field("scope", "string", "whole, own or lower: the area that the measure is about.", True),
    _field("measure", "string", "Which measure.", True),
    _field("type", "string", "Of what: total, general, special, or a budget.", True),
    _field("unit", "string", "ratio (1 is 100 %) or yuan.", True),
    _field("value", "number", "The value; missing where an input is, see reason."),
    _field("low", "number", "Lower end of the interval that rounding of the printed figures leaves."),
    _field("high", "number", "Upper end of that interval."),
    _field("numerator", "integer", "The value exactly: numerator."),
    _field("denominator", "integer", "The value exactly: denominator."),
    _field("decimals", "integer", "Decimals that it supports, of the percentage or of the amount in 亿元."),
    _field("bound", "string", "at_least where an input leaves something out."),
    _field("band", "string", "Threshold of thresholds.csv that is reached."),
    _field("formula", "string", "How it was computed, in concept ids."),
    _field("inputs", "string", "figure_id of each input, joined by a semicolon."),
    _field("reason", "string", "Why the value is missing: not_stated, zero_denominator, revenue_sharing."),
    _field("missing", "string", "Concepts that are missing, joined by a comma."),
]


def _measures(figures, context):
    computed = pd.concat([measures.debt(figures, context), measures.transfers(figures)], ignore_index=True)
    computed["inputs"] = [_joined(inputs) for inputs in computed["inputs"]]
    description = "Ratios and amounts computed from the figures, with the interval that rounding leaves."
    key = ["disclosure", "fiscal_year", "scope", "measure", "type"]
    return _table("measures", description, key, MEASURE_FIELDS, computed)


CHECK_FIELDS = [
    ID,
    _field("identity", "string", "What was tried: a sum, a ceiling, a repeated figure, a place in the text.", True),
    _field("kind", "string", "Kind of identity.", True),
    YEAR,
    _field("scope", "string", "Scope of the figures compared.", True),
    _field("basis", "string", "Basis of the right side.", True),
    _field("statement", "string", "The identity in concept ids.", True),
    _field("left", "integer", "Left side, in the smallest unit of the figures."),
    _field("right", "integer", "Right side."),
    _field("difference", "integer", "Left less right."),
    _field("tolerance", "integer", "What rounding of the printed figures can explain."),
    _field("outcome", "string", "holds, rounding, discrepancy, undetermined or not_printed.", True),
    _field("missing", "string", "Terms that are not printed."),
    _field("figure_ids", "string", "figure_id of each term, joined by a semicolon."),
    _field("clauses", "string", "Clauses where the terms stand."),
    _field("label_en", "string", "The identity in English.", True),
    _field("label_zh", "string", "The identity in Chinese.", True),
]


def _checks(disclosures):
    frames = [check(disclosure).assign(disclosure=disclosure) for disclosure in disclosures]
    checked = pd.concat([frame.astype({"outcome": str}) for frame in frames], ignore_index=True)
    checked["figure_ids"] = [_joined(ids) for ids in checked["figure_ids"]]
    description = "Reconciliation: every identity that was tried on the figures, and how it came out."
    return _table("checks", description, [], CHECK_FIELDS, checked)


SOURCE_FIELDS = [
    ID,
    PLACE,
    PLACE_EN,
    _field("level", "string", "nation, province, prefecture, county or township."),
    YEAR,
    _field("title_zh", "string", "Title of the document.", True),
    _field("title_en", "string", "Its title in English."),
    _field("publisher_zh", "string", "Where it was published, where known."),
    _field("publisher_en", "string", "The same in English."),
    _field("approved_on", "string", "When the accounts were approved, where stated."),
    _field("published", "string", "When the document was published, where stated."),
    _field("characters", "integer", "Code points of the text that spans count in.", True),
    _field("sha256", "string", "SHA-256 of that text in UTF-8.", True),
]


def sources(disclosures):
    """The table of the documents themselves."""
    rows = [_source(datasets.source(disclosure)) for disclosure in disclosures]
    description = "The documents that the figures were read from."
    return _table("sources", description, ["disclosure"], SOURCE_FIELDS, rows)


def _source(about):
    publisher = about.get("publisher", {})
    return {
        "disclosure": about["id"],
        "jurisdiction": about["jurisdiction"]["zh"],
        "jurisdiction_en": about["jurisdiction"].get("en", ""),
        "level": about.get("level", ""),
        "fiscal_year": about["fiscal_year"],
        "title_zh": about["title"]["zh"],
        "title_en": about["title"].get("en", ""),
        "publisher_zh": publisher.get("zh", ""),
        "publisher_en": publisher.get("en", ""),
        "approved_on": about.get("approved", {}).get("date", ""),
        "published": about.get("published") or "",
        "characters": about["text"]["characters"],
        "sha256": about["text"]["sha256"],
    }


def _joined(items):
    return "; ".join(items)
