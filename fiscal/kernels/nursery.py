"""The warm process: it has imported what others need, and forks them. It runs nothing else, and has no thread.

A connection to its socket is the life of one process. The request names a ``module`` to run as ``python -m`` would,
with ``argv``, ``cwd`` and ``env``, and may carry two files for standard input and output; the answer is the ``pid`` or
an ``error``. ``signal`` requests are passed on; the ``exit`` code comes last. A process whose connection closes is
killed, and so are all when the one that started this is gone. A request without a module asks whether one could be had.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import struct
import sys
import sysconfig
import time
from functools import cache

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
MARK = "FISCAL_STARTED_BY"
REQUEST_LIMIT = 8 << 20  # arguments and an environment; systems allow less


def main():
    """``python -m fiscal.kernels.nursery SOCKET NAME MODULE…``: serve; in a forked process, run what was asked for."""
    if sys.path[0] in ("", os.getcwd()):
        del sys.path[0]  # as ipykernel's own launcher does
    listener = socket.socket(fileno=int(sys.argv[1]))
    # An ipykernel whose parent changes ends itself, and learns at import who that is.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    set_by_imports = _import(sys.argv[3:])
    asked = Nursery(listener, sys.argv[2]).serve()
    if not asked:
        os._exit(0)  # to take apart what was imported would let whoever waits for this wait
    request, files = asked
    _become(request, files, set_by_imports)
    runpy.run_module(request["module"], run_name="__main__", alter_sys=True)


def _import(modules):
    """Import what will be needed, and give what that set in the environment.

    A module that is not there is for those who need it to complain of.
    """
    # These are read once, at import. A thread of theirs would run at the fork.
    alone = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    os.environ.update(alone | {"JE_ARROW_MALLOC_CONF": "background_thread:false"})
    # Else the debugger, which is not used here, warns that it was not started in its way.
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    # As ipykernel sets it, before anything imports matplotlib.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    before = dict(os.environ)
    gc.disable()  # what modules make stays; to look through it again and again takes a third of the time
    for name in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()  # pages that the collector never touches stay shared
    gc.enable()
    return {name: value for name, value in os.environ.items() if before.get(name) != value}


class Nursery:
    def __init__(self, listener, name):
        self.listener = listener
        self.name = name
        self.children = {}  # pid → its connection, or None once that is closed
        self.marks = {}  # pid → what stands in its environment, and in that of all that it starts
        self.received = {}  # connection → bytes of a request, and files that came with it
        self.selector = selectors.DefaultSelector()
        self.woken, self.wake = socket.socketpair()
        self.editable = _editable()

    def serve(self):
        """Answer until the standard input closes: then None. In a forked process, what was asked of it."""
        # What a process leaves behind becomes a child of this one, and ends with it.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        for end in (self.woken, self.wake, self.listener):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.wake.fileno(), warn_on_full_buffer=False)
        for source in (sys.stdin, self.listener, self.woken):
            self.selector.register(source, selectors.EVENT_READ)
        while True:
            for key, _ in self.selector.select():
                source = key.fileobj
                if source is sys.stdin:
                    self._end()
                    return None
                if source is self.listener:
                    self._accept()
                elif source is self.woken:
                    source.recv(4096)
                    self._reap()
                elif source in self.received and (asked := self._read(source)):
                    self._leave()
                    return asked

    def _accept(self):
        connection, _ = self.listener.accept()
        sizes = struct.calcsize("3i")
        _, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, sizes))
        if uid != os.getuid():
            connection.close()
            return
        connection.setblocking(False)
        self.received[connection] = (b"", [])
        self.selector.register(connection, selectors.EVENT_READ)

    def _read(self, connection):
        """Do what a connection asks; in a process forked for it, the request and its files."""
        earlier, files = self.received[connection]
        try:
            received, more, _, _ = socket.recv_fds(connection, 1 << 16, 2)
        except BlockingIOError:
            return None
        except OSError:
            received, more = b"", []
        files += more
        *lines, rest = (earlier + received).split(b"\n")
        try:
            requests = [json.loads(line) for line in lines]
        except ValueError:
            requests, received = [], b""
        if not received or len(rest) > REQUEST_LIMIT:
            self._close(connection)
            return None
        self.received[connection] = (rest, files)
        for request in requests:
            if "signal" in request:
                self._signal(self._pid(connection), request["signal"])
            elif (reason := self._unfit(request)) or "module" not in request:
                return self._refuse(connection, reason)
            else:
                return self._fork(connection, request, files)
        return None

    def _fork(self, connection, request, files):
        """In the process that is forked, the request and its files."""
        mark = f"{self.name}/{time.monotonic_ns()}"
        try:
            pid = os.fork()
        except OSError as error:
            return self._refuse(connection, f"no process can be forked ({error.strerror})")
        if not pid:
            request["env"][MARK] = mark
            return request, list(files)
        self.children[pid] = connection
        self.marks[pid] = mark
        _close_files(files)
        _send(connection, {"pid": pid})
        return None

    def _refuse(self, connection, reason):
        _send(connection, {"error": reason})
        self._close(connection)

    def _unfit(self, request):
        """Why no process can be forked for this request, or an empty text."""
        threads = os.listdir("/proc/self/task")
        if len(threads) > 1:
            return f"{len(threads) - 1} threads run in the warm process"
        if any(_modified(path) != then for path, then in self.editable.items()):
            return "modules that the warm process imported have changed"
        if not os.path.isdir(request.get("cwd", "/")):
            return f"there is no folder {request['cwd']}"
        return ""

    def _pid(self, connection):
        return next((pid for pid, its in self.children.items() if its is connection), None)

    def _signal(self, pid, number):
        """To the process and its group; to nobody once it is reaped."""
        if pid in self.children:
            try:
                os.killpg(pid, number)
            except ProcessLookupError:  # it has not come to be a group of its own yet
                os.kill(pid, number)

    def _close(self, connection):
        if pid := self._pid(connection):
            self.children[pid] = None
            self._signal(pid, signal.SIGKILL)
        self.selector.unregister(connection)
        _close_files(self.received.pop(connection)[1])
        connection.close()

    def _reap(self):
        """Report processes that ended, and end what they left behind: their group, and what left it."""
        with contextlib.suppress(ChildProcessError):
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                pid = ended.si_pid
                if pid in self.children:
                    _kill(os.killpg, pid)  # before its number is free again
                    del self.marks[pid]
                code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                if connection := self.children.pop(pid, None):
                    _send(connection, {"exit": code})
                    self._close(connection)
        for pid in _alive():
            if pid not in self.children and (mark := mark_of(pid)) and mark not in self.marks.values():
                _kill(os.kill, pid)

    def _end(self):
        """Kill every process and whatever they left behind."""
        patience = time.monotonic() + 5
        while time.monotonic() < patience and (alive := _alive()):
            for pid in alive:
                _kill(os.killpg, pid)
                _kill(os.kill, pid)
            self._reap()
            time.sleep(0.005)

    def _leave(self):
        """In a forked process: nothing of this one stays open or is handled."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.selector.close()
        for end in (self.listener, self.woken, self.wake, *self.received):
            end.close()


