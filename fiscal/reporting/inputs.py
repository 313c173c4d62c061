"""Everything a report is made of: what its notebook may read, carried along, and hashes that tell what has changed.

A notebook runs in a folder that has just this, wherever it runs: what is not named here can't have been read.
"""

import hashlib
import json
import os
import sys
from functools import cache
from pathlib import Path

from fiscal import resources
from fiscal.errors import InputError
from fiscal.files import read
from fiscal.reporting.jobs import ids

BUNDLED, OWN = "bundled", "data"  # folders of a report's own copy: see FISCAL_BUNDLED and FISCAL_DATA
SHOWN = ("fiscal-notebooks", "ipykernel", "matplotlib", "narwhals", "nbconvert", "pandas", "papermill", "seaborn")


def gather(job):
    """The files of a job, by their place in the folder that its notebook runs in, and the parameters it is given.

    What every job may read is in ``common``.
    Raises InputError for a file that a parameter names and that can't be read.
    """
    files = {}
    named = [job.parameters.get(name) for name, kind in job.template.reads.items() if kind == "disclosures"]
    named = {each for value in named for each in ids(value)}
    for disclosure in {*job.disclosures, *named, *job.template.uses("disclosures")}:
        for path in sorted(resources.disclosure(disclosure).iterdir()):
            if path.is_file():
                files[f"{OWN}/disclosures/{disclosure}/{path.name}"] = read(path)
    for policy in [job.subject] if job.template.per == "policy" else job.template.uses("policies"):
        path = resources.policy(policy)
        files[f"{OWN}/policies/{path.name}"] = read(path)
    given = job.given
    for name, kind in job.template.reads.items():
        if kind == "file" and job.parameters.get(name, "") not in ("", job.template.parameters.get(name)):
            content, place = _read(name, job.parameters[name])
            place = place if place not in files else f"{name}/{place}"
            files[place] = content
            given = given | {name: place}
    return files, given


def description(job, files, given, others):
    """What a report depends on, with hashes: equal descriptions make equal reports."""
    return {
        "notebook": digest(job.template.content),
        "parameters": json.loads(json.dumps(given, ensure_ascii=False, default=str)),
        "others": sorted(others),
        **({"around": [list(each) for each in job.around]} if job.around else {}),
        "data": {place: digest(content) for place, content in sorted(files.items())},
        "bundled": bundled(),
        "code": code(),
        **versions(),
    }


@cache
def bundled():
    """A hash of what every notebook may read."""
    return _digest_of_all(common())


def digest(content):
    """The SHA-256 of bytes or text, in hexadecimal."""
    return hashlib.sha256(content.encode("utf-8") if isinstance(content, str) else content).hexdigest()


@cache
def code():
    """A hash of the package's own files: code, page templates, kernelspec."""
    files = sorted(path for path in resources.PACKAGE.rglob("*") if path.is_file() and _is_code(path))
    return _digest_of_all({path.relative_to(resources.PACKAGE).as_posix(): path.read_bytes() for path in files})


def _digest_of_all(files):
    return digest("\n".join(f"{place} {digest(content)}" for place, content in sorted(files.items())))


def _is_code(path):
    return not {"__pycache__", "_data", "_notebooks"} & set(path.relative_to(resources.PACKAGE).parts)


@cache
def versions():
    """Versions of Python and of what shows in reports, and a hash of all that is installed."""
    folders = [entry for entry in map(Path, sys.path) if entry.is_dir()]
    installed = sorted({name for folder in folders for name in os.listdir(folder) if name.endswith(".dist-info")})
    found = dict(name.removesuffix(".dist-info").replace("_", "-").rsplit("-", 1) for name in installed)
    return {
        "versions": {"python": sys.version.split()[0]} | {name: found[name] for name in SHOWN if name in found},
        "installed": digest("\n".join([sys.version, *installed])),
    }


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
    try:
        path = Path(os.path.expanduser(str(value)))
        return read(path), path.name
    except InputError as error:
        raise InputError(f"parameter {name}: {error}") from error
