"""Pictures of a comparison: a panel for each set that can be ranked, and marks for what is not final."""

import warnings
from io import BytesIO

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from fiscal import datasets, measures, plots

TABLE = measures.compare(datasets.figures())


@pytest.fixture(autouse=True)
def _canvas():
    mpl.use("agg")
    yield
    plt.close("all")


def panels(figure):
    """Heading and labelled rows of each panel."""
    return {axes.get_title(loc="left"): [tick.get_text() for tick in axes.get_yticklabels()] for axes in figure.axes}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("measure", sorted(set(TABLE["measure"])))
def test_every_measure_is_drawn_with_title_unit_and_alternative_text(measure, lang):
    plots.theme(lang)
    finding = {"en": "A finding", "zh": "一项发现"}[lang]
    axes = plots.compare.ranked(TABLE, measure, finding, lang)
    assert axes.figure.get_suptitle() == finding
    assert "%" in axes.get_xlabel()
    assert len(axes.figure.get_label()) > len(finding) + 20
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        axes.figure.savefig(BytesIO(), format="svg")


def test_a_panel_is_one_comparable_set_in_order(written):
    for name, balance in (("ayi-2020", "30"), ("bei-2020", "38")):
        written(name, [("debt.balance", balance), ("debt.limit.year_end", "40")])
    written("cao-2021", [("debt.balance", "39"), ("debt.limit.year_end", "40")], year=2021)
    table = measures.compare(datasets.figures(["ayi-2020", "bei-2020", "cao-2021"]))
    plots.theme("en")
    figure = plots.compare.ranked(table, "limit_use", "x", "en").figure
    assert panels(figure) == {
        "2020, whole area, final accounts": ["Bei (county)", "Ayi (county)"],
        "2021, whole area, final accounts (one only)": ["Cao (county)"],
    }
    drawn = [[line.get_xdata()[0] for line in axes.lines if line.get_marker() == "o"] for axes in figure.axes]
    assert drawn == [[pytest.approx(95), pytest.approx(75)], [pytest.approx(97.5)]]


def test_levels_that_differ_are_said_and_what_is_not_final_is_hollow(written):
    written("ayi-2020", [("debt.balance", "30"), ("debt.limit.year_end", "40")])
    written("bei-2020", [("debt.balance", "38"), ("debt.limit.year_end", "40")], level="nation")
    soft = {"basis": "expected"}
    written("cao-2020", [("debt.balance", "39", soft), ("debt.limit.year_end", "40")])
    table = measures.compare(datasets.figures(["ayi-2020", "bei-2020", "cao-2020"]))
    plots.theme("en")
    figure = plots.compare.ranked(table, "limit_use", "x", "en").figure
    assert list(panels(figure)) == [
        "2020, whole area, final accounts (levels differ)",
        "2020, whole area, expected execution ÷ final accounts (one only)",
    ]
    faces = [{line.get_markerfacecolor() for line in axes.lines if line.get_marker() == "o"} for axes in figure.axes]
    assert "white" not in faces[0]
    assert faces[1] == {"white"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_states_what_is_filled(lang):
    plots.theme(lang)
    axes = plots.compare.coverage(TABLE, "x", lang)
    stated = TABLE[TABLE["value"].notna()].drop_duplicates(["disclosure", "measure"])
    faces = [line.get_markerfacecolor() for line in axes.lines]
    assert len(faces) == TABLE["disclosure"].nunique() * TABLE["measure"].nunique()
    assert sum(face != "white" for face in faces) == len(stated)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_rows_a_picture_says_so(lang):
    plots.theme(lang)
    empty = TABLE.iloc[:0]
    for axes in (plots.compare.ranked(empty, "limit_use", "x", lang), plots.compare.coverage(empty, "x", lang)):
        assert (
            axes.figure.get_label()
            == {
                "en": "No document here states what this picture would show.",
                "zh": "所列文件均未公布本图所需数据。",
            }[lang]
        )
