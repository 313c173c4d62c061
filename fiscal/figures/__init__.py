"""The ground floor: vocabulary, the one schema of a figure, identities, reconciliation."""

from fiscal.figures.reconcile import check
from fiscal.figures.vocabulary import concepts, label

__all__ = ["check", "concepts", "label"]


def __dir__():
    return list(__all__)
