"""The figure of a discovery: coverage against density of every box in the search, the chosen one and its check marked."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qsim.comparison.when.finding import HELD_OUT, Discovery
from qsim.comparison.when.study import Question
from qsim.present.figures.frame import WIDTH, new_page, plain
from qsim.present.figures.style import FAINT, INK, LABEL, SOFT, TICK, line_style, percent_axis
from qsim.present.text.discovery_text import box_text, question_text
from qsim.present.words.speaker import Speaker

LEFT, BELOW, HEIGHT, RIGHT = 0.85, 0.55, 3.4, 0.3
SMALL, LARGER = 18.0, 14.0
"""Area of a circle of a box without limits, and what each limit adds, in square points."""


MIDDLE = 0.5


def tradeoff_figure(found: Discovery, question: Question, speak: Speaker) -> Figure:
    """Return the figure; its title tells the first box in words."""
    what = question_text(question, speak)
    if found.boxes:
        holds = box_text(found.boxes[0].box, found.cases, speak)
        title = speak("discovery.figure.title", what=what, holds=holds)
    else:
        title = speak("discovery.figure.title_none", what=what)
    checked = -(-len(found.cases) // HELD_OUT)
    counts = {"train": str(len(found.cases) - checked), "checked": str(checked)}
    page = new_page(
        title,
        speak("discovery.figure.subtitle"),
        speak("discovery.figure.note", **counts),
        _description(found, speak),
        BELOW + HEIGHT + 0.15,
        speak,
    )
    _draw(page.axes(LEFT, BELOW, WIDTH - LEFT - RIGHT, HEIGHT), found, speak)
    return page.figure


def _draw(axes: Axes, found: Discovery, speak: Speaker) -> None:
    steps = found.steps
    blue, red = line_style(0).colour, line_style(1).colour
    coverage = [step.quality.coverage for step in steps]
    density = [step.quality.density for step in steps]
    axes.axhline(found.share, color=SOFT, linewidth=0.9, linestyle=(0, (3, 3)), zorder=1)
    axes.annotate(speak("discovery.figure.all"), (0.0, found.share), xytext=(3, 3), textcoords="offset points",
                  size=TICK, color=SOFT)  # fmt: skip
    axes.plot(coverage, density, color=blue, linewidth=0.8, alpha=0.5, zorder=2)
    areas = [SMALL + LARGER * len(step.box.limits) for step in steps]
    axes.scatter(coverage, density, s=areas, facecolor="white", edgecolor=blue, linewidth=1.2, zorder=3)
    if found.boxes:
        first = found.boxes[0]
        axes.scatter([coverage[first.step]], [density[first.step]], s=areas[first.step], color=blue, zorder=4)
        _name(axes, coverage[first.step], density[first.step], "figure.chosen", blue, speak)
        axes.scatter([first.checked.coverage], [first.checked.density], s=70, marker="D", color=red, zorder=5)
        _name(axes, first.checked.coverage, first.checked.density, "figure.checked", red, speak)
    axes.set_xlim(-0.02, 1.04)
    axes.set_ylim(0.0, 1.06)
    for axis in (axes.xaxis, axes.yaxis):
        percent_axis(axis, speak)
    axes.set_xlabel(speak("discovery.figure.coverage"), size=LABEL, color=INK)
    axes.set_ylabel(speak("discovery.figure.density"), size=LABEL, color=INK)
    axes.grid(color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    plain(axes, "bottom", "left")


def _name(axes: Axes, x: float, y: float, name: str, colour: str, speak: Speaker) -> None:
    """Write what a mark is beside it: the box that is chosen above, its check below, both towards the middle."""
    below, left = name == "figure.checked", x > MIDDLE
    axes.annotate(
        speak(f"discovery.{name}"),
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


def _description(found: Discovery, speak: Speaker) -> str:
    """Return the boxes with what they achieve as text."""
    parts = []
    for number, one in enumerate(found.boxes, start=1):
        text = box_text(one.box, found.cases, speak, first=number == 1)
        coverage, density = (speak.percent(value) for value in (one.checked.coverage, one.checked.density))
        words = f"{speak('discovery.coverage')} {coverage}, {speak('discovery.density')} {density}"
        parts.append(f"{number}: {text} ({words}).")
    whole = f"{speak('discovery.figure.all')}: {speak.decimal(len(found.cases), 0)}, "
    return " ".join([*parts, whole + f"{speak('discovery.density')} {speak.percent(found.share)}."])
