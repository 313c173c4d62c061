"""Edits of a person lie over what was read; the document's own text, where it is kept, is re-read."""

import csv

import pytest

import fiscal
from fiscal import datasets
from fiscal.errors import InputError
from fiscal.figures import tables

BALANCE = "debt.balance:whole:final:2020"


def edit(folder, **cells):
    columns = [field["name"] for field in tables.schema("edits")["fields"]]
    with open(folder / "edits.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerow(dict.fromkeys(columns, "") | {"action": "replace", "reason": "a slip"} | cells)


def test_a_replaced_figure_is_marked_edited_and_the_file_that_was_read_is_untouched(own_data):
    before = (own_data / "figures.csv").read_bytes()
    edit(own_data, figure_id=BALANCE, disclosed="1188.95")
    row = datasets.figures("testville-2020").set_index("figure_id").loc[BALANCE]
    assert (row["value"], row["status"]) == (118_895_000_000, "edited")
    assert (own_data / "figures.csv").read_bytes() == before


def test_a_figure_can_be_added_and_dropped(own_data):
    new = {"figure_id": "debt.onlent_foreign:whole:final:2020", "concept": "debt.onlent_foreign"}
    context = {"jurisdiction": "某市", "fiscal_year": "2020", "scope": "whole", "basis": "final", "unit": "yuan"}
    edit(own_data, action="add", disclosed="1.4", disclosed_unit="亿元", **new, **context)
    figures = datasets.figures("testville-2020").set_index("figure_id")
    assert figures.loc[new["figure_id"], "value"] == 140_000_000
    edit(own_data, action="drop", figure_id=BALANCE)
    assert BALANCE not in set(datasets.figures("testville-2020")["figure_id"])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"figure_id": "debt.blance"}, "row 2, column figure_id"),
        ({"figure_id": BALANCE, "value": "1"}, "expected 118894000000"),
        ({"figure_id": BALANCE, "disclosed": "many"}, "row 2, column disclosed"),
        ({"figure_id": "new", "action": "add", "concept": "debt.balance"}, "column jurisdiction: expected a value"),
        ({"figure_id": BALANCE, "reason": ""}, "column reason: expected a value"),
    ],
)
def test_a_wrong_edit_is_refused(own_data, cells, expected):
    edit(own_data, **cells)
    with pytest.raises(InputError) as caught:
        datasets.figures("testville-2020")
    assert "edits.csv" in str(caught.value)
    assert expected in str(caught.value)


def test_spans_are_re_read_where_the_text_is_kept(own_data, seed_text):
    (own_data / "source.txt").write_text(seed_text, encoding="utf-8", newline="")
    checked = fiscal.figures.check("testville-2020")
    assert set(checked.loc[checked["kind"] == "span", "outcome"]) == {"holds"}
    (own_data / "source.txt").write_text(seed_text.replace("1188.94", "1188.49"), encoding="utf-8", newline="")
    checked = fiscal.figures.check("testville-2020")
    wrong = checked[(checked["kind"] == "span") & (checked["outcome"] == "discrepancy")]
    assert list(wrong["identity"]) == [f"span:{BALANCE}"]
