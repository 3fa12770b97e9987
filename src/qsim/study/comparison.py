"""Compares scenarios in twin worlds: the same luck and the same settings of what nobody knows, for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from qsim.engine.measures import OUTCOMES, Measure
from qsim.engine.prepare import Prepared, prepare
from qsim.scenario.schema import Scenario
from qsim.study.execution import Progress, Row, StudyResult, run_rows
from qsim.study.paired import Array, paired, variance_saved
from qsim.study.store import Store
from qsim.study.verdict import OutcomeComparison, Verdict, judge

PRIMARY = "joint_practice"
KEY_OUTCOMES = ("need_gap", "hours_departments_total", "practice_after_funding_24")
"""What must not get clearly worse where the primary outcome gets better, or the verdict is a trade-off."""

DEPARTMENT_HOURS = "hours_departments_total"
RELEVANT_HOURS = 0.001
"""The smallest relevant part of the departments' working time: one full post in a house of a thousand; an assumption."""

SETTINGS = 100
REPLICATIONS = 5
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Comparison:
    """What twin worlds say about two scenarios; differences are second minus first.

    ``better`` is the index of the better scenario, -1 if there is none; ``outcome`` names the primary outcome; ``rows``
    holds all outcomes. ``replications`` counts the twin worlds, ``settings`` the plausible settings they lie in (1 if
    what nobody knows was not varied beyond each world's own draw). ``variance_saved`` is (Var A + Var B) / Var(A - B).
    """

    scenarios: tuple[Scenario, ...]
    outcome: str
    smallest_relevant: float
    verdict: Verdict
    better: int
    rows: tuple[OutcomeComparison, ...]
    replications: int
    settings: int
    variance_saved: float


def compare(
    scenarios: Sequence[Scenario],
    seed: int = 1,
    settings: int = SETTINGS,
    replications: int = REPLICATIONS,
    plausible: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[Comparison, ...]:
    """Compare the first of several scenarios with each other one, in twin worlds.

    In each of ``settings`` draws of everything unknown, the parameters of all rules among it, ``replications`` worlds
    differ by luck alone. With ``plausible=False`` the parameters keep their values, each of ``replications`` worlds draws
    the scenario's unknowns for itself, and ``settings`` is not used. Raise ValueError for fewer than two scenarios or
    less than one replication or setting, InputError for wrong overrides of parameters.
    """
    rows = twin_rows(settings, replications, plausible)
    prepared = prepare_twins(scenarios, plausible)
    results = [run_rows(twin, rows, seed, workers, progress) for twin in prepared]
    return compare_results(results, settings if plausible else 1)


def twin_rows(settings: int, replications: int, plausible: bool = True) -> list[Row]:
    """Return replicate and setting of every world, setting by setting; no two worlds share their luck."""
    if settings < 1 or replications < 1:
        raise ValueError("at least one replication and one setting are needed")
    if not plausible:
        return [(replicate, replicate) for replicate in range(replications)]
    return [(setting * replications + i, setting) for setting in range(settings) for i in range(replications)]


def prepare_twins(scenarios: Sequence[Scenario], plausible: bool = True) -> list[Prepared]:
    """Return the scenarios made ready, no two with the same id: a second ``city`` becomes ``city_2``."""
    if len(scenarios) < 2:
        raise ValueError("a comparison needs two scenarios or more")
    seen: Counter[str] = Counter()
    prepared = []
    for scenario in scenarios:
        seen[scenario.id] += 1
        number = seen[scenario.id]
        if number > 1:
            scenario = scenario.model_copy(update={"id": f"{scenario.id}_{number}"})
        prepared.append(prepare(scenario, plausible=plausible))
    return prepared


def compare_results(results: Sequence[StudyResult], settings: int) -> tuple[Comparison, ...]:
    """Return the first result compared with each other one; all ran the rows of :func:`twin_rows`."""
    return tuple(_compare_pair((results[0], other), settings) for other in results[1:])


def _compare_pair(pair: tuple[StudyResult, StudyResult], settings: int) -> Comparison:
    rows = tuple(_compare_outcome(measure, pair, settings) for measure in OUTCOMES)
    by_name = {row.measure.name: row for row in rows}
    verdict, better = judge(by_name[PRIMARY], [by_name[name] for name in KEY_OUTCOMES])
    first, second = (_worlds(result, PRIMARY, settings) for result in pair)
    return Comparison(
        scenarios=tuple(result.scenario for result in pair),
        outcome=PRIMARY,
        smallest_relevant=by_name[PRIMARY].smallest_relevant,
        verdict=verdict,
        better=better,
        rows=tuple(row for row in rows if np.isfinite(row.levels).any()),
        replications=len(pair[0].rows),
        settings=settings,
        variance_saved=variance_saved(first, second),
    )


def _compare_outcome(measure: Measure, pair: tuple[StudyResult, StudyResult], settings: int) -> OutcomeComparison:
    first, second = (_worlds(result, measure.name, settings) for result in pair)
    found = paired(second - first)
    return OutcomeComparison(
        measure=measure,
        levels=(_level(first), _level(second)),
        difference=found.difference,
        low=found.low,
        high=found.high,
        share_worlds=found.share_worlds,
        share_settings=found.share_settings if settings > 1 else float("nan"),
        smallest_relevant=smallest_relevant(measure, pair[0].prepared),
    )


def _worlds(result: StudyResult, outcome: str, settings: int) -> Array:
    """Return an outcome as (settings, replicates); with one setting each world stands for itself."""
    values = result.runs[outcome].to_numpy(dtype=np.float64)
    return values.reshape(settings if settings > 1 else len(values), -1)


def _level(values: Array) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")


def smallest_relevant(measure: Measure, prepared: Prepared) -> float:
    """Return the difference of an outcome that somebody would notice, in its unit; NaN where none is declared.

    The hours of departments count against the working time of the house: an hour weighs more in a small one.
    """
    if measure.name == DEPARTMENT_HOURS:
        template = prepared.reference.template
        hours = float(template.administration["staff"][0] * template.parameters["workload_hours_per_post"][0])
        return RELEVANT_HOURS * MONTHS_A_YEAR * hours
    return float("nan") if measure.smallest_relevant is None else measure.smallest_relevant


def store_comparison(store: Store, comparisons: Sequence[Comparison]) -> None:
    """Write the table ``comparison``: one row a pair of scenarios and outcome."""
    for comparison in comparisons:
        rows = [
            {
                "first": comparison.scenarios[0].id,
                "second": comparison.scenarios[1].id,
                "outcome": row.measure.name,
                "first_level": row.levels[0],
                "second_level": row.levels[1],
                **{name: getattr(row, name) for name in NUMBERS},
                "verdict": comparison.verdict if row.measure.name == comparison.outcome else "",
            }
            for row in comparison.rows
        ]
        store.append("comparison", pd.DataFrame(rows))


NUMBERS = ("difference", "low", "high", "share_worlds", "share_settings", "smallest_relevant")
