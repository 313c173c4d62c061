"""Exports: exact, described, the same bytes twice, and nothing in them that a spreadsheet would evaluate."""

import json
import sys
import time

import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest
from click.testing import CliRunner
from frictionless import validate

from fiscal import datasets, exports
from fiscal.cli import main
from fiscal.errors import InputError, UnknownName

SEVERAL = ["urumqi-2020", "jiaxing-2017", "national-2022-06"]
TABLES = ["sources", "figures", "measures", "checks"]
DANGEROUS = '=HYPERLINK("x")'


def run(*arguments):
    return CliRunner().invoke(main, list(arguments))


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def hostile(written):
    """A disclosure whose texts a spreadsheet would evaluate, and amounts that a spreadsheet would round."""
    marks = {"counterparty": DANGEROUS, "project": "@SUM(A1)", "scope": "other", "scope_label": "+1+cmd", "clause": ""}
    largest = {"figure_id": "-largest", "project": "\tx\x07"}
    written(
        "hostile-2020",
        [("debt.balance", "12.5", marks), ("debt.bonds.new", "999999999.00000001", largest)],
        place="-2+3",
    )
    return "hostile-2020"


@pytest.mark.parametrize("kind", exports.FORMATS)
def test_the_same_export_twice_is_the_same_bytes_and_no_error(tmp_path, kind):
    exports.export(SEVERAL, kind, tmp_path / "one")
    paths = exports.export(SEVERAL, kind, tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")
    before = content(tmp_path / "two")
    assert exports.export(SEVERAL, kind, tmp_path / "two") == paths
    assert content(tmp_path / "two") == before
    assert {path.relative_to(tmp_path / "two").as_posix() for path in paths} == set(before)


def test_a_workbook_has_no_clock_in_it(tmp_path):
    exports.export(SEVERAL, "xlsx", tmp_path / "one")
    time.sleep(2.1)  # a zip archive counts in steps of two seconds
    exports.export(SEVERAL, "xlsx", tmp_path / "two")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_csv_for_excel_has_a_mark_and_every_figure_to_the_yuan(tmp_path):
    exports.export(SEVERAL, "csv", tmp_path)
    folder = tmp_path / "3-disclosures-csv"
    assert sorted(path.stem for path in folder.iterdir()) == sorted(TABLES)
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in folder.iterdir())
    read = pd.read_csv(folder / "figures.csv", encoding="utf-8-sig", keep_default_na=False)
    figures = datasets.figures(SEVERAL)
    assert read["value"].tolist() == figures["value"].tolist()
    for column in ("figure_id", "scope", "scope_label", "basis", "as_of", "status", "formula", "clause"):
        assert read[column].tolist() == figures[column].astype(str).tolist()


def test_parquet_is_int64_and_says_what_each_column_is(tmp_path):
    exports.export(SEVERAL, "parquet", tmp_path)
    table = pyarrow.parquet.read_table(tmp_path / "3-disclosures-parquet" / "figures.parquet")
    assert str(table.schema.field("value").type) == "int64"
    assert str(table.schema.field("span_start").type) == "int64"
    assert table.column("value").to_pylist() == datasets.figures(SEVERAL)["value"].tolist()
    for name in TABLES:
        schema = pyarrow.parquet.read_schema(tmp_path / "3-disclosures-parquet" / f"{name}.parquet")
        assert all(field.metadata[b"description"] for field in schema)
    assert set(table.column("as_of").to_pylist()) == {None, "2022-06"}


def test_the_data_package_validates_and_is_typed_as_fiscal_data(tmp_path, written):
    written("ayi-2020", [("debt.balance", "30", {"clause": ""})])
    exports.export([*SEVERAL, "ayi-2020"], "datapackage", tmp_path)
    folder = tmp_path / "4-disclosures-datapackage"
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == TABLES
    fields = {field["name"]: field for field in package["resources"][1]["schema"]["fields"]}
    assert fields["fiscal_year"]["columnType"] == "date:fiscal-year"
    assert fields["value"]["columnType"] == "value"
    assert fields["jurisdiction"]["columnType"] == "administrative-classification:generic:level1:code"
    assert all(field["description"] for resource in package["resources"] for field in resource["schema"]["fields"])
    cited = [source["title"] for source in package["sources"]]
    assert len(cited) == 4
    assert all(name in title for name, title in zip([*SEVERAL, "ayi-2020"], cited, strict=True))


