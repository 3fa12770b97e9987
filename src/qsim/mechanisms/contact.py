"""What a contact between a unit and a department costs and brings: a part of rule 6, outreach.

hours = x (1 + y (levels - 1) 2H busy left), with left of the official way shortened by familiarity and agreed channels, busy
the offices it crosses (report 3.1: in crises a body outside the line goes round them), and the
negotiation of conflict, z (1 - o)^2 (1 - .7 mediation)(1 - settling b+). A contact succeeds with
willing (.4 + .6 T)(.5 + .5 a)(1 - b-)(.6 + .4 settled), settled the share of the conflict that could be negotiated. Who asked is
willing; others are with 1 - (1 - o)(1 - phi b+)(1 - mu mediation settled): by own openness, by backing from above, or because
somebody mediates (report 1.1: Aushandlung). A head of the unit's own settles with other heads as an equal: 1 - settling of
unwillingness is left, and half of b- (report 1.2, 3.2). The second unit that comes in a month annoys, and fails more often,
unless the two agree (report 4: Doppelstrukturen). Who asks has prepared the case, and does a share of the unit's part of the
work. A contact that comes at an occasion, asked for or noticed, is work on a case: the department is at it anyway, whatever
time it has else, and learns more by it, procedures, too (report 3.2, 3.3); any other contact teaches the subject alone.
"""

from __future__ import annotations

from typing import Any

from qsim.mechanisms.coordination import rivals
from qsim.world.compiling import compiled
from qsim.world.draws import decision, pair_slot, uniform
from qsim.world.flows import pay_by_department
from qsim.world.hierarchy import busy_to_department, levels_to_department
from qsim.world.kinds import CONTACT
from qsim.world.maths import share
from qsim.world.parameters import Coefficient
from qsim.world.records import World

SUCCESS = decision("outreach.success")
HIERARCHY_WEIGHT = Coefficient(
    2.0, "ratio", "a house of middling hierarchy, one half, has the hours that are stated for a level"
)
MEDIATED = Coefficient(
    0.7, "share", "of the negotiation that full skill to mediate saves; assumption (report 1.1: Aushandlung)"
)
BLOCKADE_LEFT = Coefficient(
    0.5, "share", "of a blockade that a head of the unit's own leaves; assumption (report 1.2, 3.2)"
)
TIMELESS = Coefficient(
    0.4, "share", "of contacts that succeed with a department that has no time; assumption (report 2.1)"
)
UNSETTLED = Coefficient(0.6, "share", "of contacts that succeed although no conflict is settled; assumption")
REFUSED = Coefficient(0.25, "share", "of the hours of a contact that a department spends on one that fails; assumption")
UNNOTICED, NOTICED, ASKED = range(3)
"""What a contact meets: no occasion that the unit knows of, one that it noticed itself, or one at which it was asked."""


@compiled
def meeting_slot(world: World, u: int, d: int, k: int) -> int:
    """Return the slot of a draw for a unit and a department about a task."""
    partner = (8191 * world.units[u].slot + world.tasks[k].slot) % 65521
    return pair_slot(world.departments[d].slot, partner)


@compiled
def channel_hours(world: World, u: int, d: int) -> float:
    """Return the unit's hours of a contact: more by levels and busy offices, fewer by familiarity and agreed channels."""
    p = world.parameters[0]
    relation = world.relations[d, u]
    levels = levels_to_department(world.units[u], world.departments[d], d)
    left = (1.0 - p.outreach_shortened_familiarity * relation.familiarity) * (
        1.0 - p.outreach_shortened_agreed * relation.agreed)  # fmt: skip
    official = HIERARCHY_WEIGHT * world.administration[0].hierarchy * busy_to_department(world, u, d)
    longer = p.outreach_level_hours * (levels - 1.0) * official * left
    return p.outreach_contact_hours * (1.0 + longer)


@compiled
def conflict_hours(unit: Any, stance: Any, p: Any) -> float:
    """Return the hours of negotiation a contact takes: with rejection, less with mediation and backing."""
    settled = 1.0 - p.outreach_settling * stance.backing
    return p.outreach_conflict_hours * (1.0 - stance.openness) ** 2 * (1.0 - MEDIATED * unit.mediation) * settled


@compiled
def prepared_hours(world: World, d: int) -> float:
    """Return the hours of a contact that a department that asks takes over from the unit, as far as it has them."""
    p = world.parameters[0]
    left = world.departments[d].task_hours - world.departments[d].spent - p.outreach_department_hours
    return min(p.outreach_prepared * p.outreach_contact_hours, max(left, 0.0))


@compiled
def success_chance(world: World, u: int, stance: Any, settled: float, by_head: bool, moment: int) -> float:
    """Return the chance that a contact succeeds; the unit's head negotiates away half of a blockade."""
    p = world.parameters[0]
    unwilling = (1.0 - stance.openness) * (1.0 - p.outreach_backing_weight * stance.backing)
    unwilling *= 1.0 - p.outreach_mediation_weight * world.units[u].mediation * settled
    if by_head:
        unwilling *= 1.0 - p.outreach_settling
    willing = 1.0 if moment == ASKED else 1.0 - unwilling
    blocked = stance.blocking * (BLOCKADE_LEFT if by_head else 1.0)
    recognition = p.outreach_unrecognised + (1.0 - p.outreach_unrecognised) * world.units[u].recognition
    time = TIMELESS + (1.0 - TIMELESS) * stance.time if moment == UNNOTICED else 1.0
    return willing * time * recognition * (1.0 - blocked) * (UNSETTLED + (1.0 - UNSETTLED) * settled)


@compiled
def make_contact(world: World, u: int, d: int, k: int, month: int, settled: float, by_head: bool, moment: int) -> float:
    """Make one contact; return 1 if the department took part, else 0."""
    p = world.parameters[0]
    department = world.departments[d]
    stance = world.stances[d, k]
    hours = p.outreach_department_hours
    if department.spent + hours > department.task_hours:
        return 0.0
    prepared = prepared_hours(world, d) if moment == ASKED else 0.0
    chance = success_chance(world, u, stance, settled, by_head, moment)
    if stance.reached == month and rivals(world, u) > 0.0:
        stance.friction = share(stance.friction + 1.0 - world.units[u].coordination)
        chance *= world.units[u].coordination
    if uniform(world.key[0], SUCCESS, month, meeting_slot(world, u, d, k)) >= chance:
        pay_by_department(world, d, prepared + REFUSED * hours, CONTACT)
        return 0.0
    hours += prepared
    pay_by_department(world, d, hours, CONTACT)
    stance.outreach += hours
    if moment == UNNOTICED:
        stance.source += hours * world.units[u].knowledge
    else:
        stance.cases += hours
        stance.source += p.learning_moment * hours * world.units[u].knowledge
        stance.process_source += p.learning_moment * hours * p.learning_process_source * world.units[u].knowledge
    stance.reached = month
    relation = world.relations[d, u]
    relation.familiarity += p.outreach_familiarity_gain * (1.0 - relation.familiarity)
    return 1.0
