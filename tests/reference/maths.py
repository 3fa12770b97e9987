"""The few functions and numbers that equations of several rules use."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reference.model import ReferenceModel

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


def present(model: ReferenceModel, attention: float) -> float:
    """Return how far a leader is there on at least one of the occasions of a month."""
    return 1.0 - (1.0 - attention) ** model.parameters["leadership.occasions"]
