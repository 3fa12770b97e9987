"""The part *what differs*: the settings that differ between scenarios, in words, and what is the same in both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qsim.comparison.why.changes import Change, changes, held_same
from qsim.present.page.blocks import Block, Details, Group, Section, Table, Text
from qsim.present.page.differs_words import DIFFERS
from qsim.present.text.keys.field_names import field_name
from qsim.present.text.keys.key_names import key_name
from qsim.present.text.keys.key_steps import entry_name, key_steps
from qsim.present.text.keys.setting_text import setting_text
from qsim.present.text.names import scenario_names
from qsim.present.words.language import Language
from qsim.present.words.wording import joined
from qsim.scenario.schema import Scenario

if TYPE_CHECKING:
    from qsim.comparison.comparing import Compared

Twins = tuple[Scenario, Scenario]

MOST_ROWS = 20
"""Rows of a table that is not folded up."""

NAMED = 3
"""Changes of a group that are named one by one."""


def differs_section(found: Compared, language: Language) -> Section:
    """Return the section ``differs``: for each pair a table of what differs, and in a sentence what does not."""
    names = scenario_names(found.scenarios, language)
    pairs = [(pair.scenarios, (names[0], name)) for pair, name in zip(found.pairs, names[1:], strict=True)]
    blocks: list[Block] = []
    for scenarios, called in pairs:
        own = _pair((scenarios[0], scenarios[1]), called, language)
        title = DIFFERS("pair", language, first=called[0], second=called[1])
        blocks += own if len(pairs) == 1 else [Group(title, own)]
    return Section("differs", DIFFERS("title", language), tuple(blocks))


def _pair(scenarios: Twins, names: tuple[str, str], language: Language) -> tuple[Block, ...]:
    called = {"first": names[0], "second": names[1]}
    found = changes(*scenarios)
    if not found:
        return (Text(DIFFERS("nothing", language, **called), "lead"),)
    heads = (DIFFERS("setting", language), *names)
    rows = tuple(change_row(change, scenarios, language) for change in found)
    table = Table(DIFFERS("caption", language, **called), heads, rows, words=len(heads))
    lead = DIFFERS.counted("lead", len(found), language, **called)
    folded = len(rows) > MOST_ROWS
    return (
        Text(lead, "lead"),
        Details(table.caption, (table,)) if folded else table,
        Text(_same(scenarios, language)),
    )


def _same(scenarios: Twins, language: Language) -> str:
    parts = [field_name(Scenario, part, language) for part in held_same(*scenarios)]
    return DIFFERS("same", language, parts="; ".join(parts)) if parts else DIFFERS("same_none", language)


def change_row(change: Change, scenarios: Twins, language: Language) -> tuple[str, str, str]:
    """Return what a change is called, and its value in the first and in the second scenario, in words."""
    missing = DIFFERS("missing", language)
    values = [
        missing if change.kind == absent else setting_text(change.key, value, scenario, language)
        for absent, value, scenario in zip(("added", "removed"), (change.first, change.second), scenarios, strict=True)
    ]
    return key_name(change.key, holder_of(change, scenarios), language), values[0], values[1]


def holder_of(change: Change, scenarios: Twins) -> Scenario:
    """Return the scenario that has what a change is about: the second if it is added there."""
    return scenarios[1] if change.kind == "added" else scenarios[0]


def group_name(group: Sequence[Change], scenarios: Twins, language: Language) -> str:
    """Return the name of changes that go together, such as *entfällt: Klima-Check*; of many what they are about."""
    if len(group) <= NAMED:
        return joined([_change_name(change, scenarios, language) for change in group], language)
    things = dict.fromkeys(change.thing for change in group)
    if len(things) == 1 and "[" in group[0].key:
        holder = holder_of(group[0], scenarios)
        label = entry_name(next(step for step in key_steps(group[0].key, holder) if step.name), holder, language)
    else:
        parts = dict.fromkeys(change.part for change in group)
        label = joined([field_name(Scenario, part, language) for part in parts], language)
    return DIFFERS.counted("several", len(group), language, label=label)


def _change_name(change: Change, scenarios: Twins, language: Language) -> str:
    name = key_name(change.key, holder_of(change, scenarios), language)
    return name if change.kind == "changed" else DIFFERS(change.kind, language, label=name)
