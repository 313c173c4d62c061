"""From mentions to figures: which concept each is, by its own words, by its head, and by sums that hold."""

import re
from functools import cache

from fiscal.disclosure import derive
from fiscal.disclosure.core import AREA, merged
from fiscal.disclosure.mention import measured
from fiscal.disclosure.phrases import concept
from fiscal.figures import amounts, vocabulary

MOST = 12  # parts that a sum is tried with
FAR = 60  # amounts back that parts may belong to
SURE = 3  # digits of a whole that two amounts do not add up to by chance


def resolve(mentions, document, about):
    """The rows of figures and those of amounts left unread, in the order of the document."""
    children = {}
    for mention in mentions:
        if mention.head is not None:
            children.setdefault(id(mention.head), []).append(mention)
    _settle_rivals(mentions, children)
    _clarify(mentions, children)
    for mention in mentions:
        _decide_transfer(mention, children)
        _decide_liability(mention, children)
    _rejoin(mentions, children)
    _totals(mentions)
    _orphans(mentions)
    _areas(mentions, children)
    rows, unread, groups = [], [], Groups(children)
    for mention in mentions:
        found, reason = _concept(mention, groups)
        row = _row(mention, found, document, about) if found else None
        if isinstance(row, str):
            reason, row = row, None
        if row is None:
            unread.append((mention, reason, found))
        else:
            rows.append((row, mention))
    rows += derive.derived(rows, mentions, children)
    figures, repeated = _unique(rows)
    unread += [(mention, "repeated", row["concept"]) for row, mention in repeated]
    used = {row["span_start"] for row in figures}
    figures.sort(key=lambda row: (row["span_start"] is None, row["span_start"], row["figure_id"]))
    return figures, _unread(unread, used, document, about)


def _settle_rivals(mentions, children):
    """Parts with two readings: of their head if they make it up, otherwise what else they may be."""
    groups = {}
    for mention in mentions:
        if mention.rival is not None and not mention.reason:
            groups.setdefault((id(mention.head), _divides(mention)), []).append(mention)
    for (_, divides), parts in groups.items():
        head, rival = parts[0].head, parts[0].rival
        beside = [each for each in children[id(head)] if not each.reason and _divides(each) == divides]
        if any(len(each) > 1 and _adds_up(head, each) for each in (parts, beside)):
            continue
        # What the text itself makes a part of the other one counts with them.
        there = [each for each in children.get(id(rival.head), ()) if not each.reason and _divides(each) == divides]
        whole = any(len(each) > 1 and _adds_up(rival.head, each) for each in (parts, [*parts, *there]))
        if (rival.strict or any(each.unsure for each in beside)) and not whole:
            for mention in parts:
                mention.reason = "wording"
            continue
        for mention in parts:
            mention.reason = rival.head.reason
            children[id(head)].remove(mention)
            mention.head, mention.explicit = mention.rival.head, mention.rival.explicit
            mention.circumstance = mention.rival.circumstance
            children.setdefault(id(mention.head), []).append(mention)


def _clarify(mentions, children):
    """发行再融资债券A；市本级B: of A nothing says whose it is, but that B is a part of it."""
    for mention in mentions:
        head = mention.head
        if head is None or head.circumstance.get("scope") != "unclear" or mention.circumstance.get("scope") != "own":
            continue
        if "scope" in mention.said and not mention.reason:
            for each in (head, *children[id(head)]):
                if each.circumstance.get("scope") == "unclear":
                    del each.circumstance["scope"]


def _decide_transfer(mention, children):
    """转移支付 with and without rebates are two concepts: what it is broken down into decides."""
    facets = mention.known
    if facets.get("topic") != "transfer" or mention.reason:
        return
    parts = {child.facets.get("part"): child for child in children.get(id(mention), ()) if not child.reason}
    if facets.get("part") is None and facets.get("fund") in (None, "general_public"):
        if "returning" in parts:
            mention.facets["part"] = "total"
        elif {"general", "special"} <= set(parts) and _adds_up(mention, [parts["general"], parts["special"]]):
            mention.facets["part"] = "grants"
    if facets.get("fund") is None and set(parts) & {"returning", "general", "special", "shared"}:
        mention.facets["fund"] = "general_public"


def _decide_liability(mention, children):
    """政府性债务 that is broken down into general and special is statutory debt; with contingent debts it is not."""
    if mention.facets.get("liability") != "all" or mention.reason:
        return
    parts = {child.facets.get("type"): child for child in children.get(id(mention), ()) if not child.reason}
    if "general" in parts and "special" in parts and _adds_up(mention, [parts["general"], parts["special"]]):
        del mention.facets["liability"]
        for child in parts.values():
            child.facets.pop("liability", None)


