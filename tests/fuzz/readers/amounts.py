"""A printed amount with its unit, as figures.csv and context files have it."""

from fiscal.figures import amounts

SEEDS = ["142.43 亿元".encode(), "４０，586 万元".encode(), b"10 %", b"-1 count"]


def read(data, folder):
    printed, _, unit = data.decode("utf-8", "replace").rpartition(" ")
    if unit in amounts._factors():
        assert abs(amounts.exact(printed, unit)) < 2**63
        assert amounts.quantum(printed, unit) >= 1
