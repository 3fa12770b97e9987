"""The calendar of a run in a figure: flags in the month, and the list that says what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from matplotlib.axes import Axes

from qsim.engine.result import Result
from qsim.present.figures.frame import MARGIN, WIDTH, Page
from qsim.present.figures.style import INK, LINE_HEIGHT, NOTE, SOFT, TICK, month_places, text_width, wrapped
from qsim.present.words.speaker import Speaker

ROW = 0.19
"""Height of a row of numbers above the curve, in inches."""

BADGE = 0.05
"""Room beside a number, in inches."""

STRONG = ("shock", "budget_crisis")
STRONG_COLOUR = INK
"""Of marks that strike from outside."""


@dataclass(frozen=True)
class Mark:
    """Something dated: its number in the calendar, its month since 1970, and whether that month is known."""

    number: int
    place: int
    kind: str
    text: str
    certain: bool


@dataclass(frozen=True)
class Flag:
    """The marks of one month with the numbers written above the curve, in a row counted from it."""

    place: int
    text: str
    row: int
    strong: bool


def calendar_of(results: Sequence[Result], names: Sequence[str], span: tuple[int, int], speak: Speaker) -> list[Mark]:
    """Return the marks of several results within a span of months, each once, numbered in the order of time.

    A mark that not all results share names those that have it.
    """
    holders: dict[tuple[int, str, str, bool], list[str]] = {}
    for result, name in zip(results, names, strict=True):
        for mark in result.calendar:
            place = int(month_places(mark.month))
            if span[0] <= place <= span[1]:
                key = (place, speak.label(mark.label), mark.kind, mark.certain)
                holders.setdefault(key, []).append(name)
    marks = []
    for number, ((place, label, kind, certain), held) in enumerate(
        sorted(holders.items(), key=lambda item: item[0][0]), start=1
    ):
        shared = len(set(held)) == len(names)
        only = speak.joined([speak("terms.quoted", name=name) for name in dict.fromkeys(held)])
        text = label if shared else speak("figures.only", label=label, scenarios=only)
        marks.append(Mark(number, place, kind, text, certain))
    return marks


def flags_of(marks: Sequence[Mark], span: tuple[int, int], width: float) -> list[Flag]:
    """Return the flags above a curve that is ``width`` inches wide, each in the lowest row where it has room."""
    flags: list[Flag] = []
    ends: list[float] = []
    for place, group in groupby(marks, key=lambda mark: mark.place):
        same = list(group)
        numbers = [mark.number for mark in same]
        text = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
        half = text_width(text, NOTE, "bold") / 2 + BADGE
        x = (place - span[0]) / max(span[1] - span[0], 1) * width
        row = next((row for row, end in enumerate(ends) if x - half >= end), len(ends))
        ends[row : row + 1] = [x + half]
        flags.append(Flag(place, text, row, any(mark.kind in STRONG for mark in same)))
    return flags


def rows(flags: Sequence[Flag]) -> int:
    """Return how many rows the flags take."""
    return 1 + max((flag.row for flag in flags), default=-1)


def draw_flags(axes: Axes, flags: Sequence[Flag], height: float) -> None:
    """Draw the flags as thin lines through axes of a height in inches, their numbers in rows above."""
    for flag in flags:
        colour = STRONG_COLOUR if flag.strong else SOFT
        top = 1 + (flag.row * ROW + 0.03) / height
        axes.plot(
            [flag.place, flag.place],
            [0, top],
            transform=axes.get_xaxis_transform(),
            color=colour,
            linewidth=0.9,
            linestyle="solid" if flag.strong else (0, (2, 2)),
            clip_on=False,
            zorder=1,
        )
        axes.annotate(
            flag.text,
            (flag.place, top),
            xycoords=axes.get_xaxis_transform(),
            xytext=(0, 1),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=NOTE,
            weight="bold",
            color=colour,
            annotation_clip=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4},
            gid=f"flag-{flag.place}",
        )


HEAD = 0.3
"""Height of the heading, in inches."""

COLUMN = (WIDTH - 2 * MARGIN) / 2
NUMBER_ROOM, SPACE = 0.22, 0.12


@dataclass(frozen=True)
class Line:
    """An entry of the list as it is written: number, month, text of one line or more."""

    number: str
    month: str
    text: str
    strong: bool

    @property
    def lines(self) -> int:
        """How many lines the entry takes."""
        return self.text.count("\n") + 1


def calendar_list(marks: Sequence[Mark], speak: Speaker) -> list[list[Line]]:
    """Return the list of marks as two columns of about the same number of lines; empty without marks."""
    months = [mark_month(mark, speak) for mark in marks]
    room = COLUMN - NUMBER_ROOM - _month_room(months) - SPACE
    lines = [
        Line(str(mark.number), month, wrapped(mark.text, room, NOTE), mark.kind in STRONG)
        for mark, month in zip(marks, months, strict=True)
    ]
    total = sum(line.lines for line in lines)
    columns: list[list[Line]] = [[], []]
    written = 0
    for line in lines:
        columns[0 if written < total / 2 else 1].append(line)
        written += line.lines
    return [column for column in columns if column]


def list_height(columns: Sequence[Sequence[Line]]) -> float:
    """Return the height of the list, in inches; 0 if it is empty."""
    most = max((sum(line.lines for line in column) for column in columns), default=0)
    return HEAD + most * NOTE * LINE_HEIGHT if most else 0.0


def draw_list(page: Page, columns: Sequence[Sequence[Line]], speak: Speaker) -> None:
    """Write the list at the bottom of a page's body."""
    if not columns:
        return
    top = list_height(columns)
    page.text(0, top - HEAD / 2, speak("figures.calendar"), size=TICK, weight="bold")
    month_room = _month_room([line.month for column in columns for line in column])
    for position, column in enumerate(columns):
        x = position * COLUMN
        y = top - HEAD
        for line in column:
            colour = STRONG_COLOUR if line.strong else SOFT
            page.text(
                x + NUMBER_ROOM - 0.05, y, line.number, size=NOTE, color=colour, weight="bold", ha="right", va="top"
            )
            page.text(x + NUMBER_ROOM, y, line.month, size=NOTE, color=SOFT, va="top")
            page.text(x + NUMBER_ROOM + month_room, y, line.text, size=NOTE, color=INK, va="top")
            y -= line.lines * NOTE * LINE_HEIGHT


def mark_month(mark: Mark, speak: Speaker) -> str:
    """Return the month of a mark, ``about Sep 2015`` where it is not known."""
    month = speak.month(f"{1970 + mark.place // 12:04d}-{mark.place % 12 + 1:02d}-01")
    return month if mark.certain else speak("figures.around", month=month)


def _month_room(months: Sequence[str]) -> float:
    return max((text_width(month, NOTE) for month in months), default=0.0) + SPACE
