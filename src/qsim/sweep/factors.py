"""Factors: what a point of a design means in a scenario, as the keys it sets, and the scenario made ready to run there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from qsim.engine.overrides import check_parameters, chosen_overrides
from qsim.engine.prepare import Prepared
from qsim.engine.settings import parameter_rows
from qsim.files.changes import changed
from qsim.files.messages import InputError, Place, message_at, shown
from qsim.files.nodes import Node
from qsim.runs.designs import Variable
from qsim.scenario.loading import checked_scenario
from qsim.scenario.schema import SCENARIO, Scenario
from qsim.world.parameters import PARAMETERS

Changes = Mapping[str, Node]
"""Values by key, as a file holds them."""

SETTING = "setting"
"""The key of no scenario, but of the plausible setting in which all runs of a point lie."""

LARGEST_WHOLE = 10**300
"""Whole numbers from here on are none that a column of decimals can hold."""

KEPT = 12
"""Laid-out scenarios that are remembered; threads that work side by side share them."""


@dataclass(frozen=True)
class Factor(Variable):
    """A variable of an experiment: each level sets some keys (``sets``), a range one ``key``."""

    sets: tuple[Changes, ...] = ()
    key: str = ""
    key_place: Place | None = None
    range_place: Place | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that the factor sets, in order."""
        return (self.key,) if self.is_range else tuple(dict.fromkeys(key for changes in self.sets for key in changes))

    @property
    def is_of_parameters(self) -> bool:
        """Whether all it sets are numbers of parameters, which need no world laid out anew."""
        if not all(key.startswith(PARAMETERS) and key.count(".") == 2 for key in self.keys):
            return False
        same_keys = all(tuple(changes) == self.keys for changes in self.sets)
        return same_keys and all(is_number(node.value) for changes in self.sets for node in changes.values())

    @property
    def is_setting(self) -> bool:
        """Whether it says in which plausible setting runs lie."""
        return self.keys == (SETTING,)

    def changes(self, code: float) -> Changes:
        """Return what the level of a place, or a value of the range, sets."""
        if not self.is_range:
            return self.sets[int(code)]
        assert self.range_place is not None
        assert self.key_place is not None
        return {self.key: Node(self.written(code), self.range_place, self.key_place)}

    def with_levels(self, levels: Sequence[tuple[str, float | None, Changes]], middle: int = 0) -> Factor:
        """Return the factor with separate values: each as it is called, as a number if it is one, and what it sets."""
        labels, numbers, sets = zip(*levels, strict=True) if levels else ((), (), ())
        return Factor(self.id, self.label, levels=labels, numbers=numbers, sets=sets, middle=middle)

    def spread(self, steps: int) -> Factor:
        """Return the factor with ``steps`` levels evenly spread over its range; whole numbers are rounded and named once."""
        places = np.linspace(0.0, 1.0, steps)
        values = self.low * (self.high / self.low) ** places if self.log else self.low + places * (self.high - self.low)
        values[-1] = self.high
        if self.whole or self.months:
            values = np.unique(np.round(values))
        levels = [(self.shown(value), None if self.months else float(value), self.changes(value)) for value in values]
        return self.with_levels(levels, middle=len(levels) // 2)


def is_number(value: object) -> bool:
    """Return whether a value is a number that a column can hold, and no flag."""
    if isinstance(value, int):
        return not isinstance(value, bool) and abs(value) < LARGEST_WHOLE
    return isinstance(value, float)


def changes_of(factors: Sequence[Factor], codes: Sequence[float]) -> dict[str, Node]:
    """Return what a point sets, (factors,) codes; where two factors set a key, the later one does."""
    merged: dict[str, Node] = {}
    for factor, code in zip(factors, codes, strict=True):
        merged |= factor.changes(code)
    return merged


@dataclass(frozen=True)
class Base:
    """A scenario that an experiment varies: its id and the content of its file, with what it extends."""

    id: str
    root: Node


def build_scenario(base: Base, changes: Mapping[str, Node]) -> Scenario:
    """Return a base scenario with keys set; raise InputError, with all errors, where the scenario refuses them.

    The setting is no matter of the scenario; a wrong one is refused, too.
    """
    setting_of(changes)
    own = {key: node for key, node in changes.items() if key != SETTING}
    scenario = checked_scenario(changed(SCENARIO, base.root, own), base.id)
    chosen_overrides(scenario, plausible=False)
    return scenario


def setting_of(changes: Mapping[str, Node]) -> int | None:
    """Return the number of the plausible setting that changes ask for, None if none; raise InputError if there is no such."""
    node = changes.get(SETTING)
    if node is None:
        return None
    last = len(parameter_rows(True)) - 1
    if not is_number(node.value) or node.value not in range(last + 1):
        text = f"{shown(node.value)} is no setting; expected a whole number from 0 to {last}"
        raise InputError([message_at(node.place, SETTING, text)])
    return int(node.value)


class Worlds:
    """The worlds of an experiment: one scenario made ready for each base and point."""

    def __init__(self, bases: Sequence[Base], factors: Sequence[Factor], plausible: bool = True) -> None:
        self._bases = bases
        self._plausible = plausible
        self._settings = [column for column, factor in enumerate(factors) if factor.is_setting]
        others = [column for column, factor in enumerate(factors) if not factor.is_of_parameters]
        self._structural = [column for column in others if column not in self._settings]
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
        check_parameters(values, prepared.rules)
        return prepared.at(values)

    def setting(self, codes: Sequence[float]) -> int | None:
        """Return the plausible setting of all runs at a point, None where each five replicates have another."""
        return setting_of(changes_of([self._factors[c] for c in self._settings], [codes[c] for c in self._settings]))

    def _lay_out(self, base: int, codes: tuple[float, ...]) -> Prepared:
        changes = changes_of([self._factors[column] for column in self._structural], codes)
        return Prepared(build_scenario(self._bases[base], changes), self._plausible)
