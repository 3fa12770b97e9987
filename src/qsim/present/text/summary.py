"""The spread of results over runs, and the summary of a study in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from qsim.present.text.names import CONSTRAINTS, PAYERS, STAGES, WILLINGNESS
from qsim.present.words.speaker import Speaker

if TYPE_CHECKING:
    from qsim.engine.result import Result


LOW, HIGH = 0.1, 0.9
"""The ends of the range that is shown everywhere, as shares of the runs."""

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
    """Return four to six sentences on the result of a run; what it lacks is said or left out."""
    sentences = [
        _stages(result, speak),
        _gap(result.series, speak),
        *_constraint(result.series, speak),
        *_funding(result.runs, speak),
        _hours(result.ledger, speak),
    ]
    return " ".join(sentences)


def binding_shares(series: pd.DataFrame, columns: str, kinds: tuple[str, ...]) -> pd.Series:
    """Return the share of the unmet need that each kind holds back, over all runs and months, the largest first.

    ``columns`` is the prefix of the columns. Months count by the need that is unmet in them; NaN if there is none.
    """
    names = [f"{columns}_{kind}" for kind in kinds]
    weights = series["need_gap"].fillna(0.0).clip(lower=0.0)
    known = series[names].notna().all(axis=1) & (weights > 0)
    shares = series.loc[known, names].mul(weights[known], axis=0).sum() / weights[known].sum()
    shares.index = pd.Index(kinds)
    return shares.sort_values(ascending=False, kind="stable")


def _stages(result: Result, speak: Speaker) -> str:
    levels: dict[str, str] = {}
    form = "first_range"
    for stage in STAGES:
        level = spread(result.runs[stage])
        text = speak.percent(level.mean)
        if speak.percent(level.low) != speak.percent(level.high):
            text = speak(f"summary.{form}", level=text, range=speak.percent_range(level.low, level.high))
            form = "next_range"
        levels[stage] = text
    months = min(LAST_MONTHS, int(result.series["month"].nunique()))
    return speak(
        "summary.stages",
        scenario=speak.label(result.scenario.label),
        period=speak.counted("summary.period", months),
        **levels,
    )


def _gap(series: pd.DataFrame, speak: Speaker) -> str:
    gap = series.groupby("month")["implementation_gap"].median().dropna()
    if gap.empty or gap.max() < NEGLIGIBLE:
        return speak("summary.no_gap" if little_promised(series) else "summary.no_gap_done")
    end = speak.percent(float(gap.iloc[-1]))
    peak = speak.percent(float(gap.max()))
    if peak == end:
        return speak("summary.gap_at_end", end=end)
    return speak("summary.gap", month=speak.month(gap.idxmax(), full=True), peak=peak, end=end)


def little_promised(series: pd.DataFrame) -> bool:
    """Return whether next to nothing is promised in any month, on average over the runs."""
    return not series.groupby("month")["commitment"].mean().max() >= LITTLE


def _constraint(series: pd.DataFrame, speak: Speaker) -> list[str]:
    shares = binding_shares(series, "constraint", CONSTRAINTS)
    if shares.isna().all():
        return [speak("summary.no_need")]
    first, second = shares.index[:2]
    lacks = {"first": speak(f"terms.lack.{first}"), "second": speak(f"terms.lack.{second}")}
    if shares[second] < NEGLIGIBLE:
        sentences = [speak("summary.constraint_alone", first=lacks["first"])]
    else:
        levels = {"first_share": speak.percent(shares[first]), "second_share": speak.percent(shares[second])}
        sentences = [speak("summary.constraint", **lacks, **levels)]
    parts = binding_shares(series, "willingness", WILLINGNESS)
    if first == "motivation" and parts.notna().all():
        sentences.append(speak("summary.willingness", part=speak(f"terms.lack.{parts.index[0]}")))
    return sentences


def _funding(runs: pd.DataFrame, speak: Speaker) -> list[str]:
    ended = runs["practice_after_funding_0"].notna()
    for months in LATER:
        later = runs[f"practice_after_funding_{months}"]
        both = ended & later.notna()
        if not both.any():
            continue
        number = int(both.sum())
        count = speak("summary.all_runs") if both.all() else speak.counted("summary.some_runs", number)
        return [
            speak(
                "summary.funding",
                count=count,
                months=speak.decimal(months, 0),
                at_end=speak.percent(float(runs.loc[both, "practice_after_funding_0"].mean())),
                later=speak.percent(float(later[both].mean())),
            )
        ]
    return []


def _hours(ledger: pd.DataFrame, speak: Speaker) -> str:
    paid = ledger.groupby("payer_kind", observed=True)["hours"].sum()
    total = float(paid.sum())
    if not total > 0:
        return speak("summary.no_hours")
    parts = []
    for kind in sorted(PAYERS, key=lambda kind: -float(paid.get(kind, 0.0))):
        share = float(paid.get(kind, 0.0)) / total
        if share >= NEGLIGIBLE:
            parts.append(speak(f"summary.payer.{kind}", share=speak.percent(share)))
    hours = speak.decimal(_rounded(total), 0)
    return speak("summary.hours", hours=hours, payers=speak.joined(parts))


def _rounded(hours: float) -> float:
    """Return a number rounded to two digits that count, as nobody reads more of an amount of hours."""
    return round(hours, 1 - int(np.floor(np.log10(hours)))) if hours >= 1 else hours
