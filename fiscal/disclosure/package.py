"""Office files (.docx, .xlsx): zip archives of XML parts, read within bounds."""

import io
import re
import zipfile
import zlib
from functools import lru_cache
from pyexpat import ExpatError, ParserCreate

from fiscal.errors import InputError

ENTRIES = 10_000
PART = 128_000_000  # bytes of XML in one part
ELEMENTS = 3_000_000  # in all parts that are read: some seconds
DEPTH = 1_000
CHUNK = 1 << 16


class Package:
    """The parts of an office file, by name."""

    def __init__(self, data, where):
        self.where, self.elements = where, 0
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            entries = self.archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise InputError(
                f"{where}: expected a whole .docx or .xlsx file, found a broken archive ({error})"
            ) from error
        if len(entries) > ENTRIES:
            raise InputError(f"{where}: expected at most {ENTRIES:,} files in the archive, found {len(entries):,}")
        self.names = {entry.filename for entry in entries}

    def parse(self, name, start, end=None, text=None):
        """Parse a part: ``start(tag, attributes)``, ``end(tag)`` and ``text(data)`` are called, names are local.

        Entities and document types, which no office file has, are refused: nothing is ever expanded or fetched.
        """
        # An unbroken text comes in one piece, and names without their namespaces: the strict and the ordinary
        # variant of the format differ only in these.
        parser = ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = lambda *_: self.refuse(name, "no document type or entities")
        depth = 0

        def started(tag, attributes):
            nonlocal depth
            depth, self.elements = depth + 1, self.elements + 1
            if depth > DEPTH:
                self.refuse(name, f"elements at most {DEPTH:,} deep")
            if self.elements > ELEMENTS:
                self.refuse(name, f"at most {ELEMENTS:,} elements")
            start(_local(tag), {_local(key): value for key, value in attributes.items()})

        def ended(tag):
            nonlocal depth
            depth -= 1
            if end:
                end(_local(tag))

        parser.StartElementHandler, parser.EndElementHandler = started, ended
        if text:
            parser.CharacterDataHandler = text
        try:
            # The declared size is a bound on what is really unpacked: zipfile stops there.
            if self.archive.getinfo(name).file_size > PART:
                self.refuse(name, f"at most {PART:,} bytes unpacked")
            with self.archive.open(name) as part:
                while chunk := part.read(CHUNK):
                    parser.Parse(chunk)
            parser.Parse(b"", True)
        except InputError:
            raise
        except KeyError as error:
            raise InputError(f"{self.where}: expected a part {name}, found none") from error
        except ExpatError as error:
            raise InputError(f"{self.where}, {name}: expected XML ({error})") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise InputError(f"{self.where}, {name}: expected a sound archive ({error})") from error
        except (RuntimeError, NotImplementedError) as error:  # what zipfile raises for a password or an odd method
            raise InputError(f"{self.where}, {name}: can't be unpacked ({error})") from error

    def refuse(self, name, expected):
        raise InputError(f"{self.where}, {name}: expected {expected}")

    def relations(self, name):
        """Targets of a part's relations: {id: (last word of its type, name of the part)}."""
        folder, _, file = name.rpartition("/")
        part, found = f"{folder}/_rels/{file}.rels".lstrip("/"), {}

        def start(tag, attributes):
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                path = target[1:] if target.startswith("/") else _resolved(folder, target)
                found[attributes.get("Id")] = (attributes.get("Type", "").rpartition("/")[2], path)

        if part in self.names:
            self.parse(part, start)
        return found

    def main(self):
        """The name of the part that everything else hangs on."""
        return next((path for kind, path in self.relations("").values() if kind == "officeDocument"), None)


@lru_cache(maxsize=10_000)
def _local(name):
    return name.rpartition(" ")[2]


def _resolved(folder, target):
    path = f"{folder}/{target}"
    while (shorter := re.sub(r"[^/]+/\.\./|(?<![^/])\./", "", path, count=1)) != path:
        path = shorter
    return path.lstrip("/")
