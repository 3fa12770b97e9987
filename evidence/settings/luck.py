"""Luck of the small worlds: a chain needs the same twins at every step, and they should stand for all twins.

With few twins their luck shifts the numbers of all settings alike, and a shift pushes a whole search against a bound. So each
group of worlds that patterns compare gets, of many seeds, the one whose numbers are nearest to the means of all seeds; and
settings are kept only if the means over other, many more twins show all patterns, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evidence.settings.patterns import PATTERNS
from evidence.settings.space import record_of, values_of
from evidence.settings.worlds import Luck, Trial, alike
from qsim.mechanisms.month import RULES
from qsim.runs.readings import Array
from qsim.world.parameters import default_parameters

CANDIDATES = range(1, 161)
"""The seeds from which that of each group is chosen."""
PLACES = 6
"""At how many points they are compared."""
OTHERS = tuple(alike(seed) for seed in range(1001, 1009))
"""Luck that has no part in the search: what is kept holds with it."""

Numbers = Mapping[str, Mapping[str, float]]
"""The numbers of each pattern, by its name."""


def numbers_at(point: Array, luck: Luck) -> dict[str, dict[str, float]]:
    """Return the numbers of all patterns of a setting, a point in shares of the ranges."""
    trial = Trial(record_of(values_of(point)), luck)
    return {name: pattern.numbers(trial) for name, pattern in PATTERNS.items()}


def looked_at(point: Array, luck: Luck) -> dict[str, Any]:
    """Return a point with what it lacks of each pattern."""
    numbers = numbers_at(point, luck)
    return {"point": point.tolist(), "missing": {name: PATTERNS[name].missing(numbers[name]) for name in PATTERNS}}


def refused(point: Array, lucks: Sequence[Luck]) -> str:
    """Return the first pattern that a setting does not show, by the means of its numbers over some luck; "" if it shows all."""
    trials = [Trial(record_of(values_of(point)), luck) for luck in lucks]
    for name, pattern in PATTERNS.items():
        each = [pattern.numbers(trial) for trial in trials]
        if pattern.missing({number: float(np.mean([one[number] for one in each])) for number in each[0]}) > 0.0:
            return name
    return ""


def groups() -> list[tuple[set[str], set[str]]]:
    """Return the worlds and the patterns that belong together, as they share worlds, directly or through others."""
    result: list[tuple[set[str], set[str]]] = []
    for name, pattern in PATTERNS.items():
        trial = Trial(default_parameters(RULES), alike(1))
        pattern.numbers(trial)
        worlds, patterns = trial.looked_at, {name}
        for group in [group for group in result if group[0] & worlds]:
            result.remove(group)
            worlds, patterns = worlds | group[0], patterns | group[1]
        result.append((worlds, patterns))
    return result


def chosen(numbers: Sequence[Sequence[Numbers]]) -> dict[str, int]:
    """Return the seed of each world: of the candidates the one that is nearest to all, group by group.

    ``numbers`` has those of each candidate at each point. Near is meant in standard deviations between candidates, over all
    numbers of the group's patterns that luck moves, mean over points.
    """
    luck: dict[str, int] = {}
    for worlds, patterns in groups():
        values = np.array(
            [[[value for name in sorted(patterns) for value in at[name].values()] for at in one] for one in numbers]
        )
        values = values[:, :, np.isfinite(values).all(axis=(0, 1))]
        shifts = (values - values.mean(axis=0)).mean(axis=1)
        moved = shifts.std(axis=0) > 0.0
        apart = ((shifts[:, moved] / shifts[:, moved].std(axis=0)) ** 2).sum(axis=1)
        luck |= dict.fromkeys(sorted(worlds), CANDIDATES[int(apart.argmin())])
    return luck
