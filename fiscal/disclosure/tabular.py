"""Standard tables: rows by concept, columns by scope, basis or year, in a document's tables or in lines of its text."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from fiscal.disclosure import breakdowns, grid, header, normal
from fiscal.disclosure.about import said_by
from fiscal.disclosure.core import AREA, CIRCUMSTANCE, merged, read_core
from fiscal.disclosure.mention import Mention
from fiscal.disclosure.phrases import DEFINING, concept
from fiscal.disclosure.tokens import Token, tokens

AREAS = re.compile(r"地区|区县|县区|市县|县市|区域|单位名称|级次|乡镇")
NUMBERED = [
    re.compile(r"([一二三四五六七八九十]+)[、.]"),
    re.compile(r"\(([一二三四五六七八九十]+)\)"),
    re.compile(r"([0-9]{1,2})[、.](?![0-9])"),
    re.compile(r"\(([0-9]{1,2})\)"),
]
# Rows after which 收入合计 is more than the revenue of a budget.
FOREIGN = re.compile(
    "上级|补助|转移|转贷|(?:债务|债券)(?!付息|利息|发行费)|结转|结余|调入|调出|上解|稳定调节|总计|总量"
)
INCOMING, OUTGOING = re.compile("收入$"), re.compile("支出$")
TRANSFERS = {"returning", "general", "special"}
TYPE_OF = {"general_public": "general", "government_fund": "special"}
ROW_NUMBER = re.compile(r"^\s*[0-9０-９]{1,3}[ \u3000]+(?=[^0-9０-９\s])")
ISSUED = re.compile("发行|举借|借入|转贷")
CURRENT = re.compile("[本当]年")
ABOVE = 300  # characters above a table in which its title stands
DEEP = 100  # rows below a whole in which its parts stand
NUMBERING = re.compile(r"(?:附?[表件][0-9一二三四五六七八九十]+(?:[-.][0-9]+)?[:、 ]?)?")
CALLED = re.compile(
    r"(?:分(?:地区|区域|县区|县市区|区县|市县|县市|乡镇|级次)|(?:地区|区县|县区|市县)分布)?"
    r"(?:(?:预算|决算|执行|收入|支出)(?:数|情况)?|情况|明细|统计)*(?:公开)?表(?:\(.*|.{0,12}单位.*)?$"
)


@dataclass(frozen=True)
class Sheet:
    """A table with what stands around it: rows of cells, unit, the headings above; are its columns ``certain``?"""

    rows: list
    unit: str
    headings: tuple
    clause: str
    certain: bool = True


def mentions(document, blocks, lexicon, about):
    """A mention for each amount of each table."""
    found = []
    for sheet in _sheets(document, blocks):
        context = about.heading | said_by(list(sheet.headings), lexicon)
        context["title"] = said_by([_bare(line) for line in sheet.headings[-1:]], lexicon).get("subject", {})
        found += _read(sheet, lexicon, context)
    return found


def _bare(line):
    """The title of a table without what only says that it is one: 表10, 分地区决算表."""
    begins, ends = NUMBERING.match(line.text), CALLED.search(line.text)
    return line[begins.end() : ends.start() if ends else len(line.text)]


def _sheets(document, blocks):
    """Tables of the file, or runs of lines whose cells are set apart."""
    starts = [block.start for block in blocks]
    common, end = None, 0
    for table in document.tables:
        at = bisect_right(starts, table.start)
        before, after = blocks[max(at - 4, 0) : at], blocks[at : at + 1]
        near = before or after
        between, end = [block.line.text for block in before if block.start >= end], table.end
        common = _common_unit(blocks) if common is None else common
        rows = [list(row) for row in table.rows]
        titles, rows = _titles(rows)
        lines = [normal.line(cell.text, cell.start) for cell in titles]
        unit = _nearest([*between, *(line.text for line in lines)]) or header.unit(_flat(rows[:4])) or common
        path = (*(near[-1].headings if before else ()), *(block.line for block in before if block.kind == "heading"))
        yield Sheet(rows, unit, (*path, *lines), near[-1].clause if near else "¶1")
    run, before, between, end = [], [], [], 0
    for block in [*blocks, None]:
        if block is not None and block.kind == "row":
            run.append(block)
            continue
        if len(run) > 1:
            common = _common_unit(blocks) if common is None else common
            for spans in grid.tables(document.text, [(each.start, each.end) for each in run]):
                rows = grid.cells(document.text, spans)
                path, end = _above(run, before, document.text[: spans[0][0]], end), spans[-1][1]
                if rows is None:
                    yield Sheet(grid.loose(document.text, spans), "", path, run[0].clause, certain=False)
                    continue
                titles, rows = _titles(rows)
                said = [*between[-4:], *(normal.line(cell.text).text for cell in titles)]
                unit = _nearest(said) or header.unit(_flat(rows[:4])) or common
                yield Sheet(rows, unit, path, run[0].clause)
                between = []
        run = []
        if block is not None:
            before.append(block)
            between.append(document.text[block.start : block.end].translate(normal.WIDE))


def _above(run, before, text, end):
    """The headings of a table in lines of text, which begins after ``text``; the last table ended at ``end``.

    The title of a table before it says nothing of this one.
    """
    path = [line for line in run[0].headings if line.places[0] >= end or "表" not in line.text]
    path += [each.line for each in before[-3:] if each.kind == "heading" and each.start >= end]
    near, place = [], max(end, len(text) - ABOVE)
    for words in text[place:].splitlines(keepends=True):
        if "表" in words and not words.lstrip().startswith(("注", "备注", "说明")):
            near = [normal.line(words, place)]
        place += len(words)
    last = [line for line in near if line.text not in {each.text for each in path[-1:]}]
    return (*(line for line in path if not header.unit(line.text) or "表" in line.text), *last)


def _titles(rows):
    """Rows above the header in which only one cell is filled: the title of the table, its unit."""
    titles = []
    while rows:
        filled = {id(cell): cell for cell in rows[0] if cell.text}
        if len(filled) > 1:
            break
        titles += filled.values()
        rows = rows[1:]
    return titles, rows


def _nearest(lines):
    """The unit that the last of these lines to name one gives."""
    return next((unit for line in reversed(lines) if (unit := header.unit(line))), "")


def _common_unit(blocks):
    """The unit of a table that names none: the one that the document names, if it never names another."""
    found = {unit for block in blocks if (unit := header.unit(block.line.text))}
    return found.pop() if len(found) == 1 else ""


def _flat(rows):
    return "\n".join(normal.line(cell.text).text for row in rows for cell in row)


def _read(sheet, lexicon, context):
    rows = sheet.rows
    head = next((i for i, row in enumerate(rows) if any(header.value(cell) for cell in row[1:])), len(rows))
    if head in (0, len(rows)):
        return [] if sheet.certain else _unclear(sheet)
    while head > 1 and _only_named(rows[head - 1]):
        head -= 1
    width = max(len(row) for row in rows)
    body = rows[head:]
    columns = header.columns(rows[:head], body, width, lexicon)
    if not sheet.certain or not header.agrees(columns, body):
        return _unclear(sheet)
    units = next((i for i in range(width) if header.UNIT_COLUMN.fullmatch(columns[i].text)), None)
    worded = [i for i in range(width) if i != units and not columns[i].aside and _worded(body, i)]
    found = []
    for labels, end in _sides(worded, width):
        found += _side(body, labels, end, columns, units, sheet, lexicon, context)
    return found


def _unclear(sheet):
    """The amounts of a table whose columns are not certain: none of them is a figure."""
    found = []
    for row in sheet.rows:
        for cell in dict.fromkeys(row):
            if header.value(cell) and row.index(cell) > 0:
                found.append(_nameless(cell, sheet))
    return found


def _sides(worded, width):
    """The columns of words and what ends their side: revenue on the left of a table, expenditure on its right."""
    labels = []
    for index in range(width + 1):
        if index in worded and labels and labels[-1] < index - 1:
            yield labels, index
            labels = []
        if index in worded:
            labels.append(index)
    if labels:
        yield labels, width


def _side(rows, labels, end, columns, units, sheet, lexicon, context):
    """The mentions of one side of a table: its rows, named by the words in the columns ``labels``."""
    label = labels[-1]
    areas = bool(AREAS.search(columns[labels[0]].text))
    found, stack, order, tops, totals, listed, depth, foreign = [], [], [], [], [], 0, 0, set()
    for index in header.same(columns, range(label + 1, end), rows):
        columns[index].core.marks.add("unknown")
    for row in rows:
        named = list(dict.fromkeys(row[index] for index in labels if index < len(row) and row[index].text))
        if header.formulas(row):
            continue
        if not named:
            # What a row without a name is nobody knows, nor what the rows below it are parts of.
            nameless = [i for i in range(label + 1, min(end, len(row))) if header.value(row[i])]
            if nameless:
                stack, listed, depth = [(0, {i: _nameless(row[i], sheet) for i in nameless})], 1, 0
                found += stack[0][1].values()
            continue
        words = normal.line(ROW_NUMBER.sub("", "".join(cell.text for cell in named))).text
        part = words.startswith("其中")
        depth, words, listed = _depth(words, listed, depth)
        unit = header.unit(words) or (row[units].text if units is not None and units < len(row) else "")
        if areas:
            words = re.sub("(?<=.)[小合]计$", "", words)
        core = read_core(tokens(header.UNITS.sub("", words), lexicon))
        if ISSUED.search(words):
            core.marks.add("issued")
        _sum_up(core, words, context, core.summed in foreign)
        if core.summed:
            foreign.clear()
        if "总" in words:
            foreign.clear()
        elif FOREIGN.search(words):
            # 转移支付收入 is none of what 支出合计 sums up.
            foreign |= {"in"} if INCOMING.search(words) else {"out"} if OUTGOING.search(words) else {"in", "out"}
        if areas and "total" in core.marks and not core.facets:
            core.facets |= {"scope": "whole"}
        while stack and stack[-1][0] >= depth:
            stack.pop()
        if part and not stack:
            # Of what, nobody says.
            core.marks.add("unknown")
        held, said = {}, context | _section(stack)
        for index in range(label + 1, min(end, len(row))):
            value = header.value(row[index])
            if columns[index].skip or (index > label + 1 and row[index] is row[index - 1]):
                continue
            if value is None:
                # The rows below are parts of this one all the same.
                held[index] = _mention(row[index], ("", "", ""), core, columns[index], unit, sheet, said, areas)
                _attach(held[index], stack, index, areas)
                continue
            mention = _mention(row[index], value, core, columns[index], unit, sheet, said, areas)
            _attach(mention, stack, index, areas)
            if "total" in core.marks and not core.facets and not areas and mention.reason == "no_concept":
                totals.append((mention, index))
            held[index] = mention
            found.append(mention)
        stack.append((depth, held))
        order.append(held)
        if depth == 0 or len(stack) == 1:
            tops.append(held)
    for index in range(label + 1, end):
        _budget([held[index] for held in order if index in held and held[index].token.text])
    for mention, index in totals:
        _total(
            mention,
            [each[index] for each in tops if index in each and each[index] is not mention and each[index].token.text],
        )
    return found


def _section(stack):
    """The budget that the rows above name which only name those below them: 二、政府性基金预算."""
    for _, held in reversed(stack):
        funds = {each.own.get("fund") for each in held.values() if not each.reason}
        if len(funds) == 1 and None not in funds and not any(each.token.text for each in held.values()):
            return {"fund": funds.pop()}
    return {}


def _budget(column):
    """上级补助收入 above 返还性, 一般性 and 专项 that add up to it is of the general public budget."""
    for at, whole in enumerate(column):
        if whole.reason not in ("", "no_concept") or whole.known.get("part") != "total" or "fund" in whole.known:
            continue
        parts = {}
        for part in column[at + 1 : at + DEEP]:
            if part.known.get("part") == "total" or set(parts) == TRANSFERS:
                break
            if part.known.get("part") in TRANSFERS and not part.reason:
                parts.setdefault(part.known["part"], part)
        values = [each.value[0] for each in (whole, *parts.values())]
        if set(parts) == TRANSFERS and None not in values and values[0] == sum(values[1:]):
            whole.facets["fund"], whole.reason = "general_public", ""


def _total(mention, parts):
    """合计 below its parts, the rows that stand outermost: what they have in common, if they make it up."""
    values = [part.value[0] for part in (mention, *parts)]
    if len(parts) < 2 or None in values or values[0] != sum(values[1:]) or any(part.reason for part in parts):
        return
    known = [part.known for part in parts]
    same = dict(set(known[0].items()).intersection(*(each.items() for each in known)))
    for key, names, whole in (("part", TRANSFERS, "total"), ("type", {"general", "special"}, None)):
        if {each.get(key) for each in known} == names and all(each.keys() - same.keys() == {key} for each in known):
            mention.facets.update(same | ({key: whole} if whole else {}))
            mention.reason, mention.carried = "", {}
            mention.circumstance = dict(parts[0].circumstance) | mention.circumstance


def _only_named(row):
    """Whether a row only names those below it: 一、债券发行."""
    texts = [text for cell in row if (text := normal.line(cell.text).text) and not text.isdecimal()]
    texts = [text for text in texts if not header.FORMULA.fullmatch(text)]
    return len(texts) == 1 and any(pattern.match(texts[0]) for pattern in NUMBERED)


def _nameless(cell, sheet):
    line = normal.line(cell.text, cell.start)
    return Mention(Token("amount", line.text, 0, len(line.text)), line, sheet.clause, -1, {}, {}, reason="wording")


def _sum_up(core, words, context, foreign):
    """一般公共预算收入合计 is the revenue, unless transfers or debt stand among what it sums up."""
    fund = core.facets.get("fund") or (context.get("fund") if CURRENT.match(words) else None)
    if core.summed and fund and not foreign and core.facets.get("topic") == "none":
        del core.facets["topic"]
        core.facets |= {"fund": fund, "flow": core.summed}


def _worded(rows, index):
    words = [row[index].text for row in rows if index < len(row) and row[index].text]
    return bool(words) and sum(bool(re.search("[\u4e00-\u9fff]", each)) for each in words) > len(words) / 2


def _depth(text, listed, above):
    """How deep a row stands, its words without numbering, and the depth that plain rows go on with.

    其中 opens a list below the row ``above`` it, and so does a number; rows without numbering stay in that list.
    """
    for level, pattern in enumerate(NUMBERED):
        if match := pattern.match(text):
            return level * 2, text[match.end() :], level * 2 + 1
    if match := re.match(r"其中[:：]?", text):
        return above + 1, text[match.end() :], above + 1
    return listed, text, listed


def _mention(cell, value, core, column, unit, sheet, context, areas):
    marks = core.marks | column.core.marks
    facets = dict(core.facets)
    reason = core.reason or column.core.reason
    for key, given in column.core.facets.items():
        if {facets.get(key), given} == {"expected", "execution"}:
            # 余额预计执行数 in the column 执行数: the row says it better.
            given = "expected"
        elif key == "subject" and {facets.get(key), given} == {"bonds", "debt"} and "type" in column.core.facets:
            # 新增债券 in the column 一般债务: the bonds of this type.
            given = "bonds"
        elif facets.get(key, given) != given:
            reason = reason or "wording"
        facets[key] = given
    if not reason and "unknown" in column.core.marks:
        reason = "wording"
    if not reason and ("unknown" in core.marks or any(mark.startswith("conflict") for mark in marks)):
        reason = "part_of_area" if areas else "wording"
    if not reason and not {"scope", *DEFINING} & set(core.facets):
        reason = "no_concept"
    if facets.get("basis") == "other":
        reason = reason or "basis"
    circumstance = {key: context[key] for key in ("scope", "interpreted", "label", "year", "basis") if key in context}
    for key in CIRCUMSTANCE:
        if key in facets:
            circumstance[key] = facets[key]
    if "scope" in facets and "interpreted" not in facets:
        circumstance.pop("interpreted", None)
    own = {key: each for key, each in facets.items() if key in DEFINING}
    if areas and "topic" not in own and merged(context["title"], own) is not None:
        # 对下转移支付分地区表 with the columns 合计, 税收返还: what the title says is theirs.
        facets |= {key: each for key, each in context["title"].items() if key not in own}
        own = {key: each for key, each in facets.items() if key in DEFINING}
    if areas and (own.get("direction") or context.get("direction")) == "paid":
        for key in AREA if facets.get("scope") == "whole" else ():
            # All areas together are whom it was paid to, not who paid.
            circumstance.pop(key, None)
    line = normal.line(cell.text, cell.start)
    named = {each for each in (value[2], unit, column.unit) if each}
    if len(named) > 1 and not reason:
        reason = "unit"
    unit = value[2] or unit or column.unit or sheet.unit
    token = Token("amount", value[1], 0, len(line.text) - len(value[2] or ""), unit=unit)
    mention = Mention(token, line, sheet.clause, -1, own, circumstance, reason=reason)
    filled = {}
    if own.get("topic") == "transfer":
        filled = {key: context[key] for key in ("direction", "fund") if key in context and key not in own}
    elif own.get("topic") in ("limit", "balance") and "subject" not in own and context.get("debt"):
        filled = {"subject": "debt"}
    elif "issued" in core.marks and context.get("subject", {}).get("topic") in ("balance", "limit"):
        # 一般债务发行额 in a table of balances is none.
        filled = {}
    elif not own.get("topic") and context.get("subject") and merged(context["subject"], own) is not None:
        filled = {key: each for key, each in context["subject"].items() if key not in own}
    elif (
        own.get("topic") == "service"
        and "type" not in own
        and context.get("fund") in TYPE_OF
        and not context.get("debt")
    ):
        # 债务付息支出 in the table of a budget is of the debt that this budget serves.
        filled = {"type": TYPE_OF[context["fund"]]}
    elif own.keys() == {"flow"} and "fund" in context and not {"direction", "debt"} & context.keys():
        filled = {"fund": context["fund"]}
    mention.carried, mention.said = filled, frozenset(facets)
    return mention


def _attach(mention, stack, index, areas):
    """The nearest row above and outside that this one may be a part of."""
    if areas or mention.reason not in ("", "no_concept"):
        return
    for _, held in reversed(stack):
        head = held.get(index)
        if head is None:
            continue
        if head.reason not in ("", "no_concept"):
            # What is a part of something that was not understood is not understood either.
            mention.reason = head.reason
            return
        known = head.known
        if not known or (merged(known, mention.own) is not None and not breakdowns.independent(mention.own, known)):
            if concept(known) and concept(known | mention.own) == concept(known) and _differs(mention, head):
                # 政府性基金补助收入 below 政府性基金转移支付收入: a part of it by another name.
                mention.reason = mention.reason or "no_concept"
            mention.head, mention.explicit = head, True
            mention.carried = {key: value for key, value in mention.carried.items() if key not in known}
            for key in ("year", "point", "month", "basis", "scope", "interpreted", "label"):
                if key in head.circumstance and key not in mention.said:
                    mention.circumstance[key] = head.circumstance[key]
            return


def _differs(mention, head):
    """Whether a part is of the same area, year and basis as its whole, and of another value (or that has none)."""
    same = all(mention.circumstance.get(key) == head.circumstance.get(key) for key in ("scope", "year", "basis"))
    return same and mention.value[0] != head.value[0]
