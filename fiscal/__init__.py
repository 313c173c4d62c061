"""From a Chinese local government's published final accounts to cited figures, rules and reports.

>>> import fiscal
>>> fiscal.datasets.debt("urumqi-2020")          # doctest: +SKIP
>>> fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))   # doctest: +SKIP

Every part loads when it is first used, so that ``import fiscal`` costs next to nothing.
"""

from importlib import import_module

__version__ = "0.1.0"
PARTS = ["audit", "datasets", "explore", "exports", "figures", "measures", "narrative", "plots", "reporting", "rules"]
__all__ = [*PARTS, "show"]


def __getattr__(name):
    if name == "show":
        return import_module("fiscal.display").show
    if name in PARTS:
        return import_module(f"fiscal.{name}")
    raise AttributeError(f"module 'fiscal' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__():
    return [*__all__, "__version__"]
