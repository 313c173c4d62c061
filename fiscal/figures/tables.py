"""Read a CSV file exactly as its Table Schema in ``data/schemas`` describes it, or say what is wrong.

The same descriptors make up ``data/datapackage.json``, so a table that loads here also validates with
``frictionless``; this reader exists because it takes milliseconds and its messages are written for the
person who edited the file.
"""

import csv
import json
import re
from functools import cache
from io import StringIO

import pandas as pd

from fiscal import files, resources
from fiscal.errors import InputError

INT64 = range(-(2**63), 2**63)


@cache
def schema(name):
    """The Table Schema ``name``: one of the files in ``data/schemas``."""
    return json.loads((resources.data() / "schemas" / f"{name}.json").read_text(encoding="utf-8"))


def read(path, name, references=None):
    """Read the CSV file ``path`` as a table of schema ``name``.

    ``references`` maps a field to the values that it may have (the other end of a foreign key).
    Strings come back as ``str`` (empty where missing), integers as ``int64``, or ``Int64`` where some
    are missing. Raises InputError with file, row (the header is row 1) and what was expected.
    """
    problems = []
    fields = schema(name)["fields"]
    columns = {field["name"]: [] for field in fields}
    for number, row in _rows(path, list(columns)):
        for field in fields:
            text = row[field["name"]]
            value, expected = _cell(text, field, (references or {}).get(field["name"]))
            if expected:
                problems.append(f"row {number}, column {field['name']}: expected {expected}, found {text!r}")
            columns[field["name"]].append(value)
    if not problems:
        problems = list(_repeated(columns, schema(name)["primaryKey"]))
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise InputError(f"{resources.shown(path)}, {problems[0]}{more}")
    return frame(columns, name)


def frame(columns, name):
    """Lists of values by column as a table of schema ``name``."""
    return pd.DataFrame({field["name"]: _series(columns[field["name"]], field) for field in schema(name)["fields"]})


def empty(name):
    """A table of schema ``name`` without rows."""
    return frame({field["name"]: [] for field in schema(name)["fields"]}, name)


def _rows(path, expected):
    """Yield (row number, dict) for each row of the file; the columns must be the expected ones."""
    where = resources.shown(path)
    reader = csv.reader(StringIO(files.read_text(path, "; expected a CSV file"), newline=""), strict=True)
    try:
        header = next(reader, None)
        if not header:
            raise InputError(f"{where}, row 1: expected the columns {', '.join(expected)}; the file is empty")
        if missing := [c for c in expected if c not in header]:
            raise InputError(f"{where}, row 1: missing column {', '.join(missing)}; expected {', '.join(expected)}")
        if surplus := [c for c in header if c not in expected]:
            raise InputError(
                f"{where}, row 1: unknown column {', '.join(map(repr, surplus))}; expected {', '.join(expected)}"
            )
        if len(set(header)) < len(header):
            raise InputError(f"{where}, row 1: a column is there twice; expected {', '.join(expected)}")
        for number, cells in enumerate(reader, start=2):
            if len(cells) != len(header):
                raise InputError(f"{where}, row {number}: expected {len(header)} cells, found {len(cells)}")
            yield number, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise InputError(f"{where}, row {reader.line_num}: expected a line of CSV ({error})") from error


def _cell(text, field, known):
    """The value of a cell, and what was expected instead if it is wrong."""
    rules = field.get("constraints", {})
    if text == "":
        return ("" if field["type"] == "string" else None), ("a value" if rules.get("required") else None)
    if field["type"] == "integer":
        if not re.fullmatch(r"-?[0-9]{1,19}", text) or int(text) not in INT64:
            return None, "a whole number"
        value = int(text)
        if value < rules.get("minimum", value):
            return value, f"at least {rules['minimum']}"
        if value > rules.get("maximum", value):
            return value, f"at most {rules['maximum']}"
        return value, None
    if field["type"] == "date":
        return text, None if files.is_date(text) else "a date such as 2021-08-17"
    if "enum" in rules and text not in rules["enum"]:
        return text, f"one of {', '.join(rules['enum'])}"
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        return text, f"the form {rules['pattern']}"
    if known is not None and text not in known:
        return text, f"a known {field['name']} (see fiscal list or data/*.csv)"
    return text, None


def _repeated(columns, key):
    """Yield a problem for each row whose key, a column or a list of them, an earlier row has."""
    first = {}
    names = [key] if isinstance(key, str) else key
    named = " and ".join(names)
    for number, values in enumerate(zip(*(columns[name] for name in names), strict=True), start=2):
        value = values[0] if len(values) == 1 else values
        if value in first:
            yield f"row {number}, column {named}: expected each {named} once, found {value!r} as in row {first[value]}"
        first.setdefault(value, number)


def _series(values, field):
    if field["type"] != "integer":
        return pd.Series([v or "" for v in values], dtype="str")
    return pd.Series(values, dtype="Int64" if None in values else "int64")
