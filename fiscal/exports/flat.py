"""The tables as files for programs: CSV, Parquet, and a Fiscal Data Package around CSV."""

import json
import re
from io import BytesIO
from math import isinf

import pandas as pd

from fiscal import __version__, files
from fiscal.errors import InputError

# What a spreadsheet would take for a formula, also in full width, which some do.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
ESCAPED = re.compile(rf"'+({FORMULA.pattern})")
NUMBER = re.compile(r"[+-]?[0-9][0-9,.]*")
LICENSE = {
    "name": "CC0-1.0",
    "title": "Facts from public documents; the descriptions are dedicated to the public domain",
}


def spreadsheet_csv(table):
    """CSV for Excel: UTF-8 with a byte order mark, and an apostrophe before text that Excel would evaluate.

    Text that begins so with an apostrophe of its own gets one more: who takes one away from ``ESCAPED`` cells has the
    text as it was.
    """
    return b"\xef\xbb\xbf" + _csv(table, harmless)


def plain_csv(table):
    """CSV for programs: UTF-8 without a byte order mark, every cell as it is."""
    return _csv(table, str)


def harmless(text):
    """Text that no spreadsheet evaluates."""
    evaluated = FORMULA.match(text) and not NUMBER.fullmatch(text)
    return f"'{text}" if evaluated or ESCAPED.match(text) else text


def _csv(table, words):
    names = [field["name"] for field in table.fields]
    columns = [[_cell(cell, words) for cell in table.rows[name].tolist()] for name in names]
    return files.csv_text([names, *zip(*columns, strict=True)]).encode("utf-8", "replace")


def _cell(value, words):
    if pd.isna(value):
        return ""
    if isinstance(value, str):
        return words(value)
    # As Table Schema writes what has no end.
    return str(value).upper() if isinf(value) else repr(value)


def parquet(table):
    """Parquet with int64 amounts; each column carries its description, missing text is null."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise InputError("--format parquet needs pyarrow: pip install 'fiscal-notebooks[files]'") from error
    kinds = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64()}
    columns, fields = [], []
    for field in table.fields:
        kind = kinds[field["type"]]
        cells = [None if pd.isna(cell) or cell == "" else cell for cell in table.rows[field["name"]].tolist()]
        columns.append(pyarrow.array(cells, kind))
        fields.append(pyarrow.field(field["name"], kind, metadata={"description": field["description"]}))
    about = {"name": table.name, "description": table.description, "license": LICENSE["name"], "made_by": _made_by()}
    buffer = BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(columns, schema=pyarrow.schema(fields, about)), buffer)
    return buffer.getvalue()


def package(tables, name):
    """A Fiscal Data Package as {path: bytes}: datapackage.json last, so that what it describes is there."""
    made = {f"{table.name}.csv": plain_csv(table) for table in tables}
    return made | {"datapackage.json": _descriptor(tables, name)}


def _descriptor(tables, name):
    (sources,) = (table.rows for table in tables if table.name == "sources")
    descriptor = {
        "name": name,
        "title": "Published final accounts of Chinese local governments, as cited figures",
        "description": "Whole yuan, basis points and counts; every figure with its clause. Ratios are computed.",
        "profile": "tabular-data-package",
        "version": __version__,
        "countryCode": "CN",
        "licenses": [LICENSE],
        "contributors": [{"title": _made_by(), "role": "wrangler"}],
        "sources": [{"title": _cited(row)} for row in sources.to_dict("records")],
        "resources": [_resource(table) for table in tables],
    }
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _resource(table):
    schema = {"fields": [_without_empty(field) for field in table.fields], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = table.key
    if table.name != "sources":
        reference = {"resource": "sources", "fields": ["disclosure"]}
        schema["foreignKeys"] = [{"fields": ["disclosure"], "reference": reference}]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.description,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _without_empty(field):
    constraints = {name: rule for name, rule in field.get("constraints", {}).items() if rule is not False}
    field = {name: value for name, value in field.items() if name != "constraints"}
    return field | ({"constraints": constraints} if constraints else {})


def _cited(row):
    publisher = row["publisher_en"] or row["publisher_zh"]
    parts = [f"{row['title_zh']} ({row['disclosure']})", publisher, f"text sha256 {row['sha256']}"]
    return ", ".join(part for part in parts if part)


def _made_by():
    return f"fiscal {__version__}"
