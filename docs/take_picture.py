"""Take the picture that opens the README from a page of ``reports/``, in a real browser."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
REPORT = HERE.parent / "reports" / "urumqi-2020" / "debt.en.html"

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--headless", "--disable-background-networking"]
    )
    page = browser.new_page(viewport={"width": 1180, "height": 900})
    page.goto(REPORT.as_uri())
    page.locator(".headline .fact").nth(1).hover()
    page.screenshot(path=HERE / "report.png")
    browser.close()
