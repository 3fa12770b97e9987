"""Towns made up by the model: what is seen there chooses among the other settings, which should hold its outcome."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from qsim.engine.prepare import prepare
from qsim.runs.facts import LEAST_SETTINGS, OUTCOME, accepted, reading_of, shown, tried
from qsim.runs.readings import Array
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Observation
from qsim.world.draws import wide_slot
from qsim.world.unknowns import setting_uniforms

MEASURES = {"considered": 0.05, "coverage": 0.10}
"""What is observed, and within what."""

INSIDE = (0.05, 0.95)
SEED = 1


@dataclass(frozen=True)
class Calibration:
    """How often the interval held the truth of towns, with facts and before; see ``facts.md``.

    ``width`` is the median of widths over the one before, ``settings`` the median number that fit, both where not refused.
    """

    scenario: str
    towns: int
    within: tuple[float, ...]
    held: float
    held_before: float
    width: float
    settings: float
    refused: float


def calibrate(name: str, towns: int, workers: int | None = None) -> Calibration:
    """Return how well facts do on so many towns of a scenario."""
    scenario = load_scenario(name)
    half = scenario.start + scenario.months // 2
    kinds = [
        Observation(id=each, measure=each, date=half, value=0.5, within=within) for each, within in MEASURES.items()
    ]
    values = tried(prepare(scenario, plausible=True), [*map(reading_of, kinds), OUTCOME], SEED, workers)
    settings, twins, _ = values.shape
    held: list[bool] = []
    before: list[bool] = []
    widths: list[float] = []
    fits: list[int] = []
    slots = np.array([wide_slot(f"error of {each}") for each in MEASURES], dtype=np.int64)
    for town in range(towns):
        place, twin = town % settings, (town // settings) % twins
        errors = (2.0 * setting_uniforms(SEED, town, slots) - 1.0) * [*MEASURES.values()]
        seen = values[place, twin, :-1] + errors
        facts = [kind.model_copy(update={"value": float(value)}) for kind, value in zip(kinds, seen, strict=True)]
        others = np.delete(values, place, axis=0)
        truth, all_worlds = values[place, twin, -1], others[..., -1]
        before.append(_holds(all_worlds, truth))
        shows = shown(facts, others[..., :-1])
        if np.count_nonzero(np.any(np.all(shows, axis=2), axis=1)) < LEAST_SETTINGS:
            continue
        chosen = accepted(facts, shows, SEED + town)
        fits.append(chosen.size)
        held.append(_holds(all_worlds[chosen], truth))
        widths.append(_width(all_worlds[chosen]) / _width(all_worlds))
    within = tuple(MEASURES.values())
    width, count = (float(np.median(each)) if each else math.nan for each in (widths, fits))
    share = float(np.mean(held)) if held else math.nan
    return Calibration(name, towns, within, share, float(np.mean(before)), width, count, 1.0 - len(fits) / towns)


def _holds(worlds: Array, truth: float) -> bool:
    low, high = np.quantile(worlds, INSIDE)
    return bool(low <= truth <= high)


def _width(worlds: Array) -> float:
    low, high = np.quantile(worlds, INSIDE)
    return float(high - low)
