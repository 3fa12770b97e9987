"""The values of settings in words: *Fachdienst in der Linie*, *4 bis 8 Stellen (nicht bekannt)*, a whole entry in one line."""

from __future__ import annotations

from typing import Any

from qsim.engine.overrides import parameter_of
from qsim.engine.own_files import extension_of
from qsim.mechanisms.month import RULES
from qsim.present.text.names import Names, field_name, key_steps, words
from qsim.present.text.units import amount_text, known_or_range, month_words, unit_of_field
from qsim.present.words.speaker import Speaker
from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.labels import Label
from qsim.scenario.own_code import OwnCode
from qsim.scenario.schema import (
    BudgetCrisis,
    CouncilDecision,
    Election,
    Fact,
    Mandate,
    NewLeader,
    Recut,
    Scenario,
    Shock,
    Task,
    UnitMove,
)
from qsim.scenario.structure import (
    Chain,
    CivilSociety,
    Commissioner,
    Concept,
    Department,
    Division,
    Format,
    FundingPhase,
    TaskShare,
)
from qsim.scenario.values import DATES, Part, Unknown

ESSENTIALS: dict[type[Part], tuple[str, ...]] = {
    Task: ("need", "practice", "mandate"),
    Commissioner: ("position", "tasks", "funding"),
    Format: ("start", "end", "interval_weeks", "members", "owner"),
    Concept: ("adopted", "ambition", "concreteness", "council"),
    CivilSociety: ("start", "end", "expertise", "engagement", "hearing_right"),
    Chain: ("departments",),
    Department: ("division", "staff_weight", "tasks"),
    Division: ("departments",),
    TaskShare: ("kind", "relevance"),
    Fact: ("date", "text"),
    Shock: ("date", "workload", "need", "salience", "departments"),
    Election: ("date", "leader", "reelection_share"),
    NewLeader: ("date", "leader", "support"),
    Recut: ("date", "departments", "division"),
    BudgetCrisis: ("date", "tightness"),
    UnitMove: ("date", "position"),
    Mandate: ("date", "task"),
    CouncilDecision: ("date", "tasks", "strength"),
}
"""What the line of a whole entry tells; of other kinds all that is stated."""

ALONE = ("position", "funding", "date", "text")
"""Fields whose values need no name beside them."""

PLACES = {"line_unit": "division", "section": "department"}
"""Which field says where a unit in a position is; of the others it is the leader above."""

HOUSE = ("mayor", "deputy", None)


def setting_text(key: str, value: Any, scenario: Scenario, speak: Speaker) -> str:
    """Return the value of a key in words; ``scenario`` is the one that has it, and tells the labels of things.

    Raise KeyError if no scenario file has such a key.
    """
    parameter = parameter_of(key, extension_of(scenario).declared)
    if parameter is not None:
        return speak("setting.none") if value is None else amount_text(value, parameter.unit, speak)
    steps = key_steps(key, scenario)
    words = _Words(scenario, speak)
    if isinstance(value, Part) and not isinstance(value, Unknown):
        return words.whole(value)
    holder = next((step.entry for step in reversed(steps[:-1]) if step.name), None)
    return words.field(steps[-1].part, steps[-1].field, value, holder)


