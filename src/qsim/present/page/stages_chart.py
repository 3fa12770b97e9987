"""The chart of the stages from paper to joint practice, scenarios side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from qsim.present.figures.paper import paper_description, paper_period, paper_words
from qsim.present.page.bars import Bar, BarGroup, bars_figure
from qsim.present.page.blocks import Chart, Table
from qsim.present.page.stages_words import PAPER
from qsim.present.text.numbers import percent, percent_range
from qsim.present.text.spread import spread
from qsim.present.text.terms import STAGES, TERMS
from qsim.present.words.language import Language
from qsim.present.words.wording import capital

if TYPE_CHECKING:
    from qsim.engine.result import Result


def stages_chart(results: Sequence[Result], names: Sequence[str], language: Language) -> Chart:
    """Return what is promised, considered, done and jointly done at the end, one bar a scenario with its range."""
    levels = {stage: [spread(result.runs[stage]) for result in results] for stage in STAGES}
    period = paper_period(results[0], language)
    groups = [
        BarGroup(
            capital(TERMS(f"stage.{stage}", language)),
            TERMS(f"means.{stage}", language),
            tuple(Bar(level.mean, level.low, level.high, percent(level.mean, language, 1)) for level in levels[stage]),
        )
        for stage in STAGES
    ]

    def draw(width: float) -> Figure:
        return bars_figure(groups, names, width, language)

    rows = tuple(
        (
            capital(TERMS(f"stage.{stage}", language)),
            name,
            percent(level.mean, language, 1),
            percent_range(level.low, level.high, language, 1),
        )
        for stage in STAGES
        for name, level in zip(names, levels[stage], strict=True)
    )
    heads = tuple(PAPER(head, language) for head in ("stage", "scenario", "mean", "range"))
    runs = min(len(result.runs) for result in results)
    counted = TERMS.counted("of_runs", runs, language)
    return Chart(
        id="chart-stages",
        title=paper_words(levels, names, period, language)[0],
        alt=paper_description(levels, names, language),
        draw=draw,
        table=Table(PAPER("caption", language), heads, rows, words=2),
        note=PAPER("note" if runs > 1 else "note_one", language, period=period, runs=counted),
    )
