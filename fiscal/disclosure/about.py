"""What is true of a whole document, or of all that stands below its headings."""

import re
from collections import Counter
from dataclasses import dataclass

from fiscal.disclosure import outline, places
from fiscal.disclosure.core import AREA, read_core
from fiscal.disclosure.phrases import DEFINING
from fiscal.disclosure.tokens import tokens

YEAR = re.compile(r"([12][0-9]{3})年")
MONTH = re.compile(r"([12][0-9]{3})年(?:[0-9]{1,2}月?[-—–~至到])?([0-9]{1,2})月(?![0-9]*日)")
# 注：以上均为快报数: said once for all amounts.
NOTED = re.compile(
    r"(?:以上|上述|文中|本文|所列|本表|表中)[^。,;]{0,12}?(?:为|系|是|均为|采用)(决算数|执行数|快报数|预计执行数|预算数|预计数)"
)


# The title of a table says nothing for the rest of the document.
TABLE = re.compile(r"(?:附?表|附件)[0-9一二三四五六七八九十:]")
PLANNED = re.compile(r"预算\(?(?:草案|安排|编制)|年预算$|^预算$|支出计划|收支计划")


@dataclass(frozen=True)
class About:
    """What is true of the whole document: whose it is, of which year, on which basis unless it says otherwise."""

    disclosure: str
    place: places.Place
    year: int
    basis: str
    as_of: str
    heading: dict


def about(blocks, place, year, disclosure, lexicon):
    """What the title, or else the words of a document say; ``year`` is 0 where nothing does."""
    first = [
        block for block in blocks[:4] if block.clause.startswith("¶") and not outline.AMOUNT.search(block.line.text)
    ]
    title = [block for block in first if block.kind == "heading" or (block is blocks[0] and len(block.line.text) <= 80)]
    words = "".join(block.line.text for block in title) or (blocks[0].line.text[:80] if blocks else "")
    text = "".join(block.line.text for block in blocks)
    if year is None:
        said = [token.facets["year"] for token in tokens(words, lexicon) if token.facets.get("year", "").isdecimal()]
        counted = Counter(YEAR.findall(text))
        year = int(said[0] if said else max(counted, key=counted.get, default="0"))
    month = MONTH.search(words)
    as_of = f"{int(month[1])}-{int(month[2]):02}" if month and int(month[2]) < 12 and int(month[1]) == year else ""
    heading = said_by([block.line for block in title if not TABLE.match(block.line.text)], lexicon, named=False)
    basis = _basis(words, text, as_of) if title else _unnamed(text, as_of)
    if noted := NOTED.search(text):
        basis = lexicon.get(noted[1]).facets["basis"]
    return About(disclosure, place, int(year), basis, as_of, heading)


NAMES = re.compile(r"(?:一般公共|公共财政|政府性基金|基金|国有资本经营|社会保险基金)预算|预算绩效|预算公开")
ADJUSTING = re.compile(r"预算(?:的)?(?:调整|变更)(?:方案|草案|\(草案\)|情况|事项|的|$)")
# What of a title only says that it is one of a table: 表1, 情况表.
NUMBERED = re.compile(r"附?[表件][0-9一二三四五六七八九十]+(?:[-.][0-9]+)?[:、 ]?")
TABULATED = re.compile(r"(?:情况|明细|统计)*(?:公开)?总?表(?:\([^()]*\))?$")
DONE = re.compile(r"决算|完成|执行|发行|偿还|还本|付息|实际|余额|限额|到位")


def _basis(title, text, as_of):
    """Which accounts a document speaks of, from its title, else from its words."""
    years, title, named = set(YEAR.findall(title)), NAMES.sub("", title), "预算" in title
    if "决算" in title:
        return "final"
    if ADJUSTING.search(title) and not re.search("执行|快报", title):
        # What a plan of adjustments gives without saying more is the budget; what is adjusted says so.
        return "budget"
    if as_of or re.search(r"执行|快报", title):
        # 转移支付执行情况的说明 of accounts that are called 决算数 all through is about these.
        settled = "决算数" in text and not re.search(r"执行数|快报|预计|草案|预算执行", title + text)
        return "final" if settled and not as_of else "execution"
    if "草案" in title:
        return "budget"
    if len(years) < 2 and "预算" in title and "调整" not in title and not re.search("决算|执行", text):
        return "budget"
    planned = re.search(r"安排|年初预算|提前下达", text) if named else re.search(r"年初预算|提前下达", text)
    return "budget" if planned and not DONE.search(text.replace("执行中", "").replace("还本支出", "")) else "final"


def _unnamed(text, as_of):
    """Which accounts a text without a title speaks of: a plan only if it plans one year and reports nothing."""
    if as_of:
        return "execution"
    # 收入95亿元（年初预算100亿元）: what is called a budget says that the others are none.
    planned = re.search(r"安排|提前下达", text) and len(set(YEAR.findall(text))) < 2
    return "budget" if planned and not DONE.search(text.replace("执行中", "").replace("还本支出", "")) else "final"


def said_by(lines, lexicon, named=True):
    """What headings, outermost first, say for the text below them; ``named``: they name what that text is about.

    The title of a document that speaks of the own level (市本级决算的报告) speaks of the whole all the same.
    """
    context = {}
    for line in lines:
        found = tokens(line.text, lexicon)
        core = read_core(found)
        facets = core.facets
        exact = "unknown" not in core.marks
        for key in ("fund", "direction"):
            if key in facets and f"conflict:{key}" not in core.marks:
                context[key] = facets[key]
        if re.search("债务|债券|举债|举借", line.text):
            context["debt"] = "yes"
        scoped = "scope" in facets and "conflict:scope" not in core.marks and "direction" not in facets
        if scoped and (facets["scope"] == "whole" or exact or _is_title(line.text, lexicon)):
            for key in AREA:
                context.pop(key, None)
                if facets.get(key):
                    context[key] = facets[key]
        elif named and scoped and context.get("scope") != facets["scope"]:
            # 市本级 and words that nobody knows: whose what follows is, they may say or not.
            context |= {"scope": "unclear"}
        if "year" in facets and "会议" not in line.text and "conflict:year" not in core.marks:
            context["year"] = facets["year"]
        if PLANNED.search(line.text) and "conflict:year" not in core.marks:
            context["basis"] = "budget"
        if ADJUSTING.search(line.text):
            context["adjusted"] = "yes"
        if exact and not any(mark.startswith("conflict") for mark in core.marks):
            subject = {k: v for k, v in facets.items() if k in DEFINING and k not in ("direction", "fund", "flow")}
            if subject:
                context["subject"] = subject
        elif "subject" in context:
            del context["subject"]
    return context


def _is_title(text, lexicon):
    """Whether a line is known but for the words that make it the title of a table: 表1 2023年州本级收支决算情况表."""
    ends = TABULATED.search(text)
    begins = NUMBERED.match(text)
    return (
        bool(ends)
        and "unknown" not in read_core(tokens(text[begins.end() if begins else 0 : ends.start()], lexicon)).marks
    )
