"""Whether sentences that a student wrote say no more than the document does.

Every number in them has to be a number of the document or of its measures, in the unit that it has, and about the thing
that the sentence names; a ratio needs a denominator that the document prints.
"""

import re
import unicodedata
from fractions import Fraction

from fiscal.figures import amounts, vocabulary

WANTED = 3
# Longer units first: 亿元 is not 元.
UNITS = {
    "万亿元": 10**12,
    "billion yuan": 10**9,
    "million yuan": 10**6,
    "亿元": 10**8,
    "亿": 10**8,
    "yi": 10**8,
    "万元": 10**4,
    "万": 10**4,
    "yuan": 1,
    "元": 1,
}
SHARES = ("%", "percent", "per cent")
NUMBER = re.compile(
    r"(?<![0-9.,])(?P<number>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)\s*(?P<unit>"
    + "|".join(map(re.escape, (*UNITS, *SHARES)))
    + r")?(?![0-9])",
    re.IGNORECASE,
)
# What a sentence has to name if it uses a figure or a measure that begins so.
NAMED = {
    "debt.limit": r"limit|限额|ceiling|上限",
    "debt.balance": r"balance|ow(?:e|es|ed|ing)\b|\bdebt(?! limit)|余额|欠|债务(?!限额)",
    "debt.bonds": r"bond|债券|borrow|举债",
    "debt.service": r"repa|interest|service|还本|付息",
    "transfers.": r"transfer|rebate|转移支付|返还|补助",
    "revenue.": r"revenue|income|收入",
    "expenditure.": r"expen|spen|支出",
    "limit_use": r"limit|限额|ceiling|上限",
    "headroom": r"headroom|room|left|unused|空间|剩余|差",
}
# Denominators that a sentence may mention, and the concept that has to be printed for it.
DENOMINATORS = {
    r"debt ratio|债务率|fiscal capacity|综合财力": ("capacity.comprehensive", "debt.ratio"),
    r"\bGDP\b|生产总值": (),
    r"per (?:head|person|capita)|人均": (),
    r"of (?:its |the |own )*revenue|占.{0,8}收入|相当于.{0,8}收入": ("revenue.general_public",),
}
DENIED = re.compile(
    r"not (?:state|print|publish|disclose|compute)|\bno\b|can't|cannot|without"
    r"|未(?:公布|公开|载明|说明)|没有|不(?:计算|公布|说明)|无法",
    re.IGNORECASE,
)
PART = re.compile(r"[;.!?；。！？](?!\d)|\bbut\b|但是?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")


def wrong(case, sentences):
    """What is wrong with sentences, as a pair of texts, or None. Three are asked for, in a list."""
    if not isinstance(sentences, list | tuple) or not all(isinstance(each, str) for each in sentences):
        return (
            'A list of sentences is asked for: `answer = ["…", "…", "…"]`.',
            '答案应为句子的列表：`answer = ["……", "……", "……"]`。',
        )
    written = [each.strip() for each in sentences if each.strip()]
    if len(set(written)) < WANTED:
        return f"{WANTED} sentences are asked for; there are {len(set(written))}.", (
            f"应写{WANTED}句，现有{len(set(written))}句。"
        )
    for number, sentence in enumerate(written, start=1):
        if found := _wrong(case, DATE.sub("", unicodedata.normalize("NFKC", sentence))):
            return f"Sentence {number}: {found[0]}", f"第{number}句：{found[1]}"
    if not any(NUMBER.search(each) for each in written):
        return (
            "None of the sentences has a number of the document in it.",
            "几句话里没有一个来自文件的数字。",
        )
    return None


def _wrong(case, sentence):
    if found := _denominator(case, sentence):
        return found
    for match in NUMBER.finditer(sentence):
        if found := _number(case, sentence, match):
            return found
    return None


