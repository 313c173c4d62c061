"""A user's own projects from CSV, Parquet or Excel: units and rates are settled here, once, with messages by row."""

import csv
import re
import warnings
import zipfile
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd

from fiscal import files, resources
from fiscal.errors import InputError
from fiscal.text import MONTHS

# What a column may be called: its own name, or the words of an official's table.
NAMES = {
    "project_id": ("project_id", "项目编号", "项目编码"),
    "department": ("department", "部门", "预算部门"),
    "node": ("node", "节点", "评测节点"),
    "budget": ("budget", "预算", "预算数", "预算金额"),
    "executed": ("executed", "执行", "执行数", "支出数"),
    "completion": ("completion", "完成率", "绩效目标完成率"),
}
NODES = {
    word: name.lower()
    for number, name in enumerate(MONTHS, start=1)
    for word in (name.lower(), f"{number}", f"{number}月", f"{number}月底")
}
MONEY = {"yuan": 1, "元": 1, "wanyuan": 10_000, "万元": 10_000}
UNIT = re.compile(r"(?P<name>.*?)[ _]?[(（]?(?P<unit>yuan|wanyuan|万元|元|bp)?[)）]?", re.DOTALL)
UNPACKED = 500_000_000  # bytes of a workbook's parts
NUMBER = re.compile(r"[+-]?([0-9]{1,25}(\.[0-9]{0,25})?|\.[0-9]{1,25})([eE][+-]?[0-9]{1,2})?")


def read_projects(path) -> pd.DataFrame:
    """Projects at their nodes, ready for ``fiscal.rules.monitor``, from a .csv, .parquet or .xlsx file.

    Columns (English, or the official Chinese words): project_id, department, node (a month: may, 5月, 9),
    budget and executed with their unit in the name (``budget_yuan``, ``预算（万元）``), completion
    (``completion_bp``, or a rate written as 0.8, 80 or 80%). Returns ``project_id``, ``department``, ``node``,
    ``budget_yuan``, ``executed_yuan`` and ``completion_bp`` (int64).

    Raises InputError with row (the header is row 1) and column: a rate that could be read two ways, an amount
    that is no whole number of yuan, a missing value, a project twice at a node.

    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp()) / "projects.csv"
    >>> row = {"project_id": "P1", "department": "Water", "node": "may"}
    >>> row |= {"budget_yuan": 1_000_000, "executed_yuan": 0, "completion": "40%"}
    >>> import pandas as pd
    >>> pd.DataFrame([row]).to_csv(path, index=False)
    >>> fiscal.datasets.read_projects(path)[["project_id", "node", "budget_yuan", "completion_bp"]]
      project_id node  budget_yuan  completion_bp
    0         P1  may      1000000           4000
    """
    where = resources.shown(path)
    raw = _read(Path(path), where)
    columns = _columns(raw, where)
    frame = pd.DataFrame(
        {
            "project_id": _words(raw, columns["project_id"], where),
            "department": _words(raw, columns["department"], where),
            "node": _nodes(raw, columns["node"], where),
            "budget_yuan": _money(raw, columns["budget"], where),
            "executed_yuan": _money(raw, columns["executed"], where),
            "completion_bp": _rates(raw, columns["completion"], where),
        }
    )
    twice = frame.duplicated(["project_id", "node"])
    if twice.any():
        first = int(twice.to_numpy().argmax())
        raise InputError(f"{where}, row {first + 2}: {frame['project_id'][first]} is there twice at this node")
    return frame


