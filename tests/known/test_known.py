"""What the figures, the measures and the rules answer is what they answered before."""

import pytest
from answers import ANSWERS, HERE


@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_is_the_one_that_is_known(name):
    assert ANSWERS[name]() == (HERE / name).read_text(encoding="utf-8"), "see tests/known/answers.py"


def test_every_known_answer_is_asked_for():
    assert {path.name for path in HERE.iterdir() if path.suffix not in (".py", "")} == set(ANSWERS)
