"""The runs of many claims, each done once: worlds that claims share are run once and only what is read is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from functools import lru_cache
from types import TracebackType
from typing import NamedTuple

import numpy as np

from qsim.claims.variants import Variant, prepare_variant
from qsim.comparison.worlds import twin_rows
from qsim.engine.prepare import Prepared
from qsim.engine.rows import TWINS
from qsim.engine.warm import warm_up
from qsim.runs.readings import Array, Reading, read
from qsim.runs.runner import RunError, failure_text, run_pieces, workers_of
from qsim.scenario.schema import Scenario

CHUNK = 2
"""Settings of which a thread does the runs at once."""

PREPARED_KEPT = 96

WorldKey = str


class Wanted(NamedTuple):
    """Runs that are needed: all twins of the first ``settings`` of a world in a variant."""

    world: WorldKey
    variant: Variant
    settings: int


Key = tuple[WorldKey, Variant]


class _Piece(NamedTuple):
    """Some runs of a world in a variant: rows (replicate, setting)."""

    key: Key
    prepared: Prepared
    rows: list[tuple[int, int]]


def world_key(scenario: Scenario) -> WorldKey:
    """Return a text that two scenarios share if and only if they give the same runs."""
    return scenario.model_dump_json(exclude={"id", "label", "description", "facts"})


class Runs:
    """Runs worlds on a pool of threads and remembers what is read from them; used in a ``with`` block.

    ``readings`` says, for each world by key, what any claim reads from it. ``progress`` is called with runs done. Without
    ``plausible`` settings all is at the defaults, one run a setting.
    """

    def __init__(
        self,
        worlds: Mapping[WorldKey, Scenario],
        readings: Mapping[WorldKey, tuple[Reading, ...]],
        seed: int,
        workers: int | None = None,
        progress: Callable[[int], None] = lambda count: None,
        plausible: bool = True,
    ) -> None:
        self.seed = seed
        self._plausible = plausible
        self._twins = TWINS if plausible else 1
        self._worlds = worlds
        self._readings = readings
        self._progress = progress
        self._kept: dict[Key, Array] = {}
        self._prepare = lru_cache(PREPARED_KEPT)(
            lambda world, variant: prepare_variant(worlds[world], variant, plausible)
        )
        self._stack = ExitStack()
        self._pool = self._stack.enter_context(workers_of(workers))
        self._done = 0

    def __enter__(self) -> Runs:
        warm_up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def fill(self, wanted: Iterable[Wanted]) -> None:
        """Do the runs that are not there yet, all side by side; raise RunError if one fails."""
        for piece, future in run_pieces(self._pool, self._run, self._missing(wanted)):
            part = future.result()
            self._kept[piece.key] = np.concatenate([self._kept[piece.key], part])
            self._done += len(part)
            self._progress(len(part))

    def values(self, wanted: Wanted, reading: Reading) -> Array:
        """Return a reading of the wanted runs (settings, twins), doing those that are not there yet."""
        self.fill([wanted])
        column = self._readings[wanted.world].index(reading)
        rows = wanted.settings * self._twins
        return self._kept[wanted.world, wanted.variant][:rows, column].reshape(wanted.settings, self._twins)

    def taken(self) -> int:
        """Return how many runs were done since this was last asked."""
        done, self._done = self._done, 0
        return done

    def _missing(self, wanted: Iterable[Wanted]) -> Iterator[_Piece]:
        planned: dict[Key, int] = {}
        for one in wanted:
            key = (one.world, one.variant)
            there = self._kept.setdefault(key, np.empty((0, len(self._readings[one.world]))))
            for first in range(planned.setdefault(key, len(there) // self._twins), one.settings, CHUNK):
                last = min(first + CHUNK, one.settings)
                yield _Piece(key, self._prepare(*key), twin_rows(last, self._twins, self._plausible, first))
            planned[key] = max(planned[key], one.settings)

    def _run(self, piece: _Piece) -> Array:
        world = piece.key[0]
        scenario = self._worlds[world]
        try:
            with np.errstate(all="ignore"):  # a parameter at its neutral value may give numbers that are not finite
                output = piece.prepared.run(self.seed, piece.rows)
                return np.stack([read(reading, output, scenario) for reading in self._readings[world]], axis=1)
        except Exception as error:
            raise RunError(f"{scenario.id}: {failure_text(error)}") from error
