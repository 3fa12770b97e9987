"""When the verdict on a pair would flip and what is worth knowing, from further settings that both questions share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qsim.comparison.comparing import Compared
from qsim.comparison.pair import PRIMARY
from qsim.comparison.when.drawn import Drawn, drawn
from qsim.comparison.when.evppi import LEAST_SETTINGS, Worth, worth
from qsim.comparison.when.results import limit_record
from qsim.comparison.when.verdict_change import Flip, flip
from qsim.comparison.worlds import TwinWorlds, twin_rows
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.execution import Progress, Row, run_rows
from qsim.runs.setting_means import share_of_settings
from qsim.runs.variability import Array

SETTINGS = 1000
"""Settings from which conditions are found: more than a verdict takes, as each is one case."""

WORLDS = 2
"""Worlds of each setting that are used: two tell luck from ignorance."""


@dataclass(frozen=True)
class Conditions:
    """When the verdict on the first scenario and the ``second`` (its index) flips, and what is worth knowing.

    ``share`` is in which share of the settings of the comparison the winner of ``flip`` does better, freed of luck as in
    the verdict, ``share_relevant`` by more than the smallest relevant difference. ``worth`` is None where too few settings
    have the outcome.
    """

    second: int
    drawn: Drawn
    flip: Flip
    share: float
    share_relevant: float
    worth: Worth | None

    def record(self) -> dict[str, Any]:
        """Return the numbers by their names, of the factors those that move the difference; NaN where one is missing."""
        flip = self.flip
        boxes = [] if flip.discovery is None else flip.discovery.boxes
        return {
            "winner": flip.winner,
            "state": flip.state,
            "settings": flip.settings,
            "wins": flip.wins,
            "share": self.share,
            "share_relevant": self.share_relevant,
            "luck": flip.luck,
            "boxes": [[limit_record(one.box, place, flip.discovery) for place in sorted(one.box.limits)]
                      for one in boxes if flip.discovery is not None],
            "checked": None if flip.checked is None else flip.checked._asdict(),
            "worth": None if self.worth is None else _worth_record(self.worth),
        }  # fmt: skip


def _worth_record(found: Worth) -> dict[str, Any]:
    names = ("value", "low", "high", "explained")
    return {
        "settings": found.settings,
        "everything": None if found.everything is None else found.everything._asdict(),
        "factors": {
            found.factors[place].id: {name: float(getattr(found, name)[place]) for name in names}
            for place in found.moving
        },
    }


def planned_runs(found: Compared, settings: int = SETTINGS) -> int:
    """Return how many runs are to come for all pairs."""
    return len(found.scenarios) * len(_further_rows(found.worlds, settings))


def all_conditions(
    found: Compared, workers: int | None = None, progress: Progress | None = None, settings: int = SETTINGS
) -> tuple[Conditions, ...]:
    """Return the conditions of every pair, from so many settings, or more if more were run.

    The worlds that the comparison has run are used again, and each scenario is run once for all pairs. Raise RunError for
    the first chunk of further runs that fails.
    """
    levels = [_levels(found.worlds, place, settings, workers, progress) for place in range(len(found.scenarios))]
    return tuple(_conditions(found, second, [levels[0], levels[second]]) for second in range(1, len(levels)))


def _further_rows(worlds: TwinWorlds, settings: int) -> list[Row]:
    """Return the worlds to come, numbered as if the comparison went on."""
    if settings <= worlds.settings:
        return []
    rows = twin_rows(settings, worlds.replications, worlds.plausible, worlds.settings)
    return [row for row in rows if row[0] % worlds.replications < WORLDS]


def _levels(
    worlds: TwinWorlds, place: int, settings: int, workers: int | None, progress: Progress | None
) -> Array:  # fmt: skip
    """Return the primary outcome of a scenario (settings, worlds)."""
    there = worlds.outcome(place, PRIMARY)[:, :WORLDS]
    rows = _further_rows(worlds, settings)
    if not rows:
        return there
    more = run_rows(worlds.twins[place], rows, worlds.seed, workers, progress).runs[PRIMARY].to_numpy(dtype=np.float64)
    return np.concatenate([there, more.reshape(-1, there.shape[1])])


def _conditions(found: Compared, second: int, levels: Sequence[Array]) -> Conditions:
    measure = next(measure for measure in OUTCOMES if measure.name == PRIMARY)
    sign = 1.0 if measure.higher_is_better is not False else -1.0
    better = [sign * values for values in levels]
    pair = found.pairs[second - 1]
    winner = 1 - pair.better if pair.better >= 0 else 1
    places = (0, second)
    own = [sign * found.worlds.outcome(places[one], PRIMARY) for one in (winner, 1 - winner)]
    gains = own[0] - own[1]
    twins = [found.worlds.twins[0], found.worlds.twins[second]]
    table = drawn(twins, found.worlds.seed, range(len(levels[0])))
    both = np.stack(better)
    enough = np.isfinite(both).all(axis=(0, 2)).sum() >= LEAST_SETTINGS
    return Conditions(
        second=second,
        drawn=table,
        flip=flip(table, both[winner] - both[1 - winner], winner, found.worlds.seed),
        share=share_of_settings(gains),
        share_relevant=share_of_settings(gains, pair.smallest_relevant),
        worth=worth(table, both) if enough else None,
    )
