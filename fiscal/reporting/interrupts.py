"""Ctrl-C, and being told to end: a batch obeys at once, except where half a step would harm the next."""

import contextlib
import signal
import threading

NUMBERS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def never_lost(done):
    """``done``, a function that is told of each report, such that an interrupt always ends the batch.

    It strikes as KeyboardInterrupt with the signal's number. Python drops an exception that strikes inside a
    destructor; then the next report that is done raises it again.
    """
    struck = []

    def strike(number, frame):
        struck.append(number)
        raise KeyboardInterrupt(number)

    def told(report):
        done(report)
        if struck:
            raise KeyboardInterrupt(struck[0])

    with _handled_by(strike):
        yield told


@contextlib.contextmanager
def postponed():
    """What is within is done as a whole; an interrupt strikes after it.

    For what may import a library: some can't be imported again after half of them was.
    """
    came = []
    try:
        with _handled_by(lambda number, frame: came.append(number)):
            yield
    finally:
        if came:
            signal.raise_signal(came[0])


@contextlib.contextmanager
def _handled_by(handler):
    """Python lets only the main thread receive signals; elsewhere nothing strikes.

    A handler that is not Python's (as in a process of R) could not be put back, and stays.
    """
    previous = {}
    try:
        if threading.current_thread() is threading.main_thread():
            for number in NUMBERS:
                if signal.getsignal(number) is not None:
                    previous[number] = signal.signal(number, handler)
        yield
    finally:
        for number, before in previous.items():
            signal.signal(number, before)
