"""The numbers of a page: levels, pairs, months, departments and who gains, and whether they come out again from its manifest."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from qsim.comparison.comparing import Compared, ComparisonPlan, Look, Stopped, planned_again
from qsim.comparison.ranking import Rank
from qsim.comparison.report import Report, Stage, check_comparable, report_of_comparison, report_of_run
from qsim.comparison.verdict import Comparison
from qsim.comparison.why.case import Case
from qsim.comparison.why.divergence import Divergence
from qsim.comparison.why.shares import Shares
from qsim.comparison.worlds import TwinWorlds
from qsim.engine.prepare import prepare
from qsim.engine.result import Result
from qsim.engine.rows import rows_of
from qsim.files.messages import InputError
from qsim.files.opening import read_utf8
from qsim.measures.catalogue import COLUMN, OUTCOMES, SERIES
from qsim.runs.agreement import largest_of_records
from qsim.runs.execution import run_rows
from qsim.runs.intervals import Array
from qsim.runs.manifest import COMPARE, Manifest, drawn_with, make_manifest, manifest_in
from qsim.runs.readings import HIGH, LOW, middle
from qsim.runs.to_json import to_json
from qsim.scenario.loading import checked_scenario, content_of
from qsim.scenario.schema import Scenario
from qsim.sweep.loading import MOST_RUNS
from qsim.sweep.plan import Note, version_notes
from qsim.sweep.reproduce import Reproduction

OFTEN = 0.5
"""In which share of the settings a department must stand in both scenarios to be compared."""


@dataclass(frozen=True)
class Gain:
    """What a department does in two scenarios, and how much more in the second: shares of the full task.

    ``low`` and ``high`` hold the middle 80 % of the plausible settings, NaN if there is only one.
    """

    department: str
    division: str
    levels: tuple[float, float]
    difference: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the difference has the same sign in nine of ten settings."""
        return self.low > 0.0 or self.high < 0.0


def department_gains(worlds: TwinWorlds, second: int, task: int) -> list[Gain]:
    """Return the gains of the first scenario's departments in scenario ``second``, the largest change first.

    ``task`` is the index of the task in the first scenario; the second may have it elsewhere. Left out are departments that
    the second scenario does not have, that stand in fewer than half of the settings of both, or whose work the task does
    not touch; all of them if it does not have the task.
    """
    tasks = [[one.id for one in worlds.twins[place].scenario.tasks] for place in (0, second)]
    if tasks[0][task] not in tasks[1]:
        return []
    there = tasks[1].index(tasks[0][task])
    houses = [worlds.twins[place].house for place in (0, second)]
    ids = [[department.id for department in house.departments] for house in houses]
    touched = worlds.twins[0].reference.template.stances["relevance"][:, task] > 0.0
    result = []
    for own, department in enumerate(houses[0].departments):
        if department.id in ids[1] and touched[own]:
            first = worlds.practice[0][:, own, task]
            other = worlds.practice[second][:, ids[1].index(department.id), there]
            division = houses[0].divisions[department.division].id
            gain = _gain(department.id, division, first, other)
            result += [gain] if gain is not None else []
    return sorted(result, key=lambda gain: -abs(gain.difference))


def _gain(department: str, division: str, first: Array, other: Array) -> Gain | None:
    both = np.isfinite(first) & np.isfinite(other)
    if not both.any() or both.mean() < OFTEN:
        return None
    apart = other[both] - first[both]
    low, high = np.quantile(apart, (LOW, HIGH)) if apart.size > 1 else (np.nan, np.nan)
    levels = float(first[both].mean()), float(other[both].mean())
    return Gain(department, division, levels, float(apart.mean()), float(low), float(high))


CURVES = ("joint_practice", "implementation_gap")
"""What is drawn over time with its range over the runs."""

CONSTRAINTS = tuple(measure.name for measure in SERIES if measure.group == "constraint")
"""What holds back the unmet need, as shares of it."""


def shown_of(result: Result) -> dict[str, Any]:
    """Return the numbers by what they are behind; lists are by month or, of a range, its low end, mean and high end."""
    months = result.output.series
    unmet = np.clip(np.nan_to_num(months[:, :, COLUMN["need_gap"]]), 0.0, None)
    return {
        "ranges": dict(zip((measure.name for measure in OUTCOMES), middle(result.output.outcomes).T.tolist(), strict=True)),
        "curves": {name: middle(months[:, :, COLUMN[name]]).T.tolist() for name in CURVES},
        "constraints": {name: (unmet * np.nan_to_num(months[:, :, COLUMN[name]])).mean(axis=0).tolist()
                        for name in CONSTRAINTS},
        "departments": _departments(result),
        "hours": {f"{payer}.{activity}": hours for (payer, activity), hours in hours_paid(result).items()},
    }  # fmt: skip


def _departments(result: Result) -> dict[str, dict[str, float]]:
    """Return what each department does of each task in the last month, and what held it back on average."""
    groups = result.departments.groupby(["department", "task"], sort=False, observed=True)
    last, means = groups["practice"].last(), groups[list(CONSTRAINTS)].mean()
    return {
        f"{department}.{task}": {"practice": float(last[department, task]), **means.loc[(department, task)].to_dict()}
        for department, task in means.index
    }


def hours_paid(result: Result) -> dict[tuple[str, str], float]:
    """Return the hours over the whole run by kind of payer and activity, mean over the runs."""
    paid = result.ledger.groupby(["payer_kind", "activity"], observed=True, as_index=False)["hours"].sum()
    columns = (paid[name] for name in ("payer_kind", "activity", "hours"))
    return {(str(kind), str(activity)): float(hours) for kind, activity, hours in zip(*columns, strict=True)}


