"""The figure of the implementation gap over time: mean and band over runs, with the calendar marked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from qsim.engine.result import Result
from qsim.present.figures.calendar import (
    calendar_list,
    calendar_of,
)
from qsim.present.figures.curves import Band, curves_figure, last, span_of
from qsim.present.figures.frame import framed, note
from qsim.present.figures.paper import APART
from qsim.present.figures.style import month_places
from qsim.present.text.names import scenario_names
from qsim.present.text.summary import NEGLIGIBLE, by_month, little_promised
from qsim.present.words.speaker import Speaker
from qsim.runs.readings import middle


def gap_figure(results: Sequence[Result], speak: Speaker) -> Figure:
    """Return the implementation gap over time of one scenario or of several, with the events of their calendars."""
    called = scenario_names([result.scenario for result in results], speak)
    bands = [monthly_band(result) for result in results]
    marks = calendar_of(results, called, span_of(bands), speak)
    runs = min(band.runs for band in bands)
    words = gap_words(bands, called, speak)
    frame = framed(words, note("gap", runs, speak), _description(bands, called, speak), speak)
    end = _end(bands[0], speak) if len(bands) == 1 else ""
    return curves_figure(
        frame, bands, called, marks, speak, speak("figures.gap.axis"), calendar_list(marks, speak), end
    )


def _end(band: Band, speak: Speaker) -> str:
    """Return what stands at the right end of a curve alone."""
    middle = f"{speak('figures.middle')}\n{speak.level_range(last(band.low), last(band.high))}"
    return f"{speak('figures.mean')} {speak.level(last(band.mean))}" + (f"\n{middle}" if band.runs > 1 else "")


def monthly_band(result: Result, column: str = "implementation_gap") -> Band:
    """Return the band of a column of a result's months, a share."""
    months, values = by_month(result.series, column)
    low, mean, high = middle(values)
    return Band(months, mean, low, high, len(values), little_promised(result.series))


def gap_words(bands: Sequence[Band], names: Sequence[str], speak: Speaker) -> tuple[str, str]:
    """Return a statement on the gap of one scenario or several, and the line that says what is drawn."""
    ends = np.array([last(band.mean) for band in bands])
    if len(bands) == 1:
        return _statement(bands[0], speak), speak("figures.gap.subtitle", scenario=names[0])
    subtitle = speak("figures.gap.subtitle_several")
    if all(map(_is_nothing, bands)):
        return _nothing(bands, speak), subtitle
    lowest, highest = float(np.nanmin(ends)), float(np.nanmax(ends))
    if not highest - lowest >= APART:  # nor where all are missing
        return speak("figures.gap.title_even", range=speak.percent_about(lowest, highest, 1)), subtitle
    low, high = speak.level(lowest), speak.level(highest)
    least, most = names[int(np.nanargmin(ends))], names[int(np.nanargmax(ends))]
    return speak("figures.gap.title_several", least=least, most=most, low=low, high=high), subtitle


def _is_nothing(band: Band) -> bool:
    return not np.isfinite(band.mean).any() or bool(np.nanmax(band.mean) < NEGLIGIBLE)


def _nothing(bands: Sequence[Band], speak: Speaker) -> str:
    little = all(band.little_promised for band in bands)
    return speak("figures.gap.title_none" if little else "figures.gap.title_done")


def _statement(band: Band, speak: Speaker) -> str:
    if _is_nothing(band):
        return _nothing([band], speak)
    at = int(np.nanargmax(band.mean))
    end, peak = speak.level(last(band.mean)), speak.level(float(band.mean[at]))
    if peak == end:
        return speak("figures.gap.title_at_end", end=end)
    month = speak.month(band.months[at], full=True)
    return speak("figures.gap.title", month=month, peak=peak, end=end)


def _description(bands: Sequence[Band], names: Sequence[str], speak: Speaker) -> str:
    """Return the mean of each January, or of the first and last month in a short run, as text."""
    parts = []
    for band, name in zip(bands, names, strict=True):
        places = month_places(band.months)
        chosen = [i for i, place in enumerate(places) if place % 12 == 0 or i in (0, len(places) - 1)]
        values = [f"{speak.month(band.months[i])} {speak.level(float(band.mean[i]))}" for i in chosen]
        parts.append(f"{name} ({speak('figures.mean')}): {', '.join(values)}.")
    return " ".join(parts)
