"""Projects in pandas under one policy after another, row by row, in milliseconds: what a slider needs.

Other engines work out every cell of every table for each row, in columns. Here the edges of a policy place each row,
as for ``regions``, and the tables are asked once for each place that is taken. What no policy changes (which rows can
be decided, and their numbers) is found when the Replay is made. :func:`monitor` of a pandas frame is this.
"""

from math import prod

import numpy as np
import pandas as pd

from fiscal.errors import InputError
from fiscal.rules.engines import need, problems_in, with_answers
from fiscal.rules.expressions import output
from fiscal.rules.policy import load_policy
from fiscal.rules.projects import COLUMNS, NOTHING_LEFT, problems
from fiscal.rules.rates import MOST_BP, MOST_YUAN, WHOLE_BP, Rate, share_of
from fiscal.rules.regions import Outcomes, axes

WORDS = {"warning_reason": "warning", "action": "recovery", "rule": "recovery"}


class Replay:
    """Projects (pandas, as for :func:`monitor`) that any policy with the tables of this one can decide again.

    Raises UnknownName or InputError as :func:`monitor` does.

    >>> replay = fiscal.rules.Replay(fiscal.datasets.projects(), policy)
    >>> stricter = policy.replace({"recovery.full_completion_max": 0.2})
    >>> [int(replay.under(each)["recovered_yuan"].sum()) for each in (policy, stricter)]
    [1556445000, 1576667500]
    """

    def __init__(self, frame, policy):
        self.frame, self.policy = frame, load_policy(policy)
        need(frame, COLUMNS, "monitor")
        self._identified = "project_id" in frame
        found = list(problems(self.policy, self._identified))
        self._numbers, self._problem, self._problems = problems_in(frame, COLUMNS[1:], found)
        self._words = {name: output(self.policy, table, name)[1] for name, table in WORDS.items()}
        known = self._problem == 0
        at = [(frame["node"] == each).fillna(False).to_numpy(dtype=bool) for each in self.policy.nodes]
        self._at = [np.flatnonzero(known & here) for here in at]
        if self._identified:
            self._project, projects = pd.factorize(frame["project_id"])
            self._projects = len(projects)

    def under(self, policy):
        """What ``monitor(frame, policy)`` gives, to the last column. Raises InputError for a policy of other nodes.

        ``policy`` may be what :func:`outcomes_of` gave for it, which several Replays then share.
        """
        found, shares = self._found(policy)
        answers = {
            "base_yuan": found["base_yuan"],
            "warning": found["warning"],
            "warning_reason": (found["warning_reason"], self._words["warning_reason"]),
            "recovery_share": np.array([0, *map(float, shares)])[found["share"]],
            "recovered_yuan": found["recovered_yuan"],
            "action": (found["action"], self._words["action"]),
            "rule": (found["rule"], self._words["rule"]),
            "problem": (found["problem"], self._problems),
        }
        return with_answers(self.frame, COLUMNS[1:], answers)

    def actions(self, policy):
        """The column ``action`` alone, as a Categorical, missing where a row could not be decided."""
        return pd.Categorical.from_codes(self._found(policy)[0]["action"] - 1, self._words["action"][1:])

    def _found(self, policy):
        """An array for each column, of words their codes, and the shares that ``share`` counts from 1."""
        outcomes = policy if isinstance(policy, Outcomes) else outcomes_of(policy)
        if outcomes.policy.nodes != self.policy.nodes:
            raise InputError(f"expected a policy for the nodes {', '.join(self.policy.nodes)}")
        size = len(self.frame)
        found = {name: np.zeros(size, dtype="int8") for name in (*WORDS, "share")}
        found |= {name: np.zeros(size, dtype="int64") for name in ("base_yuan", "recovered_yuan")}
        found |= {"warning": np.zeros(size, dtype=bool), "problem": self._problem.copy()}
        for number in range(len(self._at)):
            self._decide(number, outcomes, found)
        return found, outcomes.axes.shares

    def _decide(self, number, outcomes, found):
        """Decide the rows at a node, whose budgets are lower by what was recovered at those before it."""
        at = self._at[number]
        budget, executed = (self._numbers[name][at] for name in ("budget_yuan", "executed_yuan"))
        left = budget
        if self._identified and number:
            taken = np.zeros(self._projects, dtype="int64")
            for before in self._at[:number]:
                taken[self._project[before]] += found["recovered_yuan"][before]
            left = budget - taken[self._project[at]]
            found["problem"][at[left <= 0]] = self._problems.index(NOTHING_LEFT)
            at, budget, executed, left = (each[left > 0] for each in (at, budget, executed, left))
        base = left if outcomes.policy["recovery.base"] == "remaining" else budget
        region, size = self._regions(number, outcomes.axes, at, base)
        places = np.flatnonzero(np.bincount(region, minlength=size))
        told = {name: self._coded(name, values) for name, values in outcomes.of(places).items()}
        share = _spread(told["share"], places, size)[region]
        recovered = np.zeros(len(at), dtype="int64")
        for position, each in enumerate(outcomes.axes.shares, start=1):
            here = share == position
            recovered[here] = share_of(each, base[here])
        found["base_yuan"][at] = base
        found["recovered_yuan"][at] = np.minimum(recovered, np.maximum(left - executed, 0))
        for name, values in told.items():
            found[name][at] = _spread(values, places, size)[region]

    def _coded(self, name, values):
        """Words as the codes that ``with_answers`` takes."""
        return np.array([self._words[name].index(each) for each in values], dtype="int8") if name in WORDS else values

    def _regions(self, number, along, at, base):
        """The region of each row at a node, as ``regions`` counts them, and how many regions there are."""
        executed, completion = (self._numbers[name][at] for name in ("executed_yuan", "completion_bp"))
        region = np.full(len(at), number)
        for (rate, reading), found in along.cuts.items():
            if rate == "execution":
                exact = Rate(executed, base, (MOST_YUAN, MOST_YUAN))
            elif rate == "completion":
                exact = Rate(completion, WHOLE_BP)
            else:
                exact = _deviation(reading, executed, completion, base)
            region *= len(found) + 1
            for edge, side in found:
                region += exact.compare(">" if side else ">=", edge)
        return region, len(along.nodes) * prod(len(found) + 1 for found in along.cuts.values())


def outcomes_of(policy):
    """What a policy decides, worked out where it is asked for and then remembered."""
    return Outcomes(axes([policy]), policy)


def _spread(values, places, size):
    """The values at their places among so many."""
    spread = np.zeros(size, dtype=values.dtype)
    spread[places] = values
    return spread


def _deviation(reading, executed, completion, base):
    """What ``decide.deviation`` is for columns."""
    complete = base * completion
    apart = executed * WHOLE_BP - complete
    most = MOST_YUAN * MOST_BP
    if reading == "relative":
        return Rate(abs(apart), complete, (most, most))
    if reading == "one_sided":
        apart = np.maximum(apart, 0)
    return Rate(abs(apart), base * WHOLE_BP, (most, MOST_YUAN * WHOLE_BP))
