"""How the parts of a lesson show: HTML in a notebook or on a page, plain text elsewhere."""

import re
from fractions import Fraction
from html import escape

from fiscal import text

LOCALES = {"en": "en", "zh": "zh-CN"}


class Shown:
    """A piece of a lesson."""

    def __init__(self, html, plain, lang):
        self.html, self.plain, self.lang = html, plain, lang

    def __str__(self):
        return self.plain

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": f'<div lang="{LOCALES[self.lang]}">{self.html}</div>', "text/plain": self.plain}


def marked(words):
    """A text as HTML: what stands between backticks is code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(words))


def sentences(said, lang):
    """Sentences one after the other: with a space between them, in Chinese with none."""
    return {"en": " ", "zh": ""}[lang].join(filter(None, said))


def value(answer, lang, decimals=None):
    """An answer in words: money with its amount in 亿元, sets and lists by their members."""
    from fiscal.teaching.exercise import Either

    if isinstance(answer, Either):
        return answer.words[0]
    if isinstance(answer, set | frozenset):
        return ", ".join(sorted(value(each, lang, decimals) for each in answer)) or "set()"
    if isinstance(answer, list | tuple):
        return ", ".join(value(each, lang, decimals) for each in answer)
    if isinstance(answer, bool) or answer is None or isinstance(answer, str):
        return str(answer)
    if decimals is not None and decimals > 0:
        return text.number(Fraction(answer), decimals, lang)
    if abs(answer) >= 10**7:
        answer = int(round(Fraction(answer), decimals or 0))
        amount = text.money(answer, lang)
        return f"{answer:,} ({amount})" if lang == "en" else f"{answer}（{amount}）"
    return str(answer)