def _adds_up(total, parts):
    """Whether parts make up a total, within half a unit of the finest printed digit for every term."""
    values = [mention.value for mention in (total, *parts)]
    if any(value is None for value, _ in values):
        return False
    finest = min(step for _, step in values)
    difference = abs(values[0][0] - sum(value for value, _ in values[1:]))
    return 2 * difference <= finest * len(values) or difference == 0


class Groups:
    """The parts of each amount, by the facet that they divide it by, and whether they add up to it."""

    def __init__(self, children):
        self.children, self.found = children, {}

    def add_up(self, mention):
        """Whether a part and those beside it make up their head."""
        head = mention.head
        if id(head) not in self.found:
            groups = {}
            for child in self.children.get(id(head), ()):
                if not child.reason and child.whole_of is None:
                    groups.setdefault(_divides(child), []).append(child)
            self.found[id(head)] = {key: len(each) > 1 and _adds_up(head, each) for key, each in groups.items()}
        return self.found[id(head)].get(_divides(mention), False)

    def sure(self, mention):
        """Whether what only sums can tell is told by them, for a part and for all that it is a part of."""
        while mention is not None:
            if mention.unsure and not (mention.head is not None and self.add_up(mention) and self._only(mention)):
                return False
            mention = mention.head
        return True

    def _only(self, mention):
        """Whether no other part is of the same areas: of 两区A、五县B neither is all that lies below."""
        same = [each for each in self.children[id(mention.head)] if each.facets == mention.facets and not each.reason]
        return sum(_area(each) == _area(mention) for each in same) == 1


def _divides(mention):
    """By which facet a part divides its head."""
    known = mention.head.known
    own = {key for key, value in mention.facets.items() if known.get(key) != value}
    return frozenset(own) or "scope"


def _totals(mentions):
    """合计 after its parts: what they have in common, if they add up to it."""
    for position, mention in enumerate(mentions):
        if not mention.total or mention.facets or mention.reason:
            continue
        run = []
        for before in reversed(mentions[max(position - MOST, 0) : position]):
            if before.sentence != mention.sentence or before.reason or before.total:
                break
            run.insert(0, before)
            if len(run) > 1 and _adds_up(mention, run):
                common = dict(set(run[0].known.items()).intersection(*(each.known.items() for each in run)))
                areas = {_area(each) for each in run}
                if len(areas) > 1 and areas != {"own", "lower"}:
                    break
                mention.facets.update(common)
                mention.circumstance = dict(run[0].circumstance)
                if len(areas) > 1:
                    # 市本级A，区县B，合计C: of the whole.
                    mention.circumstance |= {"scope": "whole", "label": ""}
                    mention.circumstance.pop("interpreted", None)
                mention.head = None
                for part in run:
                    if part.head is None:
                        part.head, part.explicit = mention, True
                break


def _rejoin(mentions, children):
    """余额A，未超过B的限额，其中…: of two amounts of a sentence the parts belong to the one that they add up to."""
    for at, head in enumerate(mentions):
        parts = {part.facets.get("type"): part for part in children.get(id(head), ()) if not part.reason}
        if set(parts) != {"general", "special"} or _adds_up(head, list(parts.values())):
            continue
        for other in reversed(mentions[max(at - 3, 0) : at]):
            known = other.known
            if other.reason or other.sentence != head.sentence or "type" in known or concept(known) is None:
                continue
            if known.get("subject") == head.known.get("subject") and _adds_up(other, list(parts.values())):
                for part in parts.values():
                    part.head, part.circumstance = other, dict(other.circumstance)
                    children.setdefault(id(other), []).append(part)
                del children[id(head)]
                break


def _orphans(mentions):
    """Two parts, general and special, that nothing but their sum joins to one amount of the document."""
    loose = {}
    for at, mention in enumerate(mentions):
        free = mention.head is None and mention.within is None and not mention.reason
        alone = free and set(mention.facets) == {"subject", "type"}
        if alone and concept(mention.known) is None:
            loose.setdefault((mention.sentence, mention.facets["subject"]), []).append((at, mention))
    for found in loose.values():
        first, parts = found[0][0], [part for _, part in found]
        if [part.facets["type"] for part in parts] not in (["general", "special"], ["special", "general"]):
            continue
        wholes = {}
        for whole in mentions[max(first - FAR, 0) : first]:
            known = whole.known
            same = _area(whole) == _area(parts[0]) and not whole.reason
            same = same and "type" not in known and known.get("subject") == parts[0].facets["subject"]
            if same and (found := concept(known)) and _adds_up(whole, parts):
                wholes[found] = whole
        if len(wholes) == 1:
            (whole,) = wholes.values()
            for part in parts:
                part.head, part.explicit = whole, True
                part.circumstance = {**whole.circumstance, **part.circumstance}


