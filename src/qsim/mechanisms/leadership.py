"""Rule 5, leadership: leaders form a view of the task, give it attention among other demands, and back it or block it.

Support follows s += rate (tanh(s_0 + y . x) - s) + noise, where x holds salience, believed effect, recognition of the
unit, and rival tasks. Attention is the task's share of all demands, alpha = a / (sum a + D) with the sum over all tasks and
a = |s| S (1 + y access recognition): whoever reports directly and is taken seriously is heard, by friend and foe (report
3.2: positions support or brake). The demands D surge at the leader in whose line a shock strikes. A leader counts where
at least one of n occasions of the month finds attention, pi = 1 - (1 - alpha)^n. Backing of a department is
b+ = 1 - prod(1 - authority pi s+) over its superiors, blocking b- = max(authority pi s-) (report 3.2: leaders can enable or
prevent). Backing, binding papers and standing arrangements g grant time, [1 - (1 - b+)(1 - paper)(1 - g)](1 - b-); backing opens
direct channels between unit and department (Dienstwege verkürzen), arrangements g and g' of two offices those between them,
A += y min(g, g')(1 - A).
"""

from __future__ import annotations

import math
from typing import Any

from qsim.mechanisms.commitment import paper_force
from qsim.world.compiling import compiled, piece
from qsim.world.draws import decision, normal, pair_slot
from qsim.world.flows import pay_by_leader
from qsim.world.hierarchy import DEPUTY, FIRST_HEAD, MAYOR, authority_over
from qsim.world.kinds import ATTENTION, IN_DEPARTMENT
from qsim.world.maths import TINY, at_least_once, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "leadership", "Leitung", "Leadership",
    (
        Parameter("rate", 0.08529, 0.02, 0.1, "share a month", "Tempo der Meinungsbildung", "rate of forming a view",
                  "assumption", "design of the model"),
        Parameter("noise", 0.03049, 0.0, 0.05, "number", "Schwankung der Unterstützung", "swing of support",
                  "assumption", "no source"),
        Parameter("salience_weight", 0.8615, 0.3, 2.0, "number", "Gewicht der Aufmerksamkeit", "weight of salience",
                  "report", "1.3 Druck und Klimanotstand; the number is an assumption"),
        Parameter("usual_salience", 0.3682, 0.2, 0.4, "share", "Übliche öffentliche Aufmerksamkeit", "usual salience",
                  "assumption", "that of a task that is known; it neither wins nor costs support or posts"),
        Parameter("evidence_weight", 0.9545, 0.0, 1.6, "number", "Gewicht der Wirkung", "weight of believed effect",
                  "report", "3.1 gemeinsame Auswertung; the number is an assumption"),
        Parameter("access_weight", 2.042, 1.0, 6.0, "ratio", "Mehr Aufmerksamkeit durch Zugang", "attention by access",
                  "assumption", "who reports directly is heard; report 3.2 names positions without effects"),
        Parameter("recognition_weight", 0.1339, 0.0, 1.0, "number", "Gewicht der Anerkennung", "weight of recognition",
                  "report", "4 Anerkennung und Akzeptanz; the number is an assumption"),
        Parameter("rival_weight", 0.257, 0.0, 0.8, "number", "Gewicht konkurrierender Aufgaben", "weight of rival tasks",
                  "assumption", "report 1.3 De-Priorisierung"),
        Parameter("knowledge_weight", 0.04454, 0.0, 0.8, "number", "Gewicht eigener Fachkenntnis",
                  "weight of own knowledge", "report", "4 fachspezifisch ausgewiesenes Personal; number assumed"),
        Parameter("occasions", 3.909, 2.0, 8.0, "occasions a month", "Anlässe, bei denen die Leitung zählt",
                  "occasions at which a leader counts", "assumption", "no source",
                  divides=True),
        Parameter("surge", 2.54, 1.0, 8.0, "ratio", "Mehr Anforderungen im Krisenfall", "surge of demands in a shock",
                  "assumption", "report 2.2: routines become ineffective"),
        Parameter("grant", 0.1314, 0.1, 0.6, "share of capacity", "Zeit, die voller Rückhalt gewährt",
                  "time that full backing grants", "report", "3.2 Aufgaben anweisen; the number is an assumption"),
        Parameter("open_channels", 0.09499, 0.03, 0.3, "share a month", "Öffnung direkter Wege",
                  "opening of direct channels", "report", "3.2 Dienstwege verkürzen; the number is an assumption"),
        Parameter("close_channels", 0.04434, 0.005, 0.05, "share a month", "Verfall direkter Wege",
                  "fading of direct channels", "assumption", "no source"),
    ),
    reads=("tasks.salience", "tasks.belief", "departments.shock", "stances.binding", "stances.commitment", "stances.concreteness",
           "stances.arranged",           "leaders.knowledge", "support.disposition",
           "units.leader", "units.recognition", "units.filled"),
    writes=("support.support", "support.attention", "leaders.workload", "stances.backing", "stances.blocking",
            "stances.granted", "relations.agreed", "ties.agreed"),
    decisions=("leadership.noise",),
)  # fmt: skip

