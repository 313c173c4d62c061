"""How fast the rules run on a million projects, beside NumPy written by hand and ``DataFrame.apply``.

Run with ``uv run python benchmarks/rules.py``. One process, one run; medians of several rounds, and the outcomes
are compared before anything is timed. ``apply`` is measured on a part and scaled.
"""

import statistics
import time

import numpy as np
import pandas as pd
import polars as pl
from tabulate import tabulate

from fiscal import rules

SIZE, PART, ROUNDS = 1_000_000, 5_000, 7
POLICY = rules.load_policy("urumqi-2020")


def projects():
    random = np.random.default_rng(2020)
    budget = random.integers(1, 10**9, SIZE)
    share = random.random(SIZE) * random.integers(0, 2, SIZE)
    return pd.DataFrame(
        {
            "node": np.where(random.random(SIZE) < 0.5, "may", "september"),
            "budget_yuan": budget,
            "executed_yuan": (budget * share).astype("int64"),
            "completion_bp": random.integers(0, 10_001, SIZE),
        }
    )


def by_hand(frame):
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


def main():
    frame = projects()
    in_polars = pl.DataFrame({name: frame[name].to_list() for name in frame})
    ours, theirs = rules.monitor(frame, POLICY), by_hand(frame)
    for column in ("warning", "warning_reason", "recovered_yuan", "action"):
        assert (ours[column].to_numpy() == theirs[column].to_numpy()).all(), column
    numpy = seconds(by_hand, frame)
    start = time.perf_counter()
    frame.head(PART).apply(one_row, axis=1)
    applied = (time.perf_counter() - start) * SIZE / PART
    on_pandas, on_polars = seconds(rules.monitor, frame, POLICY), seconds(rules.monitor, in_polars, POLICY)
    rows = [
        ["fiscal.rules.monitor, pandas", on_pandas, on_pandas / numpy, applied / on_pandas],
        ["fiscal.rules.monitor, polars", on_polars, on_polars / numpy, applied / on_polars],
        ["NumPy by hand", numpy, 1, applied / numpy],
        ["DataFrame.apply (scaled)", applied, applied / numpy, 1],
    ]
    header = ["one million projects", "seconds", "times NumPy by hand", "times faster than apply"]
    print(tabulate(rows, header, floatfmt=",.2f"))


if __name__ == "__main__":
    main()
