"""Runs what is missing of a plan in a folder, part by part, and tells how it ended."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from qsim.runs.manifest import Manifest
from qsim.runs.runner import UnfinishedError, Workers, failure_text, run_pieces, workers_of
from qsim.sweep.folder import Shard, StudyFolder
from qsim.sweep.growing import Finished
from qsim.sweep.part_work import PartFiles, run_part
from qsim.sweep.plan import Part, Plan


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