def _areas(mentions, children):
    """按级次划分，市本级A，区县B, paragraphs after their whole: of the one amount that they add up to, if it is one."""
    loose = {}
    for at, mention in enumerate(mentions):
        alone = mention.head is None and not mention.facets and not mention.reason and mention.whole_of is None
        if alone and "scope" in mention.said and mention.sentence >= 0:
            loose.setdefault(mention.sentence, []).append((at, mention))
    for found in loose.values():
        first, parts = found[0][0], [part for _, part in found]
        begins = not first or mentions[first - 1].sentence != parts[0].sentence
        if sorted(_area(part) for part in parts) != ["lower", "own"] or not begins:
            continue
        wholes = {}
        for whole in mentions[max(first - FAR, 0) : first]:
            digits = len(whole.token.text.replace(",", "").replace(".", ""))
            if digits < SURE or not _adds_up(whole, parts):
                continue
            named = concept(whole.known) if _area(whole) == "whole" and not whole.reason else None
            if named and "type" not in whole.known and merged(whole.known, parts[0].carried) is not None:
                wholes[named, whole.circumstance.get("year"), whole.circumstance.get("basis")] = whole
            else:
                # It may as well be of that.
                wholes[None] = None
        if len(wholes) == 1 and None not in wholes:
            (whole,) = wholes.values()
            for part in parts:
                part.head, part.explicit = whole, True
                children.setdefault(id(whole), []).append(part)
                part.carried = {}
                area = {key: part.circumstance[key] for key in AREA if key in part.circumstance}
                kept = {key: value for key, value in whole.circumstance.items() if key not in AREA}
                part.circumstance = kept | area


def _area(mention):
    return mention.circumstance.get("scope") or "whole"


def _concept(mention, groups):
    """The concept of a mention, or None and why."""
    if mention.reason:
        return None, mention.reason
    if "count" in mention.facets:
        return mention.facets["count"], ""
    alone = concept(mention.carried | mention.facets)
    if not groups.sure(mention):
        return None, "wording"
    if mention.head is None:
        if alone is None:
            return None, "no_concept" if mention.facets else "wording"
        return alone, ""
    head = mention.head
    together = {**head.known, **mention.carried, **mention.facets}
    attached = concept(together)
    if mention.explicit:
        return (attached or alone), "" if attached or alone else "no_concept"
    if attached == alone and alone:
        return alone, ""
    if attached and groups.add_up(mention):
        return attached, ""
    if alone and (attached is None or head.sentence != mention.sentence):
        return alone, ""
    if attached is None and alone is None:
        return None, "no_concept"
    return None, "wording"


def _row(mention, found, document, about):
    """The row of a figure, or the reason why it can't be one."""
    token = mention.token
    unit = _unit_of()[found]
    if not token.unit:
        return "unit"
    if _units().get(token.unit) != unit:
        return "unit"
    value, _ = mention.value
    if value is None or value > 10**17:
        return "unit"
    circumstance = mention.circumstance
    year, dated = _year(circumstance, about)
    stock = _kind_of()[found] == "stock"
    if (circumstance.get("point") == "opening" or circumstance.get("single")) and not stock:
        return "basis"
    if circumstance.get("point") == "now" and found.startswith("debt.balance"):
        # As of a day that is not said.
        return "basis"
    as_of = _as_of(circumstance, year, found, about, dated)
    basis = _basis(circumstance, year, found, about, as_of)
    if basis is None:
        return "basis"
    scope, label, remarks = _scope(circumstance, found)
    if scope in ("part", "unclear"):
        return "part_of_area"
    start, end = mention.line.span(token.start, token.end)
    if mention.within is not None and concept(mention.within.known) == "debt.limit.new.general":
        remarks = [*remarks, "within.new_general_limit"]
    remark = "; ".join(dict.fromkeys([*remarks, *_excluded(mention), *mention.remarks]))
    parts = [found, scope if scope != "other" else f"other.{label}", basis, str(year), *([as_of] if as_of else [])]
    return {
        "figure_id": ":".join(parts),
        "disclosure": about.disclosure,
        "jurisdiction": about.place.name,
        "fiscal_year": year,
        "concept": found,
        "scope": scope,
        "scope_label": label,
        "basis": basis,
        "as_of": as_of,
        "value": value,
        "unit": unit,
        "disclosed": _printed(document.text[start:end]),
        "disclosed_unit": token.unit,
        "clause": mention.clause,
        "span_start": start,
        "span_end": end,
        "status": "derived" if mention.whole_of is not None else "stated",
        "formula": "" if mention.whole_of is None else _whole(mention),
        "counterparty": "",
        "project": "",
        "remark": remark,
    }


