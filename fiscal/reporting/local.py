"""Make reports on this machine: each in a process of its own, forked from a warm one where that can be."""

import contextlib
import logging
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from fiscal.errors import InputError
from fiscal.kernels import warm

LOG = logging.getLogger(__name__)
REHEARSAL, WORKER = "fiscal.reporting.rehearsal", "fiscal.reporting.worker"


class Died(Exception):
    """The process that made a report ended without one."""


class Local(ThreadPoolExecutor):
    """An executor of reports: ``jobs`` at a time. Leaving it ends everything that it started."""

    def __init__(self, jobs):
        super().__init__(jobs, thread_name_prefix="report")
        self._lock = threading.Lock()
        self._running = set()
        self._workers, self._kernels = self._addresses()

    def _addresses(self):
        """Where processes that make reports, and kernels, are forked; none where they are not."""
        from fiscal.kernels import manager

        try:
            return warm.address([REHEARSAL]), warm.address(manager.modules())
        except warm.Unavailable as why:
            LOG.warning("each report starts a Python of its own: %s", why)
            return None, None

    def work(self, order):
        """The result of an order. Raises InputError, or Died if the process does not come back with a result."""
        arguments = [self._kernels] if self._kernels else []
        with self._process(arguments) as (process, order_file, result_file):
            # A process that ends early leaves the order unread.
            with contextlib.suppress(BrokenPipeError), order_file:
                pickle.dump(order, order_file)
            answer = result_file.read()
            code = process.wait()
        try:
            result = pickle.loads(answer)
        except (EOFError, pickle.UnpicklingError):
            raise Died(f"the process that made it died (exit code {code})") from None
        if isinstance(result, InputError):
            raise result
        return result

    @contextlib.contextmanager
    def _process(self, arguments):
        order_out, order_in = os.pipe()
        result_out, result_in = os.pipe()
        try:
            process = self._fork(arguments, (order_out, result_in))
        finally:
            os.close(order_out)
            os.close(result_in)
        with self._lock:
            self._running.add(process)
        try:
            with open(order_in, "wb") as order_file, open(result_out, "rb") as result_file:
                yield process, order_file, result_file
        finally:
            process.kill()
            with self._lock:
                self._running.discard(process)

    def _fork(self, arguments, files):
        env = dict(os.environ)
        if self._workers:
            try:
                return warm.Process(self._workers, WORKER, arguments, os.getcwd(), env, files)
            except warm.Unavailable as why:
                LOG.warning("a report starts a Python of its own: %s", why)
        command = [sys.executable, "-m", WORKER, *arguments]
        return subprocess.Popen(command, stdin=files[0], stdout=files[1], env=env)

    def __exit__(self, kind, error, traceback):
        with self._lock:
            for process in self._running:
                process.kill()
        self.shutdown(cancel_futures=True)
