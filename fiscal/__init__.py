"""From a Chinese local government's published final accounts to cited figures, rules and reports.

>>> import fiscal
>>> fiscal.datasets.debt("urumqi-2020")          # doctest: +SKIP
>>> fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))   # doctest: +SKIP

Every part loads when it is first used, so that ``import fiscal`` costs next to nothing.
"""

from importlib import import_module

__version__ = "0.1.0"
__all__ = [
    "audit",
    "datasets",
    "exports",
    "figures",
    "measures",
    "narrative",
    "plots",
    "reporting",
    "rules",
    "teaching",
]


def __getattr__(name):
    if name in __all__:
        return import_module(f"fiscal.{name}")
    raise AttributeError(f"module 'fiscal' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__():
    return [*__all__, "__version__"]
