"""A command, a fault, a moment, and what has to hold: the words that this suite is written in.

A ``Command`` runs in a ``World``, a folder with all that it reads and writes. ``before`` is the world as the command
finds it, ``after`` as it leaves it undisturbed. Whatever strikes it: every file is as before or as after, no process is
left, what is said is a line without a traceback; and the same command, given again, ends with what it would have made.
"""

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import openpyxl
import yaml

from fiscal.figures import tables

HERE = Path(__file__).parent
PATIENCE = 240
DOCUMENT = """临江县2021年政府债务情况说明
一、限额
2021年，省财政厅下达我县新增政府债务限额4.2亿元，其中：一般债务限额1.1亿元，专项债务限额3.1亿元。
二、余额
截至2021年末，我县政府债务余额38.6亿元，其中一般债务17.2亿元、专项债务21.4亿元。
县十八届人大常委会第五次会议于2022年8月24日批准了2021年县本级决算。
"""
NEWER = ("39.6", "22.4")
ADD = ("add", "document.txt", "--jurisdiction", "临江县", "--year", "2021", "--yes")
SMALL = {
    "says": "print('done', amount, disclosure)",
    "draws": "from matplotlib import pyplot\npyplot.bar(['a', 'b'], [1, 2])\npyplot.title('Two')",
}


class Zygote:
    """See ``zygote.py``."""

    def __init__(self):
        env = dict(os.environ) | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "zygote.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
            start_new_session=True,
        )

    def ask(self, do, **asked):
        self._process.stdin.write(json.dumps({"do": do} | asked) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait(30)


class World:
    """A folder with everything that a command reads and writes, its temporary files included."""

    def __init__(self, root):
        self.root = Path(root)
        for name in ("mine", "out", "tmp", "said"):
            (self.root / name).mkdir(parents=True, exist_ok=True)

    @property
    def env(self):
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV") if name in os.environ}
        own = {"FISCAL_DATA": "mine", "TMPDIR": "tmp", "JUPYTER_RUNTIME_DIR": "tmp", "MPLCONFIGDIR": "said"}
        return keep | {name: str(self.root / folder) for name, folder in own.items()} | {"PYTHONHASHSEED": "0"}

    def document(self, amount="38.6", part="21.4"):
        (self.root / "document.txt").write_text(
            DOCUMENT.replace("38.6", amount).replace("21.4", part), encoding="utf-8"
        )

    def notebooks(self, code):
        """Small notebooks of the user's own, by name."""
        folder = self.root / "mine" / "notebooks"
        folder.mkdir(exist_ok=True)
        for name, cell in code.items():
            parameters = 'disclosure: str = ""\nlang: str = "en"\namount: int = 1'
            cells = [
                nbformat.v4.new_markdown_cell("# Title", metadata={"tags": ["en"]}, id="a"),
                nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="b"),
                nbformat.v4.new_code_cell(cell, id="c"),
                nbformat.v4.new_code_cell("print('after')", id="d"),
            ]
            notebook = nbformat.v4.new_notebook(cells=cells)
            notebook.metadata = {
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
                "fiscal": {"per": "disclosure", "title": {"en": name, "zh": name}},
            }
            nbformat.write(notebook, folder / f"{name}.ipynb")

    def copy(self, root):
        shutil.copytree(self.root, root, symlinks=True, dirs_exist_ok=True)
        return World(root)

    def files(self):
        """What a user has, by place: bytes, and of what records when it ran only what does not change."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            place = path.relative_to(self.root)
            if path.is_file() and place.parts[0] != "said" and path.name != ".lock":
                found[place.as_posix()] = _timeless(path)
        return found


def _timeless(path):
    content = path.read_bytes()
    try:
        if path.suffix == ".ipynb" and b'"papermill"' in content:
            notebook = json.loads(content)
            notebook["metadata"].pop("papermill", None)
            for cell in notebook["cells"]:
                cell["metadata"] = {"tags": cell["metadata"].get("tags", [])}
                cell["id"] = ""
            return json.dumps(notebook).encode()
        if path.suffix == ".json" and b'"made_of"' in content:
            record = json.loads(content)
            record["files"].pop("ipynb", None)
            return json.dumps(record).encode()
    except (ValueError, KeyError, AttributeError):
        pass  # what is not whole is told by ``broken``
    return content


@dataclass
class Command:
    """What is struck: its arguments, and what there is before it; a ``checkout`` it may take for its own."""

    name: str
    argv: tuple
    prepare: object = None
    checkout: bool = False
    together: tuple = ()  # folders whose files change all together
    worlds: dict = field(default_factory=dict)


def kept(trials, world, *amounts):
    """A disclosure of the user's own, with corrections."""
    world.document(*amounts)
    trials.undisturbed(world, ADD)
    edits = world.root / "mine" / "disclosures" / "linjiang-2021" / "edits.csv"
    if not edits.exists():
        columns = [field["name"] for field in tables.schema("edits")["fields"]]
        edits.write_text(",".join(columns) + "\n", encoding="utf-8")


