"""A student answers an exercise in a real JupyterLab: wrongly, then rightly."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import TimeoutError

from fiscal import resources

LESSON = "teaching/3-debt.ipynb"


@pytest.fixture
def lab(tmp_path):
    """The address of a JupyterLab that ``fiscal lab`` started, with settings and files of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token="]
    own = ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_WORKSPACES_DIR", "JUPYTERLAB_SETTINGS_DIR")
    process = subprocess.Popen(
        [sys.executable, "-m", "fiscal", "lab", *options],
        env=os.environ | dict.fromkeys(own, str(tmp_path)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def test_an_exercise_is_answered_wrongly_then_rightly(lab, chromium):
    path = resources.notebooks() / LESSON
    before = path.read_bytes()
    page = chromium.new_page(viewport={"width": 1300, "height": 1000})
    page.set_default_timeout(60_000)
    page.goto(f"{lab}/lab/tree/{LESSON}")
    page.locator(".jp-CodeCell").first.wait_for()
    cell = page.locator(".jp-CodeCell").filter(has_text='teaching.check("3.1"')
    dots = cell.get_by_text("Put your answer in place of the dots")
    # A JupyterLab that was never used before may ask for the kernel first, and drops what is run until it is there.
    page.add_locator_handler(page.locator(".jp-Dialog .jp-mod-accept"), lambda button: button.click())
    for _ in range(10):
        _run_all(page)
        with contextlib.suppress(TimeoutError):
            dots.wait_for(timeout=5_000)
            break
    answered = {
        '"1188.94"': "without quotation marks",
        "138057000000": "That is the limit",
        "118894000000": "Right.",
    }
    for answer, said in answered.items():
        cell.locator(".cm-content").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(f'answer = {answer}\nteaching.check("3.1", answer)')
        page.keyboard.press("ControlOrMeta+Enter")
        cell.get_by_text(said).wait_for()
    page.close()
    assert path.read_bytes() == before


def _run_all(page):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
