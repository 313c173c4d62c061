"""Pictures: a frame in, axes out, as seaborn does. Call ``theme(lang)`` once first.

Every picture takes ``title`` (the finding) and ``lang`` (en or zh) and gives back matplotlib axes; the label of their
figure is the alternative text. ``COLOURS`` maps what a colour stands for to the colour, the same in all pictures of
documents: *received* blue, *paid* orange, *returning* (tax rebates) grey, *general* green, *special* pink, *total* dark
grey. They are seaborn's "colorblind" palette, told apart with any common colour vision; beside colour there is always
a label.

>>> import fiscal
>>> fiscal.plots.theme("en")
>>> axes = fiscal.plots.debt.limits(fiscal.datasets.debt("urumqi-2020"), "How much of the limit is used")
>>> axes.get_xlabel()
'yi (亿元, 100 million yuan)'
"""

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


def __dir__():
    return list(__all__)
