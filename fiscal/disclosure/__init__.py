"""Read a published document into cited figures; what was not understood stays visible as unread."""

from fiscal.disclosure.extraction import Extraction, extract

__all__ = ["Extraction", "extract"]
