"""Make reports on a Dask cluster: workers that have ``fiscal`` installed, and no disk in common with this machine."""

import contextlib

from fiscal.errors import InputError

PATIENCE_SECONDS = 30


@contextlib.contextmanager
def executor(address):
    """An executor of the cluster whose scheduler is at this address, and how many reports it has room for at once.

    Raises InputError if Dask is not installed or the scheduler does not answer.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("--scheduler needs Dask: install fiscal-notebooks[dask]") from error
    try:
        client = Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"no Dask scheduler answers at {address}") from error
    with client:
        # Every report is worth a process of its own: results are not kept for another with the same order.
        pool = client.get_executor(pure=False, retries=2)
        # Two for each thread: the next order is there when a worker is done.
        yield pool, 2 * max(1, sum(client.nthreads().values()))
