"""How long a batch of reports takes, beside what a user of papermill would do otherwise, and beside the floor.

Run with ``uv run python benchmarks/batch.py``. ``--others PYTHON`` names the Python of an environment that also has
``millrun`` and ``ploomber-engine`` (which would slow down papermill in ours); without it, their rows are left out.
``--thousand`` adds a batch of 1,000 reports (some minutes). All run the same notebook: three small pictures, a few
lines of code. Ours also renders pages, writes records and an index; the others execute only. No machine is as fast at
one time as at another: ours runs before and after each of the others, which is compared with the mean of the two.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from tabulate import tabulate

CELLS = [
    "import pandas as pd\nimport seaborn as sns\n"
    "debt = pd.DataFrame({'type': ['general', 'special'] * 30, 'year': range(60), 'balance': range(60)})",
    "sns.barplot(debt, x='type', y='balance');",
    "sns.lineplot(debt, x='year', y='balance', hue='type');",
    "sns.histplot(debt, x='balance', hue='type');",
    "debt.groupby('type')['balance'].describe()",
]
REPORTS = 32
LONG = 100
CORES = os.cpu_count()

OURS = """
import json, sys, time
from pathlib import Path
import psutil
from fiscal.reporting.batch import make
from fiscal.reporting.jobs import Job
from fiscal.reporting.template import Template

path, out, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
template = Template(path.stem, path)
jobs = [Job(template, ("urumqi-2020",), "urumqi-2020", "en", {"alpha": n}, f"n{n}") for n in range(count)]
reports = make(jobs, out)
assert [report.failure for report in reports] == [None] * count
print(psutil.Process().memory_info().rss)
"""

# Warm processes on all cores that do nothing but run the cells and draw what they show.
FLOOR = """
import ast, io, json, os, sys, time
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt, pandas, seaborn
from pathlib import Path

cells = [ast.parse(code) for code in json.loads(Path(sys.argv[1]).read_text())]
count, cores = int(sys.argv[2]), os.cpu_count()

def run():
    names = {}
    for cell in cells:
        last = cell.body[-1]
        if isinstance(last, ast.Expr):
            exec(compile(ast.Module(cell.body[:-1], []), "cell", "exec"), names)
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            getattr(value, "_repr_html_", lambda: repr(value))()
        else:
            exec(compile(cell, "cell", "exec"), names)
        for number in plt.get_fignums():
            plt.figure(number).savefig(io.BytesIO(), format="png", bbox_inches="tight")
        plt.close("all")

began = time.perf_counter()
for core in range(cores):
    if not os.fork():
        for _ in range(core, count, cores):
            if not (child := os.fork()):
                run()
                os._exit(0)
            assert os.waitpid(child, 0)[1] == 0
        os._exit(0)
for core in range(cores):
    assert os.wait()[1] == 0
print(time.perf_counter() - began)
"""

PAPERMILL = """
import sys
from papermill import execute_notebook
source, out, first, step, count = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:])
for n in range(first, count, step):
    execute_notebook(source, f"{out}/{n}.ipynb", {"alpha": n}, progress_bar=False)
"""

POOL = """
import sys
from concurrent.futures import ProcessPoolExecutor
from papermill import execute_notebook

def one(n):
    execute_notebook(sys.argv[1], f"{sys.argv[2]}/{n}.ipynb", {"alpha": n}, progress_bar=False)

if __name__ == "__main__":
    import os
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(one, range(int(sys.argv[3]))))
"""

PLOOMBER = """
import sys
from ploomber_engine import execute_notebook
for n in range(int(sys.argv[3])):
    execute_notebook(sys.argv[1], f"{sys.argv[2]}/{n}.ipynb", parameters={"alpha": n}, progress_bar=False)
