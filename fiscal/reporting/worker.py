"""``python -m fiscal.reporting.worker [NURSERY]``: an order on standard input, its result on standard output."""

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
    order = pickle.loads(sys.stdin.buffer.read())
    # Whatever prints on the way goes to the terminal, not into the result.
    with os.fdopen(os.dup(1), "wb") as answer:
        os.dup2(2, 1)
        try:
            with temporary.everything():
                result = work(order)
        except (InputError, OSError) as error:
            result = InputError(str(error))
        pickle.dump(result, answer)
    # At once: to take apart what was imported would copy every page that is shared with the warm process.
    os._exit(0)


if __name__ == "__main__":
    main()
