"""An additive scorecard of a scenario at a date: what a checklist without dynamics would say, to be compared with.

The score is the sum of features, all of the same weight, each from 0 at the low to 1 at the high end of its range (not cut
off beyond), with the sign that the report gives it. Units, formats, concepts, groups and events count if they are there
at the date; fixed funding ends after its duration unless it is continued; an unknown value counts with its middle.

| feature | sign | range | value |
|---|---|---|---|
| posts | + | 0 to 5 | funded posts |
| closeness | + | 0 to 1 | of the unit to the mayor: section 0, line 1/3, under a deputy 2/3, under the mayor 1 |
| head | + | 0 to 1 | the unit has a head of its own |
| unit_knowledge | + | 0 to 1 | of the unit at the start |
| mediation | + | 0 to 1 | of the unit |
| overview | + | 0 to 1 | of the unit at the start |
| handover | + | 0 to 1 | of the unit |
| culture | + | 0 to 1 | communication culture |
| closed_share | - | 0 to 1 | departments with a closed culture |
| hierarchy | - | 0 to 1 | communication through heads |
| workload | - | 0.5 to 1.5 | of the departments |
| vacancy | - | 0 to 0.5 | of posts |
| turnover | - | 0 to 0.3 | a year |
| knowledge | + | 0 to 1 | of the departments at the start |
| process_knowledge | + | 0 to 1 | of the departments at the start |
| meet | + | 0 to 2 | sum of the channel over running formats; so the next five |
| learn | + | 0 to 2 | |
| decide | + | 0 to 2 | |
| draft | + | 0 to 2 | |
| gate | + | 0 to 2 | |
| tie | + | 0 to 2 | |
| relief | + | 0 to 5 | posts that take work off departments |
| ambition | + | 0 to 1 | of the most ambitious concept adopted |
| concreteness | + | 0 to 1 | of the most concrete concept adopted |
| council | + | 0 to 1 | a concept by the council, or a decision that renews it |
| mandate | + | 0 to 1 | share of tasks that are duties by law |
| salience | + | 0 to 1 | of the tasks |
| support | + | -1 to 1 | stated support of leaders, on average |
| co_responsibility | + | 0 to 1 | stated of leaders, on average |
| transparency | + | 0 to 1 | stated of leaders, on average |
| expertise | + | 0 to 2 | sum over civil society groups |
| engagement | + | 0 to 2 | sum over civil society groups |
| pressure | + | 0 to 2 | sum over civil society groups |
| evaluation | + | 0 to 1 | of measures |
| knowledge_management | + | 0 to 1 | of lessons and documents |
| reflection | + | 0 to 0.05 | hours reserved |
| personnel_openness | + | 0 to 1 | to unusual candidates |
| tightness | - | 0 to 1 | of the budget, with crises |
| size | - | 0 to 100 | departments |
| shocks | - | 0 to 1 | workload by shocks, fading with their half-lives |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qsim.claims.scorecard_values import (
    Value,
    channel,
    closeness,
    council,
    first_shock,
    funding_end,
    has_head,
    mandate,
    of_concepts,
    of_groups,
    of_house,
    of_leaders,
    of_task,
    of_unit,
    posts,
    salience,
    shocks,
    support,
    tightness,
)
from qsim.measures.catalogue import OUTCOMES, SERIES
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number

GRID = 6
"""Months between the dates whose scores stand for a whole run."""

NOTHING_SAID = ("workload", "hours_departments", "hours_departments_total", "practice_per_1000_hours")
"""Measures on which adding up good things says nothing, besides those of which neither more nor less is better."""

CHANNELS = ("meet", "learn", "decide", "draft", "gate", "tie")


@dataclass(frozen=True)
class Feature:
    """A feature with its sign, range and value in a scenario at a month."""

    name: str
    sign: int
    low: float
    high: float
    value: Value


def score(scenario: Scenario, month: int) -> float:
    """Return the score of a scenario at an absolute month."""
    total = 0.0
    for feature in FEATURES:
        total += feature.sign * (feature.value(scenario, month) - feature.low) / (feature.high - feature.low)
    return total


def scorecard_contrasts(
    measure: str, at: str, contrasts: Sequence[Mapping[str, float]], worlds: Mapping[str, Scenario]
) -> list[float]:
    """Return contrasts of the worlds' scores, as signed as the measure; empty where the scorecard says nothing."""
    better = {result.name: result.higher_is_better for result in (*OUTCOMES, *SERIES)}.get(measure)
    if better is None or measure in NOTHING_SAID:
        return []
    scores = {name: score_at(scenario, measure, at) for name, scenario in worlds.items()}
    sign = 1.0 if better else -1.0
    return [sign * sum(weight * scores[name] for name, weight in contrast.items()) for contrast in contrasts]


