"""A run's result in a few plain sentences: from paper to joint practice, the gap, what holds back, what remains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qsim.present.text.numbers import decimal, month_name, percent, percent_range
from qsim.present.text.spread import LAST_MONTHS, spread
from qsim.present.text.summary_words import SUMMARY
from qsim.present.text.terms import CONSTRAINTS, PAYERS, STAGES, TERMS, WILLINGNESS
from qsim.present.words.language import Language
from qsim.present.words.wording import joined

if TYPE_CHECKING:
    from qsim.engine.result import Result

NEGLIGIBLE = 0.005
"""A share that reads as nothing once it is rounded to whole percent."""

LITTLE = 0.02
"""A promise below which nobody would speak of one."""

LATER = (24, 12, 60)
"""Months after the end of funding, those told of first."""


def run_summary(result: Result, language: Language) -> str:
    """Return four to six sentences on the result of a run; what it lacks is said or left out."""
    sentences = [
        _stages(result, language),
        _gap(result.series, language),
        *_constraint(result.series, language),
        *_funding(result.runs, language),
        _hours(result.ledger, language),
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


def _stages(result: Result, language: Language) -> str:
    levels: dict[str, str] = {}
    form = "first_range"
    for stage in STAGES:
        level = spread(result.runs[stage])
        text = percent(level.mean, language)
        if percent(level.low, language) != percent(level.high, language):
            text = SUMMARY(form, language, level=text, range=percent_range(level.low, level.high, language))
            form = "next_range"
        levels[stage] = text
    months = min(LAST_MONTHS, int(result.series["month"].nunique()))
    return SUMMARY(
        "stages",
        language,
        scenario=result.scenario.label.in_language(language),
        period=SUMMARY.counted("period", months, language),
        **levels,
    )


def _gap(series: pd.DataFrame, language: Language) -> str:
    gap = series.groupby("month")["implementation_gap"].median().dropna()
    if gap.empty or gap.max() < NEGLIGIBLE:
        return SUMMARY("no_gap" if little_promised(series) else "no_gap_done", language)
    end = percent(float(gap.iloc[-1]), language)
    peak = percent(float(gap.max()), language)
    if peak == end:
        return SUMMARY("gap_at_end", language, end=end)
    return SUMMARY("gap", language, month=month_name(gap.idxmax(), language, full=True), peak=peak, end=end)


def little_promised(series: pd.DataFrame) -> bool:
    """Return whether next to nothing is promised in any month, on average over the runs."""
    return not series.groupby("month")["commitment"].mean().max() >= LITTLE


def _constraint(series: pd.DataFrame, language: Language) -> list[str]:
    shares = binding_shares(series, "constraint", CONSTRAINTS)
    if shares.isna().all():
        return [SUMMARY("no_need", language)]
    first, second = shares.index[:2]
    lacks = {"first": TERMS(f"lack.{first}", language), "second": TERMS(f"lack.{second}", language)}
    if shares[second] < NEGLIGIBLE:
        sentences = [SUMMARY("constraint_alone", language, first=lacks["first"])]
    else:
        levels = {"first_share": percent(shares[first], language), "second_share": percent(shares[second], language)}
        sentences = [SUMMARY("constraint", language, **lacks, **levels)]
    parts = binding_shares(series, "willingness", WILLINGNESS)
    if first == "motivation" and parts.notna().all():
        sentences.append(SUMMARY("willingness", language, part=TERMS(f"lack.{parts.index[0]}", language)))
    return sentences


def _funding(runs: pd.DataFrame, language: Language) -> list[str]:
    ended = runs["practice_after_funding_0"].notna()
    for months in LATER:
        later = runs[f"practice_after_funding_{months}"]
        both = ended & later.notna()
        if not both.any():
            continue
        number = int(both.sum())
        count = SUMMARY("all_runs", language) if both.all() else SUMMARY.counted("some_runs", number, language)
        return [
            SUMMARY(
                "funding",
                language,
                count=count,
                months=decimal(months, language, 0),
                at_end=percent(float(runs.loc[both, "practice_after_funding_0"].mean()), language),
                later=percent(float(later[both].mean()), language),
            )
        ]
    return []


def _hours(ledger: pd.DataFrame, language: Language) -> str:
    paid = ledger.groupby("payer_kind", observed=True)["hours"].sum()
    total = float(paid.sum())
    if not total > 0:
        return SUMMARY("no_hours", language)
    parts = []
    for kind in sorted(PAYERS, key=lambda kind: -float(paid.get(kind, 0.0))):
        share = float(paid.get(kind, 0.0)) / total
        if share >= NEGLIGIBLE:
            parts.append(SUMMARY(f"payer.{kind}", language, share=percent(share, language)))
    hours = decimal(_rounded(total), language, 0)
    return SUMMARY("hours", language, hours=hours, payers=joined(parts, language))


def _rounded(hours: float) -> float:
    """Return a number rounded to two digits that count, as nobody reads more of an amount of hours."""
    return round(hours, 1 - int(np.floor(np.log10(hours)))) if hours >= 1 else hours
