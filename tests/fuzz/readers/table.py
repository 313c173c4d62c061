"""A table of figures, cell by cell."""

from fiscal.figures import tables

ROW = dict.fromkeys([field["name"] for field in tables.schema("unread")["fields"]], "")
ROW |= {"disclosure": "x-2020", "clause": "I.1", "span_start": "1", "span_end": "3", "disclosed": "12", "reason": "use"}
NAMES, CELLS = ",".join(ROW), ",".join(ROW.values())
SEEDS = [f"{NAMES}\n{CELLS}\n".encode(), f'\ufeff{NAMES}\r\n"{CELLS}"\r\n'.replace(",I.1,", '","I.1","').encode()]


def read(data, folder):
    path = folder / "unread.csv"
    path.write_bytes(data)
    tables.read(path, "unread")
