"""The review page: the whole text, every amount at its place and what it was read as; a hostile text stays a text."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from fiscal import resources
from fiscal.disclosure import REASONS, extract
from fiscal.errors import InputError
from fiscal.figures import check, vocabulary
from fiscal.plots.theme import COLOURS
from fiscal.reporting.review_page import FAMILIES, review

SHARED = Path(__file__).parents[3] / "shared"
DOCUMENTS = [f"corpus/{name}.txt" for name in ("ezhou-2017", "guangdong-2021", "jiaxing-2017", "taijiang-2020")]
DOCUMENTS += ["seed/urumqi-2020-final-accounts.txt"]

DEBT = """清河县2020年政府决算公开说明
一、举借债务情况
2020年，债务限额10亿元，其中一般债务限额4亿元、专项债务限额6.00亿元。新增债券2亿元，全部为专项债券。
截至2020年末，一般债务余额、专项债务余额均为3亿元。
- 2 -
二、其他
招商引资项目到位资金7.5亿元。
"""
TABLE = """清河县2020年政府债务决算表
单位：万元
项目\t公式\t本地区\t本级
2020年末债务余额\tA=B+C\t50,000\t20,000
其中：一般债务\tB\t20,000\t10,000
　　　专项债务\tC\t30,000\t10,000
"""
FRAMED = """清河县2020年政府债务决算表
单位：万元
| 项目 | 本地区 |  本级 |
|---|---|---|
| 2020年末债务余额 | 50,000 | 20,000 |
| 其中：一般债务 | 20,000 | 10,000 |
第二部分 说明
本表为决算数。
"""
MERGED = """<html><body><p>清河县2020年政府债务决算表</p><p>单位：万元</p><table>
<tr><td rowspan="2">项目</td><td colspan="2">2020年末</td></tr><tr><td>本地区</td><td>本级</td></tr>
<tr><td>债务余额</td><td>50,000</td><td>20,000</td></tr></table><p>债务限额6亿元。</p></body></html>"""
HOSTILE = """清河县2020年政府决算<script>window.ran = 1</script>说明
<img src=x onerror="window.ran = 1"><svg onload=window.ran=1> {{ 7 * 7 }} {% raw %} &lt;b&gt; javascript:window.ran=1
</main></style></title><style>body { display: none }</style> " onmouseover="window.ran = 1" x="
2020年，债务余额<b onclick="window.ran=1">3</b>亿元，债务限额\u202e5\u202c亿元\u200b，债务\u2066余额\u2069。
"><a href="javascript:window.ran=1">乌鲁木齐</a>大本级（含<script>window.ran=1</script>，下同）债务余额2亿元。
"""


def parsed(document, **options):
    """The extraction of a document, and its page as soup."""
    extraction = extract(document)
    return extraction, BeautifulSoup(review(extraction, **options), "html.parser")


def placed(extraction):
    """The rows of figures and of unread amounts that have a place in the text."""
    rows = [*extraction.figures.dropna(subset=["span_start"]).to_dict("records"), *extraction.unread.to_dict("records")]
    return sorted(rows, key=lambda row: row["span_start"])


def reads(soup, but=""):
    """The text as the page shows it, without white space and notes."""
    main = BeautifulSoup(str(soup.main), "html.parser")
    for note in main.select(".note"):
        note.decompose()
    return re.sub(rf"[\s{but}]", "", main.get_text())


@pytest.mark.parametrize("text", [DEBT, TABLE, MERGED, "没有金额的说明。"], ids=["debt", "table", "merged", "none"])
def test_the_whole_text_is_there_once_and_in_order(tmp_path, text):
    path = tmp_path / ("document.html" if text.startswith("<") else "document.txt")
    path.write_text(text, encoding="utf-8")
    extraction, soup = parsed(path)
    assert reads(soup) == re.sub(r"\s", "", extraction.document.text)


def test_a_document_without_text_has_a_page():
    _, soup = parsed("\n")
    assert "The document has no text" in soup.main.get_text()
    assert soup.select("mark, td, aside li") == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_real_documents_read_as_they_are_with_every_amount_marked(name):
    if not (SHARED / name).exists():
        pytest.skip(f"{name} is not beside the checkout (../shared)")
    extraction, soup = parsed(SHARED / name)
    assert reads(soup) == re.sub(r"\s", "", extraction.document.text)
    printed = [mark.find(string=True, recursive=False) for mark in soup.select("main mark.fact")]
    spans = dict.fromkeys((row["span_start"], row["span_end"]) for row in placed(extraction))
    assert printed == [extraction.document.text[start:end] for start, end in spans]
    assert len(soup.select(".about")) == len(placed(extraction))


def test_a_figure_says_what_it_was_read_as():
    _, soup = parsed(DEBT)
    note = soup.find("mark", string=None, attrs={"data-tag": "限额"}).select_one(".note")
    for words in ("Debt limit at year end", "年末债务限额", "1,000,000,000 yuan", "printed 10亿元", "2020, whole area"):
        assert words in note.get_text()
    for words in (
        "final accounts",
        "决算数",
        "clause I",
        "第一部分",
        "stated",
        "文件载明",
        "interpreted",
    ):
        assert words in note.get_text()


def test_an_unread_amount_says_why():
    extraction, soup = parsed(DEBT)
    (left,) = extraction.unread.to_dict("records")
    (mark,) = soup.select("main mark.unread")
    assert mark.find(string=True, recursive=False) == "7.5"
    for words in REASONS[left["reason"]]:
        assert words in mark.get_text()
        assert words in soup.select_one("#unread").parent.get_text()


def test_two_figures_at_one_place_share_a_mark():
    extraction, soup = parsed(DEBT)
    both = extraction.figures[extraction.figures["concept"].isin(["debt.balance.general", "debt.balance.special"])]
    assert both["span_start"].nunique() == 1
    mark = next(mark for mark in soup.select("main mark") if mark["data-tag"] == "余额×2")
    assert [about.b.get_text() for about in mark.select(".about")] == ["General debt balance", "Special debt balance"]
    links = [a for a in soup.select("#figures ~ table a") if a["href"] == f"#{mark['id']}"]
    assert [link.get_text() for link in links] == ["3", "3"]


def test_every_link_leads_to_one_place():
    _, soup = parsed(DEBT)
    ids = [each["id"] for each in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    targets = {a["href"] for a in soup.select("a")} | {f"#{m['aria-describedby']}" for m in soup.select("mark.fact")}
    assert targets <= {f"#{each}" for each in ids}


def test_a_figure_that_is_not_printed_is_listed_without_a_place():
    text = "清河市2021年决算说明\n2021年对区县的税收返还和转移支付44.5亿元，"
    text += "其中：一般性转移支付30.25亿元，专项转移支付6亿元。\n"
    extraction, soup = parsed(text)
    (derived,) = extraction.figures.query("status == 'derived'").to_dict("records")
    row = next(row for row in soup.select("#figures ~ table tr") if "Tax rebates paid" in row.get_text())
    assert f"{derived['value']:,}" in row.get_text()
    assert "derived: Transfers paid in the general public budget − General transfer payments paid" in row.get_text()
    assert row.find("a") is None
    assert len(soup.select("main mark.fact")) == len(extraction.figures) - 1


def test_tables_are_tables():
    _, soup = parsed(TABLE)
    rows = [[cell.find(string=True) for cell in row.select("td")] for row in soup.main.select("tr")]
    assert rows[0] == ["项目", "公式", "本地区", "本级"]
    amounts = [cell.mark.find(string=True) for cell in soup.main.select("td.num")]
    assert amounts == ["50,000", "20,000", "20,000", "10,000", "30,000", "10,000"]


def test_a_framed_table_loses_only_its_frame():
    extraction, soup = parsed(FRAMED)
    assert reads(soup) == re.sub(r"[\s|]", "", extraction.document.text)
    assert {len(row.select("td")) for row in soup.main.select("tr")} == {3}
    assert [heading.get_text() for heading in soup.main.select("h2")][-1].endswith("说明")


def test_a_title_within_a_table_is_one_cell():
    extraction, soup = parsed(TABLE.replace("其中：一般债务", "二、分类情况\n其中：一般债务"))
    assert reads(soup) == re.sub(r"\s", "", extraction.document.text)
    assert [len(row.select("td")) for row in soup.main.select("tr")] == [4, 4, 1, 4, 4]


def test_merged_cells_stand_once(tmp_path):
    (tmp_path / "merged.html").write_text(MERGED, encoding="utf-8")
    _, soup = parsed(tmp_path / "merged.html")
    first, second, third = soup.main.select("tr")
    assert [(cell.get("rowspan"), cell.get("colspan")) for cell in first.select("td")] == [("2", None), (None, "2")]
    assert [cell.get_text() for cell in second.select("td")] == ["本地区", "本级"]
    assert len(third.select("td")) == 3


def test_checks_and_problems_are_told_with_their_figures():
    wrong = DEBT.replace("10亿元", "12亿元")
    extraction, soup = parsed(wrong)
    checked = check(extraction.figures)
    told = soup.select("#checks ~ table tbody tr")
    assert told[0]["class"] == ["discrepancy"]
    assert "−200,000,000" in told[0].get_text()
    assert [link.get_text() for link in told[0].select("a")] == ["4", "6.00", "12"]
    assert (
        f"{(checked['outcome'] == 'not_printed').sum()} more need figures" in soup.select_one("#checks ~ p").get_text()
    )
    kept = checked[
        (checked["outcome"] != "not_printed") & ((checked["kind"] != "span") | (checked["outcome"] != "holds"))
    ]
    assert len(told) == len(kept)
    (problem,) = extraction.problems
    (item,) = soup.select("#problems ~ ul li")
    assert problem["message"] in item.get_text()
    counts = [each.get_text() for each in soup.select(".counts b")]
    assert counts == [str(len(extraction.figures)), "1", str(len(told)), "1"]


def test_statements_are_listed():
    extraction, soup = parsed(
        "清河县2020年决算说明\n县人大常委会第三次会议于2021年8月17日批准了2020年清河县本级决算。\n"
    )
    (statement,) = extraction.statements.to_dict("records")
    (item,) = soup.select("#statements ~ ul li")
    for words in (statement["text_en"], statement["text_zh"], "2021-08-17"):
        assert words in item.get_text()


def test_every_reason_has_words_and_every_concept_a_family():
    schema = json.loads((resources.data() / "schemas" / "unread.json").read_text(encoding="utf-8"))
    reason = next(field for field in schema["fields"] if field["name"] == "reason")
    assert set(REASONS) == set(reason["constraints"]["enum"])
    families = FAMILIES[:-1]
    homeless = [
        c for c in vocabulary.concepts().index if sum(c.startswith(family.prefixes) for family in families) != 1
    ]
    assert homeless == []


def test_colours_are_those_of_the_pictures_and_tags_tell_families_apart_without_them():
    import seaborn

    palette = set(seaborn.color_palette("colorblind").as_hex()) | set(COLOURS.values())
    assert {family.colour for family in FAMILIES} <= palette
    assert len({family.colour for family in FAMILIES}) == len({family.tag for family in FAMILIES}) == len(FAMILIES)
    colours = {family.name: family.colour for family in FAMILIES}
    assert colours["received"] == COLOURS["received"]
    assert colours["paid"] == COLOURS["paid"]


def test_the_page_is_the_same_each_time_and_in_the_file(tmp_path):
    page = review(extract(DEBT), tmp_path / "review.html", title="Debt of Qinghe")
    assert page == review(extract(DEBT), title="Debt of Qinghe")
    assert (tmp_path / "review.html").read_text(encoding="utf-8") == page
    assert "<title>Debt of Qinghe</title>" in page
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="can't be written"):
        review(extract(DEBT), tmp_path / "file" / "review.html")


def test_the_title_is_the_documents_own_in_its_language():
    _, soup = parsed(DEBT)
    assert soup.h1.get_text() == "清河县2020年政府决算公开说明"
    assert soup.h1["lang"] == soup.main["lang"] == "zh-CN"
    assert soup.html["lang"] == "en"


@pytest.fixture
def visit(browse, tmp_path):
    """Open the review page of a text."""

    def go(text, width=1300, **options):
        review(extract(text), tmp_path / "review.html", **options)
        return browse(tmp_path / "review.html", width, 800)

    return go


def test_a_hostile_text_runs_nothing_and_looks_as_it_is(visit):
    page = visit(HOSTILE, title='</title><script>window.ran = 1</script>\u202e" onload="window.ran=1')
    page.locator("mark.fact").first.hover()
    page.mouse.move(5, 5)
    for link in page.locator("main *").all()[:40]:
        link.dispatch_event("click")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert page.messages == []
    assert [url for url in page.requests_made if not url.startswith("data:")] == [page.url.partition("#")[0]]
    count = "selector => document.querySelectorAll(selector).length"
    assert page.evaluate(count, "script") == 1
    assert page.evaluate(count, "img, svg, iframe, object, main a, main b:not(.note b), [onerror], [onclick]") == 0
    assert all(href.startswith("#") for href in page.evaluate("[...document.links].map(a => a.getAttribute('href'))"))
    shown = page.locator("main").inner_text()
    for words in ("<img src=x onerror=", "{{ 7 * 7 }}", "{% raw %}", "&lt;b&gt;", "</main></style>"):
        assert words in shown
    assert "U+202E" in shown
    assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069]", page.content())


def test_the_policy_allows_one_script_and_no_request(visit):
    page = visit(DEBT)
    policy = page.locator("meta[http-equiv]").get_attribute("content")
    assert "default-src 'none'" in policy
    assert policy.count("sha256-") == 1
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert page.messages == []
    assert [url for url in page.requests_made if not url.startswith("data:")] == [page.url]


@pytest.mark.parametrize("how", ["hover", "focus"])
@pytest.mark.parametrize("width", [1300, 390])
def test_a_note_shows_at_its_number_and_goes(visit, how, width):
    page = visit(DEBT, width)
    mark = page.locator("mark.fact").first
    note = mark.locator(".note")
    assert not note.is_visible()
    getattr(mark, how)()
    assert note.is_visible()
    assert mark.get_attribute("aria-describedby") == note.get_attribute("id")
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    assert not note.is_visible()


def test_numbers_are_reached_with_the_tab_key_in_their_order(visit):
    page = visit(DEBT)
    page.locator(".counts a").last.focus()
    seen = []
    for _ in range(4):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id"))
    assert seen == ["at-1", "at-2", "at-3", "at-4"]


def test_the_list_leads_to_the_place_in_the_text(visit):
    page = visit(DEBT + "\n" + "第三部分没有金额。\n" * 100 + "2020年一般公共预算收入8亿元。\n")
    mark = page.locator("mark.fact").last
    assert not _in_view(mark, 800)
    page.locator("#figures ~ table a").last.click()
    assert _in_view(mark, 800)
    assert mark.locator(".note").is_visible()


def _in_view(mark, height):
    box = mark.bounding_box()
    return 0 <= box["y"] <= height


@pytest.mark.parametrize("width", [1300, 900, 390])
@pytest.mark.parametrize(
    "text", [DEBT, TABLE, HOSTILE, DEBT + "长" * 3000 + "8" * 3000 + "亿元"], ids=["debt", "table", "hostile", "long"]
)
def test_no_page_is_wider_than_its_window(visit, text, width):
    page = visit(text, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_family_is_seen_with_and_without_colour(visit):
    page = visit(DEBT)
    style = """(mark, pseudo) => {
        const style = getComputedStyle(mark, pseudo);
        return [style.backgroundColor, style.borderBottomStyle, style.content];
    }"""
    looks = {
        name: page.locator(f"main mark.{name}").first.evaluate(style, "") for name in ("limit", "balance", "unread")
    }
    assert len({look[0] for look in looks.values()}) == 3
    assert [looks[name][1] for name in looks] == ["solid", "solid", "dashed"]
    tags = [page.locator(f"main mark.{name}").first.evaluate(style, "::after")[2] for name in looks]
    assert tags == ['"限额"', '"余额×2"', '"未读"']


def test_a_printed_page_has_text_and_lists_but_no_notes(visit):
    page = visit(DEBT)
    page.emulate_media(media="print")
    page.locator("mark.fact").first.focus()
    boxes = [page.locator(each).bounding_box() for each in (".counts", "main", "#problems", "#figures", "#checks")]
    assert all(before["y"] + before["height"] <= after["y"] for before, after in pairwise(boxes))
    assert not page.locator("aside nav").is_visible()
    assert not page.locator(".note").first.is_visible()


def test_chinese_renders_from_the_pages_own_font(visit):
    page = visit(DEBT)
    fonts = page.evaluate(
        "document.fonts.ready.then(fonts => [...fonts].map(f => [f.family.replaceAll('\"', ''), f.status]))"
    )
    assert fonts == [["Fiscal", "loaded"]]
