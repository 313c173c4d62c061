"""The folder of a disclosure: loaded, checked, put into tables and sentences."""

import parts

from fiscal import datasets, figures, measures, resources
from fiscal.display import show
from fiscal.exports import tables
from fiscal.figures.tables import schema

NAMES = ("source.yaml", "figures.csv", "edits.csv", "unread.csv", "statements.csv", "source.txt")
ID = "x-2020"


def _seed(*rows):
    bundled = resources.data() / "disclosures" / "urumqi-2020"
    files = {name: (bundled / name).read_text(encoding="utf-8").replace("urumqi-2020", ID) for name in NAMES[:2]}
    lines = files["figures.csv"].splitlines()
    files["figures.csv"] = "\n".join([lines[0], *(lines[row] for row in rows)])
    return files


EDITS = {"edits.csv": ",".join(["action", *(f["name"] for f in schema("edits")["fields"] if f["name"] != "action")])}
SEEDS = [
    parts.joined(_seed(1, 2, 7)),
    parts.joined(_seed(13, -1, -2)),
    parts.joined(_seed(1) | EDITS | {"source.txt": "142.43"}),
]


def read(data, folder):
    parts.folder(data, folder / "disclosures" / ID, NAMES)
    if not (folder / "disclosures" / ID / "source.yaml").exists():
        return
    found = datasets.figures(ID)
    figures.check(ID)
    measures.debt(found)
    measures.transfers(found)
    tables.all_tables([ID])
    str(show(found))
    for frame in (datasets.transfers, datasets.debt, datasets.performance, datasets.statements, datasets.unread):
        frame(ID)
