"""A discovery for the terminal: the boxes in words with what they achieve, and how likely their limits are by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qsim.comparison.when.finding import HELD_OUT
from qsim.present.text.discovery_text import box_text, question_text
from qsim.present.text.tables import new_table
from qsim.present.words.speaker import Speaker

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from qsim.comparison.when.finding import CheckedBox, Discovery
    from qsim.comparison.when.study import Question

SMALLEST_CHANCE = 0.001


def discovery_parts(found: Discovery, question: Question, left_out: int, speak: Speaker) -> list[RenderableType]:
    """Return the table of boxes, or the sentence that there are none, and notes."""
    what = question_text(question, speak)
    parts: list[RenderableType] = []
    if found.boxes:
        parts.append(_table(found, what, speak))
        parts += [_limits(one, found, speak) for one in found.boxes]
    else:
        share = speak.percent(found.share)
        none = speak("discovery.none", share=share, cases=speak.decimal(len(found.cases), 0))
        parts.append(f"{speak('discovery.title', what=what)}\n{none}")
    if left_out:
        parts.append(speak("discovery.left_out", number=str(left_out)))
    return parts


def _table(found: Discovery, what: str, speak: Speaker) -> Table:
    checked = str(-(-len(found.cases) // HELD_OUT))
    note = speak("discovery.note", checked=checked, share=speak.percent(found.share))
    table = new_table(speak("discovery.title", what=what), note)
    table.add_column(speak("discovery.box"), justify="right", no_wrap=True)
    table.add_column(speak("discovery.where"), ratio=1, overflow="fold")
    for name in ("coverage", "density", "cases"):
        table.add_column(speak(f"discovery.{name}"), justify="right", no_wrap=True)
    for number, one in enumerate(found.boxes, start=1):
        text = box_text(one.box, found.cases, speak, first=number == 1)
        shares = [speak.percent(value) for value in (one.checked.coverage, one.checked.density)]
        table.add_row(str(number), text, *shares, speak.decimal(one.checked.cases, 0))
    return table


def _limits(one: CheckedBox, found: Discovery, speak: Speaker) -> str:
    """Return how likely each limit is by chance, the firmest first."""
    told = []
    for place in sorted(one.box.limits, key=lambda place: one.chances[place]):
        label = speak.label(found.cases.factors[place].label)
        told.append(speak("discovery.limit", label=label, chance=chance_text(one.chances[place], speak)))
    return speak("discovery.limits", limits="; ".join(told))


def chance_text(chance: float, speak: Speaker) -> str:
    """Return a chance with three digits, or that it is smaller."""
    if chance < SMALLEST_CHANCE:
        return f"< {speak.decimal(SMALLEST_CHANCE, 3)}"
    return speak.decimal(chance, 3)
