"""By which name an amount goes that none stands right before: behind it, shared with the one before, or replaced."""

import re

from fiscal.disclosure.core import CIRCUMSTANCE, TIME, Core, read_core
from fiscal.disclosure.mention import measured
from fiscal.disclosure.phrases import DEFINING, concept
from fiscal.disclosure.segments import CONNECTING
from fiscal.disclosure.tokens import NUMBER

CHANGE = re.compile(rf"[^,。;0-9]{{1,8}}({NUMBER.pattern})(亿元|万元|元|%)")
RISING, FALLING = re.compile(r"^[^,。;0-9]{0,6}[增升多]"), re.compile(r"^[^,。;0-9]{0,6}[减降少]")
# Words that compare with a limit: before its name, and after it.
CEILING = {"控制在", "均控制在", "严格控制在", "未超过", "不突破", "未突破", "低于", "小于", "不超过", "不高于"}
WITHIN = {"内", "以内", "之内", "范围内"}
SHARE = re.compile(r"的[0-9.]+%")
MADE_UP = ("构成", "组成")
# Before the amount that another one has become.
REACHED = {f"{words}{to}" for words in ("增加", "增长", "上升", "提高", "减少", "下降", "扩大") for to in "到至"}
REACHED |= {"增至", "升至", "减至", "降至", "变为", "达到", "为"}
ADJUSTED = {f"{words}{to}" for words in ("调整", "调增", "调减", "核增", "核减", "追加", "压减") for to in "为到至"}


def named_after(core, before, tokens, position):
    """未超过59.09亿元的限额, 控制在59.09亿元限额以内: the name follows the amount."""
    following = tokens[position + 1 : position + 8]
    end = next((i for i, each in enumerate(following) if each.kind in ("separator", "open", "amount")), len(following))
    ends = end < len(following) or position + 1 + end == len(tokens)
    within = ends and within_limit([*before, *following[:end]])
    if not end or not (following[0].text == "的" or within):
        return core
    named = read_core(following[:end])
    if "unknown" in named.marks or named.reason or not {"topic", "subject"} & set(named.facets):
        return core
    if "below" in core.marks and named.facets.get("topic") != "limit":
        return core
    reason = "" if "below" in core.marks else core.reason
    return Core(named.facets | core.facets, core.marks | named.marks, reason, core.before, core.remarks)


def replaced(core_tokens, tokens, position):
    """Where 由 stands before an amount that gives way to the next: 由A增加到B."""
    following = tokens[position + 1 : position + 5]
    at = next((i for i, each in enumerate(following) if each.text in REACHED | ADJUSTED), len(following))
    until = next((i for i, each in enumerate(following) if each.kind == "amount"), 0)
    between = {each.kind for each in following[:until]} <= {"filler", "time", "basis"}
    if at >= until or not between:
        return None
    return next((i for i, each in enumerate(core_tokens) if each.text in ("由", "从")), None)


def adjusted(tokens, position):
    """Whether the amount gives way by an adjustment: 由A调整为B. In an adjustment plan A is the budget."""
    return any(each.text in ADJUSTED for each in tokens[position + 1 : position + 5])


def compared_with(core, core_tokens, text):
    """占全县支出A的89.8%: whether a whole is named in full to say which share of it another amount is."""
    stops = [token.text for token in core_tokens if token.kind == "stop"]
    full = "scope" in core.facets and concept({key: core.facets[key] for key in DEFINING if key in core.facets})
    return stops == ["占"] and bool(full) and not core.marks & {"unknown"} and bool(SHARE.match(text))


def only_area(core, core_tokens):
    """用于市本级: words of use that say nothing but whose the amount is."""
    said = {token.kind for token in core_tokens} - {"filler", "marker"}
    return said == {"stop", "scope"} and core.facets.get("scope") in ("own", "lower") and not core.marks & {"unknown"}


def lent_on(core, core_tokens):
    """转贷区县: nothing but that an amount went on to the level below."""
    said = {token.kind for token in core_tokens} - {"filler", "marker"}
    return core.facets == {"direction": "paid"} and said == {"scope"} and "unknown" not in core.marks


def labels(tokens):
    """Whether words before a colon are the full name of the one amount that follows it."""
    core = read_core(tokens)
    named = {"topic", "subject", "service"} & set(core.facets) or {"fund", "flow"} <= core.facets.keys()
    return bool(named) and "unknown" not in core.marks and not core.reason


