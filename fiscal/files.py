"""Files that are written whole or not at all, and YAML that is what its schema says or refused."""

import contextlib
import ctypes
import errno
import json
import os
import re
import stat
import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from fiscal import resources, temporary
from fiscal.errors import InputError

MOST = 1_000_000_000  # bytes of a file that is read whole
SPECIAL = re.compile('[",\r\n]')  # in a cell of CSV
DIGITS = 30  # of a number, and the size of its exponent: no amount of money has more
DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
VALUES = 1_000_000  # in a YAML file, an alias counted as often as it stands for something


def write(path, content, within=None):
    """Put text or bytes under a name in one step: readers see the old file or the new one, never half of it."""
    write_all({path: content}, within=within)


def write_all(contents, remove=(), within=None):
    """Put files, path to text or bytes, under their names in this order, and none before all are written.

    A full disk so leaves everything as it was. A link of such a name is replaced; what it leads to stays. ``remove``:
    paths of files that go just before. ``within``: a folder that the user has named, which may be a link; a folder
    below it may not, so that nothing is written elsewhere. Raises InputError.
    """
    contents = {
        Path(path): content.encode("utf-8") if isinstance(content, str) else content
        for path, content in contents.items()
    }
    with contextlib.ExitStack() as stack:
        ready = {}
        for folder in dict.fromkeys(path.parent for path in contents):
            with _said(folder):
                _no_link(folder, within)
                folder.mkdir(parents=True, exist_ok=True)
            temporary.sweep(folder)
        for path, content in contents.items():
            with _said(path):
                if path.is_dir() and not path.is_symlink():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                ready[path] = stack.enter_context(temporary.file(path.parent, content))
        for path in remove:
            with _said(path):
                Path(path).unlink(missing_ok=True)
        for path, written in ready.items():
            with _said(path):
                os.replace(written, path)


def _no_link(folder, within):
    for each in (folder, *folder.parents) if within is not None else ():
        if Path(within) in each.parents and each.is_symlink():
            raise InputError(f"{resources.shown(each)}: expected a folder to write to, found a link to one")


