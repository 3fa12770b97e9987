"""What a sensitivity study found, as tidy tables and as what ``--json`` prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from qsim.comparison.when.study import NAMES
from qsim.runs.designs import named
from qsim.runs.readings import LAST_YEAR
from qsim.scenario.values import month_text
from qsim.sensitivity.assumptions import Assumptions
from qsim.sensitivity.indices import Estimate
from qsim.sensitivity.study import Sensitivity
from qsim.sensitivity.variability import Variability
from qsim.sweep.factors import SETTING

WHOLE_RUN = "run"
"""Stands in place of a date where the outcome is one number a run."""


def dates_of(result: Sensitivity) -> list[str]:
    """Return the date of each reading."""
    single = len(result.readings) == 1 and result.readings[0].at == LAST_YEAR
    return [WHOLE_RUN] if single else [reading.at for reading in result.readings]


def ranked(result: Sensitivity, column: int = -1) -> list[int]:
    """Return the places of the chosen dimensions by their total index at a reading, the largest first."""
    totals = np.nan_to_num(result.indices.total.value[:, column], nan=-np.inf)
    return [int(place) for place in np.argsort(-totals, kind="stable")]


def ranked_assumptions(found: Assumptions, column: int = -1) -> list[int]:
    """Return the places of parameters by what one would learn from them at a reading, the most first."""
    shares = np.nan_to_num(found.share.value[:, column], nan=-np.inf)
    return [int(place) for place in np.argsort(-shares, kind="stable")]


def indices_frame(result: Sensitivity) -> pd.DataFrame:
    """Return first-order and total indices: one row a date and dimension, ranked by the total index at each date.

    ``above_luck`` says whether the whole interval of the total index lies above its noise floor; NaN if variability is unknown.
    """
    rows = []
    for column, date in enumerate(dates_of(result)):
        floor = result.variability[column].floor_total
        for rank, place in enumerate(ranked(result, column), start=1):
            total = _at(result.indices.total, place, column)
            above = None if not np.isfinite(floor) else bool(total["low"] > floor)
            rows.append(
                {"at": date, "rank": rank, **_named(result, result.chosen[place]),
                 **_prefixed("first", _at(result.indices.first, place, column)), **_prefixed("total", total),
                 "above_luck": above}
            )  # fmt: skip
    return pd.DataFrame(rows)


def assumptions_frame(result: Sensitivity) -> pd.DataFrame:
    """Return what one would learn from each parameter: one row a date and parameter, ranked; empty without settings.

    ``above_floor`` says whether the share lies above ``floor``, what none reaches in 95 of 100 shuffles of the ``families``.
    """
    rows: list[dict[str, Any]] = []
    found = result.assumptions
    if found is None:
        return pd.DataFrame(rows)
    for column, date in enumerate(dates_of(result)):
        floor = float(found.floors[column])
        for rank, place in enumerate(ranked_assumptions(found, column), start=1):
            share = _at(found.share, place, column)
            label, _ = named(found.keys[place])
            rows.append(
                {"at": date, "rank": rank, "key": found.keys[place], "label_de": label.de, "label_en": label.en,
                 **_prefixed("share", share), "floor": floor, "above_floor": share["value"] > floor,
                 "families": found.families}
            )  # fmt: skip
    return pd.DataFrame(rows)


def screening_frame(result: Sensitivity) -> pd.DataFrame:
    """Return the elementary effects of all dimensions: one row a date and dimension; empty without a screening."""
    rows: list[dict[str, Any]] = []
    screening = result.screening
    if screening is None:
        return pd.DataFrame(rows)
    for column, date in enumerate(dates_of(result)):
        order = np.argsort(-np.nan_to_num(screening.effect[:, column]), kind="stable")
        for rank, place in enumerate(map(int, order), start=1):
            effect, half = screening.effect[place, column], screening.half[place, column]
            rows.append(
                {"at": date, "rank": rank, **_named(result, place), "effect": effect, "effect_low": effect - half,
                 "effect_high": effect + half, "signed": screening.signed[place, column],
                 "spread": screening.spread[place, column], "floor": result.effect_floors[column]}
            )  # fmt: skip
    return pd.DataFrame(rows)


def pairs_frame(result: Sensitivity) -> pd.DataFrame:
    """Return second-order indices: one row a date and pair of dimensions, the largest first."""
    rows = []
    for column, date in enumerate(dates_of(result)):
        for place in np.argsort(-np.nan_to_num(result.second.value[:, column]), kind="stable"):
            one, other = result.pairs[place]
            keys = {"key": result.dimensions[one].id, "other_key": result.dimensions[other].id}
            rows.append({"at": date, **keys, **_prefixed("second", _at(result.second, int(place), column))})
    return pd.DataFrame(rows)


def convergence_frame(result: Sensitivity) -> pd.DataFrame:
    """Return the indices at growing numbers of base points: one row a number, date and dimension."""
    rows = [
        {"number": look.number, "at": date, "key": result.dimensions[result.chosen[place]].id,
         "first": look.indices.first.value[place, column], "total": look.indices.total.value[place, column],
         "largest_change": look.change[column], "rank_correlation": look.ranks[column]}
        for look in result.looks
        for column, date in enumerate(dates_of(result))
        for place in range(len(result.chosen))
    ]  # fmt: skip
    return pd.DataFrame(rows)


def variability_frame(result: Sensitivity) -> pd.DataFrame:
    """Return the shares of the variance of single runs and the noise floors: one row a date."""
    return pd.DataFrame(
        [{"at": date, **_shares(one)} for date, one in zip(dates_of(result), result.variability, strict=True)]
    )


def points_table(result: Sensitivity) -> pa.Table:
    """Return one row a base point: its number, its setting and what is varied, months as text.

    A setting is a number without a meaning; what it says stands in the columns of its parameters. The others have names.
    """
    columns: dict[str, Any] = {"point": np.arange(len(result.runs))}
    names = {}
    for place in result.chosen:
        one = result.dimensions[place]
        values = result.points[one.id]
        dated = one.months
        columns[one.id] = [month_text(value) for value in values] if dated else _plain(values)
        names[one.id] = {"label": one.label.model_dump(), "unit": one.unit}
    if result.assumptions is not None:
        settings = columns[SETTING] = np.array(columns[SETTING], dtype=np.int64)
        del names[SETTING]
        for key, values in zip(result.assumptions.keys, result.assumptions.settings[settings].T, strict=True):
            label, unit = named(key)
            columns[key], names[key] = values, {"label": label.model_dump(), "unit": unit}
    return pa.table(columns).replace_schema_metadata({NAMES: json.dumps(names)})


def runs_table(result: Sensitivity) -> pa.Table:
    """Return one row a run at a base point: scenario, point, replicate and what was read."""
    points, replicates, _ = result.runs.shape
    columns: dict[str, Any] = {
        "scenario": [result.scenario.id] * (points * replicates),
        "point": np.repeat(np.arange(points), replicates),
        "replicate": np.tile(np.arange(replicates), points),
    }
    for place, reading in enumerate(result.readings):
        columns[reading.column] = result.runs[:, :, place].reshape(-1)
    return pa.table(columns)


def _plain(values: Sequence[Any]) -> list[Any]:
    """Return values as a column holds them: numbers if all are, otherwise text."""
    if all(isinstance(value, int) for value in values):
        return list(values)
    numbers = all(isinstance(value, (int, float)) for value in values)
    return [float(value) if numbers else str(value) for value in values]


def tables(result: Sensitivity) -> dict[str, pd.DataFrame]:
    """Return all tables by name."""
    return {
        "indices": indices_frame(result),
        "assumptions": assumptions_frame(result),
        "screening": screening_frame(result),
        "pairs": pairs_frame(result),
        "convergence": convergence_frame(result),
        "luck": variability_frame(result),
    }


def record(result: Sensitivity) -> dict[str, Any]:
    """Return what ``--json`` prints: the study and its tables, a row an object."""
    head = {
        "scenario": result.scenario.id,
        "measure": result.readings[0].measure,
        "at": dates_of(result),
        "base_points": result.design.number,
        "trajectories": result.design.screen,
        "replications": result.design.replicates,
        "seed": result.design.seed,
        "dimensions": len(result.dimensions),
        "runs": result.design.runs(len(result.dimensions)),
        "left_out": result.left_out,
    }
    return head | {name: _records(frame) for name, frame in tables(result).items()}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    names = list(frame.columns)
    return [dict(zip(names, row, strict=True)) for row in frame.astype(object).itertuples(index=False, name=None)]


def _named(result: Sensitivity, place: int) -> dict[str, str]:
    one = result.dimensions[place]
    return {"key": one.id, "label_de": one.label.de, "label_en": one.label.en}


def _at(estimate: Estimate, place: int, column: int) -> dict[str, float]:
    return {name: float(getattr(estimate, name)[place, column]) for name in ("value", "low", "high")}


def _prefixed(name: str, values: dict[str, float]) -> dict[str, float]:
    return {name: values["value"], f"{name}_low": values["low"], f"{name}_high": values["high"]}


def _shares(variability: Variability) -> dict[str, float]:
    return {
        "share_points": variability.points,
        "share_luck_everywhere": variability.everywhere,
        "share_luck_meeting": variability.meeting,
        "floor_total": variability.floor_total,
        "floor_first": variability.floor_first,
    }
