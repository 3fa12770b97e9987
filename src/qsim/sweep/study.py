"""A study in Python: loaded from an experiment file, run into a folder, opened again and read as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset

from qsim.files.kinds import lasting_name
from qsim.files.messages import InputError
from qsim.runs.manifest import MANIFEST, Manifest, command_line, read_manifest
from qsim.runs.plans import plan_key
from qsim.runs.runner import RunError, UnfinishedError, Workers, failure_text, run_pieces, workers_of
from qsim.runs.store import UNREADABLE, Stamp, can_be_read, is_of, readable
from qsim.scenario.own_code import own_rules
from qsim.sweep.folder import Shard, StudyFolder
from qsim.sweep.growing import Finished
from qsim.sweep.loading import Experiment, check_size, load_experiment
from qsim.sweep.part_work import PartFiles, run_part
from qsim.sweep.parts import POINTS, RUNS, planned_files, table_folder
from qsim.sweep.plan import STUDY, Part, Plan, study_manifest
from qsim.sweep.schema import EXPERIMENT

KEYS = ("scenario", "point", "replicate")
DAMAGED = "cannot be read; the same `qsim sweep` sets it aside and runs it again"
SUMS_KEYS = ("scenario", "point", "department", "task", "month")


@dataclass(frozen=True, order=True)
class Failure:
    """A part that failed: its number, its first and last row in the plan, and why, in one line."""

    part: int
    first_row: int
    last_row: int
    error: str

    def __str__(self) -> str:
        return f"part {self.part} failed (rows {self.first_row} to {self.last_row}): {self.error}"


@dataclass
class Progress:
    """What a study tells while it works: runs done, and a part that failed."""

    done: Callable[[int], None] = lambda count: None
    failed: Callable[[Failure], None] = lambda failure: None


@dataclass
class Execution:
    """How an execution ended: the parts that failed, and whether it was stopped before its end."""

    failed: list[Failure] = field(default_factory=list)
    stopped: bool = False


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
        cls,
        name: str | Path,
        changes: Sequence[str] = (),
        replications: int | None = None,
        seed: int | None = None,
        fixed: bool | None = None,
        rules: Sequence[str | Path] = (),
    ) -> Study:
        """Return the study of an experiment file, by name or path; raise InputError, with all errors, if it is wrong.

        ``rules`` are files of rules of one's own, which all its scenarios then have.
        """
        flag = "--fixed" if fixed else None
        command = command_line(
            "sweep",
            lasting_name(EXPERIMENT, name),
            flag,
            changes=changes,
            seed=seed,
            replications=replications,
            rules=[str(file) for file in rules],
        )
        with own_rules(rules):
            return cls(load_experiment(name, changes, replications, seed, fixed=fixed), command=command)

    @classmethod
    def open(cls, folder: str | Path) -> Study:
        """Return the study in a folder; raise InputError if there is none."""
        if not isinstance(folder, (str, Path)):
            raise TypeError(f"folder is the path of a folder, not {type(folder).__name__}")
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
        reuse: str | Path | None = None,
        shard: Shard | None = None,
    ) -> Study:
        """Run what is missing in the folder ``out`` and return the study in it.

        ``workers`` is the number of threads, all processors by default; ``scheduler`` the address of a Dask scheduler, or
        ``local``. ``large`` allows more than ten million runs. Runs that a study in the folder ``reuse`` has already are taken
        from there; of a ``shard`` only its parts are run. Raise InputError for a folder of another plan, RunError, after all
        others have been done, if parts failed.
        """
        if self.experiment is None:
            raise ValueError("this study was opened from a folder; Study.load gives one that can be run")
        if not large:
            content, points = self.experiment.content, self.experiment.design.points
            check_size(self.experiment.id, points, content.replications, len(self.experiment.bases))
        plan = Plan(self.experiment)
        result = run_plan(plan, Path(out), study_manifest(plan, self.command), workers, scheduler, Progress(progress),
                          reuse=None if reuse is None else Path(reuse), shard=shard)  # fmt: skip
        if result.failed:
            raise RunError("\n".join(map(str, result.failed)))
        return Study(self.experiment, Path(out))

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest of the folder."""
        folder = self._folder()
        manifest = read_manifest(folder / MANIFEST)
        if manifest is None or manifest.get("study") != STUDY:
            raise InputError.about(folder, "holds no study; `qsim sweep` makes one")
        return manifest

    def dataset(self, name: str) -> Any:
        """Return a table as a ``pyarrow.dataset``, which reads what is asked of it; raise InputError if it is not there."""
        files = self._files(name)
        key = plan_key(self.manifest)
        for part, file in files:
            with readable(file, DAMAGED):
                if not is_of(file, Stamp(key, part)):
                    raise InputError.about(file, "belongs to another plan")
        options = pa.dataset.ParquetFragmentScanOptions(page_checksum_verification=True)
        paths = [str(file.absolute()) for _, file in files]
        return pa.dataset.dataset(paths, format=pa.dataset.ParquetFileFormat(default_fragment_scan_options=options))

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

    def _files(self, name: str) -> list[tuple[int | str, Path]]:
        """Return the files of a table with the numbers of their parts; of parts that are done, and of no others."""
        folder, parts = self._folder(), self.manifest["parts"]
        path = folder / (POINTS if name == "points" else table_folder(name))
        if not path.exists():
            raise InputError.about(path, f"there is no table {name}")
        if name == "points":
            return [("", path)]
        done = planned_files(folder, RUNS, parts)
        files = [(part, file) for part, file in planned_files(folder, name, parts).items() if part in done]
        if not files:
            raise InputError.about(path, "holds no part that is done")
        return [*files]

    def _read(self, name: str, keys: Sequence[str]) -> pd.DataFrame:
        dataset = self.dataset(name)
        try:
            frame: pd.DataFrame = dataset.to_table().to_pandas()
        except UNREADABLE:
            damaged = next(path for path in map(Path, dataset.files) if not can_be_read(path))
            raise InputError.about(damaged, DAMAGED) from None
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
    reuse: Path | None = None,
    shard: Shard | None = None,
) -> Execution:
    """Run what is missing of a plan in a folder; ``begun`` is called with the folder once it is claimed.

    Runs that the study in the folder ``reuse`` has are taken from there. A scheduler is reached first, so that nothing is
    written where it cannot be.
    """
    known = None if reuse is None else Finished(reuse, plan, manifest)
    with ExitStack() as stack:
        cluster = None if scheduler is None else stack.enter_context(workers_of(workers, scheduler))
        folder = stack.enter_context(StudyFolder(out, plan, known.manifest if known else manifest, shard))
        begun(folder)
        if next(folder.missing(), None) is None:
            return Execution()
        chosen = cluster or stack.enter_context(workers_of(workers))
        return _execute(folder, chosen, progress or Progress(), stopping, fail_fast, known)


