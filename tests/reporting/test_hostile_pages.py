"""Text that attacks: in names, titles, labels and data it stays text, on pages, in pictures and in what is exported."""

import csv
import io
import re

import nbformat
import openpyxl
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup

from fiscal import datasets, exports, measures, narrative, reporting, resources, rules, text
from fiscal.display import show
from fiscal.exports import flat
from fiscal.plots import debt as pictures
from fiscal.plots.theme import _bundle, theme
from fiscal.reporting import index, render, workbook

ATTACKS = [
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    '" onmouseover="window.ran = 1" x="',
    "<svg onload=window.ran=1>",
    "[go](javascript:window.ran=1) ![x](https://example.org/x.png) `</code>`",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "</style></title></main><style>@import 'https://example.org/x.css'</style>",
    "$\\frac{1}{$ {{ 7 * 7 }} {% raw %} &lt;b&gt; \\u003cscript\\u003e",
    "\u202elatot\u202c \u2066x\u200b\ue000\ufeff",
    '=HYPERLINK("https://example.org")',
    "@SUM(1)|DDE('cmd';'/c calc')",
    "w" * 3_000,
]
ALL = " ".join(ATTACKS[:9])
UNSAFE = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]")


@pytest.fixture
def attacked(written):
    """A disclosure and a policy whose every name attacks."""
    folder = written("x-2020", [(concept, printed, {"scope_label": ALL}) for concept, printed in FIGURES], place=ALL)
    names = {"en": ALL, "zh": ALL}
    about = yaml.safe_load((folder / "source.yaml").read_text(encoding="utf-8"))
    about |= {"title": names, "jurisdiction": names, "level_above": names, "level_below": names, "publisher": names}
    about["approved"] = {"accounts": names, "by": names, "date": "2021-08-17"}
    (folder / "source.yaml").write_text(yaml.safe_dump(about, sort_keys=False), encoding="utf-8")
    policy = yaml.safe_load(resources.policies()["lakeside-2020"].read_text(encoding="utf-8"))
    policy |= {"id": "x-2020", "title": names, "disclosure": "x-2020"}
    for entry in policy["parameters"].values():
        entry |= {"label": names, "note": names} | (
            {"alternatives": dict.fromkeys(entry["alternatives"], names)} if "alternatives" in entry else {}
        )
    for entry in policy["tables"].values():
        entry["title"] = names
        entry["rules"] = [rule | {"label": names} for rule in entry["rules"]]
    (folder.parent.parent / "policies").mkdir()
    (folder.parent.parent / "policies" / "x-2020.yaml").write_text(
        yaml.safe_dump(policy, sort_keys=False), encoding="utf-8"
    )
    return folder


FIGURES = [
    ("debt.limit.year_end", "20"),
    ("debt.balance", "12.5"),
    ("debt.balance.general", "4.5"),
    ("debt.balance.special", "8"),
]


def executed(*pieces):
    """A notebook that has run, with these pieces put out."""
    cells = []
    for number, piece in enumerate(pieces):
        data = piece if isinstance(piece, dict) else piece._repr_mimebundle_()
        kinds = {"image/svg+xml": {"alt": ALL}} if "image/svg+xml" in data else {}
        output = nbformat.v4.new_output("display_data", data, metadata=kinds)
        tags = ["headline"] if not number else []
        cells.append(nbformat.v4.new_code_cell("pass", outputs=[output], metadata={"tags": tags}))
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(f"# Attack\n\n{ALL}"), *cells])


def pieces():
    """What a report of the attacked disclosure and policy puts out."""
    figures = datasets.figures("x-2020")
    debt = measures.debt(figures)
    facts = narrative.facts("x-2020", debt, "en")
    rows = pd.DataFrame({"project": ATTACKS, "counterparty": ATTACKS})
    theme("en")
    axes = pictures.limits(facts.in_scope(datasets.debt("x-2020")), narrative.debt.headroom_title(facts), "en")
    return [
        narrative.debt.headline(facts),
        narrative.document.approval(facts),
        narrative.document.citation(facts),
        narrative.document.told(facts, "debt."),
        narrative.prose.Markdown(rules.load_policy("x-2020").describe("en")),
        show(rows),
        _bundle(axes.figure)[0],
        {"text/html": "".join(ATTACKS[:8])},  # of a notebook of one's own that escapes nothing
        {"text/plain": "\n".join(ATTACKS)},
        {"text/markdown": "\n\n".join(ATTACKS)},
    ]


PLACE = {"place": ALL, "year": 2020, "title": ALL, "lang": "en"}


