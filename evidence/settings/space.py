"""What is drawn: every parameter of the rules that has a range, between its ends."""

from __future__ import annotations

import numpy as np

from qsim.mechanisms.month import RULES
from qsim.runs.readings import Array
from qsim.world.parameters import default_parameters

DRAWN = tuple((f"{rule.name}.{p.name}", p.low, p.high) for rule in RULES for p in rule.parameters if p.low < p.high)
NAMES = tuple(name for name, _, _ in DRAWN)
LOW = np.array([low for _, low, _ in DRAWN])
HIGH = np.array([high for _, _, high in DRAWN])
WIDTH = HIGH - LOW
_FIELDS = [name.replace(".", "_", 1) for name in NAMES]


def values_of(point: Array) -> Array:
    """Return the values (parameters,), to four significant digits, of a point, shares of the ranges."""
    values = LOW + WIDTH * point
    digits = np.array([float(f"{value:.4g}") for value in values])
    return np.asarray(np.clip(digits, LOW, HIGH))


def record_of(values: Array) -> Array:
    """Return an array of one record of all parameters; those without a range have their one value."""
    record = default_parameters(RULES)
    for field, value in zip(_FIELDS, values, strict=True):
        record[field] = value
    return record
