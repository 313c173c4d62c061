"""A course in fiscal transparency: lessons with exercises that check themselves, quizzes and planted errors.

>>> from fiscal import teaching
>>> lesson = teaching.lesson(3, "en")                 # doctest: +SKIP
>>> lesson.exercise("3.1")                            # doctest: +SKIP
>>> teaching.check("3.1", 118_894_000_000)            # doctest: +SKIP

Questions, hints and the answers' code are in ``fiscal/teaching/lessons/``; answers are computed from the document that
a lesson is about, and so are the mistakes that are foreseen.
"""

from fiscal.teaching.case import Case
from fiscal.teaching.lesson import check, lesson
from fiscal.teaching.verdict import Verdict

__all__ = ["Case", "Verdict", "check", "lesson"]
