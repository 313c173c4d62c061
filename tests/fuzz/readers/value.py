"""A value on the command line or in a cell of ``--params``, and one that a policy may take for a parameter."""

from fiscal import files
from fiscal.reporting.rows import value

SEEDS = [
    b"0.15",
    b"{warning.deviation_max: 0.15}",
    b"[a, 'b', \"c\"]",
    b"2021-08-17",
    b"&a {b: 1, c: *a}",
    b"yes",
    b"~",
]


def read(data, folder):
    value(data.decode("utf-8", "surrogateescape"), "-p x")
    files.parse_yaml(data.decode("utf-8", "replace"), "x.yaml", exact=True)
