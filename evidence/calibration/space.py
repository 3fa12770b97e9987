"""What calibration may move: parameters that no public figure sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qsim.mechanisms.month import RULES
from qsim.runs.designs import Variable, named
from qsim.scenario.schema import Scenario
from qsim.world.parameters import PARAMETERS


@dataclass(frozen=True, kw_only=True)
class Dimension(Variable):
    """A variable that calibration moves within its plausible range, and its present default."""

    default: float


def dimensions() -> tuple[Dimension, ...]:
    """Return all dimensions: parameters in the order of the rules, within their plausible ranges."""
    return tuple(
        _dimension(f"{rule.name}.{p.name}", f"{PARAMETERS}{rule.name}.{p.name}", p.low, p.high, p.default)
        for rule in RULES
        for p in rule.parameters
        if p.grade != "public figure"
    )


def _dimension(name: str, key: str, low: float, high: float, default: float) -> Dimension:
    label, unit = named(key)
    return Dimension(id=name, label=label, unit=unit, low=low, high=high, default=default)


def placed(scenario: Scenario, point: Mapping[str, float]) -> Scenario:
    """Return a scenario with the values of a point, but for what the scenario states itself."""
    parameters = {rule: dict(values) for rule, values in scenario.parameters.items()}
    for key, value in point.items():
        group, _, name = key.partition(".")
        parameters.setdefault(group, {}).setdefault(name, value)
    return scenario.model_copy(update={"parameters": parameters})
