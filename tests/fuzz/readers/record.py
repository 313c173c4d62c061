"""The record of a report in the folder of reports, from which the index is made."""

import json

from fiscal.reporting.shelf import Shelf

RECORD = {
    "report": {
        "notebook": "debt",
        "place": {"en": "Urumqi", "zh": "乌鲁木齐市"},
        "year": 2020,
        "title": "Debt",
        "lang": "en",
        "headline": "Used",
        "alt": "a picture",
        "failure": None,
    },
    "made_of": {"notebook": "0"},
    "files": {"html": {"bytes": 1, "sha256": "0"}, "svg": {"bytes": 1, "sha256": "0"}},
}
SEEDS = [json.dumps(RECORD, indent=1, ensure_ascii=False).encode()]


def read(data, folder):
    (folder / "x").mkdir()
    (folder / "x" / "debt.en.json").write_bytes(data)
    shelf = Shelf(folder)
    shelf.fresh("x/debt.en", {"notebook": "0"}, ["pdf"])
    shelf.write_index()
