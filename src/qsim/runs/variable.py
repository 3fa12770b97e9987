"""What a study varies: a name, what people call it, and the values it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from qsim.engine.overrides import parameter_of
from qsim.scenario.values import Label, month_text

UNITS = {
    "_share": "share",
    "turnover_per_year": "share a year",
    "_months": "months",
    "_weeks": "weeks",
    "_hours": "hours",
}
"""Units by how the last name of a key ends."""


@dataclass(frozen=True)
class Variable:
    """One thing that is varied: its id (for a key of a scenario the key), what it is called, and the values it takes.

    One with ``levels`` takes separate values, and stands in arrays as the place of its level; ``numbers`` are the levels
    that are numbers, ``names`` what people call them, ``middle`` the place of the one from which a design of one variable
    at a time starts. One with a range takes numbers from ``low`` to ``high``, evenly or
    (``log``) evenly in the logarithm. ``whole`` numbers are counts, ``months`` numbers ``12 * year + month - 1``.
    """

    id: str
    label: Label
    unit: str = ""
    levels: tuple[str, ...] = ()
    names: tuple[Label, ...] = ()
    numbers: tuple[float | None, ...] = ()
    middle: int = 0
    low: float = math.nan
    high: float = math.nan
    log: bool = False
    whole: bool = False
    months: bool = False

    @property
    def categorical(self) -> bool:
        """Whether the values are places in ``levels`` without an order."""
        return bool(self.levels)

    @property
    def is_range(self) -> bool:
        """Whether it takes all values from ``low`` to ``high``."""
        return not math.isnan(self.low)

    @property
    def numeric(self) -> bool:
        """Whether all levels are numbers."""
        return None not in self.numbers

    def codes(self, uniforms: np.ndarray) -> np.ndarray:
        """Return the values, or the places of levels, (n,) at places in (0, 1); each level has the same share."""
        if not self.is_range:
            return np.asarray(np.minimum(np.floor(uniforms * len(self.levels)), len(self.levels) - 1))
        whole = self.whole or self.months
        high = self.high + 1.0 if whole else self.high
        values = self.low * (high / self.low) ** uniforms if self.log else self.low + uniforms * (high - self.low)
        return np.asarray(np.clip(np.floor(values) if whole else values, self.low, self.high))

    def column(self, codes: np.ndarray) -> pa.Array:
        """Return values (n,) as a table holds them: numbers if all are, months as text such as 2015-09, or names."""
        if not self.is_range:
            return pa.array(self.numbers if self.numeric else self.levels).take(pa.array(codes.astype(np.int64)))
        if self.months:
            return pa.array([month_text(code) for code in codes], pa.string())
        return pa.array(codes, pa.float64())

    def written(self, code: float) -> str | int | float:
        """Return a value as a file holds it."""
        if not self.is_range:
            return self.levels[int(code)]
        if self.months:
            return month_text(code)
        return int(code) if self.whole else float(code)

    def shown(self, code: float) -> str:
        """Return a value as it is called."""
        return str(self.written(code))


def named(key: str) -> tuple[Label, str]:
    """Return the label and unit of a parameter; a key of the scenario stands for itself until people read it."""
    parameter = parameter_of(key)
    if parameter is None:
        return Label(de=key, en=key), unit_of(key)
    return Label(de=parameter.label_de, en=parameter.label_en), parameter.unit


def unit_of(key: str) -> str:
    """Return the unit of a key of a scenario, empty where its name does not say."""
    return next((unit for ending, unit in UNITS.items() if key.endswith(ending)), "")
