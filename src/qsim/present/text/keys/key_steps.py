"""The way of a key through a scenario: which kind of object each step lies in, and which entry it chooses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from qsim.engine.marks import EVENT_LABELS
from qsim.files.keys import parse_key
from qsim.files.kinds import parts
from qsim.present.text.names import Names, words
from qsim.present.words.speaker import Speaker, capital
from qsim.scenario.schema import Dated, Scenario
from qsim.scenario.values import Part


@dataclass(frozen=True)
class Step:
    """A field of a kind of object, and the entry of its list that the key chooses: what names it, and the entry itself.

    ``name`` is empty where the key chooses none; ``entry`` is None, too, where the scenario does not have it.
    """

    part: type[Part]
    field: str
    name: str = ""
    entry: Any = None


def key_steps(key: str, scenario: Scenario) -> list[Step]:
    """Return the steps of a key; raise KeyError if no scenario has it, ValueError if it is none."""
    value: Any = scenario
    kinds: list[Any] = [Scenario]
    steps: list[Step] = []
    for step in parse_key(key):
        if isinstance(step, str):
            part = next((kind for kind in kinds if step in kind.model_fields), None)
            if part is None:
                raise KeyError(key)
            steps.append(Step(part, step))
            value, kinds = getattr(value, step, None), parts(part.model_fields[step].annotation)
        else:
            entries = value if isinstance(value, tuple) else ()
            index = step.index([getattr(entry, "id", None) for entry in entries])
            value = None if index is None else entries[index]
            steps[-1] = replace(steps[-1], name=str(step.name), entry=value)
        kinds = [type(value)] if isinstance(value, Part) else kinds
    return steps


def entry_name(step: Step, scenario: Scenario, speak: Speaker) -> str:
    """Return the name of the entry that a step chooses: its label, else that of its office or kind, else its id."""
    names = Names(scenario, speak)
    if step.field == "leaders":
        return names.payer("leader", step.name)
    label = getattr(step.entry, "label", None)
    if label is not None:
        return str(speak.label(label))
    if step.field == "own_departments":
        return capital(names.department(step.name))
    if step.field == "divisions":
        return capital(names.division(step.name))
    kind = getattr(step.entry, "kind", None)
    if isinstance(step.entry, Dated) and kind in EVENT_LABELS:
        return speak.label(EVENT_LABELS[kind])
    return capital(words(step.name))
