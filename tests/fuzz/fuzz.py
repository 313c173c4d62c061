"""Coverage-guided fuzzing of everything that a user hands in.

    uv pip install atheris
    uv run --no-sync python tests/fuzz/fuzz.py READER [--runs 100000] [--found FOLDER]

READER is the name of a module in ``readers``. A fault is written to FOLDER once for each place, with what was wrong,
and the run goes on; at the end the number of inputs and of faults is printed. What is worth keeping goes, small, into
``findings/READER/``: ``test_findings.py`` replays it. An input that takes more than twenty seconds or a gigabyte ends
the run.
"""

import argparse
import hashlib
import os
import random
import resource
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["fiscal"]):
    import mutate
    import oracle

    import fiscal  # noqa: F401

LARGEST = 6_000  # bytes: more find nothing new, and take longer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("reader", choices=oracle.READERS)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--found", type=Path, default=Path("found"))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    os.environ["FISCAL_DATA"] = str(scratch / "run")
    with atheris.instrument_imports(include=["fiscal"]):
        module = oracle.reader(asked.reader)
    corpus = scratch / "corpus"
    corpus.mkdir()
    for number, seed in enumerate([*module.SEEDS, *_findings(asked.reader)]):
        (corpus / f"seed-{number}").write_bytes(seed)
    asked.found.mkdir(parents=True, exist_ok=True)
    faults, counted = {}, 0

    def one(data):
        nonlocal counted
        counted += 1
        try:
            oracle.judge(asked.reader, data, scratch / "run")
        except oracle.Fault as fault:
            _keep(str(fault), data)
        if counted == asked.runs:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"{asked.reader}: {counted:,} inputs, {len(faults)} places of faults, peak {peak} MB", flush=True)

    def _keep(said, data):
        place = said.partition(": ")[0]
        if place not in faults or len(data) < faults[place]:
            faults[place] = len(data)
            name = asked.found / f"{asked.reader}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
            name.write_bytes(data)
            name.with_suffix(".why").write_text(said + "\n", encoding="utf-8")

    def mutator(data, size, seed):
        chance = random.Random(seed)
        if chance.random() < 0.3:
            return atheris.Mutate(data, size)
        return mutate.mutated(data, chance)[:size]

    limits = ["-timeout=20", "-rss_limit_mb=1000", f"-max_len={LARGEST}", "-len_control=0", "-print_final_stats=0"]
    artifacts = [f"-artifact_prefix={asked.found}/{asked.reader}-", f"-runs={asked.runs}", f"-seed={asked.seed}"]
    atheris.Setup([sys.argv[0], str(corpus), *limits, *artifacts, "-verbosity=0"], one, custom_mutator=mutator)
    atheris.Fuzz()


def _findings(reader):
    return [path.read_bytes() for path in sorted((Path(__file__).parent / "findings" / reader).glob("*"))]


if __name__ == "__main__":
    main()
