"""Rule 13, civil society and reflection: volunteers give expertise and pressure and tire; lessons are a stock.

Engagement moves towards a level that recognition carries and that falls with the hours asked (report 3.1: Ehrenamt).
Groups press for the task as far as they are engaged, more with a hearing right, and warn early where contact is close.
Lessons: L += evaluation x reflection held x (1 - L) - loss (1 - knowledge management) L; evaluation without knowledge
management does not stay (report 2.3). Reflection is what a busy house drops first (report, introduction).
"""

from __future__ import annotations

from qsim.world.compiling import compiled, piece
from qsim.world.flows import hours_left_of_department, pay_by_department
from qsim.world.kinds import REFLECTION
from qsim.world.maths import TINY, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "civil_society", "Zivilgesellschaft und Reflexion", "Civil society and reflection",
    (
        Parameter("tiring", 0.05281, 0.01, 0.06, "share a month", "Ermüdung und Erholung", "tiring and recovery",
                  "assumption", "report 3.1 Ehrenamt in der Freizeit"),
        Parameter("recognition_rate", 0.01883, 0.01, 0.06, "share a month", "Tempo der Anerkennung",
                  "rate of recognition", "assumption", "no source"),
        Parameter("hearing", 0.1556, 0.1, 0.5, "share", "Wirkung des Anhörungsrechts", "effect of a hearing right",
                  "report", "3.1 Anhörungsrecht; the number is an assumption"),
        Parameter("warning", 0.2438, 0.0, 0.3, "share", "Schärfung durch Frühwarnung", "sharpening by early warning",
                  "report", "3.1 Seismograph; the number is an assumption"),
        Parameter("lesson_gain", 0.1127, 0.02, 0.15, "share a month", "Zuwachs des Lernstands", "gain of lessons",
                  "assumption", "report 1.1, 1.4 Evaluation, Reflexion"),
        Parameter("lesson_loss", 0.05414, 0.02, 0.1, "share a month", "Verlust des Lernstands", "loss of lessons",
                  "assumption", "report 2.3 Wissensmanagement"),
    ),
    reads=("administration.evaluation", "administration.knowledge_management", "administration.reflection",
           "tasks.mean_practice", "departments.workload", "departments.hours", "units.filled", "groups.asked",
           "groups.expertise"),
    writes=("groups.engagement", "groups.workload", "groups.recognition", "groups.pressure", "groups.warning",
            "tasks.pressure", "administration.lessons", "administration.reflection_held", "units.overview",
            "departments.spent"),
)  # fmt: skip

ENOUGH_REFLECTION = Coefficient(
    0.002, "share of hours", "reflection has its full effect: some three hours a post and year; assumption"
)
MOST_REFLECTION = Coefficient(2.0, "ratio", "more hours than twice enough teach no more; assumption")
NOTICED = Coefficient(0.3, "share", "volunteers feel noticed although nothing is achieved yet; assumption")
UNTHANKED = Coefficient(
    0.4, "share", "of their engagement that volunteers keep without recognition; assumption (report 3.1)"
)
WARNED = Coefficient(
    0.1, "share a month", "how far an early warning widens a unit's overview; assumption (report 3.1: Seismograph)"
)


@piece
def civil_society(world: World, month: int) -> None:
    """Move the groups, sum up their pressure and warning, and let the house reflect."""
    for k in range(world.tasks.size):
        world.tasks[k].pressure = 0.0
    for g in range(world.groups.size):
        group = world.groups[g]
        if group.start <= month < group.end:
            _engage(world, g)
            for k in range(world.tasks.size):
                if world.group_tasks[g, k] > 0.0:
                    task = world.tasks[k]
                    task.pressure = 1.0 - (1.0 - task.pressure) * (1.0 - group.pressure)
        else:
            group.pressure = 0.0
            group.warning = 0.0
    _reflect(world)


@compiled
def _engage(world: World, g: int) -> None:
    p = world.parameters[0]
    group = world.groups[g]
    has = max(group.volunteer_hours * group.engagement, TINY)
    group.workload = group.asked / has
    achieved = 0.0
    tasks = TINY
    for k in range(world.tasks.size):
        if world.group_tasks[g, k] > 0.0:
            achieved += world.tasks[k].mean_practice
            tasks += 1.0
    noticed = share(NOTICED + achieved / tasks)
    group.recognition += p.civil_society_recognition_rate * (noticed - group.recognition)
    level = (
        group.base_engagement
        * (UNTHANKED + (1.0 - UNTHANKED) * group.recognition)
        / (1.0 + max(group.workload - 1.0, 0.0))
    )
    group.engagement = share(group.engagement + p.civil_society_tiring * (level - group.engagement))
    heard = 1.0 + p.civil_society_hearing * group.hearing_right
    group.pressure = share(group.base_pressure * group.engagement * heard)
    group.warning = p.civil_society_warning * group.engagement * group.expertise
    for u in range(world.units.size):
        unit = world.units[u]
        shared = 0.0
        for k in range(world.tasks.size):
            if world.duties[u, k] > 0.0:
                shared = max(shared, world.group_tasks[g, k])
        if unit.filled > 0.0 and shared > 0.0:
            unit.overview = share(unit.overview + WARNED * group.warning * (1.0 - unit.overview))


@compiled
def _reflect(world: World) -> None:
    """Hold the reflection that the workload allows, pay for it, and move the stock of lessons."""
    p = world.parameters[0]
    administration = world.administration[0]
    held = 0.0
    staff = 0.0
    for d in range(world.departments.size):
        department = world.departments[d]
        time = 1.0 / (1.0 + max(department.workload, 0.0) ** p.workload_steepness)
        held += department.staff * time
        staff += department.staff
        hours = administration.reflection * time * department.hours
        pay_by_department(world, d, min(hours, hours_left_of_department(world, d)), REFLECTION)
    administration.reflection_held = held / max(staff, TINY)
    planned = min(administration.reflection / ENOUGH_REFLECTION, MOST_REFLECTION)
    gain = p.civil_society_lesson_gain * administration.evaluation * planned * administration.reflection_held
    lost = p.civil_society_lesson_loss * (1.0 - administration.knowledge_management) * administration.lessons
    administration.lessons = share(administration.lessons + gain * (1.0 - administration.lessons) - lost)
