"""What was received, what was paid on, and how the two compare."""

import pandas as pd

from fiscal.measures.printed import Printed, documents, scopes_of
from fiscal.measures.quantity import money, ratio, table, total

# Flows are compared to a tenth of a percent: finer differences between two flows say nothing.
DECIMALS = 1
BUDGETS = ["general_public", "government_fund", "state_capital"]
PARTS = {"returning": "returning", "general": "grants.general", "special": "grants.special"}
DIRECTIONS = ("received", "paid")


def transfers(figures) -> pd.DataFrame:
    """Measures of transfers, one row each, for every document and year in a frame of figures.

    ``composition.received`` and ``composition.paid``: share of rebates (*returning*), *general* and *special*
    transfers in the general public budget. ``paid_to_received``: paid divided by received, by budget and
    type; a ratio of two flows, not a trace of the same money, before what is remitted upwards. Tax rebates
    are revenue sharing and have no such ratio (reason ``revenue_sharing``). ``paid_less_received`` (yuan),
    and ``sum.received`` and ``sum.paid`` over the three budgets (yuan).

    Columns: see ``fiscal.measures``. Source: clauses I.1 and I.2 of the documents.

    >>> transfers = fiscal.measures.transfers(fiscal.datasets.figures("urumqi-2020"))
    >>> transfers.query("measure == 'paid_to_received'")[["type", "value", "low", "high"]]
                   type     value       low      high
    8           general  0.678663  0.678543  0.678783
    10          special  1.022156  1.021853  1.022458
    12           grants  0.789596  0.789423  0.789769
    14  government_fund  0.935371  0.935128  0.935613
    16    state_capital  0.595238  0.576471  0.614458
    18        returning      <NA>      <NA>      <NA>
    """
    rows = []
    for disclosure, year, document in documents(figures, "transfers."):
        printed = Printed(document, year)
        about = {"disclosure": disclosure, "fiscal_year": year, "scope": "whole"}
        rows += [about | row for row in _measures(printed)]
    return table(rows)


def _measures(printed):
    def flow(direction, concept):
        full = f"transfers.{direction}.{concept}"
        return printed(full, *scopes_of(full))

    for direction in DIRECTIONS:
        whole = flow(direction, "general_public")
        for name, concept in PARTS.items():
            part = flow(direction, f"general_public.{concept}")
            yield {"measure": f"composition.{direction}", "type": name} | ratio(part, whole, DECIMALS)
        budgets = total(*(flow(direction, budget) for budget in BUDGETS))
        yield {"measure": f"sum.{direction}", "type": "total"} | money(budgets)
    compared = {
        "general": "general_public.grants.general",
        "special": "general_public.grants.special",
        "grants": "general_public.grants",
        "government_fund": "government_fund",
        "state_capital": "state_capital",
    }
    for name, concept in compared.items():
        received, paid = flow("received", concept), flow("paid", concept)
        yield {"measure": "paid_to_received", "type": name} | ratio(paid, received, DECIMALS)
        yield {"measure": "paid_less_received", "type": name} | money(total(paid, received, sign=-1))
    yield {"measure": "paid_to_received", "type": "returning", "unit": "ratio", "reason": "revenue_sharing"}
