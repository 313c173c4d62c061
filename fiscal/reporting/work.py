"""Make one report from its order, anywhere: the order carries its inputs, the result its bytes."""

import tempfile
from pathlib import Path

import nbformat

from fiscal.errors import InputError
from fiscal.reporting import inputs, render
from fiscal.reporting.execute import execute, in_language
from fiscal.reporting.order import Failure, Order, Result


def work(order: Order) -> Result:
    """Execute and render. Raises InputError if this machine's ``fiscal`` is another than the order's."""
    if order.code != inputs.code():
        raise InputError("the fiscal that is installed here differs from the one that plans the reports")
    with tempfile.TemporaryDirectory(prefix="fiscal-") as name:
        folder = Path(name)
        for place, content in order.files.items():
            path = folder / "run" / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (folder / "tmp").mkdir()
        env = {
            "FISCAL_BUNDLED": str(folder / "run" / inputs.BUNDLED),
            "FISCAL_DATA": str(folder / "run" / inputs.OWN),
            "TMPDIR": str(folder / "tmp"),
        }
        limits = {"kernel": order.kernel, "seconds": order.seconds, "memory": order.memory}
        notebook, failure = execute(order.notebook, order.given, folder, order.lang, env=env, **limits)
    return _result(order, notebook, failure)


def unfinished(order: Order, error: Exception) -> Result:
    """The result of an order that brought an error instead of one: a page with the reason and the notebook as it is."""
    failure = Failure(0, str(error) or type(error).__name__, type(error).__name__)
    return _result(order, in_language(nbformat.reads(order.notebook, as_version=4), order.lang), failure)


def _result(order, notebook, failure):
    about = order.about | {
        "lang": order.lang,
        "headline": _headline(notebook),
        "failure": failure and failure.said,
    }
    notebook.metadata.setdefault("fiscal", {})["report"] = about
    if "papermill" in notebook.metadata:  # where it ran is gone
        notebook.metadata.papermill |= {
            "input_path": f"{order.about['notebook']}.ipynb",
            "output_path": f"{order.name}.ipynb",
        }
    return Result(order.name, _files(order, notebook, failure), about, failure)


def _files(order, notebook, failure):
    page = render.report(
        notebook,
        lang=order.lang,
        name=order.about["notebook"],
        place=order.about["place"].get(order.lang, order.about["place"]["zh"]),
        year=order.about["year"],
        title=order.about["title"],
        lesson=order.about.get("lesson"),
        others=order.others,
        around=order.around,
        failure=failure,
    )
    files = {"html": page.encode("utf-8"), "ipynb": (nbformat.writes(notebook) + "\n").encode("utf-8")}
    picture = _first_picture(notebook)
    if picture and not failure:
        files["svg"] = picture.encode("utf-8")
    return files


def _headline(notebook):
    """The text of the cell that is tagged ``headline``."""
    for cell in notebook.cells:
        if "headline" in cell.metadata.get("tags", []):
            for output in cell.get("outputs", []):
                if words := output.get("data", {}).get("text/plain"):
                    return words
    return ""


def _first_picture(notebook):
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    pictures = [output.data["image/svg+xml"] for output in outputs if "image/svg+xml" in output.get("data", {})]
    return pictures[0] if pictures else None
