"""What others made and we install: licences that go together with ours, and an audit that never passes in silence."""

import importlib.metadata
import importlib.util
import json
import subprocess
import sys

import pytest
from packaging.requirements import Requirement

from fiscal import resources

ROOT = resources.CHECKOUT
pytestmark = pytest.mark.skipif(ROOT is None, reason="no checkout")


@pytest.fixture(scope="module")
def dependencies():
    spec = importlib.util.spec_from_file_location("dependencies", ROOT / "docs" / "generate" / "dependencies.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def installed(requirement):
    try:
        return importlib.metadata.distribution(Requirement(requirement).name)
    except importlib.metadata.PackageNotFoundError:
        return None


def test_every_licence_goes_together_with_ours(dependencies):
    project = dependencies.sizes.PROJECT
    extras = [each for group in project["optional-dependencies"].values() for each in group if installed(each)]
    names = dependencies.sizes.needed([*project["dependencies"], *extras])
    assert len(names) > 100
    found = {name: dependencies.licence(name) for name in names}
    assert {name: each for name, each in found.items() if not dependencies.is_compatible(each)} == {}


@pytest.mark.parametrize(
    ("expression", "compatible"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("(MPL-2.0 AND MIT)", True),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-or-later", False),
        ("none stated", False),
    ],
)
def test_what_goes_together(dependencies, expression, compatible):
    assert dependencies.is_compatible(expression) is compatible


def test_each_dependency_says_what_it_is_here_for(dependencies):
    project = dependencies.sizes.PROJECT
    assert dependencies.purposes().keys() >= {Requirement(each).name for each in project["dependencies"]}
    table = dependencies.dependencies("en")
    assert "| jinja2 | BSD | page templates |" in table


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (None, 0, "NOT AUDITED: data on vulnerabilities were not reached"),
        ([{"name": "a", "skip_reason": "not found"}], 0, "NOT AUDITED: data on vulnerabilities were not reached"),
        ([{"name": "a", "version": "1", "vulns": []}], 0, "1 packages audited, 0 vulnerabilities known"),
        (
            [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}],
            0,
            "NOT AUDITED: b",
        ),
        (
            [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}],
            1,
            "a 1: X-1; fixed in: 2",
        ),
    ],
)
def test_an_audit_without_data_is_no_clean_one(tmp_path, answer, code, said):
    # The service is not to be had where tests run: a program of its name says what it would.
    program = tmp_path / "uvx"
    words = json.dumps({"dependencies": answer}) if answer is not None else "no connection"
    program.write_text(f"#!{sys.executable}\nprint({words!r})\n", encoding="utf-8")
    program.chmod(0o755)
    run = subprocess.run(
        [sys.executable, ROOT / ".ci" / "audit"], env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert (run.returncode, said in run.stdout) == (code, True), run.stdout + run.stderr
