"""How numbers, clauses and lists are written in English and in Chinese."""

import calendar
import re
from datetime import date
from fractions import Fraction
from math import floor

from fiscal.errors import UnknownName

__all__ = [
    "aside",
    "basis",
    "beside",
    "capital",
    "clause",
    "closed",
    "context",
    "day",
    "heading",
    "language",
    "level",
    "listed",
    "money",
    "month",
    "named",
    "number",
    "percent",
    "roman",
    "scope",
    "small",
    "span",
    "time",
    "visible",
]
LANGUAGES = ("en", "zh")
YI = 100_000_000  # yuan in one 亿元
BASES = {
    "final": ("final accounts", "决算数"),
    "execution": ("execution figures", "执行数"),
    "expected": ("expected execution", "预计执行数"),
    "budget": ("budget", "预算数"),
}
SCOPES = {"whole": ("whole area", "全辖"), "own": ("own level", "本级"), "lower": ("levels below", "下级")}
LEVELS = {
    "nation": ("nation", "国家级"),
    "province": ("province", "省级"),
    "prefecture": ("prefecture", "地级"),
    "county": ("county", "县级"),
    "township": ("township", "乡级"),
}
MONTHS = tuple(calendar.month_name[1:])
CLAUSE = re.compile(r"[IVXLC]+(\.[0-9]{1,4})*|¶[0-9]+")
# What has no shape of its own: controls, marks that turn the direction of text, fillers, halves of characters.
UNSEEN = re.compile(
    "([\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff])\\1*"
)


def month(node, lang) -> str:
    """A node of monitoring, such as june, as a month: June, 6月. A word that is no month stays what it is.

    >>> fiscal.text.month("june", "zh")
    '6月'
    """
    if (name := node.capitalize()) not in MONTHS:
        return node
    return name if lang == "en" else f"{MONTHS.index(name) + 1}月"


def language(lang) -> str:
    """``lang`` if there is such a language, else UnknownName.

    >>> fiscal.text.language("zh")
    'zh'
    """
    if lang not in LANGUAGES:
        raise UnknownName("language", lang, LANGUAGES)
    return lang


def number(value, decimals, lang) -> str:
    """An exact number with ``decimals`` places, halves away from zero; negative places round to tens.

    >>> fiscal.text.number(1188.94, 1, "en"), fiscal.text.number(1188.94, 1, "zh")
    ('1,188.9', '1188.9')
    """
    scaled = abs(Fraction(value)) * Fraction(10) ** decimals
    whole = floor(scaled + Fraction(1, 2))
    sign = "−" if value < 0 and whole else ""
    if decimals <= 0:
        digits, places = str(whole * 10**-decimals), ""
    else:
        digits = str(whole).rjust(decimals + 1, "0")
        digits, places = digits[:-decimals], "." + digits[-decimals:]
    return sign + (f"{int(digits):,}" if lang == "en" else digits) + places


def money(yuan, lang, decimals=None) -> str:
    """An amount in 亿元; without ``decimals`` with all the digits that it has: 33.4亿元, 33.4 yi.

    >>> fiscal.text.money(3_340_000_000, "en"), fiscal.text.money(118_894_000_000, "zh")
    ('33.4 yi', '1188.94亿元')
    """
    if decimals is None:
        decimals = next(d for d in range(9) if Fraction(yuan) * 10**d % YI == 0)
    digits = number(Fraction(yuan) / YI, decimals, lang)
    return f"{digits} yi" if lang == "en" else f"{digits}亿元"


def percent(ratio, lang, decimals) -> str:
    """A ratio (1 is 100 %) as a percentage.

    >>> from fractions import Fraction
    >>> fiscal.text.percent(Fraction(7834, 9004), "en", 2)
    '87.01%'
    """
    return number(Fraction(ratio) * 100, decimals, lang) + "%"


