"""Kernels that start at once: forked from a process that has the heavy libraries imported.

``nursery`` is that process, ``warm`` starts one and asks it for kernels, ``provisioner`` makes them available to every
Jupyter tool through the kernelspec ``fiscal``, ``manager`` is what reports use, ``pictures`` has each drawn once.

>>> from fiscal.kernels import manager
>>> manager.specification().display_name
'Python 3 (fiscal, starts at once)'
"""

from importlib import import_module

__all__ = ["limits", "manager", "nursery", "pictures", "provisioner", "warm"]


def __getattr__(name):
    if name in __all__:
        return import_module(f"fiscal.kernels.{name}")
    raise AttributeError(f"module 'fiscal.kernels' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__():
    return list(__all__)
