"""What the words before an amount say: facets such as ``topic: balance``, and marks such as *unknown*."""

from dataclasses import dataclass, field

from fiscal.disclosure.tokens import Token

# Facets that say whose, when and on which basis, rather than what.
AREA = ("scope", "interpreted", "label")
TIME = ("year", "point", "month", "single")
CIRCUMSTANCE = (*AREA, *TIME, "basis", "approved")
# What is wider than what: a part may replace it.
WIDER = {
    ("liability", "all"): ("direct", "contingent"),
    ("service", "both"): ("principal", "interest"),
    ("part", "total"): ("returning", "grants", "general", "special", "shared"),
    ("part", "grants"): ("general", "special", "shared"),
    ("part", "general"): ("shared",),
}
# Before a level below these say that it receives; without them it is a scope.
GIVING = {
    *("对", "向", "给", "给予", "补助", "下达", "下达到", "下达给", "转下达"),
    *("拨付", "拨付到", "转贷", "转拨", "分配", "安排"),
}


@dataclass
class Core:
    """What the words before an amount say: facets, and marks such as ``marker`` or ``unknown``."""

    facets: dict = field(default_factory=dict)
    marks: set = field(default_factory=set)
    reason: str = ""
    before: dict = field(default_factory=dict)
    remarks: list = field(default_factory=list)
    summed: str = ""  # 收入合计, 支出合计: which flow is summed up


def read_core(tokens):
    """What a run of tokens without amounts says."""
    core = Core()
    entities = []
    depth = 0
    named = False
    for position, token in enumerate(tokens):
        if token.kind == "open":
            depth += 1
            if depth == 1:
                qualify(core, until_close(tokens, position), area=bool(entities))
        elif token.kind == "close":
            depth -= 1
        if depth > 0 or token.kind in ("open", "close"):
            continue
        if token.kind == "unknown":
            core.marks.add("unknown")
        elif token.kind == "marker":
            core.marks.add("again" if token.facets else "marker")
        elif token.kind in ("total", "list", "both", "all", "number", "cited"):
            core.marks.add(token.kind)
            if token.facets:
                core.facets |= token.facets
        elif "since" in token.facets and "year" in core.facets and "point" not in core.facets:
            # 今年累计发行: since the year began, not since ever.
            continue
        elif token.kind == "stop":
            core.reason = core.reason or token.facets["why"]
            core.marks.add(_comparison(token))
            if "year" in token.facets:
                set_facet(core, "year", token.facets["year"])
        elif token.kind == "approx":
            core.reason = core.reason or "wording"
        elif token.kind == "remark":
            core.remarks += [value for key, value in token.facets.items() if key == "remark"]
            set_facet(core, "topic", token.facets["topic"])
        elif token.kind == "unit":
            core.marks.add("unit")
        elif token.kind == "basis":
            set_facet(core, "basis", token.facets["basis"])
            if not named:
                core.before["basis"] = token.facets["basis"]
        elif token.kind == "time":
            for key, value in token.facets.items():
                set_facet(core, key, value)
        elif token.kind == "scope":
            if "entity" in token.facets:
                entities.append((token.facets["entity"], position, token))
            else:
                _scope(core, token)
        elif token.kind == "word":
            # 债券预计还本: what stands before the name of the amount holds on; what follows it is the amount's own.
            named = named or bool({"topic", "flow", "part", "service", "kind"} & set(token.facets))
            for key, value in token.facets.items():
                set_facet(core, key, value)
    _entities(core, entities, tokens)
    _settle(core)
    return core


def merged(head, own):
    """The facets of a part of ``head``: refined by its own, or None where they contradict."""
    for key, value in own.items():
        if key in head and head[key] != value and value not in WIDER.get((key, head[key]), ()):
            return None
    return head | own


def _comparison(token):
    """比上年 compares with an amount that may follow, 低于 with a limit; other words of change say by how much."""
    if "below" in token.facets:
        return "below"
    return "than" if "year" in token.facets or token.text in ("比", "较") else "moved"


def until_close(tokens, position):
    """What stands in the brackets that open at ``position``."""
    inner = []
    for token in tokens[position + 1 :]:
        if token.kind == "close":
            break
        inner.append(token)
    return inner


def qualify(core, inner, area=False):
    """Words in brackets: a remark that is known, a harmless note, or something that changes the amount.

    ``area``: a level below was named before them.
    """
    words = "".join(token.text for token in inner)
    if words.startswith("即"):
        return
    core.remarks += [t.facets["remark"] for t in inner if "remark" in t.facets]
    bases = [token.facets["basis"] for token in inner if token.kind == "basis"]
    if bases and all(token.kind in ("basis", "filler") for token in inner):
        # 余额（快报数）
        set_facet(core, "basis", bases[0])
        return
    if core.facets and not set(core.facets) - set(AREA):
        # 市本级（含开发区，下同）: what the area is made up of.
        return
    if area and not core.facets and words.startswith(("含", "包括")):
        # 县市（含高新区，下同）: the same of the level below; without a part of it that is not all of it.
        return
    narrowing = words.startswith(("含", "不含", "扣除", "剔除", "包括", "不包括", "其中", "不")) or any(
        token.kind in ("word", "stop", "basis", "approx") for token in inner
    )
    understood = all(token.kind in ("remark", "filler", "separator") for token in inner)
    if narrowing and not understood:
        core.marks.add("unknown")


