"""The notebooks as they lie in git, and what they say when they are executed."""

import re
import subprocess
import sys

import nbformat
import papermill
import pytest

from fiscal import datasets, measures, reporting

TEMPLATES = reporting.templates()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_notebook_in_git_has_prose_in_both_languages_calls_and_no_outputs(name):
    notebook = nbformat.read(TEMPLATES[name].path, as_version=4)
    nbformat.validate(notebook)
    prose = {"en": 0, "zh": 0}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            (lang,) = cell.metadata["tags"]
            prose[lang] += 1
            assert not re.search(r"[0-9]", cell.source), f"a number is typed into {name}: {cell.source}"
        else:
            assert cell.outputs == []
            assert cell.execution_count is None
            assert not re.search(r"\b(for|if|while|def|lambda)\b", re.sub(r"#.*", "", cell.source))
    assert prose["en"] == prose["zh"] > 3


@pytest.mark.parametrize("name", TEMPLATES)
def test_papermill_explains_the_parameters(name):
    lang = papermill.inspect_notebook(str(TEMPLATES[name].path))["lang"]
    assert (lang["inferred_type_name"], lang["default"]) == ("str", '"en"')
    assert "language of sentences and pictures" in lang["help"]


def test_plain_papermill_runs_a_notebook(tmp_path):
    output = tmp_path / "out.ipynb"
    command = [sys.executable, "-m", "papermill", str(TEMPLATES["debt"].path), str(output)]
    subprocess.run([*command, "-p", "disclosure", "urumqi-2020", "-p", "lang", "zh"], check=True, capture_output=True)
    said = "".join(_said(nbformat.read(output, as_version=4)))
    assert "2020年末，乌鲁木齐市政府债务余额1188.94亿元" in said


def _said(notebook):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                yield output.data["text/plain"] + "\n"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["transfers", "debt"])
def test_every_number_that_is_said_is_a_figure_or_a_measure(reports, name, lang):
    notebook = nbformat.read(reports / "urumqi-2020" / f"{name}.{lang}.ipynb", as_version=4)
    figures = datasets.figures("urumqi-2020")
    table = getattr(measures, name)(figures)
    source = datasets.source("urumqi-2020")
    known = [value / 1e8 for value in figures["value"]]
    there = table[table["reason"] == ""]
    known += [
        abs(v) * (100 if unit == "ratio" else 1e-8) for v, unit in zip(there["value"], there["unit"], strict=True)
    ]
    known += [edge / 100 for edge in measures.thresholds("debt_ratio")["level_bp"]]
    known += [edge / 100 for edge in measures.thresholds("interest_burden")["level_bp"]]
    known += [source["fiscal_year"], 100]  # one yi is 100 million yuan
    count = 0
    for words in _said(notebook):
        # Names of the document and of who approved it have numbers of their own, as have clauses.
        for name_ in (source["title"], source["approved"]["accounts"], source["approved"]["by"]):
            words = words.replace(name_[lang], "")
        words = re.sub(r"\b(I|II|III)\.[0-9.]+|第.部分（.）[0-9]?|17 August 2021|2021年8月17日|COVID-19", "", words)
        for number in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", words):
            decimals = len(number.partition(".")[2])
            value = float(number.replace(",", ""))
            step = 10.0**-decimals
            assert any(abs(value - each) <= step / 2 + 1e-9 for each in known), (number, words)
            count += 1
    assert count > 40