NOISE = decision("leadership.noise")
USUAL_RECOGNITION = Coefficient(0.4, "share", "recognition of a unit that neither wins nor costs support; assumption")
USUAL_KNOWLEDGE = Coefficient(0.4, "share", "knowledge of a leader that neither wins nor costs support; assumption")
SECTION_HEARD = Coefficient(
    0.5, "share", "of its access that a section has, whose department speaks for it; assumption"
)


@piece
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
    leader.workload = leader.base_demands * (1.0 + p.leadership_surge * load / max(staff, TINY))


@compiled
def _form_view(world: World, i: int, k: int, month: int) -> None:
    p = world.parameters[0]
    leader = world.leaders[i]
    task = world.tasks[k]
    support = world.support[i, k]
    recognition = _recognition(world, k)
    rivals = 0.0
    for other in range(world.tasks.size):
        if other != k:
            rivals += world.tasks[other].salience
    pull = (support.disposition + p.leadership_salience_weight * (task.salience - p.leadership_usual_salience)
            + p.leadership_evidence_weight * (task.belief - p.initial_expectation)
            + p.leadership_recognition_weight * (recognition - USUAL_RECOGNITION) - p.leadership_rival_weight * rivals
            + p.leadership_knowledge_weight * (leader.knowledge - USUAL_KNOWLEDGE))  # fmt: skip
    z = normal(world.key[0], NOISE, month, pair_slot(leader.slot, task.slot))
    moved = support.support + p.leadership_rate * (math.tanh(pull) - support.support) + p.leadership_noise * z
    support.support = min(max(moved, -1.0), 1.0)


@compiled
def _attend_to(world: World, i: int) -> None:
    """Share a leader's attention among the tasks and all other demands."""
    total = world.leaders[i].workload
    for k in range(world.tasks.size):
        total += _claim(world, i, k)
    for k in range(world.tasks.size):
        support = world.support[i, k]
        support.attention = _claim(world, i, k) / total
        pay_by_leader(world, i, world.parameters[0].workload_hours_per_post * support.attention, ATTENTION)


@compiled
def _claim(world: World, i: int, k: int) -> float:
    """Return what a task claims of a leader's attention, in units of the demands."""
    heard = 1.0 + world.parameters[0].leadership_access_weight * _access(world, i, k)
    return abs(world.support[i, k].support) * world.tasks[k].salience * heard


@compiled
def _access(world: World, i: int, k: int) -> float:
    """Return how far leader i hears of task k: recognition of the staffed units that report to it, half for a section."""
    access = 0.0
    for u in range(world.units.size):
        unit = world.units[u]
        if world.duties[u, k] > 0.0 and unit.filled > 0.0 and unit.leader == i:
            access = max(access, unit.recognition * (SECTION_HEARD if unit.level == IN_DEPARTMENT else 1.0))
    return access


@compiled
def _recognition(world: World, k: int) -> float:
    """Return the recognition of the best recognised staffed unit of task k; 0 without one."""
    recognition = 0.0
    for u in range(world.units.size):
        if world.duties[u, k] > 0.0 and world.units[u].filled > 0.0:
            recognition = max(recognition, world.units[u].recognition)
    return recognition


@compiled
def _back(world: World, department: Any, stance: Any, k: int) -> None:
    p = world.parameters[0]
    without = 1.0
    blocking = 0.0
    for i in (MAYOR, DEPUTY, FIRST_HEAD + department.division):
        present = at_least_once(world.support[i, k].attention, p.leadership_occasions)
        weight = authority_over(world.leaders[i], i, department) * present
        support = world.support[i, k].support
        without *= 1.0 - weight * max(support, 0.0)
        blocking = max(blocking, weight * max(-support, 0.0))
    stance.backing = 1.0 - without
    stance.blocking = blocking
    unasked = (1.0 - stance.backing) * (1.0 - paper_force(stance, stance.binding)) * (1.0 - stance.arranged)
    stance.granted = p.leadership_grant * (1.0 - unasked) * (1.0 - blocking)


@compiled
def _open_channels(world: World, d: int) -> None:
    """Open direct channels: to units by backing, to other offices by arrangements that both have."""
    p = world.parameters[0]
    for u in range(world.units.size):
        relation = world.relations[d, u]
        backing = 0.0
        for k in range(world.tasks.size):
            if world.duties[u, k] > 0.0 and world.units[u].filled > 0.0:
                backing = max(backing, world.stances[d, k].backing)
        opened = p.leadership_open_channels * backing * (1.0 - relation.agreed)
        relation.agreed = share(relation.agreed + opened - p.leadership_close_channels * relation.agreed)
    for j in range(world.tie_first[d], world.tie_first[d + 1]):
        tie = world.ties[j]
        both = 0.0
        for k in range(world.tasks.size):
            both = max(both, min(world.stances[d, k].arranged, world.stances[tie.department, k].arranged))
        tie.agreed += p.leadership_open_channels * both * (1.0 - tie.agreed)
