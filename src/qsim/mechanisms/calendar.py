"""Rule 1, calendar: shocks fade, elections and new heads come, departments are re-cut, units move.

A shock raises need and work where it strikes and public attention to the task, each fading with a half-life of its own:
x(t) = x0 + sum over shocks of rise * exposure * 2^(-(t - t0) / half-life). Departments that know the whole process chain
cope with more of the work (report 3.3, Mitdenken im Problemfall). The work of a shock about a task is work on that task. A
new head or a re-cut multiplies binding force and arrangements by 1 - xi and cuts agreed channels (report 3.1); a new mayor
brings new heads and re-cuts in the first year (report 2.2).
"""

from __future__ import annotations

import math
from typing import Any

from qsim.world.compiling import compiled, piece
from qsim.world.draws import decision, pair_slot, uniform, uniform_pair
from qsim.world.hierarchy import FIRST_HEAD, MAYOR
from qsim.world.initial import LEADER_KNOWLEDGE, LEADER_KNOWLEDGE_RANGE, draw_disposition, leaning
from qsim.world.kinds import BUDGET_CRISIS, ELECTED, IN_DEPARTMENT, MANDATE, NEW_LEADER, RECUT, SHOCK, UNIT_MOVE
from qsim.world.maths import MONTHS_A_YEAR, faded, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "calendar", "Kalender", "Calendar",
    (
        Parameter("binding_loss", 0.3747, 0.2, 0.5, "share", "Bindungsverlust bei Leitungswechsel",
                  "binding lost with a new head", "report", "3.1 geringe Bindungskraft; range: catalogue C vi"),
        Parameter("channel_loss", 0.3543, 0.2, 0.8, "share", "Verlust vereinbarter Wege", "agreed channels lost",
                  "report", "3.1 vereinbarte Kooperationen brechen weg; the number is an assumption"),
        Parameter("follow_rate", 0.02064, 0.0, 0.08, "share a month", "Neubesetzung der Dezernate im ersten Jahr",
                  "heads replaced in a mayor's first year", "report", "2.2 Neubesetzung; the number is an assumption"),
        Parameter("recut_rate", 0.004618, 0.0, 0.08, "share a month", "Neuzuschnitt im ersten Jahr",
                  "re-cuts in a mayor's first year", "report", "2.2, 3.1 Neuzuschnitte; the number is an assumption"),
        Parameter("recut_share", 0.1437, 0.02, 0.3, "share", "Ämter, die dabei wechseln", "departments that move",
                  "assumption", "no source"),
        Parameter("preparedness", 0.1886, 0.0, 0.8, "share", "Abfederung durch Prozesswissen",
                  "work that chain knowledge absorbs", "report", "3.3 Mitdenken im Problemfall; number assumed"),
        Parameter("agenda", 0.1363, 0.0, 2.0, "ratio", "Längere Aufmerksamkeit durch Zivilgesellschaft",
                  "longer attention by civil society", "report", "3.1 Agenda-Setting; the number is an assumption"),
        Parameter("pressure_salience", 0.4774, 0.0, 0.5, "share", "Aufmerksamkeit durch Druck", "attention by pressure",
                  "report", "1.3 Druck der Klimabewegung; the number is an assumption"),
    ),
    reads=("events", "strikes", "stances.chain_knowledge", "tasks.pressure"),
    writes=("administration.tightness", "administration.mayor_since", "tasks.salience", "tasks.mandate",
            "departments.shock", "departments.division", "stances.need", "stances.own_shock", "stances.binding",
            "stances.arranged", "leaders.next_election", "leaders.knowledge", "support.disposition", "support.support",
            "relations.agreed", "ties.agreed",
            "units.level", "units.leader", "units.division", "units.department", "units.has_head"),
    decisions=("calendar.election", "calendar.follow", "calendar.recut", "calendar.move", "calendar.knowledge"),
)  # fmt: skip

ELECTION = decision("calendar.election")
FOLLOW = decision("calendar.follow")
RECUT_DRAWN = decision("calendar.recut")
MOVE = decision("calendar.move")
KNOWLEDGE = decision("calendar.knowledge")
NEW_MAYOR = Coefficient(
    0.5, "share", "of what a new head loosens in the line, a new mayor loosens in the whole house; assumption"
)


