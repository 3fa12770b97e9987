"""What is taken of a version: outcomes of its scenarios, run by itself in a process of its own, and kept; and its claims."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from qsim.claims.schema import HELD_OUT, LATEST
from qsim.diff.version import Version
from qsim.engine.rows import TWINS
from qsim.files.kept import cache_home
from qsim.files.messages import InputError
from qsim.files.writing import write_whole
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.intervals import Array
from qsim.scenario.labels import Label

PROBE = Path(__file__).with_name("probe.py")
COMMAND = "from qsim.cli import main; main()"
KEPT = 12
"""Files of numbers that are kept, the newest ones."""


@dataclass(frozen=True)
class Ran:
    """The runs of a scenario: its label, and outcomes by name (settings, twins), NaN where a run does not have one."""

    label: Label
    outcomes: dict[str, Array]


@dataclass(frozen=True)
class Tested:
    """A claim as a version has it: its text, and what came of it."""

    text: Label
    outcome: str


def runs_of(
    version: Version,
    names: Sequence[str],
    settings: int,
    seed: int,
    workers: int | None,
    progress: Callable[[int], None] = lambda count: None,
) -> dict[str, Ran]:
    """Return the runs of scenarios in so many settings of a version, with its own rules; ``progress`` counts scenarios.

    What was run, also before it was stopped, is kept in the user's cache folder. Raise InputError if the version cannot run them.
    """
    path = cache_home() / "diff" / f"{version.digest}-{seed}-{settings}.json"
    kept: dict[str, Any] = {}
    with suppress(OSError, ValueError):
        kept = json.loads(path.read_bytes())
    missing = [name for name in names if name not in kept]
    progress(len(names) - len(missing))
    if missing:
        asked = {"scenarios": missing, "replications": settings * TWINS, "seed": seed, "workers": workers,
                 "outcomes": [measure.name for measure in OUTCOMES]}  # fmt: skip
        try:
            for line in _lines(version, asked):
                kept[line["scenario"]] = line
                progress(1)
        finally:
            _keep(path, kept)
    return {name: _ran(kept[name], settings) for name in names}


def _ran(line: dict[str, Any], settings: int) -> Ran:
    values = {name: np.array(each, np.float64).reshape(settings, TWINS) for name, each in line["outcomes"].items()}
    return Ran(Label(**line["label"]), values)


def _keep(path: Path, kept: dict[str, Any]) -> None:
    """Write what was run, in place of what is oldest; a folder that cannot be written costs time only."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(kept).encode())
        for old in sorted(path.parent.glob("*.json"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
            old.unlink()


def _lines(version: Version, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what the probe prints of each scenario; raise InputError if it ends otherwise, or runs in another version."""
    with _process(version, ["-P", str(PROBE)]) as (process, errors):
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(BrokenPipeError), process.stdin:
            process.stdin.write(json.dumps(asked))
        lines = map(json.loads, process.stdout)
        head = next(lines, None)
        if head is not None and not Path(head["file"]).resolve().is_relative_to(version.sources):
            raise InputError.about(version.name, "another qsim is in the way of this one: " + head["file"])
        yield from lines
        _check_end(version, process, errors)


@contextmanager
def _process(version: Version, words: Sequence[str]) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """Start a process of a version, in an empty folder; it does not outlive this. Errors go to a file."""
    environment = {**os.environ, "PYTHONPATH": str(version.sources)}
    with tempfile.TemporaryDirectory(prefix="qsim-diff-") as folder, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, *words], cwd=folder, env=environment, encoding="utf-8", stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=errors,
        )  # fmt: skip
        with process:
            try:
                yield process, errors
            except BaseException:
                process.kill()
                raise


def _check_end(version: Version, process: subprocess.Popen[str], errors: IO[str]) -> None:
    """Raise InputError, with the last thing that was said, unless a process has ended well."""
    if process.wait() != 0:
        errors.seek(0)
        said = [line for line in errors.read().splitlines() if line.strip()]
        raise InputError.about(version.name, f"it cannot be run: {said[-1].strip() if said else process.returncode}")


def claims_of(version: Version, groups: Sequence[str] | None = None) -> dict[str, Tested]:
    """Return the claims of a version by id: as its ledger holds them, or run anew, those of some ``groups`` or of all.

    ``None`` takes what is stored. Raise InputError if they cannot be run.
    """
    if groups is None:
        found: list[dict[str, Any]] = []
        for name in (LATEST, HELD_OUT):
            with suppress(OSError, ValueError, KeyError, TypeError):
                found += json.loads((version.data("claims") / name).read_bytes())["claims"]
    else:
        words = [word for letter in groups for word in ("--group", letter)]
        with _process(version, ["-P", "-c", COMMAND, "claims", "--json", "--quiet", *words]) as (process, errors):
            text, _ = process.communicate()
            _check_end(version, process, errors)
        found = json.loads(text)["claims"]
    return {one["id"]: Tested(Label(**one["text"]), one["outcome"]) for one in found}
