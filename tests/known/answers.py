"""Whole answers of the figures, the measures and the rules, kept as text: what no reader can look at row by row.

Other tests say why an answer is right. These say that nothing else has moved, to the last digit of the last column.
After a change that is meant, ``uv run python tests/known/answers.py`` writes the answers again; ``git diff`` then shows
what moved, for a person to read before it is committed.
"""

from functools import cache, partial
from pathlib import Path

import pandas as pd
import spoiled

from fiscal import datasets, figures, measures, rules
from fiscal.figures import identities
from fiscal.measures.compare import groups

HERE = Path(__file__).parent
POLICIES = "urumqi-2020", "lakeside-2020"
NEAR = 0.05


def printed(frame):
    return frame.to_csv(index=False, lineterminator="\n")


def damaged(frame):
    """Figures of two documents, some of them wrong: an amount ten times too large, one doubled, one left out."""
    wrong = frame[frame["disclosure"] == "urumqi-2020"].reset_index(drop=True)
    amounts = wrong["value"].copy()
    for concept, factor in (("debt.balance.general", 10), ("transfers.received.general_public.returning", 2)):
        amounts[wrong["concept"] == concept] *= factor
    lacking = wrong.assign(value=amounts)[lambda each: each["concept"] != "debt.limit.year_end.special"]
    return pd.concat([lacking, frame[frame["disclosure"] == "jiaxing-2017"]], ignore_index=True)


def stated():
    rows = [
        [
            each.id,
            each.kind,
            str(each),
            *map(str, sorted({term.sign for term in each.left})),
            each.label_en,
            each.label_zh,
        ]
        for each in identities.stated()
    ]
    return "".join("\t".join(row) + "\n" for row in rows)


def grouped(frame):
    """Every group that can be compared, of every measure: what it has in common, and who stands in it."""
    compared = measures.compare(frame)
    found = [
        [measure, *map(str, context.values()), *group["disclosure"]]
        for measure in compared["measure"].unique()
        for context, group in groups(compared, measure)
    ]
    return "".join("\t".join(row) + "\n" for row in found)


@cache
def ran(policy):
    """A policy, synthetic tables with a spot check made, and what the rules did to them."""
    policy = rules.load_policy(policy)
    tables = rules.spot_checked(datasets.synthetic(60, nodes=policy.nodes), policy)
    return policy, tables, rules.outcomes(tables, policy)


def explained(policy):
    policy, _, result = ran(policy)
    rows = result["monitoring"].drop_duplicates(["node", "rule"]).to_dict("records")
    return "\n\n".join(f"{row['project_id']}, {row['node']}\n{rules.explain(row, policy)}" for row in rows) + "\n"


def changed(policy):
    policy, _, result = ran(policy)
    rows = result["monitoring"].drop_duplicates(["node", "rule"])
    rows = rows[rows["problem"] == ""].to_dict("records")
    return "\n".join(printed(rules.smallest_changes(row, policy)) for row in rows)


def swept(policy):
    policy, tables, _ = ran(policy)
    found = []
    for name, parameter in policy.parameters.items():
        values = list(parameter.alternatives or parameter.range)
        if values and name.split(".")[0] in ("progress", "warning", "recovery"):
            found.append(name + "\n" + printed(rules.sweep(policy, name, values, tables["monitoring"])))
    return "\n".join(found)


def compared(policy):
    """Every project under a policy and under a narrower one, and what that moves, by what fires."""
    policy, tables, _ = ran(policy)
    found = rules.compare(policy, policy.replace({"progress.reading": "zero"}), tables["monitoring"])
    return printed(found.rows) + "\n" + printed(found.by("rule_a", "rule_b"))


def drawn(policy):
    policy, tables, _ = ran(policy)
    return printed(rules.uncertainty(tables, policy, draws=8, status=("assumed", "interpreted")))


def inflated(policy):
    found = rules.inflation(ran(policy)[1]["evaluations"])
    return f"{found.mean:.9f} ({found.low:.9f} to {found.high:.9f}), {found.sampled} of {found.evaluations}\n"


ANSWERS = {
    "debt.csv": lambda: printed(measures.debt(datasets.figures())),
    "transfers.csv": lambda: printed(measures.transfers(datasets.figures())),
    "compare.csv": lambda: printed(measures.compare(datasets.figures())),
    "groups.tsv": lambda: grouped(datasets.figures()),
    "identities.tsv": stated,
    "checks.csv": lambda: printed(figures.check(datasets.figures())),
    "checks-damaged.csv": lambda: printed(figures.check(damaged(datasets.figures()))),
}
OF_A_POLICY = {
    "monitoring.csv": lambda policy: printed(ran(policy)[2]["monitoring"]),
    "evaluations.csv": lambda policy: printed(ran(policy)[2]["evaluations"]),
    "departments.csv": lambda policy: printed(ran(policy)[2]["departments"]),
    "review_effect.csv": lambda policy: printed(rules.review_effect(ran(policy)[1], ran(policy)[2], policy)),
    "sensitivity.csv": lambda policy: printed(rules.sensitivity(ran(policy)[1], policy)),
    "cliffs.csv": lambda policy: printed(rules.cliffs(ran(policy)[1]["monitoring"], policy, NEAR)),
    "checks.csv": lambda policy: printed(rules.checks(ran(policy)[1], policy)),
    "inflation.txt": inflated,
    "uncertainty.csv": drawn,
    "compared.txt": compared,
    "changes.txt": changed,
    "sweep.txt": swept,
    "explained.txt": explained,
    "en.md": lambda policy: rules.load_policy(policy).describe("en"),
    "zh.md": lambda policy: rules.load_policy(policy).describe("zh"),
    "dmn": rules.to_dmn,
}
ANSWERS["spoiled.tsv"] = lambda: spoiled.answers(*ran("urumqi-2020"))
ANSWERS |= {f"{each}.{name}": partial(answer, each) for each in POLICIES for name, answer in OF_A_POLICY.items()}


if __name__ == "__main__":
    for name, answer in ANSWERS.items():
        (HERE / name).write_text(answer(), encoding="utf-8", newline="")
