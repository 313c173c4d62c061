"""A colour means one thing; every picture takes a title and a language, as the documentation says."""

import inspect
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest

from fiscal import datasets, plots

PICTURES = [
    function
    for part in (plots.compare, plots.debt, plots.evaluation, plots.transfers, plots.transparency)
    for name, function in inspect.getmembers(part, inspect.isfunction)
    if function.__module__ == part.__name__ and "title" in inspect.signature(function).parameters and name != "stacked"
]
# How people without one kind of cones see linear RGB (Viénot, Brettel and Mollon, 1999).
VISION = {
    "all": np.eye(3),
    "no red": np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]),
    "no green": np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]),
}


@pytest.mark.parametrize("function", PICTURES, ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_a_picture_takes_title_and_language_and_says_that_it_gives_axes(function):
    parameters = inspect.signature(function).parameters
    assert parameters["title"].default == ""
    assert parameters["lang"].default == "en"
    assert function.__doc__


@pytest.mark.parametrize("vision", VISION)
def test_colours_are_told_apart_with_any_common_colour_vision(vision):
    seen = {}
    for name, colour in plots.COLOURS.items():
        rgb = np.array(mpl.colors.to_rgb(colour))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        changed = np.clip(VISION[vision] @ linear, 0, 1)
        seen[name] = np.where(changed <= 0.0031308, changed * 12.92, 1.055 * changed ** (1 / 2.4) - 0.055)
    for one, other in combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) > 0.12, (one, other)


def test_a_bar_has_the_colour_of_what_it_is():
    mpl.use("agg")
    plots.theme("en")
    axes = plots.transfers.flows(datasets.transfers("urumqi-2020"), "", "en")
    received, paid = (bars[0].get_facecolor() for bars in axes.containers)
    assert mpl.colors.to_hex(received) == plots.COLOURS["received"]
    assert mpl.colors.to_hex(paid) == plots.COLOURS["paid"]
    axes = plots.debt.limits(datasets.debt("urumqi-2020"), "", "en")
    drawn = {mpl.colors.to_hex(bar.get_facecolor()) for bars in axes.containers for bar in bars}
    assert {plots.COLOURS[name] for name in ("total", "general", "special")} <= drawn
