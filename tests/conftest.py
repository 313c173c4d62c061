"""What several tests need: the source text, a real Chromium, one build of the reports, a folder of one's own."""

import csv
import gc
import importlib
import os
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from filelock import FileLock
from hypothesis import settings

from fiscal import reporting, resources
from fiscal.figures import amounts, tables

# How long an example takes says nothing about whether it is right. Many runs see more than one long one.
settings.register_profile("fiscal", deadline=None, max_examples=40)
settings.load_profile("fiscal")

SEED = Path(__file__).parents[2] / "shared" / "seed" / "urumqi-2020-final-accounts.txt"
REQUIRED = set(filter(None, os.environ.get("FISCAL_REQUIRE", "").split(",")))


def pytest_collection_finish(session):
    """What was imported stays: to look through it again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)


def pytest_unconfigure():
    gc.unfreeze()  # libraries complain at the end of what was not collected


def pytest_collection_modifyitems(config, items):
    """Long runs are for those who ask for them."""
    if "soak" not in config.getoption("markexpr"):
        for item in items:
            if "soak" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="a long run: pytest -m soak"))


def missing(what, reason):
    """Skip with a visible reason, or fail where FISCAL_REQUIRE says that it has to be there."""
    if what in REQUIRED:
        pytest.fail(f"FISCAL_REQUIRE names {what}: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def seed_text():
    if not SEED.exists():
        pytest.skip("the source text is not beside the checkout (../shared/seed)")
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """The default reports, made once for all workers: whoever comes second finds nothing changed."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    with FileLock(shared / "reports.lock"):
        made = reporting.build(["urumqi-2020"], out=shared / "reports")
    assert [report.failure for report in made] == [None] * len(made)
    return shared / "reports"


@pytest.fixture(scope="session")
def chromium():
    """A real browser with no network."""
    from playwright.sync_api import sync_playwright

    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if executable is None:
        missing("chromium", "no Chromium on PATH")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--headless", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()


def _listening(page):
    """A page that keeps what it says and asks for, since it was last sent somewhere."""
    page.on("console", lambda message: page.messages.append(message.text))
    page.on("pageerror", lambda error: page.messages.append(str(error)))
    page.on("dialog", lambda dialog: (page.messages.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: page.requests_made.append(request.url))
    page.messages, page.requests_made = [], []
    return page


@pytest.fixture(scope="session")
def tab(chromium):
    """A page that goes from one test to the next: to make one takes a browser as long as to load most of ours."""
    return _listening(chromium.new_page())


@pytest.fixture
def browse(chromium, tab):
    """Open a file in a browser; gives the page, its messages and the addresses it asked for.

    ``place`` is a path and may go on with ``#…``; ``context`` is for Playwright: locale, color_scheme, …
    """
    contexts, free = [], [tab]

    def go(place, width=1200, height=900, **context):
        if free and not context:
            page = free.pop()
            page.set_viewport_size({"width": width, "height": height})
        else:
            contexts.append(chromium.new_context(viewport={"width": width, "height": height}, **context))
            page = _listening(contexts[-1].new_page())
        path, mark, rest = str(place).partition("#")
        page.messages, page.requests_made = [], []
        page.goto(Path(path).as_uri() + mark + rest)
        return page

    yield go
    for context in contexts:
        context.close()
    if not free:  # it forgets what the test did
        tab.evaluate("localStorage.clear()")
        tab.emulate_media(media="null", color_scheme="null", reduced_motion="null")
        tab.mouse.move(0, 0)
        tab.goto("about:blank")


@pytest.fixture(scope="session")
def axe():
    """A function that gives what axe-core finds on a page, of whatever impact: rule, impact, place, what to do."""
    from axe_playwright_python.sync_playwright import Axe

    script = Axe().axe_script

    def violations(page, within=None, **options):
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        options = {"preload": False, "resultTypes": ["violations"]} | options
        run = "([within, options]) => axe.run(within || document, options).then(results => results.violations)"
        found = page.evaluate(run, [within, options])
        return [(v["id"], v["impact"], v["nodes"][0]["target"], v["nodes"][0]["failureSummary"]) for v in found]

    return violations


@pytest.fixture(scope="session")
def library():
    """A function that imports a library which the base install does not bring, or skips the test."""

    def imported(name, module=None):
        try:
            return importlib.import_module(module or name)
        except ImportError:
            missing(name, f"{name} is not installed (uv sync --inexact --group engines)")

    return imported


@pytest.fixture(scope="session")
def dask(library):
    """Dask's library for clusters."""
    return library("dask", "distributed")


@pytest.fixture(scope="session")
def spark(library):
    """A session on Spark's local cluster: two workers in processes of their own."""
    sql = library("spark", "pyspark.sql")
    if shutil.which("java") is None:
        missing("spark", "Spark needs Java (Debian's openjdk-17-jre-headless)")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
    }
    builder = sql.SparkSession.builder.master("local-cluster[2,1,1024]").appName("tests")
    session = builder.config(map=settings).getOrCreate()
    yield session
    session.stop()


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Write disclosures into a FISCAL_DATA folder: ``written("a-2020", [(concept, "12.5"), …], level="county")``.

    A row is (concept, printed in 亿元 or %) and may go on with a dict of other columns of figures.csv.
    """
    root = tmp_path / "written"
    monkeypatch.setenv("FISCAL_DATA", str(root))

    def write(name, rows, level="county", place=None, year=2020):
        folder = root / "disclosures" / name
        folder.mkdir(parents=True)
        place = place or name.partition("-")[0].title()
        about = {
            "id": name,
            "title": {"en": f"Accounts of {place}", "zh": f"{place}决算说明"},
            "jurisdiction": {"en": place, "zh": f"{place}县"},
            "fiscal_year": year,
            "text": {"characters": 1, "sha256": "0" * 64},
        } | ({"level": level} if level else {})
        (folder / "source.yaml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
        columns = [field["name"] for field in tables.schema("figures")["fields"]]
        with open(folder / "figures.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
            writer.writeheader()
            for number, (concept, printed, *more) in enumerate(rows):
                unit = "%" if concept == "debt.ratio" else "亿元"
                row = {
                    "figure_id": f"{concept}:{number}",
                    "disclosure": name,
                    "jurisdiction": f"{place}县",
                    "fiscal_year": year,
                    "concept": concept,
                    "scope": "whole",
                    "basis": "final",
                    "value": amounts.exact(printed, unit),
                    "unit": "bp" if unit == "%" else "yuan",
                    "disclosed": printed,
                    "disclosed_unit": unit,
                    "clause": "II",
                    "status": "stated",
                }
                writer.writerow(row | (more[0] if more else {}))
        return folder

    return write


@pytest.fixture
def own_data(tmp_path, monkeypatch):
    """A FISCAL_DATA folder with a copy of the bundled disclosure under the id ``testville-2020``."""
    root = tmp_path / "data"
    folder = root / "disclosures" / "testville-2020"
    shutil.copytree(resources.data() / "disclosures" / "urumqi-2020", folder)
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("urumqi-2020", "testville-2020"), encoding="utf-8")
    monkeypatch.setenv("FISCAL_DATA", str(root))
    return folder
