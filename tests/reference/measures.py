"""What is measured after a month, by name: every task by itself, and all tasks together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from reference.agents import Leader, Payer
from reference.capacities import governance, leadership
from reference.constraint import binding_constraint, missing_willingness
from reference.joint import joint_practice
from reference.maths import positive

if TYPE_CHECKING:
    from reference.model import ReferenceModel


CONSTRAINTS = ("motivation", "knowledge", "time", "joint", "adjusting")
STAGES = ("unaware", "aware", "engaged", "routine")


class Measured(NamedTuple):
    """The measures of a month: over all tasks (the columns of SERIES), and of each task (those of TASK_SERIES)."""

    series: dict[str, float]
    tasks: list[dict[str, float]]


def measure(model: ReferenceModel) -> Measured:
    """Measure the month; this moves the twelve cells of governance and nothing else."""
    tasks = [task_measures(model, k) for k in range(len(model.tasks))]
    series = {name: mean([row[name] for row in tasks if not math.isnan(row[name])]) for name in tasks[0]}
    units, departments = model.units, model.departments
    chain_knowledge = [
        sum(department.stances[k].weight * department.stances[k].chain_knowledge for department in departments)
        for k in range(len(tasks))
    ]
    administration = model.administration
    series |= {
        "workload": sum(d.staff * d.workload for d in departments) / sum(d.staff for d in departments),
        "recognition": mean([unit.recognition for unit in units]) if units else 0.0,
        "posts_funded": float(sum(unit.posts for unit in units)),
        "posts_filled": float(sum(unit.filled for unit in units)),
        "hours_departments": paid(departments),
        "hours_units": paid(units),
        "hours_leaders": paid(model.leaders),
        "hours_civil_society": paid(model.groups),
        "capacity_governance": governance(model),
        "capacity_leadership": mean([leadership(model, k) for k in range(len(tasks))]),
        "capacity_awareness": mean(chain_knowledge),
        "capacity_reflection": administration.reflection_held * administration.knowledge_management,
    }
    return Measured(series, tasks)


def mean(values: list[float]) -> float:
    """Return the mean, missing (NaN) if there is nothing."""
    return sum(values) / len(values) if values else math.nan


def quotient(part: float, whole: float) -> float:
    """Return a part of the whole, missing (NaN) if the whole is nothing."""
    return part / whole if whole > 0.0 else math.nan


def paid(payers: list[Payer]) -> float:
    return float(sum(sum(payer.ledger.values()) for payer in payers))


def task_measures(model: ReferenceModel, k: int) -> dict[str, float]:
    """Return the measures of one task."""
    concerned = [department for department in model.departments if department.stances[k].weight > 0.0]
    stances = [department.stances[k] for department in concerned]

    def over(value, holds=lambda stance: True) -> float:
        return sum((stance.weight * value(stance) for stance in stances if holds(stance)), 0.0)

    promised = over(lambda s: s.commitment)
    gap = over(lambda s: positive(s.commitment - s.practice))
    symbolic = over(lambda s: s.commitment, lambda s: s.practice < 0.2 * s.commitment)
    lacking = over(lambda s: positive(s.need - s.practice))
    reached = over(lambda s: 1.0, lambda s: model.month - s.reached < 12.0)
    tail = sorted(stance.openness for stance in stances)[: max(len(stances) // 10, 1)]
    result = {
        "commitment": promised,
        "considered": over(lambda s: s.considered),
        "practice": over(lambda s: s.practice),
        "joint_practice": joint_practice(model, k),
        "implementation_gap": gap,
        "relative_gap": gap / promised if promised >= 0.02 else math.nan,
        "practice_without_paper": over(lambda s: positive(s.practice - s.commitment)),
        "need_gap": quotient(lacking, over(lambda s: s.need)),
        "symbolic_share": symbolic / promised if promised >= 0.02 else math.nan,
        "coverage": reached,
        "closed_tail": mean(tail),
        "knowledge": over(lambda s: s.knowledge),
        "openness": over(lambda s: s.openness),
        "host_practice": host_practice(model, k),
        "salience": model.tasks[k].salience,
        "support": support(model.leaders, k),
    }
    for name in STAGES:
        result[f"stage_{name}"] = over(lambda s: 1.0, lambda s, name=name: stage(s) == name)
    for name in CONSTRAINTS:
        bound = over(lambda s: positive(s.need - s.practice), lambda s, name=name: binding_constraint(model, s) == name)
        result[f"constraint_{name}"] = quotient(bound, lacking)
    for name in ("openness", "backing", "binding"):
        part = over(lambda s, name=name: positive(s.need - s.practice) * missing_willingness(model, s)[name])
        could_gain = over(
            lambda s: positive(s.need - s.practice), lambda s: any(missing_willingness(model, s).values())
        )
        result[f"willingness_{name}"] = quotient(part, could_gain)
    return result


def stage(stance) -> str:
    if stance.routine >= 0.5:
        return "routine"
    if stance.practice >= 0.2:
        return "engaged"
    return "aware" if stance.knowledge >= 0.15 and stance.openness >= 0.3 else "unaware"


def support(leaders: list[Leader], k: int) -> float:
    """Return the support of the mayor and of the mean head of a division, half each."""
    return 0.5 * leaders[0].support[k].support + 0.5 * mean([leader.support[k].support for leader in leaders[2:]])


def host_practice(model: ReferenceModel, k: int) -> float:
    """Return the weighted practice in the division of the department that the task concerns most."""
    most = max(model.departments, key=lambda department: (department.stances[k].relevance, -department.slot))
    stances = [other.stances[k] for other in model.departments if other.division == most.division]
    return quotient(sum(s.weight * s.practice for s in stances), sum(s.weight for s in stances))