def test_a_broken_cell_of_the_data_package_is_found(tmp_path):
    exports.export(["ezhou-2017"], "datapackage", tmp_path)
    folder = tmp_path / "ezhou-2017-datapackage"
    path = folder / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",yuan,", ",dollar,", 1), encoding="utf-8")
    assert not validate(str(folder / "datapackage.json")).valid


def sheets(path):
    return openpyxl.load_workbook(path).worksheets


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_workbook_reads_well(tmp_path, lang):
    (path,) = exports.export(SEVERAL, "xlsx", tmp_path, lang)
    about, *tables = sheets(path)
    said = " ".join(str(cell) for row in about.iter_rows(values_only=True) for cell in row if cell is not None)
    for words in {
        "en": ("What this is", "100,000,000 yuan", "How to cite", "Ministry of Finance", "Urumqi"),
        "zh": ("内容", "100000000元", "引用", "财政部", "乌鲁木齐市"),
    }[lang]:
        assert words in said
    assert datasets.source("jiaxing-2017")["text"]["sha256"] in said
    assert [sheet.title for sheet in tables] == {
        "en": ["Figures", "Measures", "Checks"],
        "zh": ["数据", "指标", "核对"],
    }[lang]
    for sheet in tables:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        assert all(sheet.column_dimensions[cell.column_letter].width > 4 for cell in sheet[1])
        assert all(cell.font.bold for cell in sheet[1])


def test_exact_yuan_stand_beside_amounts_to_read_and_other_scopes_and_dates_are_shown(tmp_path):
    (path,) = exports.export(SEVERAL, "xlsx", tmp_path)
    figures = sheets(path)[1]
    header, *rows = figures.iter_rows(values_only=True)
    frame = pd.DataFrame(rows, columns=header)
    assert frame["Exact value"].tolist() == datasets.figures(SEVERAL)["value"].tolist()
    limit = frame[(frame["Concept"] == "debt.limit.year_end") & (frame["Disclosure"] == "urumqi-2020")].iloc[0]
    assert (limit["Exact value"], limit["In 亿元 (yi)"], limit["Printed"]) == (138_057_000_000, 1380.57, "1380.57亿元")
    june = frame[(frame["Concept"] == "debt.balance") & (frame["Disclosure"] == "national-2022-06")].iloc[0]
    assert (june["As of"], june["Basis"]) == ("2022-06", "execution figures")


def test_derived_edited_and_other_scope_rows_are_shown_as_such(tmp_path, written):
    third = {"scope": "other", "scope_label": "大本级"}
    derived = {"status": "derived", "formula": "debt.balance.general + debt.balance.special"}
    written("ayi-2020", [("debt.balance", "9", third), ("debt.balance", "30", derived)])
    (path,) = exports.export(["ayi-2020"], "xlsx", tmp_path)
    header, first, second = sheets(path)[1].iter_rows(values_only=True)
    first, second = (dict(zip(header, row, strict=True)) for row in (first, second))
    assert first["Scope"] == "大本级"
    assert second["Status"] == "derived"
    assert second["Derived as"] == "General debt balance + Special debt balance"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_in_a_workbook_is_ever_evaluated(hostile, tmp_path, lang):
    (path,) = exports.export([hostile], "xlsx", tmp_path, lang)
    cells = [cell for sheet in sheets(path) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert DANGEROUS in [cell.value for cell in texts]
    risky = [cell for cell in texts if cell.value[0] in "=+-@\t"]
    assert {cell.value[0] for cell in risky} >= {"=", "+", "-", "@"}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in risky)


def test_an_amount_that_excel_would_round_is_text_and_exact(hostile, tmp_path):
    (path,) = exports.export([hostile], "xlsx", tmp_path)
    values = [row[6] for row in sheets(path)[1].iter_rows(min_row=2, values_only=True)]
    assert values == [1_250_000_000, "99999999900000001"]


