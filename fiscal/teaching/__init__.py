"""A course in fiscal transparency: lessons with exercises that check themselves, quizzes and planted errors.

>>> import fiscal
>>> lesson = fiscal.teaching.lesson(3)
>>> print(lesson.exercise("3.1"))
Exercise 3.1: How much did Urumqi owe at the end of 2020, in yuan? ...
>>> print(fiscal.teaching.check("3.1", 118_894_000_000))
✓ 3.1 ...

Questions, hints and the answers' code are in ``fiscal/teaching/lessons/``; answers are computed from the document that
a lesson is about, and so are the mistakes that are foreseen.
"""

from fiscal.teaching.case import Case
from fiscal.teaching.lesson import check, lesson
from fiscal.teaching.verdict import Verdict

__all__ = ["Case", "Verdict", "check", "lesson"]


def __dir__():
    return list(__all__)
