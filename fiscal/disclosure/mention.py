"""An amount that a document mentions, and what is said of it."""

from dataclasses import dataclass, field
from functools import lru_cache

from fiscal.disclosure.phrases import DEFINING
from fiscal.disclosure.tokens import Token
from fiscal.errors import InputError
from fiscal.figures import amounts

# Units of what is no money.
COUNTED = {"%", "‰", "个百分点", "类", "条", "个", "次", "期", "项", "场", "人次", "场次"}


@dataclass(eq=False)
class Mention:
    """An amount and what is said of it.

    ``facets`` are of its own words (``said``: all that these say), ``carried`` those that the sentence gives it,
    ``circumstance`` is whose, when and on which basis. ``head`` is the amount that it may be a part of, ``explicit``
    if words say so (其中) and not order alone; ``opened``: a breakdown of this amount follows; ``within``: the amount
    in whose breakdown it stands, whether or not it is a part. ``whole_of``: it is all of that amount (全部为).
    ``total``: 合计. ``aside``: another year's or basis' amount beside the one spoken of; ``past``: an earlier year's
    amount of the same name, to compare with. ``reason``: why it is no figure, an id of unread.json. ``order``: its
    place among the mentions; ``unsure``: it is read only if it and the parts beside it add up; ``rival``: what it is
    if they do not.
    """

    token: Token
    line: object
    clause: str
    sentence: int
    facets: dict
    circumstance: dict
    head: "Mention | None" = None
    explicit: bool = False
    reason: str = ""
    remarks: list = field(default_factory=list)
    whole_of: "Mention | None" = None
    total: bool = False
    carried: dict = field(default_factory=dict)
    opened: bool = False
    aside: bool = False
    past: bool = False
    within: "Mention | None" = None
    said: frozenset = frozenset()
    depth: int = 0
    order: int = 0
    unsure: bool = False
    rival: "Rival | None" = None

    @property
    def value(self):
        """(exact value, one unit of its last digit), or None twice where it is no amount of a known unit."""
        return measured(self.token.text, self.token.unit)

    @property
    def own(self):
        return {key: value for key, value in self.facets.items() if key in DEFINING}

    @property
    def known(self):
        """Its own facets, those that the sentence gives it, and those of what it is a part of."""
        return {**(self.head.known if self.head is not None else {}), **self.carried, **self.facets}


@dataclass(frozen=True, eq=False)
class Rival:
    """Another reading of a mention: as a part of ``head``; ``strict`` if only sums that hold may speak for it."""

    head: Mention
    explicit: bool
    circumstance: dict
    strict: bool = False


@lru_cache(maxsize=100_000)
def measured(number, unit):
    """The exact value of a printed amount and one unit of its last digit, or None twice."""
    try:
        return amounts.exact(number, unit), amounts.quantum(number, unit)
    except (InputError, KeyError):
        return None, None