def _execute(
    folder: StudyFolder,
    workers: Workers,
    progress: Progress,
    stopping: Callable[[], bool],
    fail_fast: bool,
    known: Finished | None = None,
) -> Execution:
    """Run all parts that are not there and write each as it comes; a part that fails does not stop the others.

    Once ``stopping`` says so, or after a failure with ``fail_fast``, nothing new is begun and what is in flight is
    finished. Raise UnfinishedError if the workers are lost.
    """
    result = Execution()
    plan, job, missing = folder.plan, folder.plan.job(), folder.missing()

    def ending() -> bool:
        return stopping() or (fail_fast and bool(result.failed))

    whole = (plan.part(index) for index in missing)
    parts = whole if known is None else map(known.rest, whole)
    for part, future in run_pieces(workers, partial(run_part, job), parts, in_order=False, stopping=ending):
        failure = _failure(part, future)
        if failure is None:
            files = future.result()
            folder.write(part, files if known is None else known.joined(plan.part(part.index), files))
            progress.done(part.last - part.first)
        else:
            folder.note_failure(part, failure.error)
            result.failed.append(failure)
            progress.failed(failure)
    result.stopped = stopping() and next(missing, None) is not None
    return result


def _failure(part: Part, future: Future[PartFiles]) -> Failure | None:
    """Return how a part failed, None if it did not."""
    try:
        error = future.exception()
    except CancelledError:
        raise UnfinishedError("the connection to the workers is lost; what is done stays") from None
    if error is None:
        return None
    return Failure(part.index, part.first, part.last - 1, failure_text(error))
