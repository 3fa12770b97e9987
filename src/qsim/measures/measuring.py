"""Measuring a month: one row of the administration, one of each task, and sums by department."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from qsim.measures.catalogue import DEPARTMENT_MEASURES, HOUSE_SERIES, TASK_SERIES
from qsim.measures.constraint import binding_constraint, willingness_split
from qsim.measures.joint import joint_practice
from qsim.world.compiling import compiled
from qsim.world.hierarchy import FIRST_HEAD, MAYOR
from qsim.world.maths import sift_down
from qsim.world.records import World

TASK_COLUMNS = len(TASK_SERIES)
HOUSE_COLUMNS = len(HOUSE_SERIES)
_NAMES = [measure.name for measure in TASK_SERIES]
STAGES = _NAMES.index("stage_unaware")
CONSTRAINT = _NAMES.index("constraint_motivation")
WILLINGNESS = _NAMES.index("willingness_openness")
DEPARTMENT_COLUMNS = len(DEPARTMENT_MEASURES)
NO_PAPER = 0.02
"""Mean commitment below which there is no paper and no relative gap."""


@compiled
def measure_month(
    world: World, month: int, row: np.ndarray, rows: np.ndarray, sums: np.ndarray, squares: np.ndarray
) -> None:
    """Write the columns of a month.

    ``row`` (SERIES,), ``rows`` (tasks, TASK_SERIES) are written; to ``sums`` (departments, tasks, DEPARTMENT_MEASURES)
    and ``squares`` (departments, tasks) of practice the month is added.
    """
    for k in range(world.tasks.size):
        _measure_task(world, k, month, rows[k], sums)
        for d in range(world.departments.size):
            squares[d, k] += world.stances[d, k].practice * world.stances[d, k].practice
    for c in range(TASK_COLUMNS):
        total = 0.0
        count = 0
        for k in range(world.tasks.size):
            if not math.isnan(rows[k, c]):
                total += rows[k, c]
                count += 1
        row[c] = total / count if count > 0 else math.nan
    _measure_house(world, month, row)


@compiled
def _measure_task(world: World, k: int, month: int, out: np.ndarray, sums: np.ndarray) -> None:
    out[:] = 0.0
    p = world.parameters[0]
    need = 0.0
    unmet = 0.0
    symbolic = 0.0
    host = _host_division(world, k)
    host_weight = 0.0
    for d in range(world.departments.size):
        stance = world.stances[d, k]
        v = stance.weight
        bound = binding_constraint(stance, p.practice_complementarity)
        _add_department(world.departments[d], stance, bound, sums[d, k])
        if v > 0.0:
            out[0] += v * stance.commitment
            out[1] += v * stance.considered
            out[2] += v * stance.practice
            out[4] += v * max(stance.commitment - stance.practice, 0.0)
            out[6] += v * max(stance.practice - stance.commitment, 0.0)
            need += v * stance.need
            lack = v * max(stance.need - stance.practice, 0.0)
            unmet += lack
            symbolic += v * stance.commitment * (stance.practice < 0.2 * stance.commitment)
            out[9] += v * (month - stance.reached < 12.0)
            out[11] += v * stance.knowledge
            out[12] += v * stance.openness
            if world.departments[d].division == host:
                out[13] += v * stance.practice
                host_weight += v
            out[STAGES + _stage(stance.practice, stance.routine, stance.knowledge, stance.openness)] += v
            out[CONSTRAINT + bound] += lack
            openness, backing, binding = willingness_split(stance, p)
            out[WILLINGNESS] += lack * openness
            out[WILLINGNESS + 1] += lack * backing
            out[WILLINGNESS + 2] += lack * binding
    out[3] = joint_practice(world, k)
    out[5] = out[4] / out[0] if out[0] >= NO_PAPER else math.nan
    out[7] = unmet / need if need > 0.0 else math.nan
    out[8] = symbolic / out[0] if out[0] >= NO_PAPER else math.nan
    out[10] = _closed_tail(world, k)
    out[13] = out[13] / host_weight if host_weight > 0.0 else math.nan
    out[14] = world.tasks[k].salience
    out[15] = _mean_support(world, k)
    for c in range(CONSTRAINT, WILLINGNESS + 3):
        out[c] = out[c] / unmet if unmet > 0.0 else math.nan


@compiled
def _add_department(department: Any, stance: Any, bound: int, out: np.ndarray) -> None:
    """Add the state of a department and task to the sums (DEPARTMENT_MEASURES,)."""
    out[0] += stance.practice
    out[1] += stance.considered
    out[2] += stance.commitment
    out[3] += stance.knowledge
    out[4] += stance.openness
    out[5] += department.workload
    out[6] += stance.need
    out[7 + bound] += 1.0


@compiled
def _stage(practice: float, routine: float, knowledge: float, openness: float) -> int:
    """Return 0 unaware, 1 aware, 2 engaged, 3 routine (stages after Rogers: know, be convinced, do, confirm)."""
    if routine >= 0.5:
        return 3
    if practice >= 0.2:
        return 2
    return 1 if knowledge >= 0.15 and openness >= 0.3 else 0


@compiled
def _host_division(world: World, k: int) -> int:
    """Return the division of the department that task k concerns most: the host domain, whatever the unit's place."""
    most = 0
    for d in range(world.departments.size):
        more = world.stances[d, k].relevance - world.stances[most, k].relevance
        if more > 0.0 or (more == 0.0 and world.departments[d].slot < world.departments[most].slot):
            most = d
    return world.departments[most].division


