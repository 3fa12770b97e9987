"""From a scenario to worlds: the arrays are laid out once; every run begins with them and its own words, and draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import cache, lru_cache, partial
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np

from qsim.scenario.house import House, build_house
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown
from qsim.world import fill, fill_calendar
from qsim.world.compiling import uncompiled
from qsim.world.draws import wide_slot
from qsim.world.initial import begin
from qsim.world.layout import Layout
from qsim.world.parameters import PARAMETERS, parameter_field
from qsim.world.records import World, gathered, recarrays, reference, spread
from qsim.world.unknowns import drawn_numbers, drawn_value, find_unknowns, is_structural, replaced, setting_uniforms

KEPT = 256
"""Structures that are remembered."""

ADDRESS = 3
"""Words of the address of a run: seed, replicate and setting."""

Rows = Sequence[tuple[int, int]]
"""Replicate and setting of some runs."""


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
        layout.arrays["key"]["start"] = scenario.start
        self.memory, self.template = gathered(layout.world())
        self.patches = [(World._fields.index(name), word, key, unknown, whole)
                        for name, word, key, unknown, whole in layout.patches]  # fmt: skip
        first = np.cumsum([0, *(array.nbytes // 8 for array in self.template)])
        own = [first[0] + np.arange(ADDRESS), first[2] + np.arange(parameters.itemsize // 8)]
        self.places = np.concatenate([*own, [first[place] + word for place, word, *_ in self.patches]]).astype(np.int64)
        """Where the words lie that differ from run to run: the address, the parameters, the unknown numbers."""


class Start(NamedTuple):
    """What some runs of one plan begin with, ``words`` (runs, places): each run is the template with its own words."""

    plan: Plan
    words: np.ndarray

    def world(self, run: int = 0) -> World:
        """Return a new world of one of the runs, initialised."""
        memory = self.plan.memory.copy()
        world = spread(memory, self.plan.template)
        begin(reference(world), memory, self.plan.memory, self.plan.places, self.words[run])
        return recarrays(world) if uncompiled() else world


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
        varied.parameters = _picked(self.parameters, slice(None))
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

    def _leave_open(self, unknowns: dict[str, Unknown]) -> None:
        self.unknowns = unknowns
        self._slots = np.array([wide_slot(key) for key in unknowns], dtype=np.int64)
        fields = ((key, parameter_field(key), unknown) for key, unknown in unknowns.items())
        self._open_parameters = [(key, field, unknown) for key, field, unknown in fields if field is not None]

    def plan(self, seed: int, setting: int) -> tuple[Plan, dict[str, float]]:
        """Return the laid-out arrays of a setting (from memory, if it had the same structure) and its uniform draws."""
        uniforms = setting_uniforms(seed, self.settled(setting), self._slots)
        draws = {key: float(u) for key, u in zip(self.unknowns, uniforms, strict=True)}
        return self._plan(draws), draws

    def starts(self, seed: int, rows: Rows) -> Iterator[Start]:
        """Yield what runs begin with, in order: as many at once as follow each other with the same structure."""
        replicates, given = np.array(rows, dtype=np.int64).reshape(-1, 2).T
        settings, of = np.unique(given, return_inverse=True)
        uniforms = np.array([setting_uniforms(seed, self.settled(int(setting)), self._slots) for setting in settings])
        draws = dict(zip(self.unknowns, uniforms.T, strict=True))
        parameters = self.held(self.values(settings, draws)).view(np.uint64).reshape(settings.size, -1)
        address = np.stack(
            [np.full(len(rows), seed, np.uint64), replicates.view(np.uint64), given.view(np.uint64)], axis=1
        )
        plans = [self._plan({key: u[n] for key, u in draws.items()}) for n in range(settings.size)]
        numbers_of = cache(lambda plan: self._numbers(plan, draws, settings.size).view(np.uint64))
        first = 0
        for plan, group in groupby(plans[n] for n in of):
            last = first + sum(1 for _ in group)
            numbers = numbers_of(plan)
            own = of[first:last]
            yield Start(plan, np.concatenate([address[first:last], parameters[own], numbers[own]], axis=1))
            first = last

    def world(self, seed: int, replicate: int, setting: int | None = None) -> World:
        """Return the world of run ``replicate``; without a ``setting`` the unknown is drawn with the replicate."""
        (start,) = self.starts(seed, [(replicate, replicate if setting is None else setting)])
        return start.world()

    def settled(self, setting: int) -> int:
        """Return the setting that stands in the place of one: itself, as long as no facts choose among them."""
        return setting

    def row(self, setting: int) -> np.ndarray:
        """Return the parameters of a setting, an array of one record, before the unknown ones are drawn."""
        place = self.settled(setting) % self.parameters.size
        return self.parameters[place : place + 1]

    def values(self, settings: np.ndarray, draws: Mapping[str, np.ndarray]) -> np.ndarray:
        """Return all parameters of some settings (settings,), records, from their uniform ``draws`` (settings,) by key."""
        rows = [self.settled(int(setting)) % self.parameters.size for setting in settings]
        records = _picked(self.parameters, rows)
        for key, field, unknown in self._open_parameters:
            records[field] = drawn_numbers(unknown, draws[key])
        return records

    def held(self, values: np.ndarray) -> np.ndarray:
        """Return of all parameters (settings,) those that worlds hold."""
        return values

    def _plan(self, draws: Mapping[str, float]) -> Plan:
        """Return the plan of a setting with these uniform draws."""
        choice = [
            (key, self._stated[key] if key in self._stated else drawn_value(unknown, float(draws[key]), whole=True))
            for key, unknown in self.structural.items()
        ]
        return self._plans.of(tuple(choice))

    def _numbers(self, plan: Plan, draws: Mapping[str, np.ndarray], settings: int) -> np.ndarray:
        """Return the numbers that are unknown in a plan (settings, patches): as stated, else by their draws."""
        numbers = np.empty((settings, len(plan.patches)))
        for n, (_, _, key, unknown, whole) in enumerate(plan.patches):
            numbers[:, n] = self._stated[key] if key in self._stated else drawn_numbers(unknown, draws[key], whole)
        return numbers


def _picked(records: np.ndarray, rows: list[int] | slice) -> np.ndarray:
    """Return a copy of some records of parameters (rows,): as numbers, as NumPy copies records field by field."""
    numbers = records.view(np.float64).reshape(records.size, -1)[rows].copy()
    return numbers.view(records.dtype).reshape(-1)
