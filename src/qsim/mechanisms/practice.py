"""Rule 12, practice: what is done follows from willingness, knowledge and time together, and becomes routine.

p* = [(M^z + K^z + T^z) / 3]^(1/z), z < 0, inputs at least .02: between the minimum and the geometric mean, so that none
replaces another and none alone decides (report, introduction: knowledge, time and willingness are a bundle). M = [1 - (1 -
o)(1 - phi b+)(1 - psi paper)(1 - .5 r)] [1 - chi b- (1 - r)], with the force of papers of rule 11. K = sqrt(e' h'):
dialogue makes up for gaps, e' = e + reach max_j near_j (e_j - e)+ over colleagues and units j that one can ask, and h'
likewise; a unit with more work than hours answers only a part, hours / hours needed.
p += up (p* - p)+ - down (1 - .7 r)(p - p*)+.
r += rate [1 - (1 - sigma((p - theta) / .05))(1 - y gate x) - r]: a threshold, hence two stable states; and what a check demands
becomes routine as far as what is considered is done, x = p / q (report 1.3: Klima-Check, no guarantee). A case is considered
where it passes a gate or where will and subject knowledge meet, sqrt(M e'); doing takes procedures and time as well, and q >= p.
"""

from __future__ import annotations

import math
from typing import Any

from qsim.mechanisms.commitment import paper_force
from qsim.world.compiling import compiled, piece
from qsim.world.maths import CONCERNED, TINY, logistic, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "practice", "Praxis", "Practice",
    (
        Parameter("complementarity", -3.862, -4.0, -0.2, "exponent", "Ergänzung der Voraussetzungen",
                  "complementarity of inputs", "assumption",
                  "CES (Arrow et al. 1961) of substitution 1 / (1 - z) .2 to .83; labour and capital .4 to .6 (Chirinko 2008)",
                  allowed=(-50.0, -0.01)),
        Parameter("backing_weight", 0.4551, 0.3, 0.8, "share", "Wirkung des Rückhalts", "effect of backing",
                  "assumption", "report 3.2"),
        Parameter("binding_weight", 0.6647, 0.2, 0.9, "share", "Wirkung der Bindung", "effect of binding", "assumption",
                  "report 3.1"),
        Parameter("blocking_weight", 0.6253, 0.3, 1.0, "share", "Wirkung der Blockade", "effect of blocking",
                  "assumption", "report 3.2 verhindern"),
        Parameter("reach", 0.5645, 0.0, 0.6, "share", "Nutzung fremden Wissens", "use of others' knowledge", "report",
                  "summary: Wissenslücken kompensiert; the number is an assumption"),
        Parameter("up", 0.07848, 0.03, 0.1, "share a month", "Tempo des Aufbaus", "rate of growth", "literature",
                  "catalogue C viii: monthly hazards of .03 to .10"),
        Parameter("down", 0.03685, 0.01, 0.06, "share a month", "Tempo des Verfalls", "rate of decline", "assumption",
                  "no source"),
        Parameter("routine_hold", 0.6427, 0.4, 0.9, "share", "Halt durch Routine", "hold of routine", "assumption",
                  "report 1.1 routiniert"),
        Parameter("routine_willing", 0.3902, 0.2, 0.8, "share", "Ablehnung, die Routine übergeht",
                  "unwillingness that routine passes over", "assumption", "report 1.1 routiniert"),
        Parameter("routine_rate", 0.07501, 0.02, 0.08, "share a month", "Tempo der Routine", "rate of routine",
                  "assumption", "design of the model"),
        Parameter("routine_threshold", 0.3661, 0.25, 0.5, "share", "Schwelle zur Routine", "threshold of routine",
                  "assumption", "design of the model"),
        Parameter("routine_gate", 0.2669, 0.2, 0.8, "share", "Routine durch Prüfverfahren", "routine by gates", "report",
                  "1.3 formalisiert und sicherstellt; the number is an assumption"),
        Parameter("consider_rate", 0.1456, 0.04, 0.2, "share a month", "Tempo der Berücksichtigung",
                  "rate of considering", "assumption", "no source"),
        Parameter("channel_friction", 0.6553, 0.25, 1.0, "ratio a level", "Reibung je Hierarchieebene",
                  "friction of an official level", "assumption", "report 1.1, 3.2: hierarchy and Dienstwege; joint practice"),
    ),
    reads=("stances.openness", "stances.backing", "stances.blocking", "stances.binding", "stances.commitment",
           "stances.concreteness", "stances.knowledge", "stances.process_knowledge", "stances.time", "stances.gate",
           "stances.need", "units.knowledge", "units.filled", "units.workload", "relations.familiarity", "relations.agreed",
           "ties.strength", "ties.agreed"),
    writes=("stances.motivation", "stances.ability", "stances.target", "stances.practice", "stances.routine",
            "stances.considered", "tasks.mean_practice", "tasks.mean_gap"),
)  # fmt: skip

