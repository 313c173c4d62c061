"""Dates, approving body, duties and uses that a document states in words."""

from fiscal.figures import tables


def statements(document, blocks, about):
    return tables.empty("statements")
