"""A measure as a reader sees it in English."""

from fractions import Fraction

from fiscal import text


def shown(table, measure, kind="total"):
    row = table.set_index(["measure", "type"]).loc[(measure, kind)]
    value = Fraction(int(row["numerator"]), int(row["denominator"]))
    if row["unit"] == "yuan":
        return text.money(value, "en", int(row["decimals"]))
    return text.percent(value, "en", int(row["decimals"]))
