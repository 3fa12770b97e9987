"""The part *what differs*: the settings that differ between scenarios, in words, and what is the same in both."""

from __future__ import annotations

from collections.abc import Sequence

from qsim.comparison.comparing import Compared
from qsim.comparison.why.changes import Change, changes, held_same
from qsim.present.page.blocks import Block, Details, Group, Section, Table, Text
from qsim.present.text.names import entry_name, field_name, key_name, key_steps, scenario_names
from qsim.present.text.setting_text import setting_text
from qsim.present.words.speaker import Speaker
from qsim.scenario.schema import Scenario

Twins = tuple[Scenario, Scenario]

MOST_ROWS = 20
"""Rows of a table that is not folded up."""

NAMED = 3
"""Changes of a group that are named one by one."""


def differs_section(result: Compared, speak: Speaker) -> Section:
    """Return the section ``differs``: for each pair a table of what differs, and in a sentence what does not."""
    names = scenario_names(result.scenarios, speak)
    pairs = [(pair.scenarios, (names[0], name)) for pair, name in zip(result.pairs, names[1:], strict=True)]
    blocks: list[Block] = []
    for scenarios, called in pairs:
        own = _pair((scenarios[0], scenarios[1]), called, speak)
        title = speak("differs.pair", first=called[0], second=called[1])
        blocks += own if len(pairs) == 1 else [Group(title, own)]
    return Section("differs", speak("differs.title"), tuple(blocks))


def _pair(scenarios: Twins, names: tuple[str, str], speak: Speaker) -> tuple[Block, ...]:
    called = {"first": names[0], "second": names[1]}
    found = changes(*scenarios)
    if not found:
        return (Text(speak("differs.nothing", **called), "lead"),)
    heads = (speak("differs.setting"), *names)
    rows = tuple(change_row(change, scenarios, speak) for change in found)
    table = Table(speak("differs.caption", **called), heads, rows, words=len(heads))
    lead = speak.counted("differs.lead", len(found), **called)
    folded = len(rows) > MOST_ROWS
    return (
        Text(lead, "lead"),
        Details(table.caption, (table,)) if folded else table,
        Text(_same(scenarios, speak)),
    )


def _same(scenarios: Twins, speak: Speaker) -> str:
    parts = [field_name(Scenario, part, speak) for part in held_same(*scenarios)]
    return speak("differs.same", parts="; ".join(parts)) if parts else speak("differs.same_none")


def change_row(change: Change, scenarios: Twins, speak: Speaker) -> tuple[str, str, str]:
    """Return what a change is called, and its value in the first and in the second scenario, in words."""
    missing = speak("differs.missing")
    values = [
        missing if change.kind == absent else setting_text(change.key, value, scenario, speak)
        for absent, value, scenario in zip(("added", "removed"), (change.first, change.second), scenarios, strict=True)
    ]
    return key_name(change.key, holder_of(change, scenarios), speak), values[0], values[1]


def holder_of(change: Change, scenarios: Twins) -> Scenario:
    """Return the scenario that has what a change is about: the second if it is added there."""
    return scenarios[1] if change.kind == "added" else scenarios[0]


def group_name(group: Sequence[Change], scenarios: Twins, speak: Speaker) -> str:
    """Return the name of changes that go together, such as *entfällt: Klima-Check*; of many what they are about."""
    if len(group) <= NAMED:
        return speak.joined([_change_name(change, scenarios, speak) for change in group])
    things = dict.fromkeys(change.thing for change in group)
    if len(things) == 1 and "[" in group[0].key:
        holder = holder_of(group[0], scenarios)
        label = entry_name(next(step for step in key_steps(group[0].key, holder) if step.name), holder, speak)
    else:
        parts = dict.fromkeys(change.part for change in group)
        label = speak.joined([field_name(Scenario, part, speak) for part in parts])
    return speak.counted("differs.several", len(group), label=label)


def _change_name(change: Change, scenarios: Twins, speak: Speaker) -> str:
    name = key_name(change.key, holder_of(change, scenarios), speak)
    return name if change.kind == "changed" else speak(f"differs.{change.kind}", label=name)
