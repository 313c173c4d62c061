"""Pages in a real browser: what is read, seen and pointed at, and that nothing leaves the page."""

import pytest


@pytest.fixture
def visit(browse, reports):
    """Open a page below the reports."""
    return lambda path, width=1200, **context: browse(reports / path, width, **context)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("urumqi-2020/debt.en.html", "At the end of 2020 Urumqi owed 1,188.94 yi, 86.12% of its debt limit"),
        ("urumqi-2020/debt.zh.html", "2020年末，乌鲁木齐市政府债务余额1188.94亿元，占债务限额的86.12%"),
        ("urumqi-2020/transfers.en.html", "paid 34.14 yi beside 33.4 yi received, 102.2%"),
        ("urumqi-2020/transfers.zh.html", "支出34.14亿元，收入33.4亿元，支出相当于收入的102.2%"),
    ],
)
def test_a_report_reads_and_shows_and_stays_by_itself(visit, path, words):
    page = visit(path)
    assert words in page.evaluate("document.body.innerText.replace(/\\s+/g, ' ')")
    pictures = page.locator("figure img")
    assert pictures.count() == 3
    for picture in pictures.all():
        assert len(picture.get_attribute("alt")) > 40
        assert _colours(page, picture) > 10
    assert page.messages == []
    assert [url for url in page.requests_made if not url.startswith("data:")] == [page.url]


def _colours(page, picture):
    """How many colours a picture has when it is drawn: a blank one has one."""
    return picture.evaluate(
        """image => {
            const canvas = Object.assign(document.createElement("canvas"), {width: 400, height: 200});
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0, 400, 200);
            const pixels = new Uint32Array(context.getImageData(0, 0, 400, 200).data.buffer);
            return new Set(pixels).size;
        }"""
    )


def test_chinese_renders_from_the_pages_own_font(visit):
    page = visit("urumqi-2020/debt.zh.html")
    loaded = page.evaluate("document.fonts.ready.then(fonts => [...fonts].map(f => [f.family, f.status]))")
    assert [family.strip('"') for family, _ in loaded] == ["Fiscal"]
    assert loaded[0][1] == "loaded"
    # Two characters that are drawn, and differ: boxes for missing glyphs would be the same.
    drawn = page.evaluate(
        """["债", "余"].map(character => {
            const canvas = Object.assign(document.createElement("canvas"), {width: 40, height: 40});
            const context = canvas.getContext("2d");
            context.font = "30px Fiscal";
            context.fillText(character, 4, 32);
            return canvas.toDataURL();
        })"""
    )
    assert drawn[0] != drawn[1]


@pytest.mark.parametrize(("path", "clause"), [("debt.en.html", "clause II"), ("debt.zh.html", "第二部分")])
@pytest.mark.parametrize("how", ["hover", "focus"])
def test_a_number_shows_where_it_is_from(visit, path, clause, how):
    page = visit(f"urumqi-2020/{path}")
    fact = page.locator(".headline .fact").nth(1)
    note = fact.locator(".note")
    assert not note.is_visible()
    getattr(fact, how)()
    assert note.is_visible()
    for words in (clause, "1188.94亿元", "÷"):
        assert words in note.inner_text()
    assert fact.get_attribute("aria-describedby") == note.get_attribute("id")
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1200
    page.keyboard.press("Escape")
    assert not note.is_visible()


def test_a_note_in_a_table_is_not_cut_off(visit):
    page = visit("urumqi-2020/debt.en.html")
    fact = page.locator("td .fact").last
    fact.scroll_into_view_if_needed()
    fact.hover()
    box = fact.locator(".note").bounding_box()
    top = page.evaluate("([x, y]) => document.elementFromPoint(x, y).className", [box["x"] + 20, box["y"] + 10])
    assert "note" in top


def test_code_is_hidden_until_it_is_asked_for(visit):
    page = visit("urumqi-2020/debt.en.html")
    code = page.locator(".code").first
    assert not code.is_visible()
    page.get_by_role("button", name="Show code").click()
    assert code.is_visible()
    page.get_by_role("button", name="Hide code").click()
    assert not code.is_visible()


