"""Ratios and amounts computed from figures, each with its formula, its inputs and the interval that rounding leaves.

Columns of every table of measures:

- ``disclosure``, ``fiscal_year``, ``scope``: what it is about
- ``measure``, ``type``: which measure, of what
- ``unit``: *ratio* (1 is 100 %) or *yuan*; ``value``, ``low``, ``high``: Float64, the interval that rounding leaves
- ``numerator``, ``denominator``: the same value exactly, as two whole numbers (Int64)
- ``decimals``: decimals that it supports, of the percentage or of the amount in 亿元
- ``bound``: *at_least* where an input leaves something out; ``band``: the threshold that is reached
- ``formula`` in concept ids, ``inputs`` (figure ids) and ``evidence`` (as printed, with clause or source)
- ``reason`` if missing (*not_stated*, *zero_denominator*, *revenue_sharing*) and ``missing`` (which concepts)
"""

from fiscal.measures.compare import compare
from fiscal.measures.debt import debt, thresholds
from fiscal.measures.transfers import transfers

__all__ = ["compare", "debt", "thresholds", "transfers"]


def __dir__():
    return list(__all__)
