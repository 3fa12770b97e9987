"""The names under which people know scenarios and what is in them, and the terms of results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from string import ascii_uppercase
from typing import Any

from qsim.present.words.speaker import Speaker
from qsim.scenario.checks import largest_size
from qsim.scenario.house import House, build_house
from qsim.scenario.schema import Scenario

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
    marks = ids if len(set(ids)) == len(ids) else [letter(position) for position in range(len(ids))]
    return [
        f"{label} ({mark})" if labels.count(label) > 1 else label for label, mark in zip(labels, marks, strict=True)
    ]


class Names:
    """The names in one scenario, in one language; an id without a label is named by its words."""

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
        return self._label(task, self.scenario.tasks)

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
        return str(self.speak.label(label)) if label else words(wanted)
