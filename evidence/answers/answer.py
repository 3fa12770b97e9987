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
from qsim.claims.answers import Cells, what_became
from qsim.present.text.answer_text import column_label
from qsim.runs.intervals import interval
from qsim.runs.readings import LAST_YEAR, MEASURES, columns_by_month
from qsim.scenario.labels import Label
from qsim.sweep.loading import Experiment
from qsim.sweep.schema import TIME, ExpectedEntry, FigureEntry

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
        found = cells.mean(cells.chosen(selection), outcome)
        known = found[np.isfinite(found)]
        low, high = interval(known)
        rows.append(
            {**at, "mean": _rounded(known.mean() if known.size else math.nan), "half": _rounded((high - low) / 2)}
        )
    measure = readings[figure.outcome]
    at_once = replace(measure, at=LAST_YEAR) if figure.x == TIME else measure
    return {
        "kind": figure.kind,
        "outcome": _label(column_label(at_once, cells.experiment)),
        "unit": MEASURES[measure.measure].unit,
        "axes": figure.axes,
        "values": values,
        "rows": rows,
    }


def _borne_out(entry: ExpectedEntry, cells: Cells) -> dict[str, Any]:
    """Return what became of an expectation: its contrast over twin worlds, its levels, and which of four things it shows."""
    found = what_became(entry, cells)
    contrast = found.contrast
    return {
        "id": entry.id,
        "statements": list(entry.statements),
        "text": _label(entry.text),
        "outcomes": [_label(column_label(one, cells.experiment)) for one in found.outcomes],
        "unit": contrast.unit,
        "verdict": contrast.verdict,
        "effect": _rounded(contrast.effect),
        "low": _rounded(contrast.low),
        "high": _rounded(contrast.high),
        "runs": contrast.runs,
        "levels": [[_rounded(side) for side in pair] for pair in contrast.levels],
        "relevant": contrast.relevant,
        "equal": entry.equal,
        "headline": entry.headline,
    }


def _rounded(value: float) -> float | None:
    return round(float(value), DIGITS) if math.isfinite(value) else None
