"""Forked and ordinary kernels give the same notebooks: the package's own and three that were not written for it."""

import hashlib
import json
import os
import re
import subprocess
import sys

import nbformat
import pytest

from fiscal import reporting, resources

CODE = {
    "error": ["print('before')", "import pandas as pd\npd.DataFrame({'a': [1]}).b", "print('after')"],
    "widgets": [
        "import ipywidgets as widgets\nfrom IPython.display import display",
        "slider = widgets.IntSlider(value=3, max=7)\nlabel = widgets.Label('x')\n"
        "slider.observe(lambda change: setattr(label, 'value', str(change.new)), 'value')\ndisplay(slider, label)",
        "slider.value = 5\nout = widgets.Output()\nwith out:\n    print('inside')\ndisplay(out)\nlabel.value",
        "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2, slider.value])",
    ],
    "megabytes": [
        "for number in range(40):\n    print(f'{number:02} ' + 'x' * 100_000)",
        "import sys\nprint('y' * 1_000_000, file=sys.stderr)\n'z' * 10",
        "import os\nos.system('echo from a child; seq 20000')",
    ],
}
COUNTING = [
    "import io\nimport matplotlib.pyplot as plt\n"
    "def plot(drawn):\n    figure, axes = plt.subplots()\n    axes.plot([1, 2])\n"
    "    figure.canvas.mpl_connect('draw_event', drawn.append)\n    return figure",
    "shown, saved = [], []\n_ = plot(shown)",
    "figure = plot(saved)\nfigure.savefig(io.BytesIO(), bbox_inches='tight')\nplt.close(figure)",
    "print('drawn', len(shown) - len(saved), 'times more, open:', plt.get_fignums())",
]

ID = re.compile("[0-9a-f]{32}")
OTHERS = ["evaluation", "transfers", "transparency"]


@pytest.fixture
def strangers(tmp_path, monkeypatch):
    """Notebooks as papermill's users write them: a parameters cell, no metadata of ours."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name, cells in (CODE | {"counting": COUNTING}).items():
        parameters = nbformat.v4.new_code_cell("alpha = 0.1", metadata={"tags": ["parameters"]})
        notebook = nbformat.v4.new_notebook(cells=[parameters, *map(nbformat.v4.new_code_cell, cells)])
        notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(notebook, folder / f"{name}.ipynb")
    monkeypatch.setattr(resources, "notebooks", lambda: folder)


def plain(path):
    """An executed notebook without what differs from run to run: times, ids, addresses."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for volatile in ("papermill", "execution"):
            cell.metadata.pop(volatile, None)
        cell.pop("id", None)
        # How a long print is cut into messages is a matter of time.
        streams = {}
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                streams[output.name] = streams.get(output.name, "") + output.text
        others = [output for output in cell.get("outputs", []) if output.output_type != "stream"]
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("stream", name=name, text=streams[name]) for name in sorted(streams)]
            cell.outputs += others
    notebook.metadata.pop("papermill", None)
    words = json.dumps(notebook)
    states = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})

    def content(model):
        """A model by what it is, and so are those that it names: ids are drawn anew each time."""
        return ID.sub(lambda named: content(named[0]), json.dumps(states[model], sort_keys=True))

    for model in states:
        words = words.replace(model, hashlib.sha256(content(model).encode()).hexdigest()[:12])
    words = re.sub(r"0x[0-9a-f]{8,}|(?:/tmp/fiscal-\w+)?/tmp/ipykernel_[0-9]+/[0-9]+", "address", words)
    return json.dumps(json.loads(words), indent=1, sort_keys=True)


@pytest.mark.parametrize("name", CODE)
def test_strange_notebooks_come_out_the_same(strangers, tmp_path, name):
    made = {}
    for kernel in ("warm", "plain"):
        # A kernel that never answers would else hold up everything.
        (report,) = reporting.build(["urumqi-2020"], [name], ["en"], tmp_path / kernel, kernel=kernel, seconds=180)
        assert (report.failure is None) == (name != "error")
        made[kernel] = plain(report.path.with_suffix(".ipynb"))
    assert made["warm"] == made["plain"]
    expected = {"error": "AttributeError", "widgets": "IntSliderModel", "megabytes": "from a child"}[name]
    assert expected in made["warm"]
    assert len(made["warm"]) > (4_000_000 if name == "megabytes" else 1000)


@pytest.mark.parametrize("kernel", ["warm", "plain"])
def test_a_picture_is_drawn_as_often_as_saving_it_takes(strangers, tmp_path, kernel):
    (report,) = reporting.build(["urumqi-2020"], ["counting"], ["en"], tmp_path, kernel=kernel, seconds=180)
    executed = report.path.with_suffix(".ipynb").read_text(encoding="utf-8")
    assert executed.count('"image/png"') == 1
    assert "drawn 0 times more, open: []" in executed


ELSEWHERE = """
import sys
from fiscal import reporting
jobs = reporting.plan(["urumqi-2020"], sys.argv[1:], ["zh"])
reporting.make(jobs, "made/here", links={job.name: ["en"] for job in jobs}, kernel="plain", width=1)
"""


@pytest.mark.parametrize("names", [["debt"], pytest.param(OTHERS, marks=pytest.mark.soak)], ids="ab")
def test_the_packages_own_reports_come_out_byte_by_byte_whatever_is_around_them(reports, tmp_path, names):
    around = {"PYTHONHASHSEED": "7", "TZ": "Asia/Urumqi", "LC_ALL": "C", "LANG": "C", "COLUMNS": "40"}
    command = [sys.executable, "-c", ELSEWHERE, *names]
    subprocess.run(command, cwd=tmp_path, env=os.environ | around, check=True)
    for name in names:
        for ending in ("html", "ipynb", "svg", "json"):
            place = f"urumqi-2020/{name}.zh.{ending}"
            assert (tmp_path / "made" / "here" / place).read_bytes() == (reports / place).read_bytes(), place
