"""How fast the rules run on millions of projects, beside the same rules written by hand and beside other tools.

Run with ``uv run python benchmarks/rules.py``, on an otherwise idle machine: one run, medians of several rounds, and
the outcomes are compared before anything is timed. ``apply`` is measured on a part and scaled. ``--others PYTHON``
adds OpenFisca, run by a Python that has openfisca-core, pandas and pyarrow. ``--growth`` times ten thousand to a
hundred million rows and draws docs/growth.svg.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
from tabulate import tabulate

from fiscal import rules

SIZE, PART, ROUNDS = 10_000_000, 5_000, 3
POLICY = rules.load_policy("urumqi-2020")
COLUMNS = ["node", "budget_yuan", "executed_yuan", "completion_bp"]
# A process of its own, so that its peak of memory is its own too; reading alone is what it does without the policy.
RUN = """
import re, sys, time
import polars as pl
from fiscal import rules
source, target, engine = sys.argv[1:]
start = time.perf_counter()
if engine == "copy":
    pl.scan_parquet(source).sink_parquet(target, compression_level=1)
elif target:
    rules.run_policy("urumqi-2020", source, target, engine, overwrite=True)
else:
    pl.read_parquet(source)
taken = time.perf_counter() - start
# Not getrusage: its peak would be that of the process that started this one.
print(taken, int(re.search(r"VmHWM:\s+([0-9]+)", open("/proc/self/status").read())[1]) // 1024)
"""


def projects(size, seed=2020, first=None):
    """Random projects; with ``first`` ids that count from it, each at both nodes."""
    random = np.random.default_rng(seed)
    half = size // 2 if first is not None else size
    budget = random.integers(1, 10**9, half)
    frames = []
    for nodes in [["may"], ["september"]] if first is not None else [["may", "september"]]:
        share = random.random(half) * random.integers(0, 2, half)
        frame = {
            "node": pl.Series(nodes).gather(random.integers(0, len(nodes), half)),
            "budget_yuan": budget,
            "executed_yuan": (budget * share).astype("int64"),
            "completion_bp": random.integers(0, 10_001, half),
        }
        if first is not None:
            frame["project_id"] = pl.format("P{}", pl.Series(np.arange(first, first + half)))
        frames.append(pl.select(**frame) if first is not None else pl.DataFrame(frame))
    return pl.concat(frames)


def in_numpy(frame):
    """The same rules in plain NumPy, thresholds written in, no problems looked for."""
    node = (frame["node"] == "may").to_numpy()
    budget, executed = frame["budget_yuan"].to_numpy(), frame["executed_yuan"].to_numpy()
    completion = frame["completion_bp"].to_numpy()
    slow = 24 * executed < np.where(node, 5, 9) * budget
    abnormal = (executed == 0) | slow
    deviates = np.abs(10_000 * executed - completion * budget) > 2_000 * budget
    warning = abnormal | deviates
    reason = np.select([abnormal & deviates, abnormal, deviates], ["both", "progress", "deviation"], "none")
    idle, little = executed == 0, 5 * executed <= budget
    full = warning & idle & (completion <= 1_000)
    half = warning & ((idle & (completion > 1_000) & (completion < 5_000)) | (~idle & little & (completion <= 3_000)))
    recovered = np.where(full, budget, np.where(half, budget // 2, 0))
    recovered = np.minimum(recovered, np.maximum(budget - executed, 0))
    share = np.where(full, 1.0, np.where(half, 0.5, 0.0))
    action = np.select([full, half, warning], ["withdraw_all", "withdraw_half", "watch"], "none")
    return frame.assign(
        warning=warning, warning_reason=reason, recovery_share=share, recovered_yuan=recovered, action=action
    )


def in_polars(frame):
    """The same rules in polars expressions, thresholds written in, no problems looked for."""
    budget, executed, completion = (pl.col(name) for name in COLUMNS[1:])
    word = pl.lit
    frame = frame.with_columns(
        abnormal=(executed == 0)
        | (24 * executed < pl.when(pl.col("node") == "may").then(5 * budget).otherwise(9 * budget)),
        deviates=(10_000 * executed - completion * budget).abs() > 2_000 * budget,
        idle=executed == 0,
    ).with_columns(warning=pl.col("abnormal") | pl.col("deviates"))
    warning, idle = pl.col("warning"), pl.col("idle")
    little = ~idle & (5 * executed <= budget) & (completion <= 3_000)
    frame = frame.with_columns(
        full=warning & idle & (completion <= 1_000),
        half=warning & ((idle & (completion > 1_000) & (completion < 5_000)) | little),
    )
    full, half = pl.col("full"), pl.col("half")
    taken = pl.when(full).then(budget).when(half).then(budget // 2).otherwise(0)
    return frame.with_columns(
        warning_reason=pl.when(pl.col("abnormal") & pl.col("deviates"))
        .then(word("both"))
        .when(pl.col("abnormal"))
        .then(word("progress"))
        .when(pl.col("deviates"))
        .then(word("deviation"))
        .otherwise(word("none")),
        recovery_share=pl.when(full).then(1.0).when(half).then(0.5).otherwise(0.0),
        recovered_yuan=pl.min_horizontal(taken, pl.max_horizontal(budget - executed, 0)),
        action=pl.when(full)
        .then(word("withdraw_all"))
        .when(half)
        .then(word("withdraw_half"))
        .when(warning)
        .then(word("watch"))
        .otherwise(word("none")),
    ).drop("abnormal", "deviates", "idle", "full", "half")


def one_row(row):
    """The same columns for one row, as ``apply`` calls it."""
    rate, done = row["executed_yuan"] / row["budget_yuan"], row["completion_bp"] / 10_000
    abnormal = rate == 0 or rate < (5 if row["node"] == "may" else 9) / 24
    deviates = abs(rate - done) > 0.2
    warning = abnormal or deviates
    reason = "both" if abnormal and deviates else "progress" if abnormal else "deviation" if deviates else "none"
    share = 0.0
    if warning and rate == 0 and done <= 0.1:
        share = 1.0
    elif warning and ((rate == 0 and done < 0.5) or (0 < rate <= 0.2 and done <= 0.3)):
        share = 0.5
    recovered = min(int(row["budget_yuan"] * share), row["budget_yuan"] - row["executed_yuan"])
    action = {1.0: "withdraw_all", 0.5: "withdraw_half"}.get(share, "watch" if warning else "none")
    names = ["warning", "warning_reason", "recovery_share", "recovered_yuan", "action"]
    return pd.Series([warning, reason, share, recovered, action], index=names)


def seconds(function, *arguments):
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        function(*arguments)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def alone(source, target="", engine="polars", rounds=ROUNDS):
    """Seconds and MiB of a process that runs the policy on a file, or only reads it."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    runs = []
    for _ in range(rounds):
        command = [sys.executable, "-c", RUN, str(source), str(target), engine]
        told = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout.split()
        runs.append((float(told[0]), int(told[1])))
    return statistics.median(s for s, _ in runs), max(m for _, m in runs)


def in_memory(frame, other):
    in_pandas = frame.to_pandas()
    ours, by_polars, by_numpy = rules.monitor(frame, POLICY), in_polars(frame), in_numpy(in_pandas)
    for column in ("warning", "warning_reason", "recovered_yuan", "action"):
        assert (ours[column] == by_polars[column]).all(), column
        assert (ours[column].to_numpy() == by_numpy[column].to_numpy()).all(), column
    del by_polars, by_numpy
    start = time.perf_counter()
    in_pandas.head(PART).apply(one_row, axis=1)
    applied = (time.perf_counter() - start) * len(frame) / PART
    on_polars = seconds(rules.monitor, frame, POLICY)
    rows = [
        ["fiscal.rules.monitor, polars", on_polars],
        ["polars by hand, eager, no problems looked for", seconds(in_polars, frame)],
        ["polars by hand, lazy, no problems looked for", seconds(lambda: in_polars(frame.lazy()).collect())],
        ["fiscal.rules.monitor, pandas", seconds(rules.monitor, in_pandas, POLICY)],
        ["NumPy by hand on pandas, no problems looked for", seconds(in_numpy, in_pandas)],
        ["a sweep of 50 thresholds, polars", seconds(swept, frame)],
    ]
    if other:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "projects.parquet"
            expected = ours.select(
                expected_warning="warning", expected_yuan="recovered_yuan", expected_action=pl.col("action").cast(str)
            )
            pl.concat([frame, expected], how="horizontal").write_parquet(path)
            script = Path(__file__).with_name("openfisca_rules.py")
            told = json.loads(subprocess.check_output([other, str(script), str(path)], text=True).splitlines()[-1])
        rows += [["OpenFisca, from a data frame", told["all"]], ["OpenFisca, its formulas alone", told["formulas"]]]
        print(f"OpenFisca, in 32-bit floats, has {told['wrong']} of {len(frame):,} other than exact\n")
    rows.append(["DataFrame.apply (scaled)", applied])
    header = [f"{len(frame):,} projects, no ids", "seconds", "times fiscal on polars"]
    print(tabulate([[n, s, s / on_polars] for n, s in rows], header, floatfmt=",.2f"), "\n")


def swept(frame):
    return rules.sweep(POLICY, "warning.deviation_max", [n / 100 for n in range(1, 51)], frame)


def on_disk(folder):
    rows = []
    for name, first in (("no ids", None), ("with ids, both nodes", 0)):
        source = folder / f"{first}.parquet"
        projects(SIZE, first=first).write_parquet(source)
        read, memory = alone(source)
        rows.append([f"reading the file alone, {name}", read, 1, memory])
        copied, memory = alone(source, folder / "copy.parquet", "copy")
        rows.append([f"reading and writing it with polars, {name}", copied, copied / read, memory])
        for engine in ("polars", "duckdb"):
            run, memory = alone(source, folder / "out.parquet", engine)
            rows.append([f"run-policy --engine {engine}, {name}", run, run / read, memory])
    header = [f"{SIZE:,} projects in Parquet", "seconds", "times reading", "MiB at the peak"]
    print(tabulate(rows, header, floatfmt=",.2f"), "\n")


def growth(folder):
    """Seconds and memory from ten thousand rows to a hundred million, with ids, and a picture of it."""
    rows = []
    for exponent in range(4, 9):
        source = folder / f"grown-{exponent}"
        source.mkdir()
        size = 10**exponent
        for number in range(max(1, size // 10**7)):
            part = min(size, 10**7)
            projects(part, number, first=number * part).write_parquet(source / f"{number}.parquet")
        for engine in ("polars", "duckdb"):
            taken, memory = alone(source, folder / f"out-{exponent}", engine, rounds=1)
            rows.append({"rows": size, "engine": engine, "seconds": taken, "MiB": memory})
    found = pd.DataFrame(rows)
    shown = found.assign(rows=[f"{size:,}" for size in found["rows"]])
    print(tabulate(shown, headers="keys", showindex=False, floatfmt=",.2f"))
    picture(found)


def picture(found):
    """Seconds by rows and engine, as docs/growth.svg."""
    import matplotlib.pyplot as plt
    import seaborn as sns

    sns.set_theme(style="whitegrid", palette="colorblind")
    plt.figure(figsize=(7, 4.2))
    axes = sns.lineplot(data=found, x="rows", y="seconds", hue="engine", style="engine", markers=True)
    axes.set(xscale="log", yscale="log", xlabel="rows (two for each project)", ylabel="seconds, run-policy")
    axes.set_title("From a million rows on, time grows with their number", loc="left")
    plt.savefig(Path(__file__).parents[1] / "docs" / "growth.svg", metadata={"Date": None}, bbox_inches="tight")


def main():
    other = sys.argv[sys.argv.index("--others") + 1] if "--others" in sys.argv else None
    with tempfile.TemporaryDirectory() as folder:
        if "--growth" in sys.argv:
            growth(Path(folder))
            return
        in_memory(projects(SIZE), other)
        on_disk(Path(folder))


if __name__ == "__main__":
    main()