def set_facet(core, key, value):
    """One facet more; two that contradict each other leave a mark."""
    if key in core.facets and core.facets[key] != value:
        if key == "topic" and "none" in (value, core.facets[key]):
            value = "none"
        elif key == "subject":
            value = "both"
        else:
            core.marks.add(f"conflict:{key}")
    core.facets[key] = value


def _scope(core, token):
    """全市 and 市本级 contradict each other; 我市 only says who speaks."""
    scope, interpreted = token.facets["scope"], token.facets.get("interpreted")
    held = core.facets.get("scope")
    if held and interpreted and not core.facets.get("interpreted"):
        return
    if held and not core.facets.get("interpreted") and held != scope:
        core.marks.add("conflict:scope")
    core.facets["scope"] = scope
    core.facets["label"] = token.facets.get("label", "")
    if interpreted:
        core.facets["interpreted"] = "yes"
    else:
        core.facets.pop("interpreted", None)


# A government above that does one of these is no owner of the amount.
AUTHORISING = GIVING | {
    *("核定", "核定下达", "核准", "批准", "批准下达", "批复", "批复下达", "审定", "确定", "限定"),
    *("代", "代发", "代为", "代为发行", "代理发行", "返还", "通知", "明确"),
}


def _entities(core, entities, tokens):
    """上级…对我市: received; 对区县: paid; 区县 alone is a scope."""
    for entity, position, token in entities:
        if entity == "superior":
            if "superior" in core.marks and position and tokens[position - 1].text in GIVING:
                # 省对市转移支付 in the document of a district: to someone else.
                core.marks.add("unknown")
            core.marks.add("superior")
            continue
        if entity == "recipients":
            core.facets["direction"] = "paid"
            core.marks.add("lower")
            above = position and tokens[position - 1].facets.get("entity") == "superior"
            if above or ("named" in token.facets and core.marks & {"marker", "again"}):
                # 省对县 in the document of a city is not the city's; 其中对A、B、C三县 are some of several.
                core.marks.add("unknown")
            continue
        before = [each.text for each in tokens[max(0, position - 2) : position] if each.kind != "separator"]
        after = [each.facets.get("topic") for each in tokens[position + 1 : position + 3]]
        if any(word in GIVING for word in before) or core.facets.get("direction") == "paid":
            core.facets["direction"] = "paid"
            core.marks.add("lower")
            if any(word.endswith("转贷") for word in before):
                # Bonds and limits are lent on: no word on the direction of transfers.
                core.marks.add("lent")
        elif "transfer" in after and core.facets.get("flow") == "out":
            core.facets["direction"] = "paid"
        else:
            _scope(core, Token("scope", token.text, 0, 0, {"scope": "lower"}))
            if "counted" in token.facets:
                core.marks.add("counted")
    topic = core.facets.get("topic")
    owned = topic not in (None, "transfer", "none") or (topic is None and {"flow", "kind"} & set(core.facets))
    granted = any(token.text in AUTHORISING or token.kind == "cited" for token in tokens)
    if "superior" in core.marks and owned and not granted:
        # 市级政府债务余额 in the document of a district is the city's.
        core.marks.add("unknown")
    if "superior" in core.marks and "lower" not in core.marks and "direction" not in core.facets:
        core.facets["direction"] = "received"


def _settle(core):
    """What facets imply for each other."""
    facets = core.facets
    core.summed = facets.pop("sum", "")
    if core.summed and facets.get("topic") == "transfer":
        set_facet(core, "flow", core.summed)
    elif core.summed:
        # Of a budget, or of all that comes together: a table may tell, a sentence does not.
        facets["topic"] = "none"
    topic = facets.get("topic")
    if facets.get("subject") == "both":
        if topic in ("service", "onlent", "ratio", "capacity", "none"):
            facets["subject"] = "debt"
        else:
            core.marks.add("conflict:subject")
    if topic == "transfer":
        by_flow = {"in": "received", "out": "paid"}.get(facets.pop("flow", None))
        if by_flow:
            if facets.get("direction", by_flow) != by_flow:
                core.marks.add("conflict:direction")
            facets["direction"] = by_flow
    elif topic == "service":
        facets.pop("flow", None)
    elif topic == "limit" and {"below", "superior"} <= core.marks and "moved" not in core.marks:
        # 低于省核定的债务限额13.9亿元: that is the limit; 低于限额2亿元 would be the distance to it.
        core.reason = ""
