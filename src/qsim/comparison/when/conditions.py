"""Scenario discovery on a verdict: under which conditions the other scenario wins, by PRIM, checked on unseen settings.

A case is a plausible setting, and it is wanted if the other scenario does better there, on average over its worlds. Of a
hundred and more factors most say nothing, and peeling slices off all of them would follow chance: the factors that PRIM
may limit are those that move the size of the difference among the settings that are not held out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from qsim.comparison.comparing import Compared
from qsim.comparison.verdict import PRIMARY
from qsim.comparison.when.boxes import Cases
from qsim.comparison.when.drawn import Drawn, drawn
from qsim.comparison.when.evppi import CHANCE, LEAST_SETTINGS, Evppi, effect_chance, evppi
from qsim.comparison.when.finding import LEAST_CASES, LEAST_WANTED, Discovery, discover, held_out_places, limit_record
from qsim.comparison.worlds import TwinWorlds, twin_rows
from qsim.runs.designs import Variable
from qsim.runs.execution import Progress, Row, run_rows
from qsim.runs.intervals import Array, share_of_settings
from qsim.runs.readings import MEASURES

MOST_LIMITS = 3
"""A condition of more limits is not plain."""

MOST_BOXES = 2

LEAST_STEPS = 15
"""A number is limited at one of so many round values, or up to two and a half times as many."""

MANY_VALUES = 40

State = Literal["found", "no_condition", "never", "rarely", "nearly_always", "too_few_settings", "nothing_open"]
"""Whether there are conditions, or why none are told.

