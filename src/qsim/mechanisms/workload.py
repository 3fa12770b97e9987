"""Rule 4, workload: how much work a department has for the staff it has, and what time that leaves for the task.

w = (regular work (1 + slow noise) + shock + the task's work + hours spent last month - relief + freed colleagues' work) /
filled share.
The task's work falls with routine. Time for the task is that of colleagues, 1 / (1 + ((w - own - granted)+)^k), with no hard edge
and without the work of crises that are about the task themselves (own), or that of staff freed for it over what it takes:
T = 1 - (1 - colleagues)(1 - released / effort). Posts that take work off (Arbeitsabnahme, report 1.2) lower w;
staff freed for the task leave their work to colleagues (report 1.2).
"""

from __future__ import annotations

from typing import Any

from qsim.world.compiling import compiled, piece
from qsim.world.draws import decision, normal
from qsim.world.initial import MOST_OPEN
from qsim.world.kinds import TASK
from qsim.world.maths import CONCERNED, TINY, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "workload", "Arbeitslast", "Workload",
    (
        Parameter("hours_per_post", 136.2, 120.0, 140.0, "hours a month", "Stunden je Stelle", "hours a post",
                  "public figure", "about 1,600 hours a year (KGSt, general knowledge)"),
        Parameter("noise_persistence", 0.9356, 0.7, 0.97, "share", "Beharrung der Schwankung", "persistence of the swing",
                  "assumption", "no source"),
        Parameter("noise", 0.02998, 0.01, 0.08, "share of capacity", "Schwankung der Arbeit", "swing of regular work",
                  "assumption", "no source"),
        Parameter("task_effort", 0.06273, 0.02, 0.12, "share of capacity", "Aufwand der vollen Aufgabe",
                  "effort of the full task", "assumption", "B-W1: posts lacking, two fifths; a twentieth to a third of it"),
        Parameter("routine_saving", 0.5208, 0.3, 0.8, "share", "Ersparnis durch Routine", "saving by routine",
                  "report", "1.1 routiniert, ressourcenschonend; the number is an assumption"),
        Parameter("steepness", 7.443, 4.0, 12.0, "exponent", "Steilheit der Zeitnot", "steepness of time pressure",
                  "assumption", "no hard edge (design of the model)"),
        Parameter("task_time", 0.02014, 0.01, 0.03, "share of hours", "Stundenanteil für Querschnittsaufgaben",
                  "hours open to cross-cutting tasks", "public figure", "B-E1: 4 to 5 training days a year are 2 %"),
    ),
    reads=("departments.base_demand", "departments.filled", "departments.spent_before", "departments.shock", "departments.relief",
           "departments.released", "stances.practice", "stances.routine", "stances.granted",
           "stances.own_shock"),
    writes=("departments.noise", "departments.task_work", "departments.workload", "departments.hours",
            "departments.task_hours", "stances.time"),
    decisions=("workload.noise",),
)  # fmt: skip

NOISE = decision("workload.noise")
MOST_MEETINGS = Coefficient(
    0.5, "share of hours", "no more of last month's hours for the tasks count as work; assumption"
)
LEAST_REGULAR = Coefficient(0.2, "share", "of its regular work that a department has in the quietest month; assumption")
LEAST_DEMAND = Coefficient(
    0.05, "share of capacity", "of work that a department has however much is taken off; assumption"
)


@piece
def workload(world: World, month: int) -> None:
    """Set every department's workload, its hours, and the time it has for each task."""
    p = world.parameters[0]
    for d in range(world.departments.size):
        department = world.departments[d]
        z = normal(world.key[0], NOISE, month, department.slot)
        department.noise = p.workload_noise_persistence * department.noise + p.workload_noise * z
        department.hours = department.staff * department.filled * p.workload_hours_per_post
        meetings = min(department.spent_before / max(department.hours, TINY), MOST_MEETINGS)
        department.task_work = _task_work(world, d)
        demand = (department.base_demand * max(1.0 + department.noise, LEAST_REGULAR) + department.shock + department.task_work
                  + meetings + department.released - department.relief)  # fmt: skip
        department.workload = max(demand, LEAST_DEMAND) / department.filled
        most = 0.0
        for k in range(world.tasks.size):
            stance = world.stances[d, k]
            stance.time = time_for(department, stance, p)
            if stance.relevance >= CONCERNED:
                most = max(most, stance.time)
        open_share = p.workload_task_time * most
        department.task_hours = department.hours * min(open_share + department.released, MOST_OPEN)


@compiled
def time_for(department: Any, stance: Any, p: Any) -> float:
    """Return the share of the time needed for the task that colleagues or freed staff have."""
    others = department.workload - max(stance.own_shock, 0.0) / department.filled
    pressed = max(others - stance.granted, 0.0)
    colleagues = 1.0 / (1.0 + pressed**p.workload_steepness)
    freed = min(department.released / max(effort_of(stance, p), TINY), 1.0)
    return 1.0 - (1.0 - colleagues) * (1.0 - freed)


@compiled
def effort_of(stance: Any, p: Any) -> float:
    """Return the share of capacity that doing the task in full takes: less where it is routine."""
    return p.workload_task_effort * stance.relevance * (1.0 - p.workload_routine_saving * stance.routine)


@compiled
def _task_work(world: World, d: int) -> float:
    """Return the share of capacity that doing the tasks takes, and book its hours."""
    p = world.parameters[0]
    department = world.departments[d]
    work = 0.0
    for k in range(world.tasks.size):
        stance = world.stances[d, k]
        work += effort_of(stance, p) * stance.practice
    world.ledger[d, TASK] += share(work) * department.hours
    return share(work)
