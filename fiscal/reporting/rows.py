"""A file with one row for each report: CSV with a header, or YAML with a list of mappings."""

import csv
from io import StringIO
from pathlib import Path

from fiscal import files, resources
from fiscal.errors import InputError


def rows(path):
    """Pairs of a place in the file and a mapping, for ``fiscal.reporting.plan_rows``.

    Cells of a CSV file are read as papermill reads parameters on its command line: 0.15 is a number, {a: 1} a mapping;
    an empty cell is a parameter that is not given. Raises InputError with the place.
    """
    path = Path(path)
    where = resources.shown(path)
    if path.suffix.lower() not in (".csv", ".yaml", ".yml"):
        raise InputError(f"{where}: expected a file that ends in .csv, .yaml or .yml")
    text = files.read_text(path)
    found = list(_csv(text, where) if path.suffix.lower() == ".csv" else _yaml(text, where))
    if not found:
        raise InputError(f"{where}: expected a row for each report, found none")
    return found


def value(written, where):
    """A value as it is written on a command line or in a cell."""
    try:
        return files.parse_yaml(written, where)
    except InputError as error:
        raise InputError(f"{where}: expected a value, or YAML such as {{a: 1}} ({error})") from error


def _csv(text, where):
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if repeated := {name for name in header if header.count(name) > 1}:
            raise InputError(f"{where}, row 1: expected different columns, found {', '.join(sorted(repeated))} again")
        for row in reader:
            place = f"{where}, row {reader.line_num}"
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise InputError(f"{place}: expected {len(header)} cells, found {len(row)}")
            cells = {name: cell.strip() for name, cell in zip(header, row, strict=True) if cell.strip()}
            yield place, {name: _cell(name, cell, place) for name, cell in cells.items()}
    except csv.Error as error:
        raise InputError(f"{where}, row {reader.line_num}: expected CSV ({error})") from error


def _cell(name, cell, place):
    # These are names, even where they look like numbers.
    return cell if name in ("notebook", "disclosure", "lang", "name") else value(cell, f"{place}, column {name}")


def _yaml(text, where):
    content = files.parse_yaml(text, where)
    if not isinstance(content, list):
        raise InputError(f"{where}: expected a list of mappings, one for each report")
    for number, row in enumerate(content, start=1):
        if not isinstance(row, dict) or not all(isinstance(name, str) for name in row):
            raise InputError(f"{where}, entry {number}: expected a mapping such as {{notebook: debt, disclosure: …}}")
        yield f"{where}, entry {number}", row
