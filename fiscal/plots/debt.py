"""Pictures of debt: limit and balance, composition, and the capacity at which bands are reached.

>>> import fiscal
>>> fiscal.plots.theme("en")
>>> debt = fiscal.datasets.debt("urumqi-2020")
>>> measures = fiscal.measures.debt(fiscal.datasets.figures("urumqi-2020"))
"""

import matplotlib.pyplot as plt
import numpy as np

from fiscal import text
from fiscal.measures import thresholds
from fiscal.plots.theme import BANDS, COLOURS, INK, cited, finish, legible, nothing
from fiscal.plots.transfers import stacked

__all__ = [
    "break_even",
    "composition",
    "limits",
]

KINDS = {
    "total": ("All debt", "债务合计"),
    "general": ("General debt", "一般债务"),
    "special": ("Special debt", "专项债务"),
}


def limits(debt, title="", lang="en") -> plt.Axes:
    """Balance inside its limit, by type; what is left is the headroom.

    ``debt``: a frame of ``fiscal.datasets.debt`` for one document and scope. Returns the axes; x in 亿元.

    >>> axes = fiscal.plots.debt.limits(debt, "87% of the limit of special debt is used")
    >>> axes.get_xlabel(), [label.get_text() for label in axes.get_yticklabels()]
    ('yi (亿元, 100 million yuan)', ['All debt', 'General debt', 'Special debt'])
    """
    wide = debt.pivot_table(index="type", columns="item", values="value_yuan", aggfunc="first", observed=True)
    if not {"balance", "limit.year_end"} <= set(wide.columns):
        return nothing(lang)
    wide = wide.dropna(subset=["balance", "limit.year_end"])
    if wide.empty:
        return nothing(lang)
    labels = {each: KINDS[each][lang == "zh"] for each in KINDS if each in wide.index}
    words = {
        "en": ("balance {}", "headroom {}", "limit {}"),
        "zh": ("余额{}", "空间{}", "限额{}"),
    }[lang]
    _, axes = plt.subplots(figsize=(8, 3.6))
    described = []
    for position, (kind, label) in enumerate(labels.items()):
        balance, limit = int(wide.at[kind, "balance"]), int(wide.at[kind, "limit.year_end"])
        shown = [
            word.format(text.money(amount, lang, 2))
            for word, amount in zip(words, (balance, limit - balance, limit), strict=True)
        ]
        axes.barh(position, balance / text.YI, color=COLOURS[kind], height=0.6)
        axes.barh(
            position,
            max(limit - balance, 0) / text.YI,
            left=balance / text.YI,
            color="white",
            edgecolor=COLOURS[kind],
            hatch="////",
            height=0.6,
        )
        axes.text(
            balance / text.YI / 2,
            position,
            shown[0],
            ha="center",
            va="center",
            color=legible(COLOURS[kind]),
            fontsize=9,
        )
        beside = {"va": "center", "fontsize": 9, "linespacing": 1.3, "bbox": {"color": "white", "pad": 1}}
        axes.annotate(
            f"{shown[2]}\n{shown[1]}", (limit / text.YI, position), textcoords="offset points", xytext=(6, 0), **beside
        )
        described.append(text.named(label, {"en": ", ", "zh": "，"}[lang].join(shown), lang))
    axes.set_yticks(range(len(labels)), list(labels.values()))
    axes.invert_yaxis()
    axes.set_xlim(0, wide["limit.year_end"].max() / text.YI * 1.22)
    axes.grid(axis="y", visible=False)
    source = debt[debt["item"].isin(["balance", "limit.year_end"])]
    return finish(axes, title, lang, source=cited(source, lang), alt=("; " if lang == "en" else "；").join(described))


