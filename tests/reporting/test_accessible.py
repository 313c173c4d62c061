"""Pages that everyone can use: what axe-core finds in a real browser, the keyboard, narrow windows, the dark."""

import nbformat
import pytest

from fiscal.disclosure import extract
from fiscal.reporting import render
from fiscal.reporting.order import Failure
from fiscal.reporting.review_page import review

NOTEBOOKS = ("debt", "evaluation", "transfers", "transparency", "compare")
REPORTS = [f"{notebook}.{lang}" for notebook in NOTEBOOKS for lang in ("en", "zh")]
FAILED = ["failed.en", "failed.zh"]
# What the languages have in common is looked at in one.
KINDS = ["debt.en", "evaluation.zh", "transparency.en", "failed.zh", "index", "review"]
DOCUMENT = """清河县2020年政府决算公开说明
一、举借债务情况
2020年，债务限额10亿元，其中一般债务限额4亿元、专项债务限额7.00亿元。一般债务余额3亿元。
项目\t本地区\t本级
政府债务余额\t50,000\t20,000
二、其他
招商引资项目到位资金7.5亿元。
"""


@pytest.fixture(scope="session")
def pages(reports, compared, tmp_path_factory):
    """The path of each page by name."""
    folder = tmp_path_factory.mktemp("pages")
    found = {name: reports / "urumqi-2020" / f"{name}.html" for name in REPORTS if not name.startswith("compare")}
    found |= {name: compared / "compare" / f"{name}.html" for name in REPORTS if name.startswith("compare")}
    found |= {"index": reports / "index.html", "review": folder / "review.html"}
    review(extract(DOCUMENT), found["review"])
    for lang in ("en", "zh"):
        notebook = nbformat.read(reports / "urumqi-2020" / f"debt.{lang}.ipynb", as_version=4)
        failure = Failure(12, "ValueError: the <b>third</b> district is missing " + "x" * 200, "ValueError")
        about = {"lang": lang, "name": "debt", "place": "某市", "year": 2020, "title": "Debt"}
        found[f"failed.{lang}"] = folder / f"failed.{lang}.html"
        found[f"failed.{lang}"].write_text(
            render.report(render.article(notebook), **about, failure=failure), encoding="utf-8"
        )
    return found


WIDE = "[...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth).length"


@pytest.mark.parametrize("name", [*REPORTS, *FAILED, "index", "review"])
def test_a_page_is_described_and_fits(browse, axe, pages, name):
    page = browse(pages[name])
    assert axe(page, rules={"color-contrast": {"enabled": False}, "target-size": {"enabled": True}}) == []
    assert page.locator("h1").count() == 1
    lang = {"zh": "zh-CN"}.get(name[-2:], "en")
    assert page.locator("html").get_attribute("lang") == lang
    # The title, which says the finding, and what else is seen; a picture of what is missing says that.
    assert page.evaluate("[...document.images].filter(image => image.alt.length < 15).length") == 0
    assert page.locator("th:not([scope])").count() == 0
    if name in REPORTS:
        assert page.locator("table > caption").count() == page.locator("table").count() > 0
    # On a desk no table has to be scrolled, on a phone nothing but tables and pictures in their places.
    assert page.evaluate(WIDE) == 0
    assert _too_wide(page, 1200) == []
    _resize(page, 390)
    assert axe(page, runOnly=["target-size", "scrollable-region-focusable"]) == []
    assert _too_wide(page, 390) == []
    _resize(page, 320)
    assert _too_wide(page, 320) == []
    assert page.messages == []


