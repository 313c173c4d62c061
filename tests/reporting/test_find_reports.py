"""The index: one language or both, a search that finds what is meant, addresses to pass on."""

import pytest

from fiscal.reporting import index


@pytest.fixture
def visit(browse, reports):
    """The index; ``after`` is what its address goes on with."""
    return lambda after="", **context: browse(f"{reports / 'index.html'}{after}", **({"locale": "en-US"} | context))


def cards(page):
    """Addresses of the cards that are seen."""
    links = page.locator(".card:visible a")
    return [link.get_attribute("href").removeprefix("urumqi-2020/").removesuffix(".html") for link in links.all()]


ENGLISH = ["debt.en", "evaluation.en", "transfers.en", "transparency.en"]
CHINESE = ["debt.zh", "evaluation.zh", "transfers.zh", "transparency.zh"]


@pytest.mark.parametrize(
    ("context", "seen", "title"),
    [
        ({"locale": "en-US"}, ENGLISH, "Reports"),
        ({"locale": "zh-CN"}, CHINESE, "报告"),
        ({"locale": "fr-FR"}, ENGLISH, "Reports"),
        ({"java_script_enabled": False}, sorted(ENGLISH + CHINESE), "Reports 报告"),
    ],
)
def test_the_index_opens_in_the_readers_language(visit, context, seen, title):
    page = visit(**context)
    assert cards(page) == seen
    assert page.locator("h1").inner_text().strip() == title


def test_the_language_is_chosen_with_and_without_javascript(visit):
    for context in ({}, {"java_script_enabled": False}):
        page = visit(**context)
        page.get_by_label("中文").check()
        assert cards(page) == CHINESE
        assert page.locator("h2").inner_text().replace(" ", "") == "乌鲁木齐市·2020年"
        page.get_by_label("English").check()
        assert cards(page) == ENGLISH
        page.get_by_label("Both").check()
        assert cards(page) == sorted(ENGLISH + CHINESE)


def test_the_chosen_language_is_kept(visit):
    page = visit()
    page.get_by_label("中文").check()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    # A browser carries what is kept from one of its processes to the next: a page opened at once may come before it.
    for _ in range(20):
        page.goto(page.url.partition("#")[0])
        if cards(page) == CHINESE:
            break
    assert cards(page) == CHINESE


def test_what_is_typed_is_found(visit):
    page = visit()
    found = {
        "urumqi": ENGLISH,
        "URUMQI-2020": ENGLISH,
        "乌鲁木齐": ENGLISH,
        "２０２０": ENGLISH,
        "debt": ["debt.en"],
        "债务": ["debt.en"],
        "乌鲁木齐债务2020": ["debt.en"],
        "乌鲁木齐债务2021": [],
        "synthetic urumqi": ["evaluation.en"],
        "乌鲁木齐公园": [],
        "<b>": [],
        "  ": ENGLISH,
    }
    for typed, there in found.items():
        page.get_by_label("Find a report").fill(typed)
        assert cards(page) == there, typed
        said = page.get_by_role("status").inner_text().strip()
        assert said == (f"{len(there)} of 4 reports" if there else "No report found.")
        assert page.locator("h2").is_visible() == bool(there)
    assert page.messages == []
    assert all(url.startswith(("file:", "data:")) for url in page.requests_made)


def test_a_search_has_an_address(visit):
    page = visit("#q=债务&lang=zh")
    assert page.get_by_label("查找报告").input_value() == "债务"
    assert cards(page) == ["debt.zh"]
    assert page.get_by_role("status").inner_text().strip() == "找到1份，共4份报告"
    page.get_by_label("查找报告").fill("转移")
    assert cards(page) == ["transfers.zh"]
    again = visit("#" + page.url.partition("#")[2])
    assert cards(again) == ["transfers.zh"]
    page.evaluate("location.hash = 'q=transparency&lang=en'")
    page.wait_for_function("document.getElementById('q').value === 'transparency'")
    assert cards(page) == ["transparency.en"]


def test_a_report_leads_to_what_else_there_is_of_its_place(visit, browse, reports):
    page = browse(reports / "urumqi-2020" / "debt.zh.html")
    page.get_by_role("link", name="乌鲁木齐市 · 2020年").click()
    assert page.get_by_label("查找报告").input_value() == "乌鲁木齐市 2020"
    assert cards(page) == CHINESE


def record(place_en, place_zh, year, lang, title, headline, **more):
    about = {"place": {"en": place_en, "zh": place_zh}, "year": year, "lang": lang, "title": title}
    return {"report": about | {"headline": headline, "failure": None, "alt": "A picture. " * 20} | more, "files": []}


def test_a_report_in_one_language_only_is_seen_in_the_other_and_says_so(browse, tmp_path):
    records = {"linjiang-2021/debt.en": record("Linjiang", "临江县", 2021, "en", "Debt", "It owes.")}
    failure = {"cell": 3, "message": "out of <memory>"}
    records["linjiang-2021/audit.zh.error"] = record("Linjiang", "临江县", 2021, "zh", "公开情况", "", failure=failure)
    (tmp_path / "index.html").write_text(index.page(records), encoding="utf-8")
    page = browse(f"{tmp_path / 'index.html'}#lang=zh")
    said = page.locator(".card:visible").all_inner_texts()
    assert len(said) == 2
    assert "未能完成：第3个单元格，out of <memory>" in said[0]
    assert "仅有中文版" in said[0]
    assert "仅有英文版" in said[1]


def test_a_thousand_reports_are_searched_at_once(browse, tmp_path):
    records = {}
    for number in range(500):
        for lang, title in (("en", "Debt"), ("zh", "政府债务")):
            place = f"Place{number:03}", f"地区{number:03}县", 2018 + number % 5
            records[f"place{number:03}-{place[2]}/debt.{lang}"] = record(*place, lang, title, "At the end it owed." * 4)
    path = tmp_path / "index.html"
    path.write_text(index.page(records), encoding="utf-8")
    assert path.stat().st_size < 1_200_000
    page = browse(path, locale="en-US")
    assert page.get_by_role("status").inner_text().strip() == "500 of 500 reports"
    took = page.evaluate(
        """() => {
            const query = document.getElementById("q");
            query.value = "地区042";
            const began = performance.now();
            query.dispatchEvent(new Event("input"));
            return performance.now() - began;
        }"""
    )
    assert cards(page) == ["place042-2020/debt.en"]
    assert took < 1000  # milliseconds; a hundredth of that where nothing else runs
