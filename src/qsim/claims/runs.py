"""The runs of many claims, each done once: worlds that claims share are run once and only what is read is kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from os import cpu_count
from types import TracebackType
from typing import NamedTuple

import numpy as np

from qsim.claims.variants import Variant, prepare_variant
from qsim.engine.prepare import Prepared
from qsim.engine.warm import warm_up
from qsim.runs.failures import RunError
from qsim.runs.readings import Array, Reading, read
from qsim.scenario.schema import Scenario

CHUNK = 8
"""Runs that a thread does at once."""

PREPARED_KEPT = 96

WorldKey = str


class Wanted(NamedTuple):
    """Runs that are needed: the first ``number`` of a world in a variant; ``replicates`` of them share a setting."""

    world: WorldKey
    variant: Variant
    number: int
    replicates: int = 1


@dataclass
class _Kept:
    """What was read from the runs of a world in a variant: (runs, readings)."""

    values: Array
    planned: int = 0
    waiting: list[Future[Array]] = field(default_factory=list)


def world_key(scenario: Scenario) -> WorldKey:
    """Return a text that two scenarios share if and only if they give the same runs."""
    return scenario.model_dump_json(exclude={"id", "label", "description", "facts"})


class Runs:
    """Runs worlds on a pool of threads and remembers what is read from them; used in a ``with`` block.

    ``readings`` says, for each world by key, what any claim reads from it. ``progress`` is called with runs done.
    """

    def __init__(
        self,
        worlds: Mapping[WorldKey, Scenario],
        readings: Mapping[WorldKey, tuple[Reading, ...]],
        seed: int,
        workers: int | None = None,
        progress: Callable[[int], None] = lambda count: None,
    ) -> None:
        self.seed = seed
        self._worlds = worlds
        self._readings = readings
        self._progress = progress
        self._kept: dict[tuple[WorldKey, Variant], _Kept] = {}
        self._prepared: OrderedDict[tuple[WorldKey, Variant], Prepared] = OrderedDict()
        self._pool = ThreadPoolExecutor(workers or cpu_count() or 1)
        self._done = 0

    def __enter__(self) -> Runs:
        warm_up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def fill(self, wanted: Iterable[Wanted]) -> None:
        """Do the runs that are not there yet, all side by side; raise RunError if one fails."""
        keys = dict.fromkeys((one.world, one.variant) for one in wanted)
        try:
            for one in wanted:
                self._start(one)
            for key in keys:
                self._collect(key)
        except BaseException:
            for key in keys:
                for future in self._kept[key].waiting if key in self._kept else ():
                    future.cancel()
            raise

    def values(self, wanted: Wanted, reading: Reading) -> Array:
        """Return a reading of the wanted runs (number,), doing those that are not there yet."""
        self.fill([wanted])
        column = self._readings[wanted.world].index(reading)
        return self._kept[wanted.world, wanted.variant].values[: wanted.number, column]

    def taken(self) -> int:
        """Return how many runs were done since this was last asked."""
        done, self._done = self._done, 0
        return done

    def _start(self, wanted: Wanted) -> None:
        key = (wanted.world, wanted.variant)
        if key not in self._kept:
            self._kept[key] = _Kept(np.empty((0, len(self._readings[wanted.world]))))
        kept = self._kept[key]
        for first in range(kept.planned, wanted.number, CHUNK):
            rows = [(i, i // wanted.replicates) for i in range(first, min(first + CHUNK, wanted.number))]
            kept.waiting.append(self._pool.submit(self._run, self._prepare(key), wanted.world, rows))
        kept.planned = max(kept.planned, wanted.number)

    def _collect(self, key: tuple[WorldKey, Variant]) -> None:
        kept = self._kept[key]
        parts = [kept.values]
        while kept.waiting:
            part = kept.waiting.pop(0).result()
            parts.append(part)
            self._done += len(part)
            self._progress(len(part))
        kept.values = np.concatenate(parts)

    def _prepare(self, key: tuple[WorldKey, Variant]) -> Prepared:
        result = self._prepared.pop(key, None) or prepare_variant(self._worlds[key[0]], key[1])
        self._prepared[key] = result
        if len(self._prepared) > PREPARED_KEPT:
            self._prepared.popitem(last=False)
        return result

    def _run(self, prepared: Prepared, world: WorldKey, rows: list[tuple[int, int]]) -> Array:
        scenario = self._worlds[world]
        try:
            with np.errstate(all="ignore"):  # a reversed parameter may give numbers that are not finite
                output = prepared.run(self.seed, rows)
                return np.stack([read(reading, output, scenario) for reading in self._readings[world]], axis=1)
        except Exception as error:
            raise RunError(f"{scenario.id}: {type(error).__name__}: {error}") from error
