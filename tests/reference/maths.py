"""The few functions and numbers that equations of several rules use."""

from __future__ import annotations

import math

CONCERNED = 0.05
"""The relevance from which on a task concerns a department."""

WEEKS_A_MONTH = 365.25 / 84
"""Weeks in a month."""


def share(x: float) -> float:
    """Cut to 0 to 1."""
    return min(max(x, 0.0), 1.0)


def positive(x: float) -> float:
    """Return the positive part."""
    return max(x, 0.0)


def logistic(x: float) -> float:
    """Return 1 / (1 + exp(-x)), without overflow for very negative x."""
    return 1.0 / (1.0 + math.exp(-x)) if x > -700.0 else 0.0


def faded(age: float, half_life: float) -> float:
    """Return what is left after a time."""
    return 0.5 ** (age / half_life)


def leaning(support: float) -> float:
    """Return the own leaning behind a stated support."""
    return math.atanh(min(max(support, -0.99), 0.99))


def remaining(hours: float) -> float:
    """Return hours that are left; less than a billionth is what rounding leaves."""
    return hours if hours > 1e-9 else 0.0
