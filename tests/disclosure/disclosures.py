"""Disclosures written from known figures, in many of the ways in which governments word, order and print them.

``write(random)`` invents a government's year, consistent to the yuan (parts make up wholes, own and lower levels the
whole area, balances stay within limits), and a document about it: a list of paragraphs in which each amount is one
private character. ``printed(draft, manner)`` turns that into text and tells for every amount where it stands and
which figure it is, if any. The wordings come from published documents, not from the reader's vocabulary.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from opencc import OpenCC

FIRST = 0xF0000  # the private character of the first amount; those of a document follow it
FACTOR = {"亿元": 10**8, "万元": 10**4, "元": 1}
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789.,%"}
NARROW = str.maketrans("，。：；（）、", ",。:;()、")


@dataclass(frozen=True)
class Amount:
    """A value in yuan and how it is printed; ``figures``: each (concept, scope, basis, year) that it may be read as.

    An amount without figures must not be read as one.
    """

    value: int
    unit: str
    bare: bool = False
    figures: tuple = ()


@dataclass(frozen=True)
class Draft:
    """Paragraphs (text, or rows of cells) with private characters for ``amounts``; whose document, of which year.

    ``values``: what (concept, scope, year) is in yuan, printed or not.
    """

    paragraphs: tuple
    amounts: tuple
    jurisdiction: str
    year: int
    values: dict


@dataclass(frozen=True)
class Manner:
    """How a draft is put on paper: what changes no figure."""

    traditional: bool = False
    wide: bool = False
    narrow: bool = False
    spaced: float = 0.0
    parted: str = ""  # between a number and its unit
    grouped: bool = False  # thousands separators
    zeros: bool = False  # 33.40 rather than 33.4
    width: int = 0  # characters of a line, 0 for unbroken lines
    separator: str = "\t"
    indent: str = ""
    newline: str = "\n"


PLAIN = Manner()


@dataclass(frozen=True)
class Print:
    """Where an amount stands in the text: ``text[start:end]`` is its number."""

    start: int
    end: int
    amount: Amount


def printed(draft, manner=PLAIN, random=None):
    """The text of a draft and the Print of each of its amounts, in the order of the text."""
    pieces, prints, length = [], [], 0

    def put(text):
        nonlocal length
        pieces.append(text)
        length += len(text)

    for paragraph in draft.paragraphs:
        column, broken, before = 0, manner.width and isinstance(paragraph, str), ""
        for character in manner.indent + _row(paragraph, manner):
            # A line breaks anywhere but within a number and before punctuation.
            whole = before.isdecimal() and (character.isdecimal() or character == "%")
            if broken and column >= manner.width and character not in "，。：；、）.%" and not whole:
                put(manner.newline)
                column = 0
            column, before = column + 1, character
            if ord(character) < FIRST:
                put(_shaped(character, manner))
                if "\u4e00" <= character <= "\u9fff" and manner.spaced and random.random() < manner.spaced:
                    put(" ")
                continue
            amount = draft.amounts[ord(character) - FIRST]
            number = _number(amount, manner)
            prints.append(Print(length, length + len(number), amount))
            put(number)
            column += len(number)
            if not amount.bare:
                put(manner.parted + "".join(_shaped(each, manner) for each in amount.unit))
                column += 2
        put(manner.newline)
    return "".join(pieces), prints


def _row(paragraph, manner):
    if isinstance(paragraph, str):
        return paragraph
    if manner.separator == "|":
        return "| " + " | ".join(paragraph) + " |"
    return manner.separator.join(paragraph)


def _shaped(character, manner):
    if manner.traditional:
        character = _traditional(character)
    if manner.wide:
        character = character.translate(WIDE)
    return character.translate(NARROW) if manner.narrow else character


@cache
def _traditional(character):
    found = _opencc().convert(character)
    return found if len(found) == 1 else character


@cache
def _opencc():
    return OpenCC("s2t")


def _number(amount, manner):
    number = Decimal(amount.value) / FACTOR[amount.unit]
    text = f"{number:,f}" if manner.grouped and amount.unit != "亿元" else f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if manner.zeros and amount.unit == "亿元":
        whole, _, decimals = text.partition(".")
        text = f"{whole}.{decimals:0<2}"
    return text.translate(WIDE) if manner.wide else text


# A government's year

NAMES = ["青山", "临江", "永安", "石泉", "平远", "宁河", "东川", "云岭", "白水", "金沙", "望城", "海丰"]
PARTS = ["新民", "长岭", "双河", "清溪", "南湖", "大石"]
LEVELS = {
    "county": ("县", ("市财政局", "省财政厅", "市", "省")),
    "district": ("区", ("市财政局", "市政府", "市", "省财政厅")),
    "banner": ("旗", ("自治区财政厅", "自治区", "市财政局")),
    "prefecture": ("市", ("省财政厅", "自治区财政厅", "省政府", "省", "自治区")),
    "autonomous": ("州", ("省财政厅", "省政府", "省")),
    "province": ("省", ("财政部", "国务院", "中央")),
}
LOWER = {
    "县": ["乡镇", "各乡镇", "乡（镇）"],
    "区": ["街道", "乡镇", "各镇街"],
    "旗": ["苏木乡镇", "乡镇"],
    "市": ["区县", "县市区", "各区县", "县（市、区）", "县区"],
    "州": ["县市", "各县市", "县（市）"],
    "省": ["市县", "各市县", "市州"],
}
TYPES = ("general", "special")
BUDGETS = {"general_public": "一般公共预算", "government_fund": "政府性基金预算", "state_capital": "国有资本经营预算"}


class Writer:
    """Invents values, chooses words, and keeps the amounts of a draft."""

    def __init__(self, random):
        self.random = random
        self.amounts = []
        kind = self.pick(*LEVELS)
        self.us, above = LEVELS[kind]
        self.name = self.pick(*NAMES) + self.us
        self.superior = self.pick(*above)
        self.year = random.randint(2015, 2024)
        self.basis = self.pick("final", "final", "final", "execution")
        self.split = kind in ("prefecture", "autonomous", "province") and self.maybe(0.6)
        self.quantum = self.pick(10**6, 10**6, 10**7, 10**4, 10**4)
        self.units = self.pick(["亿元"], ["亿元"], ["万元"], ["万元"], ["元"], ["亿元", "万元"])
        self.unit_now = None
        # In some years the whole new limit is of one type.
        self.only = self.pick(*TYPES) if self.maybe(0.1) else None
        self.values = {}
        self.invent()

    # Choosing

    def pick(self, *choices):
        return self.random.choice(choices)

    def maybe(self, chance=0.5):
        return self.random.random() < chance

    def some(self, chance, *choices):
        return self.pick(*choices) if self.maybe(chance) else ""

    def shuffled(self, *items):
        items = list(items)
        self.random.shuffle(items)
        return items

    # Values

    def value(self, low=50, high=90_000):
        return self.random.randint(low, high) * self.quantum

    def invent(self):
        for scope in ("own", "lower"):
            for type in TYPES:
                limit, new = self.value(20_000, 90_000), self.value(100, 5_000)
                if self.only not in (None, type):
                    new = 0
                used, refinanced = limit - self.value(0, 900), self.value(100, 4_000)
                principal = refinanced + self.value(1, 500)
                for stock, at_end in (("debt.limit.year_end", limit), ("debt.balance", used)):
                    self.values[f"{stock}.{type}", scope, 0] = at_end
                self.values[f"debt.balance.{type}", scope, -1] = used - new - refinanced + principal
                self.values[f"debt.limit.year_end.{type}", scope, -1] = limit - new
                self.values[f"debt.limit.new.{type}", scope, 0] = new
                self.values[f"debt.bonds.new.{type}", scope, 0] = new
                self.values[f"debt.bonds.refinancing.{type}", scope, 0] = refinanced
                self.values[f"debt.bonds.swap.{type}", scope, 0] = self.value(1, 900)
                for year in (0, 1):
                    self.values[f"debt.service.principal.{type}", scope, year] = principal + year * self.value(1, 99)
                    self.values[f"debt.service.interest.{type}", scope, year] = self.value(50, 900)
            for budget in BUDGETS:
                for year in (0, 1):
                    for side in ("revenue", "expenditure"):
                        self.values[f"{side}.{budget}", scope, year] = self.value()
            received = "transfers.received.general_public"
            self.values[f"{received}.returning", scope, 0] = self.value(50, 9_000)
            self.values[f"{received}.grants.general", scope, 0] = general = self.value(9_000, 90_000)
            self.values[f"{received}.grants.general.shared", scope, 0] = general // self.quantum // 3 * self.quantum
            self.values[f"{received}.grants.special", scope, 0] = self.value(50, 30_000)
            self.values["expenditure.three_public", scope, 0] = self.value(1, 90)
            for budget in ("government_fund", "state_capital"):
                self.values[f"transfers.received.{budget}", scope, 0] = self.value(10, 9_000)
        for (concept, scope, year), value in list(self.values.items()):
            if scope == "own":
                self.values[concept, "whole", year] = value + self.values[concept, "lower", year]
                if concept.startswith("transfers.received"):
                    paid = concept.replace("received", "paid")
                    self.values[paid, "own", year] = self.values[concept, "lower", year]

    def known(self, concept, scope, year=0):
        """The value of a figure: as invented, or the sum of its parts."""
        if (value := self.values.get((concept, scope, year))) is not None:
            return value
        if concept == "debt.service":
            parts = ["debt.service.principal", "debt.service.interest"]
        elif concept.endswith("general_public"):
            parts = [f"{concept}.returning", f"{concept}.grants"]
        elif concept.endswith("grants"):
            parts = [f"{concept}.general", f"{concept}.special"]
        else:
            parts = [f"{concept}.{type}" for type in TYPES]
        return sum(self.known(part, scope, year) for part in parts)

    def everything(self):
        """The value of each (concept, scope, year), with the sums."""
        values = {}
        for (concept, scope, year), value in self.values.items():
            values[concept, scope, self.year + year] = value
            while concept.startswith(("debt", "transfers")) and concept.count(".") > 1:
                concept = concept.rpartition(".")[0]
                if not concept.endswith((".received", ".paid", ".grants.general", "debt.bonds", "debt.limit")):
                    values[concept, scope, self.year + year] = self.known(concept, scope, year)
        return values

    # Amounts

    def unit(self, value):
        """A unit that a value prints in without loss and without four noughts too many."""
        fit = [unit for unit in self.units if unit == "元" or value % (FACTOR[unit] // 10**4) == 0]
        if self.unit_now is None:
            self.unit_now = self.pick(*self.units)
        return self.unit_now if self.unit_now in fit else (fit or ["元"])[0]

    def put(self, amount):
        self.amounts.append(amount)
        return chr(FIRST + len(self.amounts) - 1)

    def figure(self, concept, scope="whole", year=0, basis=None, **more):
        """The private character of a figure; of the year before, a report on execution has the final accounts."""
        value = self.known(concept, scope, year)
        bases = [basis or self.basis]
        if not basis and year < 0 and self.basis == "execution":
            bases.append("final")
        figures = tuple((concept, scope, each, self.year + year) for each in bases)
        unit = more.pop("unit", None) or self.unit(value)
        return self.put(Amount(value, unit, figures=figures, **more))

    def other(self, value=None, **more):
        """An amount that is no figure."""
        value = self.value(1, 9_000) if value is None else value
        return self.put(Amount(value, more.pop("unit", None) or self.unit(value), **more))

    def percent(self):
        return f"{self.random.randint(1, 1999) / self.pick(10, 100):g}%"

    # Words

    def who(self, scope, named=True):
        """What a text calls the whole area, its own level or the level below."""
        if scope == "whole":
            names = [f"全{self.us}", f"全{self.us}", f"我{self.us}", *([self.name] if named else [])]
            return self.pick(*names)
        if scope == "own":
            return self.pick(f"{self.us}本级", f"{self.us}本级", f"{self.us}级")
        return self.pick(*LOWER[self.us])

    def date(self, year=0):
        year += self.year
        return self.pick(
            f"截至{year}年末，", f"截至{year}年底，", f"截至{year}年12月31日，", f"{year}年末，", f"{year}年底，",
            f"{year}年末", f"到{year}年底，", f"截止{year}年末，", f"截至{year}年12月底，",
        )  # fmt: skip

    def during(self, year=0):
        year += self.year
        return self.pick(f"{year}年，", f"{year}年", f"{year}年度，", f"{year}年全年，")

    def growth(self, chance=0.3):
        return self.some(
            chance,
            f"，同比增长{self.percent()}",
            f"，比上年增长{self.percent()}",
            f"，下降{self.percent()}",
            f"，增幅{self.percent()}",
            f"，较上年增加{self.other()}，增长{self.percent()}",
            f"，比上年减少{self.other()}，下降{self.percent()}",
            f"，较上年增加{self.other()}",
        )


# How a total is broken down into general and special


def typed(w, concept, scope, noun, total, lead="", **more):
    """``total`` is the words for the whole up to its amount; the parts are put before it, in it or after it."""
    short = noun[:2]
    names = w.pick([f"一般{noun}", f"专项{noun}"], [f"一般{short}", f"专项{short}"])
    if lead and w.maybe(0.4):
        names = [lead + name for name in names]
    whole = f"{total}{w.pick('', '', '为', '共')}{w.figure(concept, scope, **more)}"
    first, second = w.shuffled(*zip(names, TYPES, strict=True)) if w.maybe(0.15) else zip(names, TYPES, strict=True)
    (a, x), (b, y) = first, second
    x, y = w.figure(f"{concept}.{x}", scope, **more), w.figure(f"{concept}.{y}", scope, **more)
    is_ = w.pick("", "", "为")
    comma = w.pick("，", "、")
    forms = [
        f"{whole}，其中：{a}{is_}{x}{comma}{b}{is_}{y}",
        f"{whole}，其中{a}{is_}{x}{comma}{b}{is_}{y}",
        f"{whole}。其中：{a}{is_}{x}；{b}{is_}{y}",
        f"{whole}。其中，{a}{is_}{x}，{b}{is_}{y}",
        f"{whole}（{a}{x}、{b}{y}）",
        f"{whole}（其中：{a}{x}，{b}{y}）",
        f"{whole}，包括{a}{x}和{b}{y}",
        f"{whole}，包括：{a}{x}、{b}{y}",
        f"{whole}，分别是{a}{x}、{b}{y}",
        f"{whole}：{a}{x}，{b}{y}",
        f"{whole}，{a}{x}，{b}{y}",
        f"{whole}，其中：{a}{x}，占{w.percent()}；{b}{y}，占{w.percent()}",
        f"{whole}，其中{a}、{b}分别为{x}、{y}",
        f"{whole}，其中{a}和{b}分别为{x}和{y}",
        f"{whole}。按债务类型分，{a}{x}，{b}{y}",
        f"{whole}，从类型看，{a}{x}，{b}{y}",
    ]
    return w.pick(*forms)


def summed(w, concept, scope, noun, total, **more):
    """The parts first, and the whole at the end."""
    x, y = (w.figure(f"{concept}.{type}", scope, **more) for type in TYPES)
    whole = w.figure(concept, scope, **more)
    return w.pick(
        f"一般{noun}{x}，专项{noun}{y}，合计{whole}",
        f"一般{noun}{x}、专项{noun}{y}，{total}合计{whole}",
        f"一般{noun}为{x}，专项{noun}为{y}，共计{whole}",
    )


def levels(w, concept):
    """A sentence that divides the amount before it between the own level and the levels below."""
    own, lower = w.figure(concept, "own"), w.figure(concept, "lower")
    return w.pick(
        f"分级次看，{w.us}本级{own}，{w.who('lower')}{lower}。",
        f"其中：{w.us}本级{own}，{w.who('lower')}{lower}。",
        f"按级次分，{w.us}级{own}、{w.who('lower')}{lower}。",
        f"其中，{w.us}本级{own}、{w.who('lower')}{lower}。",
        f"其中{w.us}本级{own}，{w.who('lower')}{lower}。",
    )


# Debt


def limit(w, scope="whole"):
    concept = "debt.limit.year_end"
    name = w.pick("政府债务限额", "地方政府债务限额", "债务限额", "地方政府债务限额", "政府债务总限额")
    who = w.who(scope)
    year = w.year
    start = w.pick(
        f"{w.date()}{who}{name}",
        f"{year}年，{w.superior}核定{who}{name}",
        f"{w.superior}核定{who}{year}年{name}",
        f"{year}年{w.superior}下达{who}{name}",
        f"经{w.superior}批准，{year}年{who}{name}",
        f"{year}年{who}{name}",
        f"{w.superior}核定的{year}年{who}{name}",
        f"{year}年末{who}{name}",
    )
    if w.maybe(0.12):
        return f"{w.date()}{who}{summed(w, concept, scope, '债务限额', w.pick('', '债务限额'))}。"
    if w.maybe(0.1):
        return f"{start}{w.figure(concept, scope)}。"
    text = typed(w, concept, scope, "债务限额", start) + "。"
    if scope == "whole" and w.split and w.maybe(0.3):
        text = f"{start}为{w.figure(concept, scope)}。{levels(w, concept)}"
    return text


def new_limit(w, scope="whole"):
    concept = "debt.limit.new"
    name = w.pick("新增债务限额", "新增政府债务限额", "新增地方政府债务限额", "新增地方政府债务限额")
    who = w.who(scope)
    start = w.pick(
        f"{w.during()}{w.superior}下达{who}{name}",
        f"{w.during()}{w.superior}核定{who}{name}",
        f"{w.year}年{who}{name}",
        f"{w.during()}{w.superior}共下达{who}{name}",
        f"{w.superior}下达{who}{w.year}年{name}",
        f"当年{w.superior}下达{who}{name}",
    )
    if w.only:
        word = {"general": "一般", "special": "专项"}[w.only]
        value = w.figure(concept, scope)
        return f"{start}{value}，{w.pick('全部为', '均为')}{word}债务{w.pick('', '限额')}。"
    tail = w.some(0.2, f"，较上年增加{w.other()}", f"，比上年多{w.other()}")
    return typed(w, concept, scope, "债务限额", start, lead="新增") + tail + "。"


def balance(w, scope="whole"):
    concept = "debt.balance"
    name = w.pick("政府债务余额", "地方政府债务余额", "债务余额", "地方政府债务余额")
    who = w.who(scope)
    more = {}
    if w.maybe(0.12):
        name += w.pick("预计执行数", "预计执行数为")
        more = {"basis": "expected"}
    elif w.basis == "final" and w.maybe(0.1):
        name += "决算数"
    start = w.pick(f"{w.date()}{who}{name}", f"{w.year}年末{who}{name}", f"{w.date()}{who}{name}")
    before = ""
    if w.maybe(0.2) and scope == "whole":
        before = f"{w.year - 1}年末，{who}{w.pick('政府债务余额', '债务余额')}{w.figure(concept, scope, -1)}。"
    elif not more and w.maybe(0.15):
        both = f"{w.figure('debt.limit.year_end', scope)}和{w.figure(concept, scope)}"
        return f"{w.date()}{who}政府债务限额和余额分别为{both}。"
    if not more and w.maybe(0.12):
        return f"{before}{w.date()}{who}{summed(w, concept, scope, '债务余额', w.pick('', '债务余额'))}。"
    middle = f"{typed(w, concept, scope, '债务余额', start.removesuffix('为'), **more)}"
    if more:
        middle = middle.replace("为为", "为")
    tail = w.some(
        0.3,
        "，未超过核定的限额",
        "，控制在限额以内",
        f"，较年初增加{w.other()}",
        f"，较上年末增加{w.other()}，增长{w.percent()}",
        f"，比核定限额低{w.other()}",
    )
    text = f"{before}{middle}{tail}。"
    if scope == "whole" and w.split and not more and w.maybe(0.3):
        text = f"{before}{start}{w.figure(concept, scope)}。{levels(w, concept)}"
    return text


def headroom(w):
    """Limit and balance in one sentence, the subject said once."""
    limit, held = w.figure("debt.limit.year_end"), w.figure("debt.balance")
    who = w.who("whole")
    return w.pick(
        f"{w.date()}{who}政府债务余额{held}，控制在{w.superior}核定的限额{limit}以内。",
        f"{w.date()}{who}地方政府债务限额{limit}，债务余额{held}，未超限额。",
        f"{w.date()}{who}政府债务余额{held}，低于{w.superior}核定的债务限额{limit}。",
        f"{w.date()}{who}政府债务限额{limit}、余额{held}。",
    )


def bonds(w, scope="whole"):
    who = w.who(scope)
    new, renewed = "debt.bonds.new", "debt.bonds.refinancing"
    total = w.known(new, scope) + w.known(renewed, scope)
    starts = [f"{w.during()}{who}发行"]
    if scope == "whole" and w.us != "省":
        starts += [f"{w.during()}{w.superior}代{who}发行", f"{w.during()}{w.superior}下达{who}"]
    if w.us != "省":
        starts += [f"{w.during()}{w.superior}转贷{who}"]
    start = w.pick(*starts)
    kind = w.random.randint(0, 6)
    if kind == 0:
        name = w.pick("新增债券", "新增政府债券", "新增地方政府债券")
        if w.only:
            word = {"general": "一般", "special": "专项"}[w.only]
            value = w.figure(new, scope)
            return f"{start}{name}{value}，{w.pick('全部为', '均为')}{word}债券。"
        text = typed(w, new, scope, "债券", start + name, lead="新增")
        return text + w.some(0.3, "，全部用于政府公益性项目建设", "，主要用于公益性资本支出") + "。"
    if kind == 1:
        name = w.pick("再融资债券", "再融资政府债券")
        return typed(w, renewed, scope, "债券", start + name, lead="再融资") + "。"
    if kind == 2:
        return (
            f"{start}地方政府债券{w.other(total)}，其中：新增债券{w.figure(new, scope)}、"
            f"再融资债券{w.figure(renewed, scope)}。"
        )
    if kind == 3:
        a, b = (w.figure(f"{new}.{type}", scope) for type in TYPES)
        c, d = (w.figure(f"{renewed}.{type}", scope) for type in TYPES)
        return (
            f"{start}政府债券{w.other(total)}，其中新增债券{w.figure(new, scope)}（一般债券{a}、专项债券{b}），"
            f"再融资债券{w.figure(renewed, scope)}（一般债券{c}、专项债券{d}）。"
        )
    if kind == 4:
        names = [("新增一般债券", f"{new}.general"), ("新增专项债券", f"{new}.special")]
        names += [("再融资一般债券", f"{renewed}.general"), ("再融资专项债券", f"{renewed}.special")]
        return start + w.pick("，", "、").join(f"{name}{w.figure(concept, scope)}" for name, concept in names) + "。"
    if kind == 5:
        a, b = (w.figure(f"{new}.{type}", scope) for type in TYPES)
        return f"{start}新增债券{w.figure(new, scope)}，一般债券和专项债券分别为{a}和{b}。"
    swap = w.figure("debt.bonds.swap", scope)
    total += w.known("debt.bonds.swap", scope)
    issued = f"{start}政府债券{w.other(total)}"
    return (
        f"{issued}。按性质划分，新增债券{w.figure(new, scope)}，置换债券{swap}，再融资债券{w.figure(renewed, scope)}。"
    )


def service(w, scope="whole"):
    principal, interest = "debt.service.principal", "debt.service.interest"
    who = w.who(scope)
    start = w.during() + who
    kind = w.random.randint(0, 6)
    if kind == 0:
        return f"{start}偿还政府债券本金{w.figure(principal, scope)}，支付利息{w.figure(interest, scope)}。"
    if kind == 1:
        a, b = w.figure(principal, scope), w.figure(interest, scope)
        return f"{start}政府债务还本付息{w.figure('debt.service', scope)}，其中：还本{a}、付息{b}。"
    if kind == 2:
        a, b = (w.figure(f"{principal}.{type}", scope) for type in TYPES)
        c, d = (w.figure(f"{interest}.{type}", scope) for type in TYPES)
        return (
            f"{start}偿还地方政府债券本金{w.figure(principal, scope)}，其中：一般债券{a}，专项债券{b}；"
            f"支付利息{w.figure(interest, scope)}，其中：一般债券利息{c}，专项债券利息{d}。"
        )
    if kind == 3:
        a, b = w.figure(principal, scope, basis="expected"), w.figure(interest, scope, basis="expected")
        return f"{w.year}年{who}地方政府债券还本预计执行数{a}，付息预计执行数{b}。"
    if kind == 4:
        a, b = (w.figure(f"{interest}.{type}", scope) for type in TYPES)
        return f"{start}支付一般债务利息{a}、专项债务利息{b}。"
    if kind == 5:
        a, b = (w.figure(f"{principal}.{type}", scope) for type in TYPES)
        return f"{start}债务还本支出{w.figure(principal, scope)}，其中一般债务还本{a}，专项债务还本{b}。"
    both = f"{start}地方政府债务还本{w.figure(principal, scope)}、付息{w.figure(interest, scope)}"
    if scope == "whole" and w.split and w.maybe(0.3):
        return f"{both}，其中{w.us}本级分别为{w.figure(principal, 'own')}和{w.figure(interest, 'own')}。"
    return f"{both}。"


def next_service(w):
    year = w.year + 1
    principal = w.figure("debt.service.principal", "whole", 1, "budget")
    interest = w.figure("debt.service.interest", "whole", 1, "budget")
    return w.pick(
        f"{year}年预算安排政府债务还本{principal}、付息{interest}。",
        f"{year}年{w.who('whole')}地方政府债券还本预算数{principal}，付息预算数{interest}。",
        f"{year}年，预算安排偿还政府债券本金{principal}，支付利息{interest}。",
    )


# Transfers


def received(w, scope="whole"):
    concept = "transfers.received.general_public"
    who = w.who(scope)
    returning = w.figure(f"{concept}.returning", scope)
    shared = w.figure(f"{concept}.grants.general.shared", scope)
    general, special = w.figure(f"{concept}.grants.general", scope), w.figure(f"{concept}.grants.special", scope)
    if w.maybe(0.25):
        general += w.pick(f"（含共同财政事权转移支付{shared}）", f"（其中：共同财政事权转移支付{shared}）")
    elif w.maybe(0.2):
        general += w.pick(
            "，主要用于教育、医疗、社保等方面",
            f"，主要是均衡性转移支付{w.other()}",
            f"，其中均衡性转移支付{w.other()}，结算补助{w.other()}",
        )
    above = w.pick("上级", "上级财政", w.superior)
    names = w.pick(
        ["返还性收入", "一般性转移支付收入", "专项转移支付收入"],
        ["返还性收入", "一般性转移支付", "专项转移支付"],
        ["税收返还收入", "一般性转移支付收入", "专项转移支付收入"],
        ["税收返还", "一般性转移支付", "专项转移支付"],
    )
    total = w.figure(concept, scope)
    start = w.pick(
        f"{w.during()}{above}对{who}一般公共预算转移支付补助{total}",
        f"{w.during()}{above}对{who}税收返还和转移支付{total}",
        f"{w.during()}{above}下达{who}税收返还和转移支付补助{total}",
        f"{w.during()}{above}补助{who}一般公共预算转移支付资金{total}",
        f"{w.during()}{who}一般公共预算上级补助收入{total}",
        f"{w.during()}{who}上级补助收入{total}",
        f"{w.during()}{who}收到上级税收返还和转移支付{total}",
        f"{w.during()}{above}补助{who}各类转移支付资金{total}",
    )
    items = list(zip(names, (returning, general, special), strict=True))
    kind = w.random.randint(0, 5)
    if kind == 0:
        # One line for each, numbered.
        lines = [f"{start}{w.growth()}。其中："]
        lines += [f"{n}.{name}{value}{w.growth()}。" for n, (name, value) in enumerate(items, 1)]
        return lines
    comma = w.pick("、", "，", "；")
    if "，" in general:
        comma = "；"
    listed = comma.join(f"{name}{w.pick('', '', '为') if comma == '，' else ''}{value}" for name, value in items)
    text = w.pick(
        f"{start}，其中：{listed}。", f"{start}，包括{listed}。", f"{start}。其中：{listed}。", f"{start}：{listed}。"
    )
    if w.maybe(0.5):
        fund = w.figure("transfers.received.government_fund", scope)
        capital = w.figure("transfers.received.state_capital", scope)
        text += w.pick(
            f"政府性基金转移支付{fund}，国有资本经营预算转移支付{capital}。",
            f"政府性基金预算转移支付收入{fund}；国有资本经营预算转移支付收入{capital}。",
            f"{above}补助{who}政府性基金转移支付{fund}，国有资本经营预算转移支付{capital}。",
            f"政府性基金上级补助收入{fund}，国有资本经营预算上级补助收入{capital}。",
        )
    return text


def paid(w):
    concept = "transfers.paid.general_public"
    below = w.who("lower")
    returning, grants = w.figure(f"{concept}.returning", "own"), f"{concept}.grants"
    general, special = w.figure(f"{grants}.general", "own"), w.figure(f"{grants}.special", "own")
    total = w.figure(concept, "own")
    own = w.pick(f"{w.us}本级", f"{w.us}级财政", f"{w.us}财政", w.name, f"我{w.us}", f"{w.us}")
    start = w.pick(
        f"{w.during()}{own}对{below}一般公共预算转移支付{total}",
        f"{w.during()}{own}对{below}税收返还和转移支付{total}",
        f"{w.during()}{own}补助{below}税收返还和转移支付支出{total}",
        f"{w.during()}{own}对下税收返还和转移支付{total}",
    )
    names = w.pick(
        ["返还性支出", "一般性转移支付", "专项转移支付"],
        ["返还性支出", "一般性转移支付支出", "专项转移支付支出"],
        ["税收返还", "一般性转移支付", "专项转移支付"],
    )
    items = list(zip(names, (returning, general, special), strict=True))
    kind = w.random.randint(0, 3)
    if kind == 0:
        text = f"{start}。其中：" + "".join(
            f"{name}{value}{w.some(0.3, '，主要是对基层教育、医疗、社保等补助')}。" for name, value in items
        )
    else:
        comma = w.pick("、", "，", "；")
        text = f"{start}{w.pick('，其中：', '，包括', '。其中：', '：')}{comma.join(n + v for n, v in items)}。"
    if w.maybe(0.4):
        parts = w.shuffled(*PARTS)[:3]
        text += (
            w.pick("分地区看，", "分区域看，", "按地区分，")
            + "，".join(f"{part}{w.pick('县', '镇', '区')}{w.other()}" for part in parts)
            + "。"
        )
    if w.maybe(0.5):
        fund = w.figure("transfers.paid.government_fund", "own")
        capital = w.figure("transfers.paid.state_capital", "own")
        text += w.pick(
            f"{own}对{below}政府性基金转移支付{fund}。{own}对{below}国有资本经营预算转移支付{capital}。",
            f"对{below}政府性基金转移支付支出{fund}，国有资本经营预算转移支付支出{capital}。",
        )
    return text


# Revenue and expenditure


def budget(w, scope="whole"):
    name = w.pick(*BUDGETS)
    words = BUDGETS[name]
    who = w.who(scope, named=False)
    revenue, expenditure = w.figure(f"revenue.{name}", scope), w.figure(f"expenditure.{name}", scope)
    done = w.pick("", "完成", "")
    text = f"{w.during()}{who}{words}收入{done}{revenue}"
    text += w.some(0.3, f"，为预算的{w.percent()}", f"，完成预算的{w.percent()}", f"，占预算的{w.percent()}")
    text += w.growth()
    if name == "general_public":
        text += w.some(
            0.4,
            f"。其中：税收收入{w.other()}，非税收入{w.other()}",
            f"，其中税收收入{w.other()}，占{w.percent()}",
        )
        text += w.some(0.15, f"。加上上年结余{w.other()}、调入资金{w.other()}，收入总计{w.other()}")
    else:
        text += w.some(0.2, f"。加上上年结余{w.other()}，收入总计{w.other()}")
    text += f"。{w.pick('', who)}{words}支出{done}{expenditure}{w.growth()}"
    if name == "general_public":
        text += w.some(0.3, f"，其中：教育支出{w.other()}，农林水支出{w.other()}")
    return text + "。"


def plan(w):
    """Next year's budget, in a report on this year's execution."""
    year, who = w.year + 1, w.pick(f"全{w.us}", "")
    name = w.pick(*BUDGETS)
    revenue = w.figure(f"revenue.{name}", "whole", 1, "budget")
    expenditure = w.figure(f"expenditure.{name}", "whole", 1, "budget")
    words = BUDGETS[name]
    return w.pick(
        f"{year}年，{who}{words}收入安排{revenue}，增长{w.percent()}；{words}支出安排{expenditure}。",
        f"{year}年{who}{words}收入预算{revenue}，支出预算{expenditure}。",
        f"{year}年{who}{words}收入预算数{revenue}，{words}支出预算数{expenditure}。",
    )


def public_expenses(w):
    total = w.figure("expenditure.three_public", "own")
    items = f"其中：因公出国（境）费{w.other()}，公务用车购置及运行费{w.other()}，公务接待费{w.other()}"
    return f"{w.year}年{w.us}本级“三公”经费支出{total}{w.growth()}。{items}。"


def account(w, scope="whole"):
    """Everything that a budget had: most of it has no concept."""
    revenue = w.known("revenue.general_public", scope)
    upper = w.known("transfers.received.general_public", scope)
    debt, carried = w.value(), w.value()
    total = w.other(revenue + upper + debt + carried)
    items = [
        f"{w.pick('', '地方')}一般公共预算收入{w.figure('revenue.general_public', scope)}",
        f"上级补助收入{w.figure('transfers.received.general_public', scope)}",
        f"债务转贷收入{w.other(debt)}",
        f"上年结余{w.other(carried)}",
    ]
    who = w.who(scope, named=False)
    joined = w.pick("、", "，").join(items)
    return w.pick(
        f"{w.during()}{who}一般公共预算收入总计{total}，包括：{joined}。",
        f"{w.during()}{who}收入总计{total}，其中：{joined}。",
        f"{w.during()}{who}{joined}，收入总计{total}。",
    )


# What is no figure


def aside(w):
    value = w.other
    one, two = w.shuffled(*PARTS)[:2]
    year = w.year
    return w.pick(
        f"新增债券资金主要用于：{one}河综合治理{value()}、{two}中学迁建{value()}，共{w.random.randint(2, 90)}个项目。",
        f"{w.superior}已提前下达{w.who('whole')}{year + 1}年新增债务限额{value()}，"
        f"其中：一般债务{value()}，专项债务{value()}。",
        f"全{w.us}政府或有债务余额{value()}，其中：政府负有担保责任的债务{value()}，"
        f"政府可能承担一定救助责任的债务{value()}。",
        f"全{w.us}社会保险基金收入{value()}，支出{value()}，年末滚存结余{value()}。",
        f"开展重点绩效评价{w.random.randint(2, 60)}个，涉及资金{value()}，核减预算{value()}。",
        f"新增专项债券支持交通基础设施{value()}、农林水利{value()}、社会事业{value()}。",
        f"共减税降费{value()}，压减一般性支出{value()}。",
        f"预备费年初安排{value()}，实际动支{value()}。",
        f"争取中央预算内投资{value()}，同比增长{w.percent()}。",
        f"累计拨付直达资金{value()}，惠及{w.random.randint(2, 60)}个项目。",
        f"政府债务余额占限额的{w.percent()}，债务风险总体可控。",
        f"土地出让收入{value()}，下降{w.percent()}。",
        f"其中：{one}项目{value()}，{two}项目{value()}。",
        "按照《中华人民共和国预算法》第十四条和财预〔2018〕209号文件规定，现予以公开。",
    )


def explanation(w):
    return [
        "名词解释",
        w.pick(
            "地方政府债务限额：是指经批准的地方政府举借债务的最高额度。",
            "一般性转移支付：是指上级政府给予下级政府、由下级统筹安排使用的补助。",
            "再融资债券：是指为偿还到期债券本金而发行的债券。",
        ),
    ]


# Standard tables


def table(w):
    """Limit and balance, or issue and service, by row; the area, its own level, the level below by column."""
    unit = w.pick(*[unit for unit in w.units if unit != "元"] or ["万元"])
    if unit == "亿元" and w.quantum < 10**4:
        unit = "万元"
    scopes = ["whole", "own", *(["lower"] if w.maybe() else [])] if w.split else ["whole"]
    heads = {
        "whole": w.pick("本地区", f"全{w.us}"),
        "own": w.pick("本级", f"{w.us}本级"),
        "lower": w.pick("下级", LOWER[w.us][0]),
    }
    formulas = w.maybe(0.6)
    year = w.year
    if w.maybe(0.6):
        lines = [
            (f"一、{year - 1}年末地方政府债务余额", "A=B+C", "debt.balance", -1),
            ("其中：一般债务", "B", "debt.balance.general", -1),
            ("专项债务", "C", "debt.balance.special", -1),
            (f"二、{year - 1}年地方政府债务限额", "D=E+F", "debt.limit.year_end", -1),
            ("其中：一般债务限额", "E", "debt.limit.year_end.general", -1),
            ("专项债务限额", "F", "debt.limit.year_end.special", -1),
            (f"三、{year}年地方政府债务限额", "G=H+I", "debt.limit.year_end", 0),
            ("其中：一般债务限额", "H", "debt.limit.year_end.general", 0),
            ("专项债务限额", "I", "debt.limit.year_end.special", 0),
            (f"四、{year}年地方政府债务发行额", "J", None, 0),
            (f"五、{year}年地方政府债务还本额", "K", "debt.service.principal", 0),
            (f"六、{year}年地方政府债务付息额", "L", "debt.service.interest", 0),
            (f"七、{year}年末地方政府债务余额", "M=N+O", "debt.balance", 0),
            ("其中：一般债务", "N", "debt.balance.general", 0),
            ("专项债务", "O", "debt.balance.special", 0),
        ]
        title = f"{w.name}{year}年地方政府债务限额及余额情况表"
    else:
        lines = [
            (f"一、{year}年发行额", "A=B+D", None, 0),
            ("（一）一般债券", "B", None, 0),
            ("其中：再融资债券", "C", "debt.bonds.refinancing.general", 0),
            ("（二）专项债券", "D", None, 0),
            ("其中：再融资债券", "E", "debt.bonds.refinancing.special", 0),
            (f"二、{year}年还本额", "F=G+H", "debt.service.principal", 0),
            ("（一）一般债券", "G", "debt.service.principal.general", 0),
            ("（二）专项债券", "H", "debt.service.principal.special", 0),
            (f"三、{year}年付息额", "I=J+K", "debt.service.interest", 0),
            ("（一）一般债券", "J", "debt.service.interest.general", 0),
            ("（二）专项债券", "K", "debt.service.interest.special", 0),
        ]
        title = f"{w.name}{year}年地方政府债券发行及还本付息情况表"
    rows = [("项目", *(["公式"] if formulas else []), *(heads[scope] for scope in scopes))]
    for words, formula, concept, offset in lines:
        cells = [
            w.other(bare=True, unit=unit) if concept is None else w.figure(concept, scope, offset, bare=True, unit=unit)
            for scope in scopes
        ]
        rows.append((words, *([formula] if formulas else []), *cells))
    return [title, f"单位：{unit}", *rows]


# Whole documents

SECTIONS = {
    "债务限额情况": [limit, new_limit],
    "债务余额情况": [balance],
    "限额及余额": [headroom, new_limit],
    "债券发行情况": [bonds],
    "还本付息情况": [service, next_service],
    "举借债务情况": [new_limit, limit, bonds, balance],
    "上级转移支付情况": [received],
    "对下转移支付情况": [paid],
    "预算收支情况": [budget, account],
    "财政收支及“三公”经费情况": [budget, public_expenses],
}
DEBT = ["债务限额情况", "债务余额情况", "限额及余额", "债券发行情况", "还本付息情况", "举借债务情况"]
CHINESE = "一二三四五六七八九"


def write(random):
    """A Draft from a ``random.Random``."""
    w = Writer(random)
    year = w.year
    debt_only = w.maybe(0.4)
    names = w.shuffled(*(DEBT if debt_only else SECTIONS))[: random.randint(1, 4)]
    end = "决算" if w.basis == "final" else "预算执行情况"
    if debt_only and w.basis == "final":
        about = ["年政府债务情况说明", "年地方政府债务情况", "年度政府债务情况公开", "年政府决算公开说明"]
        title = f"{year}{w.pick(*about)}"
    elif w.basis == "final":
        title = w.pick(f"{year}年政府决算公开相关说明", f"{year}年财政{end}情况说明", f"{year}年财政{end}公开说明")
    else:
        title = w.pick(f"{year}年预算执行情况", f"{year}年财政预算执行情况说明")
    paragraphs = [w.pick("", "关于") + w.name + title]
    if w.maybe(0.3):
        paragraphs.append(f"根据预算法和预算公开的有关要求，现将{w.name}{year}年有关情况说明如下：")
    headed = w.maybe(0.75)
    for number, name in enumerate(names):
        if headed:
            paragraphs.append(w.pick("{}、{}", "{}、{}", "第{}部分 {}").format(CHINESE[number], name))
        functions = w.shuffled(*SECTIONS[name])[: random.randint(1, 3)]
        if name == "预算收支情况" and w.basis == "execution" and w.maybe(0.4):
            functions.append(plan)
        inner = headed and len(functions) > 1 and w.maybe(0.3)
        for count, function in enumerate(functions):
            scope = {}
            if w.split and function in (limit, balance, bonds, service, received, budget, new_limit) and w.maybe(0.25):
                scope = {"scope": "own"}
            w.unit_now = None
            made = function(w, **scope)
            made = made if isinstance(made, list) else [made]
            if inner:
                made[0] = f"（{CHINESE[count]}）{made[0]}"
            paragraphs += made
            if w.maybe(0.25):
                paragraphs.append(aside(w))
    if w.maybe(0.25):
        paragraphs += table(w)
    elif w.maybe(0.2):
        paragraphs += explanation(w)
    return Draft(tuple(paragraphs), tuple(w.amounts), w.name, year, w.everything())


def manner(random):
    """A way of printing, most of them with one or two peculiarities."""
    chance = random.random
    return Manner(
        traditional=chance() < 0.15,
        wide=chance() < 0.12,
        narrow=chance() < 0.15,
        spaced=random.choice([0, 0, 0, 0, 0.1, 1.0]),
        parted=random.choice(["", "", "", "", "", " "]),
        grouped=chance() < 0.4,
        zeros=chance() < 0.3,
        width=random.choice([0, 0, 0, 0, 36]),
        separator=random.choice(["\t", "|", " | "]),
        indent=random.choice(["", "", "　　"]),
        newline=random.choice(["\n", "\n", "\r\n"]),
    )


def smallest(draft, fails):
    """The draft with every paragraph left out that ``fails(draft)`` can do without; the title stays."""
    place = len(draft.paragraphs) - 1
    while place > 0:
        less = replace(draft, paragraphs=draft.paragraphs[:place] + draft.paragraphs[place + 1 :])
        if fails(less):
            draft = less
        place -= 1
    return draft
