"""Pictures of transfers: flows, ratios, composition. A frame in, axes out.

>>> import fiscal
>>> fiscal.plots.theme("en")
>>> transfers = fiscal.datasets.transfers("urumqi-2020")
>>> measures = fiscal.measures.transfers(fiscal.datasets.figures("urumqi-2020"))
"""

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns

from fiscal import text
from fiscal.plots.theme import COLOURS, INK, cited, finish, legible, nothing

__all__ = [
    "composition",
    "flows",
    "ratios",
    "stacked",
]

KINDS = {
    "returning": ("Tax rebates", "税收返还"),
    "general": ("General transfers", "一般性转移支付"),
    "special": ("Special transfers", "专项转移支付"),
    "government_fund": ("Government-managed funds", "政府性基金"),
    "state_capital": ("State capital operations", "国有资本经营预算"),
}
DIRECTIONS = {"received": ("received", "收入"), "paid": ("paid", "支出")}


def _names(names, lang):
    return {key: pair[lang == "zh"] for key, pair in names.items()}


def flows(transfers, title="", lang="en") -> plt.Axes:
    """Received beside paid, by type of general public transfer and by budget.

    ``transfers``: a frame of ``fiscal.datasets.transfers`` for one document. Returns the axes; x in 亿元.

    >>> axes = fiscal.plots.transfers.flows(transfers, "What came in, and what went on")
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['Tax rebates', 'General transfers', 'Special transfers', 'Government-managed funds', 'State capital
    operations']
    """
    kind = transfers["type"].astype(str).where(transfers["budget"] == "general_public", transfers["budget"].astype(str))
    frame = transfers.assign(kind=kind, yi=transfers["value_yuan"] / text.YI)
    frame = frame[frame["kind"].isin(KINDS)]
    if frame.empty:
        return nothing(lang)
    kinds, directions = _names(KINDS, lang), _names(DIRECTIONS, lang)
    _, axes = plt.subplots(figsize=(8, 4.6))
    sns.barplot(
        data=frame.assign(kind=frame["kind"].map(kinds), direction=frame["direction"].astype(str).map(directions)),
        x="yi",
        y="kind",
        hue="direction",
        order=[kinds[each] for each in KINDS if each in set(frame["kind"])],
        hue_order=list(directions.values()),
        saturation=1,
        palette={directions[each]: COLOURS[each] for each in DIRECTIONS},
        ax=axes,
    )
    for bars in axes.containers:
        axes.bar_label(bars, fmt="%.2f", padding=3, fontsize=9)
    axes.set(ylabel="")
    axes.legend(title="", loc="lower right")
    axes.grid(axis="y", visible=False)
    described = [
        text.beside(
            text.beside(kinds[row.kind], directions[row.direction], lang), text.money(row.value_yuan, lang), lang
        )
        for row in frame.itertuples()
    ]
    return finish(axes, title, lang, source=cited(frame, lang), alt=("; " if lang == "en" else "；").join(described))


def ratios(measures, title="", lang="en") -> plt.Axes:
    """Paid as a percentage of received, with the interval that rounding leaves and a line at 100 %.

    ``measures``: a frame of ``fiscal.measures.transfers`` for one document. Returns the axes; x in percent.

    >>> axes = fiscal.plots.transfers.ratios(measures)
    >>> [text.get_text() for text in axes.texts]
    ['67.9%', '102.2%', '93.5%', '60%']
    """
    frame = measures[(measures["measure"] == "paid_to_received") & measures["type"].isin(KINDS)]
    frame = frame[frame["value"].notna()].set_index("type", drop=False)
    if frame.empty:
        return nothing(lang)
    kinds = _names(KINDS, lang)
    order = [each for each in KINDS if each in frame.index]
    frame = frame.loc[order]
    value = frame["value"].astype(float) * 100
    spread = [value - frame["low"].astype(float) * 100, frame["high"].astype(float) * 100 - value]
    _, axes = plt.subplots(figsize=(8, 3.2))
    axes.axvline(100, color=COLOURS["received"], linewidth=1.5, zorder=1)
    axes.errorbar(value, order, xerr=spread, fmt="o", markersize=9, color=COLOURS["paid"], capsize=4, zorder=2)
    shown = [text.percent(row.value, lang, int(row.decimals)) for row in frame.itertuples()]
    for kind, at, label in zip(order, value, shown, strict=True):
        # Labels stand away from the line at 100 %.
        side, align = (9, "left") if at >= 100 else (-9, "right")
        axes.annotate(label, (at, kind), textcoords="offset points", xytext=(side, 0), ha=align, va="center")
    axes.set_yticks(range(len(order)), [kinds[each] for each in order])
    axes.set(xlim=(0, max(120, value.max() * 1.15)), ylim=(len(order) - 0.5, -0.75))
    axes.set_xlabel({"en": "paid as % of received (line: equal)", "zh": "支出相当于收入的百分比（竖线：相等）"}[lang])
    axes.grid(axis="y", visible=False)
    described = [text.beside(kinds[kind], label, lang) for kind, label in zip(order, shown, strict=True)]
    return finish(
        axes, title, lang, unit="", source=cited(frame, lang), alt=("; " if lang == "en" else "；").join(described)
    )


