"""Which pages of the course to make: lessons × languages, for students or for whoever teaches."""

from dataclasses import dataclass
from functools import cached_property

from fiscal import resources, text
from fiscal.errors import UnknownName
from fiscal.reporting.jobs import Job
from fiscal.reporting.template import Template
from fiscal.teaching import editions

FOLDER = "teaching"
COURSE = "course"  # folder of the pages as the course stands
FOR_INSTRUCTORS = {"en": "{} (instructor's edition)", "zh": "{}（教师版）"}


@dataclass(frozen=True)
class Lesson(Template):
    """A notebook of the course, about a disclosure (an id; None: what it is about as it stands).

    Its name begins with its number.
    """

    disclosure: str | None = None
    edition = "page"

    @property
    def subject(self):
        return self.disclosure or Template(self.name, self.path).parameters["disclosure"]

    @property
    def number(self):
        return self.name.partition("-")[0]

    @property
    def about(self):
        return {"lesson": self.number}


class Instructors(Lesson):
    """A lesson with the answers in it."""

    edition = "instructor"

    @cached_property
    def content(self):
        return editions.instructor(self.path.read_bytes(), self.subject)

    def title(self, lang):
        return FOR_INSTRUCTORS[lang].format(super().title(lang))


def lessons(kind=Lesson, disclosure=None):
    """The notebooks of the course, by number; of the other ``kind``, Instructors, with the answers."""
    paths = sorted((resources.notebooks() / FOLDER).glob("[0-9]-*.ipynb"))
    return {lesson.number: lesson for lesson in (kind(path.stem, path, disclosure) for path in paths)}


def plan(numbers=(), languages=text.LANGUAGES, disclosure=None, kind=Lesson):
    """The jobs for these lessons (numbers; none: all) about a disclosure (None: what each is about as it stands).

    Raises UnknownName with what there is.
    """
    there = lessons(kind, disclosure)
    for number in map(str, numbers):
        if number not in there:
            raise UnknownName("lesson", number, there)
    if disclosure and resources.disclosure(disclosure) is None:
        raise UnknownName("disclosure", disclosure, resources.disclosures())
    chosen = [there[number] for number in sorted(set(map(str, numbers or there)))]
    return [
        Job(
            lesson,
            (lesson.subject,),
            disclosure or COURSE,
            text.language(lang),
            {"edition": kind.edition},
            around=tuple(
                (f"{mark} {chosen[beside].title(lang)}", f"{chosen[beside].name}.{lang}.html")
                for mark, beside in (("←", position - 1), ("→", position + 1))
                if 0 <= beside < len(chosen)
            ),
        )
        for position, lesson in enumerate(chosen)
        for lang in dict.fromkeys(languages)
    ]
