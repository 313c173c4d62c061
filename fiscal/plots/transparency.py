"""Pictures of an audit: what one document has of each thing asked, and several documents side by side.

>>> import fiscal
>>> fiscal.plots.theme("en")
>>> findings = fiscal.audit.findings(["urumqi-2020", "taijiang-2020"])
"""

import textwrap

import matplotlib.pyplot as plt

from fiscal import audit, text
from fiscal.figures import labels
from fiscal.plots.theme import finish, nothing

__all__ = [
    "asked",
    "matrix",
]

# One hue from dark to light, so that the order is seen in grey too; the marks say the same without any colour.
CELLS = {"stated": "#1f5a7a", "in_part": "#a5cadd", "not_in_document": "#f1f6f9", "not_applicable": "white"}
MARKS = {"stated": "full", "in_part": "left", "not_in_document": "none"}
DARK, GREY = "#1f5a7a", "#8a8a8a"
WIDTH = {"en": 34, "zh": 26}  # characters of a line in the picture
STOP = {"en": "; ", "zh": "；"}


def asked(findings, title="", lang="en") -> plt.Axes:
    """What one document has of each thing asked: a mark in one of three columns, and what is not there in words.

    ``findings``: a frame of ``fiscal.audit.findings`` for one document. Returns the axes.

    >>> axes = fiscal.plots.transparency.asked(fiscal.audit.findings("urumqi-2020"), lang="zh")
    >>> [label.get_text() for label in axes.get_xticklabels()]
    ['载明', '部分载明', '本文件未见']
    """
    frame = findings[findings["outcome"] != "not_applicable"]
    if frame.empty:
        return nothing(lang)
    columns = list(MARKS)
    _, axes = plt.subplots(figsize=(8, 1.2 + 0.34 * len(frame)))
    described = []
    for position, row in enumerate(frame.to_dict("records")):
        axes.plot(columns.index(row["outcome"]), position, **_mark(row["outcome"], 11))
        missing = _missing(row, lang)
        # Two lines at most; the alternative text has all of it.
        shown = textwrap.fill(missing, WIDTH[lang], max_lines=2, placeholder=" …")
        axes.text(len(columns) - 0.4, position, shown, va="center", fontsize=8.5, linespacing=1.1)
        described.append(
            text.named(row[f"label_{lang}"], _name(row["outcome"], lang) + text.aside(missing, lang), lang)
        )
    names = [_name(each, lang).replace("not in this ", "not in this\n") for each in columns]
    axes.set_yticks(range(len(frame)), frame[f"label_{lang}"])
    axes.set_xticks(range(len(columns)), names)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set(xlim=(-0.6, 5.4), ylim=(len(frame) - 0.5, -0.5))
    axes.grid(visible=False)
    for edge in range(1, len(frame)):
        axes.axhline(edge - 0.5, color="#e5e5e5", linewidth=0.8)
    finish(axes, title, lang, unit="", source=_source(frame, lang), alt=STOP[lang].join(described))
    axes.spines[:].set_visible(False)
    return axes


def matrix(findings, title="", lang="en") -> plt.Axes | None:
    """Several documents side by side: a row for each thing asked, a column for each document.

    ``findings``: a frame of ``fiscal.audit.findings``. Returns the axes, or None where there are fewer than two
    documents to show. A cell has a colour and a mark; a dash is what does not apply.

    >>> axes = fiscal.plots.transparency.matrix(findings, "Two places of one year")
    >>> [label.get_text() for label in axes.get_xticklabels()]
    ['Urumqi 2020', 'Taijiang 2020']
    """
    applies = findings["outcome"] != "not_applicable"
    frame = findings[findings["requirement"].isin(findings.loc[applies, "requirement"])]
    places = frame.drop_duplicates("disclosure").set_index("disclosure")
    if len(places) < 2:
        return None
    rows = dict(zip(frame["requirement"], frame[f"label_{lang}"], strict=True))
    named = {
        each: text.beside(row[f"place_{lang}"], text.time(row["fiscal_year"], lang), lang)
        for each, row in places.to_dict("index").items()
    }
    _, axes = plt.subplots(figsize=(8, 2 + 0.34 * len(rows)))
    described = {each: [] for each in named}
    for row in frame.to_dict("records"):
        x, y = list(named).index(row["disclosure"]), list(rows).index(row["requirement"])
        axes.add_patch(plt.Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=CELLS[row["outcome"]], edgecolor="white"))
        axes.plot(x, y, **_mark(row["outcome"], 9, "white" if row["outcome"] == "stated" else DARK))
        described[row["disclosure"]].append(text.named(row[f"label_{lang}"], _name(row["outcome"], lang), lang))
    axes.set_yticks(range(len(rows)), rows.values())
    axes.set_xticks(range(len(named)), named.values(), rotation=45, ha="right", rotation_mode="anchor")
    axes.tick_params(length=0)
    axes.set(xlim=(-0.5, len(named) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.grid(visible=False)
    axes.legend(
        handles=[plt.Line2D([], [], label=_name(each, lang), **_mark(each, 9)) for each in CELLS],
        ncols=len(CELLS),
        loc="lower right",
        bbox_to_anchor=(1, 1),
        borderaxespad=0.3,
        handletextpad=0.2,
        columnspacing=1.2,
    )
    alt = STOP[lang].join(
        text.named(named[each], text.listed(states, lang), lang) for each, states in described.items()
    )
    finish(axes, title, lang, unit="", source=_source(frame, lang), alt=alt)
    axes.spines[:].set_visible(False)
    return axes


def _name(outcome, lang):
    """An outcome in words."""
    return labels.word("outcome", outcome, lang)


def _mark(outcome, size, colour=DARK):
    """How an outcome is marked: a full, half or empty circle, or a dash."""
    if outcome not in MARKS:
        return {"marker": "_", "markersize": size, "color": GREY, "linestyle": "none"}
    return {
        "marker": "o",
        "markersize": size,
        "fillstyle": MARKS[outcome],
        "color": colour,
        "markeredgecolor": colour,
        "markerfacecoloralt": "white",
        "linestyle": "none",
    }


def _missing(row, lang):
    """What a finding in part lacks, in a few words."""
    if row["outcome"] != "in_part":
        return ""
    return {"en": "without ", "zh": "缺"}[lang] + text.listed(audit.words(row["missing"], lang), lang)


def _source(frame, lang):
    names = text.listed(dict.fromkeys(frame["disclosure"]), lang)
    return {"en": f"Source: {names}; nothing else was read", "zh": f"来源：{names}，未读取其他材料"}[lang]


def __dir__():
    return list(__all__)
