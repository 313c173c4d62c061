"""Projects that no edge of any policy tells apart are counted once; then any number of policies decide the counts.

The edges of all policies cut each rate (execution, completion, deviation) into positions. Rows with the same positions
have the same outcome under every one of these policies, whatever it is. One pass over the data finds the positions and
sums what each share would recover; what follows has no more rows than there are regions.

What May takes lowers the base of September, and with it the positions there. A row of September therefore carries its
position for each share that a policy may have taken from its project in May, beside the region of May's row.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import prod
from operator import add
from typing import NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd

from fiscal.errors import InputError
from fiscal.rules import decide, points
from fiscal.rules.engines import answered, names, need
from fiscal.rules.projects import COLUMNS, NOTHING_LEFT, problems, within_unspent
from fiscal.rules.rates import Rate, division, share_of
from fiscal.rules.totals import sums

RATES = ("execution", "completion", "deviation")
FROM, ABOVE = 0, 1  # a cut at an edge: from it on, or only above it


def cuts(policy, rate):
    """Where a policy's tables of monitoring cut a rate: (edge, FROM or ABOVE), smallest first."""
    found = set()
    for name in points.CHAIN:
        table = policy.tables[name]
        for column, rule in (
            (i, rule) for i, each in enumerate(table.inputs) if each.name == rate for rule in table.rules
        ):
            for test in rule.cells[column].tests:
                if test.low is not None:
                    found.add((test.low, FROM if test.low_closed else ABOVE))
                if test.high is not None:
                    found.add((test.high, ABOVE if test.high_closed else FROM))
    return tuple(sorted(found))


def inside(found, position):
    """A rate that lies behind so many of the cuts and before the others."""
    if position == 0:
        return found[0][0] if found and found[0][1] == ABOVE else Fraction(0)
    edge, side = found[position - 1]
    if side == FROM:
        return edge
    return (edge + found[position][0]) / 2 if position < len(found) else edge + 1


@dataclass(frozen=True)
class Axes:
    """What the policies cut: positions of each rate (of deviation in each reading), nodes, shares and bases."""

    nodes: tuple
    cuts: dict
    shares: tuple
    bases: tuple

    @property
    def variants(self):
        """What a project may have lost at the node before: (a share, what the base is then); first nothing."""
        return [(Fraction(0), ""), *((share, base) for share in self.shares for base in self.bases)]


def axes(policies, more=()):
    """The Axes of some policies, which have to have the same nodes; ``more`` are (rate, cut) beside."""
    nodes = policies[0].nodes
    if any(policy.nodes != nodes for policy in policies):
        raise InputError("policies are decided together if they have the same nodes")
    found = {}
    for policy in policies:
        for rate in RATES:
            key = (rate, policy["warning.deviation_reading"] if rate == "deviation" else "")
            extra = {cut for name, cut in more if name == rate}
            found[key] = found.get(key, set()) | set(cuts(policy, rate)) | extra
    shares = {share for policy in policies for share in _shares(policy)} - {Fraction(0)}
    bases = sorted({policy["recovery.base"] for policy in policies})
    return Axes(nodes, {key: tuple(sorted(each)) for key, each in found.items()}, tuple(sorted(shares)), tuple(bases))


def _shares(policy):
    table = policy.tables["recovery"]
    return [rule.outputs[table.outputs.index("recovery_share")] for rule in table.rules]


def regions(frame, policies, by=(), more=()):
    """The Regions of a frame (as for :func:`monitor`, of any engine) for some policies, counted by columns.

    ``more`` are further cuts, (rate, (edge, FROM or ABOVE)), that need not be edges of a policy.
    """
    need(frame, (*COLUMNS, *by), "counting projects")
    along = axes(policies, more)
    if len(along.nodes) > 2:
        raise InputError("projects are counted for policies of one or two nodes")
    identified = "project_id" in names(frame) and len(along.nodes) == 2
    variants = range(len(along.variants) if identified else 1)

    def compute(rows):
        rows = rows.with_columns(_base=nw.col("budget_yuan"), _left=nw.col("budget_yuan"))
        rows = _placed(rows, along, 0)
        if identified:
            rows = _with_before(rows, along)
            for variant in variants[1:]:
                rows = _placed(_lowered(rows, along, variant), along, variant)
        return rows, {name: nw.col(f"_{name}") for name in (*keys, *amounts)}

    keys = [f"{name}_{variant}" for variant in variants for name in ("region", "some")]
    keys += ["before", "before_some"] if identified else []
    amounts = [f"amount_{variant}_{number}" for variant in variants for number in range(len(along.shares))]
    together = "project_id" if identified else None
    found = answered(frame, COLUMNS[1:], list(problems(policies[0], identified)), compute, together)
    return Regions(along, sums(found, [*by, "problem", *keys], amounts), tuple(by), identified)


