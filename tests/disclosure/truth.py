"""Documents with the figures that a careful reader takes from them, and how a reading compares."""

import json
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from fiscal.disclosure import extract

DOCUMENTS = Path(__file__).parent / "documents"


class Compared(NamedTuple):
    """Figures that were read as other than they are, those that were missed, and how many there are."""

    wrong: list
    missed: list
    known: int


def compare(path):
    """Read the document beside a file of known figures and compare."""
    truth = json.loads(path.read_text(encoding="utf-8"))
    year = truth["fiscal_year"]
    read = extract(path.with_suffix(".txt"), truth["jurisdiction"], year).figures
    found = Counter(
        (row.concept, row.scope, row.basis, row.fiscal_year, row.as_of, row.value)
        for row in read[read["status"] == "stated"].itertuples()
        if row.scope != "other"
    )
    derived = {(row.concept, row.value) for row in read[read["status"] == "derived"].itertuples()}
    missed, accepted = [], set()
    for figure in truth["figures"]:
        readings = {
            (figure["concept"], scope, basis, figure.get("fiscal_year", year), figure.get("as_of", ""), figure["value"])
            for scope in (figure["scope"], *figure.get("accept_scope", ()))
            for basis in (figure["basis"], *figure.get("accept_basis", ()))
        }
        accepted |= readings
        optional = figure.get("derived") or (figure["concept"], figure["value"]) in derived
        if not readings & set(found) and not optional:
            missed.append(figure)
    return Compared([each for each in found if each not in accepted], missed, len(truth["figures"]))
