"""From a student's notebook to the instructor's: the dots are replaced by solutions."""

import json
import re

from fiscal.errors import InputError
from fiscal.teaching import course
from fiscal.teaching.case import Case, NotStated

DOTS = re.compile(r"^answer = \.\.\.$", re.MULTILINE)
CHECK = re.compile(r"""^teaching\.check\(["']([0-9.]+)["'], answer\)$""", re.MULTILINE)


def instructor(content: bytes, disclosure) -> bytes:
    """A notebook with the solution of each exercise in the cell that is tagged ``exercise``.

    Dots stay where the disclosure does not print what an exercise asks for. Raises InputError for such a cell without
    the dots and the check of an exercise that there is.
    """
    notebook, case = json.loads(content), Case(disclosure)
    for cell in notebook["cells"]:
        if "exercise" in cell["metadata"].get("tags", []):
            cell["source"] = _solved("".join(cell["source"]), case).splitlines(keepends=True)
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _solved(source, case):
    number = CHECK.search(source)
    if not number or not DOTS.search(source):
        expected = 'expected `answer = ...` and `teaching.check("3.1", answer)`'
        raise InputError(f"a cell tagged exercise: {expected}, found {source!r}")
    exercise = course.exercise(number[1])
    try:
        exercise.answer(case)
    except NotStated:
        return source
    return DOTS.sub(lambda _: exercise.solution.strip(), source)
