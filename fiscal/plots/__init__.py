"""Pictures: a frame in, axes out, as seaborn does. Call ``theme(lang)`` once first."""

from fiscal.plots import compare, debt, evaluation, transfers, transparency
from fiscal.plots.theme import COLOURS, theme

__all__ = ["COLOURS", "compare", "debt", "evaluation", "theme", "transfers", "transparency"]


def __dir__():
    return list(__all__)
