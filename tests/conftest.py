"""What several tests need: the source text, a real Chromium, one build of the reports, a folder of one's own."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from fiscal import reporting, resources

# How long an example takes says nothing about whether it is right.
settings.register_profile("fiscal", deadline=None)
settings.load_profile("fiscal")

SEED = Path(__file__).parents[2] / "shared" / "seed" / "urumqi-2020-final-accounts.txt"
REQUIRED = set(filter(None, os.environ.get("FISCAL_REQUIRE", "").split(",")))


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
    """The default reports, made once; tests that use it share a worker (xdist_group "reports")."""
    out = tmp_path_factory.mktemp("reports")
    made = reporting.build(["urumqi-2020"], out=out)
    assert [report.failure for report in made] == [None] * len(made)
    return out


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
