"""Plain text: which encoding it is in."""

import codecs
import re

from fiscal.errors import InputError

MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
# What Chinese text is made of; other characters are rare in it.
USUAL = re.compile(r"[\t\n\r -~·–—‘’“”…‰①-⑳Ⅰ-Ⅻ\u3000-〿一-鿿！-～￥%℃]")
HAN = re.compile("[一-鿿]")
CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
SAMPLE = 20_000  # characters on which a guess is made


def decode(data, where):
    """Bytes to text, exactly; a byte order mark is dropped, line ends stay.

    By the mark, else as UTF-8, else as UTF-16 or GB18030 if that gives Chinese. Raises InputError.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, where)
    if b"\0" in data:
        encoding = next((e for e in ("utf-16-le", "utf-16-be") if _is_chinese(_tried(data, e))), "utf-8")
        return _strict(data, encoding, where)
    try:
        return _sane(data.decode("utf-8"), where)
    except UnicodeDecodeError as error:
        for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
            text = _tried(data, encoding)
            if _is_chinese(text):
                return _sane(text, where)
        place = f"byte {error.start + 1} is none of UTF-8, and the whole none of GB18030 or UTF-16"
        raise InputError(f"{where}: expected text in UTF-8 or GB18030; {place}") from error


def _strict(data, encoding, where):
    try:
        return _sane(data.decode(encoding), where)
    except UnicodeDecodeError as error:
        name = encoding.upper()
        raise InputError(f"{where}: expected text in {name}; byte {error.start + 1} is none of it") from error


def _sane(text, where):
    """The text, unless its control characters show that it is none."""
    if found := CONTROL.search(text):
        controls = len(CONTROL.findall(text))
        if "\0" in text or controls * 100 > len(text):
            what = f"control character U+{ord(found[0]):04X} at character {found.start() + 1}"
            raise InputError(f"{where}: expected text, found binary data ({what})")
    return text


def _tried(data, encoding):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _is_chinese(text):
    """Whether a guess at an encoding gave Chinese, and not by chance.

    Other encodings read as GB18030 give Chinese characters too, but rare ones: nine of ten in a real text are
    among the 3,755 common ones that GB 2312 put first.
    """
    sample = text[:SAMPLE]
    han = HAN.findall(sample)
    if not sample or len(USUAL.findall(sample)) < 0.95 * len(sample):
        return False
    common = sum(b"\xb0" <= char.encode("gb18030")[:1] <= b"\xd7" and char.encode("gb18030")[1] > 0xA0 for char in han)
    return common >= 0.7 * len(han)