def _denominator(case, sentence):
    """A ratio whose denominator the document does not print; to say that it is not there is honest."""
    for part in PART.split(sentence):
        for pattern, concepts in DENOMINATORS.items():
            mentioned = re.search(pattern, part, re.IGNORECASE)
            if mentioned and not DENIED.search(part) and not any(case.has(concept) for concept in concepts):
                return (
                    f"“{mentioned[0].strip()}” needs a denominator that the document does not print, and without it"
                    " there is no ratio. You may say that it is not stated.",
                    f"“{mentioned[0].strip()}”需要文件没有公布的分母，没有分母就没有这个比率。可以如实写明文件未公布。",
                )
    return None


def _number(case, sentence, match):
    """What is wrong with one number of a sentence."""
    shown, unit = match["number"], (match["unit"] or "").lower()
    number = Fraction(shown.replace(",", ""))
    off = Fraction(10) ** -len(shown.partition(".")[2]) / 2
    if not unit:
        years = {str(year) for year in case.figures["fiscal_year"]} | {str(case.source["fiscal_year"])}
        if shown in years or sentence[match.end() : match.end() + 1] in tuple("年月日条款"):
            return None
        if number in set(case.figures.loc[case.figures["unit"] == "count", "value"]):
            return None
        if shown.replace(",", "") in set(map(amounts.plain, case.figures["disclosed"])):
            return f"{shown} of what? Say the unit.", f"{shown}后面没有单位，请写明。"
        return (
            f"{shown} is not a number of this document.",
            f"{shown}不是这份文件里的数字。",
        )
    if unit in SHARES:
        known = [(name, value * 100) for name, value in _shares(case)]
        factors = ()
    else:
        known = [(name, Fraction(value, UNITS[unit])) for name, value in _amounts(case)]
        factors = (10**4, 10**8, Fraction(1, 10**4), Fraction(1, 10**8))
    there = [name for name, value in known if abs(value - number) <= off]
    if not there:
        for factor in factors:
            if any(value and abs(value * factor - number) <= off for _, value in known):
                return (
                    f"{shown} is there, but not in {match['unit']}: look at the unit again.",
                    f"有{shown}这个数字，但单位不是{match['unit']}，请再看一遍。",
                )
        return (
            f"{match[0].strip()} is not a number of this document, nor one computed from it.",
            f"{match[0].strip()}不是这份文件里的数字，也不是由它计算出来的。",
        )
    if not any(_named(name, sentence) for name in there):
        label = _label(there[0])
        return (
            f"{match[0].strip()} is there, but it is something else ({label[0]}), which the sentence does not name.",
            f"有{match[0].strip()}这个数字，但它是另一项内容（{label[1]}），句子里没有提到。",
        )
    return None


def _amounts(case):
    """Amounts of the document in yuan: printed, and computed from what is printed."""
    money = case.figures[case.figures["unit"] == "yuan"]
    yield from zip(money["concept"], map(int, money["value"]), strict=True)
    yield from ((name, value) for name, unit, value in _measured(case) if unit == "yuan")


def _shares(case):
    """Shares of the document as parts of 1."""
    rates = case.figures[case.figures["unit"] == "bp"]
    yield from (
        (concept, Fraction(int(value), 10_000)) for concept, value in zip(rates["concept"], rates["value"], strict=True)
    )
    yield from ((name, value) for name, unit, value in _measured(case) if unit == "ratio")


def _measured(case):
    for table in (case.debt_measures, case.transfer_measures):
        there = table[table["reason"] == ""]
        for row in there.to_dict("records"):
            yield row["measure"], row["unit"], abs(Fraction(int(row["numerator"]), int(row["denominator"])))


def _named(name, sentence):
    patterns = [pattern for prefix, pattern in NAMED.items() if name.startswith(prefix)]
    return not patterns or re.search(patterns[0], sentence, re.IGNORECASE)


def _label(name):
    if name in vocabulary.concepts().index:
        return vocabulary.label(name, "en"), vocabulary.label(name, "zh")
    return {"limit_use": ("use of the limit", "限额使用率"), "headroom": ("headroom", "限额空间")}.get(
        name, (name, name)
    )
