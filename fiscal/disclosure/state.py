"""What holds while a paragraph is read, and what a new sentence, a scope or 其中 changes of it."""

from dataclasses import dataclass, field

from fiscal.disclosure.core import AREA, TIME
from fiscal.disclosure.mention import Mention
from fiscal.disclosure.phrases import concept


@dataclass
class State:
    """What holds while a paragraph is read: first what lasts, then what a new sentence clears."""

    circumstance: dict  # whose, when, on which basis
    heading: dict  # what the headings say
    clause: str
    first: int  # number of the paragraph's first mention
    heads: list = field(default_factory=list)  # amounts that may still be broken down, outermost first
    fund: str = ""  # the budget last spoken of, and in which sentence
    funded: int = 0
    listing: str = ""  # "use" where the items of a list of uses follow
    sentence: int = 0
    expects: bool = False  # a transfer of this paragraph was on another basis than results
    scoped: int = -1  # before which mention, and in which sentence, words last said whose amounts these are
    scoped_in: int = 0
    dividing: set = field(default_factory=set)  # sentences that divide a whole once more (按性质, 直接债务中)

    subject: dict = field(default_factory=dict)  # what the sentence said it is about, before any amount
    direction: str = ""
    approved: str = ""
    use: bool = False  # what follows is what money was for
    planned: bool = False  # words, and no heading, said that the amounts are those of the budget
    stop: str = ""  # what follows is not a figure, for this reason
    adjusted: bool = False  # that reason is an adjustment of the budget
    tainted: bool = False  # unknown words may narrow what follows
    narrowed: bool = False  # words that nobody knows said whose the amount before is; what follows may be theirs too
    typed: list = field(default_factory=list)  # the types of debt named so far
    queue: list = field(default_factory=list)  # names whose amounts are still to come (分别为)
    outer: tuple | None = None  # whose amounts these were before 其中市本级…
    restated: tuple | None = None  # an amount, and the one of another year or basis that followed it
    compared: dict | None = None  # when the amounts are of that another year's amount has just been compared with
    given: str = ""  # whose amounts the headings say that these are
    moved: bool = False  # more than that one amount was of that year
    undated: bool = False  # which year a sentence that says none is about, nobody knows
    named: dict = field(default_factory=dict)  # what an amount was called that the next one replaces
    changed: Mention | None = None  # by how much the amount before has changed
    bracketed: Mention | None = None  # the amount whose breakdown the brackets hold that are read
    returned: bool = False  # 其中 began this sentence, after parts: of the whole, or of the last part

    def begin(self, sentence):
        """A new sentence: what the one before said of itself no longer holds."""
        self.sentence = sentence
        self.leave()
        if self.given and self.circumstance.get("scope") not in (self.given, "unclear", None):
            # 市本级政府债务 above 全市余额A，市本级B。偿还本金C: of which of the two, nobody says.
            self.circumstance = {key: value for key, value in self.circumstance.items() if key not in AREA}
            self.circumstance["scope"] = "unclear"
        self.restated, self.returned, self.changed, self.named = None, False, None, {}
        if self.compared is not None:
            # 2020年末余额A。2019年末余额B。 What follows is of 2020 again.
            kept = {key: value for key, value in self.circumstance.items() if key not in TIME}
            self.circumstance, self.compared = kept | self.compared, None
            self.undated, self.moved = self.moved, False
        self.use = self.listing == "use"
        self.stop, self.tainted, self.subject, self.narrowed = "", False, {}, False
        self.direction, self.approved, self.typed, self.queue = "", "", [], []
        self.adjusted = False
        if self.circumstance.get("point") == "opening":
            del self.circumstance["point"]
        if self.circumstance.get("basis") == "other":
            # 三是预算调整。 What that sentence was about is no basis of the amounts after it.
            del self.circumstance["basis"]
        if self.planned and self.circumstance.get("basis") == "budget":
            # 年初预算安排A。收入B: whether B was planned too, or is what came of it, nobody says.
            self.circumstance["basis"] = "held"

    def enter(self, order):
        """A scope is said; 其中 holds only as long as what it breaks down."""
        self.scoped, self.scoped_in = order, self.sentence

    def leave(self):
        """Back from 其中市本级… to whom the amounts belonged before."""
        if self.outer is not None:
            area, self.scoped, self.scoped_in = self.outer
            self.circumstance = {key: value for key, value in self.circumstance.items() if key not in AREA} | area
            self.outer = None

    def carry(self, core, order):
        """What the rest of the sentence, and the paragraph, inherit from words before the mention number ``order``."""
        if "scope" in core.facets and "conflict:scope" not in core.marks:
            area = {key: self.circumstance.pop(key) for key in AREA if key in self.circumstance}
            if "marker" not in core.marks:
                # 其中市本级A，区县B: both are parts, and neither lasts.
                self.outer = self.outer if core.facets["scope"] in ("own", "lower") else None
            elif self.outer is None:
                self.outer = (area, self.scoped, self.scoped_in)
            self.circumstance |= {key: core.facets[key] for key in AREA if key in core.facets}
            self.enter(order)
        if set(TIME) & set(core.facets):
            self.compared, self.undated = None, False
            for key in TIME:
                if key != "year":
                    self.circumstance.pop(key, None)
                if key in core.facets:
                    self.circumstance[key] = core.facets[key]
            self.circumstance["dated"] = self.sentence
        if "basis" in core.before:
            self.circumstance["basis"] = core.before["basis"]
            self.planned = core.before["basis"] in ("budget", "planned") and self.heading.get("basis") != "budget"
        if "fund" in core.facets:
            self.fund, self.funded = core.facets["fund"], self.sentence
        if "direction" in core.facets and "lent" not in core.marks:
            self.direction = core.facets["direction"]
        if "approved" in core.facets:
            self.approved = core.facets["approved"]

    def open(self, core):
        """其中 breaks down the amount before it; 按性质 the whole that was last spoken of."""
        if not self.heads or not core.marks & {"marker", "again"}:
            return
        if "again" in core.marks:
            self.dividing.add(self.sentence)
            self.root()
        elif self.heads[-1].head is not None and self.heads[-1].sentence < self.sentence:
            # After parts a new sentence speaks of the whole again.
            self.root()
            self.returned = True
        self.heads[-1].opened = True

    def next_group(self):
        """After a semicolon: another matter of the same sentence."""
        self.stop, self.use, self.tainted = "", self.listing == "use", False
        self.typed, self.narrowed = [], False
        self.leave()
        self.root()

    def root(self):
        """Back from parts of parts to the whole that was last spoken of."""
        roots = [at for at, head in enumerate(self.heads) if head.head is None]
        named = [at for at in roots if not self.heads[at].reason and concept(self.heads[at].known)]
        del self.heads[(named[-1:] or roots or [len(self.heads)])[0] + 1 :]
