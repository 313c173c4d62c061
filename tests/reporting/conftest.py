"""Notebooks of the tests' own, in place of the package's; a comparison and papers made once."""

import os

import nbformat
import pytest
from filelock import FileLock

from fiscal import reporting, resources
from fiscal.errors import InputError
from fiscal.reporting import paper

CODE = {
    "works": "print('done', amount)",
    "fails": "print('so far')\nraise ValueError('the <b>third</b> district is missing')",
    "dies": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "reader": "print(open(file).read()) if file else None",
    "looks": "from fiscal import datasets; print(list(datasets.disclosures()['disclosure']))",
    "hangs": "print('so far')\nsum(range(10**12))  # a loop in C",
    "eats": "print('so far')\neaten = []\nwhile True:\n    eaten.append(bytearray(10_000_000))",
    "forks": "import os, subprocess, time\nchild = subprocess.Popen(['sleep', '1000'], start_new_session=True)\n"
    "print('child', child.pid)",
    "exits": "import os\nos._exit(3)",
}


@pytest.fixture
def own_notebooks(tmp_path, monkeypatch):
    """A folder with small notebooks: one that works, one that fails, one whose kernel dies, …"""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name, code in CODE.items():
        parameters = 'disclosure: str = ""\nlang: str = "en"\namount: int = 1\nfile: str = ""'
        cells = [
            nbformat.v4.new_markdown_cell("# Title", metadata={"tags": ["en"]}),
            nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(code),
            nbformat.v4.new_code_cell("print('after')"),
        ]
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata = {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "fiscal": {"reads": {"file": "file"}},
        }
        nbformat.write(notebook, folder / f"{name}.ipynb")
    monkeypatch.setattr(resources, "notebooks", lambda: folder)
    return folder


@pytest.fixture(scope="session")
def compared(tmp_path_factory):
    """A folder with the comparison of two places in both languages, made once for all workers."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    with FileLock(shared / "compared.lock"):
        made = reporting.build(["ezhou-2017", "jiaxing-2017"], ["compare"], out=shared / "compared")
    assert [report.failure for report in made] == [None, None]
    return shared / "compared"


@pytest.fixture(scope="session")
def papers(tmp_path_factory):
    """The debt report in both languages with what can be handed in: workbooks, and PDFs where there is a browser."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    try:
        beside = ("xlsx", "pdf") if paper.browser() else ()
    except InputError:
        beside = ("xlsx",)
    with FileLock(shared / "papers.lock"):
        made = reporting.build(["urumqi-2020"], ["debt"], out=shared / "papers", beside=beside)
    assert [report.failure for report in made] == [None, None]
    return shared / "papers" / "urumqi-2020"
