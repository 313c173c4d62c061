"""A notebook per set: one report for all the disclosures that were named together."""

import nbformat
import pytest
from click.testing import CliRunner

from fiscal import datasets, reporting
from fiscal.cli import main
from fiscal.errors import InputError
from fiscal.reporting import batch, index
from fiscal.reporting.shelf import Shelf

COMPARE = ["compare"]
TWO = ["ezhou-2017", "jiaxing-2017"]


def names(disclosures, notebooks=None, languages=("en",)):
    return [job.name for job in reporting.plan(disclosures, notebooks, languages)]


def test_several_disclosures_are_also_compared_once():
    assert [name for name in names(TWO) if name.startswith("compare")] == ["compare/compare.en"]
    assert names(TWO, COMPARE, ["en", "zh"]) == ["compare/compare.en", "compare/compare.zh"]
    assert names([*TWO, TWO[0]], COMPARE) == ["compare/compare.en"]


def test_one_disclosure_is_compared_with_nothing():
    assert "compare/compare.en" not in names(["urumqi-2020"])
    with pytest.raises(InputError, match="compare sets at least two disclosures side by side"):
        reporting.plan(["urumqi-2020", "urumqi-2020"], COMPARE)


def test_the_set_is_named_by_the_batch():
    with pytest.raises(InputError, match="'disclosures' is set by the batch"):
        reporting.plan(TWO, COMPARE, parameters={"disclosures": ["x"]})


def planned(monkeypatch, *arguments):
    """Which reports a command line would make."""
    seen = []
    monkeypatch.setattr(batch, "make", lambda jobs, *_, **__: seen.extend(job.name for job in jobs))
    assert CliRunner().invoke(main, ["report", *arguments]).exit_code == 0
    return seen


@pytest.mark.parametrize("arguments", [(), ("urumqi-2020",), ("--notebook", "debt")])
def test_the_default_is_still_urumqi_alone(monkeypatch, arguments):
    folders = {name.partition("/")[0] for name in planned(monkeypatch, *arguments)}
    assert folders == {"urumqi-2020"}


@pytest.mark.parametrize("arguments", [("--all",), ("--notebook", "compare"), tuple(TWO)])
def test_all_or_several_or_the_notebook_alone_compare(monkeypatch, arguments):
    assert "compare/compare.en" in planned(monkeypatch, *arguments)


def test_the_comparison_of_a_set_reads_in_both_languages_and_is_in_the_index(compared):
    page = (compared / "compare" / "compare.en.html").read_text(encoding="utf-8")
    assert "Several places" in page
    assert "taijiang" not in page
    notebooks = [nbformat.read(compared / "compare" / f"compare.{lang}.ipynb", 4) for lang in ("en", "zh")]
    headlines = [each.metadata["fiscal"]["report"]["headline"] for each in notebooks]
    assert headlines[0].startswith("2 documents of 2017 stand side by side.")
    assert headlines[1].startswith("2017年的2份文件并列比较。")
    (group,) = index.groups(Shelf(compared).records)
    assert (group["place_en"], group["year"], len(group["cards"])) == ("Several places", "2017", 2)


def test_a_measure_and_years_can_be_chosen(tmp_path):
    chosen = {"measure": "special_share", "years": [2017, 2020]}
    there = list(datasets.disclosures()["disclosure"])
    (made,) = reporting.build(there, COMPARE, ["en"], tmp_path, chosen)
    assert made.failure is None
    notebook = nbformat.read(made.path.with_suffix(".ipynb"), as_version=4)
    said = "\n".join(
        output["data"]["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    )
    assert "2017 to 2020" in said
    assert "This measure was not asked for." in said
    assert "Licheng" not in said


def test_a_wrong_measure_is_one_line(tmp_path):
    (made,) = reporting.build(TWO, COMPARE, ["en"], tmp_path, {"measure": "speed"})
    assert made.failure.message.startswith("UnknownName: unknown measure 'speed'; there is: debt_ratio")
