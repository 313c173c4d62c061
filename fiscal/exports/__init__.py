"""Figures, measures and checks for other programs: CSV, Parquet, an Excel workbook, a Fiscal Data Package."""

from fiscal.exports.write import FORMATS, export

__all__ = ["FORMATS", "export"]


def __dir__():
    return list(__all__)
