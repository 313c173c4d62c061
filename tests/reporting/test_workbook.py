"""The workbook of a report: it reads by itself, its numbers are numbers, and every number has a source."""

import re
from fractions import Fraction

import nbformat
import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from fiscal import datasets, reporting, rules
from fiscal.cli import main
from fiscal.exports import decisions, handover

SHEETS = {
    "en": ["About", "Figures", "Measures", "Checks", "Measures computed here", "Provenance"],
    "zh": ["说明", "数据", "指标", "核对", "本报告计算的指标", "数字出处"],
}


@pytest.fixture
def book(papers):
    """A function that opens the workbook of the debt report in a language."""
    return lambda lang: openpyxl.load_workbook(papers / f"debt.{lang}.xlsx")


def frame(sheet):
    header, *rows = sheet.iter_rows(values_only=True)
    return pd.DataFrame(rows, columns=header, dtype=object)


def front(sheet):
    return {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}


def as_frame(sheet):
    return pd.DataFrame({column.heading: column.cells for column in sheet.columns}, dtype=object)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_first_sheet_says_what_this_is_and_finds(book, lang):
    found = book(lang)
    assert set(SHEETS[lang]) <= set(found.sheetnames)
    about = front(found.worksheets[0])
    said = {
        "en": {
            "In short": "At the end of 2020 Urumqi owed 1,188.94 yi, 86.12% of its debt limit",
            "Limit and balance": "headroom",
            "Sheets": "Provenance: ",
            "Units": "100,000,000 yuan",
            "How to cite": "clause",
            "Document: Urumqi": datasets.source("urumqi-2020")["text"]["sha256"],
        },
        "zh": {
            "概要": "2020年末，乌鲁木齐市政府债务余额1188.94亿元，占债务限额的86.12%",
            "限额与余额": "限额空间",
            "工作表": "数字出处：",
            "单位": "1亿元等于100000000元",
            "引用": "条款",
            "文件：乌鲁木齐市": datasets.source("urumqi-2020")["text"]["sha256"],
        },
    }[lang]
    for heading, words in said.items():
        assert words in about[heading]
    assert not any(words and ("Tab key" in words or "Tab键" in words) for words in about.values())


def test_figures_are_exact_and_stand_in_yi_too(book):
    figures = frame(book("en")["Figures"])
    assert figures["Exact value"].tolist() == datasets.figures("urumqi-2020")["value"].tolist()
    balance = figures[figures["Concept"] == "debt.balance"].iloc[0]
    assert (balance["Exact value"], balance["In 亿元 (yi)"]) == (118_894_000_000, 1188.94)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_number_of_the_page_has_its_row_of_provenance(book, papers, lang):
    rows = list(book(lang)[SHEETS[lang][-1]].iter_rows(min_row=2))
    page = BeautifulSoup((papers / f"debt.{lang}.html").read_text(encoding="utf-8"), "html.parser")
    for note in page.select(".fact > .note"):
        note.extract()
    shown = {(fact.get_text(), int(fact["data-note"])) for fact in page.select(".fact")}
    assert {(row[1].value, row[9].value) for row in rows} == shown
    use = next(row for row in rows if row[1].value == "86.12%")
    assert Fraction(use[2].value).limit_denominator(10**6) == Fraction(118_894, 138_057)
    assert use[2].number_format == "0.00%"
    assert {"1188.94亿元", "1380.57亿元"} == set(re.split("; |；", use[5].value))
    assert use[6].value == {"en": "II", "zh": "第二部分"}[lang]
    assert (
        use[7].value
        == {"en": "Government debt balance ÷ Debt limit at year end", "zh": "政府债务余额÷年末债务限额"}[lang]
    )


def test_tables_of_the_page_are_sheets_with_money_in_yuan_and_in_yi(book):
    found = book("en")
    table = frame(next(sheet for sheet in found if sheet.title.startswith("Figures of")))
    assert table["Amount, yuan"].max() == 138_057_000_000
    assert table["Amount, 亿元 (yi)"].max() == 1380.57
    sheet = found["Measures computed here"]
    assert [cell.value for cell in sheet[1]] == ["Measure", "Value", "Value, 亿元 (yi)", "Formula"]
    assert sheet["B2"].value == pytest.approx(118_894 / 138_057)
    assert sheet["B2"].number_format == "0.00%"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sheets_are_ready_for_screen_and_paper_and_nothing_is_evaluated(book, lang):
    first, *others = book(lang).worksheets
    for sheet in others:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"
    for sheet in (first, *others):
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_a_chinese_workbook_has_no_english_in_it(book):
    ids = {"文件标识", "概念", "数字标识", "指标标识"}
    for sheet in book("zh").worksheets[1:]:
        words = frame(sheet)
        for column in set(words.columns) - ids:
            for cell in words[column].dropna():
                assert not re.search("[A-Za-z]{4}", str(cell)), (sheet.title, column, cell)


@pytest.fixture(scope="module")
def decided():
    """The sheets of the policy on synthetic projects, as frames by name, in both languages."""
    return {
        lang: {sheet.title: as_frame(sheet) for sheet in decisions.sheets("urumqi-2020", "synthetic", {}, lang)}
        for lang in ("en", "zh")
    }


