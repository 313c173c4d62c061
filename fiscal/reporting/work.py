"""Make one report from its order, anywhere: the order carries its inputs, the result its bytes."""

import tempfile
from pathlib import Path

import nbformat

from fiscal.errors import InputError
from fiscal.reporting import inputs, paper, render, seal
from fiscal.reporting.execute import execute, in_language
from fiscal.reporting.order import Failure, Order, Result

NAMES = {"pdf": "PDF", "xlsx": "Excel"}


def work(order: Order) -> Result:
    """Execute and render. Raises InputError if this machine's ``fiscal`` or libraries are others than the order's."""
    _compare(order.made_of)
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
        told = folder / "told.json"
        content = order.notebook
        if "xlsx" in order.beside:
            from fiscal.reporting import workbook

            content = workbook.asking(content, order.per, order.lang, order.parameters, told)
        notebook, failure = execute(content, order.given, folder, order.lang, env=env, **limits)
        handed = told.read_bytes() if "xlsx" in order.beside and not failure else b""
    return _result(order, notebook, failure, handed)


def _compare(made_of):
    """Raise InputError if the page would not be made of what it says."""
    if made_of["code"] != inputs.code():
        raise InputError("the fiscal that is installed here differs from the one that plans the reports")
    here = inputs.versions()["versions"]
    for name, version in made_of["versions"].items():
        if here.get(name) != version:
            raise InputError(f"{name} is {here.get(name, 'missing')} here and {version} where the reports are planned")


def unfinished(order: Order, error: Exception) -> Result:
    """The result of an order that brought an error instead of one: a page with the reason and the notebook as it is."""
    failure = Failure(0, str(error) or type(error).__name__, type(error).__name__)
    return _result(order, in_language(nbformat.reads(order.notebook, as_version=4), order.lang), failure)


def _result(order, notebook, failure, handed=b""):
    headline = _headline(notebook)
    shown = {
        "lang": order.lang,
        "place": order.about["place"].get(order.lang, order.about["place"]["zh"]),
        "year": order.about["year"],
        "title": order.about["title"],
    }
    page = files = None
    if not failure:
        try:
            page, files = _made(order, notebook, shown, headline, handed)
        except InputError as error:
            failure = Failure(0, str(error), "PDF")
    if failure:
        page, files = _page(order, render.article(notebook), shown, failure=failure), {}
    about = order.about | {
        "lang": order.lang,
        "headline": headline,
        "alt": _first_picture(notebook)[1],
        "failure": failure and failure.said,
    }
    notebook.metadata.setdefault("fiscal", {})["report"] = about
    if "papermill" in notebook.metadata:  # where it ran is gone
        notebook.metadata.papermill |= {
            "input_path": f"{order.about['notebook']}.ipynb",
            "output_path": f"{order.name}.ipynb",
        }
    files = {"html": page, "ipynb": (nbformat.writes(notebook) + "\n").encode("utf-8")} | files
    return Result(order.name, files, about, failure)


def _made(order, notebook, shown, headline, handed):
    """The page, and what goes beside it by ending. Raises InputError if there can be no PDF."""
    article = render.article(notebook)
    files = {}
    if picture := _first_picture(notebook)[0]:
        files["svg"] = picture.encode("utf-8")
    if "xlsx" in order.beside:
        from fiscal.reporting import workbook

        files["xlsx"] = workbook.workbook(article, handed, headline=headline, **shown)
    stem = order.name.rpartition("/")[2]
    page = _page(order, article, shown, beside=[(NAMES[ending], f"{stem}.{ending}") for ending in order.beside])
    if "pdf" in order.beside:
        files["pdf"] = paper.pdf(page)
    return page, files


def _page(order, article, shown, **more):
    said = {
        "name": order.name,
        "notebook": order.about["notebook"],
        "beside": list(order.beside),
        "made_of": inputs.shared(order.made_of),
    }
    links = {"lesson": order.about.get("lesson"), "others": order.others, "around": order.around}
    return seal.sealed(render.report(article, name=order.about["notebook"], said=said, **links, **shown, **more))


def _headline(notebook):
    """The text of the cell that is tagged ``headline``."""
    for cell in notebook.cells:
        if "headline" in cell.metadata.get("tags", []):
            for output in cell.get("outputs", []):
                if words := output.get("data", {}).get("text/plain"):
                    return words
    return ""


def _first_picture(notebook):
    """The first picture as SVG and its alternative text, empty if there is none."""
    kind = "image/svg+xml"
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        if kind in output.get("data", {}):
            return output.data[kind], output.metadata.get(kind, {}).get("alt", "")
    return "", ""
