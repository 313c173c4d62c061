"""Files that are written whole or not at all."""

import os
import tempfile
from pathlib import Path

from fiscal import resources
from fiscal.errors import InputError


def write(path, content):
    """Put text or bytes under a name in one step: readers see the old file or the new one, never half of it."""
    path = Path(path)
    content = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(f"{resources.shown(path)}: can't be written ({error.strerror})") from error
    try:
        with open(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask
