"""Sliders and lists for what a policy lets one choose, each with unit, status and clause."""

from dataclasses import replace
from fractions import Fraction
from html import escape

import ipywidgets as widgets

from fiscal import text
from fiscal.figures import labels
from fiscal.rules import describe, points

WIDE = {"width": "auto", "margin": "0"}
# Sliders and lists have no name of their own for those who listen: they get the words that stand above them.
SPOKEN = """const name = () => {
  const panel = element.closest(".fiscal-panel");
  const moved = panel ? [...panel.querySelectorAll(".noUi-handle, select")] : [];
  moved.forEach((each) => {
    const words = each.closest(".widget-vbox").querySelector(".widget-html-content");
    each.setAttribute("aria-label", words.textContent.trim());
  });
  if (!moved.length) setTimeout(name, 200);
};
name();"""


def controls(policy, lang):
    """A control for each rate and reading that the monitoring of a policy uses, by the name of its parameter.

    The value of a slider is the exact Fraction of one, that of a list the word for a reading.
    """
    used = [each for each in policy.parameters.values() if each.name.partition(".")[0] in points.CHAIN]
    return {
        each.name: _control(each, lang)
        for each in used
        if each.alternatives or (isinstance(each.value, Fraction) and each.value <= 1)
    }


def _control(parameter, lang):
    about = {"value": parameter.value, "tooltip": f"{parameter.label[lang]}\n{parameter.note[lang]}", "layout": WIDE}
    if parameter.alternatives:
        return widgets.Dropdown(options=[(each[lang], name) for name, each in parameter.alternatives.items()], **about)
    # Whole percent, and the policy's own value wherever it lies.
    steps = sorted({*(Fraction(percent, 100) for percent in range(101)), parameter.value})
    options = [(describe.value(replace(parameter, value=step), lang), step) for step in steps]
    return widgets.SelectionSlider(options=options, **about)


def name(parameter, lang):
    """What stands above a control: label, status and clause."""
    about = [labels.word("status", parameter.status, lang), text.clause(parameter.clause, lang)]
    return parameter.label[lang] + text.aside({"en": ", ", "zh": "，"}[lang].join(about), lang)


def choice(label, options, value=None):
    """A list of (label, value) pairs; the first is chosen if no value is."""
    options = list(options)
    return widgets.Dropdown(
        options=options, value=options[0][1] if value is None else value, tooltip=label, layout=WIDE
    )


def named(label, control):
    """A control below its name, at any width of the window."""
    words = widgets.HTML(f'<span style="line-height: 1.3">{escape(label)}</span>', layout={"margin": "0"})
    return widgets.VBox([words, control], layout={"margin": "0 0 10px 0"})


def spoken():
    """What gives controls names for those who listen, where it is shown among them; it takes no room."""
    script = {"output_type": "display_data", "data": {"application/javascript": SPOKEN}, "metadata": {}}
    return widgets.Output(outputs=(script,), layout={"height": "0", "margin": "0", "overflow": "hidden"})


def beside(left, right):
    """Controls beside what they change; below each other where there is little room."""
    columns = [
        widgets.VBox(left, layout={"flex": "1 1 280px", "max_width": "420px", "padding": "0 16px 0 0"}),
        widgets.VBox(right, layout={"flex": "3 1 320px", "min_width": "0"}),
    ]
    return widgets.Box(columns, layout={"flex_flow": "row wrap", "align_items": "flex-start"})
