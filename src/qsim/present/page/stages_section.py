"""The part *from paper to joint practice*: the four stages side by side, and the outcome cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qsim.present.page.blocks import Block, Cards, Details, Group, Section, Table, Text
from qsim.present.page.cards import SHOWN, outcome_cards, row_of
from qsim.present.page.stages_chart import stages_chart
from qsim.present.page.stages_words import PAPER
from qsim.present.text.names import Names, scenario_names
from qsim.present.text.numbers import decimal, of_hundred
from qsim.present.text.units import cell, cell_range, heading
from qsim.present.words.language import Language
from qsim.present.words.wording import joined

if TYPE_CHECKING:
    from qsim.comparison.comparing import Compared
    from qsim.engine.result import Result


def stages_section(results: Sequence[Result], found: Compared | None, language: Language) -> Section:
    """Return the section ``stages`` for one scenario (``found`` is None) or for those that were compared."""
    scenarios = [result.scenario for result in results]
    names = scenario_names(scenarios, language)
    blocks: list[Block] = [Text(PAPER("lead", language), "lead")]
    tasks = scenarios[0].tasks
    if len(tasks) > 1:
        called = [Names(scenarios[0], language).task(task.id) for task in tasks]
        number = decimal(len(tasks), language, 0)
        blocks.append(Text(PAPER("tasks", language, number=number, tasks=joined(called, language))))
    blocks.append(stages_chart(results, names, language))
    cards: list[Block] = [
        Cards(outcome_cards(results, names, found, language)),
        Text(PAPER("cards_terms", language), "note"),
    ]
    if found is not None and len(names) == 2:
        cards.insert(0, Text(PAPER("cards_pair", language, first=names[0], second=names[1])))
    elif found is not None:
        cards.insert(0, Text(PAPER("cards_several", language, first=names[0])))
        cards.append(_differences(names, found, language))
    return Section("stages", PAPER("title", language), (*blocks, Group(PAPER("cards", language), tuple(cards))))


def _differences(names: Sequence[str], found: Compared, language: Language) -> Details:
    """Return the differences of all pairs with their intervals, folded up."""
    rows = []
    for outcome in SHOWN:
        for name, pair in zip(names[1:], found.pairs, strict=True):
            row = row_of(pair, outcome)
            if row is not None:
                rows.append(
                    (
                        heading(row.measure, language),
                        name,
                        cell(row.difference, row.measure, language, signed=True),
                        cell_range(row.low, row.high, row.measure, language, signed=True),
                        of_hundred(row.share_worlds, language),
                        of_hundred(row.share_settings, language),
                    )
                )
    heads = ("outcome", "scenario", "difference", "interval_head", "worlds_head", "settings_head")
    table = Table(
        PAPER("details_caption", language, first=names[0]),
        tuple(PAPER(head, language) for head in heads),
        tuple(rows),
        words=2,
        note=PAPER("counts", language),
    )
    return Details(PAPER("details", language, first=names[0]), (table,))
