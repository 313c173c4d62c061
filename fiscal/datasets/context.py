"""Figures that a document leaves out, from a file of the user's that cites where each is published."""

import pandas as pd

from fiscal import files, resources
from fiscal.errors import InputError
from fiscal.figures import amounts, vocabulary

COLUMNS = ["figure_id", "fiscal_year", "concept", "scope", "value", "unit", "disclosed", "disclosed_unit", "source"]


def context(path) -> pd.DataFrame:
    """Read a context file (YAML): one row a figure, ``value`` int64 in ``unit``, ``source`` as cited.

    The file holds a list ``figures``; each entry has concept, fiscal_year, value, unit, source and, if it is
    not the whole area, scope. Raises InputError with the entry and what was expected.

    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "my-figures.yaml"
    >>> entry = "{concept: capacity.comprehensive, fiscal_year: 2020, value: 1000.5, unit: 亿元, source: a yearbook}"
    >>> _ = path.write_text(f"figures: [{entry}]", encoding="utf-8")
    >>> fiscal.datasets.context(path)[["concept", "value", "unit", "source"]].iloc[0].to_dict()
    {'concept': 'capacity.comprehensive', 'value': 100050000000, 'unit': 'yuan', 'source': 'a yearbook'}
    """
    where = resources.shown(path)
    rows = []
    for number, entry in enumerate(files.read_yaml(path, "context")["figures"], start=1):
        place = f"{where}, figure {number}"
        concept, printed, unit = entry["concept"], str(entry["value"]), entry["unit"]
        if concept not in vocabulary.concepts().index:
            raise InputError(f"{place}, concept: expected an id of concepts.csv, found {concept!r}")
        expected = vocabulary.concepts().at[concept, "unit"]
        if vocabulary.table("units")["unit"].get(unit) != expected:
            raise InputError(f"{place}, unit: expected a unit of {expected} such as 亿元, found {unit!r}")
        try:
            value = amounts.exact(printed, unit)
        except InputError as error:
            raise InputError(f"{place}, value: {error}") from error
        scope = entry.get("scope", "whole")
        key = f"context:{concept}:{scope}:{entry['fiscal_year']}"
        if key in (row[0] for row in rows):
            raise InputError(f"{place}: expected each concept once for a scope and year, found {concept!r} again")
        rows.append([key, entry["fiscal_year"], concept, scope, value, expected, printed, unit, entry["source"]])
    return pd.DataFrame(rows, columns=COLUMNS)
