"""A real JupyterLab, started as a user starts it, on a copy of the project; notebooks in a real browser."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from fiscal import resources

TOKEN = secrets.token_hex(16)
# Every cell is in the page, whether it is in sight or not; no news, which would be a request to somewhere else.
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": '{"windowingMode": "none"}',
    "@jupyterlab/apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
}


class Lab:
    """A running JupyterLab; :meth:`run` opens a notebook, runs all its cells and gives the page of the browser."""

    def __init__(self, address, notebooks, browser):
        self.address, self.notebooks, self.browser = address, notebooks, browser

    def run(self, name, timeout=180):
        """The page with a notebook (its path below ``notebooks``) after Run All; no output of it is an error."""
        page = self.browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(timeout * 1000)
        page.goto(f"{self.address}/doc/tree/{name}?token={TOKEN}")
        page.locator(".jp-CodeCell").first.wait_for()
        # What is run before the kernel is there is not run at all.
        page.get_by_text(re.compile(r"\| Idle$")).wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-item", has_text=re.compile("^Run All Cells$")).click()
        # Not one cell that waits or runs, and not one that was left out.
        page.wait_for_function(
            """() => {
                const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map(e => e.textContent);
                return prompts.length && prompts.every(each => /\\[[0-9]+\\]/.test(each));
            }"""
        )
        assert self.errors(page) == []
        return page

    def errors(self, page):
        """What cells have printed as errors or warnings."""
        found = page.locator('[data-mime-type*="jupyter.stderr"], [data-mime-type*="jupyter.error"]')
        return found.all_inner_texts()


@pytest.fixture(scope="session")
def lab(tmp_path_factory, chromium):
    """``fiscal lab`` on a copy of the checkout: what is saved in it touches nothing."""
    if resources.CHECKOUT is None:
        pytest.skip("no checkout to copy")
    root = tmp_path_factory.mktemp("lab")
    for name in ("fiscal", "data", "notebooks"):
        shutil.copytree(resources.CHECKOUT / name, root / name)
    shutil.copy(resources.CHECKOUT / "pyproject.toml", root)
    for name, content in SETTINGS.items():
        path = root / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    env = os.environ | {"PYTHONPATH": str(root)} | {name: str(root / folder) for name, folder in folders.items()}
    options = ["--no-browser", f"--port={port}", "--ServerApp.port_retries=0", "--allow-root"]
    command = [sys.executable, "-m", "fiscal", "lab", *options, f"--IdentityProvider.token={TOKEN}"]
    with open(root / "log", "wb") as log:
        server = subprocess.Popen(command, cwd=root, env=env, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/api?token={TOKEN}", server, root / "log")
        yield Lab(address, root / "notebooks", chromium)
    finally:
        server.terminate()
        server.wait(20)


def _wait(address, server, log, seconds=120):
    """Until the server answers."""
    for _ in range(seconds * 5):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            assert server.poll() is None, log.read_text(encoding="utf-8", errors="replace")
            time.sleep(0.2)
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace"))
