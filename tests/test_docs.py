"""What the documentation shows is what happens, in both languages, and both languages say the same."""

import contextlib
import csv
import doctest
import importlib.util
import inspect
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from fiscal import plots, resources
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
OTHERS = {
    "apt",
    "conda",
    "cp",
    "sed",
    "jupyter",
    "nbstripout",
    "papermill",
    "pip",
    "pytest",
    "python",
    "ruff",
    "sphinx-build",
}
EXTERNAL = {"https://semver.org"}  # none of them is fetched


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
    with contextlib.suppress(click.exceptions.Exit):  # --help
        main.commands[words[1]].make_context(words[1], words[2:])


def _run(command):
    words = _words(command)
    if words[0] == "fiscal":
        return CliRunner().invoke(main, words[1:]).output
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def commands(page):
    """The commands of a page, in code and in sentences, with the language left open."""
    text = page.read_text(encoding="utf-8")
    shown = [line for kind, block in blocks(page) if kind == "console" for line in block.splitlines()]
    inline = re.findall(r"`((?:uv run )?fiscal [^`]+)`", BLOCK.sub("", text))
    given = [*(line for line in shown if re.match(r"(\$ )?(uv|fiscal|pip|papermill)\b", line)), *inline]
    return [re.sub(r"\b(en|zh)\b", "LANG", command) for command in given]


def skeleton(page):
    """What is the same in every language: levels of headings, kinds of code, commands."""
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    headings = [len(found) for found in re.findall(r"^(#+) ", text, re.MULTILINE)]
    return headings, [kind for kind, _ in blocks(page)], commands(page)


def pairs():
    """Each page in English with the same in Chinese."""
    inside = [(page, DOCS / "zh" / page.relative_to(DOCS / "en")) for page in PAGES if page.is_relative_to(DOCS / "en")]
    return [(ROOT / "README.md", ROOT / "README.zh.md"), *inside]


@pytest.mark.parametrize(("english", "chinese"), pairs(), ids=lambda page: name(page))
def test_both_languages_say_the_same(english, chinese):
    assert skeleton(english) == skeleton(chinese)


def test_no_page_is_in_one_language_only():
    here = {page.relative_to(DOCS / "zh").as_posix() for page in PAGES if page.is_relative_to(DOCS / "zh")}
    there = {page.relative_to(DOCS / "en").as_posix() for page in PAGES if page.is_relative_to(DOCS / "en")}
    # The home page stands above the languages; the reference is one, with an introduction in Chinese.
    assert here - there == {"index.md", "reference.md"}
    assert there <= here


@pytest.mark.parametrize("page", READMES, ids=name)
def test_what_a_readme_names_is_there(page):
    text = page.read_text(encoding="utf-8")
    for path in re.findall(r"`((?:data|notebooks|fiscal|tests|benchmarks|docs)/[^`\s*]*)`", text):
        assert (ROOT / path).exists() or path.startswith("docs/_site"), path
    for target in LINK.findall(text):
        assert "://" in target or (ROOT / target.partition("#")[0]).exists(), target
    for command in re.findall(r"`(uv run fiscal [^`]+)`", text):
        _parsed(_words(command))


def test_the_readme_begins_with_two_commands_and_has_them_all():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    quick = text.partition("## Quick start")[2]
    assert BLOCK.search(quick)["text"] == "pip install uv && uv run fiscal report\nuv run pytest\n"
    for command in main.commands:
        assert f"fiscal {command}" in text


def test_links_to_elsewhere_are_known_and_well_formed():
    found = set()
    for page in [*PAGES, *READMES, ROOT / "CHANGELOG.md"]:
        found |= {target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" in target}
    assert found == EXTERNAL
    assert all(re.fullmatch(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(/[\w./~%-]*)?(#[\w-]+)?", each) for each in found)


def test_every_picture_is_in_the_gallery():
    spec = importlib.util.spec_from_file_location("pictures", DOCS / "generate" / "pictures.py")
    gallery = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(gallery)
    calls = " ".join(call for group in gallery.GROUPS.values() for call in group.pictures.values())
    for part in filter(inspect.ismodule, (getattr(plots, each) for each in plots.__all__)):
        for drawing, function in inspect.getmembers(part, inspect.isfunction):
            title = inspect.signature(function).parameters.get("title")
            if function.__module__ == part.__name__ and title is not None and title.default == "":
                assert f"{part.__name__.removeprefix('fiscal.')}.{drawing}(" in calls


@pytest.mark.parametrize(
    "page", [ROOT / "README.zh.md", *(p for p in PAGES if p.is_relative_to(DOCS / "zh"))], ids=name
)
def test_chinese_has_its_own_punctuation(page):
    text = re.sub(r"`[^`]*`", "码", BLOCK.sub("", page.read_text(encoding="utf-8")))
    text = re.sub(r"\]\([^)]*\)", "]", text)
    assert not re.findall(r"[\u4e00-\u9fff][ ]?[,;:?!()](?![a-z])|[\u4e00-\u9fff] +[\u4e00-\u9fffA-Za-z0-9]", text)