def test_every_project_stands_with_its_outcome_rule_reason_and_clause(decided):
    projects = decided["en"]["Projects decided (synthetic)"]
    policy = rules.load_policy("urumqi-2020")
    monitoring = rules.outcomes(datasets.tables("synthetic", policy.nodes), policy)["monitoring"]
    assert projects["Project"].tolist() == monitoring["project_id"].tolist()
    assert projects["Recovered, yuan"].dropna().sum() == monitoring["recovered_yuan"].sum()
    found = projects[projects["Row of the table"] == "nothing spent, less than half done"].iloc[0]
    assert found["Outcome"] == "half recovered"
    assert found["What held"] == (
        "money may be recovered: yes; execution rate 0%; completion of objectives above 10% and below 50%"
    )
    assert found["Clause"] == "III.2.1, stated in the source"
    undecided = projects[projects["Row of the table"].isna()]
    assert set(undecided["Not decided because"]) == {"nothing is left of the budget after what was recovered"}
    assert set(projects["Data"]) == {"synthetic"}


def test_departments_parameters_and_all_words_are_there_in_both_languages(decided):
    departments = decided["zh"]["部门（模拟）"]
    assert set(departments["档次"]) <= {"优", "良", "中", "差"}
    assert departments["2021年压减，亿元"].tolist() == [each / 10**8 for each in departments["2021年压减，元"]]
    parameters = decided["zh"]["参数"].set_index("标识")
    assert parameters.loc["recovery.full_completion_max", ["取值", "依据", "条款"]].tolist() == [
        0.1,
        "文件载明",
        "第三部分（二）1",
    ]
    assert parameters.at["progress.elapsed_share", "其他可能"] == "25%至75%"
    for name, words in decided["zh"].items():
        for column in set(words.columns) - {"标识"}:
            for cell in words[column].dropna().unique():
                assert not re.search("[A-Za-z]{4}", str(cell)), (name, column, cell)


def test_a_users_projects_and_other_parameters_reach_the_workbook(own_notebooks, tmp_path):
    mine = tmp_path / "projects.csv"
    mine.write_text(
        "project_id,department,node,budget_yuan,executed_yuan,completion\n"
        "P1,D1,may,1000,0,5%\nP2,D1,may,1000,800,64%\n",
        encoding="utf-8",
    )
    parameters = 'policy: str = ""\nlang: str = "en"\nprojects: str = "synthetic"\noverrides: dict = {}'
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "fiscal": {"per": "policy", "title": {"zh": "我的"}, "reads": {"projects": "file"}},
        },
    )
    nbformat.write(notebook, own_notebooks / "mine.ipynb")
    chosen = {"projects": str(mine), "overrides": {"recovery.full_share": 0.75}}
    (report,) = reporting.build(["urumqi-2020"], ["mine"], ["zh"], tmp_path / "out", chosen, beside=["xlsx"])
    assert report.failure is None
    found = openpyxl.load_workbook(report.path.with_suffix(".xlsx"))
    assert frame(found["项目判定"])["收回，元"].tolist() == [750, 0]
    assert not any("模拟" in name for name in found.sheetnames)
    assert found.worksheets[1].oddHeader.left.text == "乌鲁木齐市2020年：我的"


def test_a_context_file_reaches_the_measures(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "figures: [{concept: capacity.comprehensive, fiscal_year: 2020, value: 1000, unit: 亿元, source: a book}]",
        encoding="utf-8",
    )
    path = tmp_path / "handed.json"
    handover.hand_over(path, "disclosure", "en", disclosure="urumqi-2020", context=str(mine))
    told = handover.handed(path.read_bytes())
    measures = as_frame(next(sheet for sheet in told["sheets"] if sheet.title == "Measures"))
    ratio = measures[measures["Measure id"] == "debt_ratio:total"].iloc[0]
    assert ratio["Value"] == pytest.approx(1.18894)


OWN = """
import pandas as pd
from IPython.display import display
from fiscal import narrative

display(pd.DataFrame({"name": ["a", "=1+1"], "amount": ["1,200", "30"], "share": ["12.5%", "3.0%"]}))
fact = narrative.Fact("3 yi", "note", value=3 * 10**8, unit="yuan")
narrative.Table("Mine: [1]", ["What", "How much"], [["x", fact]])
"""


def test_a_notebook_of_ones_own_has_its_tables_typed_and_is_made_when_asked_for(own_notebooks, tmp_path):
    path = own_notebooks / "works.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(OWN))
    nbformat.write(notebook, path)
    command = ["report", "--notebook", "works", "--lang", "en", "--out", str(tmp_path / "out")]
    made = tmp_path / "out" / "urumqi-2020" / "works.en.xlsx"

    def told(*more):
        done = CliRunner().invoke(main, [*command, *more])
        assert done.exit_code == 0, done.output
        return "(1 unchanged)" not in done.output

    assert told()
    assert not made.exists()
    assert told("--xlsx")  # the page was up to date, its workbook was not there
    assert not told("--xlsx")
    assert not told()
    found = openpyxl.load_workbook(made)
    assert found.sheetnames == ["About", "Figures", "Measures", "Checks", "Title", "Mine   1", "Provenance"]
    assert list(found["Title"].iter_rows(values_only=True)) == [
        (None, "name", "amount", "share"),
        (0, "a", 1200, 0.125),
        (1, "=1+1", 30, 0.03),
    ]
    assert found["Title"]["B3"].data_type == "s"
    assert found["Title"]["D2"].number_format == "0.0%"
    assert list(found["Mine   1"].iter_rows(values_only=True)) == [
        ("What", "How much, yuan", "How much, 亿元 (yi)"),
        ("x", 300_000_000, 3),
    ]
    (again,) = reporting.build(["urumqi-2020"], ["works"], ["en"], tmp_path / "again", beside=["xlsx"])
    assert again.path.with_suffix(".xlsx").read_bytes() == made.read_bytes()
    executed = nbformat.read(made.with_suffix(".ipynb"), as_version=4)
    assert "hand_over" not in "".join(cell.source for cell in executed.cells)
