from __future__ import annotations

from itertools import combinations, pairwise, product
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from qsim.present.figures.calendar import (
    BADGE,
    STRONG_COLOUR,
    Mark,
    calendar_list,
    calendar_of,
    flags_of,
    list_height,
    rows,
)
from qsim.present.figures.style import (
    CHANGE,
    CONSTRAINT_STYLES,
    LINES,
    NOTE,
    apart,
    balanced,
    month_places,
    shortened,
    text_width,
    time_ticks,
    wrapped,
)
from qsim.present.words.speaker import Speaker

SPAN = (504, 623)
WIDTH = 6.0

marks = st.lists(st.integers(*SPAN), max_size=40).map(
    lambda places: [Mark(i, place, "note", f"event {i}", True) for i, place in enumerate(sorted(places), start=1)]
)


@given(marks)
def test_numbers_never_overlap(calendar: list[Mark]) -> None:
    flags = flags_of(calendar, SPAN, WIDTH)
    for row in range(rows(flags)):
        ends = float("-inf")
        for flag in (flag for flag in flags if flag.row == row):
            half = text_width(flag.text, NOTE, "bold") / 2 + BADGE
            x = (flag.place - SPAN[0]) / (SPAN[1] - SPAN[0]) * WIDTH
            assert x - half >= ends - 1e-9
            ends = x + half


@given(marks)
def test_every_mark_is_counted_once(calendar: list[Mark]) -> None:
    shown = []
    for flag in flags_of(calendar, SPAN, WIDTH):
        ends = [int(number) for number in flag.text.split("–")]
        shown += list(range(ends[0], ends[-1] + 1))
    assert shown == [mark.number for mark in calendar]


@given(marks)
def test_the_list_holds_every_mark_in_order(calendar: list[Mark]) -> None:
    columns = calendar_list(calendar, Speaker("de"))
    assert [line.number for column in columns for line in column] == [str(mark.number) for mark in calendar]
    assert (list_height(columns) > 0) == bool(calendar)


def test_marks_of_several_scenarios_are_told_apart(result: Any, make: Any) -> None:
    other = make(label="Other")
    other.calendar = other.calendar[:-1]
    shown = calendar_of([result, other], ["First", "Second"], SPAN, Speaker("en"))
    assert [mark.number for mark in shown] == list(range(1, len(result.calendar) + 1))
    assert shown[-1].text == "Covid pandemic (only “First”)"
    assert all("only" not in mark.text for mark in shown[:-1])


def test_marks_outside_the_run_are_left_out(result: Any) -> None:
    first = int(month_places("2015-01"))
    assert calendar_of([result], ["a"], (first, first), Speaker("en"))[0].text == "Four deputies"
    assert len(calendar_of([result], ["a"], (first, first), Speaker("en"))) == 1


def test_a_month_that_is_not_known_is_said_to_be_about(result: Any) -> None:
    columns = calendar_list(calendar_of([result], ["a"], SPAN, Speaker("de")), Speaker("de"))
    months = {line.text: line.month for column in columns for line in column}
    assert months["Kommunalwahl (Stadtrat)"] == "um Mai 2019"
    assert months["Corona-Pandemie"] == "März 2020"


places = st.lists(st.floats(0, 1), min_size=1, max_size=6)


@given(places)
def test_labels_moved_apart_keep_their_order_and_distance(wanted: list[float]) -> None:
    found = apart(wanted, [0.1] * len(wanted), 0.0, 1.0)
    order = sorted(range(len(wanted)), key=lambda position: wanted[position])
    ordered = [found[position] for position in order]
    assert all(high - low >= 0.1 - 1e-9 for low, high in pairwise(ordered))
    assert ordered[0] >= 0.05 - 1e-9
    assert ordered[-1] <= 0.95 + 1e-9


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=20), st.floats(0.5, 5))
def test_broken_lines_keep_every_word_within_the_width(words: list[str], width: float) -> None:
    text = " ".join(words)
    for broken in (wrapped(text, width, NOTE), balanced(text, width, NOTE)):
        assert broken.split() == words
        for line in broken.split("\n"):
            assert text_width(line, NOTE) <= 1.02 * width or " " not in line
    assert wrapped(text, width, NOTE).count("\n") == balanced(text, width, NOTE).count("\n")


@given(st.text("abcdefgh ", min_size=1, max_size=60), st.floats(0.3, 3))
def test_shortened_text_fits(text: str, width: float) -> None:
    assert text_width(shortened(text, width, NOTE), NOTE) <= width


@given(st.integers(0, 1500), st.integers(0, 1199))
def test_ticks_lie_within_the_run_and_are_few(first: int, length: int) -> None:
    ticks, labels = time_ticks(first, first + length, Speaker("en"))
    assert all(first <= tick <= first + length for tick in ticks)
    assert 1 <= len(ticks) <= 11
    assert len(set(labels)) == len(labels) == len(ticks)


def test_a_colour_means_one_thing() -> None:
    scenarios, constraints = [style.colour for style in LINES], [fill for fill, _ in CONSTRAINT_STYLES.values()]
    groups = [scenarios, constraints, [CHANGE], [STRONG_COLOUR]]
    for one, other in combinations(groups, 2):
        for first, second in product(one, other):
            assert np.linalg.norm(np.subtract(to_rgb(first), to_rgb(second))) > 0.2, (first, second)
