"""Computed sentences in English and Chinese: every number in them knows its clause, printed form and formula.

>>> import fiscal
>>> debt = fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))
>>> facts = fiscal.narrative.facts("urumqi-2020", debt, "en")
>>> sentence = fiscal.narrative.debt.headline(facts)
>>> print(sentence)
At the end of 2020 Urumqi owed 1,188.94 yi, 86.12% of its debt limit; 65.89% of it is special debt.
>>> print(sentence.facts[0].provenance)
Government debt balance
printed 1188.94亿元, clause II
stated in the document
scope read as the whole area (interpreted: the text says "our city" or nothing)
"""

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