def span(low, high, lang) -> str:
    """From one written number to another: 25% to 75%, 25%至75%.

    >>> fiscal.text.span("25%", "75%", "zh")
    '25%至75%'
    """
    return f"{low} to {high}" if lang == "en" else f"{low}至{high}"


def aside(words, lang) -> str:
    """Words in the brackets of the language, to stand after others: nothing if there are none.

    >>> "Urumqi" + fiscal.text.aside("prefecture", "en"), "乌鲁木齐市" + fiscal.text.aside("地级", "zh")
    ('Urumqi (prefecture)', '乌鲁木齐市（地级）')
    """
    if not words:
        return ""
    return f" ({words})" if lang == "en" else f"（{words}）"


def closed(sentence, words, lang) -> str:
    """A sentence with words in brackets before its full stop.

    >>> fiscal.text.closed("其他预警项目加大评测力度。", "第三部分（二）1", "zh")
    '其他预警项目加大评测力度（第三部分（二）1）。'
    """
    stop = {"en": ".", "zh": "。"}[lang]
    return sentence.removesuffix(stop) + aside(words, lang) + stop


def beside(name, value, lang) -> str:
    """A name and its number in a list: special debt 65.89%, 专项债务65.89%.

    >>> fiscal.text.beside("special debt", "65.89%", "en"), fiscal.text.beside("专项债务", "65.89%", "zh")
    ('special debt 65.89%', '专项债务65.89%')
    """
    return f"{name} {value}" if lang == "en" else f"{name}{value}"


def named(name, words, lang) -> str:
    """A name and what is said of it: Copy A: no gap, 抄件A：无空缺。

    >>> fiscal.text.named("Copy A", "no gap", "en"), fiscal.text.named("抄件A", "无空缺", "zh")
    ('Copy A: no gap', '抄件A：无空缺')
    """
    return f"{name}: {words}" if lang == "en" else f"{name}：{words}"


def heading(place, year, title, lang) -> str:
    """What stands on top of a report: its place, its year or years (as :func:`time` takes them) and its title.

    >>> fiscal.text.heading("Urumqi", 2020, "Debt", "en"), fiscal.text.heading("乌鲁木齐市", 2020, "政府债务", "zh")
    ('Urumqi 2020: Debt', '乌鲁木齐市2020年：政府债务')
    """
    return named(beside(place, time(year, lang), lang) if year else place, title, lang)


def time(written, lang) -> str:
    """A year, month or day such as 2017, 2022-06 or 2021-08-17, or some years, in words of the language.

    What is none of these stays as it is.

    >>> [fiscal.text.time(written, "zh") for written in (2020, "2022-06", "2021-08-17", "2017–2025")]
    ['2020年', '2022年6月', '2021年8月17日', '2017—2025年']
    """
    written = str(written)
    if re.fullmatch(r"[0-9]{4}–[0-9]{4}", written):
        return written if lang == "en" else written.replace("–", "—") + "年"
    if not re.fullmatch(r"[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?", written):
        return written  # a name that someone else gave
    parts = written.split("-")
    if len(parts) == 3:
        return day(written, lang)
    if lang == "zh":
        return f"{parts[0]}年" + (f"{int(parts[1])}月" if len(parts) == 2 else "")
    return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else parts[0]


def clause(place, lang) -> str:
    """A clause as readers of the language find it: III.1.3 is 第三部分（一）3 in Chinese.

    >>> fiscal.text.clause("III.1.3", "zh")
    '第三部分（一）3'
    """
    if lang == "en" or not CLAUSE.fullmatch(place):
        return place
    if place.startswith("¶"):
        return f"第{place[1:]}段"
    section, *parts = place.split(".")
    written = f"第{_chinese(_arabic(section))}部分"
    if parts:
        written += f"（{_chinese(int(parts[0]))}）"
    return written + ".".join(parts[1:])