@piece
def calendar(world: World, month: int) -> None:
    """Let fade what fades and happen what is dated for this month."""
    _fade(world, month)
    for e in range(world.events.size):
        if int(world.events[e].date) == month:
            _happen(world, e, month)
    for i in range(world.leaders.size):
        leader = world.leaders[i]
        if leader.next_election <= month:
            _start_term(leader, month)
            _elect(world, i, leader.reelection, month)
    _first_year(world, month)


@compiled
def _fade(world: World, month: int) -> None:
    p = world.parameters[0]
    administration = world.administration[0]
    administration.tightness = administration.base_tightness
    for k in range(world.tasks.size):
        world.tasks[k].salience = world.tasks[k].base_salience
        for d in range(world.departments.size):
            world.stances[d, k].need = world.stances[d, k].base_need
            world.stances[d, k].own_shock = 0.0
    for d in range(world.departments.size):
        world.departments[d].shock = 0.0
    for e in range(world.events.size):
        event = world.events[e]
        age = month - event.date
        if age >= 0.0 and event.kind == BUDGET_CRISIS:
            administration.tightness += event.value * faded(age, event.need_half_life)
        if age >= 0.0 and event.kind == SHOCK:
            _fade_salience(world, e, age)
    for j in range(world.strikes.size):
        strike = world.strikes[j]
        event = world.events[strike.event]
        if event.kind == SHOCK and month >= event.date:
            _strike(world, strike, event, month - event.date)
    for d in range(world.departments.size):
        for k in range(world.tasks.size):
            world.stances[d, k].need = share(world.stances[d, k].need)
    for k in range(world.tasks.size):
        task = world.tasks[k]
        task.salience = share(task.salience + p.calendar_pressure_salience * task.pressure * (1.0 - task.salience))
    administration.tightness = share(administration.tightness)


@compiled
def _fade_salience(world: World, e: int, age: float) -> None:
    """Add a shock's attention to the tasks it is about; a shock about none of them competes with all."""
    p = world.parameters[0]
    event = world.events[e]
    about = 0.0
    for k in range(world.tasks.size):
        about += world.event_tasks[e, k]
    for k in range(world.tasks.size):
        if about == 0.0 or world.event_tasks[e, k] > 0.0:
            task = world.tasks[k]
            longer = 1.0 + p.calendar_agenda * task.pressure
            task.salience += event.salience * faded(age, event.salience_half_life * longer)


@compiled
def _strike(world: World, strike: Any, event: Any, age: float) -> None:
    p = world.parameters[0]
    d = strike.department
    chain_knowledge = 0.0
    for k in range(world.tasks.size):
        stance = world.stances[d, k]
        chain_knowledge = max(chain_knowledge, stance.chain_knowledge)
        if world.event_tasks[strike.event, k] > 0.0:
            stance.need += event.need * strike.exposure * faded(age, event.need_half_life)
    load = event.workload * strike.exposure * faded(age, event.workload_half_life)
    load *= 1.0 - p.calendar_preparedness * chain_knowledge
    world.departments[d].shock += load
    for k in range(world.tasks.size):
        if world.event_tasks[strike.event, k] > 0.0:
            world.stances[d, k].own_shock += load


@compiled
def _happen(world: World, e: int, month: int) -> None:
    event = world.events[e]
    if event.kind == ELECTED:
        _start_term(world.leaders[event.subject], month)
        _elect(world, event.subject, event.value, month)
    elif event.kind == NEW_LEADER:
        _start_term(world.leaders[event.subject], month)
        _take_office(world, event.subject, month, event.value if event.flag > 0.0 else math.nan)
    elif event.kind == RECUT:
        _recut(world, e, event.value, month)
    elif event.kind == MANDATE:
        world.tasks[event.subject].mandate = 1.0
    elif event.kind == UNIT_MOVE:
        unit = world.units[event.subject]
        unit.level = event.level
        unit.leader = event.leader
        unit.division = event.division
        unit.department = event.department
        unit.has_head = event.flag
        if unit.level == IN_DEPARTMENT:
            _follow_department(world, unit)
        for d in range(world.departments.size):
            world.relations[d, event.subject].agreed *= 1.0 - world.parameters[0].calendar_channel_loss


@compiled
def _start_term(leader: Any, month: int) -> None:
    """Move the next regular election a term ahead; elections recur only where the scenario dates the first."""
    if math.isfinite(leader.next_election):
        leader.next_election = month + leader.term


