"""The worlds of a scenario whose parameters include those of own rules, which no world holds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from qsim.mechanisms.month import RULES
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown
from qsim.world.blueprint import Blueprint
from qsim.world.parameters import parameters_type


class WideBlueprint(Blueprint):
    """A blueprint whose rows of parameters may be longer than those of its worlds."""

    def __init__(
        self, scenario: Scenario, parameters: np.ndarray, switches: np.ndarray, overrides: Mapping[str, Unknown]
    ) -> None:
        super().__init__(scenario, narrowed(parameters[:1]), switches, overrides)
        self.parameters = parameters

    def held(self, values: np.ndarray) -> np.ndarray:
        """Return of all parameters (settings,) those that worlds hold."""
        return narrowed(values)


def narrowed(rows: np.ndarray) -> np.ndarray:
    """Return rows of parameters without those of own rules, which stand last."""
    kind = parameters_type(RULES)
    return rows if rows.dtype == kind else rows[list(kind.names or ())].astype(kind)
