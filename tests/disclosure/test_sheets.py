"""Tables in plain text, in many layouts: every figure read is the known one, and nearly all are read."""

import random
import re
from dataclasses import replace

import pytest
import sheets

from fiscal.disclosure import extract
from fiscal.disclosure.rows import rows

TEXTS, SOAK = 200, 10_000
RECALL = 0.97


def judged(seed, blank=False):
    """The text of a seed, what was read otherwise than it is, the figures it has and those that were read.

    ``blank``: with the words or the number of one cell left out.
    """
    chance = random.Random(seed)
    text = sheets.write(chance)
    if blank:
        text = replace(text, text=blanked(text.text, chance))
    wrong, found = [], set()
    for row in extract(text.text, text.jurisdiction, text.year).figures.itertuples():
        if row.status != "stated":
            continue
        place, key = (row.span_start, row.span_end), (row.concept, row.scope, row.basis, row.fiscal_year)
        amount = text.amounts.get(place)
        if amount is None or key not in amount.figures or amount.value != row.value:
            wrong.append(f"{row.disclosed}{row.disclosed_unit} is not {key} but {amount and amount.figures}")
        else:
            found.add((amount.figures[0], amount.value))
    needed = {(text.amounts[place].figures[0], text.amounts[place].value) for place in text.needed}
    return text.text, wrong, needed, needed & found


def blanked(text, chance):
    """A text with one word of a table's row replaced by as many spaces."""
    begins = sorted(rows(text))
    start = chance.choice(begins)
    words = [match for match in re.finditer(r"[^\s|]+", text[start:].splitlines()[0]) if "---" not in match[0]]
    if not words:
        return text
    word = chance.choice(words)
    first, last = start + word.start(), start + word.end()
    return text[:first] + "".join("　" if ord(c) > 255 else " " for c in text[first:last]) + text[last:]


def examine(seeds):
    known = read = 0
    for seed in seeds:
        text, wrong, needed, found = judged(seed)
        assert not wrong, f"seed {seed}: {wrong}\n{text}"
        known, read = known + len(needed), read + len(found)
    assert read >= RECALL * known, f"{read} of {known} figures were read ({read / known:.2%})"


def test_tables_of_every_layout_give_their_figures_and_no_other():
    examine(range(TEXTS))


def test_a_cell_left_out_makes_no_figure_of_another_row_or_column():
    for seed in range(TEXTS):
        text, wrong, _, _ = judged(seed, blank=True)
        assert not wrong, f"seed {seed}: {wrong}\n{text}"


@pytest.mark.soak
def test_so_it_is_in_thousands_of_texts():
    examine(range(TEXTS, TEXTS + SOAK))
