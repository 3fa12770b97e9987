"""The list of what happened when, in two columns below a figure whose marks are numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qsim.present.figures.colours import INK, SOFT
from qsim.present.figures.frame import MARGIN, WIDTH, Page
from qsim.present.figures.letters import LINE_HEIGHT, NOTE, TICK, text_width, wrapped
from qsim.present.figures.marks import STRONG, STRONG_COLOUR, Mark
from qsim.present.words.speaker import Speaker

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
    page.text(MARGIN, top - HEAD / 2, speak("figures.calendar"), size=TICK, weight="bold")
    month_room = _month_room([line.month for column in columns for line in column])
    for position, column in enumerate(columns):
        x = MARGIN + position * COLUMN
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
