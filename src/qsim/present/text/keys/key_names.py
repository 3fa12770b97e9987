"""What the keys of a scenario are called: *Integrationsbeauftragte: Dauer der Förderung* for a path through the file."""

from __future__ import annotations

from qsim.mechanisms.month import RULES
from qsim.present.text.keys.field_names import PARAMETERS, field_name, parameter_of
from qsim.present.text.keys.key_steps import Step, entry_name, key_steps
from qsim.present.words.speaker import Speaker, capital
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import Department, FundingPhase, TaskShare


def key_name(key: str, scenario: Scenario, speak: Speaker) -> str:
    """Return what a key is called, with the thing it belongs to before it.

    ``scenario`` tells the labels of things; one that it lacks goes by its id. Raise KeyError if no scenario file has such
    a key, ValueError if it is none.
    """
    if key.startswith(PARAMETERS):
        return capital(_parameter_name(key, speak))
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


def _parameter_name(key: str, speak: Speaker) -> str:
    """Return the label of a parameter, or of a rule whose parameters are meant all together."""
    parameter = parameter_of(key)
    labels = {rule.name: rule for rule in RULES}
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
    several = any(step.entry in unit.funding and len(unit.funding) > 1 for unit in scenario.commissioners)
    return speak("setting.phase", number=str(int(step.name) + 1)) if several else ""
