"""The folder of reports: what lies there, whether it is up to date, and how a report gets there whole.

A report is a page, the executed notebook, its first picture, a PDF and a workbook if they were asked for, and a record
(``.json``), which says what it was made of and what the index needs; the record is removed first and written last, so
that only a whole report has one. Whoever writes holds the folder's lock: two batches at once keep each report's files
together. The folder itself may be a link; nothing is written through a link below it.
"""

import contextlib
import json
from pathlib import Path

from fiscal import files, temporary
from fiscal.reporting.inputs import digest
from fiscal.text import LANGUAGES

ENDINGS = ("html", "ipynb", "svg", "pdf", "xlsx")
ERROR = ".error"  # between the name of a report that could not be finished and its endings


class Shelf:
    def __init__(self, out):
        self.out = Path(out)
        self.records = self._read()

    def _read(self):
        """The records of the reports that are there, by name."""
        found = {path: read(path) for path in sorted(self.out.glob("*/*.json"))}
        return {
            path.relative_to(self.out).as_posix().removesuffix(".json"): record
            for path, record in found.items()
            if record
        }

    def fresh(self, name, description, beside=()):
        """Whether the report of this name is there, whole, made of just this, with what is wanted beside its page."""
        record = self.records.get(name)
        return (
            record is not None
            and name + ERROR not in self.records
            and record["made_of"] == description
            and record["files"].keys() >= set(beside)
            and all(self._size(name, ending) == about["bytes"] for ending, about in record["files"].items())
        )

    def _size(self, name, ending):
        with contextlib.suppress(OSError):
            return (self.out / f"{name}.{ending}").stat().st_size

    def keep(self, result, description):
        """Put a report there, in place of an earlier one; gives the path of its page.

        One that could not be finished leaves the earlier one and gets a name of its own beside it.
        """
        name = result.name + ERROR if result.failure else result.name
        record = {
            "name": result.name,
            "report": result.about,
            "made_of": description,
            "files": {
                ending: {"bytes": len(content), "sha256": digest(content)} for ending, content in result.files.items()
            },
        }
        contents = {f"{name}.{ending}": content for ending, content in result.files.items()}
        contents[f"{name}.json"] = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        stale = [f"{name}.json", *(f"{name}.{ending}" for ending in ENDINGS if ending not in result.files)]
        if not result.failure:
            stale += [f"{result.name}{ERROR}.{ending}" for ending in ("json", *ENDINGS)]
        with files.locked(self.out):
            contents = {self.out / place: content for place, content in contents.items()}
            files.write_all(contents, [self.out / each for each in stale], within=self.out)
        return self.out / f"{name}.html"

    def clean(self):
        """Remove what a batch that was killed left half-written."""
        for folder in {self.out, *(path.parent for path in self.out.glob(f"*/.*{temporary.ENDING}"))}:
            if folder == self.out or not folder.is_symlink():
                temporary.sweep(folder)

    def index(self):
        """The index of the reports that are there, as text."""
        from fiscal.reporting import index

        return index.page(self.records) + self._mark()

    def write_index(self):
        with files.locked(self.out):
            self.records = self._read()  # another batch may have put reports there
            files.write(self._index, self.index())

    def indexed(self):
        """Whether the index is of the reports that are there: whoever was to write it may have been killed."""
        with contextlib.suppress(OSError):
            return self._index.read_bytes().endswith(self._mark().encode("utf-8"))
        return False

    @property
    def _index(self):
        return self.out / "index.html"

    def _mark(self):
        """The last line of the index: which records it was made from."""
        shown = {name: [record["report"], sorted(record["files"])] for name, record in self.records.items()}
        return f"<!-- {digest(json.dumps(shown, sort_keys=True))} -->\n"


def read(path):
    """The record in a file; None for a file that is something else."""
    try:
        record = json.loads(files.read(path))
    except (ValueError, RecursionError):
        return None
    return record if _is_record(record, path.name.endswith(f"{ERROR}.json")) else None


def _is_record(record, failed):
    """Whether something has all that the index and whoever looks for a report ask a record for."""

    def has(value, **kinds):
        return isinstance(value, dict) and all(isinstance(value.get(name), kind) for name, kind in kinds.items())

    if not has(record, report=dict, files=dict):
        return False
    about = record["report"]
    return (
        "made_of" in record
        and has(about, place=dict, year=(int, str), title=str, lang=str, headline=str, alt=(str, type(None)))
        and has(about["place"], zh=str, en=(str, type(None)))
        and about["lang"] in LANGUAGES
        and (has(about.get("failure"), cell=int, message=str) if failed else about.get("failure") is None)
        and all(has(file, bytes=int, sha256=str) for file in record["files"].values())
    )
