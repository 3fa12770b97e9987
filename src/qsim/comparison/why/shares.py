"""How much of the difference between two scenarios each change carries: Shapley shares in twin worlds.

The value of a coalition of changes is the primary outcome of the scenario in which they alone are made, in the same
plausible setting and with the same draws; a group's share is what it adds, averaged over all orders in which the changes
can be made (Shapley 1953). As a way to attribute the difference of two situations to what differs between them see
Shorrocks (2013), Journal of Economic Inequality 11.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from qsim.comparison.verdict import PRIMARY
from qsim.comparison.why.coalitions import (
    Design,
    Group,
    change_groups,
    design,
    exact_shares,
    sampled_shares,
    with_changes,
)
from qsim.comparison.worlds import twin_rows
from qsim.engine.prepare import Prepared
from qsim.engine.rows import SETTINGS, TWINS
from qsim.runs.execution import Progress, Row, run_rows
from qsim.runs.intervals import CONFIDENCE, Array, bootstrap_interval, setting_levels
from qsim.scenario.schema import Scenario

REPLICATIONS = 2
"""Worlds in each setting, apart by stochastic variability, of those that the comparison has."""

CHUNK = 8
"""Runs that a thread does at once; some coalitions are run in few settings only."""


@dataclass(frozen=True)
class Share:
    """What a group of changes carries, in the unit of the outcome, with the interval of its mean over settings.

    ``sampling_error`` is the standard error that comes from drawing orders, 0 where all were taken; the interval has it
    in it.
    """

    changes: Group
    value: float
    low: float
    high: float
    sampling_error: float = 0.0


@dataclass(frozen=True)
class Shares:
    """The shares of a difference, second minus first, of which they are the parts: their sum is ``difference``.

    ``settings`` and ``worlds`` count those in which the outcome is known everywhere; ``exact`` says whether all orders
    of the changes were taken, ``plausible`` whether settings differ in more than stochastic variability.
    """

    outcome: str
    difference: float
    low: float
    high: float
    parts: tuple[Share, ...]
    settings: int
    worlds: int
    exact: bool
    plausible: bool
    confidence: float = CONFIDENCE


def planned_runs(
    first: Scenario,
    second: Scenario,
    seed: int = 1,
    plausible: bool = True,
    settings: int = SETTINGS,
    replications: int = REPLICATIONS,
    of: int = TWINS,
) -> int:
    """Return how many runs the shares take, 0 if nothing differs."""
    rows = _rows(settings, replications, of, plausible)
    groups = change_groups(first, second, seed, len(rows))
    wanted = design(len(groups), len(rows), seed).wanted() if groups else {}
    return len(rows[0]) * sum(map(len, wanted.values()))


def shares(
    first: Scenario,
    second: Scenario,
    seed: int = 1,
    plausible: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
    settings: int = SETTINGS,
    replications: int = REPLICATIONS,
    of: int = TWINS,
) -> Shares | None:
    """Return the shares of the difference in the primary outcome, None if nothing differs.

    All coalitions are run for up to six groups of changes; beyond that orders are drawn anew in each setting. Without
    ``plausible`` each world is a setting of its own. The worlds are the first ``replications`` of the ``of`` worlds that a
    comparison has in each setting, with the same draws. All is NaN if there is no setting in which the outcome is known.

    Raise RunError for a run that fails, ValueError for less than one setting or replication.
    """
    rows = _rows(settings, replications, of, plausible)
    groups = change_groups(first, second, seed, len(rows))
    if not groups:
        return None
    plan = design(len(groups), len(rows), seed)
    values = {
        coalition: _levels(
            Prepared(_hybrid(first, second, groups, coalition), plausible), rows, chosen, seed, workers, progress
        )
        for coalition, chosen in plan.wanted().items()
    }
    return _summed(groups, plan, values, len(rows[0]), plausible)


def _rows(settings: int, replications: int, of: int, plausible: bool) -> list[list[Row]]:
    """Return the worlds of each setting: the first so many of those of the comparison."""
    if not plausible:
        return [[row] for row in twin_rows(settings * replications, 1, plausible=False)]
    each = max(of, replications)
    rows = twin_rows(settings, each)
    return [rows[at : at + replications] for at in range(0, len(rows), each)]


def _hybrid(first: Scenario, second: Scenario, groups: tuple[Group, ...], coalition: int) -> Scenario:
    chosen = [change for place, group in enumerate(groups) if coalition >> place & 1 for change in group]
    return with_changes(first, second, chosen)


def _levels(
    prepared: Prepared,
    rows: list[list[Row]],
    chosen: list[int],
    seed: int,
    workers: int | None,
    progress: Progress | None,
) -> Array:
    """Return the outcome of a scenario by setting (settings,), NaN where it is not run or not known."""
    wanted = [row for setting in chosen for row in rows[setting]]
    outcome = run_rows(prepared, wanted, seed, workers, progress, chunk=CHUNK).runs[PRIMARY].to_numpy(dtype=np.float64)
    levels = np.full(len(rows), np.nan)
    levels[chosen] = setting_levels(outcome.reshape(len(chosen), -1))
    return levels


def _summed(
    groups: tuple[Group, ...], plan: Design, values: dict[int, Array], replications: int, plausible: bool
) -> Shares:
    """Return the shares and their sum, over the settings in which every coalition that was run has the outcome."""
    if plan.orders is None:
        by_draw = exact_shares(np.stack([values[coalition] for coalition in range(plan.everyone + 1)]))[None]
    else:
        by_draw = sampled_shares(values, plan.orders)
    whole = values[plan.everyone] - values[0]
    known = np.isfinite(by_draw).all(axis=(0, 1)) & np.isfinite(whole)
    by_draw, whole = by_draw[..., known], whole[known]
    by_setting = by_draw.mean(axis=0)
    errors = _sampling_errors(by_draw) if plan.orders is not None else np.zeros(len(groups))
    parts = tuple(
        Share(group, _mean(result), *bootstrap_interval(result), float(error))
        for group, result, error in zip(groups, by_setting, errors, strict=True)
    )
    return Shares(
        outcome=PRIMARY,
        difference=_mean(whole),
        low=bootstrap_interval(whole)[0],
        high=bootstrap_interval(whole)[1],
        parts=parts,
        settings=len(whole),
        worlds=len(whole) * replications,
        exact=plan.orders is None,
        plausible=plausible,
    )


def _sampling_errors(by_draw: Array) -> Array:
    """Return the standard errors (groups,) that come from drawing orders, from those of the same setting (draws, ...)."""
    draws, _, settings = by_draw.shape
    if settings == 0:
        return np.full(by_draw.shape[1], np.nan)
    within = by_draw.var(axis=0, ddof=1).mean(axis=-1)
    return np.asarray(np.sqrt(within / (draws * settings)))


def _mean(values: Array) -> float:
    return float(values.mean()) if values.size else math.nan
