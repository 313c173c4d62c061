"""Pictures of the performance rules: outcomes on the plane, money recovered, scores, grades, what it rests on.

>>> import fiscal
>>> fiscal.plots.theme("en")
>>> policy = fiscal.rules.load_policy("urumqi-2020")
>>> tables = fiscal.rules.spot_checked(fiscal.datasets.synthetic(200), policy)
>>> result = fiscal.rules.outcomes(tables, policy)
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.colors import to_rgb

from fiscal import rules, text
from fiscal.plots.theme import INK, finish, nothing

__all__ = [
    "actions",
    "grades",
    "intervals",
    "plane",
    "raster",
    "recovered",
    "scores",
    "tornado",
]

# Light to dark with what is taken; seaborn's colour-blind palette.
_SKY, _ORANGE, _RED = (sns.color_palette("colorblind").as_hex()[i] for i in (9, 1, 3))
ACTIONS = {"none": "#dddddd", "watch": _SKY, "withdraw_half": _ORANGE, "withdraw_all": _RED}
OTHERS = sns.color_palette("colorblind").as_hex()[4:8]  # for actions of other policies
GRADES = {"excellent": "#0173b2", "good": "#56b4e9", "fair": "#de8f05", "poor": "#d55e00"}
STEP = 0.005  # of the plane's raster: half a percentage point
BUDGET = 1_000_000
MOST = 1.05  # of both rates
SHADE = 0.45  # how strongly the areas have the colours of the points
SHOWN = ["executed_yuan", "base_yuan", "completion_bp", "action"]
IDLE = -0.05  # where projects without any spending stand: beside the plane, since one yuan changes the rule
MARKER = {
    "en": "Synthetic projects: not the city's data. Rules: {}, clause {}",
    "zh": "模拟项目，非该市数据。规则：{}，{}",
}


def actions(policy):
    """The actions of a policy from least to most, each with its colour.

    >>> list(fiscal.plots.evaluation.actions(policy))
    ['none', 'watch', 'withdraw_half', 'withdraw_all']
    """
    spare = iter(OTHERS)
    return {name: ACTIONS.get(name) or next(spare) for name in reversed(rules.actions(policy))}


def raster(node):
    """Made-up projects at every point of a raster of the plane, for a policy to decide: a frame.

    Columns are those of ``fiscal.rules.monitor``; rates are those at the middle of a raster cell, and no execution.

    >>> raster = fiscal.plots.evaluation.raster("may")
    >>> len(fiscal.rules.monitor(raster, policy).query("action == 'withdraw_all'"))
    20
    """
    middle = np.arange(STEP / 2, MOST, STEP)
    execution = np.concatenate([[0.0], middle])
    return pd.DataFrame(
        {
            "node": node,
            "budget_yuan": BUDGET,
            "executed_yuan": np.rint(np.repeat(execution, len(middle)) * BUDGET).astype("int64"),
            "completion_bp": np.rint(np.tile(middle, len(execution)) * 10_000).astype("int64"),
        }
    )


def plane(monitoring, policy, node, title="", lang="en", marker=True) -> plt.Axes:
    """Projects at a node on the plane of execution and completion, over the areas that the policy draws.

    ``monitoring``: what ``fiscal.rules.monitor`` gave. Returns the axes; both in percent. Projects that spent
    nothing stand in the strip on the left.

    >>> axes = fiscal.plots.evaluation.plane(result["monitoring"], policy, "may", "Most projects pass")
    >>> [each.get_text() for each in axes.get_legend().get_texts()]
    ['no warning (120)', 'warning: monitored more closely (40)', 'half recovered (31)', 'all recovered (9)']
    """
    if not ((monitoring["node"] == node) & (monitoring["problem"] == "")).any():
        return nothing(lang)
    drawn = Plane(policy, lang)
    counts = drawn.fill(monitoring, rules.monitor(raster(node), policy)["action"], node)
    for words, (name, count) in zip(drawn.legend.get_texts(), counts.items(), strict=True):
        words.set_text(name + text.aside(str(count), lang))
    alt = {"en": "; ", "zh": "；"}[lang].join(text.beside(name, count, lang) for name, count in counts.items())
    return finish(drawn.axes, title, lang, unit="", source=_source(policy, "III.2.1", lang, marker), alt=alt)


class Plane:
    """The plane of execution and completion, which may be filled again and again: all but ``moving`` stays."""

    def __init__(self, policy, lang):
        self.looks = actions(policy)
        _, self.axes = plt.subplots(figsize=(8, 6))
        self.labels = {name: policy.word("action", name, lang) for name in self.looks}
        # As they look over white; as plain colours they take a third of the time.
        shades = np.array([to_rgb(colour) for colour in self.looks.values()]) * SHADE + 1 - SHADE
        # With a channel for what is opaque, which matplotlib would else add each time.
        self.shades = np.rint(np.column_stack([shades, np.ones(len(shades))]) * 255).astype("uint8")
        look = {"interpolation": "nearest", "origin": "lower", "aspect": "auto"}
        self.side = len(np.arange(STEP / 2, MOST, STEP))
        height = (0, 100 * MOST)
        strip = (100 * (IDLE - 0.025), 100 * (IDLE + 0.025))
        self.areas = [
            self.axes.imshow(np.zeros((self.side, width, 4), dtype="uint8"), extent=(*across, *height), **look)
            for width, across in ((1, strip), (self.side, height))
        ]
        self.points = {
            name: self.axes.scatter(
                [], [], s=11, color=colour, edgecolor=INK, linewidth=0.3, label=self.labels[name], rasterized=True
            )
            for name, colour in self.looks.items()
        }
        self.axes.set(xlim=(100 * (IDLE - 0.03), 100 * MOST), ylim=height)
        self.axes.set_xticks(
            [100 * IDLE, *range(0, 101, 20)], [{"en": "none", "zh": "未执行"}[lang], *range(0, 101, 20)]
        )
        self.axes.set_yticks(range(0, 101, 20))
        self.axes.set_xlabel({"en": "budget executed, %", "zh": "预算执行率，%"}[lang])
        self.axes.set_ylabel({"en": "objectives completed (self-reported), %", "zh": "绩效目标完成率（自报），%"}[lang])
        self.legend = self.axes.legend(
            ncols=2, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2, markerscale=2
        )
        self.axes.grid(visible=False)

    @property
    def moving(self):
        """The artists that a policy moves, in the order in which they are drawn."""
        return [*self.areas, *self.points.values()]

    def fill(self, monitoring, areas, node):
        """Show the projects at a node, and the actions that a policy has for the points of :func:`raster`.

        Returns how many projects each action has, by its label.
        """
        codes = pd.Categorical(areas, list(self.looks)).codes.reshape(self.side + 1, self.side)
        for drawn, part in zip(self.areas, (codes[:1], codes[1:]), strict=True):
            drawn.set_data(self.shades[part.T])
        points = monitoring.loc[(monitoring["node"] == node) & (monitoring["problem"] == ""), SHOWN]
        executed = points["executed_yuan"].to_numpy(dtype="float64")
        drift = ((np.arange(len(points)) * 0.618) % 1 - 0.5) * 0.03  # spreads what would lie on one line
        rate = executed / points["base_yuan"].to_numpy(dtype="float64")
        places = np.column_stack([np.where(executed > 0, rate, IDLE + drift), points["completion_bp"] / 10_000]) * 100
        action = pd.Categorical(points["action"], list(self.looks)).codes
        for code, drawn in enumerate(self.points.values()):
            drawn.set_offsets(places[action == code])
        return {label: int((action == code).sum()) for code, label in enumerate(self.labels.values())}


def recovered(monitoring, policy, title="", lang="en", marker=True) -> plt.Axes:
    """Money recovered by rule and node. ``monitoring``: what ``fiscal.rules.monitor`` gave; x in 亿元.

    >>> axes = fiscal.plots.evaluation.recovered(result["monitoring"], policy, "May recovers most")
    >>> print(axes.figure.get_label())
    May recovers most. nothing spent, very little done, May 0.06 yi; nothing spent, less than half done, May
    0.22 yi; ...
    """
    taken = monitoring[monitoring["recovered_yuan"].fillna(0) > 0]
    if taken.empty:
        return nothing(lang)
    months = {node: text.month(node, lang) for node in policy.nodes}
    sums = taken.groupby([taken["rule"].astype(str), "node"])["recovered_yuan"].sum().reset_index()
    sums = sums.assign(yi=sums["recovered_yuan"].astype("float64") / text.YI, node=sums["node"].map(months))
    _, axes = plt.subplots(figsize=(8, 3.2))
    order = [rule.id for rule in policy.tables["recovery"].rules if rule.id in set(sums["rule"])]
    said = {name: policy.tables["recovery"].row(name).called(lang) for name in order}
    sns.barplot(
        data=sums,
        x="yi",
        y="rule",
        hue="node",
        order=order,
        ax=axes,
        saturation=1,
        palette=dict(zip(months.values(), ("#56b4e9", "#0173b2"), strict=False)),
    )
    for bars in axes.containers:
        axes.bar_label(bars, fmt="%.2f", padding=3, fontsize=9)
    axes.set_yticks(range(len(order)), [said[name] for name in order])
    axes.set(ylabel="")
    axes.legend(title="", ncols=2, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
    axes.grid(axis="y", visible=False)
    comma, stop = {"en": (", ", "; "), "zh": ("，", "；")}[lang]
    alt = stop.join(
        f"{said[row.rule]}{comma}{text.beside(row.node, text.money(row.recovered_yuan, lang, 2), lang)}"
        for row in sums.itertuples()
    )
    return finish(axes, title, lang, source=_source(policy, "III.2.1", lang, marker), alt=alt)


def scores(evaluations, policy, title="", lang="en", marker=True) -> plt.Axes:
    """Self-scores beside re-review, with the lines below which consequences follow. x and y in points.

    >>> axes = fiscal.plots.evaluation.scores(result["evaluations"], policy, "Self-scores are kind")
    >>> print(axes.figure.get_label())
    Self-scores are kind. 21 of 24 points lie below the diagonal: re-review found less
    """
    known = evaluations[evaluations["review_score"].notna()]
    if known.empty:
        return nothing(lang)
    _, axes = plt.subplots(figsize=(8, 4.6))
    axes.plot([0, 100], [0, 100], color="#999999", linewidth=1)
    for name in ("self_evaluation.criticism_below", "self_evaluation.adjustment_below"):
        axes.axvline(float(policy[name]), color=_RED, linewidth=1, linestyle="--")
    axes.scatter(known["self_score"], known["review_score"].astype("float64"), s=14, color="#0173b2", alpha=0.7)
    axes.set(xlim=(30, 101), ylim=(0, 101))
    axes.set_xlabel(
        {"en": "self-evaluation, points (dashed: consequences below)", "zh": "自评分数（低于虚线的予以处理）"}[lang]
    )
    axes.set_ylabel({"en": "re-review, points", "zh": "复核分数"}[lang])
    below = int((known["review_score"] < known["self_score"]).sum())
    alt = {
        "en": f"{below} of {len(known)} points lie below the diagonal: re-review found less",
        "zh": f"{len(known)}个点中有{below}个在对角线以下，即复核分数低于自评",
    }[lang]
    return finish(axes, title, lang, unit="", source=_source(policy, "III.1.5", lang, marker), alt=alt)


def grades(departments, policy, title="", lang="en", marker=True) -> plt.Axes:
    """Departments by score, coloured by grade, with the share of the budget that is cut. x in points.

    >>> axes = fiscal.plots.evaluation.grades(result["departments"], policy, lang="zh")
    >>> [each.get_text() for each in axes.get_legend().get_texts()]
    ['优：压减8%', '良：压减10%', '中：压减15%', '差：压减20%']
    """
    known = departments[departments["grade"].notna()].sort_values("department_score", ascending=False)
    if known.empty:
        return nothing(lang)
    _, axes = plt.subplots(figsize=(8, 5.4))
    described = []
    for name, colour in GRADES.items():
        here = known[known["grade"] == name]
        share = text.percent(policy[f"cut.{name}"], lang, 0)
        word = policy.word("grade", name, lang)
        label = {"en": f"{word}: cut {share}", "zh": f"{word}：压减{share}"}[lang]
        axes.barh(here["department"], here["department_score"].astype("float64"), color=colour, label=label)
        described.append(label + {"en": f", departments: {len(here)}", "zh": f"，{len(here)}个部门"}[lang])
    axes.set_yticks(range(len(known)), known["department"], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel({"en": "department's score, points (weights assumed)", "zh": "部门得分（权重为假设）"}[lang])
    axes.legend(ncols=4, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2)
    axes.grid(axis="y", visible=False)
    alt = {"en": "; ", "zh": "；"}[lang].join(described)
    return finish(axes, title, lang, unit="", source=_source(policy, "III.2.3", lang, marker), alt=alt)


def tornado(sensitivity, policy, title="", lang="en", marker=True) -> plt.Axes:
    """How far each headline amount moves when one open parameter moves: the widest first. x in 亿元.

    >>> axes = fiscal.plots.evaluation.tornado(fiscal.rules.sensitivity(tables, policy), policy)
    >>> axes.get_xlabel(), axes.get_yticklabels()[-1].get_text()
    ('recovered in 2020, yi (亿元)', 'Reading of abnormal progress')
    """
    chosen = sensitivity[sensitivity["chosen"]].iloc[0]
    amounts = [name for name in ("recovered_yuan", "reduction_yuan") if name in sensitivity]
    moved = sensitivity[~sensitivity["chosen"]]
    _, axes = plt.subplots(len(amounts), 1, figsize=(8, 3.4 * len(amounts)), squeeze=False)
    labels = {
        "recovered_yuan": (f"recovered in {policy.fiscal_year}", f"{policy.fiscal_year}年收回"),
        "reduction_yuan": (f"taken from {policy.fiscal_year + 1} budgets", f"{policy.fiscal_year + 1}年压减"),
    }
    described = []
    for (axis,), amount in zip(axes, amounts, strict=True):
        spread = moved.groupby("parameter")[amount].agg(["min", "max"]) / text.YI
        here = chosen[amount] / text.YI
        low, high = spread["min"].clip(upper=here), spread["max"].clip(lower=here)
        widest = (high - low)[high > low].sort_values().tail(8).index
        names = [policy.parameters[name].label[lang] for name in widest]
        axis.barh(names, high[widest] - low[widest], left=low[widest], color="#56b4e9", height=0.6)
        axis.axvline(here, color=INK, linewidth=1.5)
        axis.tick_params(axis="y", labelsize=9)
        axis.set_xlabel(f"{labels[amount][lang == 'zh']}{', yi (亿元)' if lang == 'en' else '，亿元'}")
        axis.grid(axis="y", visible=False)
        sns.despine(ax=axis, left=True)
        described += [
            text.beside(
                name, text.span(f"{low[each]:.2f}", text.money(round(high[each] * text.YI), lang, 2), lang), lang
            )
            for name, each in zip(names[::-1], widest[::-1], strict=True)
        ]
    first = axes[0][0]
    alt = {"en": "; ", "zh": "；"}[lang].join(described)
    return finish(first, title, lang, unit="", source=_source(policy, "III.2", lang, marker), alt=alt)


def intervals(drawn, policy, title="", lang="en", marker=True) -> plt.Axes:
    """Where the headline numbers lie when all assumptions are drawn at once. x in % of what the policy itself gives.

    >>> axes = fiscal.plots.evaluation.intervals(fiscal.rules.uncertainty(tables, policy, draws=20), policy)
    >>> [each.get_text() for each in axes.get_yticklabels()]
    ['cuts and adjustments, 2021', 'cuts for 2021', 'recovered in 2020', 'projects warned']
    """
    labels = {
        "warned_projects": ("projects warned", "预警项目数"),
        "recovered_yuan": (f"recovered in {policy.fiscal_year}", f"{policy.fiscal_year}年收回"),
        "cut_yuan": (f"cuts for {policy.fiscal_year + 1}", f"{policy.fiscal_year + 1}年压减"),
        "reduction_yuan": (f"cuts and adjustments, {policy.fiscal_year + 1}", f"{policy.fiscal_year + 1}年压减及调整"),
    }
    shown = drawn[drawn["chosen"] > 0].iloc[::-1]
    _, axes = plt.subplots(figsize=(8, 1.2 + 0.55 * len(shown)))
    names = [labels[number][lang == "zh"] for number in shown["number"]]
    low, median, high = (100 * shown[name] / shown["chosen"] for name in ("low", "median", "high"))
    axes.barh(names, high - low, left=low, color=_SKY, height=0.5)
    axes.plot(median, names, linestyle="", marker="o", color=INK, markersize=5)
    axes.axvline(100, color=INK, linewidth=1.5)
    axes.set_xlabel(
        {
            "en": "% of the number on this page; dots: median of the draws, bars: 90% of them",
            "zh": "相当于本页数字的百分比；圆点为抽样中位数，横条涵盖90%的抽样",
        }[lang]
    )
    axes.grid(axis="y", visible=False)
    sns.despine(ax=axes, left=True)
    described = [
        text.beside(name, text.span(f"{one:.0f}%", f"{other:.0f}%", lang), lang)
        for name, one, other in list(zip(names, low, high, strict=True))[::-1]
    ]
    alt = {"en": "; ", "zh": "；"}[lang].join(described)
    return finish(axes, title, lang, unit="", source=_source(policy, "III.2", lang, marker), alt=alt)


def _source(policy, clause, lang, marker):
    named = MARKER[lang].format(policy.id, text.clause(clause, lang))
    if marker:
        return named
    return {"en": f"Rules: {policy.id}, clause {clause}", "zh": f"规则：{policy.id}，{text.clause(clause, lang)}"}[lang]


def __dir__():
    return list(__all__)