def _read(path, where):
    if path.suffix not in READERS:
        raise InputError(f"{where}: expected a .csv, .parquet or .xlsx file")
    content = BytesIO(files.read(path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what of a workbook is not read, such as its styles, is not asked for
            raw = READERS[path.suffix](content)
    except ImportError as error:
        raise InputError(f"{where}: .parquet needs pyarrow: pip install 'fiscal-notebooks[files]'") from error
    except UnicodeDecodeError as error:
        found = f"found byte {error.object[error.start]:#x}"
        raise InputError(f"{where}: expected text in UTF-8, {found}") from error
    except Exception as error:  # each library has its own errors for a broken file
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        raise InputError(f"{where}: can't be read as {path.suffix} ({said})") from error
    if raw.empty:
        raise InputError(f"{where}: expected projects, found no row")
    return raw


def _csv(content):
    rows = [row for row in csv.reader(StringIO(content.read().decode("utf-8-sig"), newline=""), strict=True) if row]
    header, *rows = rows or [[]]
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise ValueError(f"row {number}: expected {len(header)} cells, found {len(row)}")
    return pd.DataFrame(rows, columns=header, dtype="str")


def _workbook(content):
    with zipfile.ZipFile(content) as archive:
        size = sum(entry.file_size for entry in archive.infolist())  # unpacking stops there
    if size > UNPACKED:
        raise ValueError(f"it unpacks to {size:,} bytes, more than {UNPACKED:,}")
    return pd.read_excel(content, dtype=object)


READERS = {".csv": _csv, ".xlsx": _workbook, ".parquet": pd.read_parquet}


def _columns(raw, where):
    """Which column holds what: (name in the file, unit)."""
    found = {}
    for column in raw.columns:
        match = UNIT.fullmatch(str(column).strip())
        for name, words in NAMES.items():
            if match["name"] in words:
                if name in found:
                    raise InputError(f"{where}, row 1: both {found[name][0]!r} and {column!r} could be the {name}")
                found[name] = (column, match["unit"])
    if missing := [name for name in NAMES if name not in found]:
        raise InputError(
            f"{where}, row 1: missing column {', '.join(missing)}; found {', '.join(map(str, raw.columns))}"
        )
    for name in ("budget", "executed"):
        if found[name][1] not in MONEY:
            raise InputError(
                f"{where}, row 1: expected the unit of {found[name][0]!r} in its name: {name}_yuan or （万元）"
            )
    return found


def _cells(raw, column):
    """(row number in the file, text) for each cell; empty where there is none."""
    for number, value in enumerate(raw[column].tolist(), start=2):
        yield number, "" if pd.api.types.is_scalar(value) and pd.isna(value) else str(value).strip()


def _words(raw, column, where):
    words = []
    for number, text in _cells(raw, column[0]):
        if not text:
            raise InputError(f"{where}, row {number}, column {column[0]}: expected a value")
        words.append(text)
    return words


def _nodes(raw, column, where):
    nodes = []
    for number, word in _cells(raw, column[0]):
        if word.lower() not in NODES:
            raise InputError(f"{where}, row {number}, column {column[0]}: expected a month such as may, found {word!r}")
        nodes.append(NODES[word.lower()])
    return nodes


def _number(text, number, column, where):
    written = text.replace(",", "").replace("，", "")
    if not NUMBER.fullmatch(written):
        raise InputError(f"{where}, row {number}, column {column}: expected a number, found {text!r}")
    if (value := Fraction(written)) < 0:
        raise InputError(f"{where}, row {number}, column {column}: expected a number from zero, found {text!r}")
    return value


def _money(raw, column, where):
    name, unit = column
    amounts = []
    for number, text in _cells(raw, name):
        yuan = _number(text, number, name, where) * MONEY[unit]
        if yuan.denominator > 1 or yuan >= 2**63:
            raise InputError(f"{where}, row {number}, column {name}: expected a whole number of yuan, found {text!r}")
        amounts.append(int(yuan))
    return pd.array(amounts, dtype="int64")


def _rates(raw, column, where):
    """Basis points. Without a unit a column is of fractions or of percentages as a whole, or it is refused."""
    name, unit = column
    cells = list(_cells(raw, name))
    values = [_number(text.rstrip("%％"), number, name, where) for number, text in cells]
    signed = [text.endswith(("%", "％")) for _, text in cells]
    if unit == "bp":
        factor = 1
    elif all(signed):
        factor = 100
    elif any(signed):
        odd = cells[signed.index(False)]
        raise InputError(f"{where}, row {odd[0]}, column {name}: expected a % sign as in other rows, found {odd[1]!r}")
    else:
        factor = _factor(cells, values, name, where)
    rates = []
    for (number, text), value in zip(cells, values, strict=True):
        points = value * factor
        if points.denominator > 1 or points > 10**9:
            raise InputError(f"{where}, row {number}, column {name}: finer than a basis point or too large: {text!r}")
        rates.append(int(points))
    return pd.array(rates, dtype="int64")


def _factor(cells, values, name, where):
    small = [cell for cell, value in zip(cells, values, strict=True) if 0 < value < 1]
    large = [cell for cell, value in zip(cells, values, strict=True) if value > 2]
    if small and not large:
        return 10_000
    if large and not small:
        return 100
    if small:
        number, text = small[0]
        raise InputError(
            f"{where}, row {number}, column {name}: {text!r} beside {large[0][1]!r} in row {large[0][0]} could be a"
            " fraction or a percentage; write % signs, or basis points in a column completion_bp"
        )
    raise InputError(f"{where}, column {name}: nothing tells 1 from 1 % or 100 %; write % signs, or completion_bp")
