"""What the documentation shows is what happens, in both languages, and both languages say the same."""

import csv
import doctest
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from fiscal import resources
from fiscal.cli import main

ROOT = resources.CHECKOUT or Path()
pytestmark = pytest.mark.skipif(resources.CHECKOUT is None, reason="no checkout")

DOCS = ROOT / "docs"
GENERATED = {"_site", "pictures", "api"}
PAGES = sorted(page for page in DOCS.rglob("*.md") if not GENERATED & set(page.relative_to(DOCS).parts))
READMES = [ROOT / "README.md", ROOT / "README.zh.md", ROOT / "CONTRIBUTING.md"]
BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<kind>[^\n`]*)\n(?P<text>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
# Programs of others that an example may call; whether they are called rightly is theirs to say.
OTHERS = {"apt", "conda", "cp", "sed", "jupyter", "nbstripout", "papermill", "pip", "pytest", "python", "ruff", "sphinx-build"}
EXTERNAL = {"https://semver.org"}


def blocks(page):
    """(kind, text) of each fenced block of a page; kind is the language."""
    return [(found["kind"].strip(), found["text"]) for found in BLOCK.finditer(page.read_text(encoding="utf-8"))]


def name(page):
    return page.relative_to(ROOT).as_posix()


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A folder that looks like a checkout, with data of its own, to run the examples of a page in."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(DOCS / "examples", tmp_path / "docs" / "examples")
    monkeypatch.setenv("FISCAL_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def with_examples():
    """A page for each set of examples: what is the same in both languages is run once."""
    return {tuple(blocks(page)): page for page in [*READMES, *PAGES] if page.exists()}.values()


@pytest.mark.parametrize("page", with_examples(), ids=name)
def test_the_examples_of_a_page_are_true(page, checkout):
    known = {}
    for kind, text in blocks(page):
        if kind == "python":
            _python(text, known, page)
        elif kind == "console":
            _console(text)
        elif kind == "yaml":
            yaml.safe_load(text)
        elif kind == "csv":
            header, *rows = csv.reader(text.splitlines())
            assert {len(row) for row in rows} == {len(header)}


def _python(text, known, page):
    if ">>>" not in text:
        compile(text, name(page), "exec")
        return
    example = doctest.DocTestParser().get_doctest(text, known, name(page), str(page), 0)
    report = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    assert runner.run(example, out=report.append, clear_globs=False).failed == 0, "".join(report)
    known.update(example.globs)


def _console(text):
    """Commands after ``$`` are run and what they print is compared; others have to be ones that can be given."""
    text = text.replace("\\\n", " ")
    first, *shown = re.split(r"^\$ ", text, flags=re.MULTILINE)
    for line in first.splitlines():
        for command in re.split(r"&&|;", line.partition("  #")[0]):
            _parsed(_words(command))
    for part in shown:
        command, _, wanted = part.partition("\n")
        wanted, printed = _tidy(wanted), _tidy(_run(command))
        same = doctest.OutputChecker().check_output(wanted, printed, doctest.ELLIPSIS)
        assert not wanted or same, f"{command}\n{printed}"


def _tidy(printed):
    return "\n".join(line.rstrip() for line in printed.splitlines()).strip()


def _words(command):
    """The words of a command without what stands before the program: variables, ``uv run`` and its options."""
    words = shlex.split(command)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words = words[1:]
    if words[:2] == ["uv", "run"]:
        words = words[2:]
        while words[0].startswith("--"):
            words = words[2:]
    return words


def _parsed(words):
    """A command of ours that click understands, or a program of others."""
    if not words or words[0] in OTHERS | {"uv", "uvx"}:
        return
    assert words[0] == "fiscal", words
    if words[1] in ("-h", "--help"):
        return
    assert words[1] in main.commands, words
    try:
        main.commands[words[1]].make_context(words[1], words[2:])
    except click.exceptions.Exit:  # --help
        pass


def _run(command):
    words = _words(command)
    if words[0] == "fiscal":
        return CliRunner().invoke(main, words[1:]).output
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
