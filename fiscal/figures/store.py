"""A disclosure on disk: ``source.yaml``, ``figures.csv``, ``edits.csv`` over it, ``unread.csv``, ``statements.csv``."""

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from fiscal import files, resources
from fiscal.errors import InputError, UnknownName
from fiscal.figures import amounts, tables, vocabulary


@dataclass(frozen=True)
class Disclosure:
    """One document: where it is from, its figures with edits applied, what was not read, its text if kept."""

    id: str
    folder: Path
    source: dict
    figures: pd.DataFrame
    unread: pd.DataFrame
    statements: pd.DataFrame
    text: str | None = None


def load(disclosure) -> Disclosure:
    """Read the disclosure with this id and check every cell.

    Its folder, and each of its files, may be a link to elsewhere, which is followed; one that leads nowhere, a pipe or
    a device is refused. Raises UnknownName, or InputError with file, row and what was expected.
    """
    about = source(disclosure)
    folder = resources.disclosure(disclosure)
    unread, statements = _optional(folder, "unread"), _optional(folder, "statements")
    return Disclosure(disclosure, folder, about, _figures(folder), unread, statements, _text(folder))


def source(disclosure):
    """What is known of the document of a disclosure: the contents of its ``source.yaml``."""
    folder = resources.disclosure(disclosure)
    if folder is None:
        raise UnknownName("disclosure", disclosure, resources.disclosures())
    path = folder / "source.yaml"
    about = files.read_yaml(path, "source")
    if about["id"] != disclosure:
        raise InputError(f"{resources.shown(path)}, id: expected {disclosure!r}, as its folder")
    return about


def _references():
    return {
        "concept": set(vocabulary.concepts().index),
        "disclosed_unit": set(vocabulary.table("units").index),
    }


def _figures(folder):
    path = folder / "figures.csv"
    figures = tables.read(path, "figures", _references())
    _validate(figures, path, folder.name)
    if os.path.lexists(folder / "edits.csv"):
        figures = _overlay(figures, folder)
    return figures


def _overlay(figures, folder):
    """The figures with what a person changed; changed and added rows have the status *edited*."""
    path = folder / "edits.csv"
    edits = tables.read(path, "edits", _references())
    rows = {row["figure_id"]: row for row in figures.to_dict("records")}
    for number, edit in enumerate(edits.to_dict("records"), start=2):
        key, action = edit["figure_id"], edit["action"]
        if (key in rows) == (action == "add"):
            expected = "a new figure_id" if action == "add" else "the figure_id of a figure"
            raise InputError(f"{resources.shown(path)}, row {number}, column figure_id: expected {expected}: {key!r}")
        if action == "drop":
            del rows[key]
            continue
        given = {c: edit[c] for c in figures.columns if not (pd.isna(edit[c]) or edit[c] == "")}
        row = rows.get(key, {"disclosure": folder.name}) | given | {"status": "edited"}
        if "disclosed" in given and "value" not in given and row.get("disclosed_unit"):
            row["value"] = _exact(row, path, number)
        rows[key] = row
    overlaid = pd.DataFrame(list(rows.values()), columns=figures.columns)
    for field in tables.schema("figures")["fields"]:
        name, required = field["name"], field.get("constraints", {}).get("required")
        if field["type"] == "string":
            overlaid[name] = overlaid[name].fillna("").astype("str")
        if required and ((overlaid[name] == "") | overlaid[name].isna()).any():
            incomplete = overlaid.loc[(overlaid[name] == "") | overlaid[name].isna(), "figure_id"].iloc[0]
            raise InputError(f"{resources.shown(path)}, figure {incomplete}, column {name}: expected a value")
        if field["type"] == "integer":
            overlaid[name] = overlaid[name].astype("int64" if required else "Int64")
    _validate(overlaid, path, folder.name)
    return overlaid


def _validate(figures, path, disclosure):
    """What one cell alone can't show: the value is what is printed, unit and concept agree, remarks exist."""
    where = resources.shown(path)
    known = vocabulary.table("remarks").index
    for number, row in enumerate(figures.to_dict("records"), start=2):
        place = f"{where}, row {number} ({row['figure_id']})"
        if row["disclosure"] != disclosure:
            raise InputError(f"{place}, column disclosure: expected {disclosure!r}, found {row['disclosure']!r}")
        # A month alone begins a date.
        if row["as_of"] and not files.is_date(f"{row['as_of']}-01"[:10]):
            raise InputError(f"{place}, column as_of: expected a date or a month, found {row['as_of']!r}")
        unit = vocabulary.concepts().at[row["concept"], "unit"]
        if row["unit"] != unit:
            raise InputError(f"{place}, column unit: expected {unit!r} for this concept, found {row['unit']!r}")
        for remark in vocabulary.split(row["remark"]):
            if remark not in known:
                raise InputError(f"{place}, column remark: expected ids of remarks.csv, found {remark!r}")
        if row["status"] == "derived":
            if not row["formula"]:
                raise InputError(f"{place}, column formula: expected how the derived figure was computed")
            continue
        printed = vocabulary.table("units")["unit"].get(row["disclosed_unit"])
        if not row["disclosed"] or printed != unit:
            raise InputError(f"{place}, column disclosed_unit: expected the printed number and a unit of {unit}")
        value = _exact(row, path, number)
        if row["value"] != value:
            raise InputError(
                f"{place}, column value: expected {value} for {row['disclosed']} {row['disclosed_unit']},"
                f" found {row['value']}"
            )


def _exact(row, path, number):
    try:
        return amounts.exact(row["disclosed"], row["disclosed_unit"])
    except InputError as error:
        raise InputError(f"{resources.shown(path)}, row {number}, column disclosed: {error}") from error


def _optional(folder, name):
    """A table that a disclosure may lack; then it is empty."""
    path = folder / f"{name}.csv"
    return tables.read(path, name) if os.path.lexists(path) else tables.empty(name)


def _text(folder):
    """The document's own text, which places that a user adds keep beside their figures."""
    path = folder / "source.txt"
    if not os.path.lexists(path):
        return None
    try:
        # Line ends as they are: spans count them.
        return files.read(path).decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"found byte {error.object[error.start]:#x}"
        raise InputError(f"{resources.shown(path)}: expected text in UTF-8, {found}") from error
