"""Small functions of floats that rules share."""

from __future__ import annotations

import math

import numpy as np

from qsim.world.compiling import compiled
from qsim.world.parameters import Coefficient

CONCERNED = Coefficient(0.05, "share", "a department of this relevance is concerned by a task; assumption")
TINY = 1.0e-9
"""Stands for nothing where something is divided by it."""
MONTHS_A_YEAR = 12.0
WEEKS_A_MONTH = 365.25 / 84.0


@compiled
def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x)) without overflow."""
    if x >= 0.0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


@compiled
def share(x: float) -> float:
    """Return x cut to 0 to 1."""
    return min(max(x, 0.0), 1.0)


@compiled
def faded(age: float, half_life: float) -> float:
    """Return what is left after an age (months) of something with this half-life (months): 0.5 ** (age / half_life)."""
    return 0.5 ** (age / half_life)


@compiled
def at_least_once(chance: float, times: float) -> float:
    """Return the chance that what happens each time with a chance happens at least once in a number of times."""
    return 1.0 - (1.0 - chance) ** times


@compiled
def sift_down(heap: np.ndarray, place: np.ndarray, start: int, size: int) -> None:
    """Restore the order of a heap ``heap[:size]`` (largest first) below ``start``; ``place`` moves along."""
    value = heap[start]
    moved = place[start]
    i = start
    while 2 * i + 1 < size:
        child = 2 * i + 1
        if child + 1 < size and heap[child + 1] > heap[child]:
            child += 1
        if heap[child] <= value:
            break
        heap[i] = heap[child]
        place[i] = place[child]
        i = child
    heap[i] = value
    place[i] = moved
