"""What can be varied in a scenario: all parameters of the rules in their plausible ranges, and what it leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qsim.engine.overrides import all_parameters, chosen_parameters
from qsim.mechanisms.month import RULES
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Label, Unknown
from qsim.study.discovery.folder import unit_of
from qsim.world.unknowns import find_unknowns

PARAMETERS = "parameters."
FACTS = "facts["
DATES = ("start", "end", "date", "adopted")
"""Last names of the keys that are months."""


@dataclass(frozen=True)
class Dimension:
    """One thing that is varied: the key of a scenario, what is known of its value, and its name for people."""

    key: str
    unknown: Unknown
    label: Label
    unit: str = ""

    @property
    def is_month(self) -> bool:
        """Whether the values are months."""
        return self.key.rpartition(".")[2] in DATES


def all_dimensions(scenario: Scenario) -> tuple[Dimension, ...]:
    """Return the parameters in the order of the rules, then what the scenario leaves open in the order of its keys.

    A parameter to which the scenario gives a value is not varied; one that it leaves open varies as the scenario says.
    Raise InputError for wrong overrides.
    """
    _, unknown = chosen_parameters(scenario, plausible=True)
    of_rules = [_parameter(name, unknown[name]) for name in _names() if name in unknown]
    of_scenario = [
        Dimension(key, found, Label(de=key, en=key), unit_of(key))
        for key, found in find_unknowns(scenario)
        if not key.startswith((PARAMETERS, FACTS))
    ]
    return (*of_rules, *of_scenario)


def _names() -> list[str]:
    return [f"{rule.name}.{parameter.name}" for rule in RULES for parameter in rule.parameters]


def _parameter(name: str, unknown: Unknown) -> Dimension:
    parameter = all_parameters()[name.replace(".", "_", 1)]
    label = Label(de=parameter.label_de, en=parameter.label_en)
    return Dimension(f"{PARAMETERS}{name}", unknown, label, parameter.unit)


def varied_parameters(dimensions: tuple[Dimension, ...]) -> Mapping[str, Unknown]:
    """Return the parameters among dimensions by ``<rule>.<name>``."""
    return {one.key.removeprefix(PARAMETERS): one.unknown for one in dimensions if one.key.startswith(PARAMETERS)}
