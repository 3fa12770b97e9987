"""Whether numbers come out again: two tables column by column, two records place by place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

TOLERANCE = 1e-9
"""Relative; across kinds of processors the last bits differ."""


def largest_of_tables(there: pd.DataFrame, here: pd.DataFrame) -> tuple[float, str]:
    """Return the largest relative difference between two tables and the column it is in, infinite for other rows."""
    if list(there.columns) != list(here.columns):
        return np.inf, "other columns"
    if len(there) != len(here):
        return np.inf, f"{len(there)} rows there and {len(here)} here"
    return _largest((str(name), _of_columns(there[name], here[name])) for name in here.columns)


def largest_of_records(there: Any, here: Any) -> tuple[float, str]:
    """Return the largest relative difference of two records, and where it is, infinite for another text or shape."""
    return _largest((place, _of_values(old, new)) for place, old, new in paired(there, here))


def paired(there: Any, here: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the values that stand at the same places of two records, and those parts whose shapes differ."""
    if isinstance(there, dict) and isinstance(here, dict):
        for name in {**there, **here}:
            yield from paired(there.get(name), here.get(name), f"{place}.{name}" if place else name)
    elif isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        for index, (old, new) in enumerate(zip(there, here, strict=True)):
            yield from paired(old, new, f"{place}[{index}]")
    else:
        yield place, there, here


def _largest(differences: Iterator[tuple[str, float]]) -> tuple[float, str]:
    where, largest = max(differences, key=lambda entry: entry[1], default=("", 0.0))
    return largest, where if largest else ""


def _of_columns(there: pd.Series, here: pd.Series) -> float:
    numbers = [one.dtype.kind in "iuf" for one in (there, here)]
    if all(numbers):
        return _relative(there.to_numpy(dtype=np.float64), here.to_numpy(dtype=np.float64))
    old, new = (one.astype("str").fillna("").to_numpy() for one in (there, here))
    return 0.0 if not any(numbers) and bool((old == new).all()) else np.inf


def _of_values(old: Any, new: Any) -> float:
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in (old, new)):
        return _relative(np.array([old], np.float64), np.array([new], np.float64))
    return 0.0 if type(old) is type(new) and old == new else np.inf


def _relative(old: np.ndarray, new: np.ndarray) -> float:
    """Return the largest relative difference; what is missing or infinite agrees with the same only."""
    differs = (old != new) & ~(np.isnan(old) & np.isnan(new))
    old, new = old[differs], new[differs]
    if not (np.isfinite(old) & np.isfinite(new)).all():
        return np.inf
    with np.errstate(over="ignore"):
        return float((np.abs(old - new) / np.maximum(np.abs(old), np.abs(new))).max(initial=0.0))
