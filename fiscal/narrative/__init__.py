"""Computed sentences in English and Chinese: every number in them knows its clause, printed form and formula."""

from fiscal.narrative import debt, document, evaluation, transfers
from fiscal.narrative.facts import Facts, facts
from fiscal.narrative.outcome import outcome
from fiscal.narrative.prose import Bullets, Fact, Prose, Table, say

__all__ = [
    "Bullets",
    "Fact",
    "Facts",
    "Prose",
    "Table",
    "debt",
    "document",
    "evaluation",
    "facts",
    "outcome",
    "say",
    "transfers",
]
