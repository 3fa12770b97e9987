"""The figure *from paper to joint practice*: what is promised, considered, done and jointly done, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qsim.present.figures.frame import MARGIN, WIDTH, new_page, note, plain
from qsim.present.figures.scales import percent_axis
from qsim.present.figures.style import FAINT, INK, LABEL, SOFT, STAGE_COLOURS, TICK, line_style, text_width, wrapped
from qsim.present.text.names import STAGES, scenario_names
from qsim.present.text.summary import LAST_MONTHS, Spread, spread
from qsim.present.words.speaker import Speaker, capital

if TYPE_CHECKING:
    from qsim.engine.result import Result

BAR, BETWEEN, STAGE_HEAD = 0.30, 0.22, 0.24
"""Height of a bar, space between stages and height of a stage's heading, in inches."""

LARGEST_NAME = 2.6
VALUE_ROOM = 0.55
AXIS_ROOM = 0.5
NARROW = 0.001
"""A range too narrow to draw."""


def paper_figure(results: Sequence[Result], speak: Speaker, names: Sequence[str] | None = None) -> Figure:
    """Return the levels of the four stages at the end, of one scenario or of several side by side.

    ``names`` stand in place of the scenarios' labels. Raise ValueError without a result.
    """
    if not results:
        raise ValueError("a figure takes one result or more")
    called = list(names or scenario_names([result.scenario for result in results], speak))
    levels = {stage: [spread(result.runs[stage]) for result in results] for stage in STAGES}
    runs = min(len(result.runs) for result in results)
    title, subtitle = paper_words(levels, called, paper_period(results[0], speak), speak)
    stage_height = (BAR if len(results) == 1 else STAGE_HEAD + BAR * len(results)) + BETWEEN
    height = len(STAGES) * stage_height + AXIS_ROOM
    page = new_page(
        title,
        subtitle,
        note("paper", runs, speak),
        paper_description(levels, called, speak),
        height,
        speak,
    )
    room = _name_room(called, speak)
    axes = page.axes(room, AXIS_ROOM, WIDTH - room - VALUE_ROOM, height - AXIS_ROOM)
    _draw(axes, levels, called, room - MARGIN, speak)
    return page.figure


def paper_period(result: Result, speak: Speaker) -> str:
    """Return in words over which months at the end the levels are means."""
    return speak.counted("figures.period", min(LAST_MONTHS, int(result.series["month"].nunique())))


def paper_words(levels: dict[str, list[Spread]], names: Sequence[str], period: str, speak: Speaker) -> tuple[str, str]:
    """Return a statement on the stages from their levels in each scenario, and the line that says what is drawn."""
    joint = [level.mean for level in levels["joint_practice"]]
    if len(names) == 1:
        shares = {
            key: speak.percent(levels[stage][0].mean).rstrip("%\N{NO-BREAK SPACE}")
            for key, stage in (("promised", "commitment"), ("done", "practice"), ("joint", "joint_practice"))
        }
        return (
            speak("figures.paper.title", **shares),
            speak("figures.paper.subtitle", scenario=names[0], period=period),
        )
    subtitle = speak("figures.paper.subtitle_several", period=period)
    high, low = (speak.percent(value) for value in (np.nanmax(joint), np.nanmin(joint)))
    if high == low:
        return speak("figures.paper.title_even", high=high), subtitle
    most, least = names[int(np.nanargmax(joint))], names[int(np.nanargmin(joint))]
    return speak("figures.paper.title_several", most=most, least=least, high=high, low=low), subtitle


def paper_description(levels: dict[str, list[Spread]], names: Sequence[str], speak: Speaker) -> str:
    """Return all levels with their ranges as text."""
    parts = []
    for position, name in enumerate(names):
        values = [
            f"{speak(f'terms.stage.{stage}')} {speak.percent(levels[stage][position].mean, 1)}"
            + (f" ({speak.percent_range(value.low, value.high, 1)})" if value.ranged else "")
            for stage, value in ((stage, levels[stage][position]) for stage in STAGES)
        ]
        parts.append(f"{name}: {', '.join(values)}.")
    return " ".join(parts)


def _name_room(names: Sequence[str], speak: Speaker) -> float:
    """Return the inches that names of bars need on the left."""
    if len(names) > 1:
        return MARGIN + min(LARGEST_NAME, max(text_width(name, TICK) for name in names)) + 0.15
    texts = [speak(f"terms.means.{stage}") for stage in STAGES]
    return MARGIN + max(text_width(text, TICK) for text in texts) + 0.15


def _draw(axes: Axes, levels: dict[str, list[Spread]], names: Sequence[str], room: float, speak: Speaker) -> None:
    """Draw bars from the top down, in inches along the y axis."""
    single = len(names) == 1
    y = 0.0
    for stage in STAGES:
        if not single:
            heading = f"{capital(speak(f'terms.stage.{stage}'))} – {speak(f'terms.means.{stage}')}"
            _left(axes, y - STAGE_HEAD / 2, heading, room, weight="bold", align_left=True)
            y -= STAGE_HEAD
        for position, name in enumerate(names):
            middle = y - BAR / 2
            _bar(axes, middle, levels[stage][position], stage if single else None, position, speak)
            if single:
                _left(axes, middle + 0.075, capital(speak(f"terms.stage.{stage}")), room, weight="bold")
                _left(axes, middle - 0.075, speak(f"terms.means.{stage}"), room, size=TICK, color=SOFT)
            else:
                _left(axes, middle, wrapped(name, room - 0.1, TICK), room, size=TICK)
            y -= BAR
        y -= BETWEEN
    axes.set_ylim(y + BETWEEN / 2, 0.1)
    top = max((max(value.mean, value.high) for values in levels.values() for value in values if value.runs), default=0)
    axes.set_xlim(0, max(top, 0.05) * 1.02)
    percent_axis(axes.xaxis, speak)
    axes.set_yticks([])
    axes.grid(axis="x", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_xlabel(speak("figures.paper.axis"), size=LABEL, color=INK)
    plain(axes)
    axes.tick_params(axis="x", length=0)


def _bar(axes: Axes, y: float, value: Spread, stage: str | None, position: int, speak: Speaker) -> None:
    style = line_style(position)
    colour = STAGE_COLOURS[stage] if stage else style.colour
    if not value.runs:
        axes.text(0, y, f" {speak.percent(np.nan)}", size=LABEL, color=INK, va="center")
        return
    thick = BAR * 0.78
    axes.barh(y, value.mean, height=thick, color=colour, linewidth=0)
    end = value.mean
    if value.high - value.low > NARROW:
        axes.plot([value.low, value.high], [y, y], color=INK, linewidth=1.2, solid_capstyle="butt")
        for edge in (value.low, value.high):
            axes.plot([edge, edge], [y - 0.05, y + 0.05], color=INK, linewidth=1.2)
        end = max(end, value.high)
    axes.annotate(
        speak.percent(value.mean, 1),
        (end, y),
        xytext=(5, 0),
        textcoords="offset points",
        size=LABEL,
        color=INK,
        weight="bold",
        va="center",
        annotation_clip=False,
    )


def _left(axes: Axes, y: float, text: str, room: float, align_left: bool = False, **style: Any) -> None:
    """Write left of the bars: to the right edge of the room, or from its left edge on."""
    given: dict[str, Any] = {"size": LABEL, "color": INK} | style
    axes.annotate(
        text,
        (0, y),
        xytext=(-room * 72 if align_left else -8, 0),
        textcoords="offset points",
        ha="left" if align_left else "right",
        va="center",
        annotation_clip=False,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        **given,
    )