@contextlib.contextmanager
def _said(path):
    """Name the file that can't be written."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{resources.shown(path)}: can't be written ({error.strerror or error})") from error


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
        if Path(lock.lock_file).is_symlink():  # to lock it would empty the file that it leads to
            Path(lock.lock_file).unlink()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def read(path, expected="; expected a file"):
    """The bytes of an ordinary file, or of one that a link leads to: a pipe or a device might never end.

    Raises InputError; ``expected`` ends what is said of a file that can't be read.
    """
    where = resources.shown(path)
    try:
        about = os.stat(path)
        if not (stat.S_ISREG(about.st_mode) or stat.S_ISDIR(about.st_mode)):
            raise InputError(f"{where}: expected an ordinary file")
        if about.st_size > MOST:
            raise InputError(f"{where}: expected at most {MOST:,} bytes, found {about.st_size:,}")
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{where}: can't be read ({error.strerror}){expected}") from error
    except InputError:
        raise
    except ValueError as error:  # a NUL in the name
        raise InputError(f"{where}: expected the name of a file ({error})") from error


def read_text(path, expected="; expected a file"):
    """The text of a file in UTF-8, its line ends as they are. Raises InputError as ``read`` does."""
    try:
        return read(path, expected).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"found byte {error.object[error.start]:#x}"
        raise InputError(f"{resources.shown(path)}: expected text in UTF-8, {found}") from error


def csv_text(rows):
    """Rows as CSV from which each cell is had back as it was, also one with a lone carriage return in it."""
    return "".join(",".join(map(_csv_cell, row)) + "\n" for row in rows)


def _csv_cell(value):
    words = str(value)
    return '"' + words.replace('"', '""') + '"' if SPECIAL.search(words) else words


def parse_yaml(text, where, exact=False):
    """What a YAML text says: mappings, lists, text, numbers, true, false and null; a date is the text that is there.

    ``exact``: a fraction is a Decimal. Raises InputError with the line, also for what would be dropped, such as the
    first of two equal keys, and for what a few lines can blow up beyond all bounds.
    """
    import yaml

    try:
        loader = _loader(exact)(text)
        node = loader.get_single_node()
        if node is None:
            return None
        _weigh(node, {}, set())
        return loader.construct_document(node)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise InputError(f"{where}{place}: expected YAML ({problem})") from error


@cache
def _loader(exact):
    """Safe YAML without dates, binary data and sets."""
    import yaml

    class Plain(yaml.SafeLoader):
        """Safe YAML in which a date is the text that is written there."""

    Plain.yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    plain = {f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float", "str", "seq", "map")}
    Plain.yaml_constructors = {tag: made for tag, made in yaml.SafeLoader.yaml_constructors.items() if tag in plain}
    Plain.add_constructor(None, yaml.SafeLoader.construct_undefined)
    if exact:  # 0.2 is a fifth, exactly
        Plain.add_constructor("tag:yaml.org,2002:float", lambda loader, node: _decimal(loader.construct_scalar(node)))
    return Plain


def _weigh(node, weights, above):
    """How many values a node stands for. Raises YAMLError where they are too many, or one is no plain value."""
    import yaml

    if id(node) in above:
        raise yaml.MarkedYAMLError(problem="a value that contains itself", problem_mark=node.start_mark)
    if id(node) in weights:
        return weights[id(node)]
    inside = ()
    if isinstance(node, yaml.MappingNode):
        keys = [(key.tag, key.value) for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(keys) > len(set(keys)):
            again = next(key for n, key in enumerate(keys) if key in keys[:n])
            raise yaml.MarkedYAMLError(problem=f"the key {again[1]!r} twice", problem_mark=node.start_mark)
        inside = [each for pair in node.value for each in pair]
    elif isinstance(node, yaml.SequenceNode):
        inside = node.value
    elif node.tag.endswith((":int", ":float")) and not _is_small(node.value):
        problem = f"a number of at most {DIGITS} digits"
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
    above.add(id(node))
    weight = 1 + sum(_weigh(each, weights, above) for each in inside)
    above.remove(id(node))
    if weight > VALUES:
        raise yaml.MarkedYAMLError(problem=f"more than {VALUES:,} values", problem_mark=node.start_mark)
    weights[id(node)] = weight
    return weight


def _is_small(written):
    number = _decimal(written)
    return 0 < len(written) <= 2 * DIGITS and (isinstance(number, str) or abs(number.adjusted()) <= DIGITS)


def _decimal(written):
    try:
        return Decimal(written)
    except InvalidOperation:
        return written


def read_yaml(path, name):
    """Read a YAML file that has to fit the JSON Schema ``name``; dates stay text, fractions exact."""
    import fastjsonschema

    where = resources.shown(path)
    content = parse_yaml(read_text(path, "; expected a YAML file"), where, exact=True)
    try:
        return _validator(name)(content)
    except fastjsonschema.JsonSchemaValueException as error:
        # The library calls the whole file "data", and speaks of JSON.
        place, _, expected = error.message.partition(" ")
        place = place.removeprefix("data").removeprefix(".") or "the file"
        expected = expected.replace("object", "a mapping").replace("array", "a list")
        raise InputError(f"{where}, {place}: {expected}") from error


@cache
def _validator(name):
    # Not jsonschema: importing it with the extras that Jupyter brings takes longer than importing pandas.
    import fastjsonschema

    schema = (resources.data() / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    # Only its newest versions know that there is no 31 February.
    return fastjsonschema.compile(json.loads(schema), formats={"date": is_date})


def is_date(written):
    """Whether a text is a day of the calendar as ISO 8601 writes it in full: 2021-08-17."""
    try:
        return bool(DATE.fullmatch(written) and date.fromisoformat(written))
    except ValueError:
        return False
