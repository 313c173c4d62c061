"""From the tokens of a paragraph to mentions: each amount with the facets of its own words and those it inherits.

The grammar is small. An amount is named by the words before it, back to the last comma or amount (its *core*);
phrases further back in the sentence, the paragraph and the headings give what the core leaves out: whose amount,
of which year, on which basis. A name without a subject of its own (其中：一般债务…) belongs to the amount that it
breaks down, its *head*. A core with one unknown word names nothing, and the amount is left unread.
"""

import re

from fiscal.disclosure import naming, segments
from fiscal.disclosure.breakdowns import Breakdowns
from fiscal.disclosure.core import AREA, CIRCUMSTANCE, TIME, Core, merged, qualify, read_core, until_close
from fiscal.disclosure.mention import COUNTED, Mention
from fiscal.disclosure.phrases import DEFINING
from fiscal.disclosure.state import State

# Who or what an unknown word may narrow an amount to: a part of the area, an office, a firm, a project, a period.
NARROWING = re.compile(
    r"[区县镇乡村园旗]|街道|公司|集团|企业|平台|局|部门|单位|医院|学校|项目|工程|期间|以来|累计|五年|三年|计划|债务人|个人|银行|基金"
)
ADVERBIAL = re.compile(r"^(?:为|为了|随着|由于|受|通过|围绕|面对|坚持|积极|认真|严格|进一步|切实|在)")
USE = re.compile(r"全部用于|主要用于|主要是|主要为|重点用于|专项用于|用于|投向")
# 与上年末的A相比: the amount is only there to compare with.
COMPARED = re.compile(r"^(?:相比|相较|比较|对比)")
# What may stand before an amount whose name follows: 低于上级核定的A亿元限额.
BESIDE = {"cited", "superior", "below"}
AREA_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?:区|县|市|旗|镇|乡|街道|园)")
# What came of a budget.
DONE = {"完成", "实现", "实际", "实际完成", "实际执行", "实际支出", "实际收入"}
NEAR = 50  # how many amounts back words such as 直接债务中 may reach
REACH = 60  # tokens that are looked at around a number without a unit
INTO = {"列入", "纳入", "归入", "计入", "并入"}
# After an amount these say that it is not exact, or not all of it.
INEXACT = re.compile(r"^(?:左右|以上|多[,。;、]|余[,。;、]|上下|[-—–~至][0-9]|每年|/)")