LEAST = Coefficient(0.02, "share", "no input of practice counts less, so that nothing is stuck at zero by form")
INPUTS = Coefficient(3.0, "inputs", "willingness, knowledge and time (report, introduction)")
ROUTINE_WIDTH = Coefficient(0.05, "share", "how gradual the threshold of routine is; assumption")
AGREED_NEAR = Coefficient(0.5, "share", "how near an agreed channel brings somebody to ask; assumption (report 3.2)")


@piece
def practice(world: World, month: int) -> None:
    """Move practice, routine and consideration of every department and task."""
    for k in range(world.tasks.size):
        task = world.tasks[k]
        task.mean_practice = 0.0
        task.mean_gap = 0.0
        count = TINY
        for d in range(world.departments.size):
            stance = world.stances[d, k]
            _move(world, d, k)
            task.mean_practice += stance.weight * stance.practice
            if stance.relevance >= CONCERNED:
                task.mean_gap += stance.relevance * max(stance.need - stance.practice, 0.0)
                count += 1.0
        task.mean_gap /= count


@compiled
def _move(world: World, d: int, k: int) -> None:
    p = world.parameters[0]
    stance = world.stances[d, k]
    stance.motivation = motivation(stance, stance.openness, stance.backing, stance.binding, p)
    subject, process = usable_knowledge(world, d, k)
    stance.ability = math.sqrt(subject * process)
    stance.target = carried(stance.motivation, stance.ability, stance.time, p.practice_complementarity)
    above = max(stance.target - stance.practice, 0.0)
    below = max(stance.practice - stance.target, 0.0)
    hold = 1.0 - p.practice_routine_hold * stance.routine
    stance.practice = share(stance.practice + p.practice_up * above - p.practice_down * hold * below)
    loose = 1.0 - logistic((stance.practice - p.practice_routine_threshold) / ROUTINE_WIDTH)
    settled = 1.0 - loose * (1.0 - p.practice_routine_gate * stance.gate * done_of_considered(stance))
    stance.routine = share(stance.routine + p.practice_routine_rate * (settled - stance.routine))
    thought_of = math.sqrt(stance.motivation * subject)
    seen = max(1.0 - (1.0 - stance.gate) * (1.0 - thought_of), stance.practice)
    moved = stance.considered + p.practice_consider_rate * (seen - stance.considered)
    stance.considered = max(share(moved), stance.practice)


@compiled
def done_of_considered(stance: Any) -> float:
    """Return the part (share) of the cases considered that is done: a check is paper until it is."""
    return stance.practice / max(stance.considered, stance.practice, LEAST)


@compiled
def motivation(stance: Any, openness: float, backing: float, binding: float, p: Any) -> float:
    """Return willingness in all, M, of a stance with this openness, backing and binding (all shares)."""
    paper = paper_force(stance, binding)
    unwilling = (
        (1.0 - openness) * (1.0 - p.practice_backing_weight * backing) * (1.0 - p.practice_binding_weight * paper)
    )
    willing = 1.0 - unwilling * (1.0 - p.practice_routine_willing * stance.routine)
    return willing * (1.0 - p.practice_blocking_weight * stance.blocking * (1.0 - stance.routine))


@compiled
def usable_knowledge(world: World, d: int, k: int) -> Any:
    """Return subject and process knowledge, e' and h': one's own, helped by whom one can ask."""
    p = world.parameters[0]
    stance = world.stances[d, k]
    subject = 0.0
    process = 0.0
    for j in range(world.tie_first[d], world.tie_first[d + 1]):
        tie = world.ties[j]
        strength = 1.0 - (1.0 - tie.strength) * (1.0 - tie.agreed)
        other = world.stances[tie.department, k]
        subject = max(subject, strength * (other.knowledge - stance.knowledge))
        process = max(process, strength * (other.process_knowledge - stance.process_knowledge))
    for u in range(world.units.size):
        unit = world.units[u]
        if world.duties[u, k] > 0.0 and unit.filled > 0.0:
            relation = world.relations[d, u]
            near = 1.0 - (1.0 - relation.familiarity) * (1.0 - AGREED_NEAR * relation.agreed)
            near /= max(unit.workload, 1.0)
            subject = max(subject, near * (unit.knowledge - stance.knowledge))
            process = max(process, near * (p.learning_process_source * unit.knowledge - stance.process_knowledge))
    return stance.knowledge + p.practice_reach * subject, stance.process_knowledge + p.practice_reach * process


@compiled
def carried(willing: float, able: float, time: float, complementarity: float) -> float:
    """Return the practice p* that three inputs carry: their mean of power ``complementarity`` (negative)."""
    z = complementarity
    total = max(willing, LEAST) ** z + max(able, LEAST) ** z + max(time, LEAST) ** z
    return (total / INPUTS) ** (1.0 / z)
