"""The mean of something over runs with the range in which the middle 80 % of the runs lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

LOW, HIGH = 0.1, 0.9
"""The ends of the range that is shown everywhere, as shares of the runs."""

LAST_MONTHS = 12
"""How many months at the end make the level that is reported."""


@dataclass(frozen=True)
class Spread:
    """Mean and range over the ``runs`` in which the value is known; all NaN if there is none."""

    mean: float
    low: float
    high: float
    runs: int

    @property
    def ranged(self) -> bool:
        """Whether there are enough runs for a range."""
        return self.runs > 1


def spread(values: Any) -> Spread:
    """Return mean, 10 % and 90 % quantile of what is known among values, one a run."""
    array = np.asarray(values, dtype=np.float64)
    known = array[np.isfinite(array)]
    if known.size == 0:
        return Spread(np.nan, np.nan, np.nan, 0)
    low, high = np.quantile(known, (LOW, HIGH))
    return Spread(float(known.mean()), float(low), float(high), int(known.size))


def by_month(table: Any, column: str) -> tuple[Any, np.ndarray]:
    """Return the months of a series and an array (runs, months) of a column; NaN where a run lacks a month."""
    wide = table.pivot_table(index="replicate", columns="month", values=column, dropna=False, observed=True)
    return wide.columns.to_numpy(), wide.to_numpy(dtype=np.float64)
