"""A study in Python: loaded from an experiment file, run into a folder, opened again and read as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset

from qsim.files.messages import InputError, Message
from qsim.runs.command import command_line
from qsim.runs.failures import RunError
from qsim.runs.manifest import MANIFEST, Manifest, read_manifest
from qsim.sweep.execution import Execution, Progress, execute
from qsim.sweep.executors import workers_of
from qsim.sweep.folder import POINTS, StudyFolder, table_folder
from qsim.sweep.loading import Experiment, check_size, load_experiment
from qsim.sweep.manifest import STUDY, study_manifest
from qsim.sweep.plan import Plan

KEYS = ("scenario", "point", "replicate")
SUMS_KEYS = ("scenario", "point", "department", "task", "month")


class Study:
    """An experiment that can be run (:meth:`load`), or the folder of one that has been (:meth:`open`).

    The tables are read when they are asked for. A study whose runs are not all there yet has those that are.
    """

    def __init__(self, experiment: Experiment | None = None, folder: Path | None = None, command: str = "") -> None:
        self.experiment = experiment
        self.folder = folder
        self.command = command

    @classmethod
    def load(
        cls, name: str | Path, changes: Sequence[str] = (), replications: int | None = None, seed: int | None = None
    ) -> Study:
        """Return the study of an experiment file, by name or path; raise InputError, with all errors, if it is wrong."""
        command = command_line("sweep", str(name), changes=changes, seed=seed, replications=replications)
        return cls(load_experiment(name, changes, replications, seed), command=command)

    @classmethod
    def open(cls, folder: str | Path) -> Study:
        """Return the study in a folder; raise InputError if there is none."""
        study = cls(None, Path(folder))
        _ = study.manifest
        return study

    def run(
        self,
        out: str | Path,
        workers: int | None = None,
        scheduler: str | None = None,
        progress: Callable[[int], None] = lambda count: None,
        large: bool = False,
    ) -> Study:
        """Run what is missing in the folder ``out`` and return the study in it.

        ``workers`` is the number of threads, all processors by default; ``scheduler`` the address of a Dask scheduler, or
        ``local``. ``large`` allows more than ten million runs. Raise InputError for a folder of another plan, RunError,
        after all others have been done, if parts failed.
        """
        if self.experiment is None:
            raise ValueError("this study was opened from a folder; Study.load gives one that can be run")
        if not large:
            content, points = self.experiment.content, self.experiment.design.points
            check_size(self.experiment.id, points, content.replications, len(self.experiment.bases))
        plan = Plan(self.experiment)
        found = run_plan(plan, Path(out), study_manifest(plan, self.command), workers, scheduler, Progress(progress))
        if found.failed:
            raise RunError("\n".join(map(str, found.failed)))
        return Study(self.experiment, Path(out))

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest of the folder."""
        folder = self._folder()
        manifest = read_manifest(folder / MANIFEST)
        if manifest is None or manifest.get("study") != STUDY:
            raise InputError([Message(str(folder), None, None, "", "holds no study; `qsim sweep` makes one")])
        return manifest

    def dataset(self, name: str) -> Any:
        """Return a table as a ``pyarrow.dataset``, which reads what is asked of it; raise InputError if it is not there."""
        path = self._folder() / (POINTS if name == "points" else table_folder(name))
        if not path.exists():
            raise InputError([Message(str(path), None, None, "", f"there is no table {name}")])
        options = pa.dataset.ParquetFragmentScanOptions(page_checksum_verification=True)
        return pa.dataset.dataset(path, format=pa.dataset.ParquetFileFormat(default_fragment_scan_options=options))

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: scenario, point, replicate and the outcomes, in this order."""
        return self._read("runs", KEYS)

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point: its number and its factors."""
        return self._read("points", ("point",))

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a run and month; for studies whose output is ``series`` or ``departments``."""
        return self._read("series", (*KEYS, "month"))

    @cached_property
    def departments(self) -> pd.DataFrame:
        """One row a scenario, point, department, task and month: sums over ``runs`` runs, and the squares of practice."""
        frame = self._read("departments", (*SUMS_KEYS, "first_replicate"))
        return frame.drop(columns="first_replicate").groupby(list(SUMS_KEYS), as_index=False).sum()

    def _read(self, name: str, keys: Sequence[str]) -> pd.DataFrame:
        frame: pd.DataFrame = self.dataset(name).to_table().to_pandas()
        return frame.sort_values(list(keys), kind="stable", ignore_index=True)

    def _folder(self) -> Path:
        if self.folder is None:
            raise ValueError("this study has not been run; run(out=...) gives one with tables")
        return self.folder


def run_plan(
    plan: Plan,
    out: Path,
    manifest: Manifest,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
    stopping: Callable[[], bool] = lambda: False,
    fail_fast: bool = False,
    begun: Callable[[StudyFolder], None] = lambda folder: None,
) -> Execution:
    """Run what is missing of a plan in a folder; ``begun`` is called with the folder once it is claimed.

    A scheduler is reached first, so that nothing is written where it cannot be.
    """
    with ExitStack() as stack:
        cluster = None if scheduler is None else stack.enter_context(workers_of(workers, scheduler))
        folder = stack.enter_context(StudyFolder(out, plan, manifest))
        begun(folder)
        if len(folder.done) == plan.parts:
            return Execution()
        found = cluster or stack.enter_context(workers_of(workers))
        return execute(folder, found, progress or Progress(), stopping, fail_fast)
