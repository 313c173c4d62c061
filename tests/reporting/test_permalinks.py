"""Headings have addresses that stay: the same at every run and in both languages."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from fiscal.reporting import headings, render
from fiscal.reporting.execute import in_language

HEADINGS = "main :is(h2, h3, h4)[id]:not(#made)"  # how a page was made is no part of what it says


def rendered(*cells, lang="zh", title="标题"):
    """A report of cells, (language, Markdown) or an output in Markdown, as soup."""
    notebook = nbformat.v4.new_notebook()
    for cell in cells:
        if isinstance(cell, tuple):
            notebook.cells.append(nbformat.v4.new_markdown_cell(cell[1], metadata={"tags": [cell[0]]}))
        else:
            output = nbformat.v4.new_output("display_data", {"text/markdown": cell})
            notebook.cells.append(nbformat.v4.new_code_cell("…", outputs=[output]))
    page = render.report(
        render.article(in_language(notebook, lang)), lang=lang, name="n", place="某市", year=2020, title=title
    )
    return BeautifulSoup(page, "html.parser")


def ids(soup):
    return [heading["id"] for heading in soup.select(HEADINGS)]


@pytest.mark.parametrize("notebook", ["debt", "evaluation", "transfers", "transparency", "compare"])
def test_both_languages_have_the_same_addresses(reports, compared, notebook):
    folder = compared / "compare" if notebook == "compare" else reports / "urumqi-2020"
    english, chinese = (
        BeautifulSoup((folder / f"{notebook}.{lang}.html").read_text(encoding="utf-8"), "html.parser")
        for lang in ("en", "zh")
    )
    assert ids(english) == ids(chinese)
    assert len(ids(english)) >= 6
    for soup in (english, chinese):
        there = [each["id"] for each in soup.select("[id]")]
        assert len(there) == len(set(there))
        assert [link["href"] for link in soup.select("a.permalink")] == [f"#{each}" for each in ids(soup)]
    assert all(each.isascii() for each in ids(chinese))


def test_an_address_is_made_of_the_english_words():
    cells = [("en", "# Title\n\n## How heavy is it?\n"), ("zh", "# 标题\n\n## 负担有多重？\n")]
    assert ids(rendered(*cells)) == ids(rendered(*cells, lang="en")) == ["how-heavy-is-it"]


def test_headings_that_a_cell_puts_out_count_from_their_section():
    cells = [("en", "# T\n## Rules"), ("zh", "# T\n## 规则"), "### 第一条\n\n#### 第二条"]
    assert ids(rendered(*cells)) == ["rules", "rules-1", "rules-2"]


def test_addresses_are_unique_and_chinese_where_there_is_no_english():
    cells = [("zh", "# 标题\n## 说明\n## 说明\n## ？\n## content\n```\n## no heading\n```")]
    assert ids(rendered(*cells)) == ["说明", "说明-2", "section", "content-2"]


def test_code_in_prose_is_no_heading():
    cells = [("en", "# T\n```sh\n# a comment\n```\n## Next"), ("zh", "# T\n## 下一节")]
    assert ids(rendered(*cells)) == ["next"]


def test_headings_are_in_order_with_one_first():
    soup = rendered(("zh", "## 先\n# 标题\n#### 深\n# 又一个标题"))
    assert [each.name for each in soup.select("main h1, main h2, main h3, main h4")] == ["h1", "h2", "h3", "h2"]
    assert soup.select_one("h1").get_text() == "标题"
    assert rendered(("zh", "正文")).select_one("h1").get_text() == "标题"


def test_a_slug_is_never_empty():
    assert headings.slug("？！") == "section"


def test_a_link_beside_a_heading_sets_the_address(browse, reports):
    page = browse(reports / "urumqi-2020" / "debt.en.html")
    link = page.get_by_role("link", name="Link to this section: New borrowing")
    opacity = "each => getComputedStyle(each).opacity"
    assert link.evaluate(opacity) == "0"
    link.focus()
    assert link.evaluate(opacity) == "1"
    page.locator("h2", has_text="The figures").hover()
    assert page.locator("#the-figures + a").evaluate(opacity) == "1"
    page.keyboard.press("Enter")
    page.wait_for_url("**/debt.en.html#new-borrowing")  # the browser tells of it a little later


def test_the_other_language_opens_at_the_same_section(browse, reports):
    page = browse(reports / "urumqi-2020" / "debt.en.html", reduced_motion="reduce")
    switch = page.get_by_role("link", name="中文")
    assert switch.get_attribute("hreflang") == switch.get_attribute("lang") == "zh-CN"
    page.evaluate("document.getElementById('how-heavy-is-it').scrollIntoView()")
    switch.dispatch_event("click")
    page.wait_for_url("**/debt.zh.html#how-heavy-is-it")
    assert 0 <= page.locator("#how-heavy-is-it").bounding_box()["y"] < 120
    assert page.locator("#how-heavy-is-it").inner_text() == "债务负担有多重？"
    page.get_by_role("link", name="来源").first.click()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/debt.en.html#source")
    page.goto(page.url.partition("#")[0] + "?")
    page.evaluate("scrollTo(0, 0)")
    page.get_by_role("link", name="中文").click()
    page.wait_for_url("**/debt.zh.html")
