"""Rule 10, recognition: the house takes a unit as seriously as it is equipped and as leaders share responsibility.

a += rate [min(1, hours / hours needed) (.5 + .5 co-responsible) - a]. Under-resourcing is read as unimportance and costs
acceptance, which costs contacts, which keeps practice low: a loop (report 4, Anerkennung und Akzeptanz).
"""

from __future__ import annotations

from qsim.world.compiling import compiled, piece
from qsim.world.hierarchy import FIRST_HEAD
from qsim.world.maths import share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "recognition", "Anerkennung", "Recognition",
    (
        Parameter("rate", 0.04834, 0.01, 0.06, "share a month", "Tempo der Anerkennung", "rate of recognition",
                  "assumption", "design of the model"),
        Parameter("least_shared", 0.5591, 0.3, 0.7, "share", "Anerkennung ohne Mitverantwortung",
                  "recognition without shared responsibility", "assumption", "report 4 names the loss, without a number"),
        Parameter("transparency_weight", 0.08152, 0.0, 0.6, "share", "Gewicht der Transparenz", "weight of transparency",
                  "report", "4 unzureichende Transparenz; the number is an assumption"),
        Parameter("knowledge_weight", 0.3339, 0.0, 0.5, "share", "Gewicht fachlicher Leitung",
                  "weight of specialist leaders", "report", "4 fachspezifisch ausgewiesenes Personal; number assumed"),
    ),
    reads=("units.hours", "units.hours_needed", "support.support", "leaders.co_responsibility", "leaders.transparency",
           "leaders.knowledge"),
    writes=("units.recognition",),
)  # fmt: skip

ABOVE = Coefficient(2.0, "weight", "of the leader above the unit among the heads; assumption")


@piece
def recognition(world: World, month: int) -> None:
    """Move every unit's recognition towards what equipment and leaders' conduct deserve."""
    p = world.parameters[0]
    for u in range(world.units.size):
        unit = world.units[u]
        equipped = min(1.0, unit.hours / unit.hours_needed) if unit.hours_needed > 0.0 else 0.0
        unit.recognition = share(
            unit.recognition + p.recognition_rate * (equipped * shared(world, u) - unit.recognition)
        )


@compiled
def shared(world: World, u: int) -> float:
    """Return the factor, up to 1, by which leaders share responsibility: the one above the unit and the heads.

    A leader's conduct is co-responsibility x (1 + support) / 2, lowered without transparency and, for the leader above
    the unit, without knowledge of the subject.
    """
    p = world.parameters[0]
    total = 0.0
    count = 0.0
    for k in range(world.tasks.size):
        if world.duties[u, k] > 0.0:
            for i in range(world.leaders.size):
                leader = world.leaders[i]
                above = i == world.units[u].leader
                if above or i >= FIRST_HEAD:
                    weight = ABOVE if above else 1.0
                    conduct = leader.co_responsibility * (0.5 + 0.5 * world.support[i, k].support)
                    conduct *= 1.0 - p.recognition_transparency_weight * (1.0 - leader.transparency)
                    if above:
                        conduct *= 1.0 - p.recognition_knowledge_weight * (1.0 - leader.knowledge)
                    total += weight * conduct
                    count += weight
    least = p.recognition_least_shared
    return least + (1.0 - least) * total / max(count, 1.0)