def _with_before(rows, along):
    """The rows with the region of their project at the first node; -1 where there is none, and at that node itself."""
    first = nw.col("_decidable") & (nw.col("node") == along.nodes[0])
    rows = rows.with_columns(_first=first)
    for name, here in (("_before", "_region_0"), ("_before_some", "_some_0")):
        rows = rows.with_columns(nw.when(nw.col("_first")).then(nw.col(here)).otherwise(nw.lit(-1)).alias(name))
        rows = rows.with_columns(nw.col(name).max().over("project_id").cast(nw.Int64).alias(name))
        rows = rows.with_columns(nw.when(nw.col("_first")).then(nw.lit(-1)).otherwise(nw.col(name)).alias(name))
    return rows


def _lowered(rows, along, variant):
    """The rows with the base that is left if a share was taken from their projects at the first node."""
    share, base = along.variants[variant]
    took = nw.when(nw.col("_first")).then(nw.col(f"_amount_0_{along.shares.index(share)}")).otherwise(nw.lit(0))
    rows = rows.with_columns(_taken=took)
    rows = rows.with_columns(_taken=nw.col("_taken").sum().over("project_id").cast(nw.Int64))
    left = nw.when(nw.col("_first")).then(nw.col("budget_yuan")).otherwise(nw.col("budget_yuan") - nw.col("_taken"))
    rows = rows.with_columns(_left=left)
    # Where nothing is left nothing is decided; a base of one keeps the arithmetic in its bounds.
    whole = nw.col("_left") if base == "remaining" else nw.col("budget_yuan")
    return rows.with_columns(_base=nw.when(nw.col("_left") > 0).then(whole).otherwise(nw.lit(1)))


def _placed(rows, along, variant):
    """The rows with their region (-1 where nothing is left), what each share would recover, and which would some."""
    base, divide = nw.col("_base"), division(rows)
    exact = {}
    for rate, reading in along.cuts:
        made = {"execution": decide.execution, "completion": lambda base: decide.completion()}.get(rate)
        made = made(base) if made else decide.deviation(reading, base)
        # As columns: an expression would be computed again for every cut.
        name = f"_{rate}_{reading}"
        rows = rows.with_columns(**{name: made.numerator})
        if isinstance(made.denominator, int):
            exact[rate, reading] = Rate(nw.col(name), made.denominator, made.most)
        else:
            rows = rows.with_columns(**{f"{name}_of": made.denominator})
            exact[rate, reading] = Rate(nw.col(name), nw.col(f"{name}_of"), made.most)
    positions = {
        f"_position_{number}": reduce(
            add,
            [exact[key].compare(">" if side else ">=", edge, divide).cast(nw.Int16) for edge, side in found],
            nw.lit(0, nw.Int16),
        )
        for number, (key, found) in enumerate(along.cuts.items())
    }
    node = nw.when(nw.col("node") == along.nodes[0]).then(nw.lit(0)).otherwise(nw.lit(1))
    rows = rows.with_columns(**positions, _node=node)
    code = nw.col("_node").cast(nw.Int64)
    for found, position in zip(along.cuts.values(), positions, strict=True):
        code = code * (len(found) + 1) + nw.col(position).cast(nw.Int64)
    recovered = {
        f"_amount_{variant}_{number}": share_of(share, base, divide) for number, share in enumerate(along.shares)
    }
    region = nw.when(nw.col("_left") > 0).then(code).otherwise(nw.lit(-1))
    rows = within_unspent(rows.with_columns(**{f"_region_{variant}": region}), recovered)
    some = [(nw.col(name) > 0).cast(nw.Int64) * 2**number for number, name in enumerate(recovered)]
    return rows.with_columns(**{f"_some_{variant}": reduce(add, some, nw.lit(0, nw.Int64))})


