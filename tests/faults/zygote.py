"""Commands of ``fiscal``, forked from a process that has imported what they need: ``python zygote.py``.

A line of JSON asks, a line of JSON answers. What a command leaves running becomes a child of this process, which so
knows of every orphan. A command can be struck by a signal at one of its steps: its changes to files, counted from 0.
"""

import atexit
import contextlib
import ctypes
import importlib
import json
import os
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
PRELOADED = (
    "fiscal.cli",
    "fiscal.disclosure",
    "fiscal.disclosure.folder",
    "fiscal.exports.write",
    "fiscal.figures.store",
    "fiscal.reporting.batch",
    "fiscal.reporting.index",
    "fiscal.reporting.lessons",
    "fiscal.reporting.local",
    "fiscal.reporting.progress",
    "fiscal.reporting.render",
    "fiscal.reporting.review_page",
    "fiscal.reporting.rows",
    "fiscal.reporting.starter",
    "jinja2",
    "opencc",
    "openpyxl",
    "pyarrow.parquet",
    "pypinyin",
    "tabulate",
)
CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.truncate", "fcntl.flock"}


def main():
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for name in PRELOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        answer = {"start": start, "wait": wait, "left": left}[asked.pop("do")](**asked)
        print(json.dumps(answer), flush=True)


def start(**asked):
    pid = os.fork()
    if not pid:
        become(**asked)
    return pid


def become(argv, cwd, env, said, checkout=None, nursery=None, watch=None, step=None, number=None):
    """In the fork, the command: what it says goes to files in the folder ``said``, and how many steps it took."""
    os.setsid()
    for name, files in {"/dev/null": [0], f"{said}/stdout": [1], f"{said}/stderr": [2]}.items():
        handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
        for file in files:
            os.dup2(handle, file)
        os.close(handle)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    tempfile.tempdir = None
    from fiscal import cli, resources
    from fiscal.kernels import warm

    if checkout:
        resources.CHECKOUT = Path(checkout)
    if nursery:
        warm.use(nursery)
    steps = Steps(watch, step, number)
    sys.addaudithook(steps.happens)
    if isinstance(step, str):
        sys.setprofile(steps.calls)
    code = 0
    try:
        cli.main(argv, prog_name="fiscal")
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    steps.watch = None
    atexit._run_exitfuncs()
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    Path(said, "steps.part").write_text(str(steps.count))
    os.replace(f"{said}/steps.part", f"{said}/steps")  # it may be killed just here
    os._exit(code)


class Steps:
    """Counts the changes to files below a folder, and sends this process a signal before one of them.

    Or, if ``step`` is the name of a function, when that is first called.
    """

    def __init__(self, watch, step, number):
        self.watch, self.step, self.number = watch, step, number
        self.count = 0

    def happens(self, event, arguments):
        if self.watch and self._is_change(event, arguments):
            self.count += 1
            if self.count - 1 == self.step:
                os.kill(os.getpid(), self.number)

    def calls(self, frame, event, argument):
        if event == "call" and frame.f_code.co_name == self.step:
            sys.setprofile(None)
            os.kill(os.getpid(), self.number)

    def _is_change(self, event, arguments):
        if event == "fcntl.flock":
            return True
        if event == "open":
            opened = arguments[2] is not None and arguments[2] & (os.O_WRONLY | os.O_RDWR)
            return opened and str(arguments[0]).startswith(self.watch)
        if event in CHANGES:
            # What is removed with a whole folder is named without it.
            return str(arguments[0]).startswith(self.watch) or not str(arguments[0]).startswith("/")
        return False


def wait(pid, seconds):
    """The exit code, negative for a signal; None if it does not end in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    return None


def left(seconds):
    """The commands of processes that are still there after so long; they are killed."""
    until = time.monotonic() + seconds
    while True:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        there = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        if not there or time.monotonic() > until:
            break
        time.sleep(0.01)
    found = []
    for pid in there:
        with contextlib.suppress(OSError):
            found.append(Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip())
            os.kill(int(pid), signal.SIGKILL)
    return found


if __name__ == "__main__":
    main()
