"""The command line as a user meets it."""

import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from fiscal import resources
from fiscal.cli import main

THERE = ", ".join(sorted(resources.disclosures()))


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def test_help_names_every_command():
    result = run("--help")
    assert result.exit_code == 0
    for command in ("report", "export", "check", "audit", "list", "lab", "export-policy"):
        assert command in result.output


def test_help_and_import_load_no_heavy_library():
    code = (
        "import sys, fiscal; from fiscal.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'seaborn', 'papermill', 'nbconvert', 'IPython'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_check_shows_what_was_tried_and_passes():
    result = run("check", "urumqi-2020")
    assert result.exit_code == 0
    assert "Debt balance within the debt limit" in result.output
    assert "-19,163,000,000" in result.output
    assert "29 places of figures: 29 plausible" in result.output
    assert result.output.endswith("0 discrepancies\n")


def test_check_names_a_discrepancy_with_its_size_and_exits_1(own_data):
    path = own_data / "figures.csv"
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("40554000000,yuan,405.54", "40564000000,yuan,405.64"), encoding="utf-8")
    result = run("check", "testville-2020")
    assert result.exit_code == 1
    assert "discrepancy: Government debt balance is the sum of its parts" in result.output
    assert "differs by 10,000,000 (clause II)" in result.output
    assert result.output.endswith("1 discrepancies\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("report", "atlantis-2020"), f"unknown disclosure 'atlantis-2020'; there is: {THERE}"),
        (("report", "--lang", "fr"), "unknown language 'fr'; there is: en, zh"),
        (
            ("report", "--notebook", "dept"),
            "unknown notebook 'dept'; there is: compare, debt, evaluation, transfers, transparency",
        ),
        (("export-policy", "atlantis"), "unknown policy 'atlantis'; there is: lakeside-2020, urumqi-2020"),
        (("check", "atlantis-2020"), f"unknown disclosure 'atlantis-2020'; there is: {THERE}"),
    ],
)
def test_a_name_that_is_not_there_is_one_line_and_exit_2(arguments, expected):
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr == f"fiscal: {expected}\n"


def test_a_parameter_that_is_no_yaml_is_wrong_usage():
    result = run("report", "-p", "overrides", "{a: ")
    assert result.exit_code == 2
    assert "expected a value, or YAML" in result.stderr


def test_a_broken_file_is_one_line_and_exit_1(own_data):
    (own_data / "figures.csv").write_text("", encoding="utf-8")
    result = run("check", "testville-2020")
    assert result.exit_code == 1
    assert result.stderr.startswith("fiscal: ")
    assert result.stderr.count("\n") == 1
    assert "figures.csv, row 1" in result.stderr


def test_list_shows_disclosures_notebooks_and_policies():
    result = run("list")
    assert result.exit_code == 0
    for words in (
        "urumqi-2020",
        "乌鲁木齐市",
        "debt",
        "transfers",
        "context, disclosure, lang",
        "evaluation",
        "Budget performance management",
    ):
        assert words in result.output


def test_report_in_a_pipe_says_one_line_and_a_failure_is_named(own_data, tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "fiscal", "report", "testville-2020", "--notebook", "debt", "--lang", "en"]
    done = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True)
    # Where a report takes long, as on a busy machine, a line says how far it is.
    assert done.returncode == 0
    assert all(re.match(r"[01] done, 0 failed", line) for line in done.stderr.splitlines())
    assert done.stdout == f"1 of 1 reports done: open {out / 'index.html'}\n"
    again = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True)
    assert again.stdout == f"1 of 1 reports done (1 unchanged): open {out / 'index.html'}\n"
    mine = tmp_path / "mine.yaml"
    mine.write_text("figures: 3", encoding="utf-8")
    failed = subprocess.run([*command, "--out", str(out), "-p", "context", str(mine)], capture_output=True, text=True)
    assert failed.returncode == 1
    assert "notebook debt, cell 4: InputError: mine.yaml, figures: must be a list" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_lab_opens_on_the_notebooks_and_outside_a_checkout_on_a_copy(tmp_path, monkeypatch):
    from fiscal import cli, resources

    started = []
    monkeypatch.setattr(cli.os, "execv", lambda program, arguments: started.append(arguments))
    run("lab", "--no-browser")
    assert f"--ServerApp.root_dir={resources.notebooks()}" in started[0]
    assert started[0][-1] == "--no-browser"
    bundled = resources.notebooks()
    monkeypatch.setattr(resources, "notebooks", lambda: bundled)
    monkeypatch.setattr(resources, "CHECKOUT", None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "debt.ipynb").write_text("mine", encoding="utf-8")
    run("lab")
    assert (tmp_path / "notebooks" / "transfers.ipynb").exists()
    assert (tmp_path / "notebooks" / "debt.ipynb").read_text(encoding="utf-8") == "mine"
