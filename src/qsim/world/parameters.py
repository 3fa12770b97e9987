"""What the numbers in rules are: parameters, with default, plausible range and source, and coefficients, which are fixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

Grade = Literal["report", "public figure", "literature", "assumption"]

PARAMETERS = "parameters."
"""How the keys of parameters begin, ``parameters.<rule>.<name>``."""

LEAST_DIVISOR = 0.001
"""What is allowed at least where a rule divides by the parameter."""

BEYOND = 10.0
"""How many times the farther end of its plausible range a parameter may be: more is a slip, or no model of anything."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a rule.

    ``low`` to ``high`` is its plausible range: settings are drawn from it. An override must lie in ``allowed``, by default
    what the unit and the sign of the range allow, up to :data:`BEYOND` times the range. The key in a scenario is
    ``parameters.<rule>.<name>``.
    """

    name: str
    default: float
    low: float
    high: float
    unit: str
    label_de: str
    label_en: str
    grade: Grade
    source: str
    allowed: tuple[float, float] | None = None
    divides: bool = False
    """Whether a rule divides by it."""

    @property
    def least(self) -> float:
        """The smallest value an override may have."""
        if self.allowed is not None:
            return self.allowed[0]
        if self.divides:
            return LEAST_DIVISOR
        return -self._farthest if self.low < 0 else 0.0

    @property
    def most(self) -> float:
        """The largest value an override may have."""
        if self.allowed is not None:
            return self.allowed[1]
        return 1.0 if self.unit.startswith("share") else self._farthest

    @property
    def _farthest(self) -> float:
        return BEYOND * max(abs(self.low), abs(self.high))


class Coefficient(float):
    """A number that acts in a rule and is no parameter: it has a unit and a reason, and is compiled as a plain constant."""

    unit: str
    reason: str

    def __new__(cls, value: float, unit: str, reason: str) -> Coefficient:
        """Return the number."""
        number = super().__new__(cls, value)
        number.unit, number.reason = unit, reason
        return number


@dataclass(frozen=True)
class Rule:
    """What a rule file declares: its name, parameters, and the fields it writes as ``array.field``."""

    name: str
    label_de: str
    label_en: str
    parameters: tuple[Parameter, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    decisions: tuple[str, ...] = ()


def parameter_field(key: str) -> str | None:
    """Return the field ``<rule>_<name>`` of the parameter with a key, None for a key that begins otherwise."""
    return key.removeprefix(PARAMETERS).replace(".", "_", 1) if key.startswith(PARAMETERS) else None


def parameters_type(rules: tuple[Rule, ...]) -> np.dtype[np.void]:
    """Return the record type of the parameters of all rules: one float64 ``<rule>_<name>`` each."""
    return np.dtype([(f"{rule.name}_{p.name}", np.float64) for rule in rules for p in rule.parameters], align=True)


def default_parameters(rules: tuple[Rule, ...]) -> np.ndarray:
    """Return the defaults of all parameters, an array of one record."""
    record = np.zeros(1, dtype=parameters_type(rules))
    for rule in rules:
        for parameter in rule.parameters:
            record[f"{rule.name}_{parameter.name}"] = parameter.default
    return record