def _excluded(mention):
    """What an amount and the wholes that it is a part of leave out."""
    above = _excluded(mention.head) if mention.head is not None else []
    return [*above, *(remark for remark in mention.remarks if remark.startswith("excludes."))]


@cache
def _units():
    return vocabulary.table("units")["unit"].to_dict()


@cache
def _unit_of():
    return vocabulary.concepts()["unit"].to_dict()


@cache
def _kind_of():
    return vocabulary.concepts()["kind"].to_dict()


def _printed(text):
    """The number as printed, on one line."""
    return re.sub(r"[\r\n]", "", text)


def _whole(mention):
    return concept(mention.whole_of.known) or f"{mention.token.text}{mention.token.unit}"


def _year(circumstance, about):
    """The year of an amount, and whether words say it."""
    said = circumstance.get("year")
    year = {"last": about.year - 1, "this": about.year, "next": about.year + 1, None: about.year}.get(said)
    if year is None:
        year = int(said)
    if circumstance.get("point") == "opening":
        year -= 1
    return year, said is not None


def _as_of(circumstance, year, found, about, dated):
    month = circumstance.get("month")
    if month:
        return f"{year}-{month}"
    if about.as_of and not dated and not found.startswith("debt.limit"):
        return about.as_of
    return ""


def _basis(circumstance, year, found, about, as_of):
    said = circumstance.get("basis")
    if said == "planned":
        # 安排 plans a revenue or an expenditure, and hands out bonds and limits that are there.
        if year > about.year or about.basis == "budget":
            return "budget"
        if not found.startswith(("debt.limit", "debt.bonds")):
            return None
        said = ""
    if said == "held":
        # A budget was spoken of in the sentence before: this is one where the document, or its year, is nothing else.
        return "budget" if about.basis == "budget" or year > about.year else None
    if said in ("unclear", "other") or (said == "expected" and circumstance.get("draft")):
        return None
    if said:
        return said
    if found.startswith("debt.limit") and about.as_of and circumstance.get("approved"):
        return "budget"
    if as_of:
        return "execution"
    if year > about.year:
        return "budget" if about.basis == "budget" else None
    if year < about.year and about.basis in ("execution", "budget"):
        return "final"
    return about.basis


def _scope(circumstance, found):
    """Scope, its label, and the remark that it is our reading."""
    scope = circumstance.get("scope")
    interpreted = circumstance.get("interpreted")
    if found.startswith("transfers.paid") and (scope in (None, "lower", "unclear") or interpreted):
        return "own", "", []
    if scope is None or (scope == "whole" and interpreted):
        return "whole", "", ["scope.interpreted"]
    return scope, circumstance.get("label", ""), []


def _unique(rows):
    """Each figure once; two values of one figure are two rows and a problem."""
    kept, repeated = {}, []
    for row, mention in rows:
        key = row["figure_id"]
        if key not in kept:
            kept[key] = (row, mention)
            continue
        held, _ = kept[key]
        if held["value"] == row["value"]:
            repeated.append((row, mention))
            continue
        if not row["disclosed"]:
            # What is printed needs not be derived.
            continue
        steps = [measured(amounts.plain(each["disclosed"]), each["disclosed_unit"])[1] for each in (held, row)]
        if 2 * abs(held["value"] - row["value"]) <= max(steps):
            # The same figure to fewer digits; the finer one counts.
            if steps[1] < steps[0]:
                kept[key] = (row, mention)
                repeated.append((held, _))
            else:
                repeated.append((row, mention))
            continue
        number = 2
        while f"{key}:{number}" in kept:
            number += 1
        kept[f"{key}:{number}"] = (row | {"figure_id": f"{key}:{number}"}, mention)
    return [row for row, _ in kept.values()], repeated


def _unread(unread, used, document, about):
    rows = {}
    for mention, reason, near in unread:
        start, end = mention.line.span(mention.token.start, mention.token.end)
        unit = mention.token.unit
        if start in used or (unit and _units().get(unit) != "yuan"):
            continue
        rows.setdefault(
            start,
            {
                "disclosure": about.disclosure,
                "clause": mention.clause,
                "span_start": start,
                "span_end": end,
                "disclosed": _printed(document.text[start:end]),
                "disclosed_unit": unit,
                "reason": reason,
                "near": near or _near(mention),
            },
        )
    return [rows[start] for start in sorted(rows)]


def _near(mention):
    """The concept that an unread amount may belong to: by its own words, or as an area of another amount."""
    area = mention.reason == "part_of_area" and mention.within is not None
    return concept(mention.known) or (concept(mention.within.known) if area else None) or ""
