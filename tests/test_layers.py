"""One direction of imports: a part of the package uses only parts that come before it."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest

import fiscal
from fiscal import resources

PACKAGE = Path(fiscal.__file__).parent
ORDER = [
    {"__init__", "errors"},
    {"resources", "temporary", "text"},
    {"files"},
    {"kernels"},
    {"figures"},
    {"disclosure"},
    {"datasets"},
    {"measures", "rules", "audit"},
    {"narrative", "plots"},
    {"display", "teaching"},
    {"exports"},
    {"reporting", "explore"},
    {"cli"},
    {"__main__"},
]
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_part_imports_only_parts_before_it(path):
    here = part(path)
    for name in imports(path):
        words = name.split(".")
        if words[0] != "fiscal":
            continue
        there = words[1] if words[1] in RANK else "__init__"
        assert there == here or RANK[there] < RANK[here], f"{here} imports {name}"


def test_every_part_has_its_place():
    assert {part(path) for path in MODULES} == set(RANK)


@pytest.mark.skipif(resources.CHECKOUT is None, reason="pyproject.toml is not there: no checkout")
def test_every_library_that_is_imported_is_declared():
    project = tomllib.loads((resources.CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [each for group in project["optional-dependencies"].values() for each in group]
    declared, optional = (
        {re.match(r"[a-z0-9-]+", each)[0] for each in group} for group in (project["dependencies"], extras)
    )
    provided = importlib.metadata.packages_distributions()
    used = set()
    for path in MODULES:
        top = {name.split(".")[0] for name in imports(path)} - set(sys.stdlib_module_names) - {"fiscal"}
        # An optional one that is not installed here goes by its own name.
        used |= {provided.get(name, [name])[0].lower().replace("_", "-") for name in top}
    # JupyterLab is started as a program; wcwidth is what tabulate uses where it is there.
    assert declared == used - optional | {"jupyterlab", "ipykernel", "wcwidth"}
