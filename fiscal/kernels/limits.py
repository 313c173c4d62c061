"""Watch a kernel from outside, and end it when it takes too long or too much memory."""

import contextlib
import threading
import time

import psutil

LOOKS_PER_SECOND = 10


class Watch:
    """At most so many ``seconds`` and bytes of ``memory``, each None for any; ``exceeded`` says which limit was."""

    def __init__(self, seconds=None, memory=None):
        self.seconds, self.memory = seconds, memory
        self.exceeded = ""
        self._done = threading.Event()
        self._thread = None

    def begin(self, pid):
        """From now on, for the process with this number and its children."""
        if self.seconds or self.memory:
            self._thread = threading.Thread(target=self._look, args=(pid, time.monotonic()), daemon=True)
            self._thread.start()

    def end(self):
        self._done.set()
        if self._thread:
            self._thread.join()

    def _look(self, pid, began):
        try:
            process = psutil.Process(pid)
        except psutil.NoSuchProcess:
            return
        while not self._done.wait(1 / LOOKS_PER_SECOND):
            if self.seconds and time.monotonic() - began > self.seconds:
                self.exceeded = f"the time limit of {self.seconds:g} s was reached"
            elif self.memory and _memory(process) > self.memory:
                self.exceeded = f"the memory limit of {_size(self.memory)} was reached"
            else:
                continue
            for each in _family(process):
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.kill()
            return


def _family(process):
    try:
        return [*process.children(recursive=True), process]
    except psutil.NoSuchProcess:
        return []


def _memory(process):
    """What would be free if the process and its children ended: pages shared with a nursery do not count."""
    total = 0
    for each in _family(process):
        with contextlib.suppress(psutil.Error):
            total += each.memory_full_info().uss
    return total


def _size(count):
    for unit in ("bytes", "KiB", "MiB", "GiB"):
        if count < 1024 or unit == "GiB":
            return f"{count:g} {unit}"
        count /= 1024
