"""A discovery for the terminal: the boxes in words with what they achieve, and how likely their limits are by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qsim.comparison.when.finding import HELD_OUT
from qsim.present.text.discovery_text import box_text, question_text
from qsim.present.text.discovery_words import DISCOVERY
from qsim.present.text.numbers import decimal, percent
from qsim.present.text.tables import new_table
from qsim.present.words.language import Language

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from qsim.comparison.when.finding import CheckedBox, Discovery
    from qsim.comparison.when.study import Question

SMALLEST_CHANCE = 0.001


def discovery_parts(found: Discovery, question: Question, left_out: int, language: Language) -> list[RenderableType]:
    """Return the table of boxes, or the sentence that there are none, and notes."""
    what = question_text(question, language)
    parts: list[RenderableType] = []
    if found.boxes:
        parts.append(_table(found, what, language))
        parts += [_limits(one, found, language) for one in found.boxes]
    else:
        share = percent(found.share, language)
        none = DISCOVERY("none", language, share=share, cases=decimal(len(found.cases), language, 0))
        parts.append(f"{DISCOVERY('title', language, what=what)}\n{none}")
    if left_out:
        parts.append(DISCOVERY("left_out", language, number=str(left_out)))
    return parts


def _table(found: Discovery, what: str, language: Language) -> Table:
    checked = str(-(-len(found.cases) // HELD_OUT))
    note = DISCOVERY("note", language, checked=checked, share=percent(found.share, language))
    table = new_table(DISCOVERY("title", language, what=what), note)
    table.add_column(DISCOVERY("box", language), justify="right", no_wrap=True)
    table.add_column(DISCOVERY("where", language), ratio=1, overflow="fold")
    for name in ("coverage", "density", "cases"):
        table.add_column(DISCOVERY(name, language), justify="right", no_wrap=True)
    for number, one in enumerate(found.boxes, start=1):
        text = box_text(one.box, found.cases, language, first=number == 1)
        shares = [percent(value, language) for value in (one.checked.coverage, one.checked.density)]
        table.add_row(str(number), text, *shares, decimal(one.checked.cases, language, 0))
    return table


def _limits(one: CheckedBox, found: Discovery, language: Language) -> str:
    """Return how likely each limit is by chance, the firmest first."""
    told = []
    for place in sorted(one.box.limits, key=lambda place: one.chances[place]):
        label = found.cases.factors[place].label.in_language(language)
        told.append(DISCOVERY("limit", language, label=label, chance=chance_text(one.chances[place], language)))
    return DISCOVERY("limits", language, limits="; ".join(told))


def chance_text(chance: float, language: Language) -> str:
    """Return a chance with three digits, or that it is smaller."""
    if chance < SMALLEST_CHANCE:
        return f"< {decimal(SMALLEST_CHANCE, language, 3)}"
    return decimal(chance, language, 3)