def _resize(page, width):
    """A window of that width, whose page has been laid out: scripts hear of it with the next frame, not before."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _too_wide(page, width):
    """What makes a page wider than its window."""
    if page.evaluate("document.documentElement.scrollWidth") <= width:
        return []
    return page.evaluate(
        """width => [...document.querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > width)
            .map(each => each.outerHTML.slice(0, 80))""",
        width,
    )


@pytest.mark.parametrize("name", KINDS)
def test_words_are_seen_in_the_light_and_in_the_dark(browse, axe, pages, name):
    page = browse(pages[name])
    # Rows and tables look alike. Code and a note are looked at too.
    page.evaluate(
        """document.querySelectorAll("tbody tr:nth-child(n + 4)").forEach(row => row.remove());
        [...document.querySelectorAll(".scroll")].slice(8).forEach(place => place.remove())"""
    )
    if page.locator("#toggle").count():
        page.locator("#toggle").click()
    if page.locator(".fact").count():
        page.locator(".fact").first.focus()
        assert page.locator(".fact .note").first.is_visible()
    papers = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe(page, runOnly=["color-contrast"]) == [], scheme
        papers.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert papers[0] == "rgb(255, 255, 255)" != papers[1]


def test_axe_would_find_what_is_wrong(browse, axe, pages):
    page = browse(pages["debt.en"])
    page.evaluate(
        """document.querySelector("figure img").removeAttribute("alt");
        document.querySelector("main h2").outerHTML = "<h5>deep</h5>";
        document.querySelector(".scroll[aria-labelledby]").outerHTML = "<p style='color: #999'>pale</p>";"""
    )
    assert {"image-alt", "heading-order", "color-contrast"} <= {rule for rule, *_ in axe(page)}


def test_the_pictures_of_the_index_are_described_as_in_their_reports(browse, pages):
    index = browse(pages["index"])
    card = index.locator(".card", has=index.locator("a[href='urumqi-2020/debt.en.html']"))
    first = browse(pages["debt.en"]).locator("figure img").first
    assert card.locator("img").get_attribute("alt") == first.get_attribute("alt")
    assert index.locator(".card img:not([alt]), .card img[alt='']").count() == 0
    assert index.get_by_role("link", name="Debt · Urumqi · 2020", exact=True).count() == 1


def test_only_what_scrolls_is_a_stop_of_the_tab_key(browse, pages):
    page = browse(pages["compare.en"])
    stops = "document.querySelectorAll('.scroll[tabindex=\"0\"]').length"
    page.wait_for_function(f"{stops} === 0")
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function(f"{stops} === {WIDE}")
    assert page.evaluate(stops) > 0
    assert page.locator(".scroll:not([aria-label], [aria-labelledby])").count() == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [("debt.en", "Skip to content"), ("debt.zh", "跳到正文"), ("index", "Skip to content"), ("review", "跳到正文")],
)
def test_the_first_stop_leads_past_the_header(browse, pages, name, words):
    page = browse(pages[name])
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert words in skip.inner_text()
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_nothing_moves_for_those_who_ask_for_that(browse, pages):
    page = browse(pages["debt.en"], reduced_motion="reduce")
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(behaviour) == "auto"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(behaviour) == "smooth"


def test_chinese_words_on_an_english_page_are_marked(browse, pages):
    page = browse(pages["debt.en"], java_script_enabled=False)
    unmarked = page.evaluate(
        r"""() => {
            const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
            const found = [];
            while (texts.nextNode()) {
                const {parentElement: parent, data} = texts.currentNode;
                if (/\p{Script=Han}/u.test(data) && !parent.closest("pre, code, [lang|=zh]")) found.push(data);
            }
            return found;
        }"""
    )
    assert unmarked == []
    assert page.locator("[lang='zh-CN']", has_text="亿元").count() > 5


def test_colours_are_chosen_and_kept(browse, pages):
    page = browse(pages["debt.en"], color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.get_by_label("Colours").select_option(label="Dark")
    dark = page.evaluate(paper)
    assert dark != "rgb(255, 255, 255)"
    # Pictures are drawn for white paper.
    assert page.locator("figure img").first.evaluate("each => getComputedStyle(each).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    # A browser carries what is kept from one of its processes to the next: a page opened at once may come before it.
    for _ in range(20):
        page.reload()
        if page.evaluate(paper) == dark:
            break
    assert page.evaluate(paper) == dark
    assert page.get_by_label("Colours").input_value() == "dark"
    page.emulate_media(media="print")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme="dark")
    page.get_by_label("Colours").select_option(label="Light")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.get_by_label("Colours").select_option(label="As the system")
    assert page.evaluate(paper) == dark


def test_pages_work_where_nothing_may_be_kept(pages, chromium):
    context = chromium.new_context(locale="en-US")
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(pages["index"].as_uri())
    page.get_by_label("中文").check()
    page.get_by_label("配色").select_option(label="深色")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert page.locator("h1").inner_text().strip() == "报告"
    context.close()
    assert errors == []
