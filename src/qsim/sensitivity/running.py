"""Runs a design part by part on a pool of threads, keeping each part that is done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

import numpy as np

from qsim.runs.interruption import asked_to_stop
from qsim.sensitivity.parts import Parts

Array = np.ndarray[Any, np.dtype[np.float64]]

PART = 64
"""Points in a part, whatever the number of threads."""

Progress = Callable[[int], None]


class Runnable(Protocol):
    """Points that can be run: all with the same replicates."""

    points: Array
    replicates: int

    def run(self, first: int, last: int) -> Array:
        """Return readings (points, replicates, readings) of some points."""


def run_points(
    runs: Runnable,
    stage: str,
    readings: int,
    parts: Parts,
    workers: int | None = None,
    progress: Progress | None = None,
    told: Callable[[], None] = lambda: None,
) -> Array:
    """Return the readings (points, replicates, readings) of all points of a stage, the same for any number of workers.

    Parts that are kept already are not run again. Of each run only its readings stay in memory. Ctrl-C calls ``told``,
    lets the parts in flight end and raises KeyboardInterrupt. Raise RunError for the first part that fails; those done
    before are kept.
    """
    found = np.empty((len(runs.points), runs.replicates, readings))
    wanted = []
    for part, first in enumerate(range(0, len(found), PART)):
        last = min(first + PART, len(found))
        kept = parts.read(f"{stage}-{part:05d}", (last - first, runs.replicates, readings))
        if kept is None:
            wanted.append((part, first, last))
        else:
            found[first:last] = kept
            _report(progress, (last - first) * runs.replicates)
    with asked_to_stop(told) as stopping:
        for (part, first, last), values in _in_order(runs, wanted, workers, stopping):
            parts.write(f"{stage}-{part:05d}", values)
            found[first:last] = values
            _report(progress, (last - first) * runs.replicates)
        if stopping():
            raise KeyboardInterrupt
    return found


def _report(progress: Progress | None, runs: int) -> None:
    if progress is not None:
        progress(runs)


def _in_order(
    runs: Runnable, wanted: list[tuple[int, int, int]], workers: int | None, stopping: Callable[[], bool]
) -> Iterator[tuple[tuple[int, int, int], Array]]:
    """Yield parts with their readings in order, at most a few ahead of who takes them; begin none once ``stopping``."""
    count = min(workers or os.cpu_count() or 1, max(len(wanted), 1))
    with ThreadPoolExecutor(count) as pool:
        waiting: list[tuple[tuple[int, int, int], Future[Array]]] = []
        try:
            for one in wanted:
                if stopping():
                    break
                waiting.append((one, pool.submit(runs.run, one[1], one[2])))
                if len(waiting) > 2 * count:
                    first, future = waiting.pop(0)
                    yield first, future.result()
            while waiting:
                first, future = waiting.pop(0)
                yield first, future.result()
        finally:
            for _, future in waiting:
                future.cancel()
