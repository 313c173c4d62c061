"""Files that are written whole or not at all, and YAML that is what its schema says or refused."""

import contextlib
import ctypes
import errno
import json
import os
import sys
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from fiscal import resources, temporary
from fiscal.errors import InputError


def write(path, content):
    """Put text or bytes under a name in one step: readers see the old file or the new one, never half of it."""
    write_all({path: content})


def write_all(contents, remove=()):
    """Put files, path to text or bytes, under their names in this order, and none before all are written.

    A full disk so leaves everything as it was. ``remove``: paths of files that go just before. Raises InputError.
    """
    contents = {
        Path(path): content.encode("utf-8") if isinstance(content, str) else content
        for path, content in contents.items()
    }
    with contextlib.ExitStack() as stack:
        ready = {}
        for folder in dict.fromkeys(path.parent for path in contents):
            with _said(folder):
                folder.mkdir(parents=True, exist_ok=True)
            temporary.sweep(folder)
        for path, content in contents.items():
            with _said(path):
                if path.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                ready[path] = stack.enter_context(temporary.file(path.parent, content))
        for path in remove:
            with _said(path):
                Path(path).unlink(missing_ok=True)
        for path, written in ready.items():
            with _said(path):
                os.replace(written, path)


@contextlib.contextmanager
def _said(path):
    """Name the file that can't be written."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{resources.shown(path)}: can't be written ({error.strerror})") from error


def exchange(one, other):
    """Let two folders take each other's names in one step; whether this system can do so."""
    if sys.platform != "linux":
        return False
    here, both = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    with contextlib.suppress(AttributeError):  # an old C library
        return ctypes.CDLL(None).renameat2(here, os.fsencode(one), here, os.fsencode(other), both) == 0
    return False


@contextlib.contextmanager
def locked(folder):
    """Be the only one that writes to a folder; whoever comes second waits. Raises InputError."""
    from filelock import FileLock

    lock = FileLock(Path(folder) / ".lock")
    with _said(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def read_text(path, expected=""):
    """The text of a file in UTF-8. Raises InputError; ``expected`` ends what is said of a file that can't be read."""
    where = resources.shown(path)
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{where}: can't be read ({error.strerror}){expected}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: expected text in UTF-8, found byte {error.object[error.start]:#x}") from error


def parse_yaml(text, where, loader):
    """What a YAML text says to a loader of PyYAML. Raises InputError with the line."""
    import yaml

    try:
        return yaml.load(text, Loader=loader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise InputError(f"{where}{place}: expected YAML ({getattr(error, 'problem', error)})") from error


def read_yaml(path, name):
    """Read a YAML file that has to fit the JSON Schema ``name``; dates stay text, fractions exact."""
    import fastjsonschema
    import yaml

    class Plain(yaml.SafeLoader):
        """Safe YAML in which a date is the text that is written there."""

    Plain.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    # 0.2 is a fifth, exactly.
    Plain.add_constructor("tag:yaml.org,2002:float", lambda loader, node: _decimal(loader.construct_scalar(node)))
    where = resources.shown(path)
    content = parse_yaml(read_text(path, "; expected a YAML file"), where, Plain)
    try:
        return _validator(name)(content)
    except fastjsonschema.JsonSchemaValueException as error:
        # The library calls the whole file "data", and speaks of JSON.
        place, _, expected = error.message.partition(" ")
        place = place.removeprefix("data").removeprefix(".") or "the file"
        expected = expected.replace("object", "a mapping").replace("array", "a list")
        raise InputError(f"{where}, {place}: {expected}") from error


def _decimal(written):
    try:
        return Decimal(written)
    except InvalidOperation:
        return written


@cache
def _validator(name):
    # Not jsonschema: importing it with the extras that Jupyter brings takes longer than importing pandas.
    import fastjsonschema

    schema = (resources.data() / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    return fastjsonschema.compile(json.loads(schema))
