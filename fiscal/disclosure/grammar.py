"""From the tokens of a paragraph to mentions: each amount with the facets of its own words and those it inherits.

The grammar is small. An amount is named by the words before it, back to the last comma or amount (its *core*);
phrases further back in the sentence, the paragraph and the headings give what the core leaves out: whose amount,
of which year, on which basis. A name without a subject of its own (其中：一般债务…) belongs to the amount that it
breaks down, its *head*. A core with one unknown word names nothing, and the amount is left unread.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from fiscal.disclosure.core import AREA, CIRCUMSTANCE, TIME, Core, merged, qualify, read_core, until_close
from fiscal.disclosure.mention import Mention, Rival, measured
from fiscal.disclosure.phrases import DEFINING, concept
from fiscal.disclosure.tokens import NUMBER

# Who or what an unknown word may narrow an amount to: a part of the area, an office, a firm, a project, a period.
NARROWING = re.compile(
    r"[区县镇乡村园旗]|街道|公司|集团|企业|平台|局|部门|单位|医院|学校|项目|工程|期间|以来|累计|五年|三年|计划|债务人|个人|银行|基金"
)
ADVERBIAL = re.compile(r"^(?:为|为了|随着|由于|受|通过|围绕|面对|坚持|积极|认真|严格|进一步|切实|在)")
CONNECTING = {"和", "及", "与", "以及", "、", "并", "或"}
USE = re.compile(r"全部用于|主要用于|主要是|主要为|重点用于|专项用于|用于|投向")
# 与上年末的A相比: the amount is only there to compare with.
COMPARED = re.compile(r"^(?:相比|相较|比较|对比)")
CHANGE = re.compile(rf"[^,。;0-9]{{1,8}}({NUMBER.pattern})(亿元|万元|元|%)")
RISING, FALLING = re.compile(r"^[^,。;0-9]{0,6}[增升多]"), re.compile(r"^[^,。;0-9]{0,6}[减降少]")
# What may stand before an amount whose name follows: 低于上级核定的A亿元限额.
BESIDE = {"cited", "superior", "below"}
CEILING = {"控制在", "均控制在", "严格控制在", "未超过", "不突破", "未突破", "低于", "小于", "不超过", "不高于"}
WITHIN = {"内", "以内", "之内", "范围内"}
MADE_UP = ("构成", "组成")
AREA_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?:区|县|市|旗|镇|乡|街道|园)")
NEAR = 50  # how many amounts back words such as 直接债务中 may reach
OPEN = 20  # amounts that may still be broken down
DEPTH = 6  # parts of parts of parts
REACH = 60  # tokens that are looked at around a number without a unit
REACHED = {f"{words}{to}" for words in ("增加", "增长", "上升", "提高", "减少", "下降", "扩大") for to in "到至"}
ADJUSTED = {"调整为", "调整到", "调整至"}
INTO = {"列入", "纳入", "归入", "计入", "并入"}
REACHED |= {"增至", "升至", "减至", "降至", "变为", "达到", "为"}
COUNTED = {"%", "‰", "个百分点", "类", "条", "个", "次", "期", "项", "场", "人次", "场次"}
# After an amount these say that it is not exact, or not all of it.
INEXACT = re.compile(r"^(?:左右|以上|多[,。;、]|余[,。;、]|上下|[-—–~至][0-9]|每年|/)")


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
    stop: str = ""  # what follows is not a figure, for this reason
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
        if self.circumstance.get("point") == "opening":
            del self.circumstance["point"]

    def enter(self, order):
        """A scope is said; 其中 holds only as long as what it breaks down."""
        self.scoped, self.scoped_in = order, self.sentence

    def leave(self):
        """Back from 其中市本级… to whom the amounts belonged before."""
        if self.outer is not None:
            area, self.scoped, self.scoped_in = self.outer
            self.circumstance = {key: value for key, value in self.circumstance.items() if key not in AREA} | area
            self.outer = None


class Reader:
    """Reads the paragraphs of a document into ``mentions``, with the document's ``lexicon``."""

    def __init__(self, lexicon, year=0):
        self.lexicon = lexicon
        self.years = {"last": str(year - 1), "this": str(year), "next": str(year + 1)} if year else {}
        self.mentions = []
        self.count = 0
        # The directions of the transfers read so far, by the headings that they stand under.
        self.directions = {}
        # The names that follow their amounts, by the token of the amount: what they say, and how many tokens.
        self.behind = {}

    def paragraph(self, sentences, line, circumstance, heading, clause, state=None):
        """Read a paragraph, given as the tokens of its sentences; gives the state for a paragraph that continues it."""
        continued = state is not None
        if state is None:
            state = State(dict(circumstance), heading, clause, len(self.mentions))
            state.given = heading.get("scope", "") if "interpreted" not in heading else ""
        state.clause, state.heading = clause, heading
        begin = len(self.mentions)
        for tokens in sentences:
            self.count += 1
            state.begin(self.count)
            self._run(tokens, line, state, None)
        self._uses(line, self.mentions[begin:])
        # 主要用于以下项目：… the items that follow are uses too.
        state.listing = "use" if state.use and line.text[-1] == ":" else (state.listing if continued else "")
        return state

    def _run(self, tokens, line, state, last):
        """Read a stretch of tokens; ``last`` is the mention that it may break down."""
        pending, position = [], 0
        while position < len(tokens):
            token = tokens[position]
            if token.kind == "open":
                inner = until_close(tokens, position)
                end = position + len(inner) + 2
                if any(each.kind == "amount" for each in inner):
                    self._group(inner, line, state, last if not pending else None)
                elif last is not None and not pending:
                    self._note(inner, last, state)
                else:
                    pending += tokens[position:end]
                position = end
                continue
            if token.kind == "number" and not token.unit and self._bare(tokens, position, pending):
                self._elided(tokens, position, state, pending)
                found = self._amount(pending, token, last, line, state, tokens, position)
                last, pending = found, []
            elif token.kind == "amount":
                found = self._amount(pending, token, last, line, state, tokens, position)
                # 收入A，为预算的101%，上年为B: what the percentage says of A does not come between.
                last = last if found.aside or (last is not None and token.unit == "%" and not found.own) else found
                pending = []
                position += self.behind.get(id(token), (None, 0))[1]
            else:
                pending.append(token)
            position += 1
        self._tail(pending, state, last)

    def _bare(self, tokens, position, pending):
        """Whether a number without a unit is an amount all the same: in a list, or after the name of a figure."""
        if any(token.kind == "list" for token in pending[-REACH:]):
            return True
        core = read_core(_segments(pending[-REACH:])[-1][0])
        named = {"topic", "subject", "part"} & set(core.facets) and core.facets.get("topic") != "none"
        following = tokens[position + 1].kind if position + 1 < len(tokens) else "separator"
        return bool(named) and "unknown" not in core.marks and not core.reason and following in ("separator", "close")

    def _elided(self, tokens, position, state, pending):
        """In 分别为4.6和118.2亿元 the first number gets the unit of the next one."""
        if not state.queue and not any(token.kind == "list" for token in pending[-REACH:]):
            return
        for token in tokens[position + 1 : position + REACH]:
            if token.kind == "amount":
                tokens[position].unit = token.unit
                return
            if token.kind != "number" and token.text not in CONNECTING and token.text != ",":
                return

    def _group(self, inner, line, state, head):
        """A breakdown in brackets: its own little sentence under ``head``."""
        kept = (state.heads, state.subject, state.use, state.stop, state.tainted, state.queue)
        area = (state.outer, state.scoped, state.scoped_in, state.restated)
        state.outer = state.restated = None
        bracketed, state.bracketed = state.bracketed, head
        dated = (state.compared, state.moved, state.undated, state.changed)
        state.changed = None
        held = dict(state.circumstance)
        state.heads = [*state.heads[: state.heads.index(head) + 1]] if head in state.heads else []
        state.queue = []
        opened = state.heads[-1] if state.heads else None
        if opened is not None:
            before, opened.opened = opened.opened, True
        # Brackets inside of brackets are read as if they were not there.
        self._run([token for token in inner if token.kind not in ("open", "close")], line, state, head)
        if opened is not None:
            # What the brackets break down is broken down with them.
            opened.opened = before
        state.heads, state.subject, state.use, state.stop, state.tainted, state.queue = kept
        state.circumstance = held
        state.outer, state.scoped, state.scoped_in, state.restated = area
        state.bracketed = bracketed
        state.compared, state.moved, state.undated, state.changed = dated

    def _note(self, inner, last, state):
        core = Core()
        qualify(core, inner)
        last.remarks += core.remarks
        if "unknown" in core.marks and not last.reason:
            words = "".join(token.text for token in inner)
            if words.startswith(("含", "不含", "扣除", "剔除", "包括", "不包括")):
                last.reason = "wording"

    def _tail(self, pending, state, last):
        """Words after the last amount: what it was for, or that the whole of it is of one kind."""
        for segment, mark in _segments(pending):
            if last is None:
                self._preamble(segment, state)
            else:
                self._after(segment, last)
            if mark == ";":
                self._next_group(state)

    def _uses(self, line, mentions):
        """What the words after an amount say that it was for; 全部用于 speaks of the whole breakdown."""
        amounts = [mention for mention in mentions if mention.whole_of is None]
        ends = [mention.token.start for mention in amounts[1:]] + [len(line.text)] * bool(amounts)
        for mention, end in zip(amounts, ends, strict=True):
            words = line.text[mention.token.end + len(mention.token.unit) : end]
            if end < len(line.text):
                # The last segment is the name of the next amount.
                words = words[: max(words.rfind(mark) for mark in ",;:。、(") + 1]
            sentence, _, following = words.partition("。")
            if not (said := USE.search(sentence)):
                sentence, said = following, USE.match(following)
            if said is None:
                continue
            found = self.lexicon.used(sentence[said.start() :])
            group = [mention]
            if said[0].startswith("全部"):
                root = mention.head or mention
                group = [each for each in amounts if each is root or each.head is root]
            for each in group:
                each.remarks += found

    def _after(self, segment, last):
        """全部为专项债券: the whole of the amount before is of one kind. Whether the segment says that."""
        if not any(token.kind in ("all", "both") for token in segment):
            return False
        core = read_core(segment)
        own = {key: value for key, value in core.facets.items() if key in DEFINING}
        facets = merged(last.known, own)
        if facets is not None and own and not core.reason and "unknown" not in core.marks and not last.reason:
            circumstance = dict(last.circumstance)
            self.mentions.append(
                Mention(last.token, last.line, last.clause, last.sentence, facets, circumstance, whole_of=last)
            )
        return True

    def _amount(self, pending, token, last, line, state, tokens, position):
        if state.queue:
            facets, marks = state.queue.pop(0)
            connecting = all(each.text in CONNECTING or each.text == "," for each in pending)
            mention = self._mention(token, line, state, facets, marks if connecting else marks | {"unknown"}, "")
            return mention
        *before, (core_tokens, _) = _segments(pending)
        for index, (segment, mark) in enumerate(before):
            # What follows an amount without a comma belongs to it: 59.09亿元的限额，其中….
            trailing = index == 0 and last is not None
            if not trailing and (last is None or not self._after(segment, last)):
                self._preamble(segment, state)
            if mark == ";":
                self._next_group(state)
        joined = _joined(core_tokens) and not before
        core_tokens = _trimmed(core_tokens)
        resumed = not pending or any(each.text in (",", ";", ":") for each in pending)
        if any(each.kind == "list" for each in core_tokens):
            return self._listed(core_tokens, token, line, state, tokens, position)
        if any(each.kind == "both" for each in core_tokens):
            return self._both(core_tokens, token, line, state)
        core = read_core(core_tokens)
        if len(core_tokens) > 1 and core_tokens[-1].text in CONNECTING and core_tokens[-2].kind == "word":
            # 一般债券和A: what stands before 和 is not what A is.
            core.marks.add("unknown")
        if not core.marks & {"unknown", "number"} and not {*DEFINING} & set(core.facets):
            self._name_behind(tokens, position)
        if last is not None and not core.facets and core_tokens and core_tokens[0].text in REACHED:
            core.facets |= self._since(last, state)
        if id(token) in self.behind:
            core = self.behind[id(token)][0]
        area = bool(AREA_NAME.fullmatch("".join(each.text for each in core_tokens if each.kind != "marker")))
        if not ({*DEFINING, "scope"} & set(core.facets) - {"direction"}) and not core.marks - BESIDE:
            core = self._named_after(core, core_tokens, tokens, position)
        reason = core.reason
        began = self._replaced(core_tokens, tokens, position)
        if began is not None:
            # 2022年限额由A增加到B: what stands before 由 is said of B; when it was A is said after it, or not at all.
            dated = set(TIME) & set(read_core(core_tokens[began:]).facets)
            state.named = {key: value for key, value in core.facets.items() if key not in TIME}
            state.named |= read_core(core_tokens[:began]).facets
            reason = reason or ("" if dated else "basis")
            return self._mention(token, line, state, core.facets, core.marks - {"marker"}, reason, core, aside=True)
        if core_tokens and core_tokens[0].text in REACHED and state.named:
            core.facets = state.named | core.facets
        state.named = {}
        self._open(core, state)
        if state.use and not (resumed and ({"topic", "subject"} & set(core.facets)) and "unknown" not in core.marks):
            reason = reason or "use"
        else:
            state.use = False
        if reason == "use":
            state.use = True
        money = token.unit not in COUNTED
        if reason == "basis" and money:
            state.stop = "basis"
        text = line.text[token.end + len(token.unit) : token.end + len(token.unit) + 8]
        if INEXACT.match(text):
            reason = reason or "wording"
        restated = self._restated(core, reason, text, last, token, line)
        if restated is not None:
            found = self._mention(token, line, state, restated, core.marks, "", core, aside=True)
            if "than" not in core.marks:
                state.restated = (last, found)
            return found
        if COMPARED.match(text) and money:
            return self._mention(token, line, state, core.facets, core.marks, reason, core, aside=True)
        facets = core.facets
        if joined and last is not None and not reason:
            facets = self._joined_facets(facets, last)
            facets = {key: last.circumstance[key] for key in AREA if key in last.said} | facets
        root = state.heads[0] if state.heads else None
        if "scope" in core.facets and "unknown" not in core.marks:
            state.narrowed = False
        mention = self._mention(token, line, state, facets, core.marks, reason, core)
        state.narrowed = state.narrowed or _of_someone(core, core_tokens)
        if id(token) in self.behind or "counted" in core.marks:
            mention.unsure = True
        if area and mention.reason == "wording" and root is not None and not root.reason:
            # 大冶市4.96亿元: one of the areas that the amount before is made up of.
            mention.reason, mention.within = "part_of_area", root
        return mention

    def _named_after(self, core, before, tokens, position):
        """未超过59.09亿元的限额, 控制在59.09亿元限额以内: the name follows the amount."""
        following = tokens[position + 1 : position + 8]
        end = next(
            (i for i, each in enumerate(following) if each.kind in ("separator", "open", "amount")), len(following)
        )
        ends = end < len(following) or position + 1 + end == len(tokens)
        within = ends and _within([*before, *following[:end]])
        if not end or not (following[0].text == "的" or within):
            return core
        named = read_core(following[:end])
        if "unknown" in named.marks or named.reason or not {"topic", "subject"} & set(named.facets):
            return core
        if "below" in core.marks and named.facets.get("topic") != "limit":
            return core
        reason = "" if "below" in core.marks else core.reason
        return Core(named.facets | core.facets, core.marks | named.marks, reason, core.before, core.remarks)

    def _replaced(self, core_tokens, tokens, position):
        """Where 由 stands before an amount that gives way to the next: 由A增加到B."""
        following = tokens[position + 1 : position + 5]
        at = next((i for i, each in enumerate(following) if each.text in REACHED | ADJUSTED), len(following))
        until = next((i for i, each in enumerate(following) if each.kind == "amount"), 0)
        between = {each.kind for each in following[:until]} <= {"filler", "time", "basis"}
        if at >= until or not between:
            return None
        return next((i for i, each in enumerate(core_tokens) if each.text in ("由", "从")), None)

    def _since(self, last, state):
        """至2022年末，增加到A: the time that was said since the amount before, if it is another."""
        said = {key: state.circumstance[key] for key in TIME if key in state.circumstance}
        other = any(said.get(key) != last.circumstance.get(key) for key in ("year", "point", "month"))
        return said if other and state.circumstance.get("dated") == state.sentence else {}

    def _name_behind(self, tokens, position):
        """由A亿元一般债券和B亿元专项债券构成: each name follows its amount, in a run of at least two."""
        found, place = {}, position
        while place < len(tokens) and tokens[place].kind == "amount":
            end = place + 1
            while end < len(tokens) and tokens[end].kind == "word":
                end += 1
            core = read_core(tokens[place + 1 : end])
            if not {"subject", "topic", "type", "part"} & set(core.facets) or core.marks or core.reason:
                return
            found[id(tokens[place])] = (core, end - place - 1)
            place = end
            if place == len(tokens) or tokens[place].text not in CONNECTING | {"、", ","}:
                break
            place += 1
        ends = place == len(tokens) or tokens[place].kind in ("separator", "close")
        if len(found) > 1 and (ends or tokens[place].text.startswith(MADE_UP)):
            self.behind |= found

    def _restated(self, core, reason, text, last, token, line):
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
            last = _compared(last, token, line)
            if last is None:
                return None
        return last.known | {key: core.facets[key] for key in core.facets}

    def _joined_facets(self, facets, last):
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

    def _preamble(self, segment, state):
        """A part of the sentence without an amount: who, when, on which basis, of what."""
        if not segment:
            return
        into = next((at for at, token in enumerate(segment) if token.text in INTO), 0)
        if into:
            # 共同财政事权转移支付列入一般性转移支付: what follows is of the first.
            segment = segment[:into]
        core = read_core(segment)
        words = "".join(token.text for token in segment if token.kind == "unknown")
        if core.reason == "use":
            state.use = True
        elif core.reason == "basis" or core.facets.get("basis") == "other":
            state.stop = "basis"
        elif core.reason == "change":
            return
        self._open(core, state)
        if core.facets.get("topic") == "limit" and _within(segment):
            # 余额A，控制在限额以内，其中…: of the balance.
            return
        core.before = core.facets
        if "unknown" in core.marks:
            if NARROWING.search(words) and not ADVERBIAL.match("".join(token.text for token in segment)):
                state.tainted = True
            elif "fund" in core.facets and "conflict:fund" not in core.marks:
                state.fund, state.funded = core.facets["fund"], state.sentence
            return
        self._carry(core, state)
        own = {key: value for key, value in core.facets.items() if key in DEFINING}
        if own and not any(mark.startswith("conflict") for mark in core.marks):
            head = self._matching(own, state)
            if head is not None and segment[-1].text in ("中", "方面", "里", "之中"):
                state.heads = [head]
                head.opened = True
                state.dividing.add(state.sentence)
            else:
                state.subject = own

    def _open(self, core, state):
        """其中 breaks down the amount before it; 按性质 the whole that was last spoken of."""
        if not state.heads or not core.marks & {"marker", "again"}:
            return
        if "again" in core.marks:
            state.dividing.add(state.sentence)
            self._root(state)
        elif state.heads[-1].head is not None and state.heads[-1].sentence < state.sentence:
            # After parts a new sentence speaks of the whole again.
            self._root(state)
            state.returned = True
        state.heads[-1].opened = True

    def _next_group(self, state):
        """After a semicolon: another matter of the same sentence."""
        state.stop, state.use, state.tainted = "", state.listing == "use", False
        state.typed, state.narrowed = [], False
        state.leave()
        self._root(state)

    def _root(self, state):
        """Back from parts of parts to the whole that was last spoken of."""
        roots = [at for at, head in enumerate(state.heads) if head.head is None]
        named = [at for at in roots if not state.heads[at].reason and concept(state.heads[at].known)]
        del state.heads[(named[-1:] or roots or [len(state.heads)])[0] + 1 :]

    def _matching(self, own, state):
        """The amount of this paragraph that words such as 直接债务中 come back to."""
        near = [
            head
            for head in reversed(self.mentions[max(state.first, len(self.mentions) - NEAR) :])
            if head.facets and not head.reason and all(head.facets.get(key) == value for key, value in own.items())
        ]
        # 政府债务 is first of all the amount of this very name, then one whose name says more.
        exact = (head for head in near if {**own, "liability": "direct"}.items() >= head.facets.items())
        return next(exact, near[0] if near else None)

    def _carry(self, core, state, order=None):
        """What the rest of the sentence, and the paragraph, inherit from these words."""
        if "scope" in core.facets and "conflict:scope" not in core.marks:
            area = {key: state.circumstance.pop(key) for key in AREA if key in state.circumstance}
            if "marker" not in core.marks:
                # 其中市本级A，区县B: both are parts, and neither lasts.
                state.outer = state.outer if core.facets["scope"] in ("own", "lower") else None
            elif state.outer is None:
                state.outer = (area, state.scoped, state.scoped_in)
            state.circumstance |= {key: core.facets[key] for key in AREA if key in core.facets}
            state.enter(len(self.mentions) if order is None else order)
        if set(TIME) & set(core.facets):
            state.compared, state.undated = None, False
            for key in TIME:
                if key != "year":
                    state.circumstance.pop(key, None)
                if key in core.facets:
                    state.circumstance[key] = core.facets[key]
            state.circumstance["dated"] = state.sentence
        if "basis" in core.before:
            state.circumstance["basis"] = core.before["basis"]
        if "fund" in core.facets:
            state.fund, state.funded = core.facets["fund"], state.sentence
        if "direction" in core.facets:
            state.direction = core.facets["direction"]
        if "approved" in core.facets:
            state.approved = core.facets["approved"]

    def _listed(self, core_tokens, token, line, state, tokens, position):
        """一般债务、专项债务余额分别为A和B: the names before, the values after, in the same order."""
        at = next(index for index, each in enumerate(core_tokens) if each.kind == "list")
        names = _names(core_tokens[:at])
        rest = core_tokens[at + 1 :]
        cores = [read_core(name) for name in names]
        for core in cores:
            self._open(core, state)
        values = _run_of_amounts(tokens, position)
        good = len(cores) == values and len(cores) > 1 and all(each.kind == "filler" for each in rest)
        items = _shared(cores)
        marks = [core.marks | (set() if good else {"unknown"}) for core in cores]
        reasons = {core.reason for core in cores} - {""}
        if reasons:
            marks = [each | {"unknown"} for each in marks]
        if good:
            state.queue = list(zip(items[1:], marks[1:], strict=True))
            return self._mention(token, line, state, items[0], marks[0], "", cores[0])
        if len(names) < 2 and values > 1 and not reasons:
            # 还本A、付息B，其中市本级分别为C和D: as many amounts as the sentence named before, in their order.
            before = self._before(state)
            only = len(cores) == 1 and set(cores[0].facets) <= {*AREA} and "unknown" not in cores[0].marks
            if only and "scope" in cores[0].facets and len(before) == values and not rest:
                items = [each.known | cores[0].facets for each in before]
                state.queue = [(item, set()) for item in items[1:]]
                return self._mention(token, line, state, items[0], set(), "", cores[0])
            return self._mention(token, line, state, {}, {"unknown"}, "")
        if len(names) < 2 and not reasons and not any("unknown" in core.marks for core in cores):
            # 分别为一般债务A、专项债务B: a breakdown follows.
            if state.heads and not names:
                state.heads[-1].opened = True
            for core in cores:
                self._carry(core, state)
                state.subject = {key: value for key, value in core.facets.items() if key in DEFINING} or state.subject
            core = read_core(rest)
            return self._mention(token, line, state, core.facets, core.marks, core.reason, core)
        return self._mention(token, line, state, {}, {"unknown"}, "")

    def _before(self, state):
        """The amounts of money that this sentence has named so far."""
        found = []
        for mention in reversed(self.mentions):
            if mention.sentence != state.sentence:
                break
            if mention.token.unit not in COUNTED and mention.whole_of is None:
                found.insert(0, mention)
        return [] if any(mention.reason or mention.aside for mention in found) else found

    def _both(self, core_tokens, token, line, state):
        """新增限额和新增债券均为A: one number for several names."""
        at = next(index for index, each in enumerate(core_tokens) if each.kind == "both")
        names = _names(core_tokens[:at])
        cores = [read_core(name) for name in names]
        good = len(cores) > 1 and all(each.kind == "filler" for each in core_tokens[at + 1 :])
        mention = None
        for core, facets in zip(cores, _shared(cores), strict=True):
            marks = core.marks if good else core.marks | {"unknown"}
            mention = self._mention(token, line, state, facets, marks, core.reason, core)
        return mention or self._mention(token, line, state, {}, {"unknown"}, "")

    def _mention(self, token, line, state, facets, marks, reason, core=None, aside=False):
        conflict = any(mark.startswith("conflict") for mark in marks)
        if not reason:
            if "unknown" in marks or conflict or state.tainted:
                reason = "wording"
            elif state.stop:
                reason = state.stop
            elif facets.get("basis") == "other":
                reason = "basis"
            elif state.narrowed and token.unit not in COUNTED:
                reason = "wording"
        money = token.unit not in COUNTED
        if reason == "basis" and facets.get("basis") == "other" and money and not aside:
            state.stop = state.stop or ("basis" if core and core.before.get("basis") == "other" else "")
        own = {key: value for key, value in facets.items() if key in DEFINING}
        circumstance = dict(state.circumstance)
        for key in CIRCUMSTANCE:
            if key in facets:
                circumstance[key] = facets[key]
        if "scope" in facets and "interpreted" not in facets:
            circumstance.pop("interpreted", None)
        if set(TIME) & set(facets):
            for key in TIME:
                if key not in facets and key != "year":
                    circumstance.pop(key, None)
            circumstance["dated"] = state.sentence
        mention = Mention(token, line, state.clause, state.sentence, own, circumstance, reason=reason)
        mention.aside, mention.said, mention.order = aside, frozenset(facets), len(self.mentions)
        mention.remarks = list(core.remarks) if core else []
        mention.total = "total" in marks
        mention.carried = self._filling(own, state, marks)
        if not reason and set(own) in ({"topic"}, {"topic", "kind"}) and own["topic"] in ("limit", "balance"):
            # 一般债务限额127亿元，年末余额116.82亿元: the balance is of general debt too.
            if len(state.typed) == 1:
                mention.carried["type"] = state.typed[0]
            elif state.typed and (paired := self._paired(own, state)):
                mention.carried["type"] = paired
            elif state.typed:
                mention.reason = reason = "wording"
        if not reason and "type" in own and "topic" in own:
            state.typed.append(own["type"])
        if own.get("topic") == "transfer" and not reason and "direction" in mention.known:
            self.directions.setdefault(id(state.heading), set()).add(mention.known["direction"])
        if state.approved:
            mention.circumstance["approved"] = state.approved
        if own.get("topic") == "transfer" and not aside:
            # After 转移支付收入预计A the transfers that follow may be expected ones too, or not.
            said = mention.circumstance.get("basis")
            state.expects = state.expects or said in ("expected", "budget")
            if state.expects and said is None and not reason:
                mention.circumstance["basis"] = "unclear"
        if not reason and not aside and not set(TIME) & set(facets):
            state.moved = state.moved or (money and state.compared is not None)
            if state.undated or (state.compared is not None and own and not money):
                mention.reason = reason = "wording"
        self.mentions.append(mention)
        if not money or aside:
            return mention
        if core is not None and not reason and own:
            self._carry(core, state, mention.order)
            self._compare(mention, state)
        if reason in ("change", "use"):
            state.changed = mention if reason == "change" else None
            return mention
        if reason:
            # What it is nobody knows; its parts must not be taken for parts of something else.
            if state.heads and state.heads[-1].reason and not state.heads[-1].opened:
                state.heads.pop()
            state.heads.append(mention)
            return mention
        self._attach(mention, state)
        return mention

    def _compare(self, mention, state):
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

    def _paired(self, own, state):
        """In 一般债务限额A、余额B，专项债务限额C、余额D the last is paired as the second is: its type, or none."""
        near = [each for each in self.mentions[-3:] if each.sentence == state.sentence and not each.reason]
        known = [each.known for each in near]
        if len(known) < 3 or known[1].get("topic") != own["topic"] or known[0].get("topic") == own["topic"]:
            return ""
        same = known[0].get("topic") == known[2].get("topic") and known[0].get("type") == known[1].get("type")
        return known[2].get("type", "") if same and known[2].get("type") != known[1].get("type") else ""

    def _filling(self, own, state, marks):
        """Facets that the sentence or the headings give to a name that leaves them out."""
        filled = {}
        if state.subject and not ({"topic", "fund", "flow"} & set(own)) and merged(state.subject, own) is not None:
            filled |= {key: value for key, value in state.subject.items() if key not in own}
        topic = own.get("topic") or filled.get("topic")
        if topic in ("limit", "balance") and "subject" not in own and "subject" not in filled:
            filled["subject"] = "debt" if state.heading.get("debt") or self._speaks_of_debt(state) else ""
        if topic == "transfer":
            if "direction" not in own:
                filled["direction"] = state.direction or state.heading.get("direction", "") or self._spoken(state)
            if "fund" not in own and own.get("part") in (None, "total"):
                said = state.fund if state.funded == state.sentence else ""
                filled["fund"] = said or state.heading.get("fund", "")
        if "flow" in own and "fund" not in own and not topic:
            filled["fund"] = state.fund or state.heading.get("section_fund", "")
        return {key: value for key, value in filled.items() if value and key not in own}

    def _spoken(self, state):
        """The direction of every transfer so far under these headings, if it is one."""
        said = self.directions.get(id(state.heading), ())
        return next(iter(said)) if len(said) == 1 else ""

    def _speaks_of_debt(self, state):
        recent = [m for m in self.mentions[-8:] if m.sentence >= state.sentence - 1]
        return any(m.known.get("subject") == "debt" for m in recent) or bool(state.subject.get("subject") == "debt")

    def _attach(self, mention, state):
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
        elif state.restated is not None and head is state.restated[0] and mention.own:
            other = state.restated[1]
            moved = dict(mention.circumstance)
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


