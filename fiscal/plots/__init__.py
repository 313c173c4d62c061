"""Pictures: a frame in, axes out, as seaborn does. Call ``theme(lang)`` once first."""

from fiscal.plots import compare, debt, evaluation, transfers, transparency
from fiscal.plots.bars import amounts, counts
from fiscal.plots.theme import COLOURS, cited, theme

__all__ = [
    "COLOURS",
    "amounts",
    "cited",
    "compare",
    "counts",
    "debt",
    "evaluation",
    "theme",
    "transfers",
    "transparency",
]
