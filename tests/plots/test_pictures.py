"""Pictures: a frame in, axes out; a finding as title, a unit on the axis, alternative text, glyphs that render."""

import warnings
from io import BytesIO

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from fiscal import datasets, measures, plots, rules
from fiscal.rules import points

FIGURES = datasets.figures("urumqi-2020")
PICTURES = {
    "flows": (plots.transfers.flows, datasets.transfers("urumqi-2020")),
    "ratios": (plots.transfers.ratios, measures.transfers(FIGURES)),
    "transfer composition": (plots.transfers.composition, measures.transfers(FIGURES)),
    "limits": (plots.debt.limits, datasets.debt("urumqi-2020")),
    "debt composition": (plots.debt.composition, measures.debt(FIGURES)),
    "break even": (plots.debt.break_even, measures.debt(FIGURES)),
}
MONEY = {"flows", "limits", "break even"}


@pytest.fixture(autouse=True)
def _canvas():
    mpl.use("agg")
    yield
    plt.close("all")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", PICTURES)
def test_every_picture(name, lang):
    plots.theme(lang)
    draw, frame = PICTURES[name]
    finding = {"en": "A finding", "zh": "一项发现，债务余额"}[lang]
    axes = draw(frame, finding, lang)
    assert isinstance(axes, mpl.axes.Axes)
    assert axes.figure.get_suptitle() == finding
    assert axes.get_xlabel()
    assert ("亿元" in axes.get_xlabel()) == (name in MONEY)
    assert axes.figure.get_label().startswith(finding)
    assert len(axes.figure.get_label()) > len(finding) + 20
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of each glyph that the font lacks
        axes.figure.savefig(BytesIO(), format="svg")


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_without_data_says_so(name):
    plots.theme("en")
    draw, frame = PICTURES[name]
    axes = draw(frame.iloc[:0], "A finding", "en")
    assert "does not state" in axes.figure.get_label()


def test_what_bars_show_is_what_the_frame_says():
    plots.theme("en")
    frame = datasets.transfers("urumqi-2020")
    axes = plots.transfers.flows(frame, "A finding", "en")
    drawn = sorted(round(bar.get_width(), 4) for bars in axes.containers for bar in bars)
    kept = frame[~((frame["budget"] == "general_public") & (frame["type"] == "total"))]
    assert drawn == sorted(round(value / 1e8, 4) for value in kept["value_yuan"])


def test_the_same_figure_is_drawn_to_the_same_bytes():
    plots.theme("zh")
    draw, frame = PICTURES["flows"]
    drawn = []
    for _ in range(2):
        buffer = BytesIO()
        draw(frame, "一项发现", "zh").figure.savefig(buffer, format="svg", metadata={"Date": None})
        drawn.append(buffer.getvalue())
    assert drawn[0] == drawn[1]


EVALUATION = ["plane", "recovered", "scores", "grades", "tornado"]


@pytest.fixture(scope="module")
def outcome():
    policy = rules.load_policy("urumqi-2020")
    tables = rules.spot_checked(datasets.synthetic(500), policy)
    return policy, rules.outcomes(tables, policy), rules.sensitivity(tables, policy)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", EVALUATION)
def test_pictures_of_the_rules_say_that_projects_are_synthetic(outcome, name, lang):
    policy, result, moved = outcome
    plots.theme(lang)
    draw = getattr(plots.evaluation, name)
    frame = {"scores": result["evaluations"], "grades": result["departments"], "tornado": moved}
    arguments = [frame.get(name, result["monitoring"]), policy, *(["may"] if name == "plane" else [])]
    axes = draw(*arguments, {"en": "A finding", "zh": "一项发现"}[lang], lang)
    marker = {"en": "Synthetic projects", "zh": "模拟项目"}[lang]
    assert axes.figure.get_supxlabel().startswith(marker)
    assert axes.get_xlabel()
    assert len(axes.figure.get_label()) > 20
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        axes.figure.savefig(BytesIO(), format="svg")
    own = draw(*arguments, "x", lang, marker=False)
    assert marker not in own.figure.get_supxlabel()


@pytest.mark.parametrize("node", ["may", "september"])
@pytest.mark.parametrize("changes", [{}, {"warning.deviation_max": 0.4, "progress.elapsed_share": 0.75}])
def test_the_regions_of_the_plane_are_what_the_table_computes(outcome, node, changes):
    policy, _, _ = outcome
    policy = policy.replace(changes)
    axes = plots.evaluation.plane(rules.monitor(datasets.synthetic(500)["monitoring"], policy), policy, node, "", "en")
    areas = axes.images[-1].get_array()
    side = areas.shape[0]
    # An area has the colour of its points, lighter.
    shades = {
        name: tuple(round(255 * (0.45 * part + 0.55)) for part in mpl.colors.to_rgb(colour))
        for name, colour in plots.evaluation.ACTIONS.items()
    }
    random = np.random.default_rng(1)
    for row, column in random.integers(0, side, (300, 2)).tolist():
        # The middle of a raster cell, in budgets of 400 yuan and in half percentage points.
        rates = points.rates(policy, 400, 2 * column + 1, 50 * row + 25)
        steps = points.monitored(policy, node, *rates)
        assert tuple(areas[row, column][:3]) == shades[steps[-1].outputs["action"]]
