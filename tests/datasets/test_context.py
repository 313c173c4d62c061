import pytest

from fiscal import datasets
from fiscal.errors import InputError

GOOD = "{concept: capacity.comprehensive, fiscal_year: 2020, value: 900.5, unit: 亿元, source: a yearbook}"


def write(tmp_path, *entries):
    path = tmp_path / "context.yaml"
    path.write_text("figures:\n" + "".join(f"  - {entry}\n" for entry in entries), encoding="utf-8")
    return path


def test_a_cited_figure_is_read_exactly(tmp_path):
    row = datasets.context(write(tmp_path, GOOD)).iloc[0]
    assert (row["value"], row["source"], row["scope"]) == (90_050_000_000, "a yearbook", "whole")


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([GOOD.replace(", source: a yearbook", "")], "figures[0]: must contain ['source'] properties"),
        ([GOOD.replace("capacity.comprehensive", "capacity")], "figure 1, concept"),
        ([GOOD.replace("亿元", "人次")], "figure 1, unit: expected a unit of yuan"),
        ([GOOD.replace("900.5", "plenty")], "figure 1, value: expected a number"),
        ([GOOD, GOOD], "figure 2: expected each concept once"),
        ([], "figures: must be a list"),
    ],
)
def test_a_wrong_entry_is_refused(tmp_path, entries, expected):
    with pytest.raises(InputError) as caught:
        datasets.context(write(tmp_path, *entries))
    assert "context.yaml" in str(caught.value)
    assert expected in str(caught.value)
