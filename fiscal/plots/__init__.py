"""Pictures: a frame in, axes out, as seaborn does. Call ``theme(lang)`` once first."""

from fiscal.plots import debt, evaluation, transfers
from fiscal.plots.theme import COLOURS, theme

__all__ = ["COLOURS", "debt", "evaluation", "theme", "transfers"]