"""


def notebook(folder):
    path = folder / "pictures.ipynb"
    parameters = nbformat.v4.new_code_cell("alpha: int = 0", metadata={"tags": ["parameters"]})
    made = nbformat.v4.new_notebook(cells=[parameters, *map(nbformat.v4.new_code_cell, CELLS)])
    made.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(made, path)
    return path


def seconds(*command, **how):
    """How long a command takes, and what it prints."""
    # IPython would take libraries from the environment that VIRTUAL_ENV names, also when another Python runs it.
    ours = ("PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV")
    environment = {k: v for k, v in os.environ.items() if k not in ours}
    began = time.perf_counter()
    run = subprocess.run(command, env=environment, capture_output=True, text=True, **how)
    if run.returncode:
        sys.exit(f"{command[:4]} failed:\n{run.stderr[-3000:]}")
    return time.perf_counter() - began, run.stdout.strip()


def python(code, *arguments, executable=sys.executable):
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script.py"
        script.write_text(code, encoding="utf-8")
        return seconds(executable, str(script), *map(str, arguments))


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = notebook(folder)
        (folder / "others").mkdir()
        (folder / "cells.json").write_text(json.dumps(CELLS), encoding="utf-8")

        def ours(count):
            shutil.rmtree(folder / "ours", ignore_errors=True)
            return python(OURS, source, folder / "ours", count)

        others = {
            "papermill in a loop": lambda: python(PAPERMILL, source, folder / "others", 0, 1, REPORTS),
            "papermill in a process pool of all cores": lambda: python(POOL, source, folder / "others", REPORTS),
        }
        if "--others" in sys.argv:
            other = Path(sys.argv[sys.argv.index("--others") + 1])
            (folder / "params.json").write_text(json.dumps([{"alpha": n} for n in range(REPORTS)]), encoding="utf-8")
            command = [str(other.with_name("millrun")), "run", str(source), str(folder / "params.json")]
            others["millrun run"] = lambda: seconds(*command, "--output-dir", str(folder / "mill"))
            others["ploomber-engine in a loop, one process for all"] = lambda: python(
                PLOOMBER, source, folder / "others", REPORTS, executable=str(other)
            )
        ours(2)  # compiles
        rows, mine = [], [ours(REPORTS)[0]]
        for name, run in others.items():
            s = run()[0]
            mine.append(ours(REPORTS)[0])
            rows.append([name, f"{s:.1f}", f"{s / REPORTS:.2f}", f"{s / statistics.mean(mine[-2:]):.1f}"])
        s = statistics.mean(mine)
        spread = f"{s:.1f} ({min(mine):.1f} to {max(mine):.1f})"
        rows.insert(0, ["fiscal, pages and index included", spread, f"{s / REPORTS:.2f}", "1"])
        print(tabulate(rows, [f"{REPORTS} reports", "seconds", "each", "times fiscal"], disable_numparse=True), "\n")

        floor = float(python(FLOOR, folder / "cells.json", LONG)[1])
        counts = [LONG, 2 * LONG, *([10 * LONG] if "--thousand" in sys.argv else [])]
        rows = [
            ["the cells alone, in warm processes on all cores", LONG, f"{floor:.1f}", f"{floor / LONG:.3f}", "1", ""]
        ]
        for count in counts:
            s, memory = ours(count)
            each = s / count
            ratio = f"{each / (floor / LONG):.2f}"
            rows.append(["fiscal", count, f"{s:.1f}", f"{each:.3f}", ratio, f"{int(memory) >> 20} MiB"])
        print(tabulate(rows, ["", "reports", "seconds", "each", "times the cells", "parent's memory"]), "\n")

        fiscal = [sys.executable, "-m", "fiscal"]
        out = ["report", "--notebook", "transfers", "--out", str(folder / "reports")]
        seconds(*fiscal, *out)
        unchanged = [seconds(*fiscal, *out)[0] for _ in range(15)]
        helped = [seconds(*fiscal, "--help")[0] for _ in range(15)]
        ratio = statistics.median(unchanged) / statistics.median(helped)
        print(f"nothing changed: {statistics.median(unchanged) * 1000:.0f} ms, {ratio:.1f} times fiscal --help")


if __name__ == "__main__":
    main()
