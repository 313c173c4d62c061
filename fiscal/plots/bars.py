"""Plain bars, for a notebook of one's own: amounts in 亿元, or counts."""

import matplotlib.pyplot as plt
import seaborn as sns

from fiscal import text
from fiscal.plots.theme import COLOURS, finish, nothing


def amounts(labels, yuan, title="", lang="en", source=""):
    """A bar for each amount (whole yuan), in the order given; x in 亿元. Returns the axes.

    >>> axes = fiscal.plots.amounts(["general", "special"], [40_554_000_000, 78_340_000_000], "Most debt is special")
    >>> axes.figure.get_label()
    'Most debt is special. general 405.54 yi; special 783.4 yi'
    """
    shown = [text.money(int(each), lang) for each in yuan]
    return _bars(labels, [each / text.YI for each in yuan], shown, title, lang, "x", source)


def counts(labels, numbers, title="", lang="en", source=""):
    """A bar for each count, in the order given; x is how many. Returns the axes.

    >>> fiscal.plots.counts(["warned", "passed"], [626, 1374], "A third is warned").get_xlabel()
    'how many'
    """
    shown = [text.number(int(each), 0, lang) for each in numbers]
    axes = _bars(labels, numbers, shown, title, lang, "", source)
    axes.set_xlabel({"en": "how many", "zh": "个数"}[lang])
    return axes


def _bars(labels, lengths, shown, title, lang, unit, source):
    if not lengths:
        return nothing(lang)
    _, axes = plt.subplots(figsize=(8, 1.2 + 0.4 * len(lengths)))
    sns.barplot(x=lengths, y=labels, color=COLOURS["received"], ax=axes)
    axes.bar_label(axes.containers[0], shown, padding=3, fontsize=9)
    axes.margins(x=0.15)
    alt = {"en": "; ", "zh": "；"}[lang].join(f"{name} {each}" for name, each in zip(labels, shown, strict=True))
    return finish(axes, title, lang, unit=unit, source=source, alt=alt)