def newer(trials, world):
    kept(trials, world, *NEWER)


def before_add(trials, world):
    kept(trials, world)
    world.document(*NEWER)


def before_first_add(trials, world):
    world.document()


def before(*argv):
    def prepare(trials, world):
        kept(trials, world)
        trials.undisturbed(world, argv)
        newer(trials, world)

    return prepare


def before_review(trials, world):
    world.document()
    trials.undisturbed(world, REVIEW)
    world.document(*NEWER)


def before_new_notebook(trials, world):
    (world.root / "checkout" / "notebooks").mkdir(parents=True)
    shutil.copytree(HERE.parents[1] / "data", world.root / "checkout" / "data")


def before_report(*argv):
    def prepare(trials, world):
        world.notebooks(SMALL)
        before(*argv)(trials, world)

    return prepare


REVIEW = ("extract", "document.txt", "--review", "out/review.html")
REPORT = ("report", "linjiang-2021", "--notebook", "says", "--lang", "en", "--out", "out")
XLSX = (*REPORT, "--notebook", "draws", "--lang", "zh", "--xlsx")
COMMANDS = [
    Command("fiscal add, first", ADD, before_first_add, together=("mine/disclosures/linjiang-2021",)),
    Command("fiscal add, again", ADD, before_add, together=("mine/disclosures/linjiang-2021",)),
    *(
        Command(f"fiscal export, {kind}", argv, before(*argv))
        for kind in ("csv", "parquet", "xlsx", "datapackage")
        for argv in [("export", "linjiang-2021", "--format", kind, "--out", "out", "--overwrite")]
    ),
    Command("fiscal extract --review", REVIEW, before_review),
    Command("fiscal new-notebook", ("new-notebook", "land"), before_new_notebook, checkout=True),
    Command("fiscal report", REPORT, before_report(*REPORT)),
    Command("fiscal report --xlsx", XLSX, before_report(*XLSX)),
    Command("fiscal report --pdf --xlsx", (*XLSX, "--pdf"), before_report(*XLSX)),
    Command("fiscal lessons", ("lessons", "1", "--lang", "en", "--out", "out")),
]
BY_NAME = {command.name: command for command in COMMANDS}
SHORT = [command for command in COMMANDS if not command.name.startswith(("fiscal report", "fiscal lessons"))]


@dataclass
class Ended:
    """How a command ended: its exit code (negative: the signal), and what it said."""

    code: int
    stdout: str
    stderr: str
    steps: int | None


class Trials:
    """Runs commands, undisturbed and struck, and says what did not hold."""

    def __init__(self, zygote, nursery, folder):
        self.zygote, self.nursery, self.folder = zygote, nursery, Path(folder)
        self.count = 0

    def start(self, world, argv, command=None, own=False, said=None, **how):
        """Begin a command; ``own``: with warm processes of its own, in place of those of this suite.

        ``said``: the folder for what it says, where two run at once.
        """
        checkout = str(world.root / "checkout") if command and command.checkout else None
        env = world.env
        if checkout:
            env["FISCAL_BUNDLED"] = str(world.root / "checkout" / "data")
        if not said:
            said = world.root / "said"
            shutil.rmtree(said, ignore_errors=True)
            said.mkdir()
        for name in ("stdout", "stderr"):  # it may be killed before it opens them
            (said / name).touch()
        return self.zygote.ask(
            "start",
            argv=list(argv),
            cwd=str(world.root),
            env=env,
            said=str(said),
            checkout=checkout,
            nursery=None if own or argv[0] not in ("report", "lessons") else self.nursery(),
            watch=str(world.root),
            **how,
        )

    def ended(self, world, pid, seconds=PATIENCE, said=None):
        code = self.zygote.ask("wait", pid=pid, seconds=seconds)
        said = said or world.root / "said"
        steps = int((said / "steps").read_text()) if (said / "steps").exists() else None
        stdout, stderr = ((said / name).read_text(encoding="utf-8") for name in ("stdout", "stderr"))
        return Ended(code, stdout, stderr, steps)

    def run(self, world, argv, command=None, **how):
        return self.ended(world, self.start(world, argv, command, **how))

    def undisturbed(self, world, argv, command=None, **how):
        ended = self.run(world, argv, command, **how)
        assert ended.code == 0, ended
        return ended

    def prepared(self, command):
        """The world before a command, the files after it, how many steps and seconds it took: made once."""
        if not command.worlds:
            world = World(self.folder / f"before-{command.name.replace(' ', '-')}")
            if command.prepare:
                command.prepare(self, world)
            trial = world.copy(self.folder / f"after-{command.name.replace(' ', '-')}")
            began = time.monotonic()
            ended = self.undisturbed(trial, command.argv, command)
            seconds = time.monotonic() - began
            assert not broken(trial)
            command.worlds |= {"before": world, "after": trial, "steps": ended.steps, "seconds": seconds}
        return command.worlds

    def world(self, command):
        """A world of its own for one trial. Its name is short: sockets lie in it."""
        before = self.prepared(command)["before"]
        self.count += 1
        return before.copy(self.folder / f"t{self.count}")

    def held(self, command, world, ended, ok=(0,), again=True):
        """What did not hold after a command was struck, as sentences; the world goes."""
        found = [f"said: {each}" for each in unseemly(ended)]
        if ended.code not in ok:
            found.append(f"exit {ended.code}: {ended.stderr.strip()[-300:]}")
        if orphans := self.zygote.ask("left", seconds=15):
            found.append(f"processes were left: {orphans}")
        after, there = command.worlds["after"].files(), world.files()
        found += neither(command, command.worlds["before"].files(), after, there) + broken(world)
        if again:
            found += self.again(command, world)
        shutil.rmtree(world.root, ignore_errors=True)
        return found

    def again(self, command, world, argv=None):
        """What did not hold when the command was given again."""
        after, there = command.worlds["after"].files(), world.files()
        ended = self.run(world, argv or command.argv, command)
        if command.checkout and ended.code == 1 and "is there already" in ended.stderr and there == after:
            ended.code = 0  # it had been done
        found = [f"again, exit {ended.code}: {ended.stderr.strip()[-300:]}"] if ended.code else []
        found += [f"again, {each}" for each in unseemly(ended) + broken(world)]
        there = world.files()
        for place in sorted(after.keys() | there.keys()):
            if after.get(place) != there.get(place):
                what = "left over" if place not in after else "missing" if place not in there else "differs"
                found.append(f"again, {what}: {place}")
        return found