@pytest.mark.filterwarnings("ignore:Glyph")  # no font has what is for private use
def test_pages_run_and_fetch_nothing(attacked, browse, tmp_path):
    article = render.article(executed(*pieces()))
    beside = {"others": [("zh", "javascript:window.ran=1")], "beside": [(ALL, "javascript:window.ran=1")]}
    (tmp_path / "report.html").write_text(render.report(article, name=ALL, **beside, **PLACE), encoding="utf-8")
    about = {
        "notebook": "x",
        "place": {"zh": ALL},
        "year": ALL,
        "title": ALL,
        "lang": "en",
        "headline": ALL,
        "alt": ALL,
    }
    failed = {"failure": {"cell": 1, "message": ALL}}
    records = {
        "javascript:window.ran=1/x.en": {"report": about, "files": {}},
        "x/<b>.en.error": {"report": about | failed, "files": {}},
    }
    (tmp_path / "index.html").write_text(index.page(records), encoding="utf-8")
    lessons = {name: record | {"report": record["report"] | {"lesson": ALL}} for name, record in records.items()}
    (tmp_path / "course.html").write_text(index.page(lessons), encoding="utf-8")
    for name in ("report", "index", "course"):
        content = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert not UNSAFE.search(content), name
        assert "[U+202E]" in content
        assert "Content-Security-Policy" in content
        page = browse(tmp_path / f"{name}.html")
        assert set(page.evaluate("[...document.links].map(link => link.protocol)")) <= {"file:", "http:", "https:"}
        page.mouse.move(300, 300)
        assert page.evaluate("window.ran") is None
        assert page.messages == [], (name, page.messages)
        assert [url for url in page.requests_made if not url.startswith("data:")] == [page.url]
        assert "<script>window.ran = 1</script>" in page.evaluate("document.body.textContent")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1200, name


def test_a_report_is_made_of_what_attacks(attacked, tmp_path):
    """The whole way, through kernels and the workbook."""
    made = reporting.build(["x-2020"], ["debt"], ["zh"], out=tmp_path / "out", beside=["xlsx"])
    assert [report.failure for report in made] == [None]
    page = made[0].path.read_text(encoding="utf-8")
    soup = BeautifulSoup(page, "html.parser")
    assert [each.get("id") for each in soup.find_all("script")] == ["record", None]
    assert not soup.select('[onerror], [onload], [onmouseover], main meta, a[href^="javascript:"]')
    assert not soup.select(".stderr")
    assert not UNSAFE.search(page)
    _computes_nothing(made[0].path.with_suffix(".xlsx").read_bytes())


def _computes_nothing(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    return [cell.value for cell in cells if isinstance(cell.value, str)]


def test_workbooks_compute_nothing(attacked):
    article = render.article(executed(show(pd.DataFrame({"project": [*ATTACKS, "#REF!", "#N/A", "x" * 40_000]}))))
    handed = b'{"sheets": [], "warning": "", "sources": []}'
    words = _computes_nothing(workbook.workbook(article, handed, headline=ALL, **PLACE))
    assert {'=HYPERLINK("https://example.org")', "#REF!", "#N/A"} <= set(words)
    assert any(len(each) == 32_767 and each.endswith("…") for each in words)
    _computes_nothing(exports.workbook.workbook(exports.tables.all_tables(["x-2020"]), "en"))


CELLS = [*ATTACKS, "'=1", "''=1", "'x", "-5", "+1,000", "−5", " =1", "＝1+1", "\t=1", "\n=1", "\r", "@", "-", "a=1", ""]


def test_exported_text_computes_in_no_spreadsheet_and_is_had_back():
    table = exports.tables.Table("t", "", [], [{"name": "a", "type": "string"}], pd.DataFrame({"a": CELLS}))
    _, *rows = csv.reader(io.StringIO(flat.spreadsheet_csv(table).decode("utf-8-sig"), newline=""))
    read = [row[0] if row else "" for row in rows]
    assert [each for each in read if re.match(r"\s*[=+@＝＋＠\-－]|[\t\r\n]", each)] == ["-5", "+1,000"]
    assert [each[1:] if flat.ESCAPED.match(each) else each for each in read] == CELLS
    _, *rows = csv.reader(io.StringIO(flat.plain_csv(table).decode("utf-8"), newline=""))
    assert [row[0] if row else "" for row in rows] == CELLS


def test_what_cannot_be_seen_is_written_out():
    assert text.visible("a\u202eb\u2066\u2066") == "a[U+202E]b[U+2066]"
    assert text.visible("债务余额 1,188.94") == "债务余额 1,188.94"
