"""The pages of the course, made by the command and opened in a real browser that has no kernel and no network."""

import json
import re

import nbformat
import pytest
from click.testing import CliRunner

from fiscal import cli, teaching
from fiscal.teaching import course, editions

LANGUAGES = ["en", "zh"]


@pytest.fixture
def opened(browse, pages):
    """Open a page of the course."""
    return lambda name, width=1200: browse(pages / name, width)


def told(page):
    """What a page complains of, and asks for beyond itself."""
    return page.messages + [url for url in page.requests_made if not url.startswith(("file:", "data:"))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said_to_a_choice_shows_on_click_and_by_keyboard(opened, lang):
    page = opened(f"course/3-debt.{lang}.html")
    question = course.module(3).QUIZ[0]
    said = page.locator("fieldset").first.locator(".says")
    assert said.count() == len(question.choices)
    assert not any(each.is_visible() for each in said.all())
    page.locator("fieldset").first.locator("label").first.click()
    assert [each.is_visible() for each in said.all()] == [True, False, False]
    page.keyboard.press("ArrowDown")
    assert [each.is_visible() for each in said.all()] == [False, True, False]
    case = teaching.Case()
    assert case.said(question.choices[1].says, lang) in said.nth(1).inner_text()
    # Another question keeps its own choice.
    page.locator("fieldset").nth(1).locator("label").nth(1).click()
    assert said.nth(1).is_visible()
    assert told(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hints_and_answers_unfold_and_what_checks_does_not_show(opened, lang):
    page = opened(f"course/3-debt.{lang}.html", width=390)
    answer = page.get_by_text("118,894,000,000 (1,188.94 yi)" if lang == "en" else "118894000000（1188.94亿元）").first
    assert not answer.is_visible()
    folded = page.locator("details").filter(has=answer).first
    folded.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert answer.is_visible()
    assert page.get_by_text("teaching.check").first.is_hidden()
    assert page.locator("text=/省略号|in place of the dots/").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert told(page) == []


@pytest.mark.parametrize("name", ["index.html", *(f"course/3-debt.{lang}.html" for lang in LANGUAGES)])
def test_nothing_keeps_people_out(opened, axe, name):
    page = opened(name, width=390)  # where most has to scroll
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert [each for each in axe(page) if each[1] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_index_lists_the_lessons_in_each_language(opened):
    page = opened("index.html")
    assert page.locator("h1").inner_text().startswith("A course in fiscal transparency")
    assert [each.inner_text() for each in page.locator("h2").all()] == ["English", "中文"]
    assert [each.inner_text() for each in page.locator("h3").all()] == [
        f"3 · {title}" for title in course.module(3).TITLE
    ]


def test_the_instructors_edition_has_the_answers_and_the_foreseen_mistakes(pages):
    notebook = nbformat.read(pages / "instructor" / "course" / "3-debt.en.ipynb", as_version=4)
    cells = [cell for cell in notebook.cells if "exercise" in cell.metadata.get("tags", [])]
    assert len(cells) == len(course.module(3).EXERCISES)
    for cell in cells:
        assert "answer = ..." not in cell.source
        assert "✓" in cell.outputs[0].data["text/plain"]
    page = (pages / "instructor" / "course" / "3-debt.en.html").read_text(encoding="utf-8")
    assert "That is the limit: the most that may be owed, not what is owed." in page
    assert "instructor&#39;s edition" in page or "instructor's edition" in page
    students = (pages / "course" / "3-debt.en.html").read_text(encoding="utf-8")
    assert "That is the limit: the most that may be owed, not what is owed." not in students


def test_what_has_not_changed_is_not_made_again(pages):
    command = ["lessons", "3", "--lang", "en", "--out", str(pages)]
    again = CliRunner().invoke(cli.main, command)
    assert "1 of 1 reports done (1 unchanged)" in again.output


def test_a_lesson_or_place_that_is_not_there_is_one_line(tmp_path):
    for command, said in (
        (["lessons", "9"], "unknown lesson '9'; there is: 1, 2, 3, 4, 5, 6"),
        (["lessons", "--disclosure", "nowhere"], "unknown disclosure 'nowhere'"),
        (["lessons", "--lang", "de"], "unknown language 'de'"),
    ):
        result = CliRunner().invoke(cli.main, [*command, "--out", str(tmp_path)])
        assert result.exit_code == 2
        assert said in result.output
        assert result.output.count("\n") == 1


def test_a_cell_that_is_tagged_exercise_and_is_none_is_named():
    cell = {"cell_type": "code", "metadata": {"tags": ["exercise"]}, "source": ["answer = 3"]}
    with pytest.raises(teaching.case.InputError, match=re.escape("expected `answer = ...`")):
        editions.instructor(json.dumps({"cells": [cell]}).encode(), "urumqi-2020")
