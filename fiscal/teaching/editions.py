"""From a student's notebook to the instructor's: the dots are replaced by solutions."""

import json
import re

from fiscal.errors import InputError
from fiscal.teaching import course

DOTS = re.compile(r"^answer = \.\.\.$", re.MULTILINE)
CHECK = re.compile(r"""^teaching\.check\(["']([0-9.]+)["'], answer\)$""", re.MULTILINE)


def instructor(content: bytes) -> bytes:
    """A notebook with the solution of each exercise in the cell that is tagged ``exercise``.

    Raises InputError for such a cell without the dots and the check of an exercise that there is.
    """
    notebook = json.loads(content)
    for cell in notebook["cells"]:
        if "exercise" in cell["metadata"].get("tags", []):
            cell["source"] = _solved("".join(cell["source"])).splitlines(keepends=True)
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _solved(source):
    number = CHECK.search(source)
    if not number or not DOTS.search(source):
        expected = 'expected `answer = ...` and `teaching.check("3.1", answer)`'
        raise InputError(f"a cell tagged exercise: {expected}, found {source!r}")
    solution = course.exercise(number[1]).solution.strip()
    return DOTS.sub(lambda _: solution, source)