def _of_someone(core, tokens):
    """其中经开区还本A，付息B: words that nobody knows say whose an amount is, and so whose the next one may be."""
    topic = core.facets.get("topic")
    named = topic in ("transfer", "service", "balance", "limit") or {"fund", "flow"} <= core.facets.keys()
    if "unknown" not in core.marks or not named:
        return False
    words = "".join(token.text for token in tokens[:-1] if token.kind not in ("marker", "time", "word"))
    if topic == "transfer":
        return bool(AREA_NAME.fullmatch(words))
    return bool(NARROWING.search(words) or "marker" in core.marks or "scope" in core.facets)


def _within(tokens):
    """控制在限额以内, 未超过限额: words that compare with a limit."""
    return bool(tokens) and (tokens[-1].text in WITHIN or any(token.text in CEILING for token in tokens))


def _of_balance(mention):
    """Whether an amount is a balance of debt or stands in the breakdown of one."""
    while mention is not None:
        if mention.known.get("topic") == "balance":
            return True
        mention = mention.head or mention.within
    return False


def _scope_of(mention):
    return mention.circumstance.get("scope")


def _compared(part, token, line):
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


def _larger(mention, head):
    """Whether an amount is too large for a part of the other; both may be rounded."""
    (value, step), (whole, unit) = mention.value, head.value
    return None in (value, whole) or value > whole + step + unit