class Standing(NamedTuple):
    """Where counted projects stand once a policy has decided the node before: an array each, one entry a count."""

    variant: np.ndarray  # of the bases that the node before may leave
    region: np.ndarray  # -1 where nothing is left
    some: np.ndarray  # which shares would recover something, a bit each
    first: np.ndarray  # nothing of the project was decided before
    warned: np.ndarray  # before
    lost: np.ndarray  # money, before


class Regions:
    """Projects counted by region, and what they would lose; :meth:`decided` says what a policy makes of them."""

    def __init__(self, along, counts, by, identified):
        self.axes, self.by, self.identified = along, by, identified
        self.undecided = counts[counts["problem"] != ""]
        self.counts = counts[counts["problem"] == ""].reset_index(drop=True)
        self.rows = self.counts["rows"].to_numpy(dtype="int64")
        self.group, self.groups = (
            pd.factorize(self.counts[by[0]]) if by else (np.zeros(len(self.rows), dtype="int64"), [""])
        )
        variants = range(len(along.variants) if identified else 1)
        self._region, self._some = (self._columns(name, variants, "int64") for name in ("region_{}", "some_{}"))
        self._amount = [self._columns(f"amount_{{}}_{number}", variants, object) for number in range(len(along.shares))]

    def _columns(self, pattern, variants, dtype):
        """A column for each variant, side by side."""
        return self.counts[[pattern.format(variant) for variant in variants]].to_numpy(dtype=dtype)

    def standing(self, outcomes):
        """The Standing of the counted projects under the policy whose Outcomes these are."""
        size = len(self.rows)
        variant, first = np.zeros(size, dtype="int64"), np.ones(size, dtype=bool)
        warned, lost = np.zeros((2, size), dtype=bool)
        if self.identified:
            before = self.counts["before"].to_numpy(dtype="int64")
            first = before < 0
            earlier = outcomes.of(before[~first])
            base = self.axes.bases.index(outcomes.policy["recovery.base"])
            taken = earlier["share"]
            variant[~first] = np.where(taken == 0, 0, 1 + (taken - 1) * len(self.axes.bases) + base)
            warned[~first] = earlier["warning"]
            lost[~first] = _bit(self.counts["before_some"].to_numpy(dtype="int64")[~first], taken)
        at = np.arange(size)
        return Standing(variant, self._region[at, variant], self._some[at, variant], first, warned, lost)

    def recovered(self, share, standing):
        """What is recovered, as Python integers, with the share of this number (an array; 0: none)."""
        money = np.zeros(len(self.rows), dtype=object)
        for number, amounts in enumerate(self._amount, start=1):
            here = np.flatnonzero(share == number)
            money[here] = amounts[here, standing.variant[here]]
        return money

    def decided(self, policy):
        """What a policy, one of those that the regions were made for, decides: a frame with one row a region.

        Its columns: those that the projects were counted by, ``rows``; ``first_rows``, ``first_warnings`` and
        ``first_recoveries``: how many of them are the first of their project that is decided, is warned, or loses
        money; ``warning``, ``warning_reason``, ``action``, ``rule``, ``recovered_yuan`` (Python integers), and
        ``problem``.
        """
        left, found, counted = self._told(policy)
        decided = self.counts[[*self.by]].assign(
            rows=self.rows,
            **counted,
            warning=found["warning"] & left,
            **{name: np.where(left, found[name], None) for name in ("warning_reason", "action", "rule")},
            problem=np.where(left, "", NOTHING_LEFT),
        )
        nothing = dict.fromkeys(counted, 0) | {"warning": False}
        nothing |= dict.fromkeys(("warning_reason", "action", "rule"))
        undecided = self.undecided[[*self.by, "rows", "problem"]].assign(**nothing)
        return pd.concat([decided, undecided], ignore_index=True) if len(undecided) else decided

    def totals(self, policy):
        """``first_rows``, ``first_warnings``, ``first_recoveries`` and ``recovered_yuan`` of ``decided``, summed.

        A dict of them for each value of the one column that the projects were counted by; for "" if by none.
        """
        counted = self._told(policy)[2]
        sums = {name: np.zeros(len(self.groups), dtype=values.dtype) for name, values in counted.items()}
        for name, values in counted.items():
            np.add.at(sums[name], self.group, values)
        return {key: {name: int(sums[name][at]) for name in sums} for at, key in enumerate(self.groups)}

    def _told(self, policy):
        """What is left to decide, what a policy decides, and what is counted: arrays with one entry a region."""
        outcomes = Outcomes(self.axes, policy)
        standing = self.standing(outcomes)
        left = standing.region >= 0
        found = outcomes.of(np.where(left, standing.region, 0))
        share = np.where(left, found["share"], 0)
        counted = {
            "first_rows": np.where(standing.first & left, self.rows, 0),
            "first_warnings": np.where(found["warning"] & left & ~standing.warned, self.rows, 0),
            "first_recoveries": np.where(_bit(standing.some, share) & ~standing.lost, self.rows, 0),
            "recovered_yuan": self.recovered(share, standing),
        }
        return left, found, counted