def score_at(scenario: Scenario, measure: str, at: str) -> float:
    """Return the score at the time of a measure: ``last_year``, ``whole_run``, ``peak`` or a month ``YYYY-MM``."""
    last = scenario.start + scenario.months - 1
    if "_after_funding_" in measure:
        return score(scenario, min(funding_end(scenario, last) + int(measure.rpartition("_")[2]), last))
    if measure.startswith("shock_"):
        return score(scenario, min(first_shock(scenario, last) + 12, last))
    if at == "last_year":
        return score(scenario, last)
    if at in ("whole_run", "peak"):
        scores = [score(scenario, month) for month in range(scenario.start, last + 1, GRID)]
        return max(scores) if at == "peak" else sum(scores) / len(scores)
    return score(scenario, month_number(at))


FEATURES: tuple[Feature, ...] = (
    Feature("posts", 1, 0, 5, posts),
    Feature("closeness", 1, 0, 1, closeness),
    Feature("head", 1, 0, 1, has_head),
    Feature("unit_knowledge", 1, 0, 1, of_unit("knowledge")),
    *(Feature(name, 1, 0, 1, of_unit(name)) for name in ("mediation", "overview", "handover")),
    Feature("culture", 1, 0, 1, of_house("communication_culture")),
    Feature("closed_share", -1, 0, 1, of_house("closed_share")),
    Feature("hierarchy", -1, 0, 1, of_house("hierarchy")),
    Feature("workload", -1, 0.5, 1.5, of_house("workload")),
    Feature("vacancy", -1, 0, 0.5, of_house("vacancy_share")),
    Feature("turnover", -1, 0, 0.3, of_house("turnover_per_year")),
    *(Feature(name, 1, 0, 1, of_task(name)) for name in ("knowledge", "process_knowledge")),
    *(Feature(name, 1, 0, 2, channel(name)) for name in CHANNELS),
    Feature("relief", 1, 0, 5, channel("relieve_posts")),
    *(Feature(name, 1, 0, 1, of_concepts(name)) for name in ("ambition", "concreteness")),
    Feature("council", 1, 0, 1, council),
    Feature("mandate", 1, 0, 1, mandate),
    Feature("salience", 1, 0, 1, salience),
    Feature("support", 1, -1, 1, support),
    Feature("co_responsibility", 1, 0, 1, of_leaders("co_responsibility", 0.4)),
    Feature("transparency", 1, 0, 1, of_leaders("transparency", 0.5)),
    *(Feature(name, 1, 0, 2, of_groups(name)) for name in ("expertise", "engagement", "pressure")),
    *(Feature(name, 1, 0, 1, of_house(name)) for name in ("evaluation", "knowledge_management")),
    Feature("reflection", 1, 0, 0.05, of_house("reflection")),
    Feature("personnel_openness", 1, 0, 1, of_house("personnel_openness")),
    Feature("tightness", -1, 0, 1, tightness),
    Feature("size", -1, 0, 100, of_house("departments")),
    Feature("shocks", -1, 0, 1, shocks("workload")),
)
"""All features, in the order of the table."""
