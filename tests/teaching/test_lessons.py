"""Every lesson is whole: texts in both languages, answers that its own solutions give, mistakes that are told apart."""

import re

import nbformat
import pytest

from fiscal import teaching
from fiscal.figures import concepts
from fiscal.reporting.lessons import lessons
from fiscal.teaching import course
from fiscal.teaching.case import NotStated
from fiscal.teaching.exercise import Either
from fiscal.teaching.lesson import Lesson

CHINESE = re.compile(r"[\u4e00-\u9fff]")
NUMBERS = sorted(course.LESSONS)


@pytest.fixture(scope="module")
def case():
    """The document that the course is about."""
    return teaching.Case()


def texts(module, case):
    """Every text of a lesson, where it stands and in both languages."""
    named = {"title": module.TITLE, **{f"aim {n}": aim for n, aim in enumerate(module.AIMS)}}
    named |= {f"note {n}": note for n, note in enumerate(module.NOTES)}
    for each in module.EXERCISES:
        named |= {f"{each.number} {part}": getattr(each, part) for part in ("question", "right")}
        named |= {f"{each.number} hint {n}": hint for n, hint in enumerate(each.hints)}
        named |= {f"{each.number} mistake {n}": mistake.says for n, mistake in enumerate(each.mistakes)}
    for n, question in enumerate(module.QUIZ):
        named[f"quiz {n}"] = question.text
        named |= {f"quiz {n} choice {m}": choice.text for m, choice in enumerate(question.choices)}
        named |= {f"quiz {n} says {m}": choice.says for m, choice in enumerate(question.choices)}
    for term in module.TERMS:
        named |= {f"term {term.word}": term.word, f"meaning {term.word}": term.meaning}
    for where, words in named.items():
        yield where, case.said(words, "en"), case.said(words, "zh")


def test_every_text_is_there_in_both_languages(module, case):
    for where, english, chinese in texts(module, case):
        assert english.strip(), where
        assert chinese.strip(), where
        assert not re.search(r"\{(place|year|above|below|title)\}", english + chinese), where
        spoken = re.sub(r"`[^`]*`", "", chinese).strip("，。：；")
        assert CHINESE.search(spoken) or " choice " in where or not re.search(r"[A-Za-z]{3}", spoken), where
        words = re.sub(r"`[^`]*`|[亿万]?元|“[^”]*”|[（(][^）)]*[）)]|《[^》]*》", "", english)
        assert not CHINESE.search(words), (where, english)


def test_a_lesson_has_all_its_parts(module):
    assert 30 <= module.MINUTES <= 45
    assert len(module.AIMS) >= 3
    assert len(module.NOTES) >= 2
    assert 4 <= len(module.EXERCISES) <= 7
    assert 4 <= len(module.QUIZ) <= 6
    assert set(module.CONCEPTS) <= set(concepts().index)
    assert len(module.CONCEPTS) + len(module.TERMS) >= 5
    for each in module.EXERCISES:
        assert len(each.hints) == 2
        assert each.solution.strip()
    for question in module.QUIZ:
        assert sum(choice.right for choice in question.choices) == 1
        assert len({choice.says for choice in question.choices}) == len(question.choices) >= 2


@pytest.mark.parametrize("number", NUMBERS)
def test_a_notebook_in_git_has_prose_in_both_languages_calls_and_no_answers(number):
    template = lessons()[str(number)]
    notebook = nbformat.read(template.path, as_version=4)
    nbformat.validate(notebook)
    assert template.per == "lesson"
    assert template.title("en") != template.title("zh")
    assert {"lang", "disclosure", "edition"} <= set(template.parameters)
    prose = {"en": 0, "zh": 0}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            (lang,) = cell.metadata["tags"]
            prose[lang] += 1
            assert not re.search(r"[0-9]", cell.source), f"a number is typed: {cell.source}"
        else:
            assert cell.outputs == []
            assert cell.execution_count is None
            assert ("exercise" in cell.metadata.get("tags", [])) == ("answer = ...\n" in cell.source)
    assert prose["en"] == prose["zh"] > 5
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    asked = [each.number for each in course.module(number).EXERCISES]
    assert re.findall(r'lesson\.exercise\("(.+?)"\)', code) == asked
    assert re.findall(r'teaching\.check\("(.+?)", answer\)', code) == asked
    for part in ("aims", "quiz", "glossary"):
        assert f"lesson.{part}()" in code


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("number", NUMBERS)
def test_the_solutions_of_the_instructors_edition_are_right(run, number, lang):
    verdicts = [value for tags, _, value in run(number, lang, "instructor") if "exercise" in tags]
    assert [verdict.number for verdict in verdicts] == [each.number for each in course.module(number).EXERCISES]
    for verdict in verdicts:
        assert verdict, str(verdict)
        assert verdict.lang == lang


def test_each_foreseen_mistake_is_told_apart(module, case):
    lessons_ = [Lesson(NUMBERS[0], lang, case, "notebook") for lang in ("en", "zh")]
    for each in module.EXERCISES:
        given = [typed(mistake.answer(case)) for mistake in each.mistakes]
        for lesson in lessons_:
            said = [lesson.check(each, answer) for answer in given]
            assert all(verdict.right is False for verdict in said), each.number
            for mistake, verdict in zip(each.mistakes, said, strict=True):
                assert case.said(mistake.says, lesson.lang) in verdict.says, (each.number, verdict.says)
            assert len({verdict.says for verdict in said}) == len(said), each.number


def typed(answer):
    """An answer as a student types it: of several ways to say a word the first."""
    if isinstance(answer, set | frozenset):
        return {typed(each) for each in answer}
    return answer.words[0] if isinstance(answer, Either) else answer


def test_answers_are_those_of_the_document_that_a_lesson_is_about():
    here, there = teaching.Case("urumqi-2020"), teaching.Case("taijiang-2020")
    exercises = {each.number: each for each in course.module(3).EXERCISES}
    for number in ("3.1", "3.2", "3.4", "3.6"):
        assert exercises[number].answer(here) != exercises[number].answer(there)
    teaching.lesson(3, "en", "taijiang-2020")
    assert teaching.check("3.1", 479_000_000)
    assert "Taijiang" in str(teaching.lesson(3, "en", "taijiang-2020").exercise("3.1"))


def test_what_the_document_does_not_state_is_a_finding():
    teaching.lesson(3, "en", "ezhou-2017")
    with pytest.raises(NotStated):
        course.exercise("3.2").answer(teaching.Case("ezhou-2017"))
    verdict = teaching.check("3.2", 0.5)
    assert verdict.right is None
    assert "does not state debt limit at year end" in verdict.says
    # It prints what the others leave out.
    assert teaching.check("3.5", None).right is False
    assert teaching.check("3.5", 85.644 / 102.1).right is not None
