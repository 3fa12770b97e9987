"""The part *from paper to practice* of a page: the stages, and a card for each main outcome."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qsim.comparison.comparing import Compared
from qsim.comparison.verdict import Comparison, OutcomeComparison
from qsim.engine.result import Result
from qsim.measures.catalogue import OUTCOMES, Measure
from qsim.present.figures.bars import bars_figure
from qsim.present.figures.paper import paper_bars, paper_description, paper_period, paper_words
from qsim.present.page.blocks import Block, Card, Cards, Chart, Details, Dots, Group, Section, Table, Text
from qsim.present.text.names import STAGES, Names, scenario_names
from qsim.present.text.summary import spread
from qsim.present.text.units import cell, cell_range, difference_text, digits, heading, in_percent, threshold_text
from qsim.present.text.verdict import confidence_text, counts_ahead, index_ahead, is_relevant
from qsim.present.words.speaker import MISSING, Speaker, capital


def stages_chart(results: Sequence[Result], names: Sequence[str], speak: Speaker, leaders: Sequence[int] = ()) -> Chart:
    """Return what is promised, considered, done and done jointly at the end, one bar a scenario with its range.

    ``leaders`` are the scenarios that a comparison could not tell from the best one.
    """
    levels = {stage: [spread(result.runs[stage]) for result in results] for stage in STAGES}
    period = paper_period(results[0], speak)
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
        title=paper_words(levels, names, period, speak, leaders)[0],
        alt=paper_description(levels, names, speak),
        draw=lambda frame: bars_figure(frame, paper_bars(levels, speak), names, speak),
        table=Table(speak("stages.caption"), heads, rows, words=2),
        note=speak("stages.note" if runs > 1 else "stages.note_one", period=period, runs=counted),
    )


SHOWN = tuple(measure.name for measure in OUTCOMES if measure.card)
"""The outcomes that have a card, where they exist."""


def outcome_cards(
    results: Sequence[Result], names: Sequence[str], compared: Compared | None, speak: Speaker
) -> tuple[Card, ...]:
    """Return four to six cards; for a single scenario with ranges, for two with the difference and its strength."""
    cards = []
    for measure in (measure for measure in OUTCOMES if measure.card):
        if not any(spread(result.runs[measure.name]).runs for result in results):
            continue
        if compared is None:
            cards.append(_single(measure, results[0], names[0], speak))
        elif len(names) > 2:
            cards.append(_several(measure, names, compared, speak))
        else:
            cards.append(_pair(measure, names, compared.pairs[0], speak))
    return tuple(cards)


def value_text(value: float, measure: Measure, speak: Speaker) -> str:
    """Return a level: a share as a percentage, else the number alone, as the outcome's name has the unit."""
    if in_percent(measure.unit):
        return speak.percent(value, digits(measure))
    return cell(value, measure, speak)


def _single(measure: Measure, result: Result, name: str, speak: Speaker) -> Card:
    level = spread(result.runs[measure.name])
    remark = ""
    if level.ranged:
        if in_percent(measure.unit):
            told = speak.percent_range(level.low, level.high, digits(measure))
        else:
            told = cell_range(level.low, level.high, measure, speak)
        remark = speak("stages.range_runs", range=told)
    levels = ((name, value_text(level.mean, measure, speak)),)
    return Card(speak.label(measure.label), levels, remark=remark)


def _several(measure: Measure, names: Sequence[str], result: Compared, speak: Speaker) -> Card:
    rows = [pair.outcomes.get(measure.name) for pair in result.pairs]
    first = next((row.levels[0] for row in rows if row is not None), math.nan)
    levels = [(names[0], value_text(first, measure, speak))]
    for name, row in zip(names[1:], rows, strict=True):
        text = MISSING if row is None else value_text(row.levels[1], measure, speak)
        if row is not None and math.isfinite(row.difference):
            text += f" ({cell(row.difference, measure, speak, signed=True)})"
        levels.append((name, text))
    return Card(speak.label(measure.label), tuple(levels))