``never``: it wins in no setting; ``rarely`` and ``nearly_always``: in fewer than ten settings it does, or does not;
``nothing_open``: settings differ by stochastic variability alone.
"""


class Checked(NamedTuple):
    """What the conditions achieve among settings that were not used to find them, all conditions together.

    ``coverage`` is the share of the settings in which it wins that meet one of them; ``inside`` and ``outside`` are how
    often it wins where one is met and where none is (NaN where there is no such setting); ``settings`` counts them all.
    """

    coverage: float
    inside: float
    outside: float
    settings: int


@dataclass(frozen=True)
class VerdictDiscovery:
    """When ``winner`` (0 the first scenario of a pair, 1 the other) does better.

    ``wins`` counts in how many of ``settings`` it did, counted by the means of their worlds;
    ``variability`` is the share of the variance of the difference between settings that is stochastic, which no condition
    tells; NaN where there is one world a setting. ``discovery`` and ``checked`` are there if conditions were found.
    """

    winner: int
    state: State
    settings: int
    wins: int
    variability: float
    discovery: Discovery | None = None
    checked: Checked | None = None


def discover_verdict(table: Drawn, gains: Array, winner: int, seed: int = 1) -> VerdictDiscovery:
    """Return when a scenario does better, from its gains over the other (settings, worlds); NaN where they are missing."""
    known = np.isfinite(gains).all(axis=1)
    gains, table = gains[known], table.some(known)
    means = gains.mean(axis=1)
    wanted = means > 0.0
    state, result = _discovered(table, means, wanted, seed)
    return VerdictDiscovery(
        winner=winner,
        state=state,
        settings=len(means),
        wins=int(wanted.sum()),
        variability=_variability(gains),
        discovery=result,
        checked=None if result is None else _checked(result, seed),
    )


def _discovered(table: Drawn, means: Array, wanted: np.ndarray, seed: int) -> tuple[State, Discovery | None]:
    count, wins = len(wanted), int(wanted.sum())
    if count < LEAST_CASES:
        return "too_few_settings", None
    if wins == 0:
        return "never", None
    if wins < LEAST_WANTED:
        return "rarely", None
    if count - wins < LEAST_WANTED:
        return "nearly_always", None
    if not table.factors:
        return "nothing_open", None
    chosen = candidates(table, means, seed)
    values = np.column_stack([in_steps(table.factors[place], table.values[:, place]) for place in chosen])
    cases = Cases(tuple(table.factors[place] for place in chosen), values, wanted)
    result = discover(cases, seed, most=MOST_BOXES, most_limits=MOST_LIMITS)
    return ("found", result) if result.boxes else ("no_condition", None)


def candidates(table: Drawn, means: Array, seed: int) -> list[int]:
    """Return the factors that move the mean gain (settings,) beyond chance where it is not held out; all if none does."""
    used = np.delete(np.arange(len(means)), held_out_places(len(means), seed))
    outcome = means[used, None]
    level = CHANCE / len(table.factors)
    moving = [
        place
        for place, factor in enumerate(table.factors)
        if effect_chance(factor, table.values[used, place], outcome) <= level
    ]
    return moving or list(range(len(table.factors)))


def in_steps(factor: Variable, values: Array) -> Array:
    """Return the values (settings,) of a number in some twenty steps, each the middle of its step.

    A step is 1, 2 or 5 times a power of ten and begins at a multiple of itself, so that the limit between two of them is a
    round number. Levels, counts, months and numbers with few values stay as they are.
    """
    if factor.categorical or factor.whole or factor.months or len(np.unique(values)) <= MANY_VALUES:
        return values
    width = float(np.ptp(values)) / LEAST_STEPS
    power = 10.0 ** math.floor(math.log10(width))
    step = max(size * power for size in (1.0, 2.0, 5.0) if size * power <= width)
    return np.asarray((np.floor(values / step) + 0.5) * step)


def _checked(result: Discovery, seed: int) -> Checked:
    unseen = result.cases.some(held_out_places(len(result.cases), seed))
    inside = np.any([one.box.holds(unseen) for one in result.boxes], axis=0)
    return Checked(
        result.covered,
        float(unseen.wanted[inside].mean()) if inside.any() else math.nan,
        float(unseen.wanted[~inside].mean()) if not inside.all() else math.nan,
        len(unseen),
    )


def _variability(gains: Array) -> float:
    """Return which share of the variance of the means over worlds (settings, worlds) is stochastic variability, 1 at most."""
    worlds = gains.shape[1]
    if worlds < 2 or len(gains) < 2:
        return math.nan
    whole = float(gains.mean(axis=1).var(ddof=1))
    stochastic = float(gains.var(axis=1, ddof=1).mean()) / worlds
    return min(stochastic / whole, 1.0) if whole > 0.0 else math.nan


SETTINGS = 1000
"""Settings from which conditions are found: more than a verdict takes, as each is one case."""

WORLDS = 2
"""Worlds of each setting that are used: two tell stochastic variability from ignorance."""


@dataclass(frozen=True)
class Conditions:
    """When the verdict on the first scenario and the ``second`` (its index) would be another, and what is worth knowing.

    ``share`` is in which share of the settings of the comparison the winner of ``verdict`` does better, freed of stochastic
    variability as in the verdict, ``share_relevant`` by more than the smallest relevant difference. ``evppi`` is None where
    too few settings have the outcome.
    """

    second: int
    drawn: Drawn
    verdict: VerdictDiscovery
    share: float
    share_relevant: float
    evppi: Evppi | None

    def record(self) -> dict[str, Any]:
        """Return the numbers by their names, of the factors those that move the difference; NaN where one is missing."""
        verdict = self.verdict
        boxes = [] if verdict.discovery is None else verdict.discovery.boxes
        return {
            "winner": verdict.winner,
            "state": verdict.state,
            "settings": verdict.settings,
            "wins": verdict.wins,
            "share": self.share,
            "share_relevant": self.share_relevant,
            "luck": verdict.variability,
            "boxes": [[limit_record(one.box, place, verdict.discovery) for place in sorted(one.box.limits)]
                      for one in boxes if verdict.discovery is not None],
            "checked": None if verdict.checked is None else verdict.checked._asdict(),
            "worth": None if self.evppi is None else _evppi_numbers(self.evppi),
        }  # fmt: skip


def _evppi_numbers(result: Evppi) -> dict[str, Any]:
    names = ("value", "low", "high", "explained")
    return {
        "settings": result.settings,
        "everything": None if result.everything is None else result.everything._asdict(),
        "factors": {
            result.factors[place].id: {name: float(getattr(result, name)[place]) for name in names}
            for place in result.moving
        },
    }


def planned_runs(result: Compared, settings: int = SETTINGS) -> int:
    """Return how many runs are to come for all pairs."""
    return len(result.scenarios) * len(_further_rows(result.worlds, settings))


def all_conditions(
    result: Compared, workers: int | None = None, progress: Progress | None = None, settings: int = SETTINGS
) -> tuple[Conditions, ...]:
    """Return the conditions of every pair, from so many settings, or more if more were run.

    The worlds that the comparison has run are used again, and each scenario is run once for all pairs. Raise RunError for
    the first chunk of further runs that fails.
    """
    levels = [_levels(result.worlds, place, settings, workers, progress) for place in range(len(result.scenarios))]
    return tuple(_conditions(result, second, [levels[0], levels[second]]) for second in range(1, len(levels)))


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


def _conditions(result: Compared, second: int, levels: Sequence[Array]) -> Conditions:
    sign = 1.0 if MEASURES[PRIMARY].higher_is_better is not False else -1.0
    better = [sign * values for values in levels]
    pair = result.pairs[second - 1]
    winner = 1 - pair.better if pair.better >= 0 else 1
    places = (0, second)
    own = [sign * result.worlds.outcome(places[one], PRIMARY) for one in (winner, 1 - winner)]
    gains = own[0] - own[1]
    twins = [result.worlds.twins[0], result.worlds.twins[second]]
    table = drawn(twins, result.worlds.seed, range(len(levels[0])))
    both = np.stack(better)
    enough = np.isfinite(both).all(axis=(0, 2)).sum() >= LEAST_SETTINGS
    return Conditions(
        second=second,
        drawn=table,
        verdict=discover_verdict(table, both[winner] - both[1 - winner], winner, result.worlds.seed),
        share=share_of_settings(gains),
        share_relevant=share_of_settings(gains, pair.primary.smallest_relevant),
        evppi=evppi(table, both) if enough else None,
    )
