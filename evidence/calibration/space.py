"""What calibration may move: parameters that no public figure sets, and starting levels that scenarios leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qsim.mechanisms.month import RULES
from qsim.runs.designs import Variable, named
from qsim.scenario.schema import Scenario, Task
from qsim.scenario.structure import Administration
from qsim.world.parameters import PARAMETERS

TASKS = "tasks"
ADMINISTRATION = "administration"


@dataclass(frozen=True, kw_only=True)
class Dimension(Variable):
    """A variable that calibration moves within its plausible range, and its present default."""

    default: float


LEVELS = {
    f"{TASKS}.knowledge": (0.08, 0.3),
    f"{TASKS}.process_knowledge": (0.05, 0.25),
    f"{ADMINISTRATION}.communication_culture": (0.35, 0.5),
}
"""Plausible ranges of starting levels; assumptions."""


def dimensions() -> tuple[Dimension, ...]:
    """Return all dimensions: parameters in the order of the rules, within their plausible ranges, then starting levels."""
    parameters = [
        _dimension(f"{rule.name}.{p.name}", f"{PARAMETERS}{rule.name}.{p.name}", p.low, p.high, p.default)
        for rule in RULES
        for p in rule.parameters
        if p.grade != "public figure"
    ]
    levels = [_dimension(key, key, low, high, _default(key)) for key, (low, high) in LEVELS.items()]
    return (*parameters, *levels)


def _dimension(name: str, key: str, low: float, high: float, default: float) -> Dimension:
    label, unit = named(key)
    return Dimension(id=name, label=label, unit=unit, low=low, high=high, default=default)


def placed(scenario: Scenario, point: Mapping[str, float]) -> Scenario:
    """Return a scenario with the values of a point, but for what the scenario states itself."""
    parameters = {rule: dict(values) for rule, values in scenario.parameters.items()}
    levels: dict[str, dict[str, float]] = {TASKS: {}, ADMINISTRATION: {}}
    for key, value in point.items():
        group, _, name = key.partition(".")
        if key in LEVELS:
            levels[group][name] = value
        else:
            parameters.setdefault(group, {}).setdefault(name, value)
    tasks = tuple(_open(task, levels[TASKS]) for task in scenario.tasks)
    administration = _open(scenario.administration, levels[ADMINISTRATION])
    return scenario.model_copy(update={"parameters": parameters, "tasks": tasks, "administration": administration})


def _open(part: Any, values: Mapping[str, float]) -> Any:
    """Return a part of a scenario with the values that it leaves to their defaults."""
    return part.model_copy(update={name: v for name, v in values.items() if name not in part.model_fields_set})


def _default(key: str) -> float:
    group, _, name = key.partition(".")
    model = Task if group == TASKS else Administration
    return float(model.model_fields[name].default)