def composition(measures, title="", lang="en") -> plt.Axes:
    """Shares of rebates, general and special transfers in what was received and in what was paid.

    ``measures``: a frame of ``fiscal.measures.transfers`` for one document. Returns the axes; x in percent.

    >>> axes = fiscal.plots.transfers.composition(measures, lang="zh")
    >>> print(axes.figure.get_label())
    收入：税收返还27.4%，一般性转移支付49.2%，专项转移支付23.5%；支出：税收返还24.1%，一般性转移支付44.2%，专项转移支付31.7%
    """
    frame = measures[measures["measure"].str.startswith("composition.") & measures["value"].notna()]
    if frame.empty:
        return nothing(lang)
    kinds, directions = _names(KINDS, lang), _names(DIRECTIONS, lang)
    frame = frame.assign(direction=frame["measure"].str.removeprefix("composition."))
    return stacked(
        frame,
        row="direction",
        rows={each: directions[each] for each in DIRECTIONS if each in set(frame["direction"])},
        parts={each: kinds[each] for each in ("returning", "general", "special")},
        title=title,
        lang=lang,
        axis={"en": "% of the general public budget's transfers", "zh": "占一般公共预算补助的百分比"}[lang],
    )


def stacked(frame, row, rows, parts, title, lang, axis) -> plt.Axes:
    """Shares as stacked bars: ``frame`` has a measure's columns; ``rows`` and ``parts`` map ids to labels.

    >>> shares = measures[measures["measure"] == "composition.received"]
    >>> parts = {"returning": "Tax rebates", "general": "General", "special": "Special"}
    >>> words = {"title": "What came in", "lang": "en", "axis": "%"}
    >>> axes = fiscal.plots.transfers.stacked(shares, "measure", {"composition.received": "received"}, parts, **words)
    >>> print(axes.figure.get_label())
    What came in. received: Tax rebates 27.4%, General 49.2%, Special 23.5%
    """
    wide = frame.pivot_table(index=row, columns="type", values="value", aggfunc="first", observed=True)
    wide = wide.reindex(index=list(rows), columns=list(parts)).astype(float) * 100
    _, axes = plt.subplots(figsize=(8, 1.5 + 0.55 * len(rows)))
    left = pd.Series(0.0, index=wide.index)
    described = {each: [] for each in rows}
    for part, label in parts.items():
        axes.barh([rows[each] for each in wide.index], wide[part], left=left, color=COLOURS[part], label=label)
        for position, each in enumerate(wide.index):
            width, shown = wide.at[each, part], _share(frame, row, each, part, lang)
            if not shown:
                continue
            # A part too narrow for its label has it above.
            high = position if width > 6 else position - 0.52
            colour = legible(COLOURS[part]) if width > 6 else INK
            axes.text(left[each] + width / 2, high, shown, ha="center", va="center", fontsize=9, color=colour)
            described[each].append(text.beside(label, shown, lang))
        left = left + wide[part].fillna(0)
    axes.invert_yaxis()
    axes.set(xlim=(0, 100), xlabel=axis)
    axes.legend(ncols=len(parts), loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0)
    axes.grid(axis="y", visible=False)
    comma, stop = {"en": (", ", "; "), "zh": ("，", "；")}[lang]
    alt = stop.join(text.named(rows[each], comma.join(shares), lang) for each, shares in described.items())
    return finish(axes, title, lang, unit="", source=cited(frame, lang), alt=alt)


def _share(frame, row, each, part, lang):
    found = frame[(frame[row] == each) & (frame["type"] == part)]
    if found.empty or pd.isna(found["value"].iloc[0]):
        return ""
    return text.percent(found["value"].iloc[0], lang, int(found["decimals"].iloc[0]))


def __dir__():
    return list(__all__)
