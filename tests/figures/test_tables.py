"""A malformed file gets one message: file, row, and what was expected."""

import pytest

from fiscal import datasets
from fiscal.errors import InputError

FIRST = "transfers.received.general_public:whole:final:2020"


def change(path, old, new, count=1):
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, count), encoding="utf-8")


CASES = {
    "missing column": (lambda p: change(p, ",clause,", ",clauses,"), ["row 1", "missing column clause", "figure_id"]),
    "unknown column": (lambda p: change(p, "remark\n", "remark,mood\n"), ["row 1", "unknown column 'mood'"]),
    "column twice": (lambda p: change(p, "remark\n", "remark,remark\n"), ["row 1", "twice"]),
    "text in a number": (lambda p: change(p, "14243000000", "much"), ["row 2", "value", "a whole number", "'much'"]),
    "fraction in a number": (lambda p: change(p, "14243000000", "1.5"), ["row 2", "value", "a whole number"]),
    "number beyond int64": (lambda p: change(p, "14243000000", "9" * 30), ["row 2", "value", "a whole number"]),
    "number beyond sums": (lambda p: change(p, "14243000000", "9" * 18), ["row 2", "value", "at most"]),
    "unknown concept": (lambda p: change(p, "debt.balance,", "debt.blance,"), ["row 23", "concept", "'debt.blance'"]),
    "duplicate key": (
        lambda p: change(p, "transfers.received.general_public.returning:whole:final:2020", FIRST),
        ["row 3", "figure_id", "once", "as in row 2"],
    ),
    "unknown unit": (lambda p: change(p, "142.43,亿元", "142.43,亿圆"), ["row 2", "disclosed_unit", "'亿圆'"]),
    "unknown scope": (lambda p: change(p, ",whole,", ",all,"), ["row 2", "scope", "whole, own, lower, other"]),
    "value is not what is printed": (lambda p: change(p, "14243000000", "14243000001"), ["row 2", "14243000000"]),
    "unit of another kind": (lambda p: change(p, "142.43,亿元", "142.43,%"), ["row 2", "disclosed_unit", "yuan"]),
    "printed number is none": (lambda p: change(p, ",142.43,", ",lots,"), ["row 2", "disclosed", "'lots'"]),
    "unknown remark": (lambda p: change(p, "scope.interpreted", "scope.guessed"), ["row 2", "'scope.guessed'"]),
    "a cell too few": (lambda p: change(p, ",stated,", ",", 1), ["row 2", "21 cells", "found 20"]),
    "missing value": (lambda p: change(p, "14243000000", ""), ["row 2", "value", "a value"]),
    "empty file": (lambda p: p.write_text(""), ["row 1", "the file is empty"]),
    "not UTF-8": (lambda p: p.write_bytes("乌鲁木齐".encode("gb18030")), ["UTF-8", "0xce"]),
    "broken quotes": (lambda p: change(p, ",142.43,", ',"142".43,'), ["row 2", "CSV"]),
    "not there": (lambda p: p.unlink(), ["can't be read", "No such file"]),
}


@pytest.mark.parametrize("case", CASES)
def test_malformed_figures(own_data, case):
    breaks, expected = CASES[case]
    breaks(own_data / "figures.csv")
    with pytest.raises(InputError) as caught:
        datasets.figures("testville-2020")
    message = str(caught.value)
    assert "figures.csv" in message
    assert "\n" not in message
    for words in expected:
        assert words in message


def test_several_problems_are_counted(own_data):
    change(own_data / "figures.csv", ",final,", ",finale,", 3)
    with pytest.raises(InputError, match=r"row 2, column basis.*\(and 2 more\)"):
        datasets.figures("testville-2020")


def test_byte_order_mark_is_no_part_of_the_first_column(own_data):
    path = own_data / "figures.csv"
    path.write_text("\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(datasets.figures("testville-2020")) == 29


YAML = {
    "not YAML": ("id: [testville", "line"),
    "empty": ("", "the file: must be a mapping"),
    "a list": ("- 1", "the file: must be a mapping"),
    "year as text": ("fiscal_year: next", "fiscal_year: must be integer"),
    "another id": ("id: elsewhere-2020", "testville-2020"),
    "an object": ("id: !!python/object:os.system {}", "line 1"),
}


@pytest.mark.parametrize("case", YAML)
def test_unreadable_source(own_data, case):
    content, expected = YAML[case]
    path = own_data / "source.yaml"
    if case in ("year as text", "another id"):
        key = content.split(":")[0]
        lines = path.read_text(encoding="utf-8").splitlines()
        content = "\n".join(content if line.startswith(key + ":") else line for line in lines)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        datasets.figures("testville-2020")
    assert "source.yaml" in str(caught.value)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)
