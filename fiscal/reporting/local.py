"""Make reports on this machine, in processes that are forked from a warm one where that can be.

A process makes one report after another, as the cells of each run in a kernel of its own.
"""

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
        self._kernels, self._nursery = self._addresses()
        self._lock = threading.Lock()
        self._workers = set()
        self._own = threading.local()  # each thread has a worker
        self._left = False

    def _addresses(self):
        """Where kernels, and processes that make reports, are forked; none where they are not."""
        try:
            return warm.address(warm.kernel_modules()), warm.address([REHEARSAL])
        except warm.Unavailable as why:
            LOG.warning("reports are made by processes that start slowly, and so do their kernels: %s", why)
            return None, None

    def work(self, order):
        """The result of an order. Raises InputError, or Died if the process does not come back with a result."""
        worker = getattr(self._own, "worker", None) or self._start()
        try:
            result = worker.work(order)
        except Died:
            self._own.worker = None
            with self._lock:
                self._workers.discard(worker)
            worker.close()
            raise
        if isinstance(result, InputError):
            raise result
        return result

    def _start(self):
        with self._lock:
            if self._left:
                raise Died("no more reports are made")
            self._own.worker = Worker(self._nursery, self._kernels)
            self._workers.add(self._own.worker)
        return self._own.worker

    def __exit__(self, kind, error, traceback):
        self.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            self._left = True
            for worker in self._workers:
                worker.process.kill()
        self.shutdown()
        for worker in self._workers:
            worker.close()


class Worker:
    """A process that makes reports, forked by a nursery, or else a Python of its own; ``kernels``: their nursery."""

    def __init__(self, nursery, kernels):
        orders_out, orders_in = os.pipe()
        results_out, results_in = os.pipe()
        self._orders, self._results = os.fdopen(orders_in, "wb"), os.fdopen(results_out, "rb")
        try:
            self.process = self._begin(nursery, [kernels] if kernels else [], (orders_out, results_in))
        finally:
            os.close(orders_out)
            os.close(results_in)

    def _begin(self, nursery, arguments, files):
        env = dict(os.environ)
        if nursery:
            try:
                return warm.Process(nursery, WORKER, arguments, os.getcwd(), env, files)
            except warm.Unavailable as why:
                LOG.warning("a process that makes reports starts slowly: %s", why)
        command = [sys.executable, "-m", WORKER, *arguments]
        return subprocess.Popen(command, stdin=files[0], stdout=files[1], env=env)

    def work(self, order):
        """What it answers to an order. Raises Died if it does not."""
        try:
            with contextlib.suppress(BrokenPipeError):
                pickle.dump(order, self._orders)
                self._orders.flush()
            return pickle.load(self._results)
        except (EOFError, pickle.UnpicklingError):
            raise Died(f"the process that made it died (exit code {self.process.wait()})") from None

    def close(self):
        self.process.kill()
        with contextlib.suppress(BrokenPipeError):
            self._orders.close()
        self._results.close()
        self.process.wait()
