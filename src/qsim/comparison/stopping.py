"""When a comparison has run enough: looks at ever more settings, the error split over them, and when they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qsim.comparison.verdict import Verdict

FIRST = 50
"""Settings at the first look; each further one has twice as many."""

ERROR = 0.05
"""The chance, over all looks together, that an interval misses the true difference."""

Stopped = Literal["agreed", "budget", "fixed"]
"""Why no more was run: two looks agreed, the budget was spent, or the number was fixed beforehand."""


@dataclass(frozen=True)
class Look:
    """The verdicts on each pair after a number of settings, and which scenario is better: 0 the first, 1 the other, -1 none."""

    settings: int
    verdicts: tuple[Verdict, ...]
    better: tuple[int, ...]


def planned_looks(most: int) -> tuple[int, ...]:
    """Return the numbers of settings at which a comparison of ``most`` settings or fewer looks.

    >>> planned_looks(450)
    (50, 100, 200, 400)
    >>> planned_looks(30)
    (30,)
    """
    looks = [FIRST]
    while looks[-1] * 2 <= most:
        looks.append(looks[-1] * 2)
    return tuple(looks) if most >= FIRST else (most,)


def confidence_of(looks: int) -> float:
    """Return the confidence of the intervals at each look, so that over all of them the error stays (Bonferroni)."""
    return 1.0 - ERROR / looks


def agreed(looks: Sequence[Look]) -> bool:
    """Whether the last two looks gave each pair the same verdict for the same scenario, and none of them is *undecided*."""
    if len(looks) < 2:
        return False
    last, before = looks[-1], looks[-2]
    return (last.verdicts, last.better) == (before.verdicts, before.better) and "undecided" not in last.verdicts