def basis(name, lang) -> str:
    """A basis in words; ``expected/final`` is what a ratio of figures on two bases has.

    >>> fiscal.text.basis("expected/final", "zh")
    '预计执行数÷决算数'
    """
    parts = re.split(r"([/+])", name)
    marks = {"/": " ÷ ", "+": " + "} if lang == "en" else {"/": "÷", "+": "+"}
    return "".join(BASES[part][lang == "zh"] if part in BASES else marks.get(part, part) for part in parts)


def scope(name, label, lang) -> str:
    """A scope in words; a third scope that a text defines is called what the text calls it.

    >>> fiscal.text.scope("own", "", "en")
    'own level'
    """
    return SCOPES[name][lang == "zh"] if name in SCOPES else label


def context(row, lang) -> str:
    """The time, scope and basis of a row in words: 2017, whole area, final accounts.

    >>> row = {"as_of": "", "fiscal_year": 2017, "scope": "whole", "scope_label": "", "basis": "final"}
    >>> fiscal.text.context(row, "en"), fiscal.text.context(row, "zh")
    ('2017, whole area, final accounts', '2017年、全辖、决算数')
    """
    parts = [
        time(row["as_of"] or row["fiscal_year"], lang),
        scope(row["scope"], row["scope_label"], lang),
        basis(row["basis"], lang),
    ]
    return {"en": ", ", "zh": "、"}[lang].join(parts)


def level(name, lang) -> str:
    """A level of government in words.

    >>> fiscal.text.level("prefecture", "zh")
    '地级'
    """
    return LEVELS[name][lang == "zh"]


def roman(number) -> str:
    """A number from 1 to 399 in Roman numerals, as the sections of a document are cited: 4 is IV.

    >>> fiscal.text.roman(14)
    'XIV'
    """
    written = ""
    for value, letters in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV")):
        count, number = divmod(number, value)
        written += letters * count
    return written + "I" * number


def _arabic(numeral):
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _chinese(number):
    """1 to 19 in Chinese numerals, as headings are numbered; beyond that plain digits."""
    digits = "一二三四五六七八九"
    if not 1 <= number <= 19:
        return str(number)
    return ("十" if number >= 10 else "") + (digits[number % 10 - 1] if number % 10 else "")


def day(iso, lang) -> str:
    """A date such as 2021-08-17 in words of the language.

    >>> fiscal.text.day("2021-08-17", "en"), fiscal.text.day("2021-08-17", "zh")
    ('17 August 2021', '2021年8月17日')
    """
    written = date.fromisoformat(iso)
    if lang == "en":
        return f"{written.day} {written:%B} {written.year}"
    return f"{written.year}年{written.month}月{written.day}日"


def listed(items, lang) -> str:
    """Items as a list in a sentence: a, b and c; a、b和c.

    >>> fiscal.text.listed(["limit", "balance", "new bonds"], "en"), fiscal.text.listed(["限额", "余额"], "zh")
    ('limit, balance and new bonds', '限额和余额')
    """
    items = [str(item) for item in items]
    if len(items) < 2:
        return "".join(items)
    if lang == "en":
        return ", ".join(items[:-1]) + " and " + items[-1]
    return "、".join(items[:-1]) + "和" + items[-1]


def capital(words, lang) -> str:
    """Words with a capital first letter, in languages that have one.

    >>> fiscal.text.capital("special debt", "en")
    'Special debt'
    """
    return words[0].upper() + words[1:] if lang == "en" else words


def small(words, lang) -> str:
    """Words with a small first letter, in languages that have one.

    >>> fiscal.text.small("Special debt", "en")
    'special debt'
    """
    return words[0].lower() + words[1:] if lang == "en" else words


def visible(words) -> str:
    """Words in which what can't be seen is written out, so that it can't turn the direction of what stands around it.

    >>> fiscal.text.visible("a\\u202eb")
    'a[U+202E]b'
    """
    return UNSEEN.sub(lambda found: f"[U+{ord(found[1]):04X}]", words)


def __dir__():
    return list(__all__)
