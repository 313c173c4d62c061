"""How soon a panel follows a slider, beside what one would do without it: run the rules and draw the plane again.

Run with ``uv run python benchmarks/explore.py``, on an otherwise idle machine. Each change of a threshold is measured
until picture, numbers and table are there as what the browser is sent, for two thousand projects at two nodes. Wall
clock and processor time are medians; where others use the processors too, the second says more.
"""

import statistics
import time
from fractions import Fraction
from io import BytesIO

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
from tabulate import tabulate

from fiscal import datasets, explore, narrative, rules
from fiscal.plots import evaluation

PARAMETER, CHANGES, TIMES = "warning.deviation_max", 30, 6
POLICY, PROJECTS = rules.load_policy("urumqi-2020"), datasets.projects(2000)


def measured(change, values):
    """Milliseconds of wall clock and of the processor that a change takes: medians, and the slowest."""
    wall, processor = [], []
    for value in values:
        start, begun = time.perf_counter(), time.process_time()
        change(value)
        wall.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - begun))
    return statistics.median(wall), max(wall), statistics.median(processor)


def anew(value):
    """The same picture and numbers by the functions that reports are made with."""
    policy = POLICY.replace({PARAMETER: value})
    compared = rules.compare(POLICY, policy, PROJECTS)
    monitoring = rules.monitor(PROJECTS, policy)
    about = narrative.outcome(policy, {"monitoring": monitoring}, "en")
    title = narrative.evaluation.plane_title(about, "september")
    axes = evaluation.plane(monitoring, policy, "september", title, "en")
    axes.figure.savefig(BytesIO(), format="png")
    plt.close(axes.figure)
    compared.by("rule_a", "rule_b")


def main():
    panel = explore.rules(POLICY, PROJECTS, "en")
    slider = panel.controls[PARAMETER]
    steps = [Fraction(percent, 100) for percent in range(5, 5 + CHANGES)]
    slider.value = Fraction(1, 2)
    rows = [
        ["explore.rules: a slider moves", *measured(lambda value: setattr(slider, "value", value), steps)],
        ["compare, monitor and plane anew", *measured(anew, steps[:TIMES])],
    ]
    rows = [[*row, row[3] / rows[0][3]] for row in rows]
    header = [f"{PROJECTS['project_id'].nunique():,} projects", "ms", "slowest", "ms of processor", "times"]
    print(tabulate(rows, header, floatfmt=(".0f", ".0f", ".0f", ".0f", ".1f")))


if __name__ == "__main__":
    main()
