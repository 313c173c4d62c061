"""The notebook to explore with: it runs in both languages, and no report is made from it."""

import nbformat
import papermill
import pytest

from fiscal import reporting, resources

PATH = resources.notebooks() / "explore.ipynb"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_runs_without_an_error(lang, tmp_path):
    how = {"kernel_name": "fiscal", "progress_bar": False}
    ran = papermill.execute_notebook(PATH, tmp_path / "out.ipynb", {"lang": lang}, **how)
    outputs = [output for cell in ran.cells if cell.cell_type == "code" for output in cell.outputs]
    assert {output["output_type"] for output in outputs} == {"execute_result"}
    assert len([o for o in outputs if "application/vnd.jupyter.widget-view+json" in o["data"]]) == 3


def test_it_is_for_a_session_and_no_report():
    notebook = nbformat.read(PATH, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata["fiscal"]["per"] == "session"
    assert "explore" not in reporting.templates()
    assert all(cell.outputs == [] for cell in notebook.cells if cell.cell_type == "code")
    prose = [cell.metadata["tags"] for cell in notebook.cells if cell.cell_type == "markdown"]
    assert prose.count(["en"]) == prose.count(["zh"]) > 3
