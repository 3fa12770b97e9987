"""From a scenario to worlds: the arrays are laid out once, then every run copies them and draws what is open."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import lru_cache, partial
from typing import Any

import numpy as np

from qsim.scenario.house import House, build_house
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown
from qsim.world import fill, fill_calendar
from qsim.world.compiling import uncompiled
from qsim.world.draws import wide_slot
from qsim.world.initial import initialise
from qsim.world.layout import Layout
from qsim.world.parameters import PARAMETERS, parameter_field
from qsim.world.records import World, recarrays, reference
from qsim.world.unknowns import drawn_value, find_unknowns, is_structural, replaced, setting_uniforms

KEPT = 256
"""Structures that are remembered."""

Address = tuple[int, int, int]
"""Seed, replicate and setting of a run."""


class Plan:
    """The arrays of one scenario whose structure is known, and the unknown numbers to be written into a copy."""

    def __init__(self, scenario: Scenario, parameters: np.ndarray, switches: np.ndarray) -> None:
        self.scenario = scenario
        self.house: House = build_house(scenario)
        layout = Layout(scenario)
        fill.fill_administration(layout, scenario, self.house)
        fill.fill_leaders(layout, scenario, self.house)
        fill.fill_units(layout, scenario, self.house)
        fill_calendar.fill_groups(layout, scenario)
        fill_calendar.fill_formats(layout, scenario, self.house)
        fill_calendar.fill_concepts(layout, scenario, self.house)
        fill_calendar.fill_chains(layout, self.house)
        fill_calendar.fill_events(layout, scenario, self.house)
        fill_calendar.fill_scratch(layout, scenario, self.house, switches.size)
        layout.arrays["switches"][:] = switches
        layout.arrays["parameters"] = parameters
        self.template = layout.world()
        self.patches = [(World._fields.index(name), word, key, unknown, whole)
                        for name, word, key, unknown, whole in layout.patches]  # fmt: skip

    def world(
        self, address: Address, parameters: np.ndarray, stated: Mapping[str, Any], draws: Mapping[str, float]
    ) -> World:
        """Return a new world of a run, initialised, its unknown numbers as ``stated`` by key, else by their uniform ``draws``.

        ``parameters`` is an array of one record.
        """
        world = World(*(array.copy() for array in self.template))
        world.parameters[:] = parameters
        for place, word, key, unknown, whole in self.patches:
            value = stated[key] if key in stated else drawn_value(unknown, draws[key], whole)
            world[place].reshape(-1).view(np.float64)[word] = value
        world.key["seed"], world.key["replicate"], world.key["setting"] = address
        world.key["start"] = self.scenario.start
        if uncompiled():
            world = recarrays(world)
        initialise(reference(world))
        return world


class _Plans:
    """The plans of a scenario, each laid out when it is asked for first; the last are remembered, but not pickled."""

    def __init__(self, *parts: Any) -> None:
        self.parts = parts
        self.of = lru_cache(KEPT)(partial(_laid_out, *parts))

    def __reduce__(self) -> tuple[type[_Plans], tuple[Any, ...]]:
        return _Plans, self.parts


def _laid_out(
    scenario: Scenario, parameters: np.ndarray, switches: np.ndarray, choice: tuple[tuple[str, Any], ...]
) -> Plan:
    """Return the plan of a scenario with a choice, by key, of all that its structure depends on."""
    return Plan(replaced(scenario, dict(choice)) if choice else scenario, parameters, switches)


class Blueprint:
    """All worlds of a scenario, for any seed, replicate and setting.

    ``parameters`` (rows,) are records of all parameters: setting s has row s, after the last the first again. ``switches``
    (rules,) are ones and zeros, ``overrides`` maps names of parameters to unknowns. A setting is such a row and a set of
    draws of everything unknown: two scenarios with the same setting draw the same for the same key. Arrays are laid out
    once for each structure; the last :data:`KEPT` are remembered.
    """

    def __init__(
        self,
        scenario: Scenario,
        parameters: np.ndarray,
        switches: np.ndarray,
        overrides: Mapping[str, Unknown] | None = None,
    ) -> None:
        self.scenario = scenario
        self.parameters = parameters
        of_scenario = {key: unknown for key, unknown in find_unknowns(scenario) if not key.startswith(PARAMETERS)}
        of_rules = {f"{PARAMETERS}{name}": unknown for name, unknown in (overrides or {}).items()}
        self.structural = {key: unknown for key, unknown in of_scenario.items() if is_structural(key, unknown)}
        self._stated: dict[str, Any] = {}
        self._leave_open(of_scenario | of_rules)
        self._plans = _Plans(scenario, parameters[:1], switches)

    def at(self, values: Mapping[str, Any]) -> Blueprint:
        """Return the same worlds with values, by key, in place of what is unknown or of ``parameters.<rule>.<name>``.

        What was laid out is shared, so this costs next to nothing. Raise ValueError for a key that is neither.
        """
        varied = copy(self)
        varied.parameters = self.parameters.copy()
        for key, value in values.items():
            field = parameter_field(key)
            if field is not None:
                varied.parameters[field] = value
            elif key not in self.unknowns and key not in self._stated:
                raise ValueError(f"{key} is neither a parameter nor unknown in this scenario")
        varied._stated = {**self._stated, **values}
        varied._leave_open({key: unknown for key, unknown in self.unknowns.items() if key not in values})
        return varied

    def with_parameters(self, parameters: np.ndarray) -> Blueprint:
        """Return the same worlds with other rows of parameters, which hold whatever the scenario states of them.

        What was laid out is shared, so this costs next to nothing.
        """
        varied = copy(self)
        varied.parameters = parameters
        return varied

    def row(self, setting: int) -> np.ndarray:
        """Return the parameters of a setting, an array of one record, before the unknown ones are drawn."""
        place = setting % self.parameters.size
        return self.parameters[place : place + 1]

    def _leave_open(self, unknowns: dict[str, Unknown]) -> None:
        self.unknowns = unknowns
        self._slots = np.array([wide_slot(key) for key in unknowns], dtype=np.int64)
        fields = ((key, parameter_field(key), unknown) for key, unknown in unknowns.items())
        self._open_parameters = [(key, field, unknown) for key, field, unknown in fields if field is not None]

    def plan(self, seed: int, setting: int) -> tuple[Plan, dict[str, float]]:
        """Return the laid-out arrays of a setting (from memory, if it had the same structure) and its uniform draws."""
        uniforms = setting_uniforms(seed, setting, self._slots)
        draws = {key: float(u) for key, u in zip(self.unknowns, uniforms, strict=True)}
        choice = [
            (key, self._stated[key] if key in self._stated else drawn_value(unknown, draws[key], whole=True))
            for key, unknown in self.structural.items()
        ]
        return self._plans.of(tuple(choice)), draws

    def world(self, seed: int, replicate: int, setting: int | None = None) -> World:
        """Return the world of run ``replicate``; without a ``setting`` the unknown is drawn with the replicate."""
        setting = replicate if setting is None else setting
        plan, draws = self.plan(seed, setting)
        parameters = self.row(setting).copy()
        for key, field, unknown in self._open_parameters:
            parameters[field] = drawn_value(unknown, draws[key])
        return plan.world((seed, replicate, setting), parameters, self._stated, draws)
