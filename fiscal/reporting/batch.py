"""Make reports: plan, skip what is up to date, have the others made, keep each as it comes."""

import contextlib
import os
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from fiscal import files, resources, text
from fiscal.errors import InputError
from fiscal.reporting import inputs, interrupts
from fiscal.reporting.jobs import Job, plan
from fiscal.reporting.order import Failure, Order
from fiscal.reporting.shelf import Shelf

# While one report waits for its kernel another is computed; more at a time would only get in each other's way.
SPARE_JOBS = 1
SOURCE = "source.yaml"
INDEX_SHARE = 0.05  # of the time of a batch that may go into showing what is there so far


@dataclass(frozen=True)
class Report:
    """A report that was made, or found up to date, or the page that says why it was not finished.

    >>> made[0].failure is None, made[0].job.name
    (True, 'urumqi-2020/debt.en')
    """

    job: Job
    path: Path
    failure: Failure | None = None
    made: bool = True


def build(disclosures, notebooks=None, languages=text.LANGUAGES, out="reports", parameters=None, **how) -> list[Report]:
    """Plan the reports of some disclosures (ids) and make them: a Report for each.

    ``notebooks``: names, or None for all. ``parameters``: values for parameters of the notebooks. ``how``: see make.
    Raises UnknownName or InputError before anything runs if a name is wrong.

    >>> again = fiscal.reporting.build(["urumqi-2020"], ["debt"], ["en"], out=out)
    >>> [report.made for report in again]  # nothing changed
    [False]
    """
    return make(plan(disclosures, notebooks, languages, parameters), out, **how)


def make(
    jobs,
    out="reports",
    done=None,
    *,
    beside=(),
    links=None,
    executor=None,
    width=None,
    kernel="warm",
    seconds=None,
    memory=None,
) -> list[Report]:
    """Make the reports that were planned; ``done`` is called with each Report as it is finished.

    Below ``out`` each report is an HTML page, the executed notebook beside it, its first picture and a record of what
    it was made of; ``index.html`` lists all there are. A report of which nothing has changed is left as it is. A
    notebook that fails leaves what was there before and puts a page with the ending ``.error.html`` beside it.

    ``beside``: what else to make of each page, "pdf" (by a browser that is installed) or "xlsx" (a workbook).
    ``links``: for each job (by name) the other languages that its page links to; None: those that are there.
    ``width``: how many at a time (None: one more than cores). ``executor``: any ``concurrent.futures.Executor`` to make
    them elsewhere; orders carry their inputs and results their bytes, so it needs no common disk. ``kernel``: "warm"
    or "plain". ``seconds`` and ``memory`` (bytes): limits for each notebook.

    >>> jobs = fiscal.reporting.plan(["urumqi-2020"], ["debt"], ["en"])
    >>> [report.path.name for report in fiscal.reporting.make(jobs, out)]
    ['debt.en.html']
    """
    jobs = list(jobs)
    if "pdf" in beside and not executor:
        from fiscal.reporting import paper

        paper.browser()
    shelf = Shelf(out)
    reports = {}

    def finished(report):
        reports[report.job.name] = report
        if done:
            done(report)

    waiting = []
    links = links or _links(jobs, shelf)
    for job in jobs:
        if shelf.fresh(job.name, inputs.description(job, *inputs.gather(job), links[job.name]), beside):
            finished(Report(job, shelf.out / f"{job.name}.html", made=False))
        else:
            waiting.append(job)
    shelf.clean()
    if waiting:
        width = width or (os.cpu_count() or 1) + SPARE_JOBS
        options = {"beside": tuple(beside), "kernel": kernel, "seconds": seconds, "memory": memory}
        orders = ((job, *_order(job, links[job.name], options)) for job in waiting)
        _run(orders, shelf, finished, executor, width)
    elif not shelf.indexed():
        shelf.write_index()
    return [reports[job.name] for job in jobs]


def _run(orders, shelf, finished, executor, width):
    """Have orders made, ``width`` at a time, and keep each result; the index follows."""
    from concurrent.futures import FIRST_COMPLETED, wait

    from fiscal.reporting.local import Local

    index = _Index(shelf)
    running = {}
    # Here as many again lie ready: who has made one does not wait until this process has kept it.
    most = width if executor else 2 * width
    with contextlib.nullcontext(executor) if executor else Local(width) as pool:
        work = _work if executor else pool.work
        try:
            while True:
                while len(running) < most and (ordered := next(orders, None)):
                    job, made_of, order = ordered
                    running[pool.submit(work, order)] = ordered
                index.follow()  # also before the first comes: while processes start there is time
                if not running:
                    break
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    job, made_of, order = running.pop(future)
                    result = _result(future, order)
                    finished(Report(job, shelf.keep(result, made_of), result.failure))
        finally:
            index.write()


def _work(order):
    """Where another executor calls it: the heavy parts are imported there."""
    from fiscal.reporting.work import work

    return work(order)


def _result(future, order):
    """What came of an order; if nothing did, a result that says why."""
    try:
        return future.result()
    except Exception as error:
        from fiscal.reporting.work import unfinished

        return unfinished(order, error)


def _order(job, links, options):
    """What a report depends on, and the order for it.

    Its inputs are read when its turn comes: hashes are of what is carried, and those of thousands would not fit.
    """
    own, given = inputs.gather(job)
    made_of = inputs.description(job, own, given, links)
    source = _source(job, made_of["data"])
    order = Order(
        name=job.name,
        notebook=job.template.content,
        per=job.template.per,
        given=given,
        parameters=job.template.parameters | given,
        files=own | inputs.common(),
        lang=job.lang,
        about={
            "notebook": job.template.name,
            "title": job.template.title(job.lang) + (f" · {job.variant}" if job.variant else ""),
            "place": source["jurisdiction"],
            "year": source["fiscal_year"],
        }
        | job.template.about,
        others=tuple((lang, f"{job.stem}.{lang}.html") for lang in links),
        around=job.around,
        made_of=made_of,
        **options,
    )
    return made_of, order


def _links(jobs, shelf):
    """For each job the other languages in which its report is there, or is about to be."""
    names = {job.name for job in jobs} | set(shelf.records)
    return {
        job.name: [lang for lang in text.LANGUAGES if lang != job.lang and replace(job, lang=lang).name in names]
        for job in jobs
    }


def _source(job, hashes):
    """The place and year of a report; of a disclosure whose source can't be read, its id."""
    sources = [_read(each, hashes.get(f"{inputs.OWN}/disclosures/{each}/{SOURCE}")) for each in job.disclosures]
    if job.template.per != "set":
        return sources[0]
    years = sorted(source["fiscal_year"] for source in sources if source["fiscal_year"])
    span = f"{years[0]}–{years[-1]}" if years and years[0] < years[-1] else str(*years[:1])
    return {"jurisdiction": {"en": "Several places", "zh": "多个地区"}, "fiscal_year": span}


@lru_cache(maxsize=256)
def _read(disclosure, stated):  # one with the hash that is stated is read once: there may be hundreds of reports of it
    try:
        return files.read_yaml(resources.disclosure(disclosure) / SOURCE, "source")
    except InputError:
        return {"jurisdiction": {"zh": disclosure}, "fiscal_year": ""}


class _Index:
    """Writes the index now and then, and never for more than a small share of the time."""

    def __init__(self, shelf):
        self.shelf = shelf
        self.next = 0.0

    def follow(self):
        if time.monotonic() >= self.next:
            self.write()

    def write(self):
        began = time.monotonic()
        with interrupts.postponed():
            self.shelf.write_index()
        now = time.monotonic()
        self.next = now + (now - began) / INDEX_SHARE
