"""Recording a model that is stepped by hand: the measures of its month, and Mesa's DataCollector of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from mesa import DataCollector

from qsim.engine.run import measure
from qsim.measures.catalogue import DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.world.records import World

if TYPE_CHECKING:
    from qsim.engine.model import Administration

Reporters = Mapping[str, Any]


class Gauge:
    """The measures of the last month of one world.

    ``values`` (SERIES,) are of the whole administration, ``by_task`` (tasks, TASK_SERIES) of each task; NaN before the
    first month.
    """

    def __init__(self, world: World) -> None:
        departments, tasks = world.stances.shape
        self.by_task = np.full((tasks, len(TASK_SERIES)), np.nan)
        self._row = np.full(len(SERIES), np.nan)
        self.values: list[float] = self._row.tolist()
        self._sums = np.zeros((departments, tasks, len(DEPARTMENT_MEASURES)))
        self._squares = np.zeros((departments, tasks))

    def read(self, world: World, month: int) -> None:
        """Measure an absolute month, once, as it fades the hours that governance is measured by."""
        measure(world, month, self._row, self.by_task, self._sums, self._squares)
        self.values = self._row.tolist()


def series_collector(
    model_reporters: Reporters | None, agent_reporters: Reporters | None, agenttype_reporters: Any
) -> DataCollector:
    """Return a DataCollector with the columns of :data:`~qsim.measures.catalogue.SERIES` and the reporters given."""
    columns = {measured.name: partial(_column, place=place) for place, measured in enumerate(SERIES)}
    return DataCollector(columns | dict(model_reporters or {}), agent_reporters, agenttype_reporters)


def _column(model: Administration, place: int) -> float:
    return model.gauge.values[place]
