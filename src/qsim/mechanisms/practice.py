"""Rule 12, practice: what is done follows from willingness, knowledge and time together, and becomes routine.

p* = [(M^z + K^z + T^z) / 3]^(1/z), z < 0, inputs at least .02: between the minimum and the mean (report, introduction:
knowledge, time and willingness). M = [1 - (1 - o)(1 - phi b+)(1 - psi B c concreteness)(1 - .5 r)] [1 - chi b- (1 - r)].
K = sqrt(e' h) with e' = e + reach (reachable - e)+: dialogue makes up for gaps. p += up (p* - p)+ - down (1 - .7 r)(p - p*)+.
r += rate [sigma((p - theta) / .05) - r]: a threshold, hence two stable states. q >= p, raised by gates.
"""

from __future__ import annotations

import math
from typing import Any

from qsim.world.compiling import compiled
from qsim.world.maths import logistic, share
from qsim.world.parameters import Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "practice", "Praxis", "Practice",
    (
        Parameter("complementarity", -2.0, -8.0, -0.2, "exponent", "Ergänzung der Voraussetzungen",
                  "complementarity of inputs", "report", "introduction: the bundle; the form is an assumption",
                  allowed=(-50.0, -0.01)),
        Parameter("backing_weight", 0.55, 0.3, 0.8, "share", "Wirkung des Rückhalts", "effect of backing",
                  "assumption", "report 3.2"),
        Parameter("binding_weight", 0.5, 0.2, 0.9, "share", "Wirkung der Bindung", "effect of binding", "assumption",
                  "report 3.1"),
        Parameter("blocking_weight", 0.7, 0.3, 1.0, "share", "Wirkung der Blockade", "effect of blocking",
                  "assumption", "report 3.2 verhindern"),
        Parameter("reach", 0.3, 0.0, 0.6, "share", "Nutzung fremden Wissens", "use of others' knowledge", "report",
                  "summary: Wissenslücken kompensiert; the number is an assumption"),
        Parameter("up", 0.06, 0.03, 0.1, "share a month", "Tempo des Aufbaus", "rate of growth", "literature",
                  "catalogue C viii: monthly hazards of .03 to .10"),
        Parameter("down", 0.03, 0.01, 0.06, "share a month", "Tempo des Verfalls", "rate of decline", "assumption",
                  "no source"),
        Parameter("routine_hold", 0.7, 0.4, 0.9, "share", "Halt durch Routine", "hold of routine", "assumption",
                  "report 1.1 routiniert"),
        Parameter("routine_rate", 0.04, 0.02, 0.08, "share a month", "Tempo der Routine", "rate of routine",
                  "assumption", "design of the model"),
        Parameter("routine_threshold", 0.35, 0.25, 0.5, "share", "Schwelle zur Routine", "threshold of routine",
                  "assumption", "design of the model"),
        Parameter("consider_rate", 0.1, 0.04, 0.2, "share a month", "Tempo der Berücksichtigung",
                  "rate of considering", "assumption", "no source"),
    ),
    reads=("stances.openness", "stances.backing", "stances.blocking", "stances.binding", "stances.commitment",
           "stances.concreteness", "stances.knowledge", "stances.process_knowledge", "stances.time", "stances.gate",
           "stances.need", "units.knowledge", "units.filled", "relations.familiarity", "relations.agreed",
           "ties.strength", "ties.agreed"),
    writes=("stances.motivation", "stances.ability", "stances.target", "stances.practice", "stances.routine",
            "stances.considered", "tasks.mean_practice", "tasks.mean_gap"),
)  # fmt: skip

LEAST = 0.02
"""No input of practice counts less, so that nothing is stuck at zero by form."""
ROUTINE_WIDTH = 0.05


@compiled
def practice(world: World, month: int) -> None:
    """Move practice, routine and consideration of every department and task."""
    for k in range(world.tasks.size):
        task = world.tasks[k]
        task.mean_practice = 0.0
        task.mean_gap = 0.0
        count = 1.0e-9
        for d in range(world.departments.size):
            stance = world.stances[d, k]
            _move(world, d, k)
            task.mean_practice += stance.weight * stance.practice
            if stance.relevance >= 0.05:
                task.mean_gap += stance.relevance * max(stance.need - stance.practice, 0.0)
                count += 1.0
        task.mean_gap /= count


@compiled
def _move(world: World, d: int, k: int) -> None:
    p = world.parameters[0]
    stance = world.stances[d, k]
    stance.motivation = motivation(stance, stance.openness, stance.backing, stance.binding, p)
    stance.ability = ability(world, d, k)
    stance.target = carried(stance.motivation, stance.ability, stance.time, p.practice_complementarity)
    above = max(stance.target - stance.practice, 0.0)
    below = max(stance.practice - stance.target, 0.0)
    hold = 1.0 - p.practice_routine_hold * stance.routine
    stance.practice = share(stance.practice + p.practice_up * above - p.practice_down * hold * below)
    settled = logistic((stance.practice - p.practice_routine_threshold) / ROUTINE_WIDTH)
    stance.routine = share(stance.routine + p.practice_routine_rate * (settled - stance.routine))
    aware = math.sqrt(stance.openness * stance.knowledge)
    seen = max(1.0 - (1.0 - stance.gate) * (1.0 - 0.5 * aware), stance.practice)
    moved = stance.considered + p.practice_consider_rate * (seen - stance.considered)
    stance.considered = max(share(moved), stance.practice)


@compiled
def motivation(stance: Any, openness: float, backing: float, binding: float, p: Any) -> float:
    """Return willingness in all, M, of a stance with this openness, backing and binding (all shares)."""
    paper = binding * stance.commitment * stance.concreteness
    unwilling = (
        (1.0 - openness) * (1.0 - p.practice_backing_weight * backing) * (1.0 - p.practice_binding_weight * paper)
    )
    willing = 1.0 - unwilling * (1.0 - 0.5 * stance.routine)
    return willing * (1.0 - p.practice_blocking_weight * stance.blocking * (1.0 - stance.routine))


@compiled
def ability(world: World, d: int, k: int) -> float:
    """Return usable knowledge, K: the geometric mean of subject and process knowledge, helped by whom one can ask."""
    p = world.parameters[0]
    stance = world.stances[d, k]
    reachable = 0.0
    for j in range(world.tie_first[d], world.tie_first[d + 1]):
        tie = world.ties[j]
        strength = 1.0 - (1.0 - tie.strength) * (1.0 - tie.agreed)
        reachable = max(reachable, strength * world.stances[tie.department, k].knowledge)
    for u in range(world.units.size):
        unit = world.units[u]
        if world.duties[u, k] > 0.0 and unit.filled > 0.0:
            relation = world.relations[d, u]
            near = 1.0 - (1.0 - relation.familiarity) * (1.0 - 0.5 * relation.agreed)
            reachable = max(reachable, near * unit.knowledge)
    helped = stance.knowledge + p.practice_reach * max(reachable - stance.knowledge, 0.0)
    return math.sqrt(helped * stance.process_knowledge)


@compiled
def carried(willing: float, able: float, time: float, complementarity: float) -> float:
    """Return the practice p* that three inputs carry: their mean of power ``complementarity`` (negative)."""
    z = complementarity
    total = max(willing, LEAST) ** z + max(able, LEAST) ** z + max(time, LEAST) ** z
    return (total / 3.0) ** (1.0 / z)
