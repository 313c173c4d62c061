"""A disk that is full, or that can't be written: what was there stays, and one line says why."""

import contextlib
import os
import random
import shutil
import subprocess

import pytest
from trials import BY_NAME, SHORT

NAMES = [*(command.name for command in SHORT), "fiscal report --xlsx"]
PLACES = {"add": "mine", "export": "out", "extract": "out", "new-notebook": "checkout", "report": "out"}


def _system(*command):
    return subprocess.run(command, capture_output=True, text=True)


@contextlib.contextmanager
def small_disk(folder, size):
    """A file system of this many KiB in place of a folder, with what was in the folder."""
    held = folder.with_name(folder.name + ".held")
    folder.rename(held)
    folder.mkdir()
    done = _system("mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(folder))
    if done.returncode:
        folder.rmdir()
        held.rename(folder)
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        shutil.copytree(held, folder, dirs_exist_ok=True)
        shutil.rmtree(held)
        yield
    finally:
        shutil.copytree(folder, held)
        _system("umount", str(folder))
        folder.rmdir()
        held.rename(folder)


def used(folder):
    """KiB of a folder on a disk whose pages have 4 KiB."""
    return sum(4 * -(-path.stat().st_size // 4096) + 4 for path in folder.rglob("*") if path.is_file()) + 8


def _below(place, world):
    return {path: content for path, content in world.files().items() if path.startswith(place)}


def full(trials, command, share, place):
    """The disk holds what is there, and this share of what would be written to it."""
    before, after = (trials.prepared(command)[name].root / place for name in ("before", "after"))
    world = trials.world(command)
    with small_disk(world.root / place, int(used(before) + share * (used(after) + 16))):
        ended = trials.run(world, command.argv, command)
        said = [] if ended.code == 0 or ended.stderr.startswith("fiscal:") else [f"said: {ended.stderr[-200:]}"]
        if ended.code and "report" not in command.name:  # a batch may have put some reports there
            there, was = world.files(), trials.prepared(command)["before"].files()
            if {name: there[name] for name in was if name in there} != was:
                said.append("what was there has changed")
    return said + trials.held(command, world, ended, (0, 1))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts file systems")
@pytest.mark.parametrize("name", ["fiscal extract --review"])
def test_a_disk_without_room_for_the_last_file(trials, tell, name):
    tell("the disk is full", name, [full(trials, BY_NAME[name], 0.5, "out")])


@pytest.mark.soak
@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts file systems")
@pytest.mark.parametrize("name", NAMES)
def test_a_disk_that_is_full_at_any_moment(trials, tell, name):
    chance = random.Random(name)
    place = PLACES[BY_NAME[name].argv[0]]
    tell("the disk is full", name, [full(trials, BY_NAME[name], chance.random(), place) for _ in range(5)])


@pytest.mark.soak
@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts file systems")
@pytest.mark.parametrize("name", ["fiscal report --xlsx", "fiscal export, xlsx"])
def test_a_disk_for_temporary_files_that_is_full(trials, tell, name):
    command = BY_NAME[name]
    found = []
    for size in (4, 64, 512):
        world = trials.world(command)
        with small_disk(world.root / "tmp", size):
            ended = trials.run(world, command.argv, command)
        found.append(trials.held(command, world, ended, (0, 1)))
    tell("the disk for temporary files is full", name, found)


@pytest.mark.soak
@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts file systems")
@pytest.mark.parametrize("name", NAMES)
def test_a_disk_that_can_only_be_read(trials, tell, name):
    command = BY_NAME[name]
    place = PLACES[command.argv[0]]
    world = trials.world(command)
    with small_disk(world.root / place, 10_000):
        _system("mount", "-o", "remount,ro", str(world.root / place))
        ended = trials.run(world, command.argv, command)
        was, there = (_below(place, each) for each in (trials.prepared(command)["before"], world))
        found = [] if was == there else ["something has changed"]
        _system("mount", "-o", "remount,rw", str(world.root / place))
    tell("the disk can only be read", name, [found + trials.held(command, world, ended, (1,))])


@pytest.mark.soak
@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files immutable")
@pytest.mark.parametrize("name", NAMES)
def test_files_that_can_not_be_changed(trials, tell, name):
    """Each file that the command would replace is immutable, one at a time."""
    command = BY_NAME[name]
    before, after = (trials.prepared(command)[name].files() for name in ("before", "after"))
    replaced = [place for place in after if before.get(place, after[place]) != after[place]]
    found = []
    for place in replaced[:6]:
        world = trials.world(command)
        done = _system("chattr", "+i", str(world.root / place))
        if done.returncode:
            shutil.rmtree(world.root)
            pytest.skip(f"no file can be made immutable here: {done.stderr.strip()}")
        ended = trials.run(world, command.argv, command)
        _system("chattr", "-R", "-i", str(world.root))
        found.append(trials.held(command, world, ended, (0, 1)))
    tell("a file can't be changed (immutable)", name, found)
