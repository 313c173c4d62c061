"""What a lesson is made of: exercises, questions of a quiz, terms. Every text is a pair (English, Chinese).

A text may name parts of the case in braces: {place}, {year}, {above} and {below} (the neighbouring levels of
government), {title} (of the document). What stands between backticks is shown as code. In place of a pair there may be
a function of the case that gives one, for texts with computed numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Text = tuple[str, str] | Callable


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that is foreseen, computed from the case as the right one is, and what is said to it."""

    answer: Callable
    says: Text


@dataclass(frozen=True)
class Exercise:
    """A question with a computed answer.

    ``answer``: a function of the case (see ``fiscal.teaching.case``). It gives a number (money in whole yuan, a share
    as a part of 1), a string, a set or a list of them, a frame, True or False, or None for what the document does
    not say. ``hints``: two, the first gentle. ``right``: what to take from it. ``solution``: code whose last
    statement assigns ``answer``; it may use ``case``, ``lesson`` and what the notebook imports before.
    ``decimals``: how many are asked of a number that is no whole one (0.8612 has four). ``judge``: where many
    answers are right; a function of the case and the answer that gives what is wrong as a text, or None.
    ``answer`` is then a text, one that is right.
    """

    number: str
    question: Text
    answer: Callable
    hints: tuple[Text, Text]
    right: Text
    solution: str
    mistakes: tuple[Mistake, ...] = ()
    decimals: int | None = None
    judge: Callable[[Any, Any], Text | None] | None = None


@dataclass(frozen=True)
class Either:
    """A word that may be given in several ways: an id, a letter, or the term in either language."""

    words: tuple[str, ...]

    def __init__(self, *words):
        object.__setattr__(self, "words", words)


@dataclass(frozen=True)
class Choice:
    """An answer to choose in a quiz, whether it is the right one, and what is said when it is chosen."""

    text: Text
    right: bool
    says: Text


@dataclass(frozen=True)
class Question:
    """A question of a quiz; one of its choices is right."""

    text: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Term:
    """A word that is not a concept of the vocabulary, and what it means."""

    word: Text
    meaning: Text
