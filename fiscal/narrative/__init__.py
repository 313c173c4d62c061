"""Computed sentences in English and Chinese: every number in them knows its clause, printed form and formula."""

from fiscal.narrative import compare, debt, document, evaluation, transfers, transparency
from fiscal.narrative.compare import comparison
from fiscal.narrative.facts import Facts, facts
from fiscal.narrative.outcome import outcome
from fiscal.narrative.prose import Bullets, Fact, Prose, Table, say

__all__ = [
    "Bullets",
    "Fact",
    "Facts",
    "Prose",
    "Table",
    "compare",
    "comparison",
    "debt",
    "document",
    "evaluation",
    "facts",
    "outcome",
    "say",
    "transfers",
    "transparency",
]


def __dir__():
    return list(__all__)
