"""Pictures: a frame in, axes out; a finding as title, a unit on the axis, alternative text, glyphs that render."""

import warnings
from io import BytesIO

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from fiscal import datasets, measures, plots

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
