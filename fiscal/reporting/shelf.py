"""The folder of reports: what lies there, whether it is up to date, and how a report gets there whole.

A report is a page, the executed notebook, its first picture, a PDF and a workbook if they were asked for, and a record
(``.json``), which says what it was made of and what the index needs; the record is removed first and written last, so
that only a whole report has one. Whoever writes holds the folder's lock: two batches at once keep each report's files
together. The folder itself may be a link; nothing is written through a link below it.
"""

import contextlib
import json
from pathlib import Path

from fiscal import files
from fiscal.errors import InputError
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
        with self._locked():
            self._remove(name, {"json", *ENDINGS} - result.files.keys())
            for ending, content in result.files.items():
                files.write(self.out / f"{name}.{ending}", content, within=self.out)
            content = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
            files.write(self.out / f"{name}.json", content, within=self.out)
            if not result.failure:
                self._remove(result.name + ERROR, ("json", *ENDINGS))
        return self.out / f"{name}.html"

    def _remove(self, name, endings):
        for ending in endings:
            (self.out / f"{name}.{ending}").unlink(missing_ok=True)

    def clean(self):
        """Remove what a batch that was killed left half-written."""
        if self.out.is_dir():
            with self._locked():
                for pattern in (".*.part", "*/.*.part"):
                    for path in self.out.glob(pattern):
                        if path.parent == self.out or not path.parent.is_symlink():
                            path.unlink(missing_ok=True)

    def write_index(self):
        from fiscal.reporting import index

        with self._locked():
            self.records = self._read()  # another batch may have put reports there
            files.write(self.out / "index.html", index.page(self.records))

    @contextlib.contextmanager
    def _locked(self):
        from filelock import FileLock

        try:
            self.out.mkdir(parents=True, exist_ok=True)
            if (self.out / ".lock").is_symlink():  # to lock it would empty the file that it leads to
                (self.out / ".lock").unlink()
            with FileLock(self.out / ".lock"):
                yield
        except PermissionError as error:
            raise InputError(f"{self.out}: can't be written ({error.strerror})") from error


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
        and all(has(file, bytes=int) for file in record["files"].values())
    )
