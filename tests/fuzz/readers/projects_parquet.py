"""A user's projects as Parquet: a line for each column, with its type and values."""

import json

import pyarrow
import pyarrow.parquet

from fiscal import datasets

TYPES = {
    **{name: getattr(pyarrow, name)() for name in ("int8", "int64", "uint64", "float32", "float64", "string", "bool_")},
    **{"binary": pyarrow.binary(), "list": pyarrow.list_(pyarrow.int64()), "date": pyarrow.date32()},
    **{"decimal": pyarrow.decimal128(38, 10), "time": pyarrow.timestamp("us", "UTC"), "null": pyarrow.null()},
    "struct": pyarrow.struct([("a", pyarrow.int64())]),
    "words": pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
}
SEEDS = [
    b'project_id string ["P1", "P2"]\ndepartment words ["W", "R"]\nnode string ["may", "september"]\n'
    b"budget_yuan int64 [1000, 5]\nexecuted_yuan int64 [0, 5]\ncompletion_bp int64 [4000, 10000]\n",
    '项目编号 int64 [1, 2]\n部门 string ["W", "R"]\n节点 int64 [5, 9]\n预算（万元） float64 [0.5, 1e3]\n执行（万元） decimal '
    "[0, 5]\n完成率 float64 [0.5, null]\n".encode(),
]


def read(data, folder):
    if path := written(data, folder):
        datasets.read_projects(path)


def written(data, folder):
    """The Parquet file that an input describes, if there can be one."""
    names, columns = [], []
    for line in data.decode("utf-8", "replace").split("\n"):
        words = line.split(" ", 2)
        if len(words) == 3 and words[1] in TYPES:
            try:
                columns.append(pyarrow.array(json.loads(words[2]), TYPES[words[1]]))
            except (ValueError, TypeError, OverflowError, RecursionError, pyarrow.ArrowException):
                continue
            names.append(words[0])
    least = min(map(len, columns), default=0)
    try:
        table = pyarrow.table([column[:least] for column in columns], names=names)
        pyarrow.parquet.write_table(table, folder / "projects.parquet")
    except (ValueError, pyarrow.ArrowException):
        return None
    return folder / "projects.parquet"