def _bit(bits, number):
    """Whether the bit of a share's number is set; number 0, no share, has none."""
    return (number > 0) & (bits >> np.maximum(number - 1, 0) & 1 == 1)


class Outcomes:
    """What a policy decides for regions, worked out once for each that it tells apart."""

    def __init__(self, along, policy):
        self.axes, self.policy, self._fired, self._decided = along, policy, {}, {}
        reading = policy["warning.deviation_reading"]
        self.own = {}
        for key, found in along.cuts.items():
            own = cuts(policy, key[0]) if key[1] in ("", reading) else ()
            # How many of the policy's own cuts lie behind a position among all cuts.
            behind = np.concatenate([[0], np.cumsum([cut in set(own) for cut in found], dtype="int64")])
            self.own[key] = (own, behind)

    def of(self, regions):
        """Arrays of outcomes for an array of regions, by name; ``share`` is its number (0: none)."""
        return self._told(*self._places(regions))

    def across(self, regions, key, cut):
        """The same, had the rate of this key been just across one of the policy's cuts; and whether it is above it."""
        node, places = self._places(regions)
        number = self.own[key][0].index(cut)
        above = places[key] > number
        return self._told(node, places | {key: np.where(above, number, number + 1)}), above

    def positions(self, regions, key):
        """Behind how many of all cuts of a rate each region lies."""
        after = list(self.axes.cuts)[list(self.axes.cuts).index(key) + 1 :]
        size = prod(len(self.axes.cuts[each]) + 1 for each in after)
        return regions // size % (len(self.axes.cuts[key]) + 1)

    def _places(self, regions):
        """The node of each region, and by rate behind how many of the policy's own cuts it lies."""
        places = {key: self.own[key][1][self.positions(regions, key)] for key in self.axes.cuts}
        return regions // prod(len(found) + 1 for found in self.axes.cuts.values()), places

    def _told(self, node, places):
        point = node
        for key, (own, _) in self.own.items():
            point = point * (len(own) + 1) + places[key]
        distinct, back = np.unique(point, return_inverse=True)
        told = [self._outcome(int(each)) for each in distinct]
        columns = ([outcome[number] for outcome in told] for number in range(len(OUTCOME)))
        return {
            name: np.array(column, dtype=kind)[back]
            for (name, kind), column in zip(OUTCOME.items(), columns, strict=True)
        }

    def _outcome(self, point):
        """What is decided at a point, the number of which has a digit for the node and one for each rate."""
        if point not in self._decided:
            self._decided[point] = self._decide(point)
        return self._decided[point]

    def _decide(self, point):
        values = {}
        for key, (own, _) in reversed(self.own.items()):
            point, position = divmod(point, len(own) + 1)
            if key[1] in ("", self.policy["warning.deviation_reading"]):
                values[key[0]] = inside(own, position)
        _, warning, recovery = points.monitored(self.policy, self.axes.nodes[point], **values, fire=self._fire)
        told = warning.outputs | recovery.outputs
        share = (Fraction(0), *self.axes.shares).index(told["recovery_share"])
        return told["warning"], told["warning_reason"], share, told["action"], recovery.rule.id

    def _fire(self, policy, name, values):
        """What fires in a table, remembered: far fewer points of one table than of all rates are told apart."""
        key = (name, *(values[each.name] for each in policy.tables[name].inputs))
        if key not in self._fired:
            self._fired[key] = points.fire(policy, name, values)
        return self._fired[key]


OUTCOME = {"warning": bool, "warning_reason": object, "share": "int64", "action": object, "rule": object}
