"""Of which amount another one is a part: by its name, by 其中, and where words leave it open by sums."""

from fiscal.disclosure.core import AREA, TIME, merged
from fiscal.disclosure.mention import COUNTED, Rival
from fiscal.disclosure.phrases import concept

OPEN = 20  # amounts that may still be broken down
DEPTH = 6  # parts of parts of parts


class Breakdowns:
    """Finds the whole of each amount among the ``mentions`` before it; ``years``: what 上年 and 本年 are."""

    def __init__(self, mentions, years):
        self.mentions, self.years = mentions, years

    def attach(self, mention, state):
        """Find the amount that this one may be a part of, innermost first."""
        own, heads = mention.own, state.heads
        if own.get("topic") == "onlent" and any(
            head.sentence == mention.sentence and _of_balance(head) for head in heads
        ):
            # 余额A，其中政府债券B、外债转贷C: what is owed of such loans, not what was lent on this year.
            mention.reason = "no_concept"
            return
        if own.get("topic") == "onlent" and heads and heads[-1].opened:
            mention.within = heads[-1]
        scope = mention.circumstance.get("scope")
        unknown = [
            head for head in heads if head.reason and head.sentence >= mention.sentence - (1 if head.opened else 0)
        ]
        if any(head.opened or (own.get("topic") == "limit" and "kind" not in own) for head in unknown):
            # A part of something unknown, or possibly so, is unknown itself.
            mention.reason = "wording"
            return
        perhaps, larger = None, False
        for index in range(len(heads) - 1, -1, -1):
            head = heads[index]
            if own == {"subject": "debt"} and head.opened and head.own.get("liability") == "all":
                # 政府性债务A，其中政府债务B、或有债务C.
                mention.facets["liability"] = own["liability"] = "direct"
            if state.restated is not None and head is state.restated[0] and self._of_another_year(mention, head):
                # 由上年末的A增加到B，其中…: of B, whose year was said last.
                state.restated[1].opened, head = head.opened, state.restated[1]
            if head.past and not head.opened and head.sentence < mention.sentence:
                # Last year's amount was only there to compare with.
                continue
            if head.reason or ("topic" in mention.carried and head.sentence < mention.sentence):
                # Of something unknown, or spoken of before this sentence named its subject.
                break
            known = head.known
            combined = merged(known, mention.carried | own)
            apart = scope is not None and scope != head.circumstance.get("scope")
            if combined is None or (combined == known and not apart) or not (own or apart):
                continue
            if independent(own, known) or head.depth >= DEPTH or self._of_another_year(mention, head):
                continue
            whole = head.head
            if whole is not None and not head.opened:
                # A part has parts of its own where the text opens them, 一般债务…（其中外债转贷…）, or sums say so.
                narrower = combined != known and not apart and head.sentence == mention.sentence
                if narrower and (head.own.keys() - own.keys() or head.circumstance.get("scope") != _scope_of(whole)):
                    larger = larger or _larger(mention, head)
                    perhaps = perhaps or (None if larger else head)
                continue
            if _larger(mention, head):
                continue
            if head.past and not head.opened and apart:
                # 2020年末全市A，2019年末全市B，市本级C: of which year, nobody says.
                mention.reason = "wording"
                return
            if (
                "subject" in own
                and apart
                and combined == known
                and head.sentence < mention.sentence
                and own != head.own
            ):
                # 市本级新增债券A in a new sentence is no part of the special bonds that the last one ended with.
                continue
            if own.get("kind") == "new" and own.get("topic") == "limit" and head.sentence < mention.sentence:
                # 当年新增限额 in a new sentence begins anew.
                continue
            if not own and self._named_since(head, state):
                # 全市新增债券A。全市再融资债券B；市本级C: of what was named last, or of nothing.
                mention.reason = "wording"
                heads.append(mention)
                return
            beside = self.mentions[head.order - 1] if head.order else None
            if head.opened and head.known.get("topic") == "limit" and "scope" in mention.said and beside is not None:
                # 余额A，控制在B亿元限额以内，其中市本级C: of A or of B; only a sum tells.
                compared = beside.known.get("topic") == "balance" and beside.sentence == head.sentence
                mention.unsure = mention.unsure or compared
            mention.depth = head.depth + 1
            mention.head, mention.explicit = head, head.opened
            said = dict(mention.circumstance)
            self._inherit(mention, head)
            self._weigh(mention, head, perhaps, larger, apart, said, state)
            del heads[index + 1 if perhaps is None else heads.index(perhaps) + 1 :]
            heads.append(mention)
            return
        if heads and heads[-1].opened and heads[-1].sentence >= mention.sentence - 1:
            # 其中 of an amount that has no parts of this name: it is of the same year and basis all the same.
            self._inherit(mention, heads[-1])
            mention.within = mention.within or heads[-1]
        if own or mention.carried:
            state.changed = None
            if state.compared is not None and not mention.past and not set(TIME) & mention.said:
                mention.reason = "wording"
            if not (heads and (heads[-1].reason or heads[-1].opened)) and not mention.past:
                heads.clear()
            heads.append(mention)
            del heads[:-OPEN]

    def _named_since(self, head, state):
        """Whether an amount of another name than the head's was spoken of after it."""
        for other in self.mentions[max(head.order + 1, state.first) : -1]:
            if other.aside or other.token.unit in COUNTED or other.reason in ("change", "use", "part_of_area"):
                continue
            if other.sentence in state.dividing and (other.reason or concept(other.known) is None):
                continue
            if state.sentence in state.dividing and other.sentence < state.sentence:
                # This sentence itself has come back to the head.
                continue
            if other.within is not None and head in (other.within, other.within.head):
                # （含外债转贷A）: it stands in the breakdown of the head itself.
                continue
            if other.reason and head.sentence < other.sentence:
                # It may be the name that was said last.
                return True
            if other.own and (merged(head.known, other.known) is None or independent(other.own, head.known)):
                return True
        return False

    def _of_another_year(self, mention, head):
        """Whether this sentence has said since then that it speaks of another year."""
        said = (each.circumstance.get("year") for each in (mention, head))
        years = {self.years.get(each, each) for each in said}
        return len(years) > 1 and mention.circumstance.get("dated") == mention.sentence

    def _weigh(self, mention, head, perhaps, larger, apart, said, state):
        """Where words leave open whose part an amount is, sums decide: the other readings are kept beside it."""
        if perhaps is not None:
            # 其中市本级A，一般债务B、专项债务C: of A if they make it up, otherwise of the whole.
            mention.rival = Rival(head, mention.explicit, dict(mention.circumstance))
            mention.circumstance = dict(said)
            mention.head, mention.explicit = perhaps, True
            self._inherit(mention, perhaps)
        elif apart and "scope" not in mention.said and state.scoped > head.order and "type" in mention.own:
            # 其中市本级一般债务A，专项债务B: of the whole only if the sum says so.
            if state.scoped_in == mention.sentence and not larger:
                area = {key: said[key] for key in AREA if key in said}
                kept = {key: value for key, value in mention.circumstance.items() if key not in AREA}
                mention.rival = Rival(head, mention.explicit, kept | area)
            else:
                mention.unsure = mention.unsure or state.scoped_in == mention.sentence
        elif apart and "scope" not in mention.said and state.scoped > head.order:
            if state.scoped_in == mention.sentence:
                mention.circumstance = {key: value for key, value in mention.circumstance.items() if key not in AREA}
                mention.circumstance |= {key: said[key] for key in AREA if key in said}
        elif state.returned and not mention.own:
            mention.unsure = True
        elif "scope" in mention.said and concept(mention.own) is not None:
            # 全市收入A，为预算B的95%；市本级收入C: a full name that says whose it is needs no sum.
            return
        elif state.restated is not None and head is state.restated[0] and mention.own:
            other = state.restated[1]
            moved = {key: value for key, value in mention.circumstance.items() if key != "basis"}
            moved |= {key: other.circumstance[key] for key in (*TIME, "basis") if key in other.circumstance}
            mention.rival = Rival(other, mention.explicit, moved, strict=True)
        elif state.changed is not None and head.opened and not _larger(mention, state.changed):
            # 余额A，增加B，其中一般债务C、专项债务D: of B if they make it up.
            mention.rival = Rival(state.changed, True, mention.circumstance, strict=True)
        elif head is not state.bracketed and self._ends_list(mention, head):
            # A，一般债券B、专项债券C，其中市本级D、区县E: of C or of A, as the sum says.
            kept, mention.circumstance = mention.circumstance, dict(said)
            self._inherit(mention, head.head)
            mention.rival = Rival(head.head, True, mention.circumstance, strict=True)
            mention.circumstance = kept

    def _ends_list(self, mention, head):
        """Whether 其中 after the last of several parts may as well break down the whole that they are parts of."""
        whole, own = head.head, mention.carried | mention.own
        if not head.opened or whole is None or head.sentence != mention.sentence or _larger(mention, whole):
            return False
        combined = merged(whole.known, own)
        same = "scope" in mention.said or _scope_of(head) == _scope_of(whole)
        if combined is None or (own and same and concept(combined) == concept({**head.known, **own})):
            return False
        beside = [each for each in self.mentions[whole.order + 1 : head.order] if each.head is whole]
        inner = any(each.head in beside for each in self.mentions[whole.order + 1 : mention.order])
        return bool(beside) and not inner

    def _inherit(self, mention, head):
        """A part is of the same year, basis and scope as its head, unless it says otherwise."""
        for key in ("year", "point", "month", "basis", *AREA):
            if key in mention.said or (key in AREA and "scope" in mention.said):
                continue
            if key in head.circumstance:
                mention.circumstance[key] = head.circumstance[key]
            elif key in AREA:
                mention.circumstance.pop(key, None)

    def compare(self, mention, state):
        """Whether an amount is there to compare with: of an earlier year than the one of its name before it."""
        if mention.circumstance.get("dated") != state.sentence:
            return
        named, year = mention.carried | mention.own, self._year_of(mention)
        for before in self.mentions[state.first : mention.order]:
            same = before.known == named and not before.reason and _scope_of(before) == _scope_of(mention)
            if same and self._year_of(before) > year:
                mention.past = True
                state.compared = {key: before.circumstance[key] for key in TIME if key in before.circumstance}

    def _year_of(self, mention):
        """The year of an amount as text, the document's own where none is said."""
        said = mention.circumstance.get("year", "this")
        return self.years.get(said, said)


def _of_balance(mention):
    """Whether an amount is a balance of debt or stands in the breakdown of one."""
    while mention is not None:
        if mention.known.get("topic") == "balance":
            return True
        mention = mention.head or mention.within
    return False


def _scope_of(mention):
    return mention.circumstance.get("scope")


def _larger(mention, head):
    """Whether an amount is too large for a part of the other; both may be rounded."""
    (value, step), (whole, unit) = mention.value, head.value
    return None in (value, whole) or value > whole + step + unit


def independent(own, known):
    """Whether a name stands for itself and is no part of the head: another topic or fund, bonds after a revenue."""
    if "subject" in own and "subject" not in known and {"fund", "flow"} & set(known):
        return True
    return any(key in own and own.get(key) != known.get(key) for key in ("topic", "fund"))
