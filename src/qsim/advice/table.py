"""The one table of runs that advice stands on: packages by worlds, each run when it is first asked for, and remembered.

A world is a row (replicate, setting), the same for all packages and in every command, so packages meet the same luck in the
same settings. What is remembered of a run are its outcomes, its hours and what held practice back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from qsim.advice.offer import Ids, Offer
from qsim.engine.fit import Fit
from qsim.engine.prepare import Prepared, RunOutput
from qsim.engine.rows import TWINS
from qsim.engine.warm import warm_up
from qsim.measures.catalogue import COLUMN, CONSTRAINTS, OUTCOMES
from qsim.runs.execution import CHUNK, Progress, Row
from qsim.runs.facts import fitted
from qsim.runs.intervals import Array
from qsim.runs.readings import Reading, read
from qsim.runs.runner import RunError, failure_text, noted_interruption, run_pieces, worker_count, workers_of

PAYERS = ("departments", "units", "leaders", "civil_society")
"""Who pays hours, as the columns ``hours_...`` of a month have it."""

NUMBERS = (*(measure.name for measure in OUTCOMES), *(f"hours_a_year_{payer}" for payer in PAYERS),
           *(f"unmet_{kind}" for kind in CONSTRAINTS))  # fmt: skip
"""What is remembered of a run: ``unmet_...`` is the need that a constraint leaves unmet, summed over the months."""

PLACE = {name: place for place, name in enumerate(NUMBERS)}

KEPT = 64
"""Packages that are kept ready to run."""


class Table:
    """The runs of packages of an offer, with ``seed`` on so many threads; results do not depend on their number.

    ``base`` is the scenario as it is, in the settings that show what was observed in it, or in those of ``fit``. With
    ``readings`` what they read is remembered, too. Raise InputError where too few settings show what was observed.
    """

    def __init__(
        self, offer: Offer, seed: int = 1, workers: int | None = None, fit: Fit | None = None,
        readings: Sequence[Reading] = (),
    ) -> None:  # fmt: skip
        warm_up()
        self.offer, self.seed, self.workers, self.readings = offer, seed, workers, tuple(readings)
        base = Prepared(offer.scenario, plausible=True)
        self.base = fitted([base], seed, workers)[0] if fit is None else base.within(fit)
        self.runs = 0
        self._known: dict[Ids, dict[Row, Array]] = {}
        self._ready = lru_cache(KEPT)(self._prepared)

    @property
    def settings(self) -> int:
        """How many settings there are, before they come again."""
        fit = self.base.fit
        return self.base.blueprint.parameters.size if fit is None else len(fit.settings)

    def columns(self, first: int, count: int) -> list[Row]:
        """Return worlds, one a setting: after the last setting the first comes again, with other luck."""
        rounds = (divmod(column, self.settings) for column in range(first, first + count))
        return [self._row(turn, setting) for turn, setting in rounds]

    def last_columns(self, count: int) -> list[Row]:
        """Return worlds from the other end, which :meth:`columns` comes to last: who searches there does not choose by luck."""
        rounds = (divmod(column, self.settings) for column in range(count))
        return [self._row((TWINS - 1 - turn) % TWINS, self.settings - 1 - setting) for turn, setting in rounds]

    def _row(self, turn: int, setting: int) -> Row:
        times, twin = divmod(turn, TWINS)
        setting += times * self.settings
        return setting * TWINS + twin, setting

    def missing(self, packages: Sequence[Ids], rows: Sequence[Row]) -> int:
        """Return how many runs have not been done yet."""
        return sum(row not in self._known.get(ids, ()) for ids in packages for row in rows)

    def numbers(self, packages: Sequence[Ids], rows: Sequence[Row], progress: Progress = lambda done: None) -> Array:
        """Return :data:`NUMBERS`, and what is read besides, of packages in worlds (packages, rows, numbers).

        Raise RunError if a run fails.
        """
        pieces = [*self._pieces(packages, rows)]
        with (
            noted_interruption() as check_interruption,
            workers_of(min(worker_count(self.workers), len(pieces) or 1)) as pool,
        ):
            made = ((ids, own, self._ready(ids)) for ids, own in pieces)
            for (ids, own, _), future in run_pieces(pool, lambda piece: self._read(piece[2], piece[1]), made):
                try:
                    found = future.result()
                except Exception as error:
                    raise RunError(f"runs {own[0][0]} to {own[-1][0]} failed: {failure_text(error)}") from error
                check_interruption()
                self._known.setdefault(ids, {}).update(zip(own, found, strict=True))
                self.runs += len(own)
                progress(len(own))
        return np.array([[self._known[ids][row] for row in rows] for ids in packages])

    def seen(self, ids: Ids, rows: Sequence[Row]) -> Array:
        """Return what is read of a package in worlds (rows, readings)."""
        return np.asarray(self.numbers([ids], rows)[0, :, len(NUMBERS) :])

    def outcome(
        self, name: str, packages: Sequence[Ids], rows: Sequence[Row], progress: Progress = lambda done: None
    ) -> Array:
        """Return one of the numbers of packages in worlds (packages, rows)."""
        return self.numbers(packages, rows, progress)[:, :, PLACE[name]]

    def worlds_of(self, ids: Ids) -> list[Row]:
        """Return the worlds in which a package has been run, in order."""
        return sorted(self._known.get(ids, ()))

    def _pieces(self, packages: Sequence[Ids], rows: Sequence[Row]) -> Iterator[tuple[Ids, list[Row]]]:
        for ids in dict.fromkeys(packages):
            new = [row for row in dict.fromkeys(rows) if row not in self._known.get(ids, ())]
            for first in range(0, len(new), CHUNK):
                yield ids, new[first : first + CHUNK]

    def _read(self, prepared: Prepared, rows: Sequence[Row]) -> Array:
        output = prepared.run(self.seed, rows)
        read_too = [read(reading, output, prepared.scenario)[:, None] for reading in self.readings]
        return np.hstack([_numbers(output), *read_too])

    def _prepared(self, ids: Ids) -> Prepared:
        if not ids:
            return self.base
        prepared = Prepared(self.offer.applied(ids), plausible=True)
        return prepared if self.base.fit is None else prepared.within(self.base.fit)


def _numbers(output: RunOutput) -> Array:
    """Return what is remembered of some runs (runs, numbers)."""
    series = output.series
    years = series.shape[1] / 12
    hours = [series[:, :, COLUMN[f"hours_{payer}"]].sum(axis=1) / years for payer in PAYERS]
    parts = series[:, :, [COLUMN[f"constraint_{kind}"] for kind in CONSTRAINTS]]
    weights = series[:, :, COLUMN["need_gap"]]
    counted = np.isfinite(parts).all(axis=2) & (weights > 0)
    unmet = np.where(counted[:, :, None], parts * weights[:, :, None], 0.0).sum(axis=1)
    return np.hstack([output.outcomes, np.stack(hours, axis=1), unmet])
