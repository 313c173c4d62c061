"""Data frames as tables that read well, in English and Chinese."""

from fiscal.display.show import show

__all__ = ["show"]
