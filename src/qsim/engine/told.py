"""What a Mesa scenario says of a run: which administration, seed, replicate and setting, and other values of the scenario's file.

Mesa 4 makes a model of one scenario object (``model_class(scenario=...)``), and replications of it by itself.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qsim.engine.rows import rows_of
from qsim.engine.seeds import LARGEST_REPLICATE, seed_of, whole_number
from qsim.files.kinds import packaged
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import SCENARIO, Scenario

DEFAULT = packaged(SCENARIO.folder) / "medium.yaml"
"""The file of the scenario of a model that is told none."""


@dataclass(frozen=True)
class Told:
    """What is said of a run; None where nothing is."""

    settings: Scenario | str | Path | None = None
    seed: int | None = None
    replicate: int = 0
    setting: int | None = None


def told_by(scenario: Any) -> Told:
    """Return what a Mesa scenario, or any pairs of names and values, says of a run; nothing for None.

    ``settings``, ``seed``, ``replicate`` and ``setting`` are the arguments of the model. Without a ``seed`` it comes from the
    scenario's ``rng``, the same each time; without a ``replicate`` it is the replication's number. With ``fixed`` false the
    setting is that of the same run of ``simulate``. All else are keys of the scenario's file with their values. Raise
    InputError for a wrong scenario, key or value, TypeError if values are to change a scenario that is no name or file.
    """
    if scenario is None:
        return Told()
    values = {name: value for name, value in dict(scenario).items() if name != "rng"}  # which Mesa 3.5 has among them
    settings, seed = values.pop("settings", None), values.pop("seed", None)
    replicate, setting = values.pop("replicate", None), values.pop("setting", None)
    if replicate is None:
        replicate = getattr(scenario, "replication_id", None) or 0
    replicate = whole_number(replicate, "replicate", LARGEST_REPLICATE)
    if not values.pop("fixed", True) and setting is None:
        ((_, setting),) = rows_of([replicate])
    if values:
        settings = load_scenario(DEFAULT if settings is None else settings, values)
    return Told(
        settings, seed_of(deepcopy(getattr(scenario, "rng", None)) if seed is None else seed), replicate, setting
    )
