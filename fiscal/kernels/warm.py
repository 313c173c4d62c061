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
import uuid

# May differ between the processes of one nursery: nothing reads these when a library is imported.
PER_PROCESS = ("JPY_", "FISCAL_", "TMPDIR")
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
                [sys.executable, "-m", "fiscal.kernels.nursery", str(listener.fileno()), *modules],
                stdin=subprocess.PIPE,
                pass_fds=[listener.fileno()],
                env=dict(os.environ if env is None else env),
                start_new_session=True,  # Ctrl-C is for the tool
            )
        self.pid = self._process.pid
        atexit.register(self.close)

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
        self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._connection.settimeout(START_SECONDS)
        try:
            self._connection.connect("\0" + address)
            self._ask({"module": module, "argv": argv, "cwd": cwd, "env": env}, files)
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
                self._ask({"signal": int(number)})

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

    def _ask(self, message, files=()):
        line = json.dumps(message).encode() + b"\n"
        sent = socket.send_fds(self._connection, [line], list(files)) if files else 0
        self._connection.sendall(line[sent:])

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


_given = None
_own = {}
_lock = threading.Lock()


def use(address):
    """Have kernels of this process forked by the nursery of another, which has to outlive it."""
    global _given
    _given = address


def fork(modules, module, argv, cwd, env):
    """A process of a nursery that has these modules imported: one of our own, unless another's is used.

    Raises Unavailable with the reason.
    """
    if _given:
        return Process(_given, module, argv, cwd, env)
    # Libraries read the environment when they are imported: a nursery for each.
    shared = {name: value for name, value in env.items() if not name.startswith(PER_PROCESS)}
    key = (tuple(modules), tuple(sorted(shared.items())))
    with _lock:
        if key in _own:
            try:
                return Process(_own[key].address, module, argv, cwd, env)
            except Unavailable:
                _own.pop(key).close()  # modules were edited since, or it was killed
        _own[key] = Nursery(modules, shared)
        return Process(_own[key].address, module, argv, cwd, env)