def test_csv_for_excel_is_harmless_and_the_data_package_is_verbatim(hostile, tmp_path):
    exports.export([hostile], "csv", tmp_path)
    exports.export([hostile], "datapackage", tmp_path)
    for kind, expected in (("csv", f"'{DANGEROUS}"), ("datapackage", DANGEROUS)):
        read = pd.read_csv(tmp_path / f"{hostile}-{kind}" / "figures.csv", encoding="utf-8-sig", keep_default_na=False)
        assert expected in read["counterparty"].tolist()
        assert read["value"].tolist() == [1_250_000_000, 99_999_999_900_000_001]


@pytest.mark.parametrize("kind", exports.FORMATS)
def test_what_a_user_had_is_not_overwritten_unless_asked(tmp_path, kind):
    *_, path = exports.export(["ezhou-2017"], kind, tmp_path)
    made = content(tmp_path)
    path.write_bytes(b"mine")
    (tmp_path / "beside.txt").write_bytes(b"mine too")
    before = content(tmp_path)
    with pytest.raises(InputError, match="is there already and differs"):
        exports.export(["ezhou-2017"], kind, tmp_path)
    assert content(tmp_path) == before
    exports.export(["ezhou-2017"], kind, tmp_path, overwrite=True)
    assert content(tmp_path) == made | {"beside.txt": b"mine too"}


def test_every_disclosure_and_all_of_them_can_be_exported(tmp_path):
    every = list(datasets.disclosures()["disclosure"])
    for name in every:
        assert exports.export([name], "csv", tmp_path)
    for kind in exports.FORMATS:
        assert exports.export(every, kind, tmp_path)


def test_names_that_are_not_there():
    with pytest.raises(UnknownName, match="unknown disclosure 'atlantis'; there is: "):
        exports.export(["atlantis"], "csv")
    with pytest.raises(UnknownName, match="unknown format 'doc'; there is: csv, datapackage, parquet, xlsx"):
        exports.export(["urumqi-2020"], "doc")
    with pytest.raises(UnknownName, match="unknown language 'fr'"):
        exports.export(["urumqi-2020"], "xlsx", lang="fr")
    with pytest.raises(InputError, match="nothing to export"):
        exports.export([], "csv")


def test_the_command_names_what_it_wrote(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("export", "ezhou-2017", "jiaxing-2017", "--format", "datapackage")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        f"exports/2-disclosures-datapackage/{name}"
        for name in (*(f"{table}.csv" for table in TABLES), "datapackage.json")
    ]
    (tmp_path / "exports" / "2-disclosures-datapackage" / "figures.csv").write_text("mine")
    refused = run("export", "ezhou-2017", "jiaxing-2017", "--format", "datapackage")
    assert refused.exit_code == 1
    assert refused.stderr == (
        "fiscal: exports/2-disclosures-datapackage/figures.csv: is there already and differs;"
        " expected another --out, or --overwrite\n"
    )
    assert run("export", "ezhou-2017", "jiaxing-2017", "--format", "datapackage", "--overwrite").exit_code == 0


@pytest.mark.parametrize("arguments", [("export",), ("export", "urumqi-2020", "--format", "doc")])
def test_wrong_usage_exits_2(arguments):
    assert run(*arguments).exit_code == 2


def test_the_command_offers_every_format():
    (option,) = [each for each in main.commands["export"].params if each.name == "kind"]
    assert tuple(option.type.choices) == exports.FORMATS


def test_a_folder_that_can_not_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("x")
    failed = run("export", "ezhou-2017", "--out", str(tmp_path / "file" / "below"))
    assert failed.exit_code == 1
    assert failed.stderr.count("\n") == 1
    assert "can't be written" in failed.stderr


def test_without_the_library_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(InputError, match="--format parquet needs pyarrow: pip install"):
        exports.export(["ezhou-2017"], "parquet", tmp_path)
    assert list(tmp_path.iterdir()) == []
