"""Whether the numbers of two makings of a page agree."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any


def largest_difference(there: Any, here: Any) -> tuple[float, str, int]:
    """Return the largest relative difference of two records, where it is, and how many numbers were compared.

    Another text, another shape or a number that is missing on one side counts as infinite.
    """
    largest, where, count = 0.0, "", 0
    for place, old, new in _paired(there, here, ""):
        count += 1
        difference = _difference(old, new)
        if difference > largest:
            largest, where = difference, place
    return largest, where, count


def _paired(there: Any, here: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(there, dict) and isinstance(here, dict):
        for name in {**there, **here}:
            yield from _paired(there.get(name), here.get(name), f"{place}.{name}" if place else name)
    elif isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        for index, (old, new) in enumerate(zip(there, here, strict=True)):
            yield from _paired(old, new, f"{place}[{index}]")
    else:
        yield place, there, here


def _difference(old: Any, new: Any) -> float:
    if old == new:
        return 0.0
    numbers = [isinstance(value, (int, float)) and not isinstance(value, bool) for value in (old, new)]
    if not all(numbers):
        return math.inf
    return float(abs(old - new) / max(abs(old), abs(new)))
