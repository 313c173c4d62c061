"""Pictures of places side by side: one panel for each set that can be ranked, and who states what.

>>> import fiscal
>>> fiscal.plots.theme("en")
>>> table = fiscal.measures.compare(fiscal.datasets.figures(["ezhou-2017", "jiaxing-2017", "urumqi-2020"]))
"""

import textwrap

import matplotlib.pyplot as plt
import seaborn as sns

from fiscal import text
from fiscal.measures.compare import MEASURES, groups
from fiscal.plots.theme import COLOURS, INK, finish

__all__ = [
    "coverage",
    "ranked",
]

NOTHING = {"en": "No document here states what this picture would show.", "zh": "所列文件均未公布本图所需数据。"}


def ranked(table, measure, title="", lang="en") -> plt.Axes:
    """A measure in small multiples: a panel for each comparable set, ranked within, all on one axis in percent.

    ``table``: a frame of ``fiscal.measures.compare``. A filled mark is final, a hollow one is not (execution or
    expected figures); the line is the interval that rounding leaves. Returns the axes of the last panel.

    >>> axes = fiscal.plots.compare.ranked(table, "special_share", "Not one ranking")
    >>> [panel.get_title(loc="left") for panel in axes.figure.axes]
    ['2017, whole area, final accounts (one only)', '2017, own level, final accounts (one only)', '2017,
    大本级, final accounts (one only)', '2020, whole area, final accounts (one only)']
    """
    found = list(groups(table, measure))
    if not found:
        return _nothing(lang)
    heights = [len(group) for _, group in found]
    _, panels = plt.subplots(
        len(found),
        1,
        sharex=True,
        squeeze=False,
        figsize=(8, 1.1 + 0.42 * len(found) + 0.34 * sum(heights)),
        gridspec_kw={"height_ratios": [height + 0.4 for height in heights]},
    )
    described = []
    for axes, (context, group) in zip(panels[:, 0], found, strict=True):
        described += _panel(axes, context, group, measure, lang)
    last = panels[-1, 0]
    top = max(float(group["high"].max()) for _, group in found) * 100
    last.set_xlim(0, max(top * 1.12, 1))
    last.set_xlabel(_axis(measure, lang))
    last.figure.get_layout_engine().set(h_pad=0.06)
    source = {"en": ", ", "zh": "、"}[lang].join(
        dict.fromkeys(name for _, group in found for name in group["disclosure"])
    )
    words = {
        "en": f"Source: {source}. Filled: final accounts; hollow: not final.",
        "zh": f"来源：{source}。实心为决算数，空心为非决算数。",
    }
    stop = {"en": "; ", "zh": "；"}[lang]
    finish(last, title, lang, unit="", source="\n".join(textwrap.wrap(words[lang], 130)), alt=stop.join(described))
    return last


def _panel(axes, context, group, measure, lang):
    """Draw one comparable set; gives what it shows in words."""
    levels = set(group["level"])
    shown = []
    for position, row in enumerate(group.to_dict("records")):
        value = float(row["value"]) * 100
        spread = [[value - float(row["low"]) * 100], [float(row["high"]) * 100 - value]]
        final = row["basis"] == "final"
        axes.errorbar(
            value,
            position,
            xerr=spread,
            fmt="o",
            markersize=8,
            color=COLOURS["special"] if measure == "special_share" else COLOURS["received"],
            markerfacecolor=None if final else "white",
            capsize=3,
        )
        number = text.percent(row["value"], lang, int(row["decimals"]))
        marked = f"≥{number}" if row["bound"] else number
        axes.annotate(marked, (value, position), textcoords="offset points", xytext=(9, 0), va="center", fontsize=9)
        shown.append(text.beside(_place(row, lang), marked, lang))
    axes.set_yticks(range(len(group)), [_place(row, lang) for row in group.to_dict("records")])
    axes.set_ylim(len(group) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    note = ""
    if len(group) == 1:
        note = {"en": "one only", "zh": "仅一项"}[lang]
    elif len(levels) > 1:
        note = {"en": "levels differ", "zh": "层级不同"}[lang]
    heading = text.context(context, lang) + text.aside(note, lang)
    axes.set_title(heading, loc="left", fontsize=9, color=INK)
    sns.despine(ax=axes, left=True)
    return [text.named(heading, {"en": ", ", "zh": "，"}[lang].join(shown), lang)]


def _place(row, lang):
    """``Urumqi (prefecture)``: the level stands with the name wherever it is ranked."""
    name = row["jurisdiction_en"] if lang == "en" else row["jurisdiction"]
    return name + text.aside(row["level"] and text.level(row["level"], lang), lang)


def _axis(measure, lang):
    return f"{MEASURES[measure].en}, %" if lang == "en" else f"{MEASURES[measure].zh}，%"


def coverage(table, title="", lang="en") -> plt.Axes:
    """Which document states which measure: filled where the value is there, hollow where it is not.

    ``table``: a frame of ``fiscal.measures.compare``. Returns the axes.

    >>> axes = fiscal.plots.compare.coverage(table)
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['Ezhou (prefecture) 2017', 'Jiaxing (prefecture) 2017', 'Urumqi (prefecture) 2020']
    """
    if table.empty:
        return _nothing(lang)
    measures = [measure for measure in MEASURES if measure in set(table["measure"])]
    places = table.drop_duplicates("disclosure").sort_values(["fiscal_year", "disclosure"]).to_dict("records")
    stated = set(zip(*(table.loc[table["value"].notna(), column] for column in ("disclosure", "measure")), strict=True))
    _, axes = plt.subplots(figsize=(8, 1.6 + 0.3 * len(places)))
    names = [text.beside(_place(row, lang), text.time(row["fiscal_year"], lang), lang) for row in places]
    described = []
    for y, (row, name) in enumerate(zip(places, names, strict=True)):
        have = [measure for measure in measures if (row["disclosure"], measure) in stated]
        for x, measure in enumerate(measures):
            face = COLOURS["received"] if measure in have else "white"
            axes.plot(x, y, "o", markersize=10, color=COLOURS["received"], markerfacecolor=face)
        described.append(text.named(name, f"{len(have)}/{len(measures)}", lang))
    axes.set_yticks(range(len(places)), names)
    axes.set_ylim(len(places) - 0.5, -0.5)
    words = [MEASURES[measure].en if lang == "en" else MEASURES[measure].zh for measure in measures]
    axes.set_xticks(range(len(measures)), [_narrow(word, lang) for word in words], fontsize=8)
    axes.set_xlim(-0.5, len(measures) - 0.5)
    axes.xaxis.tick_top()
    axes.grid(visible=False)
    axes.set_xlabel(
        {"en": "filled: stated; hollow: no such result stated", "zh": "实心：已公布；空心：未公布该结果"}[lang]
    )
    stop = {"en": "; ", "zh": "；"}[lang]
    finish(axes, title, lang, unit="", alt=stop.join(described))
    sns.despine(ax=axes, left=True, bottom=True)
    return axes


def _narrow(words, lang):
    """A label on lines that fit a column."""
    if lang == "zh":
        return "\n".join(words[start : start + 6] for start in range(0, len(words), 6))
    return "\n".join(textwrap.wrap(words, 14))


def _nothing(lang):
    _, axes = plt.subplots(figsize=(8, 1.2))
    axes.set_axis_off()
    axes.text(0, 0.5, NOTHING[lang], va="center")
    axes.figure.set_label(NOTHING[lang])
    return axes


def __dir__():
    return list(__all__)
