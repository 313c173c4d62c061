"""The same projects under one policy after another, row by row, in milliseconds: what a slider needs.

:func:`monitor` works out every cell of every table for each row, in columns of any engine. Here the edges of a policy
place each row, as for ``regions``, and the tables are asked once for each place that is taken. What no policy changes
(which rows can be decided, and their numbers) is found when the Replay is made.
"""

import numpy as np
import pandas as pd

from fiscal.errors import InputError
from fiscal.rules.monitoring import COLUMNS, NOTHING_LEFT, monitor
from fiscal.rules.policy import load_policy
from fiscal.rules.rates import MOST_BP, MOST_YUAN, WHOLE_BP, Rate, share_of
from fiscal.rules.regions import Outcomes, axes

WORDS = ("warning_reason", "action", "rule")


class Replay:
    """Projects (pandas, as for :func:`monitor`) that any policy with the tables of this one can decide again.

    >>> replay = fiscal.rules.Replay(fiscal.datasets.projects(), policy)
    >>> stricter = policy.replace({"recovery.full_completion_max": 0.2})
    >>> [int(replay.under(each)["recovered_yuan"].sum()) for each in (policy, stricter)]
    [1556445000, 1576667500]
    """

    def __init__(self, frame, policy):
        self.frame, self.policy = frame, load_policy(policy)
        first = monitor(frame, self.policy)
        self._kinds = {name: first[name].dtype for name in (*WORDS, "problem")}
        self._nothing_left, self._none = self._kinds["problem"].categories.get_indexer([NOTHING_LEFT, ""])
        problem = first["problem"].cat.codes.to_numpy()
        self._problem = np.where(problem == self._nothing_left, self._none, problem)
        known = self._problem == self._none
        self._numbers = pd.DataFrame({name: frame[name].where(known, 1).astype("int64") for name in COLUMNS[1:]})
        self._at = [np.flatnonzero(known & (frame["node"] == node).to_numpy()) for node in self.policy.nodes]
        self._identified = "project_id" in frame
        if self._identified:
            self._project, projects = pd.factorize(frame["project_id"])
            self._projects = len(projects)

    def under(self, policy):
        """What ``monitor(frame, policy)`` gives, to the last column. Raises InputError for a policy of other nodes."""
        found, shares = self._found(policy)
        bad = found["problem"] != self._none
        share = np.array([0, *map(float, shares)])[found["share"]]
        words = {name: pd.Categorical.from_codes(found[name], dtype=kind) for name, kind in self._kinds.items()}
        return self.frame.assign(
            base_yuan=pd.arrays.IntegerArray(found["base_yuan"], bad.copy()),
            warning=pd.arrays.BooleanArray(found["warning"], bad.copy()),
            warning_reason=words["warning_reason"],
            recovery_share=pd.arrays.FloatingArray(share, bad.copy()),
            recovered_yuan=pd.arrays.IntegerArray(found["recovered_yuan"], bad.copy()),
            action=words["action"],
            rule=words["rule"],
            problem=words["problem"],
        )

    def actions(self, policy):
        """The column ``action`` alone, as a Categorical, missing where a row could not be decided."""
        return pd.Categorical.from_codes(self._found(policy)[0]["action"], dtype=self._kinds["action"])

    def _found(self, policy):
        """An array for each column, of words their codes, and the shares that ``share`` counts from 1."""
        if policy.nodes != self.policy.nodes:
            raise InputError(f"expected a policy for the nodes {', '.join(self.policy.nodes)}")
        outcomes = Outcomes(axes([policy]), policy)
        size = len(self.frame)
        found = {name: np.full(size, -1) for name in WORDS}
        found |= {name: np.zeros(size, dtype="int64") for name in ("base_yuan", "share", "recovered_yuan")}
        found |= {"warning": np.zeros(size, dtype=bool), "problem": self._problem.copy()}
        for number in range(len(self._at)):
            self._decide(number, outcomes, found)
        return found, outcomes.axes.shares

    def _decide(self, number, outcomes, found):
        """Decide the rows at a node, whose budgets are lower by what was recovered at those before it."""
        at = self._at[number]
        budget, executed = (self._numbers[name].to_numpy()[at] for name in ("budget_yuan", "executed_yuan"))
        left = budget
        if self._identified:
            taken = np.zeros(self._projects, dtype="int64")
            for before in self._at[:number]:
                taken[self._project[before]] += found["recovered_yuan"][before]
            left = budget - taken[self._project[at]]
        found["problem"][at[left == 0]] = self._nothing_left
        at, budget, executed, left = (each[left > 0] for each in (at, budget, executed, left))
        base = left if outcomes.policy["recovery.base"] == "remaining" else budget
        distinct, back = np.unique(self._regions(number, outcomes.axes, at, base), return_inverse=True)
        told = outcomes.of(distinct)
        shares = told["share"][back]
        recovered = np.zeros(len(at), dtype="int64")
        for position, share in enumerate(outcomes.axes.shares, start=1):
            here = shares == position
            recovered[here] = share_of(share, base[here])
        found["base_yuan"][at] = base
        found["recovered_yuan"][at] = np.minimum(recovered, np.maximum(left - executed, 0))
        for name, values in told.items():
            codes = self._kinds[name].categories.get_indexer(values) if name in WORDS else values
            found[name][at] = codes[back]

    def _regions(self, number, along, at, base):
        """The number of the region of each row at a node, as ``regions`` counts them."""
        executed, completion = (self._numbers[name].to_numpy()[at] for name in ("executed_yuan", "completion_bp"))
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
        return region


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
