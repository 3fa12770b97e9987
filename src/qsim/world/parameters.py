"""What a parameter of a rule is: its default, unit, plausible range, labels, source and grade of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

Grade = Literal["report", "public figure", "literature", "assumption"]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a rule.

    ``low`` to ``high`` is its plausible range: settings are drawn from it, and an override must lie in ``least`` to
    ``most`` (by default all that the unit allows). The key in a scenario is ``parameters.<rule>.<name>``.
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

    @property
    def least(self) -> float:
        """The smallest value an override may have."""
        return -np.inf if self.low < 0 else 0.0

    @property
    def most(self) -> float:
        """The largest value an override may have."""
        return 1.0 if self.unit.startswith("share") else np.inf


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