@dataclass(frozen=True)
class Numbers:
    """The numbers of a page, by where they stand."""

    levels: dict[str, dict[str, float]]
    runs: tuple[int, ...]
    cases: tuple[tuple[Case, Case] | None, ...]
    shown: dict[str, Any]


@dataclass(frozen=True)
class ComparisonNumbers(Numbers):
    """The numbers of a page on a comparison."""

    pairs: tuple[Comparison, ...]
    ranking: tuple[Rank, ...]
    looks: tuple[Look, ...]
    stopped: Stopped
    shares: tuple[Shares | None, ...]
    conditions: tuple[dict[str, Any], ...]
    gains: tuple[list[dict[str, Gain]], ...]
    partings: tuple[Divergence | None, ...]


def record_of(report: Report) -> dict[str, Any]:
    """Return the numbers that a page shows, by where they stand; what is missing is None."""
    results, compared = report.results, report.compared
    numbers: dict[str, Any] = {
        "levels": {
            one.scenario.id: {measure.name: float(one.runs[measure.name].mean()) for measure in OUTCOMES}
            for one in results
        },
        "runs": tuple(len(one.rows) for one in results),
        "cases": report.cases,
        "shown": {one.scenario.id: shown_of(one) for one in results},
    }
    if compared is None:
        return dict(to_json(Numbers(**numbers)))
    record = ComparisonNumbers(
        **numbers,
        pairs=compared.pairs,
        ranking=compared.ranking,
        looks=compared.looks,
        stopped=compared.stopped,
        shares=report.shares,
        conditions=tuple(each.record() for each in report.conditions),
        gains=tuple(_gains(compared, second) for second in range(1, len(compared.scenarios))),
        partings=report.divergences,
    )
    return dict(to_json(record))


def _gains(result: Compared, second: int) -> list[dict[str, Gain]]:
    """Return the gains of the departments for each task, by department."""
    tasks = range(len(result.scenarios[0].tasks))
    return [{gain.department: gain for gain in department_gains(result.worlds, second, task)} for task in tasks]


MANIFEST_ELEMENT = re.compile(
    r"""<script\b[^>]*\bid=["']qsim-manifest["'][^>]*>(.*?)</script""", re.DOTALL | re.IGNORECASE
)
"""The element in which a page carries its manifest."""

ENDINGS = (".html", ".htm")


def page_manifest(path: Path) -> Manifest | None:
    """Return the manifest that a page carries, with its numbers; None if the file is no page of qsim.

    Raise InputError, in one line, if it is damaged or the file cannot be read.
    """
    carried = MANIFEST_ELEMENT.search(read_utf8(path, str(path)))
    result = manifest_in(carried[1], str(path)) if carried is not None else None
    return result if result is not None and "numbers" in result else None


def reproduce_page(
    path: Path,
    workers: int | None = None,
    stage: Stage = lambda runs, name: nullcontext(lambda done: None),
    told: Callable[[Note], None] = lambda note: None,
) -> tuple[Reproduction, Report]:
    """Run all that a page shows again, compare its numbers, and return what it would be written from.

    ``told`` is called with each note on versions, before any run. Raise InputError if the file is no page of qsim or its
    manifest is damaged, RunError if a run fails.
    """
    manifest = page_manifest(path)
    if manifest is None:
        raise InputError.about(path, "is no page of qsim: it carries no manifest that can be read")
    scenarios = scenarios_in(manifest, path)
    plan = planned_again(manifest, scenarios) if manifest["study"] == COMPARE else None
    here = make_manifest("run", scenarios, seed=0, replications=1)
    notes = version_notes(manifest, {**here, "drawing": drawn_with()})
    for note in notes:
        told(note)
    if plan is None:
        report = _run_again(manifest, scenarios[0], workers, stage)
    else:
        report = _compared_again(plan, manifest, workers, stage)
    largest, where = largest_of_records(manifest.get("numbers"), record_of(report))
    runs = sum(len(result.rows) for result in report.results)
    return Reproduction(runs, runs, largest, where, tuple(notes), ("numbers",)), report


def scenarios_in(manifest: Manifest, path: Path) -> list[Scenario]:
    """Return the scenarios that a manifest in a file holds; raise InputError, with all that is wrong, if they are none."""
    return [
        checked_scenario(content_of(entry["text"], f"{entry['id']} in {path}"), entry["id"])
        for entry in manifest["scenarios"]
    ]


def _run_again(manifest: Manifest, scenario: Scenario, workers: int | None, stage: Stage) -> Report:
    plausible = manifest["plausible"]
    rows = rows_of(range(manifest["replications"]), plausible)
    with stage(len(rows), scenario.id) as progress:
        return report_of_run(
            run_rows(prepare(scenario, plausible), rows, manifest["seed"], workers, progress), manifest
        )


def _compared_again(plan: ComparisonPlan, manifest: Manifest, workers: int | None, stage: Stage) -> Report:
    check_comparable(list(plan.scenarios))
    worlds = plan.worlds()
    with stage(affordable_runs(plan, worlds), "compare") as progress:
        result = plan.run(worlds, workers, progress)
    return report_of_comparison(result, manifest, workers, stage)


def affordable_runs(plan: ComparisonPlan, worlds: TwinWorlds) -> int:
    """Return how many runs a plan takes at most; raise InputError if that is too many, or too few to say anything."""
    try:
        runs = plan.most_runs(worlds)
    except ValueError as error:
        raise InputError.about("", str(error)) from None
    if runs > MOST_RUNS:
        raise InputError.about("", f"the page asks for {runs:,} runs, more than {MOST_RUNS:,}")
    return runs
