"""Pictures of an audit: marks where the findings are, colours and marks, alternative text, glyphs that render."""

import warnings
from io import BytesIO

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from fiscal import audit, plots

DRAW = {"asked": plots.transparency.asked, "matrix": plots.transparency.matrix}


@pytest.fixture(autouse=True)
def _canvas():
    mpl.use("agg")
    yield
    plt.close("all")


def findings(name):
    frame = audit.findings("urumqi-2020")
    if name == "asked":
        return frame
    other = frame.assign(disclosure="elsewhere-2021", place_en="Elsewhere", place_zh="别处", fiscal_year=2021)
    other["outcome"] = frame["outcome"].cat.rename_categories({"stated": "in_part", "in_part": "stated"})
    return type(frame)({column: [*frame[column], *other[column]] for column in frame})


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", DRAW)
def test_a_picture_has_title_source_and_alternative_text(name, lang):
    plots.theme(lang)
    finding = {"en": "A finding", "zh": "一项发现"}[lang]
    frame = findings(name)
    axes = DRAW[name](frame, finding, lang)
    assert axes.figure.get_suptitle() == finding
    assert "urumqi-2020" in axes.figure.get_supxlabel()
    alt = axes.figure.get_label()
    for label in frame.loc[frame["outcome"] != "not_applicable", f"label_{lang}"]:
        assert label in alt
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of each glyph that the font lacks
        axes.figure.savefig(BytesIO(), format="svg")


def marks(axes):
    return {(line.get_xdata()[0], line.get_ydata()[0]): line for line in axes.lines if line.get_marker() in "o_"}


def test_each_finding_is_one_mark_in_its_column_with_what_is_missing():
    plots.theme("en")
    frame = findings("asked").query("outcome != 'not_applicable'")
    axes = plots.transparency.asked(findings("asked"), "A finding", "en")
    columns = ["stated", "in_part", "not_in_document"]
    assert set(marks(axes)) == {(columns.index(each), y) for y, each in enumerate(frame["outcome"])}
    written = {each.get_text() for each in axes.texts}
    assert {"without refinancing bonds", "without the date of publication"} <= written


def test_the_cells_of_the_matrix_differ_by_colour_and_by_mark():
    plots.theme("en")
    frame = findings("matrix")
    axes = plots.transparency.matrix(frame, "A finding", "en")
    assert [each.get_text() for each in axes.get_xticklabels()] == ["Urumqi 2020", "Elsewhere 2021"]
    rows = [each.get_text() for each in axes.get_yticklabels()]
    cells = {(round(p.get_x() + 0.5), round(p.get_y() + 0.5)): p.get_facecolor() for p in axes.patches}
    looks = {}
    for row in frame.to_dict("records"):
        if row["label_en"] not in rows:
            continue
        place = (["urumqi-2020", "elsewhere-2021"].index(row["disclosure"]), rows.index(row["label_en"]))
        mark = marks(axes)[place]
        looks.setdefault(row["outcome"], set()).add((cells[place], mark.get_marker(), mark.get_fillstyle()))
    assert all(len(each) == 1 for each in looks.values())
    assert len({next(iter(each))[0] for each in looks.values()}) == len(looks)
    assert len({next(iter(each))[1:] for each in looks.values()}) == len(looks) == 3
    assert len(axes.get_legend().get_texts()) == 4


def test_one_document_has_no_matrix_and_nothing_asked_is_said():
    plots.theme("en")
    assert plots.transparency.matrix(findings("asked"), "A finding", "en") is None
    axes = plots.transparency.asked(findings("asked").iloc[:0], "A finding", "en")
    assert "does not state" in axes.figure.get_label()
