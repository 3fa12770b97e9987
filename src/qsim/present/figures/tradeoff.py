"""The figure of a discovery: coverage against density of every box in the search, the chosen one and its check marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qsim.comparison.when.finding import HELD_OUT
from qsim.present.figures.colours import FAINT, INK, SOFT, line_style
from qsim.present.figures.frame import WIDTH, new_page, plain
from qsim.present.figures.letters import LABEL, TICK
from qsim.present.figures.scales import percent_axis
from qsim.present.text.discovery_text import box_text, question_text
from qsim.present.text.discovery_words import DISCOVERY
from qsim.present.text.numbers import decimal, percent
from qsim.present.words.language import Language

if TYPE_CHECKING:
    from qsim.comparison.when.finding import Discovery
    from qsim.comparison.when.study import Question

LEFT, BELOW, HEIGHT, RIGHT = 0.85, 0.55, 3.4, 0.3
SMALL, LARGER = 18.0, 14.0
"""Area of a circle of a box without limits, and what each limit adds, in square points."""


MIDDLE = 0.5


def tradeoff_figure(found: Discovery, question: Question, language: Language) -> Figure:
    """Return the figure; its title tells the first box in words."""
    what = question_text(question, language)
    if found.boxes:
        holds = box_text(found.boxes[0].box, found.cases, language)
        title = DISCOVERY("figure.title", language, what=what, holds=holds)
    else:
        title = DISCOVERY("figure.title_none", language, what=what)
    checked = -(-len(found.cases) // HELD_OUT)
    counts = {"train": str(len(found.cases) - checked), "checked": str(checked)}
    page = new_page(
        title,
        DISCOVERY("figure.subtitle", language),
        DISCOVERY("figure.note", language, **counts),
        _description(found, language),
        BELOW + HEIGHT + 0.15,
        language,
    )
    _draw(page.axes(LEFT, BELOW, WIDTH - LEFT - RIGHT, HEIGHT), found, language)
    return page.figure


def _draw(axes: Axes, found: Discovery, language: Language) -> None:
    steps = found.steps
    blue, red = line_style(0).colour, line_style(1).colour
    coverage = [step.quality.coverage for step in steps]
    density = [step.quality.density for step in steps]
    axes.axhline(found.share, color=SOFT, linewidth=0.9, linestyle=(0, (3, 3)), zorder=1)
    axes.annotate(DISCOVERY("figure.all", language), (0.0, found.share), xytext=(3, 3), textcoords="offset points",
                  size=TICK, color=SOFT)  # fmt: skip
    axes.plot(coverage, density, color=blue, linewidth=0.8, alpha=0.5, zorder=2)
    areas = [SMALL + LARGER * len(step.box.limits) for step in steps]
    axes.scatter(coverage, density, s=areas, facecolor="white", edgecolor=blue, linewidth=1.2, zorder=3)
    if found.boxes:
        first = found.boxes[0]
        axes.scatter([coverage[first.step]], [density[first.step]], s=areas[first.step], color=blue, zorder=4)
        _name(axes, coverage[first.step], density[first.step], "figure.chosen", blue, language)
        axes.scatter([first.checked.coverage], [first.checked.density], s=70, marker="D", color=red, zorder=5)
        _name(axes, first.checked.coverage, first.checked.density, "figure.checked", red, language)
    axes.set_xlim(-0.02, 1.04)
    axes.set_ylim(0.0, 1.06)
    for axis in (axes.xaxis, axes.yaxis):
        percent_axis(axis, language)
    axes.set_xlabel(DISCOVERY("figure.coverage", language), size=LABEL, color=INK)
    axes.set_ylabel(DISCOVERY("figure.density", language), size=LABEL, color=INK)
    axes.grid(color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    plain(axes, "bottom", "left")


def _name(axes: Axes, x: float, y: float, name: str, colour: str, language: Language) -> None:
    """Write what a mark is beside it: the box that is chosen above, its check below, both towards the middle."""
    below, left = name == "figure.checked", x > MIDDLE
    axes.annotate(
        DISCOVERY(name, language),
        (x, y),
        xytext=(-9 if left else 9, -8 if below else 8),
        textcoords="offset points",
        size=TICK,
        color=colour,
        weight="bold",
        ha="right" if left else "left",
        va="top" if below else "bottom",
        zorder=6,
    )


def _description(found: Discovery, language: Language) -> str:
    """Return the boxes with what they achieve as text."""
    parts = []
    for number, one in enumerate(found.boxes, start=1):
        text = box_text(one.box, found.cases, language, first=number == 1)
        coverage, density = (percent(value, language) for value in (one.checked.coverage, one.checked.density))
        words = f"{DISCOVERY('coverage', language)} {coverage}, {DISCOVERY('density', language)} {density}"
        parts.append(f"{number}: {text} ({words}).")
    whole = f"{DISCOVERY('figure.all', language)}: {decimal(len(found.cases), language, 0)}, "
    return " ".join([*parts, whole + f"{DISCOVERY('density', language)} {percent(found.share, language)}."])
