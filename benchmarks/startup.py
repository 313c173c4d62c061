"""How soon the package and its command line are there, beside what a user would wait for anyway.

Run with ``uv run python benchmarks/startup.py``. Prints the median of each command and its ratio to
``python -c "import pandas"`` in the same run; ``python -c pass`` is the floor.
"""

import os
import statistics
import subprocess
import sys
import time

from tabulate import tabulate

RUNS = 15
COMMANDS = {
    "python -c pass (floor)": ["-c", "pass"],
    "import pandas (what any user of data frames waits for)": ["-c", "import pandas"],
    "import fiscal": ["-c", "import fiscal"],
    "fiscal --help": ["-c", "import sys; sys.argv = ['fiscal', '--help']; from fiscal.cli import main; main()"],
    "fiscal.datasets.figures()": ["-c", "import fiscal; fiscal.datasets.figures()"],
}


def seconds(arguments):
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - start


def main():
    taken = {name: [] for name in COMMANDS}
    for run in range(RUNS + 1):
        for name, arguments in COMMANDS.items():
            each = seconds(arguments)
            if run:  # the first round compiles
                taken[name].append(each)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    pandas = medians["import pandas (what any user of data frames waits for)"]
    rows = [[name, f"{median * 1000:.0f} ms", f"{median / pandas:.2f}"] for name, median in medians.items()]
    print(tabulate(rows, ["command", "median", "ratio to import pandas"]))


if __name__ == "__main__":
    main()
