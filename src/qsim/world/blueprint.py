"""From a scenario to worlds: the arrays are laid out once, then every run copies them and draws what is open."""

from __future__ import annotations

import numba
import numpy as np

from qsim.scenario.house import House, build_house
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown
from qsim.world import fill, fill_calendar
from qsim.world.handle import reference
from qsim.world.initial import initialise
from qsim.world.layout import Layout
from qsim.world.records import World, recarrays
from qsim.world.unknowns import drawn_value, find_unknowns, is_structural, replaced, setting_uniforms, unknown_slot


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
        self, seed: int, replicate: int, setting: int, draws: dict[str, float], overrides: dict[str, Unknown]
    ) -> World:
        """Return a new world of a run, initialised, its unknown numbers drawn from the uniform ``draws`` by key.

        ``overrides`` maps ``<rule>.<parameter>`` to unknown values.
        """
        world = World(*(array.copy() for array in self.template))
        for name, unknown in overrides.items():
            world.parameters[name.replace(".", "_")] = drawn_value(unknown, draws[f"parameters.{name}"])
        for place, word, key, unknown, whole in self.patches:
            world[place].reshape(-1).view(np.float64)[word] = drawn_value(unknown, draws[key], whole)
        world.key["seed"] = seed
        world.key["replicate"] = replicate
        world.key["setting"] = setting
        world.key["start"] = self.scenario.start
        if numba.config.DISABLE_JIT:
            world = recarrays(world)
        initialise(reference(world))
        return world


class Blueprint:
    """All worlds of a scenario, for any seed, replicate and setting.

    ``parameters`` is an array of one record, ``switches`` (rules,) of ones and zeros, ``overrides`` maps names of
    parameters to numbers or unknowns. A setting is a set of draws of everything unknown: two scenarios with the same
    setting draw the same for the same key.
    """

    def __init__(
        self,
        scenario: Scenario,
        parameters: np.ndarray,
        switches: np.ndarray,
        overrides: dict[str, Unknown] | None = None,
    ) -> None:
        self.scenario = scenario
        self._parameters = parameters
        self._switches = switches
        self._overrides = overrides or {}
        found = [(key, unknown) for key, unknown in find_unknowns(scenario) if not key.startswith("parameters.")]
        self.unknowns: dict[str, Unknown] = dict(found) | {
            f"parameters.{name}": unknown for name, unknown in self._overrides.items()
        }
        self._slots = np.array([unknown_slot(key) for key in self.unknowns], dtype=np.int64)
        self._structural = [key for key, unknown in found if is_structural(key, unknown)]
        self._plans: dict[tuple[object, ...], Plan] = {}

    def plan(self, seed: int, setting: int) -> tuple[Plan, dict[str, float]]:
        """Return the laid-out arrays of a setting (from memory, if it had the same structure) and its uniform draws."""
        uniforms = setting_uniforms(seed, setting, self._slots)
        draws = {key: float(u) for key, u in zip(self.unknowns, uniforms, strict=True)}
        values = {key: drawn_value(self.unknowns[key], draws[key], whole=True) for key in self._structural}
        choice = tuple(values.items())
        if choice not in self._plans:
            scenario = replaced(self.scenario, values) if values else self.scenario
            self._plans[choice] = Plan(scenario, self._parameters, self._switches)
        return self._plans[choice], draws

    def world(self, seed: int, replicate: int, setting: int | None = None) -> World:
        """Return the world of run ``replicate``; without a ``setting`` the unknown is drawn with the replicate."""
        setting = replicate if setting is None else setting
        plan, draws = self.plan(seed, setting)
        return plan.world(seed, replicate, setting, draws, self._overrides)
