"""Runs a design part by part: the values and readings of its points, and where each part that is done is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from qsim.engine.prepare import Prepared
from qsim.runs.folder import PartsFolder
from qsim.runs.manifest import Manifest
from qsim.runs.plans import plan_key, with_origins
from qsim.runs.readings import Array, Reading, read
from qsim.runs.reuse import lacking, nothing_same, point_digest, reused_manifest, same_scenarios, stamped_table
from qsim.runs.runner import RunError, asked_to_stop, failure_text, run_pieces, worker_count, workers_of
from qsim.runs.store import UNREADABLE, Stamp, is_of, is_plain, parquet_bytes
from qsim.scenario.schema import Scenario
from qsim.sensitivity.space import Dimension
from qsim.sweep.factors import SETTING
from qsim.world.parameters import PARAMETERS
from qsim.world.unknowns import drawn_value

MIDDLE = 0.5
"""Where in its range an open value of the scenario lies that is not varied; parameters then are those of the central setting."""

BELOW_ONE = float(np.nextafter(1.0, 0.0))

PARTS = "parts"

TABLES = ("points.parquet", "runs.parquet", "indices.parquet", "assumptions.parquet", "screening.parquet", "pairs.parquet",
          "convergence.parquet", "luck.parquet")  # fmt: skip
DAMAGED = ".damaged"

PART = 64
"""Points in a part, whatever the number of threads."""

Progress = Callable[[int], None]


class PointRuns:
    """Runs the points (points, dimensions) of a design in the unit cube, and reads a few numbers from every run.

    Each point is run with the same replicates, in the setting of the ensemble that its dimension says, if one does: the runs
    are those of every command there. Else the number of a point is the setting of its runs, all with the same parameters.
    """

    def __init__(
        self,
        scenario: Scenario,
        dimensions: Sequence[Dimension],
        points: Array,
        replicates: int,
        readings: Sequence[Reading],
        seed: int,
    ) -> None:
        self.points = points
        self.replicates = replicates
        self._dimensions = dimensions
        self._places = np.minimum(points, BELOW_ONE)
        self.readings = tuple(readings)
        self._seed = seed
        prepared = Prepared(scenario, plausible=any(one.id == SETTING for one in dimensions))
        plan, _ = prepared.blueprint.plan(0, 0)
        self._whole = {SETTING, *(key for _, _, key, _, whole in plan.patches if whole), *prepared.blueprint.structural}
        self._prepared = prepared.at(
            {
                key: unknown.middle if key.startswith(PARAMETERS) else drawn_value(unknown, MIDDLE, key in self._whole)
                for key, unknown in prepared.blueprint.unknowns.items()
            }
        )

    def run(self, first: int, last: int, known: Sequence[Array] | None = None) -> Array:
        """Return readings (points, replicates, readings) of the points ``first`` to ``last - 1``, run in this thread.

        Of each point the first replicates may be ``known`` (replicates, readings). Raise RunError, with the numbers of the
        points, if a run fails.
        """
        known = [np.empty((0, len(self.readings)))] * (last - first) if known is None else known
        try:
            return np.stack([self._read(point, own) for point, own in zip(range(first, last), known, strict=True)])
        except Exception as error:
            raise RunError(f"points {first} to {last - 1} failed: {failure_text(error)}") from error

    def values(self) -> dict[str, list[Any]]:
        """Return the values of the varied keys at the points; months as numbers ``12 * year + month - 1``."""
        return {
            one.id: [self._value(one, u) for u in self._places[:, place].tolist()]
            for place, one in enumerate(self._dimensions)
        }

    def digests(self, first: int, last: int) -> list[str]:
        """Return what tells the points ``first`` to ``last - 1`` from others, whatever their numbers."""
        return [point_digest(self._values(point)).hex() for point in range(first, last)]

    def _value(self, one: Dimension, u: float) -> Any:
        return drawn_value(one.unknown, one.draw(u), one.id in self._whole)

    def _values(self, point: int) -> dict[str, Any]:
        places = self._places[point].tolist()
        return {one.id: self._value(one, u) for one, u in zip(self._dimensions, places, strict=True)}

    def _read(self, point: int, known: Array) -> Array:
        """Return what is read from the runs of a point, (replicates, readings), after those that are known."""
        missing = range(len(known), self.replicates)
        if not missing:
            return known
        values = self._values(point)
        setting = int(values.pop(SETTING, point))
        prepared = self._prepared.with_parameters(self._prepared.blueprint.row(setting)).at(values)
        output = prepared.run(self._seed, [(replicate, setting) for replicate in missing])
        new = np.stack([read(one, output, prepared.scenario) for one in self.readings], axis=1)
        return np.concatenate([known, new])


class PointsFolder(PartsFolder):
    """A folder for one plan, used in a ``with`` block; each part is a Parquet file, renamed when it is whole.

    Entering raises InputError, one clear line, if the folder belongs to another plan, holds foreign files, is in use or
    cannot be written. ``damaged`` names the files that could not be read; they were set aside with another ending.
    """

    advice = ", the same command goes on"
    own = (PARTS, *TABLES, *(name.replace("parquet", "csv") for name in TABLES), "figures")

    def __init__(self, folder: Path, manifest: Manifest, columns: tuple[str, ...]) -> None:
        super().__init__(folder, manifest)
        self.damaged: list[str] = []
        self._columns = columns

    def begin(self) -> None:
        """Write the manifest and make the folder of parts."""
        if self.there is None and not all(self._is_ours(path) for path in (self.folder / PARTS).glob("*.parquet")):
            raise self.lost()
        (self.folder / PARTS).mkdir(exist_ok=True)
        super().begin()

    def refuse_other(self, there: Manifest) -> None:
        """Raise InputError if the manifest that is there is of another plan, or was run with other rules."""
        super().refuse_other(there)
        if there.get("sources") != self.manifest.get("sources"):
            raise self.error("holds runs of other rules of the same version; name another folder")

    def folders(self) -> Iterator[Path]:
        """Yield the folders in which files are written."""
        yield self.folder
        yield self.folder / PARTS
        yield self.folder / "figures"

    def read(self, name: str, shape: tuple[int, int, int]) -> Array | None:
        """Return a part that is done; set it aside and return None if it is damaged or has another shape."""
        path = self.folder / PARTS / f"{name}.parquet"
        if not path.exists() and not path.is_symlink():
            return None
        try:
            if not self._is_ours(path):
                raise ValueError("of another plan, or no file")
            table = pa.parquet.read_table(path.absolute(), columns=list(self._columns), page_checksum_verification=True)
            values = np.stack([table[column].to_numpy() for column in self._columns], axis=1)
            return np.asarray(values, dtype=np.float64).reshape(shape)
        except (*UNREADABLE, KeyError):
            self.set_aside(path, path.with_name(path.name + DAMAGED))
            self.damaged.append(path.name)
            return None

    def write(self, name: str, values: Array, points: Sequence[str]) -> None:
        """Keep a part, with the digests of its points, under its name; it is there whole or not at all."""
        self.put(f"{PARTS}/{name}.parquet", part_bytes(values, self._columns, points, Stamp(self.key, name)))

    def _is_ours(self, path: Path) -> bool:
        """Return whether a file is a part of this plan, under its own name."""
        return is_plain(path) and is_of(path, Stamp(self.key, path.stem))

    def put_table(self, name: str, table: pa.Table) -> None:
        """Write a table as a Parquet file of the folder."""
        self.put(name, parquet_bytes([table]))

    def put(self, name: str, content: bytes) -> None:
        """Write a file of the folder under another name first, so that it is whole under its own."""
        self.replace(self.folder / name, content)


def part_bytes(values: Array, columns: Sequence[str], points: Sequence[str], stamp: Stamp | None = None) -> bytes:
    """Return the readings (points, replicates, readings) of a part, and the digests of its points, as a Parquet file."""
    count, replicates, _ = values.shape
    flat = values.reshape(count * replicates, -1)
    table = {"point": np.repeat(list(points), replicates), "replicate": np.tile(np.arange(replicates), count)}
    table |= {column: flat[:, place] for place, column in enumerate(columns)}
    return parquet_bytes([pa.table(table)], stamp)


class Finished:
    """The runs of a study in a ``folder`` that has the scenario and the seed of the plan of ``manifest``, too.

    ``manifest`` then says on what they were made. Raise InputError, one clear line, if the folder holds none, or lacks one of
    the ``columns``, or a part of it is damaged.
    """

    def __init__(self, folder: Path, manifest: Manifest, columns: Sequence[str]) -> None:
        there = reused_manifest(folder, manifest)
        parts = sorted((folder / PARTS).glob("*.parquet"))
        if 0 not in same_scenarios(there, manifest) or not parts:
            raise nothing_same(folder)
        self.manifest = with_origins(manifest, there)
        self._readings: dict[str, Array] = {}
        self._none = np.empty((0, len(columns)))
        key, replicates = plan_key(there), there["replications"]
        for path in parts:
            table = stamped_table(path, Stamp(key, path.stem))
            if missing := [column for column in columns if column not in table.column_names]:
                raise lacking(folder, missing[0])
            values = np.stack([table[column].to_numpy() for column in columns], axis=1)
            points = table["point"].to_pylist()[::replicates]
            self._readings |= zip(points, values.reshape(len(points), replicates, -1), strict=True)

    def readings(self, point: str, replicates: int) -> Array:
        """Return what was read from the first replicates of a point, by its digest: (replicates or fewer, readings)."""
        return self._readings.get(point, self._none)[:replicates]


def run_points(
    runs: PointRuns,
    stage: str,
    parts: PointsFolder | None = None,
    workers: int | None = None,
    progress: Progress = lambda runs: None,
    told: Callable[[], None] = lambda: None,
    known: Finished | None = None,
) -> Array:
    """Return the readings (points, replicates, readings) of all points of a stage, the same for any number of workers.

    Parts that are kept already are not run again, nor what is ``known`` of another study. Of each run only its readings stay
    in memory. Ctrl-C calls ``told``, lets the parts in flight end and raises KeyboardInterrupt. Raise RunError for the first
    part that fails; those done before are kept.
    """
    result = np.empty((len(runs.points), runs.replicates, len(runs.readings)))
    wanted = []
    for part, first in enumerate(range(0, len(result), PART)):
        last = min(first + PART, len(result))
        kept = None if parts is None else parts.read(f"{stage}-{part:05d}", (last - first, *result.shape[1:]))
        if kept is None:
            wanted.append((part, first, last))
        else:
            result[first:last] = kept
            progress((last - first) * runs.replicates)
    count = min(worker_count(workers), max(len(wanted), 1))

    def run(piece: tuple[int, int, int]) -> Array:
        _, first, last = piece
        if known is None:
            return runs.run(first, last)
        return runs.run(first, last, [known.readings(one, runs.replicates) for one in runs.digests(first, last)])

    with asked_to_stop(told) as stopping, workers_of(count) as pool:
        for (part, first, last), future in run_pieces(pool, run, wanted, stopping=stopping):
            result[first:last] = future.result()
            if parts is not None:
                parts.write(f"{stage}-{part:05d}", result[first:last], runs.digests(first, last))
            progress((last - first) * runs.replicates)
        if stopping():
            raise KeyboardInterrupt
    return result
