"""The part *over time* of a page: joint practice and the gap month by month, the calendar, and who gains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qsim.comparison.comparing import Compared
from qsim.engine.result import Result
from qsim.present.figures.calendar import Mark, calendar_of, mark_month
from qsim.present.figures.curves import MOST_BANDS, Band, curves_figure, span_of
from qsim.present.figures.gap import gap_words, monthly_band
from qsim.present.figures.paper import APART, joint_words, paper_period
from qsim.present.figures.style import month_places
from qsim.present.page.blocks import Block, Bullets, Chart, Group, Section, Table, Text
from qsim.present.page.gains import gains_blocks
from qsim.present.text.names import scenario_names
from qsim.present.text.summary import NEGLIGIBLE, spread
from qsim.present.words.speaker import Speaker

CURVES = (("joint_practice", "joint"), ("implementation_gap", "gap"))
"""The columns that are drawn over time, each with the name of its chart."""


def time_section(results: Sequence[Result], compared: Compared | None, speak: Speaker) -> Section:
    """Return the section ``time`` for one scenario (``compared`` is None) or for those that were compared."""
    names = scenario_names([result.scenario for result in results], speak)
    bands = {column: [monthly_band(result, column) for result in results] for column, _ in CURVES}
    marks = calendar_of(results, names, span_of(bands["joint_practice"]), speak)
    blocks: list[Block] = [Text(speak("time.lead" if marks else "time.lead_plain"), "lead")]
    titles = {
        "joint": _joint_title(results, compared, names, speak),
        "gap": gap_words(bands["implementation_gap"], names, speak)[0],
    }
    blocks += [_chart(name, titles[name], bands[column], names, marks, speak) for column, name in CURVES]
    if marks:
        blocks.append(Group(speak("time.calendar"), (calendar_block(marks, speak),)))
    if compared is not None:
        blocks.append(Group(speak("time.departments"), gains_blocks(compared, speak)))
    return Section("time", speak("time.title"), tuple(blocks))


def calendar_block(marks: Sequence[Mark], speak: Speaker) -> Bullets:
    """Return the calendar as a list: number and month, what happens."""
    return Bullets(
        marked=tuple(
            (speak("time.calendar_entry", number=str(mark.number), month=mark_month(mark, speak)), mark.text)
            for mark in marks
        )
    )


def _chart(
    name: str, title: str, bands: Sequence[Band], names: Sequence[str], marks: Sequence[Mark], speak: Speaker
) -> Chart | Text:
    """Return the curves; where there is nothing to see a sentence, and one curve where all lie on each other."""
    if not any(np.nan_to_num(band.high).max() >= NEGLIGIBLE for band in bands):
        return Text(f"{title}.")
    runs = min(band.runs for band in bands)
    counted = speak.counted("terms.of_runs", runs)
    shown = bands[:1] if together(bands) else bands
    note = speak(f"time.{_note(len(shown), runs)}", runs=counted)
    if len(shown) < len(bands):
        title = f"{title}; {speak('time.together')}"
        note += " " + speak("time.together_note", first=names[0], difference=speak.decimal(100 * APART, 2))
    return Chart(
        id=f"chart-{name}",
        title=title,
        alt=_alt(bands, names, speak),
        draw=lambda frame: curves_figure(frame, shown, names[: len(shown)], marks, speak),
        table=_table(name, bands, names, speak),
        note=note,
    )


def together(bands: Sequence[Band]) -> bool:
    """Whether all curves lie on each other: in no month are two means as far apart as matters."""
    means = [np.nan_to_num(band.mean) for band in bands]
    return len(bands) > 1 and bool((np.max(means, axis=0) - np.min(means, axis=0)).max() < APART)


def _note(many: int, runs: int) -> str:
    if runs == 1:
        return "curve_note_one"
    return "curve_note" if many <= MOST_BANDS else "curve_note_many"


def _joint_title(results: Sequence[Result], compared: Compared | None, names: Sequence[str], speak: Speaker) -> str:
    """Return what is done jointly in the last twelve months, as everywhere on the page, and at first where it is one scenario."""
    ends = [spread(result.runs["joint_practice"]).mean for result in results]
    if not np.isfinite(ends).any():
        return speak("time.joint_none")
    if len(results) > 1:
        return joint_words(
            ends, names, paper_period(results[0], speak), speak, compared.leaders if compared is not None else ()
        )
    start = float(monthly_band(results[0], "joint_practice").mean[0])
    return speak("time.joint", start=speak.level(start), end=speak.level(ends[0]))


def _alt(bands: Sequence[Band], names: Sequence[str], speak: Speaker) -> str:
    months = bands[0].months
    first, last = (speak.month(months[place]) for place in (0, -1))
    told = [speak("time.curve_alt_head", first=first, last=last)]
    for band, name in zip(bands, names, strict=True):
        if not np.isfinite(band.mean).any():
            told.append(speak("time.curve_alt_none", scenario=name))
            continue
        at = int(np.nanargmax(band.mean))
        start, end, peak = (speak.percent(float(band.mean[place]), 1) for place in (0, -1, at))
        month = speak.month(band.months[at])
        told.append(speak("time.curve_alt", scenario=name, start=start, end=end, month=month, peak=peak))
    return " ".join(told)


def _table(name: str, bands: Sequence[Band], names: Sequence[str], speak: Speaker) -> Table:
    """Return mean and range of each January, and of the first and last month."""
    places = sorted({int(place) for band in bands for place in month_places(band.months)})
    chosen = [place for place in places if place % 12 == 0 or place in (places[0], places[-1])]
    rows = []
    for place in chosen:
        cells = [speak.month(np.datetime64(place, "M"))]
        for band in bands:
            found = np.flatnonzero(month_places(band.months) == place)
            at = int(found[0]) if found.size else None
            middle, low, high = (np.nan if at is None else float(one[at]) for one in (band.mean, band.low, band.high))
            told = speak.percent(middle, 1)
            cells.append(f"{told} ({speak.percent_range(low, high, 1)})" if band.runs > 1 else told)
        rows.append(tuple(cells))
    return Table(speak(f"time.{name}_caption"), (speak("time.month"), *names), tuple(rows))
