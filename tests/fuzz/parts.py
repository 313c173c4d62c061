"""Several files in one input: the parts of an office file, or the files of a folder, as text that can be mutated."""

import io
import re
import zipfile

MARK = re.compile(rb"^=== ([^\n\0]{1,60})\n", re.MULTILINE)


def joined(files):
    """Files (name to text or bytes) as one input."""
    return b"".join(b"=== %s\n%s\n" % (name.encode(), _bytes(content)) for name, content in files.items())


def parted(data):
    """The files of an input, by name."""
    _, *found = MARK.split(data)
    return {
        name.decode("utf-8", "replace"): content.removesuffix(b"\n")
        for name, content in zip(found[::2], found[1::2], strict=True)
    }


def archive(data):
    """The files of an input as a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in parted(data).items():
            file.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def unpacked(data):
    """A zip archive as an input."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return joined({name: file.read(name) for name in file.namelist() if not name.endswith("/")})


def folder(data, place, names):
    """Write those files of an input that have one of these names."""
    place.mkdir(parents=True, exist_ok=True)
    for name, content in parted(data).items():
        if name in names:
            (place / name).write_bytes(content)


def _bytes(content):
    return content.encode() if isinstance(content, str) else content
