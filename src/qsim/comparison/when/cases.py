"""The cases among which a box is looked for: the values of factors at each point, and whether the outcome holds there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qsim.scenario.values import Label

Array = np.ndarray[Any, np.dtype[np.float64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Factor:
    """One thing that differs between cases.

    ``levels`` are the names of the values of a categorical factor, whose cases hold their places; a number has none.
    ``whole`` numbers are counts, ``months`` are numbers ``12 * year + month - 1``. ``names`` are the levels for people.
    """

    id: str
    label: Label
    levels: tuple[str, ...] = ()
    names: tuple[Label, ...] = ()
    whole: bool = False
    months: bool = False
    unit: str = ""

    @property
    def categorical(self) -> bool:
        """Whether the values are places in ``levels`` without an order."""
        return bool(self.levels)


@dataclass(frozen=True)
class Cases:
    """Values (cases, factors) and whether each case is ``wanted`` (cases,)."""

    factors: tuple[Factor, ...]
    values: Array
    wanted: Mask

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.wanted), len(self.factors)):
            raise ValueError(f"values {self.values.shape} for {len(self.wanted)} cases and {len(self.factors)} factors")
        if not np.isfinite(self.values).all():
            raise ValueError("a factor has no value in some cases")

    def __len__(self) -> int:
        return len(self.wanted)

    def some(self, which: Any) -> Cases:
        """Return the cases of a mask or of places."""
        return Cases(self.factors, self.values[which], self.wanted[which])


def numbered(texts: Sequence[str]) -> tuple[tuple[str, ...], Array]:
    """Return the levels of a categorical column in the order of their names, and the place of each case's level."""
    levels = tuple(sorted(set(texts)))
    place = {level: i for i, level in enumerate(levels)}
    return levels, np.array([place[text] for text in texts], dtype=np.float64)