def _pair(measure: Measure, names: Sequence[str], pair: Comparison, speak: Speaker) -> Card:
    row = pair.outcomes[measure.name]
    name = speak.label(measure.label)
    levels = tuple((own, value_text(level, measure, speak)) for own, level in zip(names, row.levels, strict=True))
    if not math.isfinite(row.difference):
        having = [own for own, level in zip(names, row.levels, strict=True) if math.isfinite(level)]
        lone = len(having) < len(names)
        told = speak("stages.missing", scenarios=speak.joined(having)) if lone else speak("stages.missing_all")
        return Card(name, levels, remark=told)
    if row.difference == 0.0 and not (row.low < 0.0 or row.high > 0.0):
        return Card(name, levels, speak("stages.same"), remark=speak("stages.same_remark"))
    interval = speak("stages.few")
    if math.isfinite(row.low):
        told = cell_range(row.low, row.high, measure, speak, signed=True)
        interval = speak("stages.interval", confidence=confidence_text(pair.confidence, speak), interval=told)
    ahead = index_ahead(row)
    return Card(
        name,
        levels,
        difference_text(row.difference, measure, speak),
        interval,
        " ".join([_remark(row, speak), speak(f"stages.{_form(row)}", better=names[ahead])]).lstrip(),
        tuple(Dots(count, speak(f"stages.dots.{name}", number=str(count))) for name, count in counts_ahead(row, ahead)),
    )


def _form(row: OutcomeComparison) -> str:
    """Return how to name the scenario that does better: where that may not matter it is only ahead."""
    return "better" if is_relevant(row) else "ahead"


def _remark(row: OutcomeComparison, speak: Speaker) -> str:
    """Return in words whether the difference is one, by the rules of the verdict."""
    if not math.isfinite(row.low):
        return ""
    gain = row.gain()
    relevant = threshold_text(row.smallest_relevant, row.measure, speak)
    if is_relevant(row):
        return speak("stages.clear")
    if -row.smallest_relevant < row.low and row.high < row.smallest_relevant:
        return speak("stages.equal", relevant=relevant)
    if gain[0] > 0 or gain[1] < 0:
        return speak("stages.leaning", relevant=relevant)
    return speak("stages.open")


def stages_section(results: Sequence[Result], compared: Compared | None, speak: Speaker) -> Section:
    """Return the section ``stages`` for one scenario (``compared`` is None) or for those that were compared."""
    scenarios = [result.scenario for result in results]
    names = scenario_names(scenarios, speak)
    blocks: list[Block] = [Text(speak("stages.lead"), "lead")]
    tasks = scenarios[0].tasks
    if len(tasks) > 1:
        called = [Names(scenarios[0], speak).task(task.id) for task in tasks]
        number = speak.decimal(len(tasks), 0)
        blocks.append(Text(speak("stages.tasks", number=number, tasks=speak.joined(called))))
    leaders = compared.leaders if compared is not None else ()
    blocks.append(stages_chart(results, names, speak, leaders))
    cards: list[Block] = [
        Cards(outcome_cards(results, names, compared, speak)),
        Text(speak("stages.cards_terms"), "note"),
    ]
    if compared is not None and len(names) == 2:
        cards.insert(0, Text(speak("stages.cards_pair", first=names[0], second=names[1])))
    elif compared is not None:
        cards.insert(0, Text(speak("stages.cards_several", first=names[0])))
        cards.append(_differences(names, compared, speak))
    return Section("stages", speak("stages.title"), (*blocks, Group(speak("stages.cards"), tuple(cards))))


def _differences(names: Sequence[str], result: Compared, speak: Speaker) -> Details:
    """Return the differences of all pairs with their intervals, folded up."""
    rows = []
    for outcome in SHOWN:
        for name, pair in zip(names[1:], result.pairs, strict=True):
            row = pair.outcomes.get(outcome)
            if row is not None:
                rows.append(
                    (
                        heading(row.measure, speak),
                        name,
                        cell(row.difference, row.measure, speak, signed=True),
                        cell_range(row.low, row.high, row.measure, speak, signed=True),
                        speak.of_hundred(row.share_worlds),
                        speak.of_hundred(row.share_settings),
                    )
                )
    heads = ("outcome", "scenario", "difference", "interval_head", "worlds_head", "settings_head")
    table = Table(
        speak("stages.details_caption", first=names[0]),
        tuple(speak(f"stages.{head}") for head in heads),
        tuple(rows),
        words=2,
        note=speak("stages.counts"),
    )
    return Details(speak("stages.details", first=names[0]), (table,))
