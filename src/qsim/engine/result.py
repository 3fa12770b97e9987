"""The results of many runs of one scenario: in arrays, as columns by name, and as tidy tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qsim.engine.marks import CalendarMark, calendar_marks
from qsim.engine.prepare import Prepared, RunOutput
from qsim.measures.catalogue import OUTCOMES, SERIES
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_text
from qsim.world.kinds import ACTIVITIES

if TYPE_CHECKING:
    import pandas as pd

Columns = dict[str, np.ndarray]


@dataclass(repr=False)
class Result:
    """The results of many runs of one scenario; the tables are made when they are asked for."""

    prepared: Prepared
    seed: int
    rows: tuple[tuple[int, int], ...]  # replicate and setting of every run
    output: RunOutput

    def __repr__(self) -> str:
        return f"Result({self.scenario.id}, {len(self.rows)} runs, {self.scenario.months} months)"

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.prepared.scenario

    @property
    def replicates(self) -> tuple[int, ...]:
        """The replicates, in order."""
        return tuple(replicate for replicate, _ in self.rows)

    @property
    def settings(self) -> int:
        """In how many plausible settings the runs lie; 1 where parameters keep their values."""
        return len({setting for _, setting in self.rows}) if self.prepared.plausible else 1

    @property
    def runs_columns(self) -> Columns:
        """The outcomes as arrays (runs,) by name; what is told in words does without tables, which take long to load."""
        return {measure.name: self.output.outcomes[:, place] for place, measure in enumerate(OUTCOMES)}

    @property
    def series_columns(self) -> Columns:
        """``month`` and the measures of SERIES as arrays, one entry a run and month."""
        months = np.datetime64(month_text(self.scenario.start), "M") + np.arange(self.scenario.months)
        flat = self.output.series.reshape(-1, len(SERIES))
        columns = {measure.name: flat[:, place] for place, measure in enumerate(SERIES)}
        return {"month": np.tile(months, len(self.output.series)), **columns}

    @property
    def ledger_rows(self) -> list[tuple[str, str, str, float]]:
        """Kind of payer, payer, activity and hours over the whole run, mean over the runs, where there are any."""
        ledger = self.output.ledger
        return [
            (kind, payer, activity, ledger[i, j] / len(self.rows))
            for i, (kind, payer) in enumerate(self.prepared.payers)
            for j, activity in enumerate(ACTIVITIES)
            if ledger[i, j] > 0.0
        ]

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: scenario, replicate, setting, and the outcomes of :data:`~qsim.measures.catalogue.OUTCOMES`."""
        from qsim.engine import frames

        return frames.runs_frame(self.prepared, self.rows, self.output.outcomes)

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a run and month: the columns of :data:`~qsim.measures.catalogue.SERIES`, all tasks together."""
        from qsim.engine import frames

        return frames.series_frame(self.prepared, self.replicates[: len(self.output.series)], self.output.series)

    @cached_property
    def series_tasks(self) -> pd.DataFrame:
        """One row a run, month and task: the columns of :data:`~qsim.measures.catalogue.TASK_SERIES`."""
        from qsim.engine import frames

        return frames.tasks_frame(self.prepared, self.replicates[: len(self.output.series)], self.output.series_tasks)

    @cached_property
    def departments(self) -> pd.DataFrame:
        """One row a department, task and month: means over the runs."""
        from qsim.engine import frames

        return frames.departments_frame(self.prepared, self.output.departments_sum, self.output.departments_square)

    @cached_property
    def divisions(self) -> pd.DataFrame:
        """One row a division, task and month: weighted means over its departments and the runs."""
        from qsim.engine import frames

        return frames.divisions_frame(self.departments)

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """The hours ledger: payer_kind, payer, activity, hours over the whole run, mean over the runs."""
        import pandas as pd

        return pd.DataFrame(self.ledger_rows, columns=["payer_kind", "payer", "activity", "hours"])

    @cached_property
    def calendar(self) -> list[CalendarMark]:
        """The dated marks within the run."""
        return calendar_marks(self.scenario)

    @property
    def months(self) -> pd.DatetimeIndex:
        """The months of the run."""
        from qsim.engine import frames

        return frames.month_index(self.prepared)


def joined(parts: Sequence[RunOutput]) -> RunOutput:
    """Return the outputs of several chunks as one: runs one after another, sums added in order."""
    if len(parts) == 1:
        return parts[0]
    first = [np.concatenate([part[i] for part in parts]) for i in range(3)]
    sums = [np.sum([part[i] for part in parts], axis=0) for i in range(3, 6)]
    return RunOutput(*first, *sums)
