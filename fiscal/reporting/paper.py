"""The printed edition of a page: a PDF, by a browser that is installed here.

The browser runs as a program of its own, with a profile that is thrown away and no way to the network.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from fiscal import temporary
from fiscal.errors import InputError

PATIENCE_SECONDS = 120
ON_PATH = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
APPLICATIONS = ("Google Chrome", "Chromium", "Microsoft Edge")
PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
ARGUMENTS = (
    "--headless",
    "--no-first-run",
    "--no-pdf-header-footer",  # the page has its own
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--disable-dev-shm-usage",  # containers have little of it
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
CLOCK = re.compile(rb"/(CreationDate|ModDate) \(D:[0-9+'Z-]*\)\n?")
NODE = re.compile(rb"\(node(\d{8})\)")  # the identifier of a cell in the tree of tags


def browser():
    """The path of Chromium, Chrome or Edge: the one that FISCAL_BROWSER names, or the first that is found.

    Raises InputError that says what to install.
    """
    if named := os.environ.get("FISCAL_BROWSER"):
        if found := shutil.which(named):
            return found
        raise InputError(f"FISCAL_BROWSER: {named} is no program; expected Chromium, Chrome or Edge")
    if found := next(filter(None, map(shutil.which, ON_PATH)), None):
        return found
    if found := next((path for path in _usual_places() if path.is_file()), None):
        return str(found)
    raise InputError(
        "--pdf needs a browser: install Chromium, Chrome or Edge, or name one in the environment variable"
        " FISCAL_BROWSER"
    )


def _usual_places():
    if sys.platform == "darwin":
        for root in (Path("/Applications"), Path.home() / "Applications"):
            yield from (root / f"{name}.app" / "Contents" / "MacOS" / name for name in APPLICATIONS)
    elif sys.platform == "win32":
        for root in filter(None, map(os.environ.get, ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))):
            yield from (Path(root) / program for program in PROGRAMS)


def pdf(page):
    """A page (HTML, as bytes) as PDF; the same page gives the same bytes.

    Raises InputError if there is no browser, or if it gives no PDF in time.
    """
    program = browser()
    with temporary.folder() as folder:
        (folder / "page.html").write_bytes(page)
        # Chromium's sandbox refuses root, and some containers refuse the sandbox: there it goes without.
        sandboxed = [[], ["--no-sandbox"]] if getattr(os, "geteuid", lambda: 1)() else [["--no-sandbox"]]
        for more in sandboxed:
            said = _run(program, more, folder)
            if (folder / "page.pdf").exists():
                return _without_clock(_renumbered((folder / "page.pdf").read_bytes()))
            if "sandbox" not in said:
                break
    raise InputError(f"{program} made no PDF{': ' if said else ''}{said.strip().rpartition(chr(10))[2]}")


def _run(program, more, folder):
    """Print the page of a folder; gives what the browser said."""
    command = [program, *ARGUMENTS, *more, f"--user-data-dir={folder / 'profile'}"]
    command += [f"--print-to-pdf={folder / 'page.pdf'}", (folder / "page.html").as_uri()]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=os.environ | {"TMPDIR": "."},  # the path of a socket may have about a hundred characters
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=PATIENCE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"it took more than {PATIENCE_SECONDS} seconds"
    except OSError as error:
        return f"it can't be started ({error.strerror})"
    return done.stderr.decode("utf-8", "replace")


def _without_clock(content):
    """The same document with blanks where it says when it was made: what comes after keeps its place."""
    return CLOCK.sub(lambda found: b" " * len(found[0]), content)


def _renumbered(content):
    """The same document with its nodes counted from 1: the browser counts, now and then, some that nobody sees."""
    numbers = {old: b"(node%08d)" % new for new, old in enumerate(sorted(set(NODE.findall(content))), 1)}
    return NODE.sub(lambda found: numbers[found[1]], content)
