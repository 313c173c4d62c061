"""A table of figures, cell by cell."""

from fiscal.figures import tables

HEADER = [field["name"] for field in tables.schema("unread")["fields"]]
SEEDS = [
    (",".join(HEADER) + "\n" + ",".join("1" for _ in HEADER) + "\n").encode(),
    ("\ufeff" + ",".join(HEADER[::-1]) + '\r\n"a ""b""",' + "," * (len(HEADER) - 2) + "\r\n").encode(),
]


def read(data, folder):
    path = folder / "unread.csv"
    path.write_bytes(data)
    tables.read(path, "unread")
