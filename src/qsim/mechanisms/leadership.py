"""Rule 5, leadership: leaders form a view of the task, give it attention among other demands, and back it or block it.

Support follows s += rate (tanh(s_0 + y . x) - s) + noise, where x holds salience, believed effect, access of the
unit, its recognition, and rival tasks. Attention is the task's share of all demands, alpha = |s| S / (sum |s| S + D) with
the sum over all tasks; the
demands D surge at the leader in whose line a shock strikes. Backing of a department is
b+ = 1 - prod(1 - authority alpha s+) over its superiors, blocking b- = max(authority alpha s-) (report 3.2: leaders can
enable or prevent). Backing grants time and opens direct channels between unit and department (Dienstwege verkürzen).
"""

from __future__ import annotations

import math
from typing import Any

from qsim.world.compiling import compiled
from qsim.world.draws import decision, normal, pair_slot
from qsim.world.flows import ATTENTION, pay_by_leader
from qsim.world.hierarchy import FIRST_HEAD, authority_over
from qsim.world.maths import share
from qsim.world.parameters import Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "leadership", "Leitung", "Leadership",
    (
        Parameter("rate", 0.05, 0.02, 0.1, "share a month", "Tempo der Meinungsbildung", "rate of forming a view",
                  "assumption", "design of the model"),
        Parameter("noise", 0.02, 0.0, 0.05, "number", "Schwankung der Unterstützung", "swing of support",
                  "assumption", "no source"),
        Parameter("salience_weight", 1.0, 0.3, 2.0, "number", "Gewicht der Aufmerksamkeit", "weight of salience",
                  "report", "1.3 Druck und Klimanotstand; the number is an assumption"),
        Parameter("evidence_weight", 0.8, 0.0, 1.6, "number", "Gewicht der Wirkung", "weight of believed effect",
                  "report", "3.1 gemeinsame Auswertung; the number is an assumption"),
        Parameter("access_weight", 0.35, 0.1, 0.7, "number", "Gewicht des direkten Zugangs", "weight of access",
                  "assumption", "who reports directly is heard; report 3.2 names positions without effects"),
        Parameter("recognition_weight", 0.5, 0.0, 1.0, "number", "Gewicht der Anerkennung", "weight of recognition",
                  "report", "4 Anerkennung und Akzeptanz; the number is an assumption"),
        Parameter("rival_weight", 0.3, 0.0, 0.8, "number", "Gewicht konkurrierender Aufgaben", "weight of rival tasks",
                  "assumption", "report 1.3 De-Priorisierung"),
        Parameter("knowledge_weight", 0.3, 0.0, 0.8, "number", "Gewicht eigener Fachkenntnis",
                  "weight of own knowledge", "report", "4 fachspezifisch ausgewiesenes Personal; number assumed"),
        Parameter("surge", 4.0, 1.0, 8.0, "ratio", "Mehr Anforderungen im Krisenfall", "surge of demands in a shock",
                  "assumption", "report 2.2: routines become ineffective"),
        Parameter("grant", 0.35, 0.1, 0.6, "share of capacity", "Zeit, die voller Rückhalt gewährt",
                  "time that full backing grants", "report", "3.2 Aufgaben anweisen; the number is an assumption"),
        Parameter("open_channels", 0.15, 0.03, 0.3, "share a month", "Öffnung direkter Wege",
                  "opening of direct channels", "report", "3.2 Dienstwege verkürzen; the number is an assumption"),
        Parameter("close_channels", 0.02, 0.005, 0.05, "share a month", "Verfall direkter Wege",
                  "fading of direct channels", "assumption", "no source"),
    ),
    reads=("tasks.salience", "tasks.belief", "departments.shock", "leaders.knowledge", "support.disposition",
           "units.leader", "units.recognition", "units.filled"),
    writes=("support.support", "support.attention", "leaders.workload", "stances.backing", "stances.blocking",
            "stances.granted", "relations.agreed"),
    decisions=("leadership.noise",),
)  # fmt: skip

NOISE = decision("leadership.noise")


