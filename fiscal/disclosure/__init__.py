"""Read a published document into cited figures; what was not understood stays visible as unread."""

from fiscal.disclosure.extraction import REASONS, Extraction, extract

__all__ = ["REASONS", "Extraction", "extract"]


def __dir__():
    return list(__all__)
