"""Files that are written whole or not at all, and YAML that is what its schema says or refused."""

import json
import os
import tempfile
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from fiscal import resources
from fiscal.errors import InputError


def write(path, content):
    """Put text or bytes under a name in one step: readers see the old file or the new one, never half of it."""
    path = Path(path)
    content = content.encode("utf-8") if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
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