def composition(measures, title="", lang="en") -> plt.Axes:
    """Shares of general and special debt in the balance and in the new bonds.

    ``measures``: a frame of ``fiscal.measures.debt`` for one document and scope. Returns the axes; x in percent.

    >>> axes = fiscal.plots.debt.composition(measures, "Special debt is most of it")
    >>> print(axes.figure.get_label())
    Special debt is most of it. Balance: General debt 34.11%, Special debt 65.89%; New bonds: General debt
    3.75%, Special debt 96.25%
    """
    rows = {
        "composition": ("Balance", "债务余额"),
        "composition.new_bonds": ("New bonds", "新增债券"),
    }
    frame = measures[measures["measure"].isin(rows) & measures["value"].notna()]
    if frame.empty:
        return nothing(lang)
    return stacked(
        frame,
        row="measure",
        rows={each: rows[each][lang == "zh"] for each in rows if each in set(frame["measure"])},
        parts={each: KINDS[each][lang == "zh"] for each in ("general", "special")},
        title=title,
        lang=lang,
        axis={"en": "% of the amount", "zh": "占总额的百分比"}[lang],
    )


def break_even(measures, title="", lang="en") -> plt.Axes:
    """The debt ratio for every fiscal capacity there might be, over the reported warning bands.

    ``measures``: a frame of ``fiscal.measures.debt`` for one document and scope. Returns the axes; x in 亿元
    of comprehensive fiscal capacity, y in percent. A known capacity is marked.

    >>> axes = fiscal.plots.debt.break_even(measures)
    >>> axes.get_ylabel()
    'debt ÷ capacity, %'
    >>> [text.get_text() for text in axes.texts if "yi" in text.get_text()]
    ['990.78 yi', '594.47 yi', '396.31 yi']
    """
    frame = measures[measures["measure"].str.startswith("break_even.") & measures["value"].notna()]
    if frame.empty:
        return nothing(lang)
    bands = thresholds("debt_ratio")
    edges = {
        row.measure.removeprefix("break_even."): row.numerator / row.denominator / text.YI for row in frame.itertuples()
    }
    levels = bands["level_bp"] / 100
    debt = edges["yellow"] * levels["yellow"] / 100
    top = levels["red"] * 1.25
    capacity = np.linspace(debt / top * 100, edges["yellow"] * 1.6, 200)
    _, axes = plt.subplots(figsize=(8, 4.4))
    for band, upper in zip(bands.index, [*levels[1:], top], strict=True):
        axes.axhspan(levels[band], upper, color=BANDS[band], zorder=0)
        axes.text(
            capacity[-1], (levels[band] + upper) / 2, bands.at[band, f"label_{lang}"] + " ", ha="right", va="center"
        )
    axes.plot(capacity, debt / capacity * 100, color=INK, linewidth=2)
    described = []
    for band, at in edges.items():
        label = text.money(round(at * text.YI), lang, 2)
        axes.plot(at, levels[band], "o", color=INK)
        axes.annotate(label, (at, levels[band]), textcoords="offset points", xytext=(7, 5), fontsize=9)
        described.append(f"{text.number(levels[band], 0, lang)}%{'：' if lang == 'zh' else ': '}{label}")
    known = measures[(measures["measure"] == "debt_ratio") & (measures["type"] == "total") & measures["value"].notna()]
    for row in known.itertuples():
        axes.plot(debt / row.value, row.value * 100, "D", markersize=9, color=COLOURS["special"])
        described.append(text.percent(row.value, lang, int(row.decimals)))
    axes.set(xlim=(0, capacity[-1]), ylim=(0, top))
    axes.grid(visible=False)
    axes.set_ylabel({"en": "debt ÷ capacity, %", "zh": "债务余额÷综合财力，%"}[lang])
    finish(axes, title, lang, source=cited(frame, lang), alt=("; " if lang == "en" else "；").join(described))
    where = {"en": "comprehensive fiscal capacity, yi (亿元, 100 million yuan)", "zh": "综合财力，亿元"}[lang]
    axes.set_xlabel(where)
    return axes


def __dir__():
    return list(__all__)
