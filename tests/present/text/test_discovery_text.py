"""Limits as clauses, in both languages."""

import math

import numpy as np
import pytest

from qsim.comparison.when.boxes import Box, Cases, Limit
from qsim.comparison.when.study import Question
from qsim.present.text.discovery_text import box_text, question_text
from qsim.present.text.units import value_text
from qsim.present.words.speaker import Speaker
from qsim.runs.designs import Variable
from qsim.scenario.labels import Label
from qsim.scenario.values import month_number


def named(de, en, **options):
    return Variable(en, Label(de=de, en=en), **options)


TURNOVER = named("die Fluktuation", "turnover", unit="share a year")
POSTS = named("Stellen", "posts", whole=True)
DURATION = named("die Dauer", "the duration", whole=True, unit="months")
START = named("der Beginn", "the start", months=True)
POSITION = named("die Stellung", "the position", levels=("line_unit", "section", "staff_unit"))
HOURS = named("der Aufwand", "the effort", unit="hours")


def said(factor, limit, values, language):
    column = np.array(values, dtype=float)[:, None]
    return box_text(Box({0: limit}), Cases((factor,), column, np.zeros(len(values), bool)), Speaker(language))


MANY = np.linspace(0.02, 0.3, 57).round(3)
YEARS = [month_number(f"{year}-01") for year in range(2014, 2020)]


@pytest.mark.parametrize(
    ("factor", "limit", "values", "de", "en"),
    [
        (TURNOVER, Limit(high=MANY[19]), MANY, "die Fluktuation unter 12 % im Jahr liegt", "turnover is below 12% a year"),
        (TURNOVER, Limit(low=MANY[20]), MANY, "die Fluktuation über 11,7 % im Jahr liegt", "turnover is above 11.7% a year"),
        (TURNOVER, Limit(MANY[15], MANY[37]), MANY, "die Fluktuation zwischen 9 % im Jahr und 21 % im Jahr liegt",
         "turnover is between 9% a year and 21% a year"),
        (POSTS, Limit(low=2), range(1, 6), "es mindestens 2 Stellen gibt", "there are at least 2 posts"),
        (POSTS, Limit(high=3), range(1, 6), "es höchstens 3 Stellen gibt", "there are at most 3 posts"),
        (POSTS, Limit(2, 3), range(1, 6), "es 2 bis 3 Stellen gibt", "there are 2 to 3 posts"),
        (POSTS, Limit(2, 2), range(1, 6), "es genau 2 Stellen gibt", "there are exactly 2 posts"),
        (DURATION, Limit(low=30), (24, 36, 60), "die Dauer mindestens 36 Monate beträgt", "the duration is at least 36 months"),
        (START, Limit(high=YEARS[2]), YEARS, "der Beginn im Januar 2016 oder früher liegt",
         "the start is in January 2016 or earlier"),
        (POSITION, Limit(levels=frozenset({2})), (0, 1, 2), "die Stellung „staff unit“ ist", "the position is “staff unit”"),
        (POSITION, Limit(levels=frozenset({0, 2})), (0, 1, 2), "die Stellung nicht „section“ ist",
         "the position is not “section”"),
        (HOURS, Limit(high=10.4), [*np.linspace(1, 10.4, 20), *np.linspace(11.3, 40, 20)], "der Aufwand unter 11 Stunden liegt",
         "the effort is below 11 hours"),
    ],
)  # fmt: skip
def test_a_limit_as_a_clause(factor, limit, values, de, en):
    assert said(factor, limit, values, "de").replace("\N{NO-BREAK SPACE}", " ") == f"gilt, wenn {de}"
    assert said(factor, limit, values, "en") == f"holds if {en}"


def test_what_has_no_label_is_not_counted():
    size = named("size", "size", whole=True)
    assert said(size, Limit(high=58), range(80), "en") == "holds if size is at most 58"
    assert said(size, Limit(high=58), range(80), "de") == "gilt, wenn size höchstens 58 beträgt"


def test_several_limits_are_joined():
    cases = Cases((TURNOVER, POSTS), np.column_stack([MANY, np.arange(57) % 5 + 1.0]), np.zeros(57, bool))
    box = Box({1: Limit(low=2), 0: Limit(-math.inf, MANY[19])})
    assert box_text(box, cases, Speaker("en")) == "holds if turnover is below 12% a year and there are at least 2 posts"
    assert box_text(box, cases, Speaker("en"), first=False).startswith("holds, too, if turnover")


@pytest.mark.parametrize(
    ("question", "de", "en"),
    [
        (Question("joint_practice", 0.4), "Gemeinsam umgesetzt über 40 %", "Done jointly above 40%"),
        (Question("practice_2019_12", 0.125, above=False), "Umgesetzt (Dez. 2019) unter 12,5 %",
         "Done (Dec 2019) below 12.5%"),
        (Question("hours_departments", 1200.0, scenario="a"), "Stunden der Ämter über 1.200 in „a“",
         "Hours of departments above 1,200 in “a”"),
        (Question("joint_practice", 0.0125, scenario="a", against="b"),
         "Gemeinsam umgesetzt in „a“ um mehr als 1,25 Prozentpunkte höher als in „b“",
         "Done jointly in “a” more than 1.25 percentage points higher than in “b”"),
        (Question("implementation_gap", -0.0125, above=False, scenario="a", against="b"),
         "Umsetzungslücke in „a“ um mehr als 1,25 Prozentpunkte niedriger als in „b“",
         "Implementation gap in “a” more than 1.25 percentage points lower than in “b”"),
        (Question("of_my_own", 3.0), "of_my_own über 3", "of_my_own above 3"),
        (Question("practice_peak", 0.5), "Umgesetzt (höchster Monat) über 50 %", "Done (largest month) above 50%"),
    ],
)  # fmt: skip
def test_a_question_in_words(question, de, en):
    assert question_text(question, Speaker("de")).replace("\N{NO-BREAK SPACE}", " ") == de
    assert question_text(question, Speaker("en")) == en


def test_large_and_small_numbers():
    plain = named("x", "x")
    assert value_text(12345.6, plain, Speaker("de")) == "12.346"
    assert value_text(0.0123456, plain, Speaker("en")) == "0.01235"
    assert value_text(2.0, plain, Speaker("en")) == "2"
