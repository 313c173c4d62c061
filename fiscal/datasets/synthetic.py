"""Synthetic projects: project-level data are not public, so they are generated, and say so wherever they show."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from fiscal import text
from fiscal.datasets.projects import read_projects

CLASSES = (
    "personnel",
    "operations",
    "meetings and training",
    "infrastructure",
    "IT construction and maintenance",
)
CLASS_COUNT, INDICATOR_COUNT = 23, 243  # clause III.1.3
DEPARTMENTS = 24
CRITERIA = ("completeness", "relevance", "appropriateness", "feasibility")
DIMENSIONS = ("necessity", "economy", "soundness", "plan_feasibility", "compliance")
APPROVED = date(2020, 1, 20)
# (execution in basis points, completion in basis points) at both nodes: every row of every table has a project.
PLANTED = [(0, 500), (0, 3000), (0, 6000), (1500, 2500), (1500, 4500), (3000, 9000), (9000, 9200), (2300, 2500)]


def synthetic(n=2000, seed=2020, nodes=("may", "september")) -> dict[str, pd.DataFrame]:
    """Tables of n synthetic projects with keys between them, monitored at the end of two months: a dict of frames.

    ``projects``, ``objectives``, ``monitoring`` (project × node), ``evaluations`` (of 2019), ``direct_funds``,
    ``departments`` and ``indicators`` (23 classes, 243 indicators; five class names are the source's). Money in whole
    yuan (int64), completion in basis points, scores from 0 to 100. ``review_if_sampled`` is what a re-review would
    find. Each frame has a column ``synthetic``, always True. The same n and seed give the same tables everywhere.

    >>> tables = fiscal.datasets.synthetic(100)
    >>> {name: len(frame) for name, frame in tables.items()}
    {'projects': 100, 'objectives': 99, 'monitoring': 200, 'evaluations': 100, 'direct_funds': 5,
    'departments': 24, 'indicators': 243}
    """
    random = np.random.default_rng([seed, n])
    departments = [f"D{i:02d}" for i in range(1, DEPARTMENTS + 1)]
    discipline = 0.04 + 0.95 * np.linspace(0, 1, DEPARTMENTS) ** 0.4
    projects = _projects(random, n, departments)
    skill = discipline[projects["department"].str[1:].astype(int) - 1]
    tables = {
        "projects": projects,
        "objectives": _objectives(random, projects),
        "monitoring": _monitoring(random, projects, skill, nodes),
        "evaluations": _evaluations(random, projects, skill),
        "direct_funds": _direct_funds(random, projects),
        "departments": _departments(projects, discipline, random),
        "indicators": _indicators(),
    }
    for frame in tables.values():
        frame["synthetic"] = True
    return tables


def projects(n=2000, seed=2020, nodes=("may", "september")) -> pd.DataFrame:
    """Synthetic projects ready for analysis: one row a project and node, with department, class and fund.

    >>> fiscal.datasets.projects()[["project_id", "node", "budget_yuan", "executed_yuan", "completion_bp"]].head(3)
      project_id       node  budget_yuan  executed_yuan  completion_bp
    0    P000001        may      2550000              0            500
    1    P000001  september      2550000              0            500
    2    P000002        may       890000              0           3000
    """
    tables = synthetic(n, seed, nodes)
    columns = ["project_id", "class", "fund", "new_policy"]
    return tables["monitoring"].merge(tables["projects"][columns], on="project_id", how="left")


def _projects(random, n, departments):
    # Rounded to ten thousand yuan, as budgets are: that is also what keeps them the same on every platform.
    budgets = np.rint(np.exp(random.normal(14.5, 1.3, n)) / 10_000).astype("int64") * 10_000 + 10_000
    frame = pd.DataFrame(
        {
            "project_id": [f"P{i:06d}" for i in range(1, n + 1)],
            "fiscal_year": 2020,
            "department": [departments[i % len(departments)] for i in range(n)],
            "class": [_class_name(i) for i in random.integers(0, CLASS_COUNT, n)],
            "fund": random.choice(["regular", "epidemic", "direct"], n, p=[0.8, 0.08, 0.12]),
            "new_policy": random.random(n) < 0.1,
            "budget_yuan": budgets,
            "budget_approved_on": APPROVED.isoformat(),
        }
    )
    for dimension in DIMENSIONS:
        scores = random.integers(40, 101, n)
        frame[dimension] = pd.array(np.where(frame["new_policy"], scores, 0), dtype="Int64")
        frame.loc[~frame["new_policy"], dimension] = pd.NA
    return frame


def _class_name(index):
    return CLASSES[index] if index < len(CLASSES) else f"synthetic class {index + 1:02d}"


def _days(base, offsets):
    return [(base + timedelta(days=int(offset))).isoformat() for offset in offsets]


def _objectives(random, projects):
    n = len(projects)
    epidemic = (projects["fund"] == "epidemic").to_numpy()
    late = random.random(n) < 0.02
    set_on = np.where(
        epidemic, _days(date(2020, 2, 1), random.integers(0, 125, n)), _days(APPROVED, -random.integers(5, 60, n))
    )
    frame = pd.DataFrame({"project_id": projects["project_id"], "set_on": set_on})
    frame["approved_on"] = np.where(epidemic, frame["set_on"], APPROVED.isoformat())
    frame["issued_on"] = frame["approved_on"]
    frame["published_on"] = np.where(late, "2020-06-30", frame["approved_on"])
    for criterion in CRITERIA:
        frame[criterion] = random.integers(50, 101, n)
    frame["indicators_used"] = random.integers(3, 13, n)
    return frame[random.random(n) > 0.005].reset_index(drop=True)


def _monitoring(random, projects, skill, nodes):
    """Late spending; completion is self-reported and kinder than execution in the less disciplined departments."""
    n = len(projects)
    steady = random.random(n) < skill
    frames = []
    previous = np.zeros(n)
    for node, day in zip(nodes, (5, 9), strict=True):
        months = text.MONTHS.index(node.capitalize()) + 1
        reported = date(2020, months + 1, day)
        plan = (months / 12) ** 1.4
        execution = np.where(steady, plan * (0.7 + 0.6 * random.random(n)), plan * 1.1 * random.random(n))
        idle = ~steady & (random.random(n) < 0.2)
        execution = np.maximum(np.where(idle, 0, execution), previous)
        drift = np.where(steady, 0.3, 0.9) * (random.random(n) - 0.42)
        completion = np.clip(execution + drift, 0, 1.05)
        planted = min(n, len(PLANTED) * 6)
        for i in range(planted):
            execution[i], completion[i] = (value / 10_000 for value in PLANTED[i % len(PLANTED)])
        previous = execution
        executed = (np.rint(execution * 10_000).astype("int64") * projects["budget_yuan"].to_numpy()) // 10_000
        frames.append(
            pd.DataFrame(
                {
                    "project_id": projects["project_id"],
                    "fiscal_year": 2020,
                    "department": projects["department"],
                    "node": node,
                    "budget_yuan": projects["budget_yuan"],
                    "executed_yuan": executed,
                    "completion_bp": np.rint(completion * 10_000).astype("int64"),
                    "reported_on": _days(reported, random.integers(0, 12, n)),
                }
            )
        )
    frame = pd.concat(frames).sort_values("project_id", kind="stable", ignore_index=True)
    return _spend_what_is_left(frame, *nodes)


def _spend_what_is_left(frame, first, second):
    """Nobody spends what was recovered: where nothing was spent at the first node, at most a little follows."""
    spent = frame.loc[frame["node"] == first].set_index("project_id")["executed_yuan"]
    idle = frame["project_id"].map(spent) == 0
    most = frame["budget_yuan"] // 2
    late = idle & (frame["node"] == second)
    frame["executed_yuan"] = frame["executed_yuan"].where(~late, np.minimum(frame["executed_yuan"], most))
    return frame


def _evaluations(random, projects, skill):
    """Projects of 2019: self-scores crowd above 80, a re-review finds less."""
    n = len(projects)
    quality = np.clip(random.normal(58 + 34 * skill, 12, n), 5, 99)
    inflated = np.clip(quality + random.gamma(2.0, 3.5, n), 0, 100)
    for i, score in enumerate((45, 59, 60, 79, 80, 95)):
        inflated[i : n : max(n // 3, 6)] = score
    return pd.DataFrame(
        {
            "project_id": [f"E{i:06d}" for i in range(1, n + 1)],
            "fiscal_year": 2019,
            "department": projects["department"],
            "budget_yuan": projects["budget_yuan"].to_numpy()[::-1],
            "self_score": np.rint(inflated).astype("int64"),
            "review_if_sampled": np.rint(quality).astype("int64"),
            "accepted": random.random(n) < 0.9,
            "form_published": random.random(n) < 0.99,
        }
    )


def _direct_funds(random, projects):
    direct = projects.loc[projects["fund"] == "direct", ["project_id"]].reset_index(drop=True)
    n = len(direct)
    direct["allocation_reviewed_on"] = _days(date(2020, 7, 1), random.integers(0, 30, n))
    direct["unit_monitored_on"] = _days(date(2020, 9, 5), random.integers(0, 27, n))
    direct["finance_reviewed_on"] = _days(date(2020, 10, 8), random.integers(0, 20, n))
    direct["evaluation_published_on"] = _days(date(2021, 3, 1), random.integers(0, 60, n))
    for column in ("finance_reviewed_on", "evaluation_published_on"):
        direct.loc[random.random(n) < 0.02, column] = None
    return direct


def _departments(projects, discipline, random):
    budgets = projects.groupby("department", sort=True)["budget_yuan"].sum()
    quality = np.clip(np.rint(50 + 50 * discipline + random.normal(0, 4, DEPARTMENTS)), 0, 100).astype("int64")
    by_name = dict(zip((f"D{i:02d}" for i in range(1, DEPARTMENTS + 1)), quality, strict=True))
    return pd.DataFrame(
        {
            "department": budgets.index,
            "fiscal_year": 2020,
            "budget_yuan": budgets.to_numpy(),
            "reporting_quality": [by_name[name] for name in budgets.index],
        }
    )


def _indicators():
    rows = [
        {"class": _class_name(i % CLASS_COUNT), "indicator": f"synthetic indicator {i + 1:03d}"}
        for i in range(INDICATOR_COUNT)
    ]
    return pd.DataFrame(rows).sort_values(["class", "indicator"], ignore_index=True)


def tables(projects, nodes=("may", "september")) -> dict[str, pd.DataFrame]:
    """The tables that the rules run on: all of them for "synthetic", else the projects of a user's file.

    ``nodes`` are the months at the end of which synthetic projects are monitored, as a policy has them.

    >>> list(fiscal.datasets.tables("synthetic"))
    ['projects', 'objectives', 'monitoring', 'evaluations', 'direct_funds', 'departments', 'indicators']
    """
    if projects == "synthetic":
        return synthetic(nodes=nodes)
    return {"monitoring": read_projects(projects)}
