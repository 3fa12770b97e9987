"""What observed facts do to the settings of a scenario: those that fit stand in the place of all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from qsim.engine.wide import WideBlueprint
from qsim.world.blueprint import Blueprint


class Span(NamedTuple):
    """Low end, mean and high end of an outcome."""

    low: float
    mean: float
    high: float


NOTHING = Span(math.nan, math.nan, math.nan)


class Fit(NamedTuple):
    """The settings that count, of so many ``candidates``, and what that changes.

    ``shown`` is for each fact, by its id, the share of worlds that show it by itself; ``before`` is the primary outcome as it is
    without facts, in as many runs as a scenario gets.
    """

    settings: tuple[int, ...]
    candidates: int
    shown: tuple[tuple[str, float], ...] = ()
    before: Span = NOTHING


class Fitting(WideBlueprint):
    """The worlds of a blueprint in some of its settings: setting s is the s-th of them, after the last the first again."""

    def __init__(self, blueprint: Blueprint, settings: Sequence[int]) -> None:
        vars(self).update(vars(blueprint))
        self._settings = tuple(settings)

    def settled(self, setting: int) -> int:
        """Return the setting that stands in the place of one."""
        return self._settings[setting % len(self._settings)]
