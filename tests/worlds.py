"""Small administrations for tests, and ways to move their worlds rule by rule."""

from __future__ import annotations

import types
from typing import Any

import numpy as np

from qsim.engine.overrides import open_parameters
from qsim.engine.prepare import prepare
from qsim.engine.run import run_rules
from qsim.mechanisms.month import NAMES, RULES
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number
from qsim.world.records import TABLES, World, recarrays

START = month_number("2015-01")

BASE: dict[str, Any] = {
    "kind": "scenario",
    "schema_version": 1,
    "id": "city",
    "label": {"de": "Stadt", "en": "City"},
    "start": "2015-01",
    "months": 24,
    "administration": {"departments": 10},
    "tasks": [{"id": "integration", "kind": "integration"}],
    "commissioners": [
        {
            "id": "unit",
            "tasks": ["integration"],
            "funding": [{"posts": 2, "start": "2014-01", "kind": "permanent"}],
        }
    ],
}


def load_as(name: str, *changes: str) -> Scenario:
    """Return a scenario that comes with qsim, with changes, under its own id and label."""
    scenario, plain = load_scenario(name, changes), load_scenario(name)
    return scenario.model_copy(update={"id": plain.id, "label": plain.label})


def city(**parts: Any) -> Scenario:
    """Return a small scenario (10 departments, one task, a staffed unit, two years) with some parts replaced."""
    return Scenario.model_validate({**BASE, **parts})


def unit(name: str = "unit", **parts: Any) -> dict[str, Any]:
    """Return the entry of a commissioner for integration with two permanent posts, with some parts replaced."""
    return {**BASE["commissioners"][0], "id": name, **parts}


def in_ranges(scenario: Scenario) -> Scenario:
    """Return a scenario that leaves every parameter of which it says nothing open, within its whole range."""
    parameters = {rule: dict(values) for rule, values in scenario.parameters.items()}
    for name, unknown in open_parameters(scenario).items():
        rule, _, parameter = name.partition(".")
        parameters.setdefault(rule, {}).setdefault(parameter, unknown)
    return scenario.model_copy(update={"parameters": parameters})


def world_of(scenario: Scenario, replicate: int = 0, seed: int = 1) -> World:
    """Return the world of a run at its start."""
    return prepare(scenario).blueprint.world(seed, replicate)


def run_rule(world: World, name: str, month: int) -> None:
    """Run a single rule of the month, whether or not it is switched on (with the first, flows start at zero)."""
    position = NAMES.index(name)
    kept = world.switches.copy()
    world.switches[:] = 1
    run_rules(world, month, position, position + 1)
    world.switches[:] = kept


def run_month(world: World, month: int) -> None:
    """Run all rules of a month that are switched on."""
    run_rules(world, month, 0, len(NAMES))


def run_months(world: World, months: int, start: int = START) -> None:
    """Run months one after another."""
    for month in range(start, start + months):
        run_month(world, month)


def snapshot(world: World) -> dict[str, np.ndarray]:
    """Return a copy of every declared field, by ``array.field``."""
    return {
        f"{table}.{field.name}": np.array(getattr(world, table)[field.name])
        for table, fields in TABLES.items()
        for field in fields
    }


def changed(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> set[str]:
    """Return the names of what differs between two snapshots."""
    return {name for name in before if not np.array_equal(before[name], after[name], equal_nan=True)}


def same_worlds(one: World, other: World) -> bool:
    """Return whether two worlds hold the same bits, but for the key and the switches."""
    return all(
        getattr(one, name).tobytes() == getattr(other, name).tobytes()
        for name in World._fields
        if name not in ("key", "switches")
    )


def off(*left: str) -> dict[str, Any]:
    """Return the part of a scenario that switches off all rules but these."""
    return {"off": tuple(name for name in NAMES if name not in left)}


_PLAIN: dict[Any, Any] = {}


def plain(function: Any) -> Any:
    """Return a compiled function, and all that it calls, as plain Python; worlds go in as :func:`open_world`."""
    source = getattr(function, "py_func", function)
    if source not in _PLAIN:
        scope = dict(source.__globals__)
        _PLAIN[source] = types.FunctionType(source.__code__, scope, source.__name__, source.__defaults__)
        for name in source.__code__.co_names:
            if hasattr(scope.get(name), "py_func"):
                scope[name] = plain(scope[name])
    return _PLAIN[source]


def open_world(world: World) -> World:
    """Return the same world as plain Python rules take it: a view on the same memory."""
    return recarrays(world)


def parameter(world: World, **values: float) -> World:
    """Set parameters of a world by the names of their fields, and return it."""
    names = {f"{rule.name}_{p.name}" for rule in RULES for p in rule.parameters}
    for name, value in values.items():
        assert name in names, name
        world.parameters[name] = value
    return world


def value_of(world: World, name: str) -> float:
    """Return a parameter of a world by the name of its field."""
    return float(world.parameters[name][0])


MONTHLY = 365.25 / 84.0
"""Weeks in a month: the interval of a format that meets once a month."""


def meeting(format_parts: dict[str, Any] | None = None, rules: tuple[str, ...] = ("formats",), **parts: Any) -> World:
    """Return a world of one format that meets monthly, with open departments that have time, and leaders who attend."""
    entry = {"id": "network", "tasks": ["integration"], "members": "all", "start": "2014-01", "interval_weeks": MONTHLY,
             "hours": 2.0, "quality": 0.8, **(format_parts or {})}  # fmt: skip
    parts = {"civil_society": [{"id": "clubs", "tasks": ["integration"], "expertise": 0.9, "engagement": 0.6}], **parts}
    world = world_of(city(formats=[entry], rules=off(*rules), **parts))
    world.units["filled"] = 1.0
    world.departments["hours"], world.departments["task_hours"] = 1000.0, 100.0
    world.stances["openness"], world.stances["time"], world.stances["knowledge"] = 0.8, 0.9, 0.3
    world.formats["served"] = 1.0
    world.support["attention"] = 0.3
    return world


def only(*names: str, **parts: Any) -> World:
    """Return the world of a city in which only these rules run."""
    return world_of(city(rules=off(*names), **parts))


def busy(**parts: Any) -> Scenario:
    """Return a city with something of everything, and unknown values."""
    return city(
        tasks=[{"id": "integration", "kind": "integration", "need": {"between": [0.4, 0.8]}}],
        formats=[
            {"id": "network", "tasks": ["integration"], "owner": "unit", "start": "2014-01", "interval_weeks": 6,
             "channels": {"meet": 0.8, "learn": 0.4, "tie": 0.3, "decide": 0.3}, "rank": "mixed",
             "civil_society": ["clubs"]},
        ],
        concepts=[{"id": "concept", "tasks": ["integration"], "adopted": "2013-05", "council": True}],
        civil_society=[{"id": "clubs", "tasks": ["integration"]}],
        **parts,
    )  # fmt: skip


def staffed(filled: float = 2.0, **parts: Any) -> World:
    """Return a world in which only outreach runs, with staffed units and departments that have hours for the task."""
    world = world_of(city(rules=off("outreach"), **parts))
    world.units["filled"] = filled
    world.departments["hours"], world.departments["task_hours"] = 2000.0, 900.0
    world.stances["time"] = 0.8
    return world
