"""Executes the parts of a plan on any executor: so many at once, written as they come, failures told and kept apart."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field

from qsim.runs.failures import RunError, UnfinishedError
from qsim.sweep.executors import Workers
from qsim.sweep.folder import StudyFolder
from qsim.sweep.part_work import PartFiles, run_part
from qsim.sweep.plan import Part

LOOK_SECONDS = 0.5
"""How often it is looked whether somebody wants to stop."""


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


def execute(
    folder: StudyFolder,
    workers: Workers,
    progress: Progress,
    stopping: Callable[[], bool] = lambda: False,
    fail_fast: bool = False,
) -> Execution:
    """Run all parts that are not there and write each as it comes; memory does not grow with their number.

    Once ``stopping`` says so, or after a failure with ``fail_fast``, nothing new is begun and what is in flight is
    finished. Raise UnfinishedError if nothing can be written any more or the workers are lost.
    """
    found = Execution()
    job = folder.plan.job()
    missing = folder.missing()
    waiting: dict[Future[PartFiles], Part] = {}
    try:
        while True:
            ending = stopping() or (fail_fast and bool(found.failed))
            while not ending and len(waiting) < workers.window():
                index = next(missing, None)
                if index is None:
                    break
                part = folder.plan.part(index)
                waiting[workers.executor.submit(run_part, job, part)] = part
            if not waiting:
                found.stopped = stopping() and next(missing, None) is not None
                return found
            done, _ = wait(waiting, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=lambda future: waiting[future].index):
                _take(folder, waiting.pop(future), future, progress, found)
    finally:
        for future in waiting:
            future.cancel()


def _take(folder: StudyFolder, part: Part, future: Future[PartFiles], progress: Progress, found: Execution) -> None:
    """Write a part that is done, or tell why it failed."""
    try:
        files = future.result()
    except CancelledError:
        raise UnfinishedError("the connection to the workers is lost; what is done stays") from None
    except Exception as error:
        words = str(error) if isinstance(error, RunError) else f"{type(error).__name__}: {error}"
        failure = Failure(part.index, part.first, part.last - 1, " ".join(words.split()))
        folder.note_failure(part, failure.error)
        found.failed.append(failure)
        progress.failed(failure)
        return
    folder.write(part, files)
    progress.done(part.last - part.first)
