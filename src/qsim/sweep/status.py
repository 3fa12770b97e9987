"""How far the study in a folder is, and what is damaged in it, by looking at its files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from qsim.files.messages import InputError
from qsim.runs.folder import is_locked
from qsim.runs.manifest import CRATE, MANIFEST, Manifest, continue_command, read_manifest
from qsim.runs.plans import plan_key
from qsim.runs.store import Stamp, can_be_read
from qsim.sweep.folder import CORRUPT, FAILED, FailedPart, failures_in
from qsim.sweep.parts import CHECKSUMS, POINTS, TABLES, is_whole, look_at, read_sums, table_folder
from qsim.sweep.plan import STUDY

SENSITIVITY, PARTS = "sensitivity", "parts"
OF_RUN = ("runs", "series", "series_tasks", "departments", "divisions", "ledger", "events")
RESULTS = {
    "run": OF_RUN,
    "compare": (*OF_RUN, "comparison"),
    SENSITIVITY: ("points", "runs", "indices", "assumptions", "screening", "pairs", "convergence", "luck"),
    "discover": ("boxes", "tradeoff"),
    "claims": ("claims", "claims_trials"),
}
"""The tables that a folder of results holds in the end, by its study."""

NO_RESULTS = (
    "holds no results of qsim; expected the folder of --out of run, compare, sweep, sensitivity, discover or claims"
)

OF_RIVALS = ("claims_rivals",)
"""Those of claims that were tested in rival models."""

OF_STUDY, OF_TABLES = (MANIFEST, CRATE, POINTS, CHECKSUMS, FAILED, CORRUPT), (MANIFEST, CRATE, "figures")
"""What lies in the folder of a study in parts, and of one of whole tables, besides its tables."""

STAGE = re.compile(r"(screening|first|second)-[0-9]{5}\.parquet")
"""The parts of a sensitivity study."""


@dataclass(frozen=True)
class Status:
    """How far a study is, counted in runs and parts where it has any; ``command`` goes on with it, if anything does.

    ``damaged`` are files that are not as they were written, ``missing`` tables that are not there, ``foreign`` files that
    do not belong to the study; paths start in its folder.
    """

    study: str
    experiment: str
    command: str
    running: bool
    damaged: tuple[str, ...]
    missing: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    runs: int = 0
    runs_done: int = 0
    parts: int = 0
    parts_done: int = 0
    failed: tuple[FailedPart, ...] = ()
    set_aside: int = 0

    @property
    def finished(self) -> bool:
        """Whether all is there, as it was written."""
        return self.parts_done == self.parts and not self.damaged and not self.missing


def status_of(folder: Path) -> Status:
    """Return how far the study in a folder is; raise InputError, in one line, if the folder holds none."""
    manifest = read_manifest(folder / MANIFEST)
    if manifest is None and (folder / table_folder("runs")).is_dir():
        text = "has lost its manifest; the command that began the study writes it again and goes on"
        raise InputError.about(folder, text)
    if manifest is None or manifest["study"] not in (STUDY, *RESULTS):
        raise InputError.about(folder, NO_RESULTS if folder.is_dir() else "there is no such folder")
    return _of_parts(folder, manifest) if manifest["study"] == STUDY else _of_tables(folder, manifest)


def _of_parts(folder: Path, manifest: Manifest) -> Status:
    """Return the status of a study in parts."""
    parts, plan, key = manifest["parts"], manifest["plan"], plan_key(manifest)
    found = look_at(folder, TABLES[plan["output"]], parts, key)
    known = read_sums(folder / CHECKSUMS / "points.json").get("points")
    points = folder / POINTS
    damaged = [*([] if is_whole(points, known, Stamp(key)) else [points]), *found.damaged]
    failed, unread = failures_in(folder)
    aside = folder / CORRUPT
    rows = manifest["runs"], manifest["replications"], plan["part_rows"]
    return Status(
        study=manifest["study"],
        experiment=manifest["experiment"]["id"],
        command=continue_command(manifest["command"], folder),
        running=is_locked(folder),
        damaged=_named(damaged, folder),
        foreign=_named([*_strays(folder, OF_STUDY, TABLES[plan["output"]]), *found.foreign, *unread], folder),
        runs=manifest["runs"],
        runs_done=sum(_rows(index, *rows) for index in found.done),
        parts=parts,
        parts_done=len(found.done),
        failed=tuple(one for one in failed if one["part"] not in found.done),
        set_aside=len(list(aside.iterdir())) if aside.is_dir() else 0,
    )


def _of_tables(folder: Path, manifest: Manifest) -> Status:
    """Return the status of a folder whose tables are whole files; those of its parts, too, if it has such."""
    names = OF_RIVALS if (folder / f"{OF_RIVALS[0]}.parquet").exists() else RESULTS[manifest["study"]]
    paths = [folder / f"{name}.parquet" for name in names]
    sensitivity = manifest["study"] == SENSITIVITY
    parts = sorted(path for path in (folder / PARTS).glob("*") if sensitivity and not path.name.startswith("."))
    own = (*OF_TABLES, *(f"{name}.csv" for name in names), *([PARTS] if sensitivity else []))
    return Status(
        study=manifest["study"],
        experiment=manifest["scenarios"][0]["id"],
        command=continue_command(manifest["command"], folder) if sensitivity else "",
        running=is_locked(folder),
        damaged=_named(
            [path for path in (*paths, *filter(_is_stage, parts)) if path.exists() and not can_be_read(path)], folder
        ),
        missing=_named([path for path in paths if not path.exists()], folder),
        foreign=_named([*_strays(folder, own, names), *(path for path in parts if not _is_stage(path))], folder),
    )


def _strays(folder: Path, own: tuple[str, ...], tables: tuple[str, ...]) -> list[Path]:
    """Return what lies beside the files of a study and its tables, but for hidden files."""
    known = {*own, *map(table_folder, tables)}
    return sorted(path for path in folder.iterdir() if path.name not in known and not path.name.startswith("."))


def _is_stage(path: Path) -> bool:
    return STAGE.fullmatch(path.name) is not None


def _named(paths: list[Path], folder: Path) -> tuple[str, ...]:
    return tuple(path.relative_to(folder).as_posix() for path in paths)


def _rows(index: int, runs: int, replications: int, part_rows: int) -> int:
    """Return the runs of a part, as the plan has them."""
    if replications <= part_rows:
        step = part_rows // replications * replications
        return min(step, runs - index * step)
    piece = index % -(-replications // part_rows)
    return min(part_rows, replications - piece * part_rows)