def test_contents_and_the_other_language_are_a_click_away(visit):
    page = visit("urumqi-2020/debt.en.html")
    links = page.locator(".toc a")
    assert links.count() == page.locator("main h2:not(#made)").count()
    for link in links.all():
        assert page.evaluate("link => document.getElementById(link.slice(1)) !== null", link.get_attribute("href"))
    page.get_by_role("link", name="中文").click()
    assert page.url.endswith("debt.zh.html")
    page.get_by_role("link", name="全部报告").click()
    assert page.url.endswith("index.html#lang=zh")
    assert page.locator("h1").inner_text().strip() == "报告"


def test_the_index_shows_pictures_headlines_and_leads_to_reports(visit):
    page = visit("index.html")
    assert page.locator("h2").inner_text() == "Urumqi · 2020"
    assert page.locator(".card").count() == 8
    assert page.evaluate(
        "[...document.images].every(image => !image.offsetParent || image.complete && image.naturalWidth > 100)"
    )
    assert "65.89% of it is special debt" in page.locator(".card").first.inner_text()
    said = " ".join(page.locator(".card").all_text_contents())
    assert "synthetic projects" in said
    assert "个模拟项目中" in said
    assert page.messages == []
    page.get_by_role("link", name="Debt").first.click()
    assert page.locator("h1").inner_text().startswith("Debt")


def test_only_the_one_script_may_run(visit):
    page = visit("urumqi-2020/debt.en.html")
    policy = page.locator("meta[http-equiv]").get_attribute("content")
    assert "default-src 'none'" in policy
    assert policy.count("sha256-") == 1
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("width", [1200, 390])
@pytest.mark.parametrize(
    "path",
    [
        "urumqi-2020/debt.en.html",
        "urumqi-2020/transfers.zh.html",
        "urumqi-2020/evaluation.zh.html",
        "urumqi-2020/transparency.en.html",
        "urumqi-2020/transparency.zh.html",
        "index.html",
    ],
)
def test_no_page_is_wider_than_its_window(visit, path, width):
    page = visit(path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "states 5 in full, 6 in part and 6 not at all"),
        ("zh", "完整载明5项，部分载明6项，6项未见于本文件"),
    ],
)
def test_the_transparency_report_shows_what_is_stated_and_where(visit, lang, words):
    page = visit(f"urumqi-2020/transparency.{lang}.html")
    assert words in page.evaluate("document.body.innerText.replace(/\\s+/g, ' ')")
    pictures = page.locator("figure img")
    # A matrix of several documents is drawn only where others are named.
    assert pictures.count() == 1
    assert len(pictures.first.get_attribute("alt")) > 200
    assert _colours(page, pictures.first) > 5
    place = page.locator("li .fact", has_text={"en": "I.2", "zh": "第一部分（二）"}[lang]).first
    place.focus()
    assert "107.58亿元" in place.locator(".note").inner_text()
    assert page.messages == []
    assert [url for url in page.requests_made if not url.startswith("data:")] == [page.url]


@pytest.mark.parametrize(
    ("lang", "marked", "words"),
    [
        ("en", "SYNTHETIC DATA", "Even the best grade loses 8% of its budget"),
        ("zh", "模拟数据", "完成率40%时，分文未用的项目收回50%，用了一元的项目收回0%"),
    ],
)
def test_the_evaluation_report_says_what_its_projects_are_and_shows_the_rules(visit, lang, marked, words):
    page = visit(f"urumqi-2020/evaluation.{lang}.html")
    said = page.evaluate("document.querySelector('main').innerText.replace(/\\s+/g, ' ')")
    assert said.index(marked) < 500
    assert words in said
    pictures = page.locator("figure img")
    assert pictures.count() == 6
    for picture in pictures.all():
        assert _colours(page, picture) > 10
    assert page.locator("code", has_text="warning.deviation_max").count() >= 1
    assert page.messages == []
    assert [url for url in page.requests_made if not url.startswith("data:")] == [page.url]
