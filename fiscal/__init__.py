"""From a Chinese local government's published final accounts to cited figures, rules and reports.

>>> import fiscal
>>> debt = fiscal.datasets.debt("urumqi-2020")
>>> debt.query("item == 'balance' and type == 'special'")[["value_yuan", "disclosed", "disclosed_unit", "clause"]]
     value_yuan disclosed disclosed_unit clause
11  78340000000     783.4             亿元     II
>>> measures = fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))
>>> print(fiscal.narrative.facts("urumqi-2020", measures, "en").measure("limit_use", "special"))
87.01%

Every part loads when it is first used, so that ``import fiscal`` costs next to nothing.
"""

from importlib import import_module

__version__ = "0.1.0"
PARTS = [
    "audit",
    "datasets",
    "disclosure",
    "explore",
    "exports",
    "figures",
    "kernels",
    "measures",
    "narrative",
    "plots",
    "reporting",
    "rules",
    "teaching",
    "text",
]
__all__ = [*PARTS, "show"]


def __getattr__(name):
    if name == "show":
        return import_module("fiscal.display").show
    if name in PARTS:
        return import_module(f"fiscal.{name}")
    raise AttributeError(f"module 'fiscal' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__():
    return [*__all__, "__version__"]
