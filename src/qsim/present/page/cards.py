"""The outcome cards: the level of an outcome in each scenario, the difference in twin worlds, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qsim.measures.catalogue import OUTCOMES, Measure
from qsim.present.page.blocks import Card, Dots
from qsim.present.page.stages_words import PAPER
from qsim.present.text.numbers import MISSING, percent, percent_range, whole_of_hundred
from qsim.present.text.spread import spread
from qsim.present.text.units import IN_PERCENT, cell, cell_range, difference_text, digits, threshold_text
from qsim.present.text.verdict import confidence_text, index_ahead, is_relevant, share_ahead
from qsim.present.words.language import Language
from qsim.present.words.wording import joined

if TYPE_CHECKING:
    from qsim.comparison.comparing import Compared
    from qsim.comparison.verdict import Comparison, OutcomeComparison
    from qsim.engine.result import Result

SHOWN = (
    "joint_practice",
    "implementation_gap",
    "need_gap",
    "workload",
    "hours_departments_total",
    "practice_after_funding_24",
)
"""The outcomes that have a card, where they exist."""


def outcome_cards(
    results: Sequence[Result], names: Sequence[str], found: Compared | None, language: Language
) -> tuple[Card, ...]:
    """Return four to six cards; for a single scenario with ranges, for two with the difference and its strength."""
    measures = [measure for measure in OUTCOMES if measure.name in SHOWN]
    measures.sort(key=lambda measure: SHOWN.index(measure.name))
    cards = []
    for measure in measures:
        levels = [
            spread(result.runs[measure.name]) if measure.name in result.runs else spread([]) for result in results
        ]
        if not any(level.runs for level in levels):
            continue
        if found is None:
            cards.append(_single(measure, results[0], names[0], language))
        elif len(names) > 2:
            cards.append(_several(measure, names, found, language))
        else:
            cards.append(_pair(measure, names, found.pairs[0], language))
    return tuple(cards)


def value_text(value: float, measure: Measure, language: Language) -> str:
    """Return a level: a share as a percentage, else the number alone, as the outcome's name has the unit."""
    if measure.unit in IN_PERCENT:
        return percent(value, language, digits(measure))
    return cell(value, measure, language)


def row_of(pair: Comparison, name: str) -> OutcomeComparison | None:
    """Return what a comparison says about an outcome, None if neither scenario has it."""
    return pair.outcomes.get(name)


def _single(measure: Measure, result: Result, name: str, language: Language) -> Card:
    level = spread(result.runs[measure.name])
    remark = ""
    if level.ranged:
        if measure.unit in IN_PERCENT:
            told = percent_range(level.low, level.high, language, digits(measure))
        else:
            told = cell_range(level.low, level.high, measure, language)
        remark = PAPER("range_runs", language, range=told)
    levels = ((name, value_text(level.mean, measure, language)),)
    return Card(measure.label.in_language(language), levels, remark=remark)


def _several(measure: Measure, names: Sequence[str], found: Compared, language: Language) -> Card:
    rows = [row_of(pair, measure.name) for pair in found.pairs]
    first = next((row.levels[0] for row in rows if row is not None), math.nan)
    levels = [(names[0], value_text(first, measure, language))]
    for name, row in zip(names[1:], rows, strict=True):
        text = MISSING if row is None else value_text(row.levels[1], measure, language)
        if row is not None and math.isfinite(row.difference):
            text += f" ({cell(row.difference, measure, language, signed=True)})"
        levels.append((name, text))
    return Card(measure.label.in_language(language), tuple(levels))


def _pair(measure: Measure, names: Sequence[str], pair: Comparison, language: Language) -> Card:
    row = row_of(pair, measure.name)
    assert row is not None, "an outcome that one of two scenarios has is compared"
    name = measure.label.in_language(language)
    levels = tuple((own, value_text(level, measure, language)) for own, level in zip(names, row.levels, strict=True))
    if not math.isfinite(row.difference):
        having = [own for own, level in zip(names, row.levels, strict=True) if math.isfinite(level)]
        lone = len(having) < len(names)
        told = (
            PAPER("missing", language, scenarios=joined(having, language)) if lone else PAPER("missing_all", language)
        )
        return Card(name, levels, remark=told)
    if row.difference == 0.0 and not (row.low < 0.0 or row.high > 0.0):
        return Card(name, levels, PAPER("same", language), remark=PAPER("same_remark", language))
    interval = PAPER("few", language)
    if math.isfinite(row.low):
        told = cell_range(row.low, row.high, measure, language, signed=True)
        interval = PAPER("interval", language, confidence=confidence_text(pair.confidence, language), interval=told)
    ahead = index_ahead(row)
    return Card(
        name,
        levels,
        difference_text(row.difference, measure, language),
        interval,
        " ".join([_remark(row, language), PAPER(_form(row), language, better=names[ahead])]).lstrip(),
        _dots(row, ahead, language),
    )


def _form(row: OutcomeComparison) -> str:
    """Return how to name the scenario that does better: where both are practically equal it is only ahead."""
    return "ahead" if -row.smallest_relevant < row.low and row.high < row.smallest_relevant else "better"


def _remark(row: OutcomeComparison, language: Language) -> str:
    """Return in words whether the difference is one, by the rules of the verdict."""
    if not math.isfinite(row.low):
        return ""
    gain = row.gain()
    relevant = threshold_text(row.smallest_relevant, row.measure, language)
    if is_relevant(row):
        return PAPER("clear", language)
    if _form(row) == "ahead":
        return PAPER("equal", language, relevant=relevant)
    if gain[0] > 0 or gain[1] < 0:
        return PAPER("leaning", language, relevant=relevant)
    return PAPER("open", language)


def _dots(row: OutcomeComparison, ahead: int, language: Language) -> tuple[Dots, ...]:
    found = []
    for name, share in (("worlds", row.share_worlds), ("settings", row.share_settings)):
        if math.isfinite(share):
            count = whole_of_hundred(share_ahead(row, ahead, share))
            found.append(Dots(count, PAPER(name, language, number=str(count))))
    return tuple(found)
