"""Take the pictures that open the READMEs from pages of ``reports/``, or of the folder named, in a real browser."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
REPORTS = Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parent / "reports").resolve()
PICTURES = {"en": "report.png", "zh": "report.zh.png"}

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--headless", "--disable-background-networking"]
    )
    for lang, picture in PICTURES.items():
        page = browser.new_page(viewport={"width": 1180, "height": 900})
        page.goto((REPORTS / "urumqi-2020" / f"debt.{lang}.html").as_uri())
        page.locator(".headline .fact").nth(1).hover()
        page.screenshot(path=HERE / picture)
    browser.close()
