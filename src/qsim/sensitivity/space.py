"""What can be varied in a scenario: all parameters of the rules in their plausible ranges, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qsim.comparison.when.study import unit_of
from qsim.engine.overrides import all_parameters, chosen_parameters
from qsim.mechanisms.month import RULES
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Label, Unknown
from qsim.world.unknowns import find_unknowns

PARAMETERS = "parameters."
FACTS = "facts["
DATES = ("start", "end", "date", "adopted", "next_election")
"""Last names of the keys that are months."""


@dataclass(frozen=True)
class Opened:
    """A key that an experiment opens: what it is called, and whether its range is covered evenly in the logarithm."""

    label: Label
    log: bool = False


@dataclass(frozen=True)
class Dimension:
    """One thing that is varied: the key of a scenario, what is known of its value, and its name for people."""

    key: str
    unknown: Unknown
    label: Label
    unit: str = ""
    log: bool = False

    @property
    def is_month(self) -> bool:
        """Whether the values are months."""
        return self.key.rpartition(".")[2] in DATES

    @property
    def parameter(self) -> str | None:
        """The field ``<rule>_<name>`` of the parameter that this is, None for a key of the scenario."""
        if not self.key.startswith(PARAMETERS):
            return None
        return self.key.removeprefix(PARAMETERS).replace(".", "_", 1)

    def draw(self, u: float) -> float:
        """Return where between its ends, from 0 to 1, the value lies for a place ``u`` in the unit cube."""
        if not self.log:
            return u
        assert self.unknown.between is not None
        low, high = self.unknown.between
        return float((low * (high / low) ** u - low) / (high - low))


def all_dimensions(
    scenario: Scenario, opened: Mapping[str, Opened] | None = None, parameters: bool = True
) -> tuple[Dimension, ...]:
    """Return the parameters in the order of the rules, then what the scenario leaves open in the order of its keys.

    A parameter to which the scenario gives a value is not varied; one that it leaves open varies as the scenario says.
    Without ``parameters`` only those are. ``opened`` says what keys are called. Raise InputError for wrong overrides.
    """
    names = opened or {}
    _, unknown = chosen_parameters(scenario, plausible=parameters)
    of_rules = [_parameter(name, unknown[name], names) for name in _names() if name in unknown]
    of_scenario = [
        Dimension(key, found, named.label, unit_of(key), named.log)
        for key, found in find_unknowns(scenario)
        if not key.startswith((PARAMETERS, FACTS))
        for named in [names.get(key, Opened(Label(de=key, en=key)))]
    ]
    return (*of_rules, *of_scenario)


def _names() -> list[str]:
    return [f"{rule.name}.{parameter.name}" for rule in RULES for parameter in rule.parameters]


def _parameter(name: str, unknown: Unknown, names: Mapping[str, Opened]) -> Dimension:
    parameter = all_parameters()[name.replace(".", "_", 1)]
    key = f"{PARAMETERS}{name}"
    named = names.get(key, Opened(Label(de=parameter.label_de, en=parameter.label_en)))
    return Dimension(key, unknown, named.label, parameter.unit, named.log)
