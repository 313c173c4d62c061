"""How much room an installation takes, by dependency.

Run with ``uv run python benchmarks/size.py``. A dependency's own size is that of the files that it installs, without
compiled bytecode; what only it brings is what would go with it: itself and whatever nothing else needs. A second table
says how much the extras add.
"""

import importlib.metadata
import re
import tomllib
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from tabulate import tabulate

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MB = 1_000_000
SMALL = MB // 2  # what only it brings; less is counted together


def plain(name):
    """A name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(requirements):
    """The names of all that requirements (as pyproject.toml writes them) bring on this machine, themselves included."""
    found, waiting = set(), [(plain(each.name), frozenset(each.extras)) for each in map(Requirement, requirements)]
    while waiting:
        if (each := waiting.pop()) not in found:
            found.add(each)
            waiting += _needs(*each)
    return {name for name, _ in found}


@cache
def _needs(name, extras):
    wanted = map(Requirement, importlib.metadata.distribution(name).requires or ())
    return [
        (plain(each.name), frozenset(each.extras))
        for each in wanted
        if not each.marker or any(each.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    ]


@cache
def size(name):
    """Bytes of the files that a distribution installs."""
    distribution = importlib.metadata.distribution(name)
    paths = (Path(distribution.locate_file(file)) for file in distribution.files or ())
    return sum(path.stat().st_size for path in paths if path.suffix != ".pyc" and path.is_file())


def only_by(name, requirements):
    """Bytes that would go with a dependency of these requirements."""
    others = [each for each in requirements if plain(Requirement(each).name) != name]
    return sum(map(size, needed(requirements) - needed(others)))


def main():
    base = PROJECT["dependencies"]
    total = sum(map(size, needed(base)))
    rows = [(plain(Requirement(each).name), each) for each in base]
    rows = sorted(((name, size(name), only_by(name, base)) for name, _ in rows), key=lambda row: -max(row[1:]))
    shown = [[name, f"{own / MB:.1f}", f"{only / MB:.1f}"] for name, own, only in rows if max(own, only) >= SMALL]
    small = [own for _, own, only in rows if max(own, only) < SMALL]
    shown += [
        [f"{len(small)} more", f"{sum(small) / MB:.1f}", ""],
        [f"all {len(needed(base))}", f"{total / MB:.0f}", ""],
    ]
    print(
        tabulate(shown, ["dependency", "its own, MB", "only it brings, MB"], tablefmt="github", disable_numparse=True)
    )
    print()
    extras = []
    for extra, requirements in PROJECT["optional-dependencies"].items():
        try:
            extras.append([extra, f"{sum(map(size, needed([*base, *requirements]))) / MB - total / MB:.0f}"])
        except importlib.metadata.PackageNotFoundError:
            extras.append([extra, "not installed"])
    print(tabulate(extras, ["extra", "adds, MB"], tablefmt="github", disable_numparse=True))


if __name__ == "__main__":
    main()
