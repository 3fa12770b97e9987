"""The small worlds of the patterns, each run once for a setting and shared by all patterns that look at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from qsim.engine.prepare import Prepared, RunOutput
from qsim.measures.catalogue import COLUMN, DEPARTMENT_MEASURES
from qsim.measures.outcomes import YEAR
from qsim.runs.readings import Array
from qsim.scenario.loading import load_scenario
from qsim.world.maths import CONCERNED

Luck = Mapping[str, int]
"""The seed of each world."""

FOLDER = Path(__file__).parent / "worlds"
TWINS: Mapping[str, int] = {
    "start": 24,
    "permanent_posts": 12,
    "fixed_posts": 12,
    "shock": 2,
    "nobody": 24,
    "funded_24": 24,
    "equipped": 12,
    "spare": 6,
    "overloaded": 6,
    "supportive": 4,
    "opposing": 4,
    "one_post": 6,
    "nobody_80": 2,
    "one_post_80": 2,
}
"""How many twins each world has: more where luck is large against what a pattern asks, as with what nobody pays for."""


EACH = "equipped"
"""The world of which each twin's departments are looked at on their own."""


@dataclass(frozen=True)
class Ran:
    """The twins of one world in one setting, in one part or each in a part of its own."""

    prepared: Prepared
    parts: tuple[RunOutput, ...]

    @cached_property
    def months(self) -> Array:
        """The measured months (twins, months, SERIES)."""
        return np.concatenate([part.series for part in self.parts])

    @cached_property
    def hours(self) -> Array:
        """Hours a month (payers,), mean over months and twins."""
        return np.asarray(sum(part.ledger.sum(axis=1) for part in self.parts) / self.months[:, :, 0].size)

    def monthly(self, name: str) -> Array:
        """Return a column of months (months,), mean over the twins."""
        return np.asarray(self.months[:, :, COLUMN[name]].mean(axis=0))

    def yearly(self, name: str) -> Array:
        """Return the means of the years (years,) of a column, over the twins."""
        return np.asarray(self.monthly(name).reshape(-1, YEAR).mean(axis=1))

    def departments(self, name: str) -> Array:
        """Return what departments have (parts, months, departments) of one of the measures by department."""
        place = DEPARTMENT_MEASURES.index(name)
        return np.stack([part.departments_sum[:, :, 0, place] / len(part.series) for part in self.parts])

    @cached_property
    def concerned(self) -> Array:
        """Which departments (departments,) the task concerns: those that are measured."""
        stances = self.prepared.reference.template.stances
        return np.asarray(stances["relevance"][:, 0] >= CONCERNED)

    def hours_per_post(self) -> float:
        """Return the hours a month of one post, in this setting."""
        return float(self.prepared.blueprint.parameters["workload_hours_per_post"][0])


@cache
def prepared_worlds() -> dict[str, Prepared]:
    """Return the worlds, made ready once."""
    return {name: Prepared(load_scenario(FOLDER / f"{name}.yaml")) for name in TWINS}


def alike(seed: int) -> Luck:
    """Return the luck of worlds that all have the same seed."""
    return dict.fromkeys(TWINS, seed)


class Trial:
    """One setting: its worlds are run when a pattern looks at them first.

    ``record`` is an array of one record of all parameters; ``luck`` has the seed of each world.
    """

    def __init__(self, record: Array, luck: Luck) -> None:
        self.record, self.luck = record, luck
        self._ran: dict[str, Ran] = {}

    @property
    def looked_at(self) -> set[str]:
        """The worlds that were looked at so far."""
        return set(self._ran)

    def __getitem__(self, name: str) -> Ran:
        if name not in self._ran:
            prepared = prepared_worlds()[name].with_parameters(self.record)
            rows = [(n, 0) for n in range(TWINS[name])]
            parts = [[row] for row in rows] if name == EACH else [rows]
            self._ran[name] = Ran(prepared, tuple(prepared.run(self.luck[name], part) for part in parts))
        return self._ran[name]
