"""A whole sensitivity study: what it takes, its screening, its indices of what matters most and of pairs, its manifest."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from qsim.engine.overrides import chosen_parameters
from qsim.engine.warm import warm_up
from qsim.files.messages import InputError, Message, suggestion
from qsim.runs.manifest import Manifest, make_manifest
from qsim.runs.readings import MEASURES, Array, Reading, by_run_only
from qsim.runs.unit_cube import LEAST_TRAJECTORIES, STEP, Crossed, crossed_samples, trajectories
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number, month_text
from qsim.sensitivity.assumptions import Assumptions, assumptions_of
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
from qsim.sensitivity.running import PART, Finished, PointRuns, PointsFolder, Progress, part_bytes, run_points
from qsim.sensitivity.space import Dimension
from qsim.sensitivity.variability import Variability, effect_floor, variability_of
from qsim.sweep.factors import SETTING
from qsim.sweep.part_work import POINT_BYTES, Effort
from qsim.world.compiling import sources_hash

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
class Study:
    """What is studied: everything in ``dimensions`` is varied in a scenario as the design says, and read from each run."""

    scenario: Scenario
    readings: tuple[Reading, ...]
    design: Design
    dimensions: tuple[Dimension, ...]

    @property
    def runs_of_all(self) -> int:
        """How many runs it takes."""
        return self.design.runs(len(self.dimensions))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of what is read, as the parts have them."""
        return tuple(f"{reading.measure} {reading.at}" for reading in self.readings)


@dataclass(frozen=True)
class Sensitivity(Study):
    """A study with what it found; arrays have a column for each reading.

    ``chosen`` are the places in ``dimensions`` of those that have indices. ``screening`` is None if there was none,
    ``assumptions`` without a dimension of settings. ``left_out`` counts base points without a number somewhere. ``points``
    are the values, by key, at the base points of both samples, which are independent of each other; ``runs`` (points,
    replicates, readings) is what was read there.
    """

    screening: Screening | None
    effect_floors: tuple[float, ...]
    chosen: tuple[int, ...]
    indices: Indices
    pairs: tuple[tuple[int, int], ...]
    second: Estimate
    looks: tuple[Look, ...]
    variability: tuple[Variability, ...]
    assumptions: Assumptions | None
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
    study: Study,
    parts: PointsFolder | None = None,
    workers: int | None = None,
    progress: Progress = lambda runs: None,
    told: Callable[[], None] = lambda: None,
    known: Finished | None = None,
) -> Sensitivity:
    """Run a study and return what it found, the same for any number of workers and after any interruption.

    Runs that are ``known`` are not run again. ``told`` is called when Ctrl-C was noticed and parts in flight are finished.
    Raise InputError if nothing can be varied or an outcome is not known in most runs, ValueError for a wrong design.
    """
    scenario, design = study.scenario, study.design
    if not study.dimensions:
        raise InputError.about(scenario.id, "nothing can be varied")

    def runs(stage: str, varied: tuple[Dimension, ...], points: Array) -> Array:
        asked = PointRuns(scenario, varied, points, design.replicates, study.readings, design.seed)
        return run_points(asked, stage, parts, workers, progress, told, known)

    crossed_samples(1, design.number, design.seed)  # a wrong number is told before anything runs
    screening, floors, chosen = _screened(study, runs)
    chosen = sorted(chosen, key=lambda place: study.dimensions[place].id != SETTING)[: design.top]
    varied = tuple(study.dimensions[place] for place in chosen)
    crossed = crossed_samples(len(varied), design.number, design.seed)
    first = runs("first", varied, crossed.first_points())
    means, independent = first.mean(axis=1), first[: 2 * design.number]
    outcomes, left_out = _known(outcomes_of(means, np.empty((0, means.shape[1])), design.number), scenario)
    indices = sobol_indices(outcomes, design.seed)
    paired = most_important(indices.total.value, min(design.second, len(varied)))
    paired = sorted(paired) if len(paired) > 1 else []
    again = runs("second", varied, crossed.second_points(paired)).mean(axis=1)
    points, assumptions = values_at(scenario, varied, crossed), None
    if SETTING in points:
        rows, _ = chosen_parameters(scenario, plausible=True)
        assumptions = assumptions_of(rows, points[SETTING], independent.mean(axis=1), design.seed)
    both, without = _known(outcomes_of(means, again, design.number, paired), scenario)
    pairs, second = second_order(both, design.seed)
    return Sensitivity(
        **vars(study),
        screening=screening,
        effect_floors=floors,
        chosen=tuple(chosen),
        indices=indices,
        pairs=tuple((chosen[j], chosen[k]) for j, k in pairs),
        second=second,
        looks=tuple(looks(outcomes, design.seed)),
        variability=_variability(independent, design),
        assumptions=assumptions,
        left_out=max(left_out, without),
        points=points,
        runs=independent,
    )


