"""The lessons there are, and where an exercise stands."""

from importlib import import_module

from fiscal.errors import UnknownName

LESSONS = {1: "accounts", 2: "transfers", 3: "debt", 4: "rules", 5: "scores", 6: "city"}


def module(number):
    """The module of a lesson. Raises UnknownName."""
    if number not in LESSONS:
        raise UnknownName("lesson", number, map(str, LESSONS))
    return import_module(f"fiscal.teaching.lessons.{LESSONS[number]}")


def exercise(number):
    """The Exercise with this number, such as "3.1". Raises UnknownName, which lists those of its lesson."""
    first = str(number).partition(".")[0]
    lesson = int(first) if first.isdecimal() and int(first) in LESSONS else None
    there = {each.number: each for n in ([lesson] if lesson else LESSONS) for each in module(n).EXERCISES}
    if str(number) not in there:
        raise UnknownName("exercise", str(number), there)
    return there[str(number)]
