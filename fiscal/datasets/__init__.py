"""Clean, tidy data frames of what governments published, one line each, as ``seaborn.load_dataset`` is.

>>> from fiscal import datasets
>>> debt = datasets.debt("urumqi-2020")
>>> debt.query("item == 'balance' and type == 'total'")["value_yuan"].item()
118894000000
"""

from fiscal.datasets.context import context
from fiscal.datasets.frames import debt, disclosures, figures, performance, source, statements, transfers, unread
from fiscal.datasets.projects import read_projects
from fiscal.datasets.synthetic import projects, synthetic, tables

__all__ = [
    "context",
    "debt",
    "disclosures",
    "figures",
    "performance",
    "projects",
    "read_projects",
    "source",
    "statements",
    "synthetic",
    "tables",
    "transfers",
    "unread",
]


def __dir__():
    return list(__all__)