def unseemly(ended):
    """What a user should not have to read: lines of a traceback, or of an error that nobody caught."""
    lines = ended.stdout.splitlines() + ended.stderr.splitlines()
    return (
        [f"a traceback: {lines[-1]}"]
        if any(line.startswith(("Traceback", "Exception ignored")) for line in lines)
        else []
    )


def neither(command, before, after, there):
    """Files that are neither as before nor as after; parts that change together and did not."""
    found = []
    for place, content in there.items():
        if "part" not in place and not place.startswith(("tmp/", "mine/.")) and "/.adding" not in place:
            if place.endswith("index.html") or ".error." in place:
                continue  # as it was at some moment in between
            if content not in (before.get(place), after.get(place)):
                found.append(f"neither as before nor as after: {place}")
    lost = [place for place in before.keys() & after.keys() if place not in there]
    # A record goes before its report changes.
    found += [f"lost: {place}" for place in lost if not _is_record(before[place])]
    for folder in command.together:
        states = [{p: c for p, c in files.items() if p.startswith(folder + "/")} for files in (there, before, after)]
        if states[0] not in states[1:]:
            found.append(f"in part as before, in part as after: {folder}")
    return found


def _is_record(content):
    return content.startswith(b"{") and b'"made_of"' in content


def broken(world):
    """Files under a final name that are not whole, and records that do not say what is there."""
    found = []
    for path in sorted(world.root.rglob("*")):
        place = path.relative_to(world.root).as_posix()
        if not path.is_file() or place.startswith(("said/", "tmp/")) or path.suffix not in WHOLE:
            continue
        try:
            WHOLE[path.suffix](path.read_bytes())
            if path.suffix == ".json" and place.startswith("out/"):
                _record(path)
        except Exception as error:
            found.append(f"not whole: {place} ({type(error).__name__}: {error})")
    return found


def _record(path):
    record = json.loads(path.read_bytes())
    for ending, about in record.get("files", {}).items() if "made_of" in record else ():
        there = path.with_name(f"{path.name.removesuffix('.json')}.{ending}").read_bytes()
        assert hashlib.sha256(there).hexdigest() == about["sha256"], f"the record of another {ending}"


def _ends(*endings):
    def check(content):
        assert content.rstrip().endswith(endings), "it has no end"

    return check


def _rows(content):
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows, "no header"
    assert content.endswith(b"\n"), "its last row has no end"
    assert {len(row) for row in rows} == {len(rows[0])}, "rows of different lengths"


def _workbook(content):
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert openpyxl.load_workbook(io.BytesIO(content), read_only=True).sheetnames


def _parquet(content):
    import pyarrow.parquet

    assert pyarrow.parquet.read_table(io.BytesIO(content)).num_columns


WHOLE = {
    ".html": _ends(b"</html>", b"-->"),
    ".svg": _ends(b"</svg>"),
    ".pdf": _ends(b"%%EOF"),
    ".json": json.loads,
    ".ipynb": lambda content: nbformat.reads(content.decode(), as_version=4),
    ".yaml": yaml.safe_load,
    ".csv": _rows,
    ".xlsx": _workbook,
    ".parquet": _parquet,
}
