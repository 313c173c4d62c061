"""A number of an Excel cell as its number format shows it to a reader."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

# Formats that a workbook does not spell out; 27 to 36 and 50 to 58 are dates in a Chinese Excel.
BUILTIN = {"0": "General", "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%"}
BUILTIN |= {"37": "#,##0", "38": "#,##0", "39": "#,##0.00", "40": "#,##0.00", "41": "#,##0", "42": "#,##0"}
BUILTIN |= {"43": "#,##0.00", "44": "#,##0.00", "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss"}
BUILTIN |= {str(id): "yyyy-mm-dd" for id in [*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58]}
BUILTIN |= {str(id): "h:mm:ss" for id in [*range(18, 22), 32, 33, 34, 35, 55, 56]} | {"22": "yyyy-mm-dd h:mm"}

# Text in quotes, one escaped character, the width of one, one to fill with, colours and conditions, else one character.
TOKEN = re.compile(r'"([^"]*)"?|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(General|AM/PM|A/P|E[+-]|上午/下午)|(.)', re.I | re.S)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
EXACT = Context(prec=15)  # digits that Excel keeps
WHOLE = Context(prec=400, rounding=ROUND_HALF_UP)


def shown(value, code, since_1904=False):
    """A number as text: what the format ``code`` shows, dates and times in ISO form.

    A negative number always has its minus, also where the format shows parentheses or red digits.
    """
    try:
        number = EXACT.create_decimal(value.strip())
    except ArithmeticError:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 308:
        return value
    if number == 0:
        number = Decimal(0)
    section = _section(code, number)
    if section is None:
        return ""
    if _is_date(section):
        return _date(number, section, since_1904) or _general(number)
    return _formatted(number, section)


@lru_cache(maxsize=1_000)
def _sections(code):
    """The sections of a format as lists of tokens: (kind, text)."""
    sections, tokens = [], []
    for quoted, escaped, _, _, bracket, word, char in TOKEN.findall(code):
        if char == ";":
            sections.append(tokens)
            tokens = []
        elif bracket.startswith("$"):
            tokens.append(("text", bracket[1:].partition("-")[0]))
        elif bracket:
            tokens.append(("bracket", bracket.lower()))
        elif word or char:
            tokens.append(("code", word or char))
        else:
            tokens.append(("text", quoted or escaped))
    return [*sections, tokens]


def _section(code, number):
    """The tokens that apply to a number; None where the format shows nothing."""
    sections = _sections(code or "General")
    if any(kind == "bracket" and CONDITION.fullmatch(text) for section in sections for kind, text in section):
        section = next((s for s in sections if _holds(s, number)), sections[-1])
    elif len(sections) == 1 or number > 0 or (number == 0 and len(sections) < 3):
        section = sections[0]
    else:
        section = sections[2] if number == 0 else sections[1]
    return section if section or len(sections) == 1 else None


def _holds(section, number):
    for kind, text in section:
        if kind == "bracket" and (match := CONDITION.fullmatch(text)):
            bound = Decimal(match[2])
            order = (number > bound) - (number < bound)
            return order in {"<": (-1,), "<=": (-1, 0), "=": (0,), ">=": (0, 1), ">": (1,), "<>": (-1, 1)}[match[1]]
    return True


def _is_date(section):
    letters = {text.lower() for kind, text in section if kind == "code"}
    return not letters & {"0", "#", "?", "general"} and bool(letters & set("ymdhsge") or _elapsed(section))


def _elapsed(section):
    return any(kind == "bracket" and re.fullmatch("h+|m+|s+", text) for kind, text in section)


def _date(number, section, since_1904):
    """A serial day as ISO date, time or both; None outside the calendar of Excel."""
    if not 0 <= number < 2_958_466:
        return None
    seconds = int((number * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
    letters = {text.lower() for kind, text in section if kind == "code"}
    if _elapsed(section) or not letters & set("ydeg"):
        if not (_elapsed(section) or letters & set("hs")):  # months alone
            letters |= {"y"}
        else:
            hours = seconds // 3600 if _elapsed(section) else seconds // 3600 % 24
            return f"{hours:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    # Excel has a 29 February 1900, so that its days begin one later before it.
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if number < 60 else 30)
    day = first + timedelta(seconds=seconds)
    return day.isoformat(" ") if letters & set("hs") else day.date().isoformat()


def _general(number):
    """The shortest decimal with the digits that Excel keeps."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _formatted(number, section):
    codes = [text for kind, text in section if kind == "code"]
    if any(code == "/" or code.lower().startswith("e") for code in codes):  # a fraction, a power of ten
        return _general(number)
    if {"general", "@"} & {code.lower() for code in codes}:
        return _literal(section, _general(number), "")
    pattern = "".join(code for code in codes if code in "0#?.,")
    if not (set("0#?") & set(pattern) if number else "0" in pattern):
        return _literal(section, "", "")
    whole, _, decimals = pattern.partition(".")
    thousandths = len(whole) - len(whole.rstrip(",")) or len(decimals) - len(decimals.rstrip(","))
    size = abs(number) * Decimal(100) ** codes.count("%") / Decimal(1000) ** thousandths
    places = sum(decimals.count(mark) for mark in "0#?")
    size = size.quantize(Decimal(1).scaleb(-places), context=WHOLE)
    digits, _, fraction = f"{size:f}".partition(".")
    least = len(re.match(r"[0?]*", decimals.replace(",", ""))[0])
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    digits = digits.zfill(whole.count("0"))
    if "," in whole.rstrip(","):
        digits = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", digits)
    text = digits + ("." + fraction if fraction else "")
    return _literal(section, text, "-" if number < 0 and size else "")


def _literal(section, digits, sign):
    """The digits among the words that a format puts around them."""
    before, after, begun = "", "", False
    for kind, text in section:
        if kind == "code" and text.lower() in ("0", "#", "?", ".", ",", "general", "@"):
            begun = True
        elif kind == "text" or (kind == "code" and text not in "()-+"):
            before, after = (before, after + text) if begun else (before + text, after)
    return ("" if "-" in before else sign) + (before + digits + after).strip()
