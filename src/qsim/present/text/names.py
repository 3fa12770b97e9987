"""The names under which people know scenarios, what is in them and their keys, *Integrationsbeauftragte: Dauer der Förderung*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from string import ascii_uppercase
from typing import Any

from qsim.engine.marks import EVENT_LABELS
from qsim.engine.overrides import parameter_of
from qsim.engine.own_files import extension_of
from qsim.files.keys import ID_PATTERN, parse_key
from qsim.files.kinds import parts
from qsim.present.words.speaker import Speaker, capital
from qsim.scenario.checks import largest_size
from qsim.scenario.house import House, build_house
from qsim.scenario.schema import Dated, Scenario
from qsim.scenario.structure import Department, FundingPhase, TaskShare
from qsim.scenario.values import Part

STAGES = ("commitment", "considered", "practice", "joint_practice")
"""From paper to joint practice, as columns of results."""

PAYERS = ("department", "commissioner", "leader", "civil_society")
"""Who pays hours."""


def words(name: str) -> str:
    """Return an id as words."""
    return name.replace("_", " ")


def letter(position: int) -> str:
    """Return the letter of a place in a row: A, B, ..., Z, A2, B2, ..."""
    turn, place = divmod(position, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(turn + 1) if turn else "")


def scenario_names(scenarios: Sequence[Scenario], speak: Speaker) -> list[str]:
    """Return a name for each scenario, none twice: its label; with its id or a letter where labels are the same."""
    labels = [speak.label(scenario.label) for scenario in scenarios]
    if len(set(labels)) == len(labels):
        return labels
    ids = [scenario.id for scenario in scenarios]
    readable = len(set(ids)) == len(ids) and all(re.fullmatch(ID_PATTERN, one) for one in ids)
    marks = ids if readable else [letter(position) for position in range(len(ids))]
    return [
        f"{label} ({mark})" if labels.count(label) > 1 else label for label, mark in zip(labels, marks, strict=True)
    ]


class Names:
    """The names in one scenario, in one language; what has no label is named by its kind, else by the words of its id."""

    def __init__(self, scenario: Scenario, speak: Speaker) -> None:
        self.scenario = scenario
        self.speak: Speaker = speak

    @cached_property
    def house(self) -> House:
        """The administration, the largest that an unknown number of departments allows."""
        size = largest_size(self.scenario.administration)
        settled = self.scenario.administration.model_copy(update={"departments": size})
        return build_house(self.scenario.model_copy(update={"administration": settled}))

    def department(self, department: str) -> str:
        """Return the name of a department."""
        return self._label(department, self.house.departments)

    def division(self, division: str) -> str:
        """Return the name of a division."""
        return self._label(division, self.house.divisions)

    def task(self, task: str) -> str:
        """Return the name of a task."""
        kind = next((entry.kind for entry in self.scenario.tasks if entry.id == task and entry.label is None), "other")
        return self._label(task, self.scenario.tasks) if kind == "other" else self.speak(f"setting.kind.{kind}")

    def form(self, name: str) -> str:
        """Return the name of a format."""
        return self._label(name, self.scenario.formats)

    def payer(self, kind: str, payer: str) -> str:
        """Return the name of whoever pays hours, of a kind of the ledger."""
        entries: dict[str, Iterable[Any]] = {
            "department": self.house.departments,
            "leader": self.house.leaders,
            "commissioner": self.scenario.commissioners,
            "civil_society": self.scenario.civil_society,
        }
        return self._label(payer, entries[kind])

    def _label(self, wanted: str, entries: Iterable[Any]) -> str:
        label = next((entry.label for entry in entries if entry.id == wanted), None)
        return str(self.speak.label(label)) if label else capital(words(wanted))


PARAMETERS = "parameters."


def field_name(part: type[Part], field: str, speak: Speaker) -> str:
    """Return what a field of a kind of object is called; raise KeyError for one without a name."""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", part.__name__).lower()
    own = f"keys.{kind}.{field}"
    return speak(own if own in speak else f"keys.any.{field}")


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


def key_name(key: str, scenario: Scenario, speak: Speaker) -> str:
    """Return what a key is called, with the thing it belongs to before it.

    ``scenario`` tells the labels of things; one that it lacks goes by its id. Raise KeyError if no scenario file has such
    a key, ValueError if it is none.
    """
    if key.startswith(PARAMETERS):
        return capital(_parameter_name(key, scenario, speak))
    steps = key_steps(key, scenario)
    last = steps[-1]
    named = [step for step in steps if step.name]
    things = [step for step in named if not _is_nameless(step)]
    if last.name and last in things:
        name = entry_name(last, scenario, speak)
        form = f"entry.{last.field}"
        if f"setting.{form}" not in speak or name.startswith(speak(f"setting.{form}", label="").split()[0]):
            return capital(name)
        return speak(f"setting.{form}", label=name)
    field = _below(named[-1], last, scenario, speak) if named else field_name(last.part, last.field, speak)
    if not things:
        return capital(field)
    return speak("setting.of", owner=entry_name(things[-1], scenario, speak), field=field)


def _parameter_name(key: str, scenario: Scenario, speak: Speaker) -> str:
    """Return the label of a parameter, or of a rule whose parameters are meant all together."""
    rules = extension_of(scenario).declared
    parameter = parameter_of(key, rules)
    labels = {rule.name: rule for rule in rules}
    found = parameter or labels[key.removeprefix(PARAMETERS)]
    return speak.called(found)


def _is_nameless(step: Step) -> bool:
    """Whether the entries of a list have no names of their own: they are told by what they belong to."""
    return step.field == "funding" or (step.field == "tasks" and step.part is Department)


def _below(named: Step, last: Step, scenario: Scenario, speak: Speaker) -> str:
    """Return the name of a field of an entry, with the phase or kind where the entry has no name of its own."""
    field = "funding" if last.name and named.field == "funding" else ""
    text = speak("setting.entry.funding") if field else field_name(last.part, last.field, speak)
    if isinstance(named.entry, TaskShare):
        return speak("setting.of_phase", field=text, phase=speak(f"setting.kind.{named.entry.kind}"))
    if named.field != "funding":
        return text
    phase = _phase(named, scenario, speak)
    return speak("setting.of_phase", field=text, phase=phase) if phase else text


def _phase(step: Step, scenario: Scenario, speak: Speaker) -> str:
    """Return the name of a phase of funding, empty for the only one."""
    if isinstance(step.entry, FundingPhase) and step.entry.label is not None:
        return speak.label(step.entry.label)
    if not step.name.isdecimal():
        return capital(words(step.name))
    several = any(step.entry in unit.funding and len(unit.funding) > 1 for unit in scenario.commissioners)
    return speak("setting.phase", number=str(int(step.name) + 1)) if several else ""
