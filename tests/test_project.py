"""The project's own files agree with each other and with the code."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from fiscal import resources

ROOT = resources.CHECKOUT
pytestmark = pytest.mark.skipif(ROOT is None, reason="no checkout")

CONDA = {  # conda-forge's name: ours
    "matplotlib-base": "matplotlib",
    "nbconvert-core": "nbconvert",
    "seaborn-base": "seaborn",
    "python-fastjsonschema": "fastjsonschema",
    "jupyter_client": "jupyter-client",
    "jupyter_core": "jupyter-core",
}


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_environment_yml_names_the_same_dependencies_and_versions():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    conda = [each for each in listed if isinstance(each, str)]
    (pip,) = [each["pip"] for each in listed if isinstance(each, dict)]
    theirs = {}
    for each in [*conda, *pip]:
        name, bounds = re.fullmatch(r"([a-z0-9_-]+)(.*)", each).groups()
        theirs[CONDA.get(name, name)] = bounds
    assert theirs.pop("pip") == ""
    assert theirs.pop("python") == project()["requires-python"]
    ours = {r.name: str(r.specifier) for r in map(Requirement, project()["dependencies"])}
    assert theirs == ours


def test_requirements_lock_pins_every_dependency_with_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    blocks = re.findall(
        r"^([a-z0-9-]+)==(\S+)(?: ; [^\n\\]*)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", lock, re.M
    )
    pinned = {name: version for name, version, _ in blocks}
    for dependency in map(Requirement, project()["dependencies"]):
        assert dependency.specifier.contains(Version(pinned[dependency.name])), dependency.name


def test_versions_agree():
    import fiscal

    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert fiscal.__version__ == project()["version"] == citation["version"]
    assert f"## {fiscal.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_what_security_md_names_is_there():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests/|\.ci/)[^`\s:]+)(?:::(\w+))?`", text)
    assert len(named) > 20
    for path, test in named:
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8") if test else (ROOT / path).is_file(), path


def test_code_and_notebooks_are_formatted_and_stripped():
    for command in (["ruff", "check", "."], ["ruff", "format", "--check", "."]):
        run = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout
    notebooks = sorted(map(str, (ROOT / "notebooks").rglob("*.ipynb")))
    run = subprocess.run(
        [sys.executable, "-m", "nbstripout", "--keep-id", "--verify", *notebooks], capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout


def test_an_installed_wheel_finds_its_data_and_notebooks(tmp_path):
    if shutil.which("uv") is None:
        pytest.skip("uv, which builds the wheel, is not on PATH")
    subprocess.run(["uv", "build", "--quiet", "--wheel", "--out-dir", str(tmp_path)], cwd=ROOT, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    # Jupyter finds the kernel that starts at once, and how it is started.
    (spec,) = site.glob("*.data/data/share/jupyter/kernels/fiscal/kernel.json")
    assert spec.read_bytes() == (site / "fiscal" / "kernels" / "spec" / "kernel.json").read_bytes()
    (entries,) = site.glob("*.dist-info/entry_points.txt")
    assert "fiscal-warm = fiscal.kernels.provisioner:WarmProvisioner" in entries.read_text(encoding="utf-8")
    code = (
        "import fiscal, fiscal.resources as r; assert r.CHECKOUT is None, r.CHECKOUT;"
        "assert len(fiscal.datasets.figures('urumqi-2020')) == 29;"
        "assert set(fiscal.reporting.templates()) == {'compare', 'debt', 'evaluation', 'transfers', 'transparency'};"
        "assert fiscal.rules.load_policy('urumqi-2020').id == 'urumqi-2020';"
        "from fiscal.reporting import render; assert '<html' in render.index([])"
    )
    environment = {"PYTHONPATH": str(site), "HOME": str(tmp_path), "PATH": ""}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
