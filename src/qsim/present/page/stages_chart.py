"""The chart of the stages from paper to joint practice, scenarios side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from qsim.present.figures.paper import paper_description, paper_period, paper_words
from qsim.present.page.bars import Bar, BarGroup, bars_figure
from qsim.present.page.blocks import Chart, Table
from qsim.present.text.spread import spread
from qsim.present.text.terms import STAGES
from qsim.present.words.speaker import Speaker, capital

if TYPE_CHECKING:
    from qsim.engine.result import Result


def stages_chart(results: Sequence[Result], names: Sequence[str], speak: Speaker) -> Chart:
    """Return what is promised, considered, done and jointly done at the end, one bar a scenario with its range."""
    levels = {stage: [spread(result.runs[stage]) for result in results] for stage in STAGES}
    period = paper_period(results[0], speak)
    groups = [
        BarGroup(
            capital(speak(f"terms.stage.{stage}")),
            speak(f"terms.means.{stage}"),
            tuple(Bar(level.mean, level.low, level.high, speak.percent(level.mean, 1)) for level in levels[stage]),
        )
        for stage in STAGES
    ]

    def draw(width: float) -> Figure:
        return bars_figure(groups, names, width, speak)

    rows = tuple(
        (
            capital(speak(f"terms.stage.{stage}")),
            name,
            speak.percent(level.mean, 1),
            speak.percent_range(level.low, level.high, 1),
        )
        for stage in STAGES
        for name, level in zip(names, levels[stage], strict=True)
    )
    heads = tuple(speak(f"stages.{head}") for head in ("stage", "scenario", "mean", "range"))
    runs = min(len(result.runs) for result in results)
    counted = speak.counted("terms.of_runs", runs)
    return Chart(
        id="chart-stages",
        title=paper_words(levels, names, period, speak)[0],
        alt=paper_description(levels, names, speak),
        draw=draw,
        table=Table(speak("stages.caption"), heads, rows, words=2),
        note=speak("stages.note" if runs > 1 else "stages.note_one", period=period, runs=counted),
    )