class _Words:
    """Values of one scenario in one language."""

    def __init__(self, scenario: Scenario, speak: Speaker) -> None:
        self.scenario = scenario
        self.speak: Speaker = speak
        self.names = Names(scenario, speak)

    def whole(self, part: Part) -> str:
        """Return a whole entry in one line."""
        if isinstance(part, FundingPhase):
            return self.phase(part)
        if isinstance(part, Label):
            return self.speak.label(part)
        kind = type(part)
        told = ESSENTIALS.get(kind) or tuple(name for name in kind.model_fields if name not in ("id", "kind", "source"))
        texts = []
        for name in told:
            value = getattr(part, name)
            if value is None or value is False or value == () or (value == 0 and name not in ("start", "date")):
                continue
            text = self.field(kind, name, value, part)
            owner = field_name(kind, name, self.speak)
            texts.append(text if name in ALONE else self.speak("setting.of", owner=owner, field=text))
        return "; ".join(texts) or self.speak("setting.none.whole")

    def phase(self, phase: FundingPhase) -> str:
        """Return a phase of funding in one line."""
        start = month_words(phase.start, self.speak)
        if phase.kind == "permanent" or phase.duration_months is None:
            posts = amount_text(phase.posts, "permanent_posts", self.speak)
            return self.speak("setting.phase.permanent", posts=posts, start=start)
        return self.speak(
            "setting.phase.fixed",
            posts=amount_text(phase.posts, "posts", self.speak),
            start=start,
            duration=amount_text(phase.duration_months, "months", self.speak),
            after=self.speak(f"setting.then.{phase.after}"),
        )

    def field(self, part: type[Part], name: str, value: Any, holder: Any = None) -> str:
        """Return the value of a field in words; ``holder`` is the object that has it, where that matters."""
        if value is None or value == ():
            known = f"none.{name}"
            other = "none" if value is None else "none.list"
            return self.speak(f"setting.{known}" if f"setting.{known}" in self.speak else f"setting.{other}")
        if isinstance(value, bool):
            return self.speak("setting.yes" if value else "setting.no")
        if isinstance(value, Label):
            return self.speak.label(value)
        if name == "position":
            return known_or_range(value, lambda position: self.position(position, holder), self.speak)
        if name in DATES:
            return month_words(value, self.speak)
        if isinstance(value, tuple):
            return self.several(name, value)
        return self.single(part, name, value)

    def single(self, part: type[Part], name: str, value: Any) -> str:
        """Return a number with its unit, a choice, or the name of what an id names."""
        example = value.middle if isinstance(value, Unknown) else value
        if not isinstance(example, str):
            return amount_text(value, unit_of_field(part.model_fields[name]), self.speak)

        def text(choice: str) -> str:
            known = f"{name}.{choice}"
            return self.speak(f"setting.{known}") if f"setting.{known}" in self.speak else self.named(name, choice)

        return known_or_range(value, text, self.speak)

    def several(self, name: str, values: tuple[Any, ...]) -> str:
        """Return a list of entries or of names in one line."""
        if isinstance(values[0], Division):
            return "; ".join(self.names.division(entry.id) for entry in values if isinstance(entry, Division))
        if isinstance(values[0], Part):
            return "; ".join(map(self.whole, values))
        if isinstance(values[0], OwnCode):
            return self.speak.joined([value.file for value in values])
        return self.speak.joined([self.named(name, value) for value in values])

    def named(self, name: str, value: str) -> str:
        """Return the name of what an id names, for the field that holds it."""
        if name in ("tasks", "task"):
            return self.names.task(value)
        if name in ("departments", "members", "department"):
            return self.department(value)
        if name == "division":
            return self.names.division(value)
        if name == "off":
            labels = {rule.name: self.speak.called(rule) for rule in RULES}
            return labels.get(value, value)
        units = [unit.id for unit in self.scenario.commissioners]
        groups = [group.id for group in self.scenario.civil_society]
        kind = "commissioner" if value in units else "civil_society" if value in groups else "leader"
        return self.names.payer(kind, value)

    def department(self, department: str) -> str:
        """Return the name of a department, in a smaller administration that of the function another one holds."""
        if any(entry.id == department for entry in self.names.house.departments):
            return self.names.department(department)
        label = next((entry.label for entry in load_catalogue().departments if entry.id == department), None)
        return words(department) if label is None else self.speak.label(label)

    def position(self, position: str, holder: Any) -> str:
        """Return the place of a unit, with the division, department or leader that is stated."""
        place = PLACES.get(position, "under")
        at = getattr(holder, place, None)
        known = f"position.{position}.mayor"
        if place == "under" and at in HOUSE:
            above = "mayor" if at is None and position != "deputy_mayor" else at
            if above == "mayor" and f"setting.{known}" in self.speak:
                return self.speak(f"setting.{known}")
            if above in (None, "deputy") and position == "deputy_mayor":
                return self.speak("setting.position.deputy_mayor")
        text = self.speak(f"setting.position.{position}")
        if position == "deputy_mayor" and at is not None:
            text = self.speak("setting.position.staff_unit")
        if at is None:
            return text
        return self.speak("setting.at", position=text, place=self.named(place, at))
