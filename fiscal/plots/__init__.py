"""Pictures: a frame in, axes out, as seaborn does. Call ``theme(lang)`` once first.

>>> import fiscal
>>> fiscal.plots.theme("en")
>>> axes = fiscal.plots.debt.limits(fiscal.datasets.debt("urumqi-2020"), "How much of the limit is used")
>>> axes.get_xlabel()
'yi (亿元, 100 million yuan)'
"""

from fiscal.plots import compare, debt, evaluation, transfers, transparency
from fiscal.plots.theme import COLOURS, theme

__all__ = ["COLOURS", "compare", "debt", "evaluation", "theme", "transfers", "transparency"]


def __dir__():
    return list(__all__)
