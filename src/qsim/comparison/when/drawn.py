"""What was drawn in each plausible setting: everything that the rules and the scenarios leave open, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qsim.comparison.when.boxes import numbered
from qsim.engine.overrides import parameter_of
from qsim.engine.prepare import Prepared
from qsim.mechanisms.month import RULES
from qsim.runs.designs import Variable, named
from qsim.runs.readings import Array
from qsim.scenario.values import Unknown
from qsim.world.blueprint import Plan
from qsim.world.parameters import PARAMETERS, parameter_field
from qsim.world.unknowns import drawn_value, is_structural

DEPARTMENTS = "administration.departments"
PARAMETER_KEYS = tuple(f"{PARAMETERS}{rule.name}.{p.name}" for rule in RULES for p in rule.parameters)
"""The keys of all parameters, in the order of the rules."""


@dataclass(frozen=True)
class Drawn:
    """The values of what is open: ``values`` (settings, factors), the place of its level where a factor has levels.

    The id of a factor is its key; ``unknowns`` says for each what is known of it, ``origins`` which of the twins, by its
    place, leaves it open.
    """

    factors: tuple[Variable, ...]
    unknowns: tuple[Unknown, ...]
    origins: tuple[int, ...]
    values: Array

    def some(self, which: Any) -> Drawn:
        """Return the table of some settings, by a mask or by places."""
        return Drawn(self.factors, self.unknowns, self.origins, self.values[which])


def drawn(twins: Sequence[Prepared], seed: int, settings: Sequence[int]) -> Drawn:
    """Return what twins that share their draws have in each setting.

    All keys count that any of the twins leaves open; where they leave different ranges open, the values are those of the
    first that does: the draw, and so the order of the settings, is the same. Keys that nothing uses (facts, dates of
    events that are only told, parameters of rules that are off) and those that never differ are left out. Months after
    the end of the run are all alike: they count as the first one after it.
    """
    result: dict[str, tuple[Unknown, int, Variable, Array]] = {}
    for place, twin in enumerate(twins):
        draws, plans = _uniforms(twin, seed, settings)
        months = {key for plan in plans for _, _, key, _, whole in plan.patches if whole}
        for key, values in _settings_of(twin, settings).items():
            if key not in result:
                result[key] = _range_of(key), place, Variable(key, *named(key)), values
        for key in _used(twin, plans).difference(result):
            unknown = twin.blueprint.unknowns[key]
            factor, values = _column(key, unknown, draws[key], key in months)
            if factor.months:
                values = np.minimum(values, twin.scenario.start + twin.scenario.months)
            result[key] = unknown, place, factor, values
    order = {key: place for place, key in enumerate(key for twin in twins for key in twin.blueprint.unknowns)}
    rules = {key: place for place, key in enumerate(PARAMETER_KEYS)}
    keys = sorted((key for key in result if np.ptp(result[key][3]) > 0.0),
                  key=lambda key: (key not in rules, rules.get(key, order.get(key, 0))))  # fmt: skip
    unknowns, origins, factors, columns = zip(*(result[key] for key in keys), strict=True) if keys else ((), (), (), ())
    values = np.column_stack(columns) if columns else np.empty((len(settings), 0))
    return Drawn(factors, unknowns, origins, values)


def _settings_of(twin: Prepared, settings: Sequence[int]) -> dict[str, Array]:
    """Return by key what the ensemble says, in each setting, of the parameters that a twin leaves to it."""
    blueprint = twin.blueprint
    rows = np.concatenate([blueprint.row(setting) for setting in settings])
    off = _off(twin)
    return {
        key: rows[parameter_field(key)].astype(np.float64)
        for key in PARAMETER_KEYS
        if key not in blueprint.unknowns and not (off and key.startswith(off))
    }


def _range_of(key: str) -> Unknown:
    """Return the range of a parameter as something that nobody knows."""
    parameter = parameter_of(key)
    assert parameter is not None
    return Unknown(between=(parameter.low, parameter.high))


def _off(twin: Prepared) -> tuple[str, ...]:
    """Return how the keys of the parameters begin whose rules are off."""
    return tuple(f"{PARAMETERS}{rule}." for rule in twin.scenario.rules.off)


def _uniforms(twin: Prepared, seed: int, settings: Sequence[int]) -> tuple[dict[str, list[float]], list[Plan]]:
    """Return the uniform draws of a twin by key, one a setting, and the plans that these settings have."""
    draws: dict[str, list[float]] = {key: [] for key in twin.blueprint.unknowns}
    plans: dict[int, Plan] = {}
    for setting in settings:
        plan, uniforms = twin.blueprint.plan(seed, setting)
        plans[id(plan)] = plan
        for key, u in uniforms.items():
            draws[key].append(u)
    return draws, list(plans.values())


def _used(twin: Prepared, plans: Sequence[Plan]) -> set[str]:
    """Return the keys whose values reach the runs of a twin."""
    off = _off(twin)
    written = {key for plan in plans for _, _, key, _, _ in plan.patches}
    return {
        key
        for key, unknown in twin.blueprint.unknowns.items()
        if key in written
        or is_structural(key, unknown)
        or (key.startswith(PARAMETERS) and not (off and key.startswith(off)))
    }


def _column(key: str, unknown: Unknown, draws: Sequence[float], months: bool) -> tuple[Variable, Array]:
    """Return a factor and its values (settings,)."""
    whole = months or key == DEPARTMENTS
    drawn_here = [drawn_value(unknown, u, whole) for u in draws]
    label, unit = named(key)
    if unknown.one_of is not None and any(isinstance(value, (str, tuple)) for value in unknown.one_of):
        levels, places = numbered([_text(value) for value in drawn_here])
        return Variable(key, label, levels=levels), places
    return Variable(key, label, whole=key == DEPARTMENTS, months=months, unit=unit), np.array(drawn_here, dtype=float)


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