class Reader:
    """Reads the paragraphs of a document into ``mentions``, with the document's ``lexicon``."""

    def __init__(self, lexicon, year=0):
        self.lexicon = lexicon
        self.years = {"last": str(year - 1), "this": str(year), "next": str(year + 1)} if year else {}
        self.mentions = []
        self.breakdowns = Breakdowns(self.mentions, self.years)
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
            said = heading.get("scope", "") if "interpreted" not in heading else ""
            state.given = said if said != "unclear" else ""
        state.clause, state.heading = clause, heading
        begin = len(self.mentions)
        for tokens in sentences:
            self.count += 1
            state.begin(self.count)
            self._run(tokens, line, state, None)
        self._uses(line, self.mentions[begin:])
        if line.text[-1] == ":":
            # 年初预算安排如下：… holds for the lines that follow.
            state.planned = False
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
        core = read_core(segments.segments(pending[-REACH:])[-1][0])
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
            if token.kind != "number" and token.text not in segments.CONNECTING and token.text != ",":
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
        for segment, mark in segments.segments(pending):
            if last is None:
                self._preamble(segment, state)
            else:
                self._after(segment, last)
            if mark == ";":
                state.next_group()

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
            connecting = all(each.text in segments.CONNECTING or each.text == "," for each in pending)
            mention = self._mention(token, line, state, facets, marks if connecting else marks | {"unknown"}, "")
            return mention
        *before, (core_tokens, _) = segments.segments(pending)
        if before and before[-1][1] == ":" and not core_tokens and naming.labels(before[-1][0]):
            # 政府债务余额:A亿元
            core_tokens = before.pop()[0]
        for index, (segment, mark) in enumerate(before):
            # What follows an amount without a comma belongs to it: 59.09亿元的限额，其中….
            trailing = index == 0 and last is not None
            if not trailing and (last is None or not self._after(segment, last)):
                self._preamble(segment, state)
            if mark == ";":
                state.next_group()
        joined = segments.joined(core_tokens) and not before
        core_tokens = segments.trimmed(core_tokens)
        resumed = not pending or any(each.text in (",", ";", ":") for each in pending)
        if any(each.kind == "list" for each in core_tokens):
            return self._listed(core_tokens, token, line, state, tokens, position)
        if any(each.kind == "both" for each in core_tokens):
            return self._both(core_tokens, token, line, state)
        core = read_core(core_tokens)
        text = line.text[token.end + len(token.unit) : token.end + len(token.unit) + 8]
        if len(core_tokens) > 1 and core_tokens[-1].text in segments.CONNECTING and core_tokens[-2].kind == "word":
            # 一般债券和A: what stands before 和 is not what A is.
            core.marks.add("unknown")
        if not core.marks & {"unknown", "number"} and not {*DEFINING} & set(core.facets):
            self.behind |= naming.name_behind(tokens, position)
        if last is not None and not core.facets and core_tokens and core_tokens[0].text in naming.REACHED:
            core.facets |= naming.since(last, state)
        if id(token) in self.behind:
            core = self.behind[id(token)][0]
        area = bool(AREA_NAME.fullmatch("".join(each.text for each in core_tokens if each.kind != "marker")))
        if not ({*DEFINING, "scope"} & set(core.facets) - {"direction"}) and not core.marks - BESIDE:
            core = naming.named_after(core, core_tokens, tokens, position)
            if last is not None and naming.within_limit(core_tokens) and "scope" not in core.facets:
                # 其中市本级余额A，控制在B亿元限额以内: of whom the balance is.
                core.facets |= {key: last.circumstance[key] for key in AREA if key in last.circumstance}
        reason = core.reason
        if reason == "change" and naming.compared_with(core, core_tokens, text):
            # 占全县一般公共预算支出A的89.8%: an amount in its own right, but nothing goes on from it.
            return self._mention(token, line, state, core.facets, core.marks, "", core, aside=True)
        if reason == "use" and naming.only_area(core, core_tokens):
            # 上述补助中，用于市本级A，用于区县B: whose it is, if the two add up.
            core.reason, reason = "", ""
            core.marks.add("counted")
        elif naming.lent_on(core, core_tokens) and state.heads and state.heads[0].known.get("subject"):
            # 新增限额A，留用市级B，转贷区县C: of bonds and limits what is passed on is of the level below.
            core.facets = {"scope": "lower"}
            core.marks.add("counted")
        began = naming.replaced(core_tokens, tokens, position)
        if began is not None:
            # 2022年限额由A增加到B: what stands before 由 is said of B; when it was A is said after it, or not at all.
            dated = {*TIME, "basis"} & set(read_core(core_tokens[began:]).facets)
            dated = dated or (state.heading.get("adjusted") and naming.adjusted(tokens, position))
            state.named = {key: value for key, value in core.facets.items() if key not in TIME}
            state.named |= read_core(core_tokens[:began]).facets
            reason = reason or ("" if dated else "basis")
            return self._mention(token, line, state, core.facets, core.marks - {"marker"}, reason, core, aside=True)
        if core_tokens and core_tokens[0].text in naming.REACHED | naming.ADJUSTED and state.named:
            core.facets = state.named | core.facets
        if core.facets.get("topic") == "limit" and core.facets.get("basis") == "other":
            # 限额由A调整为B: a limit that was adjusted is the limit.
            del core.facets["basis"]
            core.before.pop("basis", None)
        state.named = {}
        state.open(core)
        if state.use and not (resumed and ({"topic", "subject"} & set(core.facets)) and "unknown" not in core.marks):
            reason = reason or "use"
        else:
            state.use = False
        if reason == "use":
            state.use = True
        money = token.unit not in COUNTED
        if reason == "basis" and money:
            state.stop = "basis"
        if INEXACT.match(text):
            reason = reason or "wording"
        if state.planned and "basis" not in core.facets and any(each.text in DONE for each in core_tokens):
            # 预算安排收入A，实际收入B: what came of it is on the basis of the document.
            state.circumstance.pop("basis", None)
            state.planned = False
        restated = naming.restated(core, reason, text, last, token, line)
        if restated is not None:
            found = self._mention(token, line, state, restated, core.marks, "", core, aside=True)
            if "than" not in core.marks and money:
                state.restated = (last, found)
            return found
        if COMPARED.match(text) and money:
            return self._mention(token, line, state, core.facets, core.marks, reason, core, aside=True)
        facets = core.facets
        if joined and last is not None and not reason:
            facets = naming.joined_facets(facets, last)
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
            state.adjusted = core.reason != "basis"
        elif core.reason == "change":
            return
        if "conflict:year" in core.marks and any(each.text in ("至", "到", "-") for each in segment):
            # 2021年至2022年: of more than one year.
            state.stop = "basis"
        state.open(core)
        if core.facets.get("topic") == "limit" and naming.within_limit(segment):
            # 余额A，控制在限额以内，其中…: of the balance.
            return
        core.before = core.facets
        if "unknown" in core.marks:
            if NARROWING.search(words) and not ADVERBIAL.match("".join(token.text for token in segment)):
                state.tainted = True
            elif "fund" in core.facets and "conflict:fund" not in core.marks:
                state.fund, state.funded = core.facets["fund"], state.sentence
            return
        state.carry(core, len(self.mentions))
        own = {key: value for key, value in core.facets.items() if key in DEFINING}
        if own.keys() == {"direction"} and "lent" in core.marks:
            # 限额A，全部转贷区县: no name of what follows.
            return
        if own and not any(mark.startswith("conflict") for mark in core.marks):
            head = self._matching(own, state)
            if head is not None and segment[-1].text in ("中", "方面", "里", "之中"):
                state.heads = [head]
                head.opened = True
                state.dividing.add(state.sentence)
            else:
                state.subject = own

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

    def _listed(self, core_tokens, token, line, state, tokens, position):
        """一般债务、专项债务余额分别为A和B: the names before, the values after, in the same order."""
        at = next(index for index, each in enumerate(core_tokens) if each.kind == "list")
        names = segments.names(core_tokens[:at])
        rest = core_tokens[at + 1 :]
        cores = [read_core(name) for name in names]
        for core in cores:
            state.open(core)
        values = segments.run_of_amounts(tokens, position)
        good = len(cores) == values and len(cores) > 1 and all(each.kind == "filler" for each in rest)
        items = segments.shared(cores)
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
                state.carry(core, len(self.mentions))
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
        names = segments.names(core_tokens[:at])
        cores = [read_core(name) for name in names]
        good = len(cores) > 1 and all(each.kind == "filler" for each in core_tokens[at + 1 :])
        mention = None
        for core, facets in zip(cores, segments.shared(cores), strict=True):
            marks = core.marks if good else core.marks | {"unknown"}
            mention = self._mention(token, line, state, facets, marks, core.reason, core)
        return mention or self._mention(token, line, state, {}, {"unknown"}, "")

    def _mention(self, token, line, state, facets, marks, reason, core=None, aside=False):
        conflict = any(mark.startswith("conflict") for mark in marks)
        if not reason:
            if "unknown" in marks or conflict or state.tainted:
                reason = "wording"
            elif state.stop and not (state.adjusted and self._of_limit(facets, state)):
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
        if state.adjusted and self._of_limit(facets, state):
            circumstance.pop("basis", None)
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
        if not reason and own.get("topic") == "service" and "type" not in mention.known:
            before = [each.known for each in self.mentions if each.sentence == state.sentence and not each.reason]
            served = {each.get("type") for each in before if each.get("topic") == "service"}
            if len(served - {None}) == len(served) == 1:
                # 一般债券还本A，付息B: the interest of these bonds, or of all.
                mention.reason = reason = "wording"
        if not reason and own.keys() == {"flow"} and state.funded != state.sentence and self._after_other(state):
            # 预备费预算A，支出B: B is of that, and not of the budget that an earlier sentence spoke of.
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
            state.carry(core, mention.order)
            self.breakdowns.compare(mention, state)
        if reason in ("change", "use"):
            state.changed = mention if reason == "change" else None
            return mention
        if reason:
            # What it is nobody knows; its parts must not be taken for parts of something else.
            if state.heads and state.heads[-1].reason and not state.heads[-1].opened:
                state.heads.pop()
            state.heads.append(mention)
            return mention
        self.breakdowns.attach(mention, state)
        return mention

    def _of_limit(self, facets, state):
        """Whether an amount is a limit or a part of one: 调整后限额 is the limit, 调整后支出 not the budget."""
        if {"topic", "fund", "flow", "kind"} & set(facets) or not state.heads:
            return facets.get("topic") == "limit"
        return state.heads[-1].known.get("topic") == "limit" and not state.heads[-1].reason

    def _after_other(self, state):
        """Whether the sentence began with an amount of something that is none of the budgets."""
        first = next((each for each in self.mentions[state.first :] if each.sentence == state.sentence), None)
        return first is not None and first.own.get("topic") == "none" and first.within is None

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
