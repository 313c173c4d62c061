"""A command that is killed or stopped, at every step on files and at any moment between."""

import contextlib
import os
import random
import signal
import time

import psutil
import pytest
from trials import BY_NAME, SHORT

NAMES = {
    signal.SIGKILL: "killed (SIGKILL)",
    signal.SIGINT: "interrupted (SIGINT)",
    signal.SIGTERM: "told to end (SIGTERM)",
}
CODES = {signal.SIGKILL: (0, -9), signal.SIGINT: (0, 1, 130), signal.SIGTERM: (0, -15, 143)}
by_name = {"ids": lambda command: command.name}


def at_step(trials, command, number, step):
    world = trials.world(command)
    ended = trials.run(world, command.argv, command, step=step, number=number)
    return trials.held(command, world, ended, CODES[number])


def at_moment(trials, command, number, share, own=False, group=False):
    """Struck after this share of the time that the command takes; ``group``: and all that are in its session."""
    world = trials.world(command)
    pid = trials.start(world, command.argv, command, own=own)
    time.sleep(share * trials.prepared(command)["seconds"])
    os.killpg(pid, number) if group else os.kill(pid, number)
    return trials.held(command, world, trials.ended(world, pid), CODES[number])


@pytest.mark.parametrize("name", ["fiscal add, again", "fiscal extract --review", "fiscal new-notebook"])
def test_killed_before_a_file_gets_its_name(trials, tell, name):
    command = BY_NAME[name]
    last = trials.prepared(command)["steps"] - 1
    step = {"fiscal add, again": last - 12, "fiscal new-notebook": last}.get(name, last)
    tell(f"{NAMES[signal.SIGKILL]} before each step on files", name, [at_step(trials, command, signal.SIGKILL, step)])


@pytest.mark.soak
@pytest.mark.parametrize("number", NAMES, ids=NAMES.get)
@pytest.mark.parametrize("command", SHORT, **by_name)
def test_struck_at_every_step(trials, tell, command, number):
    steps = trials.prepared(command)["steps"]
    # What cleans up is the same for whatever interrupts: fewer steps will do.
    found = [at_step(trials, command, number, step) for step in range(0, steps, 1 if number == signal.SIGKILL else 4)]
    tell(f"{NAMES[number]} before each step on files", command.name, found)


@pytest.mark.soak
@pytest.mark.parametrize("number", NAMES, ids=NAMES.get)
@pytest.mark.parametrize("command", SHORT, **by_name)
def test_struck_at_any_moment(trials, tell, command, number):
    chance = random.Random(f"{command.name} {number}")
    found = [at_moment(trials, command, number, chance.random()) for _ in range(3)]
    tell(f"{NAMES[number]} at a random moment", command.name, found)


@pytest.mark.soak
@pytest.mark.parametrize("number", NAMES, ids=NAMES.get)
def test_a_batch_struck_at_every_step(trials, tell, number):
    command = BY_NAME["fiscal report --xlsx"]
    steps = trials.prepared(command)["steps"]
    found = [at_step(trials, command, number, step) for step in range(0, steps, 6 if number == signal.SIGKILL else 24)]
    tell(f"{NAMES[number]} before each step on files", command.name, found)


@pytest.mark.soak
@pytest.mark.parametrize("number", NAMES, ids=NAMES.get)
@pytest.mark.parametrize("name", ["fiscal report --xlsx", "fiscal report --pdf --xlsx", "fiscal lessons"])
def test_a_batch_struck_at_any_moment(trials, tell, name, number):
    chance = random.Random(f"{name} {number}")
    times = {"fiscal report --xlsx": 8 if number == signal.SIGKILL else 4}.get(name, 2)
    group = number == signal.SIGKILL
    found = [at_moment(trials, BY_NAME[name], number, chance.random(), group=group) for _ in range(times)]
    tell(f"{NAMES[number]}, with its group, at a random moment" if group else f"{NAMES[number]} at a random moment",
         name, found)  # fmt: skip


@pytest.mark.soak
@pytest.mark.parametrize("group", [True, False], ids=["its group", "alone"])
def test_a_batch_with_warm_processes_of_its_own_is_killed(trials, tell, group):
    command = BY_NAME["fiscal report --xlsx"]
    chance = random.Random(group)
    longer = 3  # its warm processes have to start
    found = [at_moment(trials, command, 9, longer * chance.random(), own=True, group=group) for _ in range(3)]
    with_or_alone = "with its group" if group else "alone"
    tell(f"killed (SIGKILL), {with_or_alone}, its warm processes too being its own", command.name, found)


def kill_below(trials, command, chance, what):
    """Kill the warm process for reports or for kernels, or a report or kernel that it forked; the batch goes on."""
    module = {"report": "fiscal.reporting.rehearsal", "kernel": "ipykernel.kernelapp"}[what.split()[-1]]
    world = trials.world(command)
    pid = trials.start(world, command.argv, command, own=True)
    deadline, victims = time.monotonic() + 60, []
    while not victims and time.monotonic() < deadline:
        time.sleep(0.02)
        try:
            warm = [each for each in psutil.Process(pid).children() if module in each.cmdline()]
            forked = [child for each in warm for child in each.children()]
        except psutil.NoSuchProcess:
            break
        victims = (warm if "warm" in what else forked) if forked else []
    time.sleep(chance.random())
    for each in victims[:1]:
        with contextlib.suppress(psutil.NoSuchProcess):
            each.kill()
    return trials.held(command, world, trials.ended(world, pid), (0, 1))


@pytest.mark.soak
@pytest.mark.parametrize("what", ["process of a report", "process of a kernel", "warm process for report",
                                  "warm process for kernel"])  # fmt: skip
def test_what_makes_a_report_is_killed_and_the_others_are_made(trials, tell, what):
    chance = random.Random(what)
    command = BY_NAME["fiscal report --xlsx"]
    tell(f"killed (SIGKILL): a {what}", command.name, [kill_below(trials, command, chance, what) for _ in range(3)])


def test_a_batch_is_killed_and_goes_on(trials, tell):
    command = BY_NAME["fiscal report"]
    step = trials.prepared(command)["steps"] // 2
    tell(f"{NAMES[signal.SIGKILL]} before each step on files", command.name, [at_step(trials, command, 9, step)])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=NAMES.get)
def test_a_batch_is_told_to_end_while_its_index_is_made(trials, tell, number):
    """In the midst of an import after which the library for fonts could not be imported again."""
    command = BY_NAME["fiscal report"]
    world = trials.world(command)
    ended = trials.run(world, command.argv, command, step="buildConverters", number=number)
    struck = [code for code in CODES[number] if code]  # or that function has another name today
    tell(f"{NAMES[number]} while the index is made", command.name, [trials.held(command, world, ended, struck)])


def test_a_batch_that_was_killed_before_its_index_was_written_writes_it_next_time(trials):
    command = BY_NAME["fiscal report"]
    after = trials.prepared(command)["after"]
    world = after.copy(trials.folder / "index")
    (world.root / "out" / "index.html").write_text("<!-- an older one -->\n", encoding="utf-8")
    trials.undisturbed(world, command.argv, command)
    assert world.files() == after.files()
