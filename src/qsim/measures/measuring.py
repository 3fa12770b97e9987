"""Measuring a month: one row of the administration, one of each task, and sums by department."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from qsim.measures import columns
from qsim.measures.catalogue import TASK_SERIES
from qsim.measures.constraint import binding_constraint, willingness_split
from qsim.measures.joint import joint_practice
from qsim.world.compiling import compiled, piece
from qsim.world.hierarchy import FIRST_HEAD, MAYOR
from qsim.world.kinds import RANKS
from qsim.world.maths import MONTHS_A_YEAR, sift_down
from qsim.world.parameters import Coefficient
from qsim.world.records import World

TASK_COLUMNS = len(TASK_SERIES)
NO_PAPER = Coefficient(0.02, "share", "mean commitment below which there is no paper and no relative gap")
SYMBOLIC = Coefficient(0.2, "ratio", "practice below this part of the promise makes it symbolic; assumption")
REGULAR = Coefficient(13.0, "weeks", "formats that meet at least once in a quarter are regular; assumption")
ROUTINE_STAGE = Coefficient(0.5, "share", "routine from which a department has the task in routine; assumption")
ENGAGED_PRACTICE = Coefficient(0.2, "share", "practice from which a department is engaged; assumption")
AWARE_KNOWLEDGE = Coefficient(0.15, "share", "knowledge from which a department is aware of the task; assumption")
AWARE_OPENNESS = Coefficient(0.3, "share", "openness from which knowledge makes aware; assumption")
UNAWARE, AWARE, ENGAGED, ROUTINE = range(4)
"""Stages, in the order of the columns ``stage_...``."""


@piece
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
    unwilling = 0.0
    symbolic = 0.0
    host = _host_division(world, k)
    host_weight = 0.0
    for d in range(world.departments.size):
        stance = world.stances[d, k]
        v = stance.weight
        bound = binding_constraint(stance, p.practice_complementarity)
        _add_department(world.departments[d], stance, bound, sums[d, k])
        if v > 0.0:
            out[columns.COMMITMENT] += v * stance.commitment
            out[columns.CONSIDERED] += v * stance.considered
            out[columns.PRACTICE] += v * stance.practice
            out[columns.IMPLEMENTATION_GAP] += v * max(stance.commitment - stance.practice, 0.0)
            out[columns.PRACTICE_WITHOUT_PAPER] += v * max(stance.practice - stance.commitment, 0.0)
            need += v * stance.need
            lack = v * max(stance.need - stance.practice, 0.0)
            unmet += lack
            symbolic += v * stance.commitment * (stance.practice < SYMBOLIC * stance.commitment)
            out[columns.COVERAGE] += v * (month - stance.reached < MONTHS_A_YEAR)
            out[columns.KNOWLEDGE] += v * stance.knowledge
            out[columns.OPENNESS] += v * stance.openness
            if world.departments[d].division == host:
                out[columns.HOST_PRACTICE] += v * stance.practice
                host_weight += v
            out[columns.STAGE_UNAWARE + _stage(stance.practice, stance.routine, stance.knowledge, stance.openness)] += v
            out[columns.CONSTRAINT_MOTIVATION + bound] += lack
            openness, backing, binding = willingness_split(stance, p)
            unwilling += lack * (openness + backing + binding > 0.0)
            out[columns.WILLINGNESS_OPENNESS] += lack * openness
            out[columns.WILLINGNESS_BACKING] += lack * backing
            out[columns.WILLINGNESS_BINDING] += lack * binding
    out[columns.JOINT_PRACTICE] = joint_practice(world, k)
    out[columns.RELATIVE_GAP] = (
        out[columns.IMPLEMENTATION_GAP] / out[columns.COMMITMENT] if out[columns.COMMITMENT] >= NO_PAPER else math.nan
    )
    out[columns.NEED_GAP] = unmet / need if need > 0.0 else math.nan
    out[columns.SYMBOLIC_SHARE] = (
        symbolic / out[columns.COMMITMENT] if out[columns.COMMITMENT] >= NO_PAPER else math.nan
    )
    out[columns.CLOSED_TAIL] = _closed_tail(world, k)
    out[columns.HOST_PRACTICE] = out[columns.HOST_PRACTICE] / host_weight if host_weight > 0.0 else math.nan
    out[columns.SALIENCE] = world.tasks[k].salience
    out[columns.SUPPORT] = _mean_support(world, k)
    for c in range(columns.CONSTRAINT_MOTIVATION, columns.WILLINGNESS_OPENNESS):
        out[c] = out[c] / unmet if unmet > 0.0 else math.nan
    for c in range(columns.WILLINGNESS_OPENNESS, columns.WILLINGNESS_BINDING + 1):
        out[c] = out[c] / unwilling if unwilling > 0.0 else math.nan


@compiled
def _add_department(department: Any, stance: Any, bound: int, out: np.ndarray) -> None:
    """Add the state of a department and task to the sums (DEPARTMENT_MEASURES,)."""
    out[columns.DEPARTMENT_PRACTICE] += stance.practice
    out[columns.DEPARTMENT_CONSIDERED] += stance.considered
    out[columns.DEPARTMENT_COMMITMENT] += stance.commitment
    out[columns.DEPARTMENT_KNOWLEDGE] += stance.knowledge
    out[columns.DEPARTMENT_OPENNESS] += stance.openness
    out[columns.DEPARTMENT_WORKLOAD] += department.workload
    out[columns.DEPARTMENT_NEED] += stance.need
    out[columns.DEPARTMENT_CONSTRAINT_MOTIVATION + bound] += 1.0


@compiled
def _stage(practice: float, routine: float, knowledge: float, openness: float) -> int:
    """Return the stage of a department (stages after Rogers: know, be convinced, do, confirm)."""
    if routine >= ROUTINE_STAGE:
        return ROUTINE
    if practice >= ENGAGED_PRACTICE:
        return ENGAGED
    return AWARE if knowledge >= AWARE_KNOWLEDGE and openness >= AWARE_OPENNESS else UNAWARE


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
    row[TASK_COLUMNS:] = 0.0
    staff = 0.0
    for d in range(world.departments.size):
        staff += world.departments[d].staff
        row[columns.WORKLOAD] += world.departments[d].staff * world.departments[d].workload
    row[columns.WORKLOAD] /= staff
    for u in range(world.units.size):
        row[columns.RECOGNITION] += world.units[u].recognition / world.units.size
        row[columns.POSTS_FUNDED] += world.units[u].posts
        row[columns.POSTS_FILLED] += world.units[u].filled
    first = 0
    for column, count in (
        (columns.HOURS_DEPARTMENTS, world.departments.size), (columns.HOURS_UNITS, world.units.size),
        (columns.HOURS_LEADERS, world.leaders.size), (columns.HOURS_CIVIL_SOCIETY, world.groups.size),
    ):  # fmt: skip
        row[column] = world.ledger[first : first + count].sum()
        first += count
    _measure_capacity(world, row)


@compiled
def _measure_capacity(world: World, row: np.ndarray) -> None:
    """Write the four bars of transformative capacity (report 2.3): governance, leadership, awareness, reflection."""
    cells = world.governance
    cells *= 1.0 - 1.0 / MONTHS_A_YEAR
    for f in range(world.formats.size):
        entry = world.formats[f]
        mixed = world.format_groups[f].sum() > 0.0
        cell = entry.rank + len(RANKS) * (int(mixed) + 2 * int(entry.interval <= REGULAR))
        for m in range(world.member_first[f], world.member_first[f + 1]):
            cells[cell] += world.members[m].attendance * entry.duration * entry.meetings
    hours = cells.sum()
    for i in range(cells.size):
        if cells[i] > 0.0:
            row[columns.CAPACITY_GOVERNANCE] -= cells[i] / hours * math.log(cells[i] / hours) / math.log(cells.size)
    for k in range(world.tasks.size):
        row[columns.CAPACITY_LEADERSHIP] += _leadership(world, k) / world.tasks.size
        for d in range(world.departments.size):
            row[columns.CAPACITY_AWARENESS] += (
                world.stances[d, k].weight * world.stances[d, k].chain_knowledge / world.tasks.size
            )
    administration = world.administration[0]
    row[columns.CAPACITY_REFLECTION] = administration.reflection_held * administration.knowledge_management


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