@compiled
def leadership(world: World, month: int) -> None:
    """Update every leader's demands, support and attention, then the departments' backing and channels."""
    for i in range(world.leaders.size):
        _demands(world, i)
        for k in range(world.tasks.size):
            _form_view(world, i, k, month)
        _attend_to(world, i)
    for d in range(world.departments.size):
        department = world.departments[d]
        for k in range(world.tasks.size):
            _back(world, department, world.stances[d, k], k)
        _open_channels(world, d)


@compiled
def _demands(world: World, i: int) -> None:
    """Let a leader's competing demands surge with the shock load of the departments in the line."""
    p = world.parameters[0]
    leader = world.leaders[i]
    load = 0.0
    staff = 0.0
    for d in range(world.departments.size):
        department = world.departments[d]
        if leader.division < 0 or leader.division == department.division:
            load += department.staff * max(department.shock, 0.0)
            staff += department.staff
    leader.workload = leader.base_demands * (1.0 + p.leadership_surge * load / max(staff, 1.0e-9))


@compiled
def _form_view(world: World, i: int, k: int, month: int) -> None:
    p = world.parameters[0]
    leader = world.leaders[i]
    task = world.tasks[k]
    support = world.support[i, k]
    access, recognition = _access(world, i, k)
    rivals = 0.0
    for other in range(world.tasks.size):
        if other != k:
            rivals += world.tasks[other].salience
    pull = (support.disposition + p.leadership_salience_weight * (task.salience - 0.3)
            + p.leadership_evidence_weight * task.belief + p.leadership_access_weight * access
            + p.leadership_recognition_weight * (recognition - 0.4) - p.leadership_rival_weight * rivals
            + p.leadership_knowledge_weight * (leader.knowledge - 0.4))  # fmt: skip
    z = normal(world.key[0], NOISE, month, pair_slot(leader.slot, task.slot))
    moved = support.support + p.leadership_rate * (math.tanh(pull) - support.support) + p.leadership_noise * z
    support.support = min(max(moved, -1.0), 1.0)


@compiled
def _attend_to(world: World, i: int) -> None:
    """Share a leader's attention among the tasks and all other demands."""
    total = world.leaders[i].workload
    for k in range(world.tasks.size):
        total += abs(world.support[i, k].support) * world.tasks[k].salience
    for k in range(world.tasks.size):
        support = world.support[i, k]
        support.attention = abs(support.support) * world.tasks[k].salience / total
        pay_by_leader(world, i, world.parameters[0].workload_hours_per_post * support.attention, ATTENTION)


@compiled
def _access(world: World, i: int, k: int) -> Any:
    """Return whether a staffed unit for task k reports to leader i (1 or 0), and the recognition of the task's units."""
    access = 0.0
    recognition = 0.0
    for u in range(world.units.size):
        unit = world.units[u]
        if world.duties[u, k] > 0.0 and unit.filled > 0.0:
            recognition = max(recognition, unit.recognition)
            if unit.leader == i:
                access = max(access, 1.0 if unit.level < 3 else 0.5)
    return access, recognition


@compiled
def _back(world: World, department: Any, stance: Any, k: int) -> None:
    p = world.parameters[0]
    without = 1.0
    blocking = 0.0
    for i in (0, 1, FIRST_HEAD + department.division):
        weight = authority_over(world.leaders[i], i, department) * world.support[i, k].attention
        support = world.support[i, k].support
        without *= 1.0 - weight * max(support, 0.0)
        blocking = max(blocking, weight * max(-support, 0.0))
    stance.backing = 1.0 - without
    stance.blocking = blocking
    stance.granted = p.leadership_grant * stance.backing


@compiled
def _open_channels(world: World, d: int) -> None:
    p = world.parameters[0]
    for u in range(world.units.size):
        relation = world.relations[d, u]
        backing = 0.0
        for k in range(world.tasks.size):
            if world.duties[u, k] > 0.0 and world.units[u].filled > 0.0:
                backing = max(backing, world.stances[d, k].backing)
        opened = p.leadership_open_channels * backing * (1.0 - relation.agreed)
        relation.agreed = share(relation.agreed + opened - p.leadership_close_channels * relation.agreed)