def independent(own, known):
    """Whether a name stands for itself and is no part of the head: another topic or fund, bonds after a revenue."""
    if "subject" in own and "subject" not in known and {"fund", "flow"} & set(known):
        return True
    return any(key in own and own.get(key) != known.get(key) for key in ("topic", "fund"))


def _segments(tokens):
    """Tokens split at commas, semicolons and colons, each part with the mark that ends it; brackets stay whole."""
    found, depth = [], 0
    part = []
    for token in tokens:
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if token.kind == "separator" and token.text in ",;:" and depth <= 0:
            found.append((part, token.text))
            part = []
        else:
            part.append(token)
    return [*found, (part, "")]


def _joined(tokens):
    """Whether a core begins with 、 or 和: it goes on with the list that the amount before it stands in."""
    return bool(tokens) and tokens[0].text in CONNECTING


def _trimmed(tokens):
    """Without the connecting words in front."""
    start = 0
    while start < len(tokens) and tokens[start].text in CONNECTING:
        start += 1
    return tokens[start:]


def _names(tokens):
    """一般债务、专项债务余额 as two names."""
    found = [[]]
    for token in tokens:
        if token.text in CONNECTING:
            found.append([])
        else:
            found[-1].append(token)
    return [name for name in found if name]


def _shared(cores):
    """The facets of coordinated names, each completed with what the others say once for all."""
    items = [dict(core.facets) for core in cores]
    for key in ("subject", "topic", "direction", "fund", "flow", "scope", "interpreted", "year", "point", "basis"):
        said = [item[key] for item in items if key in item]
        if len(set(said)) == 1:
            for item in items:
                item.setdefault(key, said[0])
    for earlier, later in pairwise(items):
        for key in ("kind", "liability", "subject", "topic"):
            if key in earlier and (key != "kind" or earlier.get("topic") == later.get("topic")):
                later.setdefault(key, earlier[key])
    return items


def _run_of_amounts(tokens, position):
    """How many amounts follow one another with nothing but connecting words between them."""
    count = 0
    for token in tokens[position:]:
        if token.kind == "amount" or (token.kind == "number" and token.unit) or token.kind == "number":
            count += 1
        elif not (token.text in CONNECTING or token.text == ","):
            break
    return count
