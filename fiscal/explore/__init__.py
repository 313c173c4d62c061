"""Panels to play with in JupyterLab: the rules of a policy, and what a document says of debt and of transfers.

>>> from fiscal import explore
>>> explore.rules("urumqi-2020")        # doctest: +SKIP

Each gives a widget that displays itself as the last value of a cell. Call ``fiscal.plots.theme(lang)`` once first.
"""

from fiscal.explore.document import debt, transfers
from fiscal.explore.panel import rules

__all__ = ["debt", "rules", "transfers"]
