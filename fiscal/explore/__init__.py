"""Panels to play with in JupyterLab: the rules of a policy, and what a document says of debt and of transfers.

>>> import fiscal
>>> panel = fiscal.explore.rules("urumqi-2020")

Each gives a widget that displays itself as the last value of a cell.
"""

from fiscal.explore.document import debt, transfers
from fiscal.explore.panel import rules

__all__ = ["debt", "rules", "transfers"]


def __dir__():
    return list(__all__)
