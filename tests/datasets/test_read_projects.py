"""A user's own projects: units and rates are settled at the door, or refused with row and column."""

import pandas as pd
import pytest

from fiscal import datasets
from fiscal.errors import InputError

ROWS = [
    ["P1", "D1", "may", "100", "20", "0.35"],
    ["P1", "D1", "september", "100", "90", "0.9"],
]
HEAD = ["project_id", "department", "node", "budget_yuan", "executed_yuan", "completion"]


def write(tmp_path, head=HEAD, rows=ROWS, name="projects.csv"):
    path = tmp_path / name
    frame = pd.DataFrame(rows, columns=head)
    {"csv": frame.to_csv, "xlsx": frame.to_excel, "parquet": frame.to_parquet}[path.suffix[1:]](path, index=False)
    return path


@pytest.mark.parametrize("name", ["projects.csv", "projects.xlsx", "projects.parquet"])
def test_every_format_gives_the_same_frame(tmp_path, name):
    frame = datasets.read_projects(write(tmp_path, name=name))
    assert frame["completion_bp"].tolist() == [3500, 9000]
    assert frame["budget_yuan"].dtype == "int64"
    assert frame["node"].tolist() == ["may", "september"]


def test_official_words_and_units_are_read(tmp_path):
    head = ["项目编号", "部门", "节点", "预算（万元）", "执行数（万元）", "完成率"]
    frame = datasets.read_projects(write(tmp_path, head, [["P1", "教育", "5月", "1,234.56", "0", "80%"]]))
    assert frame.iloc[0].tolist() == ["P1", "教育", "may", 12_345_600, 0, 8000]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["0.8", "1"], [8000, 10_000]),
        (["80", "100"], [8000, 10_000]),
        (["80", "0"], [8000, 0]),
        (["80.5%", "100％"], [8050, 10_000]),
        (["0.8001", "0"], [8001, 0]),
    ],
)
def test_rates_are_told_apart(tmp_path, written, expected):
    rows = [[*row[:-1], rate] for row, rate in zip(ROWS, written, strict=True)]
    assert datasets.read_projects(write(tmp_path, rows=rows))["completion_bp"].tolist() == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["0.8", "90"], "row 2, column completion: '0.8' beside '90' in row 3"),
        (["0", "1"], "nothing tells 1 from 1 % or 100 %"),
        (["80%", "90"], "row 3, column completion: expected a % sign"),
        (["0.80001", "0.9"], "row 2, column completion: finer than a basis point"),
        (["-0.1", "0.9"], "row 2, column completion: expected a number from zero"),
        (["most", "0.9"], "row 2, column completion: expected a number, found 'most'"),
        (["", "0.9"], "row 2, column completion: expected a number, found ''"),
    ],
)
def test_rates_that_could_be_read_two_ways_are_refused(tmp_path, written, expected):
    rows = [[*row[:-1], rate] for row, rate in zip(ROWS, written, strict=True)]
    with pytest.raises(InputError) as caught:
        datasets.read_projects(write(tmp_path, rows=rows))
    assert "projects.csv" in str(caught.value)
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("head", "rows", "expected"),
    [
        ([*HEAD[:3], "budget", *HEAD[4:]], ROWS, "expected the unit of 'budget' in its name"),
        (HEAD[:-1], [row[:-1] for row in ROWS], "missing column completion"),
        (HEAD, [], "found no row"),
        (HEAD, [[*ROWS[0][:3], "1.5", *ROWS[0][4:]]], "row 2, column budget_yuan: expected a whole number of yuan"),
        (HEAD, [[*ROWS[0][:2], "spring", *ROWS[0][3:]]], "row 2, column node: expected a month such as may"),
        (HEAD, [ROWS[0], ROWS[0]], "row 3: P1 is there twice"),
        (HEAD, [["", *ROWS[0][1:]]], "row 2, column project_id: expected a value"),
        ([*HEAD[:4], "budget_wanyuan", *HEAD[5:]], ROWS, "could be the budget"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, head, rows, expected):
    with pytest.raises(InputError, match=expected):
        datasets.read_projects(write(tmp_path, head, rows))


def test_a_broken_or_unknown_file_is_one_line(tmp_path):
    for name, expected in (
        ("a.xlsx", "can't be read as .xlsx"),
        ("a.parquet", "can't be read as"),
        ("a.doc", "expected a"),
    ):
        path = tmp_path / name
        path.write_bytes(b"no such thing")
        with pytest.raises(InputError, match=expected) as caught:
            datasets.read_projects(path)
        assert "\n" not in str(caught.value)
    with pytest.raises(InputError, match="can't be read"):
        datasets.read_projects(tmp_path / "absent.csv")
