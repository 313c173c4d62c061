"""Which pages of the course to make: lessons × languages, for students or for whoever teaches."""

from functools import cached_property

from fiscal import resources, text
from fiscal.errors import UnknownName
from fiscal.reporting.jobs import Job
from fiscal.reporting.template import Template
from fiscal.teaching import editions

FOLDER = "teaching"
FOR_INSTRUCTORS = {"en": "{} (instructor's edition)", "zh": "{}（教师版）"}


class Instructors(Template):
    """A lesson with the answers in it."""

    @cached_property
    def content(self):
        return editions.instructor(self.path.read_bytes())

    def title(self, lang):
        return FOR_INSTRUCTORS[lang].format(super().title(lang))


def lessons(kind=Template):
    """The notebooks of the course, by number; of another ``kind``: the instructor's."""
    found = sorted((resources.notebooks() / FOLDER).glob("[0-9]-*.ipynb"))
    return {path.stem.partition("-")[0]: kind(path.stem, path) for path in found}


def plan(numbers=(), languages=text.LANGUAGES, disclosure="urumqi-2020", edition="page"):
    """The jobs for these lessons (numbers; none: all) about a disclosure, for students (*page*) or the *instructor*.

    Raises UnknownName with what there is.
    """
    there = lessons(Instructors if edition == "instructor" else Template)
    for number in map(str, numbers):
        if number not in there:
            raise UnknownName("lesson", number, there)
    if resources.disclosure(disclosure) is None:
        raise UnknownName("disclosure", disclosure, resources.disclosures())
    return [
        Job(there[number], (disclosure,), disclosure, text.language(lang), {"edition": edition})
        for number in dict.fromkeys(map(str, numbers or there))
        for lang in dict.fromkeys(languages)
    ]
