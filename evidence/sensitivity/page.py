"""The page of the full sensitivity study: what it took, its indices and assumptions, over time, and how sure they are."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from evidence.documents.markdown import table
from evidence.sensitivity.stored import Stored
from evidence.words import ENGLISH
from qsim.present.text.study_text import duration, size
from qsim.runs.readings import MEASURES
from qsim.sensitivity.results import WHOLE_RUN

FIGURES = {"en": "images/sensitivity_en.svg", "de": "images/sensitivity_de.svg"}
"""Where the figure stands beside the page, by language."""

NOTE = "<!-- Written by `make sensitivity`; nothing is changed by hand. -->"
NAMED = 3
"""Dimensions that are named in a sentence."""

PAIRS = 10

ONE_WAY = 0.5
"""From this share of an effect on, more of it goes in one direction than in the other."""


def sensitivity_page(found: Stored) -> str:
    """Return the page of a study."""
    last = found.dates[-1]
    settings, screened = (not found.table(name).empty for name in ("assumptions", "screening"))
    parts = [
        "# What matters most: results",
        NOTE,
        _question(found),
        _answer(found),
        f"![Shares of the variance of the dimensions that matter most]({FIGURES['en']})",
        f"[The same in German]({FIGURES['de']}). How to read it, and how it is done: [sensitivity.md](sensitivity.md).",
        "## What was run",
        _size(found),
        f"## Indices, {_date(last)}",
        "*alone* is the first-order index, *in all* the total index, as shares of the variance between points, with 95% "
        "bootstrap intervals. *above luck*: the whole interval lies above the noise floor.",
        _indices(found, last),
        "## Over time",
        "Total indices at each date, in the order of the last one.",
        _over_time(found),
        "## Which assumptions" if settings else "",
        _assumptions_words(found) if settings else "",
        _assumptions(found) if settings else "",
        "## Pairs",
        f"The largest second-order indices in {_date(last)}, of the {found.design.second} dimensions whose total "
        "indices are largest at any date.",
        _pairs(found, last),
        "## How sure it is",
        _luck(found),
        _convergence(found),
        "## Screening of everything" if screened else "",
        _screening_words(found) if screened else "",
        _screening(found) if screened else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _question(found: Stored) -> str:
    measure = MEASURES[found.measure].label.en
    settings = not found.table("assumptions").empty
    parameters = (
        "the unsure assumptions together, that is the [possible settings](settings.md) of all parameters as one dimension"
        if settings
        else "all parameters of the rules in their plausible ranges"
    )
    return (
        f"Which of all that nobody knows decides the outcome “{measure}” in the scenario `{found.scenario}`? Varied are "
        f"{parameters}, and the state and the post at the start (the factors of "
        "[experiments/sensitivity.yaml](../experiments/sensitivity.yaml)). The shares hold for these ranges: what is known "
        "better, or supposed narrower, matters less."
    )


def _answer(found: Stored) -> str:
    """Return the answer: what leads at the first and at the last date, and whether it is the same."""
    sentences = []
    for date in dict.fromkeys((found.dates[0], found.dates[-1])):
        sentences.append(f"in {_date(date)} {_named(found.table('indices', date), 'total')}")
    text = "; ".join(sentences)
    first, last = (set(found.table("indices", date).head(10)["key"]) for date in (found.dates[0], found.dates[-1]))
    answer = f"**Answer.** The largest total indices are {text}."
    if not (known := found.table("assumptions", found.dates[-1])).empty:
        told = _named(known[known["above_floor"]], "share")
        answer += f" In {_date(found.dates[-1])} " + (
            f"it would tell most to know {told}." if told else "no assumption by itself stands above its noise floor."
        )
    if len(found.dates) > 1:
        answer += f" Of the ten that matter most in {_date(found.dates[0])}, {len(first & last)} are among the ten in "
        answer += f"{_date(found.dates[-1])}."
    return answer


def _named(frame: pd.DataFrame, column: str) -> str:
    """Return the first rows in words, with a number of each."""
    rows = _rows(frame.head(NAMED))
    return ", ".join(f"{row.label_en} ({ENGLISH.decimal(getattr(row, column), 2)})" for row in rows)


def _size(found: Stored) -> str:
    design, cost = found.design, found.cost
    lines = [
        ("dimensions", f"{found.dimensions}, of which {min(design.top, found.dimensions)} have indices"),
        ("screening", f"{design.screen} trajectories" if design.screen else "none"),
        ("base points", ENGLISH.decimal(design.number, 0)),
        ("dimensions with second order", str(design.second)),
        ("points", ENGLISH.decimal(design.points(found.dimensions), 0)),
        ("runs of each point", str(design.replicates)),
        ("runs", ENGLISH.decimal(found.runs, 0)),
        ("seed", str(design.seed)),
    ]
    if cost:
        rate = ENGLISH.decimal(found.runs / max(cost["seconds"], 1e-9), 0)
        lines += [
            (
                "time",
                f"{duration(cost['seconds'], ENGLISH)} on {int(cost['processors'])} processors, {rate} runs a second",
            ),
            ("peak memory", size(int(cost["peak_bytes"]), ENGLISH)),
            ("size on disk", size(int(cost["bytes"]), ENGLISH)),
        ]
    lines.append(("processor", found.processor))
    return table(("", ""), lines)


def _indices(found: Stored, date: str) -> str:
    rows = [
        (
            str(row.rank),
            row.label_en,
            f"`{row.key}`",
            _interval(row.first, row.first_low, row.first_high),
            _interval(row.total, row.total_low, row.total_high),
            "yes" if row.above_luck else "no",
        )
        for row in _rows(found.table("indices", date))
    ]
    return table(("", "dimension", "key", "alone", "in all", "above luck"), rows)


def _over_time(found: Stored) -> str:
    totals = {(row.key, row.at): row.total for row in _rows(found.table("indices"))}
    rows = [
        (row.label_en, *(ENGLISH.decimal(totals[row.key, date], 2) for date in found.dates))
        for row in _rows(found.table("indices", found.dates[-1]))
    ]
    return table(("dimension", *map(_date, found.dates)), rows)


def _assumptions_words(found: Stored) -> str:
    frame = found.table("assumptions")
    return (
        "The share of the variance between points that one expects to lose by knowing an assumption, and with it what it says "
        "about those that are possible with it. It is what one would learn, not what changing it would do, and shares overlap. "
        f"Bold: above the noise floor, which none of the {frame['key'].nunique()} reaches in 95 of 100 shuffles of "
        f"{frame['families'].iloc[0]} families of settings. With 95% bootstrap intervals over these, in the order of the last "
        "date; those left out are never above the floor."
    )


def _assumptions(found: Stored) -> str:
    frame = found.table("assumptions")
    known = {(row.key, row.at): row for row in _rows(frame)}
    ever = set(frame[frame["above_floor"]]["key"])
    rows = [
        (row.label_en, f"`{row.key}`", *(_learned(known[row.key, date]) for date in found.dates))
        for row in _rows(found.table("assumptions", found.dates[-1]))
        if row.key in ever or row.rank <= NAMED
    ]
    floors = [ENGLISH.decimal(found.table("assumptions", date)["floor"].iloc[0], 3) for date in found.dates]
    rows.append(("noise floor", "", *floors))
    return table(("assumption", "key", *map(_date, found.dates)), rows)


def _learned(row: Any) -> str:
    text = _interval(row.share, row.share_low, row.share_high)
    return f"**{text}**" if row.above_floor else text


def _pairs(found: Stored, date: str) -> str:
    if found.table("pairs").empty:
        return ""
    labels = dict(zip(found.table("indices")["key"], found.table("indices")["label_en"], strict=True))
    rows = [
        (labels[row.key], labels[row.other_key], _interval(row.second, row.second_low, row.second_high))
        for row in _rows(found.table("pairs", date).head(PAIRS))
    ]
    return table(("dimension", "with", "second order"), rows)


def _luck(found: Stored) -> str:
    rows = [
        (
            _date(row.at),
            *(
                ENGLISH.percent(value)
                for value in (row.share_points, row.share_luck_everywhere, row.share_luck_meeting)
            ),
            ENGLISH.decimal(row.floor_total, 3),
            ENGLISH.decimal(row.floor_first, 3),
        )
        for row in _rows(found.table("luck"))
        if math.isfinite(row.share_points)
    ]
    if not rows:
        return "With one run a point it is not known what luck does."
    heads = ("", "dimensions", "luck, the same everywhere", "luck that depends on the point", "noise floor, in all",
             "noise floor, alone")  # fmt: skip
    text = (
        "Shares of the variance of single runs, and the noise floor: the index of a dimension that does nothing but change "
        f"whom luck strikes, with {found.design.replicates} runs a point."
    )
    return f"{text}\n\n{table(heads, rows)}"


def _convergence(found: Stored) -> str:
    frame = found.table("convergence")
    if frame.empty:
        return ""
    known = {(row.number, row.at): (row.largest_change, row.rank_correlation) for row in _rows(frame)}
    *fewer, whole = sorted({number for number, _ in known})
    rows = [(f"{number} of {whole}", *(_came(*known[number, date]) for date in found.dates)) for number in fewer]
    text = (
        "How far the indices had come with fewer base points: the largest difference of a total index to that of all "
        "points, and in brackets the rank correlation of the total indices."
    )
    return f"{text}\n\n{table(('base points', *map(_date, found.dates)), rows)}"


def _screening_words(found: Stored) -> str:
    frame = found.table("screening")
    firm = frame[frame["effect_low"] > frame["floor"]]["key"].nunique()
    return (
        f"Mean absolute effect of each dimension over its whole range, in the unit of the outcome, from "
        f"{found.design.screen} trajectories (Morris). {firm} of {found.dimensions} have an effect above the noise floor at "
        "some date, with their whole interval. An arrow says in which direction most of the effect goes; ~ says that this "
        "depends on the other dimensions."
    )


def _screening(found: Stored) -> str:
    frame = found.table("screening")
    known = {(row.key, row.at): row for row in _rows(frame)}
    rows = [
        (str(row.rank), row.label_en, f"`{row.key}`", *(_effect(known[row.key, date]) for date in found.dates))
        for row in _rows(found.table("screening", found.dates[-1]))
    ]
    floors = [ENGLISH.decimal(next(row.floor for row in known.values() if row.at == date), 4) for date in found.dates]
    rows.append(("", "noise floor", "", *floors))
    return table(("", "dimension", "key", *map(_date, found.dates)), rows)


def _effect(row: Any) -> str:
    value = ENGLISH.decimal(row.effect, 4)
    if not row.effect > 0.0:
        return value
    share = row.signed / row.effect
    return f"{value} {'~' if abs(share) < ONE_WAY else '↑' if share > 0 else '↓'}"


def _came(change: float, correlation: float) -> str:
    return f"{ENGLISH.decimal(change, 3)} ({ENGLISH.decimal(correlation, 2)})"


def _interval(value: float, low: float, high: float) -> str:
    return f"{ENGLISH.decimal(value, 2)} [{ENGLISH.decimal(low, 2)}, {ENGLISH.decimal(high, 2)}]"


def _date(date: str) -> str:
    return "the run" if date == WHOLE_RUN else ENGLISH.month(pd.Timestamp(f"{date}-01"), full=True)


def _rows(frame: pd.DataFrame) -> list[Any]:
    """Return the rows of a table, whose columns are their attributes."""
    return list(frame.itertuples(index=False))
