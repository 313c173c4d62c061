"""Figures that a document leaves out."""

from fiscal import datasets

SEEDS = [
    "figures:\n- {concept: capacity.comprehensive, fiscal_year: 2020, value: 1000.5, unit: 亿元, source: a yearbook}\n"
    "- concept: debt.ratio\n  fiscal_year: 2020\n  scope: own\n  value: '85'\n  unit: '%'\n  source: &s https://x\n".encode()
]


def read(data, folder):
    path = folder / "context.yaml"
    path.write_bytes(data)
    datasets.context(path)
