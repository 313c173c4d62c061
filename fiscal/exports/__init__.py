"""Figures, measures and checks for other programs: CSV, Parquet, an Excel workbook, a Fiscal Data Package."""

from fiscal.exports.handover import hand_over, handed
from fiscal.exports.write import FORMATS, export

__all__ = ["FORMATS", "export", "hand_over", "handed"]


def __dir__():
    return list(__all__)