@compiled
def _closed_tail(world: World, k: int) -> float:
    """Return the mean openness of the lowest tenth (at least one) of the departments that task k concerns."""
    heap = np.empty(world.departments.size, np.float64)
    place = np.zeros(world.departments.size, np.int64)
    count = 0
    for d in range(world.departments.size):
        if world.stances[d, k].weight > 0.0:
            heap[count] = -world.stances[d, k].openness
            count += 1
    if count == 0:
        return math.nan
    for n in range(count // 2 - 1, -1, -1):
        sift_down(heap, place, n, count)
    wanted = max(count // 10, 1)
    total = 0.0
    for left in range(count, count - wanted, -1):
        total -= heap[0]
        heap[0] = heap[left - 1]
        sift_down(heap, place, 0, left - 1)
    return total / wanted


@compiled
def _mean_support(world: World, k: int) -> float:
    """Return the mean support of the mayor (half the weight) and the heads (the other half)."""
    heads = 0.0
    for i in range(FIRST_HEAD, world.leaders.size):
        heads += world.support[i, k].support
    mean = heads / max(world.leaders.size - FIRST_HEAD, 1)
    return 0.5 * world.support[MAYOR, k].support + 0.5 * mean


@compiled
def _measure_house(world: World, month: int, row: np.ndarray) -> None:
    out = row[TASK_COLUMNS:]
    out[:] = 0.0
    staff = 0.0
    for d in range(world.departments.size):
        staff += world.departments[d].staff
        out[0] += world.departments[d].staff * world.departments[d].workload
    out[0] /= staff
    for u in range(world.units.size):
        out[1] += world.units[u].recognition / world.units.size
        out[2] += world.units[u].posts
        out[3] += world.units[u].filled
    first = 0
    for kind, count in enumerate((world.departments.size, world.units.size, world.leaders.size, world.groups.size)):
        out[4 + kind] = world.ledger[first : first + count].sum()
        first += count
    _measure_capacity(world, out)


@compiled
def _measure_capacity(world: World, out: np.ndarray) -> None:
    """Write the four bars of transformative capacity (report 2.3): governance, leadership, awareness, reflection."""
    cells = world.governance
    cells *= 1.0 - 1.0 / 12.0
    for f in range(world.formats.size):
        entry = world.formats[f]
        mixed = world.format_groups[f].sum() > 0.0
        cell = entry.rank + 3 * int(mixed) + 6 * int(entry.interval <= 13.0)
        for m in range(world.member_first[f], world.member_first[f + 1]):
            cells[cell] += world.members[m].attendance * entry.duration * entry.meetings
    hours = cells.sum()
    for i in range(cells.size):
        if cells[i] > 0.0:
            out[8] -= cells[i] / hours * math.log(cells[i] / hours) / math.log(cells.size)
    for k in range(world.tasks.size):
        out[9] += _leadership(world, k) / world.tasks.size
        for d in range(world.departments.size):
            out[10] += world.stances[d, k].weight * world.stances[d, k].chain_knowledge / world.tasks.size
    administration = world.administration[0]
    out[11] = administration.reflection_held * administration.knowledge_management


@compiled
def _leadership(world: World, k: int) -> float:
    """Return the mean of s+ alpha over leaders times its evenness (normalised entropy)."""
    total = 0.0
    for i in range(world.leaders.size):
        total += max(world.support[i, k].support, 0.0) * world.support[i, k].attention
    if total <= 0.0 or world.leaders.size < 2:
        return 0.0
    entropy = 0.0
    for i in range(world.leaders.size):
        part = max(world.support[i, k].support, 0.0) * world.support[i, k].attention / total
        if part > 0.0:
            entropy -= part * math.log(part)
    return total / world.leaders.size * entropy / math.log(world.leaders.size)
