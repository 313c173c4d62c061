"""What an installation consists of: each dependency with its licence, what it is for, and its size."""

import importlib.metadata
import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PURPOSE = re.compile(r'^  "([a-z0-9-]+)[^"]*", +# (.+)$', re.MULTILINE)
# Licences under which others' code may be installed beside ours (MIT), by their SPDX names.
COMPATIBLE = {
    "0BSD",
    "Apache-2.0",
    "BSD",  # of two or three clauses; older metadata do not say
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",  # asks for the source of its own files, which are not altered
    "OFL-1.1",  # fonts, also inside documents
    "PSF-2.0",
    "Zlib",
}
# What older metadata call them.
NAMES = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}


def _sizes():
    spec = importlib.util.spec_from_file_location("size", ROOT / "benchmarks" / "size.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


sizes = _sizes()


def licence(name):
    """The licence of a distribution by its metadata, as an SPDX expression; what it says if that is not understood."""
    about = importlib.metadata.metadata(name)
    classified = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier", []) if each.startswith("License")]
    said = about.get("License-Expression") or " AND ".join(NAMES.get(each, each) for each in classified)
    said = said or about.get("License", "").partition("\n")[0]
    return NAMES.get(said, said) or "none stated"


def is_compatible(expression):
    """Whether every licence of an expression is one that ours goes together with."""
    return set(re.split(r" (?:AND|OR|WITH) |[()]", expression)) - {""} <= COMPATIBLE


def purposes():
    """What each dependency is here for, by name: the comments in pyproject.toml."""
    return dict(PURPOSE.findall((ROOT / "pyproject.toml").read_text(encoding="utf-8")))


def dependencies(lang):
    """Two tables: what pyproject.toml names, and what that brings along."""
    named = purposes()
    rows = [
        f"| {name} | {licence(name)} | {named[name]} | {sizes.size(name) / sizes.MB:.1f} |"
        for name in sorted(named)
        if name in sizes.needed(sizes.PROJECT["dependencies"])
    ]
    brought = sorted(sizes.needed(sizes.PROJECT["dependencies"]) - named.keys())
    others = [f"| {name} | {licence(name)} | {sizes.size(name) / sizes.MB:.1f} |" for name in brought]
    header = ["| dependency | licence | what for | MB |", "| --- | --- | --- | --- |"]
    second = ["| brought along | licence | MB |", "| --- | --- | --- |"]
    return "\n".join([*header, *rows, "", *second, *others])
