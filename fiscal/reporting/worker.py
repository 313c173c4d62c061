"""``python -m fiscal.reporting.worker [NURSERY]``: orders on standard input, a result of each on standard output."""

import logging
import os
import pickle
import sys

from fiscal import temporary
from fiscal.errors import InputError
from fiscal.kernels import warm
from fiscal.reporting.work import work


def main():
    if len(sys.argv) > 1:
        warm.use(sys.argv[1])
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # the report says what went wrong
    # Whatever prints on the way goes to the terminal, not into the results.
    with os.fdopen(os.dup(1), "wb") as results:
        os.dup2(2, 1)
        for order in _orders():
            pickle.dump(_result(order), results)
            results.flush()
    # At once: to take apart what was imported would copy every page that is shared with the warm process.
    os._exit(0)


def _orders():
    """One after another, until the input ends."""
    while True:
        try:
            yield pickle.load(sys.stdin.buffer)
        except (EOFError, pickle.UnpicklingError):  # whoever gives orders may end in the middle of one
            return


def _result(order):
    try:
        with temporary.everything():
            return work(order)
    except (InputError, OSError) as error:
        return InputError(str(error))


if __name__ == "__main__":
    main()
