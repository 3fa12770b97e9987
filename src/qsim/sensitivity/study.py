"""A whole sensitivity study: what it takes, its screening, its indices of what matters most and of pairs, its manifest."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from qsim.engine.warm import warm_up
from qsim.files.messages import InputError, Message, suggestion
from qsim.runs.manifest import Manifest, make_manifest
from qsim.runs.readings import MEASURES, Reading, by_run_only
from qsim.runs.unit_cube import LEAST_TRAJECTORIES, STEP, Crossed, crossed_samples, trajectories
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number, month_text
from qsim.sensitivity.indices import (
    Estimate,
    Indices,
    Look,
    Outcomes,
    Screening,
    looks,
    most_important,
    outcomes_of,
    screened,
    second_order,
    sobol_indices,
)
from qsim.sensitivity.running import PART, SOURCES, PointRuns, PointsFolder, Progress, part_bytes, run_points
from qsim.sensitivity.space import Dimension, all_dimensions
from qsim.sensitivity.variability import Variability, effect_floor, variability_of
from qsim.sweep.pilot import POINT_BYTES, Effort
from qsim.world.compiling import sources_hash

Array = np.ndarray[Any, np.dtype[np.float64]]

YEARS = (1, 2, 5, 10)
"""The years of a run in whose last month the outcome is read, unless dates are given."""

POINTS = 16
"""Points that are tried."""

FIGURES_BYTES = 1_000_000
"""Of the figures in two languages and two formats, and the tables of indices, about."""


@dataclass(frozen=True)
class Design:
    """What is run: ``screen`` trajectories over everything, indices of ``top`` dimensions from ``number`` base points.

    ``second`` of them get second-order indices; every point is run with the same ``replicates``.
    """

    number: int = 1024
    screen: int = 20
    top: int = 20
    second: int = 8
    replicates: int = 2
    seed: int = 1

    def runs(self, dimensions: int) -> int:
        """Return how many runs that takes for so many dimensions."""
        top = min(self.top, dimensions)
        crossed = self.number * (top + 2 + (self._second(top)))
        return self.replicates * (self.screen * (dimensions + 1) + crossed)

    def points(self, dimensions: int) -> int:
        """Return at how many points it runs."""
        return self.runs(dimensions) // self.replicates

    def _second(self, top: int) -> int:
        return min(self.second, top) if min(self.second, top) > 1 else 0


@dataclass(frozen=True)
class Sensitivity:
    """What a study found; arrays have a column for each reading.

    ``chosen`` are the places in ``dimensions`` of those that have indices. ``screening`` is None if there was none.
    ``left_out`` counts base points without a number somewhere. ``points`` are the values, by key, at the base points of
    both samples, which are independent of each other; ``runs`` (points, replicates, readings) is what was read there.
    """

    scenario: Scenario
    design: Design
    readings: tuple[Reading, ...]
    dimensions: tuple[Dimension, ...]
    screening: Screening | None
    effect_floors: tuple[float, ...]
    chosen: tuple[int, ...]
    indices: Indices
    pairs: tuple[tuple[int, int], ...]
    second: Estimate
    looks: tuple[Look, ...]
    variability: tuple[Variability, ...]
    left_out: int
    points: Mapping[str, Sequence[Any]]
    runs: Array


def default_dates(scenario: Scenario) -> tuple[str, ...]:
    """Return the last months of years 1, 2, 5 and 10 of a run, and its last month if it ends before."""
    lengths = [12 * year for year in YEARS if 12 * year <= scenario.months]
    if not lengths or (scenario.months < 12 * YEARS[-1] and lengths[-1] != scenario.months):
        lengths.append(scenario.months)
    return tuple(month_text(scenario.start + length - 1) for length in lengths)


def readings_of(scenario: Scenario, measure: str, dates: Sequence[str]) -> tuple[Reading, ...]:
    """Return the readings of a measure at some dates, by default :func:`default_dates`, in the order of time.

    Raise InputError for a measure that does not exist or dates outside the run.
    """
    if measure not in MEASURES:
        raise InputError.about("", f'there is no measure "{measure}"{suggestion(measure, MEASURES)}', "--measure")
    if by_run_only(measure):
        if dates:
            raise InputError.about("", f"{measure} is one number a run and has no dates", "--at")
        return (Reading(measure),)
    wrong = [message for date in dates for message in _date_messages(date, scenario)]
    if wrong:
        raise InputError(wrong)
    ordered = sorted(set(dates), key=month_number) if dates else default_dates(scenario)
    return tuple(Reading(measure, date) for date in ordered)


def run_sensitivity(
    scenario: Scenario,
    readings: Sequence[Reading],
    design: Design,
    parts: PointsFolder | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    dimensions: tuple[Dimension, ...] | None = None,
    told: Callable[[], None] = lambda: None,
) -> Sensitivity:
    """Run a study and return what it found, the same for any number of workers and after any interruption.

    ``dimensions`` are what is varied, by default :func:`all_dimensions`; ``told`` is called when Ctrl-C was noticed and
    parts in flight are finished. Raise InputError if nothing can be varied or an outcome is not known in most runs,
    ValueError for a wrong design.
    """
    dimensions = all_dimensions(scenario) if dimensions is None else dimensions
    if not dimensions:
        raise InputError.about(scenario.id, "nothing can be varied")

    def runs(stage: str, varied: tuple[Dimension, ...], points: Array) -> Array:
        points_runs = PointRuns(scenario, varied, points, design.replicates, readings, design.seed)
        return run_points(points_runs, stage, len(readings), parts, workers, progress, told)

    crossed_samples(1, design.number, design.seed)  # a wrong number is told before anything runs
    screening: Screening | None = None
    floors: tuple[float, ...] = ()
    chosen = list(range(len(dimensions)))
    if design.screen:
        ways = trajectories(len(dimensions), design.screen, design.seed)
        values = runs("screening", dimensions, ways.reshape(-1, len(dimensions)))
        screening = screened(ways, values.mean(axis=1).reshape(*ways.shape[:2], -1), design.seed)
        rests = [variability_of(values[:, :, place], design.number).rest for place in range(len(readings))]
        floors = tuple(effect_floor(rest, STEP) for rest in rests)
        chosen = most_important(screening.effect, len(dimensions))
    chosen = chosen[: design.top]
    varied = tuple(dimensions[place] for place in chosen)
    crossed = crossed_samples(len(varied), design.number, design.seed)
    first = runs("first", varied, crossed.first_points())
    means = first.mean(axis=1)
    variability = tuple(
        variability_of(first[: 2 * design.number, :, place], design.number) for place in range(len(readings))
    )
    outcomes, left_out = _known(outcomes_of(means, np.empty((0, means.shape[1])), design.number), scenario)
    indices = sobol_indices(outcomes, design.seed)
    paired = most_important(indices.total.value, min(design.second, len(varied)))
    paired = sorted(paired) if len(paired) > 1 else []
    again = runs("second", varied, crossed.second_points(paired)).mean(axis=1)
    both, without = _known(outcomes_of(means, again, design.number, paired), scenario)
    pairs, second = second_order(both, design.seed)
    return Sensitivity(
        scenario, design, tuple(readings), dimensions, screening, floors, tuple(chosen), indices,
        tuple((chosen[j], chosen[k]) for j, k in pairs), second, tuple(looks(outcomes, design.seed)), variability,
        max(left_out, without), values_at(scenario, varied, crossed), first[: 2 * design.number],
    )  # fmt: skip


def values_at(scenario: Scenario, varied: tuple[Dimension, ...], crossed: Crossed) -> dict[str, list[Any]]:
    """Return the values, by key, at the base points of both samples."""
    return PointRuns(scenario, varied, np.concatenate([crossed.a, crossed.b]), 1, (), 0).values()


def _known(outcomes: Outcomes, scenario: Scenario) -> tuple[Outcomes, int]:
    result, left_out = outcomes.known()
    if left_out > len(result.a):
        text = f"the outcome is missing in {left_out} of {left_out + len(result.a)} base points; choose another measure"
        raise InputError.about(scenario.id, text)
    return result, left_out


def _date_messages(date: str, scenario: Scenario) -> list[Message]:
    try:
        month = month_number(date)
    except ValueError as error:
        return [Message("", None, None, "--at", str(error))]
    last = scenario.start + scenario.months - 1
    if scenario.start <= month <= last:
        return []
    ends = f"{month_text(scenario.start)} to {month_text(last)}"
    return [Message("", None, None, "--at", f"{date} is outside the run, which is {ends}")]


def sensitivity_manifest(
    scenario: Scenario,
    readings: Sequence[Reading],
    design: Design,
    dimensions: Sequence[Dimension],
    command: str = "",
) -> Manifest:
    """Return the manifest; another design, other readings or other things that are varied make another plan."""
    manifest = make_manifest(
        "sensitivity", [scenario], seed=design.seed, replications=design.replicates, plausible=True, command=command
    )
    content = {
        "design": asdict(design),
        "readings": [{"measure": reading.measure, "at": reading.at} for reading in readings],
        "dimensions": [_entry(one) for one in dimensions],
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    entry = {"id": "design", "sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text}
    return {**manifest, SOURCES: sources_hash(), "scenarios": [*manifest["scenarios"], entry]}


def _entry(one: Dimension) -> dict[str, Any]:
    """Return what is varied as the manifest holds it: the key with its range or choices."""
    form = "between" if one.unknown.between is not None else "one_of"
    return {"key": one.id, form: list(getattr(one.unknown, form)), "log": one.log}


def estimate(
    scenario: Scenario, readings: Sequence[Reading], design: Design, dimensions: Sequence[Dimension]
) -> Effort:
    """Return what a study will take; the first points, which also lay the scenario out, are run twice.

    Raise RunError if a pilot run fails.
    """
    ways = trajectories(len(dimensions), LEAST_TRAJECTORIES, design.seed).reshape(-1, len(dimensions))
    places = np.unique(np.linspace(0, len(ways) - 1, POINTS).astype(np.int64))
    runs = PointRuns(scenario, dimensions, ways[places], design.replicates, readings, design.seed)
    warm_up()
    runs.run(0, 1)
    start = time.perf_counter()
    result = runs.run(0, len(places))
    each = (time.perf_counter() - start) / len(places)
    points = design.points(len(dimensions))
    parts = -(-points // PART)
    names = [f"{reading.measure} {reading.at}" for reading in readings]
    whole = np.resize(result, (PART, *result.shape[1:]))
    base = 2 * design.number
    tables = base * POINT_BYTES * (1 + min(design.top, len(dimensions)) + design.replicates * len(readings))
    size = parts * len(part_bytes(whole, names)) + tables + FIGURES_BYTES
    return Effort(design.runs(len(dimensions)), points, 1, parts, size, each * points)
