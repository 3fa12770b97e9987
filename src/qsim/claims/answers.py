"""What a study answers: what became of each thing that was expected, and what each factor does, as differences of twins.

A difference is that between two parts of the runs, run by run, so that chance which is the same in both cancels. What is
independent are settings (see :func:`~qsim.runs.intervals.independent`): the interval is that of the mean over them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from qsim.claims.outcomes import Outcome, interval_outcome
from qsim.files.messages import InputError, suggestion
from qsim.runs.designs import NUMBERED
from qsim.runs.intervals import independent, interval
from qsim.runs.manifest import MANIFEST
from qsim.runs.readings import MEASURES, Array, Reading
from qsim.scenario.labels import Label
from qsim.sweep.factors import Factor
from qsim.sweep.loading import Experiment
from qsim.sweep.plan import plan_from
from qsim.sweep.schema import OUTCOME, SCENARIO, ExpectedEntry, Selection, chosen_labels
from qsim.sweep.study import Study

SCENARIO_LABEL = Label(de="Szenario", en="Scenario")

Mask = np.ndarray[tuple[int, int], np.dtype[np.bool_]]
"""Which points of which scenarios, (scenarios, points)."""


class Cells:
    """The runs of a study by scenario and point: one column of outcomes is (scenarios, points, replicates).

    Raise ValueError unless all runs are there.
    """

    def __init__(self, experiment: Experiment, runs: pd.DataFrame) -> None:
        self.experiment = experiment
        self.points = experiment.design.codes(0, experiment.design.points)
        shape = (len(experiment.bases), experiment.design.points, experiment.content.replications)
        self.labels: dict[str, list[str]] = {}
        self._codes: dict[str, np.ndarray] = {}
        for column, factor in enumerate(experiment.factors):
            if not factor.is_range:
                self.labels[factor.id] = list(factor.levels)
                self._codes[factor.id] = np.tile(self.points[:, column].astype(int), (shape[0], 1))
        self.labels[SCENARIO] = [base.id for base in experiment.bases]
        self._codes[SCENARIO] = np.tile(np.arange(shape[0])[:, None], (1, shape[1]))
        order = {name: place for place, name in enumerate(self.labels[SCENARIO])}
        ordered = runs.assign(place=runs["scenario"].map(order)).sort_values(["place", "point", "replicate"])
        if len(ordered) != math.prod(shape):
            raise ValueError(f"{experiment.id}: {len(ordered)} runs there, {math.prod(shape)} planned")
        self._values = {
            one.column: ordered[one.column].to_numpy(np.float64).reshape(shape) for one in experiment.readings
        }

    def chosen(self, selection: Selection) -> Mask:
        """Return the points of a selection; raise ValueError if it has none."""
        result = np.ones_like(self._codes[SCENARIO], dtype=bool)
        for name, value in selection.items():
            if name != OUTCOME:
                places = [self.labels[name].index(label) for label in chosen_labels(value)]
                result &= np.isin(self._codes[name], places)
        if not result.any():
            raise ValueError(f"{self.experiment.id}: no point has {selection}")
        return result

    def mean(self, points: Mask, outcome: str) -> Array:
        """Return the mean of an outcome over some points, by setting or, without settings, by replicate.

        These are independent of each other; NaN where nothing is known.
        """
        values = self._values[outcome]
        if self._settings is None:
            return independent(values[points].mean(axis=0), not self.experiment.content.fixed)
        each = [values[points & (self._settings == one)] for one in np.unique(self._settings)]
        return np.array([one.mean() if one.size else math.nan for one in each])

    @cached_property
    def _settings(self) -> np.ndarray | None:
        """The settings of points, if a factor states them."""
        stated = [column for column, factor in enumerate(self.experiment.factors) if factor.is_setting]
        return self.points[:, stated[0]] if stated else None


@dataclass(frozen=True)
class Contrast:
    """A difference of two parts of runs, or (of two pairs) how much one difference exceeds another.

    ``levels`` are the means of both parts of each pair, ``effect`` is the mean over ``runs`` independent values with its 95 %
    interval, and ``relevant`` the smallest difference that counts. NaN where nothing is known.
    """

    unit: str
    levels: tuple[tuple[float, float], ...]
    effect: float
    low: float
    high: float
    runs: int
    relevant: float
    verdict: Outcome


@dataclass(frozen=True)
class Expected:
    """What became of an expectation, which compares some ``outcomes``."""

    entry: ExpectedEntry
    outcomes: tuple[Reading, ...]
    contrast: Contrast


@dataclass(frozen=True)
class Effect:
    """What a factor does to the outcome: what it is called, and the values that are compared."""

    factor: str
    label: Label
    more: Label
    less: Label
    contrast: Contrast


@dataclass(frozen=True)
class StudyAnswer:
    """What a study answers: what became of its expectations, and what each factor does to ``outcome``."""

    experiment: Experiment
    outcome: Reading
    expected: tuple[Expected, ...]
    effects: tuple[Effect, ...]


def open_answer(folder: Path, outcome: str | None = None) -> StudyAnswer:
    """Return the answer of the study in a folder; raise InputError if there is none, or not all of it."""
    study = Study.open(folder)
    experiment = plan_from(study.manifest, str(folder / MANIFEST)).experiment
    done = len(study.runs)
    if done != experiment.runs:
        text = f"holds {done} of {experiment.runs} runs; `qsim status` says how to go on"
        raise InputError.about(folder, text)
    return answer_study(experiment, study.runs, outcome)


def answer_record(answer: StudyAnswer) -> dict[str, Any]:
    """Return an answer as JSON has it."""
    experiment = answer.experiment
    return {
        "experiment": experiment.id,
        "question": experiment.content.question.model_dump(),
        "outcome": answer.outcome.column,
        "runs": experiment.runs,
        "expected": [
            {"id": one.entry.id, "text": one.entry.text.model_dump(), "outcomes": [each.column for each in one.outcomes],
             **asdict(one.contrast)}
            for one in answer.expected
        ],
        "effects": [
            {"factor": one.factor, "more": one.more.model_dump(), "less": one.less.model_dump(), **asdict(one.contrast)}
            for one in answer.effects
        ],
    }  # fmt: skip


def answer_study(experiment: Experiment, runs: pd.DataFrame, outcome: str | None = None) -> StudyAnswer:
    """Return the answer of an experiment from all its runs, by default about the outcome of its figure, else its first.

    Raise InputError for an outcome that it has not, or without a smallest relevant difference; ValueError if runs lack.
    """
    reading = _outcome(experiment, outcome)
    cells = Cells(experiment, runs)
    expected = tuple(what_became(entry, cells) for entry in experiment.content.expected)
    return StudyAnswer(experiment, reading, expected, tuple(_effects(cells, reading)))


def what_became(entry: ExpectedEntry, cells: Cells) -> Expected:
    """Return the difference that an expectation is about, and which of four things it shows."""
    readings = {reading.column: reading for reading in cells.experiment.readings}
    measure = MEASURES[readings[entry.outcome].measure]
    relevant = measure.smallest_relevant if entry.relevant is None else entry.relevant
    assert relevant is not None
    pairs = [[(cells.chosen(side), str(side.get(OUTCOME, entry.outcome))) for side in pair] for pair in entry.pairs]
    names = dict.fromkeys(name for pair in pairs for _, name in pair)
    means = [[cells.mean(*side) for side in pair] for pair in pairs]
    contrast = _contrast(measure.unit, means, relevant, entry.equal)
    return Expected(entry, tuple(readings[name] for name in names), contrast)


def _contrast(unit: str, means: list[list[Array]], relevant: float, equal: bool = False) -> Contrast:
    contrast = means[0][0] - means[0][1]
    if len(means) > 1:
        contrast = contrast - (means[1][0] - means[1][1])
    known = contrast[np.isfinite(contrast)]
    low, high = interval(known)
    levels = tuple((_known_mean(more), _known_mean(less)) for more, less in means)
    effect = float(known.mean()) if known.size > 1 else math.nan
    verdict = interval_outcome(low, high, relevant, "equivalence" if equal else "direction")
    return Contrast(unit, levels, effect, low, high, known.size, relevant, verdict)


def _known_mean(values: Array) -> float:
    return float(np.nanmean(values)) if np.isfinite(values).any() else math.nan


def _outcome(experiment: Experiment, name: str | None) -> Reading:
    """Return the outcome that is asked about."""
    readings = {reading.column: reading for reading in experiment.readings}
    sized = [column for column, one in readings.items() if MEASURES[one.measure].smallest_relevant is not None]
    figure = experiment.content.figure
    chosen = name or (
        figure.outcome if figure is not None and figure.outcome in sized else next(iter(sized or readings))
    )
    if chosen not in readings:
        raise InputError.about("", f'there is no outcome "{chosen}"{suggestion(chosen, readings)}', "--outcome")
    if chosen not in sized:
        text = f"{chosen} has no smallest relevant difference of its own; expected one of {', '.join(sized) or 'none'}"
        raise InputError.about("", text, "--outcome")
    return readings[chosen]


def _effects(cells: Cells, reading: Reading) -> Iterator[Effect]:
    """Yield what each factor does: its last number against the first, else each other level against the first.

    Of a range, the upper half is compared with the lower one. Where a design does not spread its points, only those
    count that differ in nothing else. What has no setting in common is left out.
    """
    measure = MEASURES[reading.measure]
    relevant = measure.smallest_relevant
    assert relevant is not None

    def contrast(more: Mask, less: Mask) -> Contrast:
        return _contrast(measure.unit, [[cells.mean(points, reading.column) for points in (more, less)]], relevant)

    experiment = cells.experiment
    for column, (entry, factor) in enumerate(zip(experiment.content.factors, experiment.factors, strict=True)):
        for more, less, names in () if factor.is_setting else _sides(cells, column, factor):
            found = contrast(more, less) if more.any() and less.any() else None
            if found is not None and found.runs:
                one, other = (entry.names.get(name, Label(de=name, en=name)) for name in names)
                yield Effect(factor.id, factor.label, one, other, found)
    first, *others = experiment.scenarios
    for scenario in others:
        more, less = (cells.chosen({SCENARIO: one.id}) for one in (scenario, first))
        yield Effect(SCENARIO, SCENARIO_LABEL, scenario.label, first.label, contrast(more, less))


def _sides(cells: Cells, column: int, factor: Factor) -> Iterator[tuple[Mask, Mask, tuple[str, str]]]:
    """Yield the points that are compared for a factor, and what their values are called."""
    codes, whole = cells.points[:, column], (len(cells.labels[SCENARIO]), 1)
    if factor.is_range:
        middle = float(factor.codes(np.array([0.5]))[0])
        name = factor.shown(middle) if factor.whole or factor.months else f"{middle:.4g}"
        yield np.tile(codes > middle, whole), np.tile(codes <= middle, whole), (f"> {name}", f"≤ {name}")
        return
    for level, first in _compared(factor):
        sides = [codes == level, codes == first]
        if cells.experiment.content.design.kind not in NUMBERED:
            sides = _alike(np.delete(cells.points, column, axis=1), sides)
        more, less = (np.tile(side, whole) for side in sides)
        yield more, less, (factor.levels[level], factor.levels[first])


def _compared(factor: Factor) -> list[tuple[int, int]]:
    """Return the places of the levels that are compared, each with that of what it is compared with."""
    if factor.numeric:
        order = np.argsort(np.array(factor.numbers, dtype=np.float64), kind="stable").tolist()
        return [(order[-1], order[0])] if len(order) > 1 else []
    return [(level, 0) for level in range(1, len(factor.levels))]


def _alike(others: Array, sides: list[np.ndarray]) -> list[np.ndarray]:
    """Return of two sides (points,) the points whose other factors (points, factors) have the same values on both."""
    rows = [tuple(row) for row in others.tolist()]
    both = set.intersection(*({row for row, one in zip(rows, side, strict=True) if one} for side in sides))
    return [side & np.array([row in both for row in rows]) for side in sides]
