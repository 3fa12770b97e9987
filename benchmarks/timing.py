"""Times two pieces of work against each other, in interleaved pairs, and says whether a value keeps its bound."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Literal

Work = Callable[[], object]


@dataclass(frozen=True)
class Finding:
    """A measured value and its bound: ``kind`` says whether the value may be ``at most`` or must be ``at least`` that."""

    name: str
    value: float
    bound: float
    unit: str
    kind: Literal["at most", "at least"] = "at most"

    @property
    def kept(self) -> bool:
        """Whether the value keeps the bound."""
        return self.value <= self.bound if self.kind == "at most" else self.value >= self.bound


def seconds(work: Work) -> float:
    """Return the seconds that a piece of work takes on the clock."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired_ratio(first: Work, second: Work, pairs: int) -> float:
    """Return the median of time(first) / time(second) over pairs done one after another (A B A B ...).

    Both are done once before, so that neither start-up nor compilation counts.
    """
    first()
    second()
    return median(seconds(first) / seconds(second) for _ in range(pairs))
