"""From months to outcomes: one row of numbers for each run."""

from __future__ import annotations

import numpy as np

from qsim.measures.catalogue import COLUMN, OUTCOMES

YEAR = 12


def run_outcomes(series: np.ndarray, first_shock: int | None) -> np.ndarray:
    """Return the outcomes (runs, OUTCOMES) of measured months ``series`` (runs, months, SERIES).

    ``first_shock`` is the month (counted from the start of the run) of the first shock that strikes, if there is one.
    What a run does not have (an end of funding, a shock) is missing.
    """
    runs = series.shape[0]
    out = np.full((runs, len(OUTCOMES)), np.nan)
    place = {measure.name: i for i, measure in enumerate(OUTCOMES)}
    names = [name for name in COLUMN if name in place]
    out[:, [place[name] for name in names]] = mean_of_known(series[:, -YEAR:, [COLUMN[name] for name in names]])
    years = series.shape[1] / YEAR
    departments = series[:, :, COLUMN["hours_departments"]].sum(axis=1)
    units = series[:, :, COLUMN["hours_units"]].sum(axis=1)
    out[:, place["hours_departments_total"]] = departments / years
    out[:, place["hours_units_total"]] = units / years
    gained = series[:, -1, COLUMN["practice"]] - series[:, 0, COLUMN["practice"]]
    out[:, place["practice_per_1000_hours"]] = 1000.0 * gained / np.maximum(departments + units, 1.0)
    _after_funding(series, out, place)
    if first_shock is not None and 0 < first_shock < series.shape[1]:
        _after_shock(series, first_shock, out, place)
    return out


def mean_of_known(values: np.ndarray, known: np.ndarray | None = None) -> np.ndarray:
    """Return the means over the second axis of what is known in ``values``, by default all but NaN; NaN of nothing."""
    values = np.ascontiguousarray(np.moveaxis(values, 1, -1))  # adds up in the same order, however many there are
    known = ~np.isnan(values) if known is None else np.moveaxis(known, 1, -1)
    count = known.sum(axis=-1)
    total = np.where(known, values, 0.0).sum(axis=-1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _after_funding(series: np.ndarray, out: np.ndarray, place: dict[str, int]) -> None:
    """Write practice and knowledge in the last month with posts before all have ended, and 12, 24, 60 months later."""
    posts = series[:, :, COLUMN["posts_funded"]] > 0.0
    ends = posts[:, :-1] & ~posts[:, 1:]
    (ended,) = np.nonzero(ends.any(axis=1))
    if ended.size == 0:
        return
    for later in (0, 12, 24, 60):
        months = ends[ended].argmax(axis=1) + later
        runs, months = ended[months < series.shape[1]], months[months < series.shape[1]]
        for name in ("practice", "knowledge"):
            out[runs, place[f"{name}_after_funding_{later}"]] = series[runs, months, COLUMN[name]]


def _after_shock(series: np.ndarray, shock: int, out: np.ndarray, place: dict[str, int]) -> None:
    """Write depth, months to recovery and new level of practice after the first shock, against the year before it."""
    practice = series[:, :, COLUMN["practice"]]
    before = practice[:, max(shock - YEAR, 0) : shock].mean(axis=1)
    after = practice[:, shock : shock + 36]
    lowest = after.argmin(axis=1)
    out[:, place["shock_depth"]] = before - after.min(axis=1)
    for run in range(series.shape[0]):
        back = np.flatnonzero(practice[run, shock + lowest[run] :] >= before[run])
        if back.size:
            out[run, place["shock_recovery"]] = lowest[run] + back[0]
    later = practice[:, shock + 36 : shock + 48]
    if later.shape[1] == YEAR:
        out[:, place["shock_new_level"]] = later.mean(axis=1) - before
