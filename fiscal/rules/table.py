"""A decision table: its rows, and the proof that every feasible point has exactly one of them."""

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, product
from math import prod

from fiscal.rules import sfeel

BASIS_POINT = Fraction(1, 10_000)
POINTS = 500_000  # that a table is proved at: some seconds


@dataclass(frozen=True)
class Input:
    """What a column of conditions is about: a number between two bounds, or one of some values."""

    name: str
    label: dict
    values: tuple[str, ...] = ()
    low: Fraction | None = None
    high: Fraction | None = None
    unit: str = ""

    def points(self, cells):
        """Values of which each stands for all around it that no cell tells apart, smallest first."""
        if self.values:
            return list(self.values)
        edges = sorted({edge for cell in cells for edge in cell.edges if self.low < edge < self.high})
        stops = [self.low, *edges, self.high]
        points = []
        for stop, following in pairwise(stops):
            inside = stop + (BASIS_POINT if self.unit == "ratio" else 1)
            points += [stop, inside if inside < following else (stop + following) / 2]
        return [*points, self.high]


@dataclass(frozen=True)
class Rule:
    """A row: its id, its cells by input, its outputs by name, as written and as values; its label in each language."""

    id: str
    cells: tuple[sfeel.Cell, ...]
    written: tuple[str, ...]
    outputs: tuple
    label: dict = field(default_factory=dict, hash=False)

    def called(self, lang):
        """The row in words; one without a label goes by its id."""
        return self.label.get(lang, self.id)


@dataclass(frozen=True)
class Unproved:
    """How many points a table's cells tell apart, where these are too many to try them all."""

    points: int

    def __str__(self):
        return f"its cells tell {self.points:,} points apart; expected at most {POINTS:,}, or it can't be proved"


@dataclass(frozen=True)
class Fault:
    """A point that none of a table's rows holds for, or several: the inputs, a value for each, and those rows."""

    inputs: tuple[Input, ...]
    point: tuple
    rows: tuple[Rule, ...]

    def __str__(self):
        place = ", ".join(f"{each.name} = {shown(value)}" for each, value in zip(self.inputs, self.point, strict=True))
        if not self.rows:
            return f"no row for {place}"
        return f"rows {' and '.join(rule.id for rule in self.rows)} both hold for {place}"


@dataclass(frozen=True)
class Table:
    """A decision table with unique hits."""

    name: str
    clause: str
    status: str
    title: dict
    inputs: tuple[Input, ...]
    outputs: tuple[str, ...]
    rules: tuple[Rule, ...]
    infeasible: tuple[dict, ...] = ()

    def row(self, id):
        """The row with this id."""
        return next(rule for rule in self.rules if rule.id == id)

    def hits(self, point):
        """The rules that hold at a point (a value for each input)."""
        return [
            rule for rule in self.rules if all(value in cell for value, cell in zip(point, rule.cells, strict=True))
        ]

    def points(self):
        """A point for every region that the table tells apart, of those that can occur."""
        axes = [each.points(cells) for each, cells in zip(self.inputs, self._columns(), strict=True)]
        return (point for point in product(*axes) if not self._is_infeasible(point))

    def fault(self):
        """The Fault of the table with the smallest point, a gap or an overlap; None if there is none; or Unproved."""
        # For each input and each value of it the rules that let it through: what holds at a point lets all through.
        through = [
            {value: {n for n, cell in enumerate(cells) if value in cell} for value in each.points(cells)}
            for each, cells in zip(self.inputs, self._columns(), strict=True)
        ]
        if (size := prod(map(len, through))) > POINTS:
            return Unproved(size)
        for point in product(*through):
            hold = set.intersection(*(found[value] for found, value in zip(through, point, strict=True)))
            if len(hold) == 1 or self._is_infeasible(point):
                continue
            return Fault(self.inputs, point, tuple(self.rules[n] for n in sorted(hold)))
        return None

    def _columns(self):
        """The cells of each input."""
        return zip(*(rule.cells for rule in self.rules), strict=True)

    def _is_infeasible(self, point):
        named = dict(zip((each.name for each in self.inputs), point, strict=True))
        return any(all(named[name] == value for name, value in case.items()) for case in self.infeasible)


def shown(value):
    """A value as it could be written in a cell."""
    if isinstance(value, Fraction):
        return f"{float(value):.10g}"
    return value
