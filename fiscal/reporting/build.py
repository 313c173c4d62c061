"""Make reports: plan, execute, render, index."""

from dataclasses import dataclass
from pathlib import Path

import nbformat

from fiscal import datasets, files, text
from fiscal.errors import InputError
from fiscal.reporting import index, render
from fiscal.reporting.execute import Failure, execute
from fiscal.reporting.plan import Job, plan


@dataclass(frozen=True)
class Report:
    """A report that was made, or the page that says why it was not."""

    job: Job
    path: Path
    failure: Failure | None = None


def build(disclosures, notebooks=None, languages=text.LANGUAGES, out="reports", parameters=None, done=None):
    """Plan the reports of some disclosures (ids) and make them: a Report for each.

    ``notebooks``: names, or None for all. ``parameters``: values for parameters of the notebooks.
    Raises UnknownName or InputError before anything runs if a name is wrong.
    """
    return make(plan(disclosures, notebooks, languages, parameters), out, done)


def make(jobs, out="reports", done=None):
    """Make the reports that were planned; ``done`` is called with each Report as it is finished.

    Below ``out`` each report is an HTML page, the executed notebook beside it and its first picture;
    ``index.html`` lists all there are. A notebook that fails leaves what was there before and puts a page with
    the ending ``.error.html`` beside it.
    """
    out = Path(out)
    reports = []
    for job in jobs:
        report = _make(job, jobs, out)
        reports.append(report)
        if done:
            done(report)
    files.write(out / "index.html", index.page(out))
    return reports


def _make(job, jobs, out):
    notebook, failure = execute(job)
    source = _source(job)
    title = job.template.metadata.get("title", {}).get(job.lang, job.template.name)
    notebook.metadata.setdefault("fiscal", {})["report"] = {
        "lang": job.lang,
        "place": source["jurisdiction"],
        "year": source["fiscal_year"],
        "title": title,
        "headline": _headline(notebook),
        "failure": failure and {"cell": failure.cell, "message": failure.message},
    }
    page = render.report(
        notebook,
        lang=job.lang,
        name=job.template.name,
        place=source["jurisdiction"].get(job.lang, source["jurisdiction"]["zh"]),
        year=source["fiscal_year"],
        title=title,
        others=_others(job, jobs),
        failure=failure,
    )
    ending = ".error" if failure else ""
    base = out / job.name
    picture = _first_picture(notebook)
    if picture and not failure:
        files.write(f"{base}.svg", picture)
    files.write(f"{base}{ending}.html", page)
    files.write(f"{base}{ending}.ipynb", nbformat.writes(notebook) + "\n")
    if not failure:
        for stale in (".error.html", ".error.ipynb"):
            Path(f"{base}{stale}").unlink(missing_ok=True)
    return Report(job, Path(f"{base}{ending}.html"), failure)


def _source(job):
    """The place and year of a report; of a disclosure whose source can't be read, its id."""
    sources = [_read(disclosure) for disclosure in job.disclosures]
    if job.template.per != "set":
        return sources[0]
    years = sorted(source["fiscal_year"] for source in sources if source["fiscal_year"])
    span = f"{years[0]}–{years[-1]}" if years and years[0] < years[-1] else str(*years[:1])
    return {"jurisdiction": {"en": "Several places", "zh": "多个地区"}, "fiscal_year": span}


def _read(disclosure):
    try:
        return datasets.source(disclosure)
    except InputError:
        return {"jurisdiction": {"zh": disclosure}, "fiscal_year": ""}


def _others(job, jobs):
    """The same report in the other languages of this batch."""
    same = [j for j in jobs if (j.subject, j.template.name) == (job.subject, job.template.name)]
    return [(j.lang, f"{j.template.name}.{j.lang}.html") for j in same if j.lang != job.lang]


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
