"""The rules of a policy to play with: move a threshold and see who is warned, what is recovered, who changes."""

from html import escape

import ipywidgets as widgets
import pandas as pd

from fiscal import datasets, narrative, text
from fiscal.display.page import page
from fiscal.errors import InputError
from fiscal.explore import tables
from fiscal.explore.changes import changes, headlines
from fiscal.explore.controls import beside, choice, controls, name, named, spoken
from fiscal.explore.picture import Picture
from fiscal.figures import labels
from fiscal.narrative.prose import say
from fiscal.plots import evaluation
from fiscal.plots.theme import theme
from fiscal.rules import Replay, load_policy
from fiscal.rules.engines import need
from fiscal.rules.replay import outcomes_of

USE = {
    "en": "Amounts are whole yuan. Point at a number, or move to it with the Tab key, to see what it is computed from.",
    "zh": "金额精确到元。将鼠标指向数字，或用Tab键移到数字上，可查看其计算依据。",
}
REFUSED = {
    "en": "These values do not go together, so what is shown is that of the last ones that did. {}.",
    "zh": "这组取值不能同时成立，以下仍为上一组有效取值的结果。{}。",
}


def rules(policy="urumqi-2020", projects="synthetic", lang="en"):
    """A panel in which the thresholds and readings of a policy's monitoring can be moved.

    ``policy`` is an id, a path or a Policy; ``projects`` is *synthetic*, the path of a user's file, or a pandas frame
    as for ``fiscal.rules.monitor`` with ``project_id`` (and ``fund``, if projects are to be chosen by it).
    Everything beside the controls is what ``fiscal.rules.monitor`` gives, compared with the policy as it is.
    Raises UnknownName or InputError as these do.

    >>> panel = fiscal.explore.rules("urumqi-2020")
    >>> before = panel.monitoring["recovered_yuan"].sum()
    >>> panel.controls["recovery.full_completion_max"].label = "20%"
    >>> int(panel.monitoring["recovered_yuan"].sum() - before)
    20222500
    """
    policy = load_policy(policy)
    synthetic = isinstance(projects, str) and projects == "synthetic"
    if synthetic:
        projects = datasets.projects(nodes=policy.nodes)
    elif not isinstance(projects, pd.DataFrame):
        projects = datasets.read_projects(projects)
    need(projects, ("project_id", "node"), "explore.rules")
    synthetic = synthetic or ("synthetic" in projects and bool(projects["synthetic"].all()))
    return Panel(policy, projects, lang, synthetic)


class Panel(widgets.VBox):
    """Controls beside a picture, its numbers, and who changes.

    ``controls`` (by parameter), ``node`` and ``fund`` have values that may be set, ``reset`` is a button. ``picture``,
    ``numbers``, ``changed`` and ``message`` have HTML as their values; ``monitoring`` is the frame that they show.
    """

    def __init__(self, policy, projects, lang, synthetic):
        theme(lang)
        self.policy, self.lang, self.synthetic, self._projects = policy, lang, synthetic, projects
        self._decided, self._rasters, self._paused = {}, {}, False
        self.controls = controls(policy, lang)
        months = [(text.month(node, lang), node) for node in policy.nodes]
        words = {"en": ("Shown: the end of", "Shown: fund", "all"), "zh": ("显示的节点（月底）", "显示的资金", "全部")}[
            lang
        ]
        self.node = choice(words[0], months, policy.nodes[-1])
        funds = sorted(projects["fund"].unique()) if "fund" in projects else []
        listed = [(labels.word("fund", each, lang) or each, each) for each in funds]
        self.fund = choice(words[1], [(words[2], ""), *listed], "")
        self.reset = widgets.Button(
            description={"en": "Back to the source", "zh": "恢复文件规定"}[lang],
            tooltip={"en": "All values as the policy has them", "zh": "全部取值恢复为规则文件所载"}[lang],
            layout={"width": "auto", "margin": "0 0 16px 0"},
        )
        self.message, self.picture, self.numbers, self.changed = (widgets.HTML() for _ in range(4))
        plane = evaluation.Plane(policy, lang)
        self._plane, self._picture = plane, Picture(plane.axes, plane.moving)
        for control in (*self.controls.values(), self.node, self.fund):
            control.observe(self._moved, "value")
        self.reset.on_click(self._back)
        left = [named(name(policy.parameters[each], lang), control) for each, control in self.controls.items()]
        left += [self.reset, named(words[0], self.node), *([named(words[1], self.fund)] if funds else [])]
        self._update()
        top = page(narrative.evaluation.banner(self._about(self.monitoring)), say(lang, **USE), style=True)
        right = [self.message, self.picture, self.numbers]
        super().__init__([widgets.HTML(top), beside(left, right), self.changed, spoken()])
        self.add_class("fiscal-panel")

    def _moved(self, _):
        if not self._paused:
            self._update()

    def _back(self, _):
        self._paused = True
        for parameter, control in self.controls.items():
            control.value = self.policy[parameter]
        self._paused = False
        self._update()

    def _update(self):
        values = {parameter: control.value for parameter, control in self.controls.items()}
        chosen = {parameter: value for parameter, value in values.items() if value != self.policy[parameter]}
        try:
            policy = self.policy.replace(chosen)
        except InputError as error:
            self.message.value = page(f'<p role="alert">{escape(REFUSED[self.lang].format(error.said[self.lang]))}</p>')
            return
        replay, before, as_is = self._of_fund(self.fund.value)
        outcomes = outcomes_of(policy)
        self.monitoring = replay.under(outcomes)
        node, about = self.node.value, self._about(self.monitoring)
        title = narrative.evaluation.plane_title(about, node)
        counts = self._plane.fill(self.monitoring, self._areas(outcomes, node), node)
        alt = ", ".join(f"{label} {count}" for label, count in counts.items())
        found = changes(before, self.monitoring)
        self.message.value = page(f"<p><strong>{title.html}</strong></p>")
        self.picture.value = self._picture.html(f"{title}{'. ' if self.lang == 'en' else '。'}{alt}")
        self.numbers.value = page(tables.numbers(about, as_is))
        here = found[found["node"] == node]
        self.changed.value = page(tables.outcomes(about, here, node), tables.projects(about, here, node))

    def _about(self, monitoring):
        return narrative.outcome(self.policy, {"monitoring": monitoring}, self.lang, self.synthetic)

    def _of_fund(self, fund):
        """The projects of a fund ready to be decided again, what the policy itself makes of them, and its headlines."""
        if fund not in self._decided:
            rows = self._projects if not fund else self._projects[self._projects["fund"] == fund]
            replay = Replay(rows.reset_index(drop=True), self.policy)
            before = replay.under(self.policy)
            self._decided[fund] = replay, before, headlines(before, self.policy.nodes)
        return self._decided[fund]

    def _areas(self, outcomes, node):
        if node not in self._rasters:
            self._rasters[node] = Replay(evaluation.raster(node), self.policy)
        return self._rasters[node].actions(outcomes)
