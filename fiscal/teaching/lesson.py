"""A lesson in a notebook or on a page, and the check of an answer."""

from fiscal import text
from fiscal.errors import UnknownName
from fiscal.figures import check as reconcile
from fiscal.figures import vocabulary
from fiscal.teaching import answers, course, parts
from fiscal.teaching.case import DISCLOSURE, Case, NotStated
from fiscal.teaching.show import sentences
from fiscal.teaching.verdict import Verdict

EDITIONS = ("notebook", "page", "instructor")
_current = None


def lesson(number, lang="en", disclosure=DISCLOSURE, edition="notebook"):
    """The Lesson with this number, in a language, about a disclosure; ``check`` speaks of it from then on.

    ``edition``: *notebook* for a student with a kernel, *page* for one without (hints and answers unfold),
    *instructor* for whoever teaches (answers and foreseen mistakes are shown). Raises UnknownName.

    >>> fiscal.teaching.lesson(4, "zh").lang
    'zh'
    """
    global _current
    _current = Lesson(number, lang, Case(disclosure), edition)
    return _current


def check(number, answer):
    """The Verdict on an answer to an exercise; a second wrong one gets the second hint.

    Language and document are those of the current lesson: the last that ``lesson`` gave. Raises UnknownName for a
    number that is not there. On a page without a kernel there is nothing to check and nothing shows.

    >>> lesson = fiscal.teaching.lesson(3)
    >>> print(fiscal.teaching.check("3.1", 1188.94))
    ✗ 3.1 ...
    """
    exercise = course.exercise(number)
    current = _current or lesson(int(exercise.number.partition(".")[0]))
    return current.check(exercise, answer)


class Lesson:
    """A lesson: its parts show themselves in cells. ``case`` has the figures and measures that it is about."""

    def __init__(self, number, lang, case, edition):
        if edition not in EDITIONS:
            raise UnknownName("edition", edition, EDITIONS)
        self.number, self.lang, self.case, self.edition = number, text.language(lang), case, edition
        self.module = course.module(number)
        self._wrong = {}

    @property
    def title(self):
        return self.case.said(self.module.TITLE, self.lang)

    def aims(self):
        """What a student can do afterwards, and how long it takes."""
        return parts.aims(self)

    def exercise(self, number):
        """The question of an exercise; on a page with hints and answer to unfold."""
        return parts.exercise(self, course.exercise(number))

    def spot(self):
        """A page of the document with errors planted in it, marked as altered."""
        return parts.spot(self)

    def reconcile(self, figures=None):
        """What must hold between the figures of that page, or of another frame, and how it comes out."""
        return parts.reconciled(self, reconcile(self.altered if figures is None else figures))

    @property
    def altered(self):
        """The figures of that page: a frame as ``fiscal.datasets.figures`` gives it, with errors in it."""
        return self.module.PLANTED.figures(self.case)

    def quiz(self):
        """Questions with choices; what is said shows when one is chosen."""
        return parts.quiz(self)

    def glossary(self):
        """The terms of the lesson in both languages, and what they mean."""
        return parts.glossary(self, vocabulary.concepts())

    def check(self, exercise, answer):
        """The Verdict on an answer to an Exercise."""
        if answer is ... and self.edition == "page":
            return None
        try:
            return self._judged(exercise, answer)
        except NotStated as gap:
            return self._said(exercise, None, parts.gap(gap))

    def _judged(self, exercise, answer):
        expected = exercise.answer(self.case)
        if answer is ...:
            return self._said(
                exercise,
                None,
                ("Put your answer in place of the dots and run the cell.", "请把省略号换成你的答案，再运行本单元格。"),
            )
        if exercise.judge:
            wrong = exercise.judge(self.case, answer)
            if wrong is None:
                return self._said(exercise, True, exercise.right)
            return self._said(exercise, False, wrong)
        if answers.same(answer, expected, exercise.decimals):
            return self._said(exercise, True, exercise.right)
        foreseen = next((each for each in exercise.mistakes if self._is(answer, each, exercise)), None)
        if foreseen:
            return self._said(exercise, False, foreseen.says)
        wrong = answers.kind(answer, expected, exercise.decimals)
        count = self._wrong[exercise.number] = self._wrong.get(exercise.number, 0) + 1
        hint = exercise.hints[min(count, len(exercise.hints)) - 1]
        return self._said(exercise, False, *filter(None, (wrong, hint)))

    def _is(self, answer, mistake, exercise):
        try:
            return answers.same(answer, mistake.answer(self.case), exercise.decimals)
        except (NotStated, ZeroDivisionError):
            return False  # no such mistake can be made with this document

    def _said(self, exercise, right, *words):
        said = sentences([self.case.said(each, self.lang) for each in words], self.lang)
        return Verdict(exercise.number, right, said, self.lang)
