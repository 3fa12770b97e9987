"""Colours and line styles of figures: told apart by people with any colour vision, and in black and white."""

from __future__ import annotations

from typing import NamedTuple

INK = "#222222"
SOFT = "#666666"
FAINT = "#dddddd"

STAGE_COLOURS = {
    "commitment": "#a6bddb",
    "considered": "#67a9cf",
    "practice": "#1c7fae",
    "joint_practice": "#024a66",
}
"""One hue that darkens from paper to joint practice."""

CONSTRAINT_STYLES = {
    "motivation": ("#d55e00", ""),
    "knowledge": ("#56b4e9", "//"),
    "time": ("#f0c75e", ".."),
    "joint": ("#8c6bb1", "\\\\"),
    "adjusting": ("#c8c8c8", ""),
}
"""Fill and hatch of each constraint, after Okabe and Ito."""

HEAT = "viridis_r"
"""Perceptually uniform, and read alike by people with any colour vision; dark is much."""


class LineStyle(NamedTuple):
    """Colour, dashes, hatch and marker of one scenario among several."""

    colour: str
    dashes: tuple[int, tuple[float, ...]] | str
    hatch: str
    marker: str


LINES = (
    LineStyle("#0072b2", "solid", "", "o"),
    LineStyle("#d55e00", (0, (5, 1.5)), "//", "s"),
    LineStyle("#009e73", (0, (6, 1.5, 1.2, 1.5)), "\\\\", "D"),
    LineStyle("#a3518a", (0, (1.2, 1.2)), "..", "^"),
    LineStyle("#b07d00", (0, (8, 2, 1.2, 2, 1.2, 2)), "xx", "v"),
    LineStyle("#555555", (0, (3, 3)), "--", "P"),
)
"""Styles of scenarios in their order, after Okabe and Ito, darkened where lines need it."""


def line_style(position: int) -> LineStyle:
    """Return the style of the scenario at a place in the row."""
    return LINES[position % len(LINES)]
