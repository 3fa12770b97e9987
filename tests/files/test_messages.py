"""Messages stand on one line each, in the order of their places; near names are found."""

import pytest

from qsim.files.messages import InputError, Message, nearest, shown, suggestion

KEYS = ["duration_months", "departments", "volunteer_hours", "interval_weeks", "turnover_per_year", "need", "label"]


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (Message("a.yaml", 3, 5, "tasks", "wrong"), "a.yaml:3:5  tasks: wrong"),
        (Message("a.yaml", 3, 5, "", "wrong"), "a.yaml:3:5  wrong"),
        (Message("--set", None, None, "tasks", "wrong"), "--set:  tasks: wrong"),
        (Message("", None, None, "tasks", "wrong"), "tasks: wrong"),
    ],
)
def test_a_message_names_its_place(message, line):
    assert str(message) == line


def test_errors_are_ordered_and_said_once():
    late, early, other = Message("a", 10, 1, "", "x"), Message("a", 9, 30, "", "y"), Message("b", 1, 1, "", "z")
    error = InputError([other, late, early, late])
    assert error.messages == (early, late, other)
    assert str(error) == "a:9:30  y\na:10:1  x\nb:1:1  z"


@pytest.mark.parametrize(
    ("word", "option"),
    [
        ("duration", "duration_months"),
        ("duraton", "duration_months"),
        ("departmens", "departments"),
        ("Departments", "departments"),
        ("hours", "volunteer_hours"),
        ("interval", "interval_weeks"),
        ("interval-weeks", "interval_weeks"),
        ("turnover", "turnover_per_year"),
        ("mediation", None),
        ("", None),
    ],
)
def test_the_nearest_name(word, option):
    assert nearest(word, KEYS) == option


def test_a_suggestion_lists_what_there_is_where_nothing_is_near():
    assert suggestion("x", ["one", "two"]) == "; expected one of one, two"
    assert suggestion(5, ["one", "two"], "there are") == "; there are one, two"
    assert suggestion("x", []) == ""
    assert suggestion("x", [f"name{number}" for number in range(40)]).endswith("name18, ... (40 in all)")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, "nothing"),
        (True, "true"),
        ("a\nb", '"a\\nb"'),
        ("ä", '"ä"'),
        (0.1, "0.1"),
        (-6, "-6"),
        (10**20, "a number of more than 15 digits"),
        ({}, "a group of keys"),
        ((), "a list"),
        ("x" * 80, '"' + "x" * 56 + "..."),
    ],
)
def test_what_was_found_fits_on_a_line(found, words):
    assert shown(found) == words
