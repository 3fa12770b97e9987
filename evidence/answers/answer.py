"""The answer of a study that has been run: what its figure shows and what became of each expectation, as JSON can hold it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import qsim
from qsim.claims.outcomes import interval_outcome
from qsim.runs.intervals import independent, interval
from qsim.runs.readings import LAST_YEAR, MEASURES, TIMES, Reading, columns_by_month
from qsim.scenario.labels import Label
from qsim.sweep.loading import Experiment
from qsim.sweep.schema import (
    OUTCOME,
    SCENARIO,
    TIME,
    ExpectedEntry,
    FigureEntry,
    Selection,
    chosen_labels,
)

DIGITS = 6
"""Digits of the numbers that are kept."""

ORDER = (
    "size_proactivity", "position", "position_crisis", "funding_duration", "own_share_budget", "formats_fixed_posts",
    "posts_spread", "shock_preparedness", "change_of_mayor", "soft_structural", "size_position_funding", "two_tasks",
    "third_task",
)  # fmt: skip
"""The experiments that are answered, in the order in which people read them."""

ANSWERS = "answers"
"""The folder of answers, beside the experiments."""

Answer = dict[str, Any]
"""The answer of an experiment."""


class Cells:
    """The runs of a study by scenario and point: one column of outcomes is (scenarios, points, replicates)."""

    def __init__(self, experiment: Experiment, runs: pd.DataFrame) -> None:
        self.experiment = experiment
        points = experiment.design.points
        codes = experiment.design.codes(0, points).astype(int)
        self.labels: dict[str, list[str]] = {}
        self._codes: dict[str, np.ndarray] = {}
        for column, factor in enumerate(experiment.factors):
            if not factor.is_range:
                self.labels[factor.id] = list(factor.levels)
                self._codes[factor.id] = np.tile(codes[:, column], (len(experiment.bases), 1))
        self.labels[SCENARIO] = [base.id for base in experiment.bases]
        self._codes[SCENARIO] = np.tile(np.arange(len(experiment.bases))[:, None], (1, points))
        order = {name: place for place, name in enumerate(self.labels[SCENARIO])}
        ordered = runs.assign(place=runs["scenario"].map(order)).sort_values(["place", "point", "replicate"])
        shape = (len(experiment.bases), points, experiment.content.replications)
        if len(ordered) != math.prod(shape):
            raise ValueError(f"{experiment.id}: {len(ordered)} runs there, {math.prod(shape)} planned")
        self._values = {name: ordered[name].to_numpy(np.float64).reshape(shape) for name in self.columns}

    @property
    def columns(self) -> list[str]:
        """The names of the outcomes."""
        return [reading.column for reading in self.experiment.readings]

    def mean(self, selection: Selection, outcome: str) -> np.ndarray:
        """Return the mean of an outcome over the points of a selection, by setting or, without settings, by replicate.

        These are independent of each other; NaN where nothing is known.
        """
        chosen = np.ones_like(self._codes[SCENARIO], dtype=bool)
        for name, value in selection.items():
            if name != OUTCOME:
                places = [self.labels[name].index(label) for label in chosen_labels(value)]
                chosen &= np.isin(self._codes[name], places)
        if not chosen.any():
            raise ValueError(f"{self.experiment.id}: no point has {selection}")
        means = self._values[selection.get(OUTCOME, outcome)][chosen].mean(axis=0)
        return independent(means, not self.experiment.content.fixed)


def answer_of(experiment: Experiment, runs: pd.DataFrame) -> Answer:
    """Return the answer of an experiment from its runs; raise ValueError if they are not all there."""
    cells, content = Cells(experiment, runs), experiment.content
    figure = content.figure
    return {
        "experiment": experiment.id,
        "version": qsim.__version__,
        "label": _label(content.label),
        "question": _label(content.question),
        "seed": content.seed,
        "replications": content.replications,
        "points": experiment.design.points,
        "runs": experiment.runs,
        "scenarios": {one.id: _label(one.label) for one in experiment.scenarios},
        "factors": _factors(experiment, cells),
        "figure": None if figure is None else _figure(figure, cells),
        "expected": [_borne_out(entry, cells) for entry in content.expected],
    }


def answer_text(answer: Answer) -> str:
    """Return an answer as it is written."""
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def read_answers(folder: Path) -> list[Answer]:
    """Return the answers in a folder in their order, others behind them; none if there is no such folder."""
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
    names = [*(name for name in ORDER if name in found), *(name for name in found if name not in ORDER)]
    return [found[name] for name in names]


def _label(label: Label) -> dict[str, str]:
    return {"de": label.de, "en": label.en}


def _factors(experiment: Experiment, cells: Cells) -> list[dict[str, Any]]:
    found = []
    for entry, factor in zip(experiment.content.factors, experiment.factors, strict=True):
        if not factor.is_range:
            names = {
                label: _label(entry.names.get(label, Label(de=label, en=label))) for label in cells.labels[entry.id]
            }
            numbers = list(factor.numbers) if factor.numeric else None
            found.append({"id": entry.id, "label": _label(factor.label), "names": names, "numbers": numbers})
    return found


def _figure(figure: FigureEntry, cells: Cells) -> dict[str, Any]:
    """Return the axes of a figure and the mean and the half width of its interval at each place on them."""
    readings = {reading.column: reading for reading in cells.experiment.readings}
    times = columns_by_month(readings, figure.outcome)
    values = {axis: list(times) if name == TIME else cells.labels[name] for axis, name in figure.axes.items()}
    rows = []
    for place in product(*values.values()):
        at = dict(zip(values, place, strict=True))
        selection = {figure.axes[axis]: value for axis, value in at.items() if figure.axes[axis] != TIME}
        outcome = times[at["x"]] if figure.x == TIME else figure.outcome
        found = cells.mean(selection, outcome)
        known = found[np.isfinite(found)]
        low, high = interval(known)
        rows.append(
            {**at, "mean": _rounded(known.mean() if known.size else math.nan), "half": _rounded((high - low) / 2)}
        )
    measure = readings[figure.outcome]
    at_once = replace(measure, at=LAST_YEAR) if figure.x == TIME else measure
    return {
        "kind": figure.kind,
        "outcome": column_words(at_once, cells.experiment),
        "unit": MEASURES[measure.measure].unit,
        "axes": figure.axes,
        "values": values,
        "rows": rows,
    }


def _borne_out(entry: ExpectedEntry, cells: Cells) -> dict[str, Any]:
    """Return what became of an expectation: its contrast over twin worlds, its levels, and which of four things it shows."""
    readings = {reading.column: reading for reading in cells.experiment.readings}
    measure = MEASURES[readings[entry.outcome].measure]
    relevant = measure.smallest_relevant if entry.relevant is None else entry.relevant
    assert relevant is not None
    means = [[cells.mean(side, entry.outcome) for side in pair] for pair in entry.pairs]
    contrast = means[0][0] - means[0][1]
    if len(means) > 1:
        contrast = contrast - (means[1][0] - means[1][1])
    known = contrast[np.isfinite(contrast)]
    low, high = interval(known)
    return {
        "id": entry.id,
        "statements": list(entry.statements),
        "text": _label(entry.text),
        "outcomes": [column_words(readings[name], cells.experiment) for name in _outcomes(entry)],
        "unit": measure.unit,
        "verdict": interval_outcome(low, high, relevant, "equivalence" if entry.equal else "direction"),
        "effect": _rounded(known.mean() if known.size > 1 else math.nan),
        "low": _rounded(low),
        "high": _rounded(high),
        "runs": known.size,
        "levels": [[_rounded(float(np.nanmean(side))) if np.isfinite(side).any() else None for side in pair]
                   for pair in means],
        "relevant": relevant,
        "equal": entry.equal,
        "headline": entry.headline,
    }  # fmt: skip


def _outcomes(entry: ExpectedEntry) -> list[str]:
    """Return the columns that an expectation compares, each once."""
    sides = [side for pair in entry.pairs for side in pair]
    return list(dict.fromkeys(str(side.get(OUTCOME, entry.outcome)) for side in sides))


def column_words(reading: Reading, experiment: Experiment) -> dict[str, str]:
    """Return what a column is called in both languages: the measure, its task, and the month where there is one."""
    label = MEASURES[reading.measure].label
    task = None
    if reading.task is not None:
        found = next(one for one in experiment.scenarios[0].tasks if one.id == reading.task)
        task = found.label or Label(de=found.id, en=found.id)
    words = {}
    for language in ("de", "en"):
        parts = [label.in_language(language)]
        if task is not None:
            parts.append(task.in_language(language))
        if reading.at not in TIMES:
            parts.append(reading.at)
        words[language] = ", ".join(parts)
    return words


def _rounded(value: float) -> float | None:
    return round(float(value), DIGITS) if math.isfinite(value) else None
