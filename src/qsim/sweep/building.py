"""From a point of a design to a scenario made ready to run, with what was made last kept for the next point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qsim.engine.overrides import check_parameters, chosen_overrides
from qsim.engine.prepare import Prepared
from qsim.files.changes import changed
from qsim.files.nodes import Node
from qsim.scenario.loading import checked_scenario
from qsim.scenario.schema import SCENARIO, Scenario
from qsim.sweep.factors import Factor, changes_of

KEPT = 12
"""Laid-out scenarios that are remembered; threads that work side by side share them."""


@dataclass(frozen=True)
class Base:
    """A scenario that an experiment varies: its id and the content of its file, with what it extends."""

    id: str
    root: Node


def build_scenario(base: Base, changes: Mapping[str, Node]) -> Scenario:
    """Return a base scenario with keys set; raise InputError, with all errors, where the scenario refuses them."""
    scenario = checked_scenario(changed(SCENARIO, base.root, changes), base.id)
    chosen_overrides(scenario, plausible=False)
    return scenario


class Worlds:
    """The worlds of an experiment: one scenario made ready for each base and point."""

    def __init__(self, bases: Sequence[Base], factors: Sequence[Factor]) -> None:
        self._bases = bases
        self._structural = [column for column, factor in enumerate(factors) if not factor.is_of_parameters]
        self._numbers = [column for column, factor in enumerate(factors) if factor.is_of_parameters]
        self._factors = factors
        self._laid_out = lru_cache(KEPT)(self._lay_out)

    def prepared(self, base: int, codes: Sequence[float]) -> Prepared:
        """Return base number ``base`` at a point, (factors,) codes; raise InputError where the scenario refuses it.

        A point that differs from the last ones in parameters alone is laid out with them. Such factors come last where
        a key is set twice.
        """
        prepared = self._laid_out(base, tuple(codes[column] for column in self._structural))
        if not self._numbers:
            return prepared
        changes = changes_of([self._factors[c] for c in self._numbers], [codes[c] for c in self._numbers])
        values = {key: float(node.value) for key, node in changes.items()}
        check_parameters(values)
        return prepared.at(values)

    def _lay_out(self, base: int, codes: tuple[float, ...]) -> Prepared:
        changes = changes_of([self._factors[column] for column in self._structural], codes)
        return Prepared(build_scenario(self._bases[base], changes))
