"""How far a study is: what is there, what failed, whether somebody works on it, and the command that goes on."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qsim.files.messages import InputError, Message
from qsim.runs.lock import is_locked
from qsim.runs.manifest import MANIFEST, read_manifest
from qsim.sweep.folder import CORRUPT, failures_in, parts_in
from qsim.sweep.manifest import STUDY


@dataclass(frozen=True)
class Status:
    """How far the study in a folder is, counted in runs and parts; ``command`` goes on with it."""

    experiment: str
    runs: int
    runs_done: int
    parts: int
    parts_done: int
    failed: tuple[dict[str, Any], ...]
    set_aside: int
    running: bool
    command: str

    @property
    def finished(self) -> bool:
        """Whether all parts are there."""
        return self.parts_done == self.parts


def status_of(folder: Path) -> Status:
    """Return how far the study in a folder is; raise InputError, in one line, if the folder holds none."""
    manifest = read_manifest(folder / MANIFEST)
    if manifest is None or manifest.get("study") != STUDY:
        there = "holds no study" if folder.is_dir() else "there is no such folder"
        raise InputError([Message(str(folder), None, None, "", f"{there}; `qsim sweep` makes one")])
    try:
        parts, runs = int(manifest["parts"]), int(manifest["runs"])
        name, command = str(manifest["experiment"]["id"]), str(manifest["command"])
        replications, part_rows = int(manifest["replications"]), int(manifest["plan"]["part_rows"])
    except (KeyError, TypeError, ValueError):
        raise InputError([Message(str(folder / MANIFEST), None, None, "", "is no manifest of a study")]) from None
    done = {index for index in parts_in(folder) if index < parts}
    aside = folder / CORRUPT
    return Status(
        experiment=name,
        runs=runs,
        runs_done=sum(_rows(index, runs, replications, part_rows) for index in done),
        parts=parts,
        parts_done=len(done),
        failed=tuple(one for one in failures_in(folder) if one.get("part") not in done),
        set_aside=len(list(aside.iterdir())) if aside.is_dir() else 0,
        running=is_locked(folder),
        command=continue_command(command, folder),
    )


def continue_command(command: str, folder: Path) -> str:
    """Return the command that goes on with a study in a folder."""
    return f"{command} --out {shlex.quote(str(folder))}"


def _rows(index: int, runs: int, replications: int, part_rows: int) -> int:
    """Return the runs of a part, as the plan has them."""
    if replications <= part_rows:
        step = part_rows // replications * replications
        return min(step, runs - index * step)
    piece = index % -(-replications // part_rows)
    return min(part_rows, replications - piece * part_rows)
