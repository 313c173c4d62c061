"""Temporary files and folders, each held by its process: what a dead one left is known by that, and goes.

Held is what a process has locked. The system ends a lock with its process, however that ends: neither clocks nor
numbers of processes are asked. Where there are no such locks nothing is swept.
"""

import contextlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

ENDING = ".fiscal-part"


@contextlib.contextmanager
def file(parent, content):
    """The path of a new file in a folder, with these bytes; what still has that name at the end goes."""
    while True:
        handle, name = tempfile.mkstemp(prefix=".", suffix=ENDING, dir=parent)
        if _hold(handle, name):
            break
        os.close(handle)
    path = Path(name)
    try:
        with open(handle, "wb") as there:
            there.write(content)
            there.flush()
            if not fcntl:
                there.close()  # Windows gives no other name to an open file
            os.chmod(path, 0o666 & ~_umask())
            yield path
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def folder(parent=None):
    """The path of a new folder, which goes at the end; ``parent``: where (None: where temporary files go)."""
    parent = parent or _usual()
    sweep(parent)
    while True:
        path = Path(tempfile.mkdtemp(prefix=".", suffix=ENDING, dir=parent))
        handle = None
        with contextlib.suppress(OSError):
            handle = os.open(path, os.O_RDONLY)
        if not fcntl or (handle is not None and _hold(handle, path)):
            break
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        if handle is not None:
            os.close(handle)


@contextlib.contextmanager
def everything():
    """Have what libraries of this process keep in temporary files go at the end, or with what a dead one left."""
    with folder() as path:
        before, tempfile.tempdir = tempfile.tempdir, str(path)
        try:
            yield
        finally:
            tempfile.tempdir = before


def sweep(parent):
    """Remove from a folder what dead processes of this user have left there."""
    if not fcntl:
        return
    with contextlib.suppress(OSError), os.scandir(parent) as entries:
        for path in [Path(entry.path) for entry in entries if entry.name.endswith(ENDING)]:
            with contextlib.suppress(OSError):
                handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
                try:
                    _remove(path, handle)
                finally:
                    os.close(handle)


def _remove(path, handle):
    found = os.fstat(handle)
    if found.st_uid == os.getuid():
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if stat.S_ISDIR(found.st_mode):
            shutil.rmtree(path)
        elif stat.S_ISREG(found.st_mode):
            path.unlink()


def _hold(handle, path):
    """Lock what was just made; whether it is still there, for another may have swept it away before."""
    try:
        if fcntl:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: nobody can sweep it
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(handle), os.stat(path))
    return False


def _usual():
    """Where temporary files go. Python finds out by writing one, which stays if it is killed just then."""
    named = [tempfile.tempdir, *map(os.environ.get, ("TMPDIR", "TEMP", "TMP")), "/tmp"]
    return next((each for each in named if each and os.access(each, os.W_OK | os.X_OK)), None) or tempfile.gettempdir()


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask
