"""A line as tokens: known phrases, amounts, dates, punctuation, and the words that nobody taught the reader."""

import re
from collections import deque
from dataclasses import dataclass, field

from fiscal.disclosure.phrases import Phrase

NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
UNIT = re.compile(r"亿元|千万元|百万元|万元|千元|元|%|‰|个百分点|人次|场次|类|条|个|次|期|项|场")
# 120亿 and 35万 at the end of a phrase are money with its 元 left out; 35万人 is not.
SHORT_UNIT = re.compile(r"[亿万](?=[,，。;；、:：()]|和|及|$)")
YEAR = re.compile(r"([12][0-9]{3})年?度?(年?[末底终]|年?初(?!预算))?")
MONTHS = re.compile(r"(?:[0-9]{1,2}月?份?[-—–~至到])?([0-9]{1,2})月份?([末底]|[0-9]{1,2}日|(?=[,，]))?")
CHINESE_YEAR = re.compile(r"([一二][〇零○一二三四五六七八九]{3})年度?([末底初])?")
# What a document cites, who decided, and from which means together debts were paid: never a part of what an amount is.
CITED = re.compile(
    r"〔[0-9]{4}〕[0-9]+号|\[[0-9]{4}\][0-9]+号|《[^》]{0,80}》|第?[0-9]{1,4}号|"
    r"经[^,;。:0-9]{0,60}?(?:审议批准|审议通过|审查批准|批准|批复|同意|核定|审定)(?:后|的)?|"
    r"通过(?=[^,;。:()0-9]{0,30}(?:预算|财政|自有))[^,;。:()0-9]{0,30}(?:和|及|、|与)[^,;。:()0-9]{1,20}?(?=偿还|归还|偿付)|"
    r"按[^,;。:()0-9]{2,30}(?:方案|办法|规定|要求|意见)(?=,)|"
    r"(?:根据|依据|按照|遵照)[^,;。:()0-9]{0,60}?(?=,|(?:规定|要求|批复|通知)(?:,|精神))(?:规定|要求|批复|通知)?(?:精神)?"
)
DIVIDED = re.compile(
    r"(?:从|分)[^,;。:()0-9]{1,10}?看|按(?:照)?[^,;。:()0-9]{1,10}?(?:来看|划分|分类|区分|分|看)(?=[,:：、]|$|一般|专项|新增|市|县|区|省|全)"
)
PLACE = r"[\u4e00-\u9fff]{2,8}?[区县市旗镇乡]"
# 对高昌区、鄯善县、托克逊县: three or more recipients, or all of them (各), stand for the level below.
RECIPIENTS = re.compile(
    r"对(?:全[市县区])?(?:所属|下辖|所辖)?[0-9一二三四五六七八九十]+个(?:乡镇|镇乡|镇街|街镇|镇|乡|区县|县区|县|区|旗|街道)|"
    rf"对(?:{PLACE}(?:、|和|及|与)){{2,}}{PLACE}(?:等)?|对(?:{PLACE}(?:、|和|及|与|以及))+各(?:城|市|县)?(?:区|县|市|旗|镇|乡)"
)
AREA = r"(?:县|区|市|旗|乡|镇|街道|办事处|苏木)"
AREAS = rf"{AREA}(?:、?{AREA}|\({AREA}(?:、{AREA})*\))*"
# 四县, 8县市, 四县一区: the areas below, counted; whether these are all of them only sums can say.
COUNTED_AREAS = re.compile(
    rf"(?:[两二三四五六七八九十]{{1,3}}|[0-9]{{1,3}})个?({AREAS})(?:[一两二三四五六七八九十]个?({AREAS}))?(?![级域长直委间])"
)
# 对海晏、祁连、刚察、门源四县: at least three names, and their count.
NAMED = re.compile(
    rf"对(?:[\u4e00-\u9fff]{{1,8}}(?:、|和|及|与)){{2,}}[\u4e00-\u9fff]{{1,8}}?(?:[三四五六七八九十]{{1,3}}|[0-9]{{1,2}})个?{AREAS}"
)
# 渭南市财政局核定我区…: a government above, whatever its name.
SUPERIOR = re.compile(
    r"(?:通过[\u4e00-\u9fff]{1,7}?|(?:^|(?<=[年度,;:、和及与]))[\u4e00-\u9fff]{2,5})(?:省|市|州|盟)(?:财政厅|财政局|财政部门|财政|人民政府|政府)?"
    r"(?=(?:核定|下达|批准|转贷|补助|拨付|分配)(?:的)?(?:我|全|本))"
)
ABOVE = Phrase("scope", {"entity": "superior"})
APPROVED = re.compile(r"人大|人民代表大会")
DIGITS = {character: digit for digit, group in enumerate(["〇零○", *"一二三四五六七八九"]) for character in group}
PUNCTUATION = {"(": "open", ")": "close", "[": "open", "]": "close", "【": "open", "】": "close"}
REMEMBERED, MEMORY = 60, 50_000  # longest stretch of words that is kept, and how many
COUNTING = frozenset("两二三四五六七八九十0123456789")
SEPARATORS = ",;:、"


@dataclass(slots=True)
class Token:
    """``kind`` is a role of phrases.csv, or: amount, number, unit, open, close, separator, cited, unknown."""

    kind: str
    text: str
    start: int
    end: int
    facets: dict = field(default_factory=dict)
    unit: str = ""


def tokens(text, lexicon):
    """The tokens of a stretch of normal text; spans are its own positions.

    Words run together in Chinese: of all ways to cut them the one that leaves the fewest characters unknown is
    taken, then the one with the fewest words.
    """
    fixed, found, start = _fixed(text, lexicon), [], 0
    for token in [*fixed, None]:
        end = token.start if token else len(text)
        if start < end:
            found += _cut(text, start, end, lexicon)
        if token:
            found.append(token)
            start = token.end + len(token.unit)
    return found


def _fixed(text, lexicon):
    """The tokens that no phrase may cut through: numbers, dates, citations, punctuation."""
    found, place = [], 0
    whole = {match.start(): match.end() for match in lexicon.common.punctuated.finditer(text)}
    whole |= {match.start(): match.end() for match in SUPERIOR.finditer(text)}
    starts = deque(sorted(whole))
    while True:
        match = FIXED.search(text, place)
        first = match.start() if match else len(text)
        while starts and starts[0] < place:
            starts.popleft()
        if starts and starts[0] <= first:
            place = starts.popleft()
            words = text[place : whole[place]]
            phrase = lexicon.get(words) or ABOVE
            found.append(Token(phrase.role, words, place, whole[place], phrase.facets))
            place = whole[place]
            continue
        if not match:
            break
        place = first
        token = _token(text, place, lexicon)
        if token is None:
            place += 1
        else:
            found.append(token)
            place = token.end + len(token.unit)
    return found


FIXED = re.compile(
    r"[0-9,;:、()\[\]【】〔《一二从分按经根依遵第对通]|[两三四五六七八九十](?=[一二三四五六七八九十个]{0,3}[县区市旗乡镇街办苏])|[-−](?=[0-9])"
)


def _token(text, place, lexicon):
    character = text[place]
    if character in COUNTING and (match := COUNTED_AREAS.match(text, place)) and _below(match, lexicon):
        return Token("scope", match[0], place, match.end(), {"entity": "lower", "counted": "yes"})
    if character in PUNCTUATION:
        return Token(PUNCTUATION[character], character, place, place + 1)
    if character in SEPARATORS:
        return Token("separator", character, place, place + 1)
    if character in "-−":
        # A negative amount: everything in the vocabulary is counted in its own direction.
        return None if text[place - 1 : place].isdecimal() else Token("unknown", character, place, place + 1)
    if character.isdecimal():
        return _numeric(text, place)
    if character in "从分按" and (match := DIVIDED.match(text, place)):
        return Token("marker", match[0], place, match.end(), {"again": "yes"})
    if match := CITED.match(text, place):
        facets = {"approved": "congress"} if APPROVED.search(match[0]) else {}
        return Token("cited", match[0], place, match.end(), facets)
    if character == "对" and (match := NAMED.match(text, place)):
        return Token("scope", match[0], place, match.end(), {"entity": "recipients", "named": "yes"})
    if character == "对" and (match := RECIPIENTS.match(text, place)):
        return Token("scope", match[0], place, match.end(), {"entity": "recipients"})
    if match := CHINESE_YEAR.match(text, place):
        year = "".join(str(DIGITS[digit]) for digit in match[1])
        return Token("time", match[0], place, match.end(), _dated(year, match[2]))
    return None


def _below(match, lexicon):
    """Whether these are the areas below the place: of 四县一区 each kind."""
    for areas in filter(None, match.groups()):
        phrase = lexicon.get(areas) or lexicon.get(f"各{areas}")
        if phrase is None or phrase.facets.get("entity") != "lower":
            return False
    return True


def _cut(text, start, end, lexicon):
    """The words of a stretch without numbers and punctuation."""
    words = text[start:end]
    cuts = lexicon.remembered(words)
    pieces = cuts.get(words)
    if pieces is None:
        pieces = _pieces(words, lexicon)
        if len(words) <= REMEMBERED and len(cuts) < MEMORY:
            cuts[words] = pieces
    found = []
    for kind, piece, facets in pieces:
        found.append(Token(kind, piece, start, start + len(piece), facets))
        start += len(piece)
    return found


def _pieces(words, lexicon):
    """(kind, words, facets) of each word of a stretch."""
    size = len(words)
    # From the end: the cost of the rest (unknown characters, words) and the length of its first word.
    best = [(0, 0, 0)] * (size + 1)
    for place in range(size - 1, -1, -1):
        unknown, count, _ = best[place + 1]
        choice = (unknown + 1, count, 0)
        for length in lexicon.lengths(words, place, size):
            unknown, count, _ = best[place + length]
            if (unknown, count + 1) < choice[:2]:
                choice = (unknown, count + 1, length)
        best[place] = choice
    found, place = [], 0
    while place < size:
        length = best[place][2]
        if length:
            piece = words[place : place + length]
            phrase = lexicon.get(piece)
            found.append((phrase.role, piece, phrase.facets) if phrase else ("unit", piece, {}))
        else:
            length = next((n for n in range(1, size - place) if best[place + n][2]), size - place)
            found.append(("unknown", words[place : place + length], {}))
        place += length
    return found


def _numeric(text, place):
    if match := CITED.match(text, place):
        return Token("cited", match[0], place, match.end())
    match = YEAR.match(text, place)
    if match and not NUMBER.match(text, place).end() > place + 4 and _is_year(text, match):
        return Token("time", match[0], place, match.end(), _dated(match[1], match[2]))
    if match := MONTHS.match(text, place):
        month = int(match[1])
        if 1 <= month <= 12:
            ends = match[2] or ""
            day = f"-{int(ends[:-1]):02}" if ends.endswith("日") else ""
            last = month == 12 and day in ("", "-31")
            facets = {"point": "end"} if last else {"month": f"{month:02}{'' if day in ('-30', '-31') else day}"}
            if not ends and match.end(1) - match.start() == len(match[1]):
                # 6月份 alone: what was in that month, not since the year began.
                facets["single"] = "yes"
            return Token("time", match[0], place, match.end(), facets)
    number = NUMBER.match(text, place)
    unit = UNIT.match(text, number.end()) or SHORT_UNIT.match(text, number.end())
    if unit:
        return Token("amount", number[0], place, number.end(), unit=unit[0])
    return Token("number", number[0], place, number.end())


def _is_year(text, match):
    """2020 is a year before 年, and as 2020末; otherwise a number."""
    return "年" in match[0] or bool(match[2])


def _dated(year, point):
    facets = {"year": year}
    if point:
        facets["point"] = "opening" if "初" in point else "end"
    return facets