def since(last, state):
    """至2022年末，增加到A: the time that was said since the amount before, if it is another."""
    said = {key: state.circumstance[key] for key in TIME if key in state.circumstance}
    other = any(said.get(key) != last.circumstance.get(key) for key in ("year", "point", "month"))
    return said if other and state.circumstance.get("dated") == state.sentence else {}


def name_behind(tokens, position):
    """由A亿元一般债券和B亿元专项债券构成: each name follows its amount, in a run of at least two."""
    found, place = {}, position
    while place < len(tokens) and tokens[place].kind == "amount":
        end = place + 1
        while end < len(tokens) and tokens[end].kind == "word":
            end += 1
        core = read_core(tokens[place + 1 : end])
        if not {"subject", "topic", "type", "part"} & set(core.facets) or core.marks or core.reason:
            return {}
        found[id(tokens[place])] = (core, end - place - 1)
        place = end
        if place == len(tokens) or tokens[place].text not in CONNECTING | {"、", ","}:
            break
        place += 1
    ends = place == len(tokens) or tokens[place].kind in ("separator", "close")
    if len(found) > 1 and (ends or tokens[place].text.startswith(MADE_UP)):
        return found
    return {}


def restated(core, reason, text, last, token, line):
    """The amount before it on another basis or of another year: 完成预算数54.6亿元, 比上年决算数62.5亿元增加."""
    own = {key for key in core.facets if key in DEFINING}
    if last is not None and core.facets.get("flow") == "out" and last.known.get("topic") == "three_public":
        # “三公”经费预算A，决算支出B.
        own.discard("flow")
    known = {key for key in core.facets if key in ("year", "basis", "point")}
    if last is None or last.reason or own or not known or core.marks & {"unknown", "moved", "list", "total"}:
        return None
    if "than" in core.marks and not re.match(r"(?:相比)?(?:净)?[增减下提上多少]", text):
        return None
    if reason not in ("", "change") or (reason == "change" and "than" not in core.marks):
        return None
    if not last.own and not last.carried:
        return None
    if last.head is not None and "than" in core.marks:
        last = _fitting(last, token, line)
        if last is None:
            return None
    return last.known | {key: core.facets[key] for key in core.facets}


def joined_facets(facets, last):
    """In 新增一般债券A、专项债券B the second name leaves out what it shares with the first."""
    own = {key: value for key, value in facets.items() if key in DEFINING}
    known = last.known
    if own.get("topic") == known.get("topic") == "service" and "type" in known and not last.reason:
        # 一般债券还本A、付息B: the interest is of general bonds too.
        return {"type": known["type"]} | facets
    if own.keys() == {"fund"} and known.get("topic") == "transfer" and not last.reason and last.head is None:
        # 补助我州政府性基金A、国有资本经营预算B: each is a transfer.
        kept = {key: last.circumstance[key] for key in CIRCUMSTANCE if key in last.circumstance}
        return kept | known | facets
    if (
        last.reason
        or last.head is not None
        or not own
        or set(own) - {"subject", "type", "service", "part"}
        or "topic" in own
    ):
        return facets
    if any(known.get(key) != own[key] for key in own if key not in ("type", "service")):
        return facets
    if not any(key in known and known[key] != own[key] for key in ("type", "service") if key in own):
        return facets
    kept = {key: last.circumstance[key] for key in CIRCUMSTANCE if key in last.circumstance}
    return kept | known | facets


def within_limit(tokens):
    """控制在限额以内, 未超过限额: words that compare with a limit."""
    return bool(tokens) and (tokens[-1].text in WITHIN or any(token.text in CEILING for token in tokens))


def _fitting(part, token, line):
    """Of a part and what it is a part of, the one that 比2019年的A增加B fits; None where both or neither does."""
    text = line.text[token.end + len(token.unit) : token.end + len(token.unit) + 40]
    sign = 1 if RISING.match(text) else -1 if FALLING.match(text) else 0
    found = CHANGE.match(text)
    before, _ = measured(token.text, token.unit)
    if not sign or not found or before is None:
        return None
    fitting, head = [], part
    while head is not None:
        value, step = head.value
        if value is not None and _changed(value, before, step, sign, found[1], found[2]):
            fitting.append(head)
        head = head.head
    return fitting[0] if len(fitting) == 1 else None


def _changed(value, before, step, sign, number, unit):
    change, finest = measured(number, unit)
    if change is None:
        return False
    if unit == "%":
        return before > 0 and abs(10_000 * (value - before) * sign - change * before) <= before * finest
    return abs((value - before) * sign - change) <= step + finest
