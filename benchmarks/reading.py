"""How fast disclosures are read, beside decoding the same files and scanning them for amounts with one expression.

Run with ``uv run python benchmarks/reading.py``; with ``--profile`` it shows instead where the time goes. The documents
are generated (``tests/disclosure/disclosures.py``), the same in each run. First thousands of short ones, each a file of
its own; then one long one, twice and four times as long; then one of ten megabytes, in a process of its own.
"""

import cProfile
import pstats
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tabulate import tabulate

from fiscal.disclosure import extract

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "disclosure"))
import disclosures

DOCUMENTS, ROUNDS = 2_000, 3
LENGTH, LONG = 125_000, 10_000_000  # characters, bytes
AMOUNT = re.compile(r"([0-9０-９][0-9０-９,，.．]*)\s*(亿元|万元|元)")


def texts():
    """Document after document, without end."""
    seed = 0
    while True:
        chance = random.Random(seed)
        draft = disclosures.write(chance)
        yield disclosures.printed(draft, disclosures.manner(chance), chance)[0]
        seed += 1


def document(characters):
    """One document of at least this length: paragraphs of many, under one title."""
    pieces, length = [], 0
    for text in texts():
        pieces.append(text)
        length += len(text)
        if length >= characters:
            return "".join(pieces)


def framed(path):
    """Read, and make the frames, which ``extract`` leaves until they are asked for; problems need all figures."""
    result = extract(path)
    return result.figures, result.unread, result.problems


def scan(path):
    return AMOUNT.findall(path.read_bytes().decode())


def seconds(function, paths):
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for path in paths:
            function(path)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def short(folder):
    """Seconds for all short documents: read, read into frames, and only scanned."""
    paths = []
    for number, text in zip(range(DOCUMENTS), texts(), strict=False):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_bytes(text.encode())
    extract(paths[0])  # loads the vocabulary
    read, made, scanned = seconds(extract, paths), seconds(framed, paths), seconds(scan, paths)
    rows = [
        ["fiscal.disclosure.extract", read, 1000 * read / DOCUMENTS, read / scanned],
        ["with figures, unread and problems", made, 1000 * made / DOCUMENTS, made / scanned],
        ["decode and scan", scanned, 1000 * scanned / DOCUMENTS, 1],
    ]
    header = [f"{DOCUMENTS:,} documents", "seconds", "milliseconds each", "times decode and scan"]
    print(tabulate(rows, header, floatfmt=(None, ",.2f", ",.3f", ",.0f")))


def longer():
    """Seconds for one document and for those twice and four times as long; linear is 1, 2, 4."""
    rows, first = [], None
    for times in (1, 2, 4):
        text = document(times * LENGTH)
        start = time.perf_counter()
        extract(text)
        taken = time.perf_counter() - start
        first = first or taken
        rows.append([f"{len(text):,}", taken, taken / first])
    print(tabulate(rows, ["characters", "seconds", "times the first"], floatfmt=(None, ".2f", ".2f")))


def longest(folder):
    """Seconds and peak memory for ten megabytes."""
    path = folder / "long.txt"
    path.write_bytes(document(LONG // 2).encode()[:LONG].decode(errors="ignore").encode())
    peaks, result = [], f"r = extract({str(path)!r})"
    for code in ("pass", f"{result}; r.figures, r.unread, r.problems"):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"from fiscal.disclosure import extract; {code}"], check=True)
        taken = time.perf_counter() - start
        peaks.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    row = [f"{path.stat().st_size:,}", taken, peaks[1], peaks[0]]
    print(tabulate([row], ["bytes", "seconds", "peak, MB", "of which the package, MB"], floatfmt=",.0f"))


def profile():
    pieces = [text for _, text in zip(range(300), texts(), strict=False)]
    extract(pieces[0])
    watch = cProfile.Profile()
    watch.enable()
    for text in pieces:
        extract(text)
    watch.disable()
    pstats.Stats(watch).sort_stats("tottime").print_stats(25).sort_stats("cumulative").print_stats(45)


def main():
    if "--profile" in sys.argv:
        profile()
        return
    with tempfile.TemporaryDirectory() as name:
        short(Path(name))
        print()
        longer()
        print()
        longest(Path(name))


if __name__ == "__main__":
    main()
