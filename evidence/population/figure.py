"""The figure of a population: what share of municipalities reaches which level, beside the survey's self-report."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidence.population.population import LEVELS, SELF_REPORT
from evidence.population.shares import level_reached, share_reaching
from qsim.present.figures.frame import MARGIN, WIDTH, new_page, plain
from qsim.present.figures.style import FAINT, INK, LABEL, SOFT, TICK, line_style, percent_axis
from qsim.present.text.names import STAGES
from qsim.present.words.speaker import Speaker, capital
from qsim.scenario.values import month_text

TOLD = LEVELS[1]
"""The level that the title tells of."""
POINTS = 201
WIDE = {"considered": 5.0}
"""Width of the curves, in points, where it is not 2: what is considered and what is done hardly differ without a check."""
CURVES = 3.4
"""Height of the curves, in inches."""
LEFT, BELOW, RIGHT = 0.75, 0.55, 0.25


def population_figure(population: pd.DataFrame, date: int, speak: Speaker) -> Figure:
    """Return the four curves *share of municipalities over level* with the self-report as a line.

    ``date`` is the absolute month of the state that ``population`` holds.
    """
    when = speak.month(month_text(date), full=True)
    values = {stage: population[stage].to_numpy(np.float64) for stage in STAGES}
    told = {
        key: speak.percent(share_reaching(values[stage], TOLD).value)
        for key, stage in (("done", "practice"), ("joint", "joint_practice"))
    }
    survey = speak.percent(SELF_REPORT, 1)
    title = speak("population.figure_title", report=survey, level=speak.percent(TOLD), **told)
    subtitle = speak("population.figure_subtitle", number=str(len(population)), date=when)
    note = speak("population.figure_note", disclaimer=capital(speak("terms.disclaimer")))
    page = new_page(title, subtitle, note, _description(values, speak), CURVES + BELOW, speak)
    axes = page.axes(LEFT, BELOW, WIDTH - LEFT - RIGHT - MARGIN, CURVES)
    _draw(axes, values, speak)
    axes.text(0.995, SELF_REPORT + 0.012, speak("population.figure_survey", report=survey), ha="right", va="bottom",
              size=TICK, color=INK, transform=axes.get_yaxis_transform())  # fmt: skip
    return page.figure


def _draw(axes: Axes, values: dict[str, np.ndarray], speak: Speaker) -> None:
    highest = max(float(each.max()) for each in values.values())
    levels = np.linspace(0.0, min(1.0, np.ceil(10.0 * highest + 1e-9) / 10.0), POINTS)
    for position, stage in enumerate(STAGES):
        shares = np.array([share_reaching(values[stage], level) for level in levels])
        style, width = line_style(position), WIDE.get(stage, 2.0)
        axes.fill_between(levels, shares[:, 1], shares[:, 2], color=style.colour, alpha=0.12, linewidth=0)
        label = capital(speak(f"terms.stage.{stage}"))
        strokes, alpha = ("solid", 0.45) if stage in WIDE else (style.dashes, 1.0)
        axes.plot(levels, shares[:, 0], color=style.colour, linestyle=strokes, linewidth=width, alpha=alpha, label=label,
                  zorder=3)  # fmt: skip
    axes.axhline(SELF_REPORT, color=INK, linewidth=1, zorder=2)
    axes.set_xlim(0, levels[-1])
    axes.set_ylim(0, 1.02)
    percent_axis(axes.xaxis, speak, 8)
    percent_axis(axes.yaxis, speak)
    axes.set_xlabel(speak("population.figure_level"), size=LABEL, color=INK)
    axes.set_ylabel(speak("population.figure_share"), size=LABEL, color=INK)
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.legend(loc="upper right", frameon=False, fontsize=TICK, labelcolor=INK, handlelength=3.5)
    axes.tick_params(color=SOFT)
    plain(axes, "bottom", "left")


def _description(values: dict[str, np.ndarray], speak: Speaker) -> str:
    """Return the shares at the levels and the level of the self-report, of each curve, as text."""
    parts = []
    for stage, each in values.items():
        shares = [
            f"{speak('population.at_level', level=speak.percent(level))} "
            f"{speak.percent(share_reaching(each, level).value)}"
            for level in LEVELS
        ]
        met = speak("population.level_of", share=speak.percent(SELF_REPORT, 1))
        reached = speak.percent(level_reached(each, SELF_REPORT).value)
        parts.append(f"{capital(speak(f'terms.stage.{stage}'))}: {', '.join(shares)}; {met} {reached}.")
    return " ".join(parts)
