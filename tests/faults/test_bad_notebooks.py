"""Notebooks that end their process, or do to it what they should not: the others are made, and no trace is left."""

import json

import psutil
import pytest
from trials import World, broken, kept, unseemly

# What the notebook does, its code, what the report that could not be finished says (empty: it is finished).
DIED, LATE = "the kernel died", "the time limit of 60 s was reached"
NOTEBOOKS = {
    "exits": ("ends at once (os._exit)", "import os\nos._exit(3)", DIED),
    "leaves": ("exits (sys.exit)", "import sys\nsys.exit(3)", "SystemExit: 3"),
    "segfaults": ("segfaults", "import ctypes\nctypes.string_at(0)", DIED),
    "stops_itself": ("kills its group", "import os, signal\nos.killpg(0, signal.SIGKILL)", DIED),
    "forks": (
        "forks, and leaves children",
        "import os, subprocess, time\nsubprocess.Popen(['sleep', '1001'], start_new_session=True)\n"
        "if not os.fork():\n    os.setsid()\n    time.sleep(1001)\n    os._exit(0)",
        "",
    ),
    "hangs": ("hangs in a loop of Python", "while True:\n    pass", LATE),
    "hangs_in_c": ("hangs in a loop of C", "sum(range(10**12))", LATE),
    "eats": (
        "eats memory",
        "eaten = []\nwhile True:\n    eaten.append(bytearray(10_000_000))",
        "the memory limit of 700 MiB was reached",
    ),
    "writes": ("writes 20 MB of output", "for _ in range(200):\n    print('x' * 100_000)", ""),
    "closes": ("closes its standard output", "import os, sys\nsys.stdout.close()\nos.close(1)\nos.close(2)", None),
    "deletes": ("deletes its working folder", "import os, shutil\nshutil.rmtree(os.getcwd())", ""),
    "deletes_all": (
        "deletes the folder around it",
        "import os, shutil\nshutil.rmtree(os.path.dirname(os.getcwd()))",
        None,
    ),
    "turns": (
        "changes the clock's environment",
        "import os, time\nos.environ.update(TZ='Asia/Shanghai', SOURCE_DATE_EPOCH='0', LC_ALL='C')\ntime.tzset()",
        "",
    ),
    "fills": ("fills a file until it may not", "import resource\n"
              "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\nopen('x', 'wb').write(b'x' * 10_000)", None),
    "good": ("does nothing wrong", "print('done', amount, disclosure)", ""),
}  # fmt: skip


def batch(trials, folder, names, own):
    """The world after a batch of these notebooks and a good one, and what did not hold, by name."""
    world = World(folder)
    kept(trials, world)
    world.notebooks({name: NOTEBOOKS[name][1] for name in [*names, "good"]})
    chosen = [part for name in [*names, "good"] for part in ("--notebook", name)]
    argv = ["report", "linjiang-2021", *chosen, "--lang", "en", "--out", "out"]
    ended = trials.run(world, [*argv, "--timeout", "60", "--memory", "700MiB", "--jobs", "3"], own=own)
    common = broken(world) + unseemly(ended)
    common += [f"processes were left: {found}" for found in [trials.zygote.ask("left", seconds=15)] if found]
    sleeping = [each.pid for each in psutil.process_iter(["cmdline"]) if each.info["cmdline"] == ["sleep", "1001"]]
    common += [f"children were left: {sleeping}"] * bool(sleeping)
    common += [f"left over: {path.name}" for path in (world.root / "tmp").iterdir()]
    found = {}
    for name in [*names, "good"]:
        page = world.root / "out" / "linjiang-2021" / f"{name}.en.html"
        error = page.with_name(f"{name}.en.error.html")
        said = NOTEBOOKS[name][2]
        found[name] = list(common)
        if page.exists() == error.exists() or (said is not None and error.exists() != bool(said)):
            found[name].append(f"page: {page.exists()}, page with the error: {error.exists()}")
        elif said and said not in error.read_text(encoding="utf-8"):
            found[name].append(f"its page does not say: {said}")
    return world, found


def test_what_a_notebook_does_to_its_process_stays_there(trials, tell, tmp_path):
    _, found = batch(trials, tmp_path / "w", ["deletes_all"], own=False)
    tell("a notebook deletes the folder around it", "fiscal report", list(found.values()))


@pytest.mark.soak
def test_all_that_a_notebook_can_do(trials, record_property, tmp_path):
    wrong = []
    for turn in range(2):
        _, found = batch(trials, tmp_path / f"w{turn}", [name for name in NOTEBOOKS if name != "good"], own=True)
        for name, each in found.items():
            about = {"fault": f"a notebook {NOTEBOOKS[name][0]}", "done_to": "fiscal report", "times": 1}
            record_property("fault", json.dumps(about | {"held": int(not each), "found": [e[:160] for e in each]}))
            wrong += each
    assert not wrong, "\n".join(sorted(set(wrong)))
