"""A study in Python: loaded from an experiment file, run into a folder, opened again and read as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset

from qsim.engine.own_files import Given
from qsim.engine.rows import REPLICATIONS
from qsim.files.kinds import lasting_name
from qsim.files.messages import InputError
from qsim.runs.manifest import MANIFEST, Manifest, command_line, read_manifest
from qsim.runs.plans import plan_key
from qsim.runs.reuse import no_study
from qsim.runs.runner import RunError
from qsim.runs.store import UNREADABLE, Stamp, can_be_read, is_of, readable
from qsim.scenario.own_code import own_rules
from qsim.sweep.folder import Shard
from qsim.sweep.loading import Experiment, check_size, load_experiment
from qsim.sweep.objects import Scenarios, experiment_of
from qsim.sweep.parts import POINTS, RUNS, TABLES, planned_files, table_folder
from qsim.sweep.plan import STUDY, Plan, study_manifest
from qsim.sweep.running import Progress, run_plan
from qsim.sweep.schema import EXPERIMENT

KEYS = ("scenario", "point", "replicate")
DAMAGED = "cannot be read; the same `qsim sweep` sets it aside and runs it again"
SUMS_KEYS = ("scenario", "point", "department", "task", "month")


class Study:
    """An experiment that can be run (:meth:`load`, :meth:`of`), or the folder of one that has been (:meth:`open`).

    The tables are read when they are asked for. A study whose runs are not all there yet has those that are. One that was
    run without a folder has its tables in memory.
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
    def of(
        cls,
        scenarios: Scenarios,
        factors: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        design: Mapping[str, Any] | None = None,
        points: pd.DataFrame | None = None,
        outcomes: Sequence[str | Mapping[str, Any]] = (),
        replications: int = REPLICATIONS,
        seed: int = 1,
        fixed: bool = False,
        output: str = "runs",
        more: Mapping[str, Any] | None = None,
        name: str = "study",
        rules: Given | Sequence[Given] | None = None,
    ) -> Study:
        """Return a study of Python objects, the same as one of a file that says the same; no file is written or read.

        ``scenarios`` are one or several, as :func:`qsim.simulate` takes them, or, by name, these or the content of a file.
        ``factors`` are those of an experiment file by their ids, ``design`` and ``outcomes`` (or names of measures) as there,
        ``more`` are other keys of it; ``points`` states the points instead of a design, a column a factor. Raise InputError,
        with all that is wrong, TypeError for what no file can hold.

        >>> study = Study.of("small", {"up": {"key": "parameters.practice.up", "levels": [0.02, 0.08]}}, replications=5,
        ...                  outcomes=["practice"])
        >>> study.run().runs.groupby("point")["practice"].count().tolist()
        [5, 5]
        """
        content = {
            "outcomes": outcomes,
            "replications": replications,
            "seed": seed,
            "fixed": fixed,
            "output": output,
        }
        if design is not None:
            content["design"] = design
        return cls(experiment_of(scenarios, factors or {}, {**content, **(more or {})}, name, points, rules))

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
        out: str | Path | None = None,
        workers: int | None = None,
        scheduler: str | None = None,
        progress: Callable[[int], None] = lambda count: None,
        large: bool = False,
        reuse: str | Path | None = None,
        shard: Shard | None = None,
    ) -> Study:
        """Run what is missing in the folder ``out``, and return the study in it; without a folder, all, in memory.

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
        if out is None:
            with TemporaryDirectory() as folder:
                return self.run(folder, workers, scheduler, progress, large, reuse, shard)._in_memory()
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
            raise no_study(folder, STUDY, manifest)
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

    def _in_memory(self) -> Study:
        """Return the study without its folder; all its tables have been read."""
        assert self.experiment is not None
        for name in ("manifest", "points", *TABLES[self.experiment.content.output]):
            getattr(self, name)
        self.folder = None
        return self

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
            raise ValueError("this study has no folder; run(out=...) gives one with tables")
        return self.folder
