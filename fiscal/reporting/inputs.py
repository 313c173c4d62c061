"""Everything a report is made of: what its notebook may read, carried along, and hashes that tell what has changed.

A notebook runs in a folder that has just this, wherever it runs: what is not named here can't have been read.
"""

import hashlib
import json
import os
import re
import sys
from functools import cache
from pathlib import Path

from fiscal import resources
from fiscal.errors import InputError
from fiscal.reporting.jobs import ids

BUNDLED, OWN = "bundled", "data"  # folders of a report's own copy: see FISCAL_BUNDLED and FISCAL_DATA
PROJECT = "fiscal-notebooks"
INFO = ".dist-info"
NEEDED = re.compile(r"^Requires-Dist: ([A-Za-z0-9._-]+)(?!.*;.*extra)", re.MULTILINE)


def gather(job):
    """The files of a job, by their place in the folder that its notebook runs in, and the parameters it is given.

    What every job may read is in ``common``.
    Raises InputError for a file that a parameter names and that can't be read.
    """
    files = {}
    named = [job.parameters.get(name) for name, kind in job.template.reads.items() if kind == "disclosures"]
    named = {each for value in named for each in ids(value)}
    for disclosure in {*job.disclosures, *named, *job.template.uses("disclosures")}:
        files |= of_disclosure(disclosure)
    for policy in [job.subject] if job.template.per == "policy" else job.template.uses("policies"):
        files |= of_policy(policy)
    given = job.given
    for name, kind in job.template.reads.items():
        if kind == "file" and job.parameters.get(name, "") not in ("", job.template.parameters.get(name)):
            content, place = _read(name, job.parameters[name])
            place = place if place not in files else f"{name}/{place}"
            files[place] = content
            given = given | {name: place}
    return files, given


def of_disclosure(id):
    """The files of a disclosure, by place; none if it is not there."""
    folder = resources.disclosure(id)
    paths = sorted(path for path in folder.iterdir() if path.is_file()) if folder else ()
    return {f"{OWN}/disclosures/{id}/{path.name}": path.read_bytes() for path in paths}


def of_policy(id):
    """The file of a policy, by place; none if it is not there."""
    path = resources.policy(id)
    return {f"{OWN}/policies/{path.name}": path.read_bytes()} if path else {}


def description(job, files, given, others):
    """What a report depends on, with hashes: equal descriptions make equal reports."""
    return {
        "notebook": digest(job.template.content),
        "parameters": json.loads(json.dumps(given, ensure_ascii=False, default=str)),
        "others": sorted(others),
        **({"around": [list(each) for each in job.around]} if job.around else {}),
        "data": digests(files),
        "bundled": bundled(),
        "code": code(),
        **versions(),
    }


def shared(made_of):
    """The description without what differs between machines that make the same report: what else is installed."""
    return {part: each for part, each in made_of.items() if part != "installed"}


@cache
def bundled():
    """Hashes of what every notebook may read, by place."""
    return digests(common())


def digest(content):
    """The SHA-256 of bytes or text, in hexadecimal."""
    return hashlib.sha256(content.encode("utf-8") if isinstance(content, str) else content).hexdigest()


def digests(files):
    """The SHA-256 of each file, by place."""
    return {place: digest(content) for place, content in sorted(files.items())}


@cache
def code():
    """A hash of the package's own files: code, page templates, kernelspec."""
    files = sorted(path for path in resources.PACKAGE.rglob("*") if path.is_file() and _is_code(path))
    found = digests({path.relative_to(resources.PACKAGE).as_posix(): path.read_bytes() for path in files})
    return digest("\n".join(f"{place} {each}" for place, each in found.items()))


def _is_code(path):
    return not {"__pycache__", "_data", "_notebooks"} & set(path.relative_to(resources.PACKAGE).parts)


@cache
def versions():
    """Versions of Python, of this package and of what it needs, and a hash of all that is installed."""
    folders = [entry for entry in map(Path, sys.path) if entry.is_dir()]
    installed = {
        name.removesuffix(INFO): folder for folder in folders for name in os.listdir(folder) if name.endswith(INFO)
    }
    found = {_plain(each.rpartition("-")[0]): each for each in sorted(installed)}
    own = found.get(PROJECT)
    needed = {PROJECT, *(NEEDED.findall(_metadata(installed[own] / f"{own}{INFO}")) if own else ())} & found.keys()
    return {
        "versions": {"python": sys.version.split()[0]}
        | {name: found[name].rpartition("-")[2] for name in sorted(needed)},
        "installed": digest("\n".join([sys.version, *sorted(installed)])),
    }


def _plain(name):
    """The name of a distribution as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _metadata(folder):
    # Not importlib.metadata: a batch with nothing to do would take a third longer.
    return (folder / "METADATA").read_text(encoding="utf-8").partition("\n\n")[0]


@cache
def common():
    """What every notebook may read besides, by place: vocabulary, schemas, requirements, thresholds."""
    root = resources.data()
    files = {}
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        place = path.relative_to(root)
        if place.parts[0] not in ("disclosures", "policies"):
            files[f"{BUNDLED}/{place.as_posix()}"] = path.read_bytes()
    return files


def _read(name, value):
    path = Path(str(value)).expanduser()
    try:
        return path.read_bytes(), path.name
    except OSError as error:
        shown = resources.shown(path)
        raise InputError(f"parameter {name}: {shown} can't be read ({error.strerror}); expected a file") from error
