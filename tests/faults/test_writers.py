"""Two commands at once, and clocks that jump."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from trials import ADD, BY_NAME, NEWER, Ended, broken, unseemly

DAY = 86_400
LIBRARIES = ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1")


def both(trials, command, argv, ok=(0,)):
    """The command and another one, at once in the same world; gives what did not hold."""
    world = trials.world(command)
    pids = [trials.start(world, command.argv, command)]
    other = world.root / "said-too"
    other.mkdir()
    pids.append(trials.start(world, argv, command, said=other))
    ends = [trials.ended(world, pids[0]), trials.ended(world, pids[1], said=other)]
    shutil.rmtree(other)
    found = [f"exit {end.code}: {end.stderr[-200:]}" for end in ends if end.code not in ok]
    found += [] if 0 in (end.code for end in ends) else ["neither did it"]
    return found + [each for end in ends for each in unseemly(end)] + trials.held(command, world, ends[0], ok)


def test_two_batches_at_once(trials, tell):
    command = BY_NAME["fiscal report"]
    tell("two at once", command.name, [both(trials, command, command.argv)])


@pytest.mark.soak
@pytest.mark.parametrize("name", BY_NAME)
def test_two_at_once(trials, tell, name):
    command = BY_NAME[name]
    times = 2 if name.startswith(("fiscal report", "fiscal lessons")) else 5
    ok = (0, 1) if command.checkout else (0,)  # who comes second finds the name taken
    tell("two at once", name, [both(trials, command, command.argv, ok) for _ in range(times)])


@pytest.mark.soak
def test_two_documents_for_one_place_at_once(trials, tell):
    """Whichever is last is there as a whole, with the corrections."""
    command = BY_NAME["fiscal add, again"]
    found = []
    for _ in range(8):
        world = trials.world(command)
        folder = world.root / "mine" / "disclosures" / "linjiang-2021"
        shutil.copyfile(world.root / "document.txt", world.root / "newest.txt")
        older = world.root / "older.txt"
        older.write_text((folder / "source.txt").read_text(encoding="utf-8").replace("4.2", "4.20"), encoding="utf-8")
        one = trials.start(world, ADD, command)
        other = world.root / "said-too"
        other.mkdir()
        two = trials.start(world, [ADD[0], "older.txt", *ADD[2:]], command, said=other)
        ends = [trials.ended(world, one), trials.ended(world, two, said=other)]
        wrong = [f"exit {end.code}: {end.stderr[-200:]}" for end in ends if end.code] + broken(world)
        text, figures = ((folder / name).read_text(encoding="utf-8") for name in ("source.txt", "figures.csv"))
        if ("4.20" in text) != ("4.20" in figures) or (NEWER[0] in text) != (NEWER[0] in figures):
            wrong.append("figures of one document with the text of the other")
        if not (folder / "edits.csv").exists():
            wrong.append("the corrections are lost")
        found.append(wrong)
        shutil.rmtree(world.root)
    tell("two at once, with different documents", command.name, found)


@pytest.mark.parametrize("days", [400])
@pytest.mark.parametrize("name", ["fiscal add, again"])
def test_files_of_another_time(trials, tell, name, days):
    tell("files dated otherwise (400 days ahead, or back)", name, [dated(trials, BY_NAME[name], days)])


@pytest.mark.soak
@pytest.mark.parametrize("days", [400, -400])
@pytest.mark.parametrize("name", [name for name in BY_NAME if name not in ("fiscal lessons",)])
def test_files_of_another_time_for_every_command(trials, tell, name, days):
    tell("files dated otherwise (400 days ahead, or back)", name, [dated(trials, BY_NAME[name], days)])


def dated(trials, command, days):
    world = trials.world(command)
    for path in world.root.rglob("*"):
        then = path.stat().st_mtime + days * DAY
        os.utime(path, (then, then))
    return trials.held(command, world, trials.run(world, command.argv, command))


@pytest.mark.soak
@pytest.mark.parametrize("name", ["fiscal add, again", "fiscal export, datapackage"])
def test_a_clock_that_jumps_between_runs(trials, tell, name):
    """Ahead by 400 days, then back by 800: a process of its own for each, with libfaketime.

    Not for reports: under this library no notebook ever ends, plain papermill's neither.
    """
    library = os.environ.get("FISCAL_FAKETIME") or next(filter(os.path.exists, LIBRARIES), None)
    if not library:
        pytest.skip("libfaketime is not here (FISCAL_FAKETIME names it)")
    command = BY_NAME[name]
    world = trials.world(command)
    for days in ("+400d", "-400d"):
        fake = {"LD_PRELOAD": library, "FAKETIME": days, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        run = [sys.executable, "-m", "fiscal", *command.argv]
        done = subprocess.run(run, cwd=world.root, env=world.env | fake, capture_output=True, text=True, timeout=500)
        ended = Ended(done.returncode, done.stdout, done.stderr, None)
    shutil.rmtree(Path(world.root, "said"), ignore_errors=True)
    tell("the clock jumps 400 days ahead, then 800 back", name, [trials.held(command, world, ended)])
