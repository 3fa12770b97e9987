"""The spread of results over runs, and the summary of a study in sentences."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from qsim.engine.rows import TWINS
from qsim.measures.catalogue import CONSTRAINTS, WILLINGNESS
from qsim.present.text.facts import fit_sentences
from qsim.present.text.names import PAYERS, STAGES
from qsim.present.words.speaker import Speaker
from qsim.runs.intervals import chance_share
from qsim.runs.readings import HIGH, LOW

if TYPE_CHECKING:
    import pandas as pd

    from qsim.engine.result import Columns, Result


PRIMARY = "joint_practice"
"""The outcome of which it is told how much of its spread is chance."""

LAST_MONTHS = 12
"""How many months at the end make the level that is reported."""


@dataclass(frozen=True)
class Spread:
    """Mean and range over the ``runs`` in which the value is known; all NaN if there is none."""

    mean: float
    low: float
    high: float
    runs: int

    @property
    def ranged(self) -> bool:
        """Whether there are enough runs for a range."""
        return self.runs > 1


def runs_text(result: Result, speak: Speaker) -> str:
    """Return how many runs a result is of and, where rules are varied, in how many plausible settings."""
    runs, settings = len(result.rows), result.settings
    counted = speak.counted("terms.runs", runs)
    if not result.prepared.plausible:
        return counted
    if settings > 1 and runs == settings * TWINS:
        numbers = {"each": speak.decimal(TWINS, 0), "number": speak.decimal(settings, 0)}
        return counted + speak("terms.in_each", **numbers)
    return counted + speak.counted("terms.in_settings", settings)


def spread(values: Any) -> Spread:
    """Return mean, 10 % and 90 % quantile of what is known among values, one a run."""
    array = np.asarray(values, dtype=np.float64)
    known = array[np.isfinite(array)]
    if known.size == 0:
        return Spread(np.nan, np.nan, np.nan, 0)
    low, high = np.quantile(known, (LOW, HIGH))
    return Spread(float(known.mean()), float(low), float(high), int(known.size))


def by_month(table: Any, column: str) -> tuple[Any, np.ndarray]:
    """Return the months of a series and an array (runs, months) of a column; NaN where a run lacks a month."""
    wide = table.pivot_table(index="replicate", columns="month", values=column, dropna=False, observed=True)
    return wide.columns.to_numpy(), wide.to_numpy(dtype=np.float64)


NEGLIGIBLE = 0.005
"""A share that reads as nothing once it is rounded to whole percent."""

LITTLE = 0.02
"""A promise below which nobody would speak of one."""

LATER = (24, 12, 60)
"""Months after the end of funding, those told of first."""


def run_summary(result: Result, speak: Speaker) -> str:
    """Return five to nine sentences on the result of a run; what it lacks is said or left out."""
    series = result.series_columns
    sentences = [
        _stages(result, series, speak),
        *_apart(result, speak),
        *fit_sentences(result.prepared, speak),
        _gap(series, speak),
        *_constraint(series, speak),
        *_funding(result.runs_columns, speak),
        _hours(result.ledger_rows, speak),
    ]
    return " ".join(sentences)


def binding_shares(series: Columns | pd.DataFrame, columns: str, kinds: tuple[str, ...]) -> pd.Series:
    """Return :func:`shares_of_need` as a series by kind."""
    import pandas as pd

    return pd.Series(shares_of_need(series, columns, kinds))


def shares_of_need(series: Columns | pd.DataFrame, columns: str, kinds: tuple[str, ...]) -> dict[str, float]:
    """Return the share of the unmet need that each kind holds back, over all runs and months, the largest first.

    ``columns`` is the prefix of the columns. Months count by the need that is unmet in them; NaN if there is none.
    """
    parts = [np.asarray(series[f"{columns}_{kind}"]) for kind in kinds]
    weights = np.asarray(series["need_gap"])
    known = np.isfinite(parts).all(axis=0) & (weights > 0)
    if not known.any():
        return dict.fromkeys(kinds, np.nan)
    weights = weights[known]
    shares = {
        kind: float((part[known] * weights).sum() / weights.sum()) for kind, part in zip(kinds, parts, strict=True)
    }
    return dict(sorted(shares.items(), key=lambda share: -share[1]))


def _stages(result: Result, series: Columns, speak: Speaker) -> str:
    levels: dict[str, str] = {}
    form = "first_range"
    for stage in STAGES:
        level = spread(result.runs_columns[stage])
        text = speak.level(level.mean)
        if speak.level(level.low) != speak.level(level.high):
            text = speak(f"summary.{form}", level=text, range=speak.level_range(level.low, level.high))
            form = "next_range"
        levels[stage] = text
    months = min(LAST_MONTHS, np.unique(series["month"]).size)
    return speak(
        "summary.stages",
        scenario=speak.label(result.scenario.label),
        period=speak.counted("summary.period", months),
        **levels,
    )


def _apart(result: Result, speak: Speaker) -> list[str]:
    """Return how much of what runs differ by is chance; nothing where that cannot be told."""
    if not result.prepared.plausible:
        return []
    settings: dict[int, list[float]] = {}
    for (_, setting), value in zip(result.rows, result.runs_columns[PRIMARY], strict=True):
        settings.setdefault(setting, []).append(float(value))
    most = max(map(len, settings.values()))
    chance = chance_share(np.array([[*own, *[np.nan] * (most - len(own))] for own in settings.values()]))
    if np.isnan(chance):
        return []
    return [speak("summary.apart", chance=speak.percent(chance), unsure=speak.percent(1.0 - chance))]


def _gap(series: Columns, speak: Speaker) -> str:
    gaps = {month: float(known.mean()) for month, known in _each_month(series, "implementation_gap") if known.size}
    if not gaps or max(gaps.values()) < NEGLIGIBLE:
        return speak("summary.no_gap" if little_promised(series) else "summary.no_gap_done")
    end = speak.level([*gaps.values()][-1])
    month = max(gaps, key=lambda month: gaps[month])
    peak = speak.level(gaps[month])
    if peak == end:
        return speak("summary.gap_at_end", end=end)
    return speak("summary.gap", month=speak.month(month, full=True), peak=peak, end=end)


def little_promised(series: Columns | pd.DataFrame) -> bool:
    """Return whether next to nothing is promised in any month, on average over the runs."""
    return not any(known.mean() >= LITTLE for _, known in _each_month(series, "commitment") if known.size)


def _each_month(series: Columns | pd.DataFrame, name: str) -> list[tuple[np.datetime64, np.ndarray]]:
    """Return the months, in order, each with what is known of a column in it."""
    months, places = np.unique(np.asarray(series["month"]), return_inverse=True)
    values = np.asarray(series[name])
    known = np.isfinite(values)
    return [(month, values[known & (places == place)]) for place, month in enumerate(months)]


def _constraint(series: Columns, speak: Speaker) -> list[str]:
    shares = shares_of_need(series, "constraint", CONSTRAINTS)
    first, second = [*shares][:2]
    if np.isnan(shares[first]):
        return [speak("summary.no_need")]
    lacks = {"first": speak(f"terms.lack.{first}"), "second": speak(f"terms.lack.{second}")}
    if shares[second] < NEGLIGIBLE:
        sentences = [speak("summary.constraint_alone", first=lacks["first"])]
    else:
        levels = {"first_share": speak.percent(shares[first]), "second_share": speak.percent(shares[second])}
        sentences = [speak("summary.constraint", **lacks, **levels)]
    parts = shares_of_need(series, "willingness", WILLINGNESS)
    part = next(iter(parts))
    if first == "motivation" and not np.isnan(parts[part]):
        sentences.append(speak("summary.willingness", part=speak(f"terms.lack.{part}")))
    return sentences


def _funding(runs: Columns, speak: Speaker) -> list[str]:
    at_end = np.asarray(runs["practice_after_funding_0"])
    for months in LATER:
        later = np.asarray(runs[f"practice_after_funding_{months}"])
        both = np.isfinite(at_end) & np.isfinite(later)
        if not both.any():
            continue
        number = int(both.sum())
        count = speak("summary.all_runs") if both.all() else speak.counted("summary.some_runs", number)
        return [
            speak(
                "summary.funding",
                count=count,
                months=speak.decimal(months, 0),
                at_end=speak.level(float(at_end[both].mean())),
                later=speak.level(float(later[both].mean())),
            )
        ]
    return []


def _hours(ledger: list[tuple[str, str, str, float]], speak: Speaker) -> str:
    paid = {kind: math.fsum(hours for payer, _, _, hours in ledger if payer == kind) for kind in PAYERS}
    total = sum(paid.values())
    if not total > 0:
        return speak("summary.no_hours")
    parts = []
    for kind in sorted(PAYERS, key=lambda kind: -paid[kind]):
        share = paid[kind] / total
        if share >= NEGLIGIBLE:
            parts.append(speak(f"summary.payer.{kind}", share=speak.percent(share)))
    hours = speak.decimal(_rounded(total), 0)
    return speak("summary.hours", hours=hours, payers=speak.joined(parts))


def _rounded(hours: float) -> float:
    """Return a number rounded to two digits that count, as nobody reads more of an amount of hours."""
    return round(hours, 1 - int(np.floor(np.log10(hours)))) if hours >= 1 else hours
