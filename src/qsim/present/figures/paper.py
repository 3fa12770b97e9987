"""The figure *from paper to joint practice*: what is promised, considered, done and done jointly, as bars."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from qsim.engine.result import Result
from qsim.measures.catalogue import SERIES
from qsim.present.figures.bars import Bar, BarGroup, bars_figure
from qsim.present.figures.frame import framed, note
from qsim.present.text.names import STAGES, scenario_names
from qsim.present.text.summary import LAST_MONTHS, Spread, spread
from qsim.present.words.speaker import Speaker, capital

APART = next(measure.smallest_relevant or 0.0 for measure in SERIES if measure.name == "joint_practice")
"""Levels closer to each other than this are about the same in words."""


def paper_figure(results: Sequence[Result], speak: Speaker) -> Figure:
    """Return the levels of the four stages at the end, of one scenario or of several side by side."""
    called = scenario_names([result.scenario for result in results], speak)
    levels = {stage: [spread(result.runs[stage]) for result in results] for stage in STAGES}
    runs = min(len(result.runs) for result in results)
    words = paper_words(levels, called, paper_period(results[0], speak), speak)
    frame = framed(words, note("paper", runs, speak), paper_description(levels, called, speak), speak)
    return bars_figure(frame, paper_bars(levels, speak), called, speak, axis=speak("figures.paper.axis"))


def paper_period(result: Result, speak: Speaker) -> str:
    """Return in words over which months at the end the levels are means."""
    return speak.counted("figures.period", min(LAST_MONTHS, int(result.series["month"].nunique())))


def paper_words(
    levels: dict[str, list[Spread]], names: Sequence[str], period: str, speak: Speaker, leaders: Sequence[int] = ()
) -> tuple[str, str]:
    """Return a statement on the stages from their levels in each scenario, and the line that says what is drawn.

    ``leaders`` are the scenarios, by place, that a comparison could not tell from the best one.
    """
    joint = [level.mean for level in levels["joint_practice"]]
    if len(names) == 1:
        shares = {
            key: speak.level(levels[stage][0].mean).rstrip("%\N{NO-BREAK SPACE}")
            for key, stage in (("promised", "commitment"), ("done", "practice"), ("joint", "joint_practice"))
        }
        return (
            speak("figures.paper.title", **shares),
            speak("figures.paper.subtitle", scenario=names[0], period=period),
        )
    return joint_words(joint, names, period, speak, leaders), speak("figures.paper.subtitle_several", period=period)


def joint_words(
    joint: Sequence[float], names: Sequence[str], period: str, speak: Speaker, leaders: Sequence[int] = ()
) -> str:
    """Return who does most jointly by the levels of several scenarios; nobody where a comparison has several ``leaders``."""
    lowest, highest = float(np.nanmin(joint)), float(np.nanmax(joint))
    about = speak.percent_about(lowest, highest, 1)
    if highest - lowest < APART or len(leaders) == len(names):
        return speak("figures.paper.title_even", range=about, period=period)
    if len(leaders) > 1:
        first = speak.joined([speak("terms.quoted", name=names[place]) for place in leaders])
        return speak("figures.paper.title_alike", leaders=first, range=about, period=period)
    low, high = (speak.level(value) for value in (lowest, highest))
    most, least = names[int(np.nanargmax(joint))], names[int(np.nanargmin(joint))]
    return speak("figures.paper.title_several", most=most, least=least, high=high, low=low, period=period)


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


def paper_bars(levels: dict[str, list[Spread]], speak: Speaker) -> list[BarGroup]:
    """Return the stages as groups of bars, one bar a scenario with its range."""
    return [
        BarGroup(
            capital(speak(f"terms.stage.{stage}")),
            speak(f"terms.means.{stage}"),
            tuple(Bar(level.mean, level.low, level.high, speak.percent(level.mean, 1)) for level in levels[stage]),
        )
        for stage in STAGES
    ]
