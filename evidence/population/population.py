"""A population of municipalities: each a setting of a scenario in which all that differs between municipalities is unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from qsim.engine.prepare import Prepared, payers_of, prepare
from qsim.engine.run import simulate_months
from qsim.engine.seeds import check_rows
from qsim.engine.warm import warm_up
from qsim.files.messages import InputError
from qsim.measures.catalogue import COLUMN, DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.measures.measuring import NO_PAPER
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_text
from qsim.world.blueprint import Start
from qsim.world.hierarchy import MAYOR
from qsim.world.kinds import ACTIVITIES
from qsim.world.records import World

MUNICIPALITIES = 228
"""As many as the survey of 2012 had (Gesemann et al. 2012, in report 1.1)."""

SELF_REPORT = 0.568
"""The share of them that said of themselves that they treat integration as a cross-cutting task (report 1.1)."""

CLASSES = {"municipality_small": 76, "municipality_medium": 76, "municipality_large": 76}
"""Scenarios by size and how many municipalities are drawn from each; the survey's own mix of sizes is not in the report."""

LEVELS = (0.2, 0.3, 0.4, 0.5)
"""Levels at which shares are told; none is a threshold that means something by itself."""

GRADED = ("commitment", "considered", "majority", "belief", "practice", "joint_practice")
"""What has a level in each municipality, from 0 to 1.

``majority``: the level that departments with half of the weight reach or exceed in considering; ``belief``: what the city
believes that the work achieves; the others are columns of results.
"""

READINGS = (
    "paper",
    "unit",
    "group",
    "paper_or_structure",
    "paper_and_structure",
    "paper_unit_group",
    "paper_and_mayor",
)
"""Readings of what a municipality means that says of itself that it works across departments; none was chosen by its share."""

Progress = Callable[[int], None]
"""Called with the number of municipalities done since the last call."""


class SizeClass(NamedTuple):
    """A scenario and how many municipalities are drawn from it."""

    scenario: Scenario
    number: int


def size_classes() -> list[SizeClass]:
    """Return the classes of :data:`CLASSES`; raise InputError if a file is wrong."""
    return [SizeClass(load_scenario(name), count) for name, count in CLASSES.items()]


def draw_population(
    classes: Sequence[SizeClass],
    seed: int = 1,
    date: int | None = None,
    plausible: bool = True,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return one row a municipality with its state after the month ``date`` (absolute; by default the last of the runs).

    The columns are ``municipality``, ``scenario``, ``departments`` (how many), ``staff`` and ``posts_filled`` (posts),
    those of :data:`GRADED` (shares) and those of :data:`READINGS` (true or false). Each municipality draws
    what its class leaves open for itself; with ``plausible`` each has another setting of the ensemble, too. Raise
    InputError if the date is outside a run, ValueError without a municipality or for a seed that is none.
    """
    counts = [entry.number for entry in classes]
    check_rows(seed, [(number, number) for number in range(sum(counts))])
    for entry in classes:
        _check_date(entry.scenario, date)
    warm_up()
    rows: list[dict[str, Any]] = []
    for entry in classes:
        prepared = prepare(entry.scenario, plausible)
        for _ in range(entry.number):
            number = len(rows)
            rows.append({"municipality": number, "scenario": entry.scenario.id, **_run(prepared, seed, number, date)})
            if progress is not None:
                progress(1)
    return pd.DataFrame(rows)


def _check_date(scenario: Scenario, date: int | None) -> None:
    last = scenario.start + scenario.months - 1
    if date is not None and not scenario.start <= date <= last:
        span = f"{month_text(scenario.start)} to {month_text(last)}"
        text = f"{month_text(date)} is outside the run of {scenario.id}, {span}"
        raise InputError.about("--date", text)


def _run(prepared: Prepared, seed: int, number: int, date: int | None) -> dict[str, Any]:
    """Return the state of a municipality after the month ``date``."""
    scenario = prepared.scenario
    (start,) = prepared.blueprint.starts(seed, [(number, number)])
    months = scenario.months if date is None else date - scenario.start + 1
    world, last = _last_month(start, months)
    graded = {name: float(last[COLUMN[name]]) for name in GRADED if name in COLUMN}
    graded |= {"majority": _majority(world), "belief": float(world.tasks["belief"].mean())}
    return {
        "departments": len(start.plan.house.departments),
        "staff": float(world.administration["staff"][0]),
        "posts_filled": float(last[COLUMN["posts_filled"]]),
        **{name: graded[name] for name in GRADED},
        **_readings(world, graded["commitment"], scenario.start + months - 1),
    }


def _last_month(start: Start, months: int) -> tuple[World, np.ndarray]:
    """Run so many months and return the world after them, and the columns (SERIES,) of the last of them."""
    plan = start.plan
    tasks, departments = len(plan.scenario.tasks), len(plan.house.departments)
    series = np.empty((1, months, len(SERIES)))
    by_task = np.empty((1, months, tasks, len(TASK_SERIES)))
    sums = np.zeros((months, departments, tasks, len(DEPARTMENT_MEASURES)))
    ledger = np.zeros((len(payers_of(plan.house, plan.scenario)), len(ACTIVITIES)))
    world = simulate_months(start, months, series, by_task, sums, np.zeros(sums.shape[:3]), ledger)
    return world, series[0, -1]


def _majority(world: World) -> float:
    """Return the mean over tasks of what departments with at least half of the weight consider, or more."""
    levels = []
    for k in range(world.tasks.size):
        considered, weight = world.stances["considered"][:, k], world.stances["weight"][:, k]
        order = np.argsort(-considered, kind="stable")
        reached = np.cumsum(weight[order]) >= 0.5 * weight.sum()
        levels.append(float(considered[order][int(np.argmax(reached))]))
    return float(np.mean(levels))


def _readings(world: World, commitment: float, month: int) -> dict[str, bool]:
    """Return each of :data:`READINGS` for a world after a month.

    A group is a format that runs and is looked after, has two departments or more, and settles, drafts or ties: a training
    is none.
    """
    formats = world.formats
    members = np.diff(world.member_first)
    running = (formats["start"] <= month) & (month < formats["end"]) & (formats["served"] > 0.0)
    paper = commitment >= NO_PAPER
    unit = bool((world.units["filled"] > 0.0).any())
    working = formats["decide"] + formats["draft"] + formats["tie"] > 0.0
    group = bool((running & working & (members > 1)).any())
    mayor = bool(world.support["support"][MAYOR].mean() > 0.0)
    found = (paper, unit, group, paper or unit or group, paper and (unit or group), paper and unit and group,
             paper and mayor)  # fmt: skip
    return dict(zip(READINGS, map(bool, found), strict=True))
