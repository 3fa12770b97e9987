"""The calendar below a curve: numbered marks that do not overlap, and the list of what happened when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.axes import Axes

from qsim.present.colours import INK, SOFT
from qsim.present.figure_words import FIGURES
from qsim.present.language import Language
from qsim.present.numbers import month_name
from qsim.present.page import LINE_HEIGHT, MARGIN, NOTE, TICK, WIDTH, Page, text_width, wrapped
from qsim.present.scales import month_places

if TYPE_CHECKING:
    from qsim.engine.simulate import Result

ROW = 0.19
"""Height of a row of numbers above the curve, in inches."""

BADGE = 0.07
"""Room around a number, in inches."""

MOST = 40
"""Marks that are listed; a calendar with more is cut and says so."""

STRONG = {"shock": "#d55e00", "budget_crisis": "#d55e00"}
"""Colours of marks that strike from outside."""

COLUMNS = 2


@dataclass(frozen=True)
class NumberedMark:
    """A mark with its number, its place in months since 1970, and the row above the curve in which the number stands."""

    number: int
    place: int
    row: int
    kind: str
    text: str


def numbered_marks(
    results: Sequence[Result], names: Sequence[str], span: tuple[int, int], width: float, language: Language
) -> list[NumberedMark]:
    """Return the marks of several results within a span of months, each once, numbered in the order of time.

    ``width`` is that of the curve in inches; it settles in which row a number has room. A mark that not all results
    share names the one that has it.
    """
    holders: dict[tuple[int, str, str], list[str]] = {}
    for result, name in zip(results, names, strict=True):
        for mark in result.calendar:
            place = int(month_places(mark.month))
            if span[0] <= place <= span[1]:
                holders.setdefault((place, mark.label.in_language(language), mark.kind), []).append(name)
    kept: list[NumberedMark] = []
    ends: list[float] = []
    for number, ((place, label, kind), held) in enumerate(sorted(holders.items()), start=1):
        scenario = ", ".join(dict.fromkeys(held))
        text = label if len(set(held)) == len(names) else FIGURES("only", language, label=label, scenario=scenario)
        half = text_width(str(number), NOTE, "bold") / 2 + BADGE
        x = (place - span[0]) / max(span[1] - span[0], 1) * width
        row = next((row for row, end in enumerate(ends) if x - half >= end), len(ends))
        ends[row:row + 1] = [x + half]
        kept.append(NumberedMark(number, place, row, kind, text))
    return kept


def rows(marks: Sequence[NumberedMark]) -> int:
    """Return how many rows the numbers take."""
    return 1 + max((mark.row for mark in marks), default=-1)


def draw_marks(axes: Axes, marks: Sequence[NumberedMark], height: float) -> None:
    """Draw the marks as thin lines through axes of a height in inches, their numbers in rows above."""
    for mark in marks:
        colour = STRONG.get(mark.kind, SOFT)
        top = 1 + (mark.row * ROW + 0.03) / height
        style = "solid" if mark.kind in STRONG else (0, (2, 2))
        axes.plot(
            [mark.place, mark.place],
            [0, top],
            transform=axes.get_xaxis_transform(),
            color=colour,
            linewidth=0.8,
            linestyle=style,
            clip_on=False,
            zorder=1,
        )
        axes.annotate(
            str(mark.number),
            (mark.place, top),
            xycoords=axes.get_xaxis_transform(),
            xytext=(0, 1),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=NOTE,
            weight="bold",
            color=colour,
            annotation_clip=False,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
            gid=f"mark-{mark.number}",
        )


def legend_lines(marks: Sequence[NumberedMark], language: Language) -> list[list[str]]:
    """Return the list of marks as columns of lines, each mark with its number and month; empty if there are none."""
    width = (WIDTH - 2 * MARGIN) / COLUMNS - 0.25
    entries = []
    for mark in marks[:MOST]:
        text = f"{month_name_of(mark.place, language)}  {mark.text}"
        indent = " " * 7
        entries.append(f"{mark.number:>2}   " + wrapped(text, width - 0.3, NOTE).replace("\n", f"\n{indent}"))
    if len(marks) > MOST:
        entries.append(FIGURES.counted("more_marks", len(marks) - MOST, language))
    return split_columns(entries)


def split_columns(entries: Sequence[str]) -> list[list[str]]:
    """Return entries in two columns, in order, of about the same number of lines."""
    total = sum(entry.count("\n") + 1 for entry in entries)
    columns: list[list[str]] = [[], []]
    lines = 0
    for entry in entries:
        columns[0 if lines < total / 2 else 1].append(entry)
        lines += entry.count("\n") + 1
    return [column for column in columns if column]


def month_name_of(place: int, language: Language) -> str:
    """Return the name of a month given as months since 1970."""
    return month_name(f"{1970 + place // 12:04d}-{place % 12 + 1:02d}-01", language)


def legend_height(columns: Sequence[Sequence[str]]) -> float:
    """Return the height of the list of marks, in inches."""
    lines = max((sum(entry.count("\n") + 1 for entry in column) for column in columns), default=0)
    return lines * NOTE * LINE_HEIGHT + (0.3 if lines else 0.0)


def draw_legend(page: Page, columns: Sequence[Sequence[str]], language: Language) -> None:
    """Write the list of marks at the bottom of a page's body."""
    top = legend_height(columns)
    if not columns:
        return
    page.text(MARGIN, top - 0.1, FIGURES("calendar", language), size=TICK, weight="bold")
    for position, column in enumerate(columns):
        x = MARGIN + position * (WIDTH - 2 * MARGIN) / COLUMNS
        y = top - 0.25
        for entry in column:
            page.text(x, y, entry, size=NOTE, color=INK, va="top")
            y -= (entry.count("\n") + 1) * NOTE * LINE_HEIGHT
