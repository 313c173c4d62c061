"""A notebook to begin from: it runs as it stands, its test passes, and it never takes the place of another."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from fiscal import reporting, resources
from fiscal.cli import main


def run(*arguments):
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with one notebook, and with the bundled data."""
    monkeypatch.setenv("FISCAL_BUNDLED", str(resources.data()))
    monkeypatch.setenv("FISCAL_DATA", str(tmp_path))
    monkeypatch.setattr(resources, "CHECKOUT", tmp_path)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "old.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """No checkout, but the bundled notebooks and data."""
    bundled = resources.notebooks()
    monkeypatch.setenv("FISCAL_BUNDLED", str(resources.data()))
    monkeypatch.setenv("FISCAL_DATA", str(tmp_path / "mine"))
    monkeypatch.setattr(resources, "CHECKOUT", None)
    monkeypatch.setattr(resources, "notebooks", lambda: bundled)
    return tmp_path / "mine"


def test_in_a_checkout_it_comes_with_a_test_that_passes(checkout):
    done = run("new-notebook", "land", "--title-en", 'Land "sales"', "--title-zh", "土地出让")
    assert done.exit_code == 0, done.output
    paths = ["notebooks/land.ipynb", "tests/reporting/test_land_notebook.py"]
    assert done.output.splitlines() == [*paths, "now: fiscal report --notebook land"]
    formatted = [sys.executable, "-m", "ruff", "format", "--check", "--line-length", "120", *paths]
    assert subprocess.run(formatted, cwd=checkout, capture_output=True).returncode == 0
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", paths[1]]
    tested = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    assert tested.returncode == 0, tested.stdout
    assert "2 passed" in tested.stdout


def test_outside_a_checkout_it_is_among_the_users_own_and_runs(installed, tmp_path):
    for name, per in (("rules_here", "policy"), ("all_places", "set")):
        done = run("new-notebook", name, "--per", per)
        assert done.exit_code == 0, done.output
        assert (installed / "notebooks" / f"{name}.ipynb").exists()
        assert name in run("list").output
    assert sorted(path.name for path in installed.rglob("*.*")) == ["all_places.ipynb", "rules_here.ipynb"]
    made = reporting.build(["urumqi-2020", "jiaxing-2017"], ["rules_here", "all_places"], ["zh"], tmp_path / "out")
    assert [(report.job.subject, report.failure) for report in made] == [("urumqi-2020", None), ("all_places", None)]
    for report in made:
        page = report.path.read_text(encoding="utf-8")
        assert 'class="fact"' in page
        assert 'class="output headline"' in page
        assert "<figure>" in page


@pytest.mark.parametrize("name", ["Land", "land-sales", "2land", "land sales", "../land", "土地", "", "land.ipynb"])
def test_a_name_that_is_no_word_is_refused_in_one_line(checkout, name):
    done = run("new-notebook", "--", name)
    assert done.exit_code == 1
    assert done.stderr == f"fiscal: new notebook: expected a name such as land_revenue (a-z, 0-9, _), found {name!r}\n"
    assert [path.name for path in (checkout / "notebooks").iterdir()] == ["old.ipynb"]


def test_what_is_there_is_never_overwritten(checkout):
    taken = run("new-notebook", "old")
    assert taken.exit_code == 1
    assert taken.stderr == "fiscal: new notebook: notebooks/old.ipynb is there already; expected another name\n"
    test = checkout / "tests" / "reporting" / "test_land_notebook.py"
    test.parent.mkdir(parents=True)
    test.write_text("mine", encoding="utf-8")
    refused = run("new-notebook", "land")
    assert refused.exit_code == 1
    assert "test_land_notebook.py is there already" in refused.stderr
    assert test.read_text(encoding="utf-8") == "mine"
    assert not (checkout / "notebooks" / "land.ipynb").exists()


def test_a_notebook_of_ones_own_with_a_bundled_name_is_refused(installed):
    (installed / "notebooks").mkdir(parents=True)
    (installed / "notebooks" / "debt.ipynb").write_text("{}", encoding="utf-8")
    done = run("report")
    assert done.exit_code == 1
    assert "debt.ipynb has this name already; expected another one" in done.stderr
    assert done.stderr.count("\n") == 1


def test_starters_are_stripped_and_have_both_languages():
    for path in sorted((resources.PACKAGE / "reporting" / "templates" / "starters").glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        assert all(not cell.get("outputs") for cell in notebook["cells"])
        prose = [cell["metadata"]["tags"] for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
        assert prose == [["en"], ["zh"]] * (len(prose) // 2)
