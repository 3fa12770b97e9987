"""What the keys of a scenario are called: *Integrationsbeauftragte: Dauer der Förderung* for a path through the file."""

from __future__ import annotations

from qsim.mechanisms.month import RULES
from qsim.present.text.keys.field_names import PARAMETERS, field_name, parameter_of
from qsim.present.text.keys.key_steps import Step, entry_name, key_steps
from qsim.present.text.keys.setting_words import SETTINGS
from qsim.present.words.language import Language
from qsim.present.words.wording import capital
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import Department, FundingPhase, TaskShare


def key_name(key: str, scenario: Scenario, language: Language) -> str:
    """Return what a key is called, with the thing it belongs to before it.

    ``scenario`` tells the labels of things; one that it lacks goes by its id. Raise KeyError if no scenario file has such
    a key, ValueError if it is none.
    """
    if key.startswith(PARAMETERS):
        return capital(_parameter_name(key, language))
    steps = key_steps(key, scenario)
    last = steps[-1]
    named = [step for step in steps if step.name]
    things = [step for step in named if not _is_nameless(step)]
    if last.name and last in things:
        name = entry_name(last, scenario, language)
        form = f"entry.{last.field}"
        if form not in SETTINGS.texts or name.startswith(SETTINGS(form, language, label="").split()[0]):
            return capital(name)
        return SETTINGS(form, language, label=name)
    field = _below(named[-1], last, scenario, language) if named else field_name(last.part, last.field, language)
    if not things:
        return capital(field)
    return SETTINGS("of", language, owner=entry_name(things[-1], scenario, language), field=field)


def _parameter_name(key: str, language: Language) -> str:
    """Return the label of a parameter, or of a rule whose parameters are meant all together."""
    parameter = parameter_of(key)
    labels = {rule.name: rule for rule in RULES}
    found = parameter or labels[key.removeprefix(PARAMETERS)]
    return found.label_de if language == "de" else found.label_en


def _is_nameless(step: Step) -> bool:
    """Whether the entries of a list have no names of their own: they are told by what they belong to."""
    return step.field == "funding" or (step.field == "tasks" and step.part is Department)


def _below(named: Step, last: Step, scenario: Scenario, language: Language) -> str:
    """Return the name of a field of an entry, with the phase or kind where the entry has no name of its own."""
    field = "funding" if last.name and named.field == "funding" else ""
    text = SETTINGS("entry.funding", language) if field else field_name(last.part, last.field, language)
    if isinstance(named.entry, TaskShare):
        return SETTINGS("of_phase", language, field=text, phase=SETTINGS(f"kind.{named.entry.kind}", language))
    if named.field != "funding":
        return text
    phase = _phase(named, scenario, language)
    return SETTINGS("of_phase", language, field=text, phase=phase) if phase else text


def _phase(step: Step, scenario: Scenario, language: Language) -> str:
    """Return the name of a phase of funding, empty for the only one."""
    if isinstance(step.entry, FundingPhase) and step.entry.label is not None:
        return step.entry.label.in_language(language)
    several = any(step.entry in unit.funding and len(unit.funding) > 1 for unit in scenario.commissioners)
    return SETTINGS("phase", language, number=str(int(step.name) + 1)) if several else ""
