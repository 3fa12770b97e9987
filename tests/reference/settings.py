"""What nobody knows of a scenario, drawn for a setting: structure first, then numbers, then parameters of rules."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

from qsim.engine.settings import FILE
from qsim.mechanisms.month import RULES
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Part, Unknown
from reference.draws import Draws, hash32

MONTHS = ("next_election", "start", "end", "adopted", "date")
SIZE = "administration.departments"


def rebuilt(part: Any, key: str, change: Callable[[str, Unknown], Any]) -> Any:
    """Return a part of a scenario with every unknown value changed; ``change`` takes its key and the value."""
    if isinstance(part, Unknown):
        return change(key, part)
    if isinstance(part, Part):
        stated = {name: getattr(part, name) for name in part.model_fields_set}
        below = f"{key}." if key else ""
        return part.model_copy(update={name: rebuilt(value, below + name, change) for name, value in stated.items()})
    if isinstance(part, tuple):
        return tuple(rebuilt(entry, f"{key}[{named(entry, i)}]", change) for i, entry in enumerate(part))
    if isinstance(part, dict):
        return {name: rebuilt(value, f"{key}.{name}", change) for name, value in part.items()}
    return part


def named(entry: Any, index: int) -> str:
    """Return how a key names a member of a list."""
    return getattr(entry, "id", None) or str(index)


class Setting:
    """One draw of everything unknown.

    ``scenario`` has a known structure; ``value`` returns the number that stands for a value of it or of its house.
    """

    def __init__(self, scenario: Scenario, seed: int, setting: int) -> None:
        self.draws, self.number = Draws(seed, setting), setting
        self.keys: dict[int, str] = {}
        self.scenario: Scenario = rebuilt(scenario, "", self._layout)

    def _layout(self, key: str, unknown: Unknown) -> Any:
        """Draw what the structure hangs on; leave other values unknown, but remember their keys."""
        words = unknown.one_of is not None and any(isinstance(choice, (str, tuple, list)) for choice in unknown.one_of)
        if words or key == SIZE:
            return self.drawn(key, unknown)
        left = unknown.model_copy()
        self.keys[id(left)] = key
        return left

    def drawn(self, key: str, unknown: Unknown) -> Any:
        """Return the value drawn for a key."""
        u = self.draws.uniform("unknown", 0, hash32(key))
        if unknown.one_of is not None:
            return unknown.one_of[int(u * len(unknown.one_of))]
        assert unknown.between is not None
        low, high = unknown.between
        if key == SIZE or (key.split(".")[-1] in MONTHS and not key.startswith("parameters.")):
            return min(low + int(u * (high - low + 1)), high)
        return low + u * (high - low)

    def value(self, value: Any) -> float:
        """Return a number, drawn if it is unknown."""
        return float(self.drawn(self.keys[id(value)], value) if isinstance(value, Unknown) else value)

    def parameters(self, plausible: bool) -> dict[str, float]:
        """Return all parameters by ``rule.name``: of those of which the scenario says nothing, ``plausible`` ones or defaults."""
        settings = read_settings() if plausible else [{}]
        chosen = {f"{rule.name}.{p.name}": p.default for rule in RULES for p in rule.parameters}
        chosen |= settings[self.number % len(settings)]
        for rule, stated in self.scenario.parameters.items():
            chosen |= {f"{rule}.{name}": self.value(value) for name, value in stated.items()}
        return chosen


def read_settings() -> list[dict[str, float]]:
    """Return the ensemble of settings, parameters by ``rule.name``."""
    lines = [line for line in FILE.read_text().splitlines() if not line.startswith("#")]
    return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(lines)]


def middle(value: Any) -> float:
    """Return a number, or the middle of an unknown one, where the layout needs it before it is drawn."""
    return float(value.middle if isinstance(value, Unknown) else value)


def largest(value: Any) -> float:
    """Return a number, or the largest an unknown one may be."""
    return float(value.largest if isinstance(value, Unknown) else value)
