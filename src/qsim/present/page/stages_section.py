"""The part *from paper to joint practice*: the four stages side by side, and the outcome cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qsim.present.page.blocks import Block, Cards, Details, Group, Section, Table, Text
from qsim.present.page.cards import SHOWN, outcome_cards, row_of
from qsim.present.page.stages_chart import stages_chart
from qsim.present.text.names import Names, scenario_names
from qsim.present.text.units import cell, cell_range, heading
from qsim.present.words.speaker import Speaker

if TYPE_CHECKING:
    from qsim.comparison.comparing import Compared
    from qsim.engine.result import Result


def stages_section(results: Sequence[Result], found: Compared | None, speak: Speaker) -> Section:
    """Return the section ``stages`` for one scenario (``found`` is None) or for those that were compared."""
    scenarios = [result.scenario for result in results]
    names = scenario_names(scenarios, speak)
    blocks: list[Block] = [Text(speak("stages.lead"), "lead")]
    tasks = scenarios[0].tasks
    if len(tasks) > 1:
        called = [Names(scenarios[0], speak).task(task.id) for task in tasks]
        number = speak.decimal(len(tasks), 0)
        blocks.append(Text(speak("stages.tasks", number=number, tasks=speak.joined(called))))
    blocks.append(stages_chart(results, names, speak))
    cards: list[Block] = [
        Cards(outcome_cards(results, names, found, speak)),
        Text(speak("stages.cards_terms"), "note"),
    ]
    if found is not None and len(names) == 2:
        cards.insert(0, Text(speak("stages.cards_pair", first=names[0], second=names[1])))
    elif found is not None:
        cards.insert(0, Text(speak("stages.cards_several", first=names[0])))
        cards.append(_differences(names, found, speak))
    return Section("stages", speak("stages.title"), (*blocks, Group(speak("stages.cards"), tuple(cards))))


def _differences(names: Sequence[str], found: Compared, speak: Speaker) -> Details:
    """Return the differences of all pairs with their intervals, folded up."""
    rows = []
    for outcome in SHOWN:
        for name, pair in zip(names[1:], found.pairs, strict=True):
            row = row_of(pair, outcome)
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
