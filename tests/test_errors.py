"""What is said to a user whose input is wrong is one line, in both languages, also when a worker says it."""

import pickle

import pytest

from fiscal.errors import InputError, UnknownName

ERRORS = [
    InputError("a.csv, row 2: expected a year", {"zh": "a.csv，第2行：应为年份"}),
    UnknownName("policy", "nowhere-2020", {"urumqi-2020", "lakeside-2020"}),
    UnknownName("policy", "nowhere-2020", ()),
]


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_of_a_worker_is_the_same_here(error):
    came = pickle.loads(pickle.dumps(error))
    assert (type(came), str(came), came.said) == (type(error), str(error), error.said)


def test_an_unknown_name_lists_those_that_are_there():
    assert str(ERRORS[1]) == "unknown policy 'nowhere-2020'; there is: lakeside-2020, urumqi-2020"
    assert ERRORS[1].said["zh"] == "没有“nowhere-2020”，可用的有：lakeside-2020、urumqi-2020"
    assert str(ERRORS[2]).endswith("there is: none yet")


def test_an_error_is_one_printable_line_however_long_or_odd_its_input_was():
    said = str(InputError("line\none \u202e" + "x" * 5000))
    assert said.isprintable()
    assert len(said) <= 2000
    assert said.startswith(r"line\none \u202e")
