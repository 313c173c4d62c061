"""The lessons there are, their notebooks run in this process, and their pages made once."""

import ast
import json
import os

import matplotlib.pyplot as plt
import pytest
from click.testing import CliRunner
from filelock import FileLock

from fiscal import cli, teaching
from fiscal.reporting.lessons import Instructors, lessons
from fiscal.teaching import course


@pytest.fixture(scope="session")
def run():
    """A function that runs the code cells of a lesson and gives what each comes to, by its tags and source."""

    def cells(number, lang, edition="notebook", disclosure=None):
        template = lessons(*((Instructors, disclosure) if edition == "instructor" else ()))[str(number)]
        names, found = {}, []
        for cell in json.loads(template.content)["cells"]:
            if cell["cell_type"] == "code":
                tags = cell["metadata"].get("tags", [])
                value = _run("".join(cell["source"]), names)
                found.append((tags, "".join(cell["source"]), value))
                if "parameters" in tags:
                    names |= {"lang": lang, "edition": edition, "disclosure": template.subject}
        plt.close("all")
        return found

    return cells


def _run(source, names):
    """Run a cell as a kernel does: the value of its last expression is what shows."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return last and eval(compile(ast.Expression(last.value), "cell", "eval"), names)


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """The pages of lesson 3 with the instructor's, made once for all workers by the command."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    with FileLock(shared / "lessons.lock"):
        command = ["lessons", "3", "--instructor", "--out", str(shared / "lessons")]
        result = CliRunner().invoke(cli.main, command)
    assert result.exit_code == 0, result.output
    assert "4 of 4 reports done" in result.output
    return shared / "lessons"


@pytest.fixture(params=sorted(course.LESSONS))
def module(request):
    """The module of each lesson."""
    return course.module(request.param)


@pytest.fixture
def third():
    """Lesson 3 in English as the current one."""
    return teaching.lesson(3)
