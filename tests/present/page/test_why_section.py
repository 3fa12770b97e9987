"""Where twins part, with what the calendar has then."""

import pytest

from page_worlds import compared, scenarios_of
from qsim.comparison.why.divergence import first_divergence
from qsim.engine.prepare import prepare
from qsim.present.page.why_section import divergence_text
from qsim.present.words.speaker import Speaker
from worlds import load_as

SHARED = ("months=60", "administration.departments=10")
CHANGED = {"starts": "commissioners[integration].funding[0].start=2021-02", "small": "administration.staff=900"}


@pytest.mark.parametrize(("language", "words"), [("de", "steht im Kalender"), ("en", "In the calendar this month")])
def test_a_mark_in_the_month_is_named(language, words):
    pair = [load_as("funding_24", *SHARED, *changes) for changes in ((), (CHANGED["starts"],))]
    found = first_divergence(*map(prepare, pair))
    assert found.month == pair[0].start + 6
    told = divergence_text(found, pair, Speaker(language))
    assert words in told
    assert told.count("“" if language == "de" else "”") >= 6


def test_the_nearest_mark_of_one_alone_is_named_where_the_month_has_none():
    pair = [load_as(name, *SHARED) for name in ("funding_24", "funding_permanent")]
    found = first_divergence(*map(prepare, pair), row=(7, 0))
    assert found.month < pair[0].start + 30
    told = divergence_text(found, pair, Speaker("en"))
    assert "July 2022 (only in “Two posts for 24 months”)" in told


def test_twins_that_never_part_have_no_mark():
    _, _, divergences = compared("same")
    told = divergence_text(divergences[0], scenarios_of("same"), Speaker("en"))
    assert told.endswith("differ in no month.")


def test_where_nothing_in_the_calendar_differs_it_is_said():
    pair = [load_as("small", "months=20", *changes) for changes in ((), ("administration.hierarchy=0.9",))]
    found = first_divergence(*map(prepare, pair))
    assert found is not None
    told = divergence_text(found, pair, Speaker("en"))
    assert "the reason lies in the settings in which the scenarios differ" in told or "(in both)" in told