def _become(request, files, set_by_imports):
    """Make this fork what a process that was started for the request would be."""
    os.setsid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    nursery = os.environ["JPY_PARENT_PID"]
    if str(os.getppid()) != nursery:
        os._exit(1)
    given = files or [os.open(os.devnull, os.O_RDONLY)]
    for number, file in enumerate(given):
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(request["env"] | set_by_imports | {"JPY_PARENT_PID": nursery})
    os.chdir(request["cwd"])
    time.tzset()
    sys.argv = ["", *request["argv"]]  # runpy puts the module's path first
    # What was drawn at import, in the parent, is drawn again: no two processes share it.
    if "tempfile" in sys.modules:
        sys.modules["tempfile"].tempdir = None
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _kill(how, pid):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        how(pid, signal.SIGKILL)


def _send(connection, message):
    # A few bytes into an empty socket: it can't block, but the other end may be gone.
    with contextlib.suppress(OSError):
        connection.sendall(json.dumps(message).encode() + b"\n")


def _close_files(files):
    while files:
        os.close(files.pop())


def _editable():
    """Files of imported modules that their user may be editing: those that are not installed."""
    paths = sysconfig.get_paths()
    installed = tuple(os.path.realpath(paths[name]) + os.sep for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    files = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    real = cache(os.path.realpath)  # of a thousand modules in a hundred folders
    files = [
        os.path.realpath(file)
        if os.path.islink(file)
        else os.path.join(real(os.path.dirname(file)), os.path.basename(file))
        for file in files
        if file
    ]
    return {file: _modified(file) for file in files if not file.startswith(installed)}


def _modified(path):
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return None


def mark_of(pid):
    """What stands in the environment that a process was started with, if it is ours to read."""
    with contextlib.suppress(OSError):
        with open(f"/proc/{pid}/environ", "rb") as file:
            found = [each for each in file.read().split(b"\0") if each.startswith(MARK.encode() + b"=")]
        return found[0].decode().partition("=")[2] if found else None


def _alive():
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:
        return [int(pid) for pid in file.read().split()]


if __name__ == "__main__":
    main()