@compiled
def _elect(world: World, i: int, chance: float, month: int) -> None:
    if uniform(world.key[0], ELECTION, month, world.leaders[i].slot) >= chance:
        _take_office(world, i, month, math.nan)


@compiled
def _take_office(world: World, i: int, month: int, known: float) -> None:
    """Put a new person into an office, of known support or of drawn leaning; binding and channels in the line suffer."""
    leader = world.leaders[i]
    leader.knowledge = LEADER_KNOWLEDGE + LEADER_KNOWLEDGE_RANGE * uniform(world.key[0], KNOWLEDGE, month, leader.slot)
    for k in range(world.tasks.size):
        support = world.support[i, k]
        support.disposition = draw_disposition(world, i, k, month) if math.isnan(known) else leaning(known)
        support.support = math.tanh(support.disposition)
    if i == MAYOR:
        world.administration[0].mayor_since = month
    for d in range(world.departments.size):
        in_line = i == MAYOR or world.departments[d].division == leader.division
        world.scratch[d, 0] = 1.0 if in_line else 0.0
    _loosen(world, NEW_MAYOR if i == MAYOR else 1.0)


@compiled
def _loosen(world: World, part: float) -> None:
    """Cut binding, arrangements and agreed channels of the departments marked in ``scratch[:, 0]``, each tie of theirs once."""
    p = world.parameters[0]
    for d in range(world.departments.size):
        if world.scratch[d, 0] > 0.0:
            for k in range(world.tasks.size):
                world.stances[d, k].binding *= 1.0 - part * p.calendar_binding_loss
                world.stances[d, k].arranged *= 1.0 - part * p.calendar_binding_loss
            for u in range(world.units.size):
                world.relations[d, u].agreed *= 1.0 - part * p.calendar_channel_loss
        for j in range(world.tie_first[d], world.tie_first[d + 1]):
            tie = world.ties[j]
            if world.scratch[d, 0] > 0.0 or world.scratch[tie.department, 0] > 0.0:
                tie.agreed *= 1.0 - part * p.calendar_channel_loss


@compiled
def _recut(world: World, e: int, moving: float, month: int) -> None:
    """Move the departments an event names into its division; without names, a drawn share into other divisions."""
    divisions = world.leaders.size - FIRST_HEAD
    world.scratch[:, 0] = 0.0
    which = world.events[e].slot if e >= 0 else 0
    named = 0
    if e >= 0:
        for j in range(world.strikes.size):
            if world.strikes[j].event == e:
                named += 1
                _move(world, world.strikes[j].department, world.events[e].division)
    if named == 0:
        for d in range(world.departments.size):
            u, v = uniform_pair(world.key[0], MOVE, month, pair_slot(world.departments[d].slot, which))
            if u < moving:
                target = int(v * (divisions - 1))
                if target >= world.departments[d].division:
                    target += 1
                if e >= 0 and world.events[e].division >= 0:
                    target = world.events[e].division
                if target < divisions:
                    _move(world, d, target)
    _loosen(world, 1.0)


@compiled
def _move(world: World, d: int, division: int) -> None:
    """Put a department, and the sections in it, into a division, and mark it; nothing if it stands there already."""
    if world.departments[d].division == division:
        return
    world.departments[d].division = division
    world.scratch[d, 0] = 1.0
    for u in range(world.units.size):
        if world.units[u].level == IN_DEPARTMENT and world.units[u].department == d:
            _follow_department(world, world.units[u])


@compiled
def _follow_department(world: World, unit: Any) -> None:
    """Put a section where its department stands."""
    unit.division = world.departments[unit.department].division
    unit.leader = FIRST_HEAD + unit.division


@compiled
def _first_year(world: World, month: int) -> None:
    """In the first year of a new mayor, heads are replaced and departments re-cut at random."""
    p = world.parameters[0]
    age = month - world.administration[0].mayor_since
    if age < 1.0 or age > MONTHS_A_YEAR:
        return
    for i in range(FIRST_HEAD, world.leaders.size):
        if uniform(world.key[0], FOLLOW, month, world.leaders[i].slot) < p.calendar_follow_rate:
            _take_office(world, i, month, math.nan)
    if uniform(world.key[0], RECUT_DRAWN, month, 0) < p.calendar_recut_rate:
        _recut(world, -1, p.calendar_recut_share, month)
