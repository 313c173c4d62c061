"""Files come whole and together, or not at all; what is temporary goes, unless someone still needs it."""

import contextlib
import os
import resource
import subprocess
import sys

import pytest

from fiscal import files, temporary
from fiscal.errors import InputError


@contextlib.contextmanager
def files_no_larger_than(size):
    """A limit of the system for each file, as a full disk would be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_files_that_do_not_fit_change_nothing(tmp_path):
    files.write_all({tmp_path / "a": "before", tmp_path / "b": "before"})
    new = {tmp_path / "a": "after", tmp_path / "b": "after" * 2000}
    with files_no_larger_than(5000), pytest.raises(InputError, match=r"b: can't be written \(File too large\)"):
        files.write_all(new, remove=[tmp_path / "a"])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "before", "b": "before"}
    files.write_all(new, remove=[tmp_path / "a"])
    assert {path: path.read_text() for path in tmp_path.iterdir()} == new


def test_a_folder_in_place_of_a_file_changes_nothing(tmp_path):
    (tmp_path / "b").mkdir()
    with pytest.raises(InputError, match=r"b: can't be written \(Is a directory\)"):
        files.write_all({tmp_path / "a": "after", tmp_path / "b": "after"})
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_what_a_living_process_holds_stays_and_what_a_dead_one_left_goes(tmp_path):
    code = (
        "import sys\n"
        "from fiscal import temporary\n"
        "with temporary.folder(sys.argv[1]) as folder, temporary.file(sys.argv[1], b'half'):\n"
        "    (folder / 'within').mkdir()\n"
        "    print(folder, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        there = set(tmp_path.iterdir())
        assert len(there) == 3
        temporary.sweep(tmp_path)
        assert set(tmp_path.iterdir()) == there
        process.kill()
    temporary.sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_only_what_is_ones_own_is_swept(tmp_path):
    (tmp_path / "target").write_text("mine", encoding="utf-8")
    (tmp_path / f"link{temporary.ENDING}").symlink_to(tmp_path / "target")
    os.mkfifo(tmp_path / f"pipe{temporary.ENDING}")
    if os.geteuid() == 0:
        (tmp_path / f"theirs{temporary.ENDING}").touch()
        os.chown(tmp_path / f"theirs{temporary.ENDING}", 65534, 65534)
    before = sorted(tmp_path.iterdir())
    temporary.sweep(tmp_path)
    assert sorted(tmp_path.iterdir()) == before


def test_folders_trade_places(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    if not files.exchange(tmp_path / "one", tmp_path / "other"):
        pytest.skip("this system can't exchange two folders in one step")
    assert (tmp_path / "one" / "other").exists()
    assert not files.exchange(tmp_path / "one", tmp_path / "absent")
