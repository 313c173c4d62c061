"""Short passages in which carrying on could go astray: what a careful reader takes is read, and nothing else."""

import re
from pathlib import Path

import pytest
import yaml

from fiscal.disclosure import extract

PASSAGES = yaml.safe_load(Path(__file__).with_name("passages.yaml").read_text(encoding="utf-8"))
PLACE, YEAR = "嘉兴市", 2022
SCOPES, BASES = {"own", "lower"}, {"budget", "execution", "expected"}
AMOUNT = re.compile(r"([0-9.]+)(亿元|万元|%)?")


def figures(lines):
    """The figures that lines such as ``debt.balance own 2021 40亿元`` write."""
    found = set()
    for line in lines:
        concept, *said, amount = line.split()
        scope = next((word for word in said if word in SCOPES), "whole")
        basis = next((word for word in said if word in BASES), "final")
        year = next((int(word) for word in said if word.isdecimal()), None)
        month = next((word for word in said if "-" in word), "")
        found.add((concept, scope, basis, year, month, AMOUNT.fullmatch(amount)[1]))
    return found


def read_from(text, place, year):
    """The figures that are read, in the same form."""
    rows = extract(text, place, year).figures.query("status == 'stated'").itertuples()
    return {
        (
            row.concept,
            row.scope,
            row.basis,
            None if row.fiscal_year == year else row.fiscal_year,
            row.as_of,
            row.disclosed,
        )
        for row in rows
    }


@pytest.mark.parametrize("passage", PASSAGES, ids=[each["about"] for each in PASSAGES])
def test_a_passage_gives_what_a_careful_reader_takes(passage):
    year = passage.get("year", YEAR)
    read = read_from(passage["text"], passage.get("place", PLACE), year)
    must = figures(passage.get("read", ()))
    assert read - must - figures(passage.get("may", ())) == set()
    assert must - read == set()
