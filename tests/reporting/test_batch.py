"""Batches: what is made, what happens when a notebook fails, and that nothing half-made gets its final name."""

import shutil

import nbformat
import pytest

from fiscal import reporting
from fiscal.errors import InputError, UnknownName
from fiscal.reporting import index
from fiscal.reporting.shelf import Shelf


def test_a_failing_notebook_does_not_stop_the_others(own_notebooks, tmp_path):
    out = tmp_path / "out"
    three = ["works", "fails", "dies"]
    made = {r.job.template.name: r for r in reporting.build(["urumqi-2020"], three, languages=["en"], out=out)}
    assert made["works"].failure is None
    assert (made["fails"].failure.cell, made["fails"].failure.message) == (
        3,
        "ValueError: the <b>third</b> district is missing",
    )
    assert made["dies"].failure.cell == 3
    assert "kernel died" in made["dies"].failure.message
    page = (out / "urumqi-2020" / "fails.en.error.html").read_text(encoding="utf-8")
    assert "Notebook fails, cell 3" in page
    assert "the &lt;b&gt;third&lt;/b&gt; district is missing" in page
    assert "so far" in page
    index = (out / "index.html").read_text(encoding="utf-8")
    assert "Not finished: cell 3, ValueError" in index
    assert "works.en.html" in index
    assert sorted(path.name for path in (out / "urumqi-2020").iterdir()) == [
        "dies.en.error.html",
        "dies.en.error.ipynb",
        "dies.en.error.json",
        "fails.en.error.html",
        "fails.en.error.ipynb",
        "fails.en.error.json",
        "works.en.html",
        "works.en.ipynb",
        "works.en.json",
    ]


def test_a_failure_keeps_the_report_that_was_there_and_a_success_removes_the_error(own_notebooks, tmp_path):
    out = tmp_path / "out"
    broken = (own_notebooks / "fails.ipynb").read_text(encoding="utf-8")
    shutil.copyfile(own_notebooks / "works.ipynb", own_notebooks / "fails.ipynb")
    reporting.build(["urumqi-2020"], ["fails"], ["en"], out)
    before = (out / "urumqi-2020" / "fails.en.html").read_bytes()
    (own_notebooks / "fails.ipynb").write_text(broken, encoding="utf-8")
    reporting.build(["urumqi-2020"], ["fails"], ["en"], out)
    assert (out / "urumqi-2020" / "fails.en.html").read_bytes() == before
    assert (out / "urumqi-2020" / "fails.en.error.html").exists()
    shutil.copyfile(own_notebooks / "works.ipynb", own_notebooks / "fails.ipynb")
    reporting.build(["urumqi-2020"], ["fails"], ["en"], out)
    assert not (out / "urumqi-2020" / "fails.en.error.html").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"disclosures": ["atlantis-2020"]}, "unknown disclosure 'atlantis-2020'; there is: ezhou-2017, fengxin-2023"),
        ({"notebooks": ["dept"]}, "unknown notebook 'dept'; there is: compare, debt, evaluation"),
        ({"languages": ["fr"]}, "unknown language 'fr'; there is: en, zh"),
        (
            {"parameters": {"contexts": "x"}},
            "unknown parameter 'contexts'; there is: beside, context, measure, node, overrides, projects, years",
        ),
    ],
)
def test_a_name_that_is_not_there_stops_the_batch_before_it_runs(tmp_path, arguments, expected):
    with pytest.raises(UnknownName) as caught:
        reporting.build(**{"disclosures": ["urumqi-2020"], "out": tmp_path / "out"} | arguments)
    assert str(caught.value).startswith(expected)
    assert not (tmp_path / "out").exists()


def test_the_batch_itself_sets_language_and_disclosure(tmp_path):
    with pytest.raises(InputError, match="set by the batch"):
        reporting.build(["urumqi-2020"], out=tmp_path, parameters={"lang": "en"})


def test_a_report_keeps_one_language_and_is_named_in_the_index(reports):
    index = (reports / "index.html").read_text(encoding="utf-8")
    for name in ("transfers", "debt", "evaluation"):
        for lang, other in (("en", "zh"), ("zh", "en")):
            notebook = nbformat.read(reports / "urumqi-2020" / f"{name}.{lang}.ipynb", as_version=4)
            tags = {tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])}
            assert lang in tags
            assert other not in tags
            assert f"urumqi-2020/{name}.{lang}.html" in index
    assert "65.89% of it is special debt" in index


def test_a_policys_report_runs_with_other_parameters_and_with_a_users_projects(tmp_path):
    mine = tmp_path / "projects.csv"
    mine.write_text(
        "project_id,department,node,budget_yuan,executed_yuan,completion\n"
        "P1,D1,may,1000,0,5%\nP1,D1,september,1000,0,5%\nP2,D1,september,1000,800,64%\n",
        encoding="utf-8",
    )
    parameters = {"projects": str(mine), "overrides": {"warning.deviation_max": 0.15}}
    (made,) = reporting.build(["urumqi-2020"], ["evaluation"], ["en"], tmp_path / "out", parameters)
    assert made.failure is None
    page = made.path.read_text(encoding="utf-8")
    assert "The projects are those of the file that was given" in page
    assert "SYNTHETIC" not in page
    notebook = nbformat.read(made.path.with_suffix(".ipynb"), as_version=4)
    assert notebook.metadata["fiscal"]["report"]["headline"].startswith("Of 2 projects 2 are warned at a node")


def test_a_disclosure_that_can_not_be_read_does_not_stop_the_others(own_data, tmp_path):
    (own_data / "source.yaml").write_text("", encoding="utf-8")
    made = reporting.build(["testville-2020", "urumqi-2020"], ["debt"], ["en"], tmp_path / "out")
    assert [report.failure is None for report in made] == [False, True]
    assert "source.yaml, the file: must be a mapping" in made[0].failure.message
    assert "Not finished" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_a_disclosure_without_a_policy_has_no_evaluation_report(own_data, tmp_path):
    with pytest.raises(InputError, match="no policy was read from testville-2020"):
        reporting.build(["testville-2020"], ["evaluation"], out=tmp_path / "out")


def test_other_notebooks_beside_the_reports_do_not_disturb_the_index(reports, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(reports, out)
    (out / "urumqi-2020" / "mine.ipynb").write_text("{}", encoding="utf-8")
    (out / "urumqi-2020" / "half.ipynb").write_text("{", encoding="utf-8")
    (out / "urumqi-2020" / "mine.json").write_text("{}", encoding="utf-8")
    (out / "urumqi-2020" / "half.json").write_text("{", encoding="utf-8")
    assert index.groups(Shelf(out).records) == index.groups(Shelf(reports).records)