def _screened(
    study: Study, runs: Callable[[str, tuple[Dimension, ...], Array], Array]
) -> tuple[Screening | None, tuple[float, ...], list[int]]:
    """Return what a screening found, its noise floors, and the places of all dimensions, those that matter most first.

    Without a screening they come in their order.
    """
    dimensions, design = study.dimensions, study.design
    if not design.screen:
        return None, (), list(range(len(dimensions)))
    ways = trajectories(len(dimensions), design.screen, design.seed)
    values = runs("screening", dimensions, ways.reshape(-1, len(dimensions)))
    screening = screened(ways, values.mean(axis=1).reshape(*ways.shape[:2], -1), design.seed)
    floors = tuple(effect_floor(one.rest, STEP) for one in _variability(values, design))
    return screening, floors, most_important(screening.effect, len(dimensions))


def _variability(values: Array, design: Design) -> tuple[Variability, ...]:
    """Return what chance does to each reading of runs (points, replicates, readings)."""
    return tuple(variability_of(values[:, :, place], design.number) for place in range(values.shape[2]))


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


def sensitivity_manifest(study: Study, command: str = "") -> Manifest:
    """Return the manifest; another design, other readings or other things that are varied make another plan."""
    design = study.design
    content = {
        "design": asdict(design),
        "readings": [{"measure": reading.measure, "at": reading.at} for reading in study.readings],
        "dimensions": [one.entry for one in study.dimensions],
    }
    manifest = make_manifest(
        "sensitivity",
        [study.scenario],
        seed=design.seed,
        replications=design.replicates,
        plausible=any(one.id == SETTING for one in study.dimensions),
        command=command,
        texts={"design": json.dumps(content, indent=2, ensure_ascii=False)},
    )
    return {**manifest, "sources": sources_hash()}


def estimate(study: Study) -> Effort:
    """Return what a study will take; the first points, which also lay the scenario out, are run twice.

    Raise RunError if a pilot run fails.
    """
    design, varied = study.design, len(study.dimensions)
    ways = trajectories(varied, LEAST_TRAJECTORIES, design.seed).reshape(-1, varied)
    places = np.unique(np.linspace(0, len(ways) - 1, POINTS).astype(np.int64))
    runs = PointRuns(study.scenario, study.dimensions, ways[places], design.replicates, study.readings, design.seed)
    warm_up()
    runs.run(0, 1)
    start = time.perf_counter()
    result = runs.run(0, len(places))
    each = (time.perf_counter() - start) / len(places)
    points = design.points(varied)
    parts = -(-points // PART)
    whole = np.resize(result, (PART, *result.shape[1:]))
    base = 2 * design.number
    tables = base * POINT_BYTES * (1 + min(design.top, varied) + design.replicates * len(study.readings))
    digests = (runs.digests(0, len(places)) * PART)[:PART]
    size = parts * len(part_bytes(whole, study.columns, digests)) + tables + FIGURES_BYTES
    return Effort(study.runs_of_all, points, 1, parts, size, each * points)
