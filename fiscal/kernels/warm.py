"""Start a nursery and have it fork processes. There is none on systems other than Linux."""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from importlib.resources import files

from fiscal.kernels.nursery import mark_of

# May differ between the processes of one nursery: nothing reads these when a library is imported.
PER_PROCESS = ("JPY_", "FISCAL_", "PYTEST_", "TMPDIR")
START_SECONDS = 120


class Unavailable(Exception):
    """Why no warm process is to be had; an ordinary one is."""


class Nursery:
    """A process with these modules imported. It ends with this process, and what it forked ends with it."""

    def __init__(self, modules, env=None):
        if sys.platform != "linux":
            raise Unavailable("processes are forked on Linux only")
        self.address = f"fiscal-warm-{uuid.uuid4().hex}"
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            # A name in no folder: nothing is left behind, whatever happens. Other users' requests are refused.
            listener.bind("\0" + self.address)
            listener.listen(128)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "fiscal.kernels.nursery", str(listener.fileno()), self.address, *modules],
                stdin=subprocess.PIPE,
                pass_fds=[listener.fileno()],
                env=dict(os.environ if env is None else env),
                start_new_session=True,  # Ctrl-C is for the tool
            )
        self.pid = self._process.pid
        atexit.register(self.close)

    def fit(self):
        """Whether it answers, and would fork."""
        try:
            with _connected(self.address) as connection:
                _ask(connection, {})
                return json.loads(connection.recv(4096) or "{}").get("error") == ""
        except (OSError, ValueError):
            return False

    def close(self):
        """End it and all its processes."""
        atexit.unregister(self.close)
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.returncode:
            self._end_strays()

    def _end_strays(self):
        """Kill what a nursery that was killed could not end: all that carries its mark."""
        patience = time.monotonic() + 5
        while time.monotonic() < patience and (strays := self._strays()):
            for pid in strays:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.005)

    def _strays(self):
        processes = map(int, filter(str.isdecimal, os.listdir("/proc")))
        return [pid for pid in processes if (mark_of(pid) or "").startswith(f"{self.address}/")]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Process:
    """``python -m module argv…``, forked by the nursery at an address; in the manner of ``subprocess.Popen``.

    ``files``: standard input and output, or none. Raises Unavailable with the reason. The process is killed when this
    object goes.
    """

    stdin = stdout = stderr = None

    def __init__(self, address, module, argv, cwd, env, files=()):
        self.returncode = None
        self._received = b""
        try:
            self._connection = _connected(address)
        except OSError as error:
            raise Unavailable(f"the warm process does not answer ({error.strerror})") from error
        try:
            _ask(self._connection, {"module": module, "argv": argv, "cwd": cwd, "env": env}, files)
            answer = self._answer() or {"error": "the warm process ended"}
        except OSError as error:
            answer = {"error": f"the warm process does not answer ({error})"}
        if "error" in answer:
            self._connection.close()
            raise Unavailable(answer["error"])
        self.pid = answer["pid"]

    def poll(self):
        return self._exit(timeout=0)

    def wait(self):
        return self._exit(timeout=None)

    def send_signal(self, number):
        if self.poll() is None:
            with contextlib.suppress(OSError):
                _ask(self._connection, {"signal": int(number)})

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def _exit(self, timeout):
        if self.returncode is None:
            self._connection.settimeout(timeout)
            with contextlib.suppress(BlockingIOError):
                # A nursery that is gone has taken its processes with it.
                self.returncode = (self._answer() or {"exit": -signal.SIGKILL})["exit"]
                self._connection.close()
        return self.returncode

    def _answer(self):
        """The next message; None when there is no more."""
        while b"\n" not in self._received:
            try:
                received = self._connection.recv(4096)
            except ConnectionError:
                received = b""
            if not received:
                return None
            self._received += received
        line, _, self._received = self._received.partition(b"\n")
        return json.loads(line)


def _connected(address):
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(START_SECONDS)
    try:
        connection.connect("\0" + address)
    except OSError:
        connection.close()
        raise
    return connection


def _ask(connection, message, files=()):
    line = json.dumps(message).encode() + b"\n"
    sent = socket.send_fds(connection, [line], list(files)) if files else 0
    connection.sendall(line[sent:])


def kernel_modules():
    """What a process has to import for kernels to be forked from it: the kernelspec says so."""
    spec = (files("fiscal.kernels") / "spec" / "kernel.json").read_text(encoding="utf-8")
    # Not by jupyter_client: to import it takes a third as long as all else that a batch does before it starts.
    return json.loads(spec)["metadata"]["kernel_provisioner"]["config"]["modules"]


_given = None
_own = {}
_lock = threading.Lock()


def use(address):
    """Have kernels of this process forked by the nursery of another, which has to outlive it."""
    global _given
    _given = address


def address(modules, env=None):
    """Where a nursery with these modules imported answers: another's that is used, or one that this process keeps.

    It is started when first asked for, and anew if a module was edited since or it was killed. Raises Unavailable.
    """
    if _given:
        return _given
    # Libraries read the environment when they are imported: a nursery for each.
    env = os.environ if env is None else env
    shared = {name: value for name, value in env.items() if not name.startswith(PER_PROCESS)}
    key = (tuple(modules), tuple(sorted(shared.items())))
    with _lock:
        if key in _own and not _own[key].fit():
            _own.pop(key).close()
        if key not in _own:
            _own[key] = Nursery(modules, shared)
        return _own[key].address
