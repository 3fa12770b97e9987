"""The worlds of a scenario for a page: images of all its structures, what is drawn for each setting, what a control may change.

A control is a key of the scenario with what it may be: a range of numbers, or some choices. Its words in the image are
found by leaving it open; then they hold what the scenario says. A choice that changes the structure has an image of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from qsim.browser.image import Image, image_of
from qsim.engine.prepare import Prepared, payers_of
from qsim.engine.rows import SETTINGS
from qsim.files.changes import changed
from qsim.files.keys import value_at
from qsim.files.messages import InputError
from qsim.scenario.loading import checked_scenario
from qsim.scenario.schema import SCENARIO, Scenario
from qsim.scenario.values import Unknown
from qsim.world.blueprint import Plan
from qsim.world.draws import wide_slot
from qsim.world.parameters import PARAMETERS
from qsim.world.records import World
from qsim.world.unknowns import drawn_value, is_structural, setting_uniforms

MOST_STRUCTURES = 200
"""Structures of one scenario that a page holds at most."""

ROOMS = "posts"
"""The one array that a range makes longer: it has room for the most posts there may be."""

Words = list[tuple[int, int]]
"""Offsets in an image, in bytes, each with the word that stands there as a number without a sign."""

Choice = tuple[Any, ...]
"""The values of all keys on which the structure hangs, in order."""


@dataclass(frozen=True)
class Structure:
    """One structure of a scenario: its image, and the rows that its departments and payers have in sums of all.

    ``options`` hold for each control that is written as words, and for each of its options, the words of 64 bits.
    """

    choice: Choice
    image: Image
    departments: list[int]
    payers: list[int]
    options: Mapping[str, list[Words]] = field(default_factory=dict)


class Worlds:
    """The worlds of a scenario in the first ``settings`` of the ensemble, for one seed.

    ``controls`` map keys to what they may be. Raise ValueError for a control that has no number in the image, InputError
    for a key or a range that the scenario does not allow.
    """

    def __init__(
        self,
        scenario: Scenario,
        settings: int = SETTINGS,
        seed: int = 1,
        controls: Mapping[str, Unknown] | None = None,
    ) -> None:
        if scenario.observed:
            text = "a page that runs by itself does not choose among settings by what was observed; leave it out"
            raise InputError.about(scenario.id, text, "observed")
        self.scenario = scenario
        self.settings = settings
        self.seed = seed
        self.controls = dict(controls or {})
        self.options: dict[str, tuple[Any, ...]] = {}
        """What a control that is written as words may be, by its key."""
        self.ranges: dict[str, tuple[float, float | None]] = {}
        """The least and the most that a number may be, where that is not what the scenario says; None is no end."""
        in_image = {key: unknown for key, unknown in self.controls.items() if not key.startswith(PARAMETERS)}
        structural = {key: unknown for key, unknown in in_image.items() if is_structural(key, unknown)}
        self.prepared = Prepared(_open(scenario, in_image), plausible=True)
        self._known = Prepared(_open(scenario, structural), plausible=True)
        own = Prepared(scenario, plausible=True).blueprint.unknowns
        self.unknowns = {**self.controls, **self.prepared.blueprint.unknowns, **own}
        self.stated = {key: value_at(scenario, key) for key in structural if key not in own}
        self.open = list(own)
        found = {key for _, _, key, _, _ in self.prepared.reference.patches} | set(self.structural)
        for key in in_image.keys() - found:
            raise ValueError(f"{key} has no number in the image of {scenario.id}")
        slots = np.array([wide_slot(key) for key in self.unknowns], dtype=np.int64)
        self.uniforms = np.array([setting_uniforms(seed, setting, slots) for setting in range(settings)])
        """One draw (settings, unknowns) for each key of ``unknowns``: what is open, and the controls."""

    @property
    def parameters(self) -> np.ndarray:
        """The parameters (settings, names) before unknown ones are drawn, in the order of their record."""
        rows = [self.prepared.blueprint.row(setting) for setting in range(self.settings)]
        return np.concatenate(rows).view(np.float64).reshape(self.settings, -1)

    @property
    def structural(self) -> list[str]:
        """The keys on which the structure hangs, in the order of a choice."""
        return list(self.prepared.blueprint.structural)

    def structures(self) -> Iterator[Structure]:
        """Yield all structures: those of the settings, with every choice of each control; raise ValueError for too many."""
        choices = dict.fromkeys(choice for setting in range(self.settings) for choice in self._choices(setting))
        if len(choices) > MOST_STRUCTURES:
            raise ValueError(f"{self.scenario.id} has {len(choices)} structures; {MOST_STRUCTURES} fit a page")
        for choice in choices:
            values = dict(zip(self.structural, choice, strict=True))
            plan, known = (each.blueprint.at(values).plan(self.seed, 0)[0] for each in (self.prepared, self._known))
            image = image_of(plan, self._template(plan, known), self.seed)
            rows = [self.prepared.house.department_index(department.id) for department in plan.house.departments]
            payers = [self.prepared.payers.index(payer) for payer in payers_of(plan.house, plan.scenario)]
            yield Structure(choice, image, rows, payers)

    def _choices(self, setting: int) -> Iterator[Choice]:
        """Yield the choices that a setting can come to: what is drawn for it, and all that a control may be."""
        options = []
        for key in self.structural:
            drawn = drawn_value(self.unknowns[key], self.uniforms[setting, list(self.unknowns).index(key)], whole=True)
            own = [drawn] if key in self.open else []
            options.append(dict.fromkeys([*own, *(_all_of(self.controls[key]) if key in self.controls else ())]))
        return itertools.product(*options)

    def _template(self, plan: Plan, known: Plan) -> World:
        """Return the template of a plan with what the scenario says of controls, from a plan in which they are not open.

        Raise ValueError if they differ in anything else: a control changes no more than its words.
        """
        template = World(*(array.copy() for array in plan.template))
        for place, word, key, _, _ in plan.patches:
            if key in self.controls and key not in self.open and template[place].shape == known.template[place].shape:
                template[place].reshape(-1).view(np.float64)[word] = _words(known.template[place])[word]
        for name, one, other in zip(World._fields, template, known.template, strict=True):
            if name != ROOMS and one.tobytes() != other.tobytes():
                raise ValueError(f"leaving {', '.join(self.controls)} open changes {name} of {self.scenario.id}")
        return template


def _words(array: np.ndarray) -> np.ndarray:
    words: np.ndarray = array.reshape(-1).view(np.float64)
    return words


def _all_of(unknown: Unknown) -> tuple[Any, ...]:
    """Return all that a control on which the structure hangs may be."""
    if unknown.one_of is not None:
        return unknown.one_of
    return tuple(float(value) for value in range(int(unknown.smallest), int(unknown.largest) + 1))


def _open(scenario: Scenario, controls: Mapping[str, Unknown]) -> Scenario:
    """Return a scenario that leaves controls open, under its own id and label; it must have been read from a file."""
    if not controls:
        return scenario
    root = scenario._origin.root
    if root is None:
        raise ValueError("controls need a scenario that was read from a file")
    return checked_scenario(
        changed(SCENARIO, root, {key: as_written(each) for key, each in controls.items()}), scenario.id
    )


def as_written(unknown: Unknown) -> dict[str, list[Any]]:
    """Return an unknown as a file has it; whole numbers are written as such, as months are."""
    name = "between" if unknown.one_of is None else "one_of"
    values = getattr(unknown, name)
    return {name: [int(one) if isinstance(one, float) and one.is_integer() else one for one in values]}
