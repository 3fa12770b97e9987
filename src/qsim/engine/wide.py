"""The worlds of a scenario whose parameters include those of own rules, which no world holds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from qsim.mechanisms.month import RULES
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown
from qsim.world.blueprint import Blueprint
from qsim.world.parameters import parameters_type
from qsim.world.records import World
from qsim.world.unknowns import drawn_value


class WideBlueprint(Blueprint):
    """A blueprint whose rows of parameters may be longer than those of its worlds."""

    def __init__(
        self, scenario: Scenario, parameters: np.ndarray, switches: np.ndarray, overrides: Mapping[str, Unknown]
    ) -> None:
        super().__init__(scenario, narrowed(parameters[:1]), switches, overrides)
        self.parameters = parameters

    def values(self, seed: int, setting: int) -> np.ndarray:
        """Return all parameters of a setting, an array of one record."""
        record = self.row(setting).copy()
        _, draws = self.plan(seed, setting)
        for key, field, unknown in self._open_parameters:
            record[field] = drawn_value(unknown, draws[key])
        return record

    def world(self, seed: int, replicate: int, setting: int | None = None) -> World:
        """Return the world of run ``replicate``; without a ``setting`` the unknown is drawn with the replicate."""
        setting = replicate if setting is None else setting
        plan, draws = self.plan(seed, setting)
        return plan.world((seed, replicate, setting), narrowed(self.values(seed, setting)), self._stated, draws)


def narrowed(rows: np.ndarray) -> np.ndarray:
    """Return rows of parameters without those of own rules, which stand last."""
    kind = parameters_type(RULES)
    return rows if rows.dtype == kind else rows[list(kind.names or ())].astype(kind)
