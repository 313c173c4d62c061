"""What every reader owes whoever hands it a file: a result, or one line that says what is wrong; in bounded time."""

import contextlib
import io
import shutil
import time
import traceback
import warnings
from importlib import import_module
from pathlib import Path

from fiscal.errors import InputError

READERS = sorted(path.stem for path in (Path(__file__).parent / "readers").glob("[a-z]*.py"))
SECONDS = 5


class Fault(AssertionError):
    """A reader that broke its promise; the message begins with where it did."""


def reader(name):
    """The module of a reader: ``SEEDS`` (bytes), and ``read(data, folder)``."""
    return import_module(f"readers.{name}")


def judge(name, data, folder):
    """Read an input in an empty folder; gives the message if it is refused. Raises Fault."""
    if not folder.exists() or any(folder.iterdir()):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    said, printed, told, started = "", io.StringIO(), [], time.process_time()
    with warnings.catch_warnings(), contextlib.redirect_stderr(printed), contextlib.redirect_stdout(printed):
        warnings.simplefilter("always")
        warnings.showwarning = lambda message, *_, **__: told.append(message)
        try:
            reader(name).read(data, folder)
        except InputError as error:
            said = str(error)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            own = [each for each in traceback.extract_tb(error.__traceback__) if "/fiscal/" in each.filename][-1:]
            place = " < ".join(f"{Path(each.filename).name}:{each.name}:{each.lineno}" for each in (frame, *own))
            raise Fault(f"{type(error).__name__} at {place}: {str(error)[:200]}") from error
    seconds = time.process_time() - started
    if not said.isprintable() or len(said) > 2_000:
        raise Fault(f"message of one line: {said[:60]!r}… ({len(said)})")
    if told or printed.getvalue():
        raise Fault(f"printed: {[*map(str, told), printed.getvalue()]!s:.300}")
    if seconds > SECONDS:
        raise Fault(f"slow: {seconds:.0f} seconds")
    return said
