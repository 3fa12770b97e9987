"""Rule 7, formats: groups, boards, networks, trainings, checks and projects meet, and do what their channels say.

Voluntary attendance is sigma((o + .3 T - .55) / .06); ordered attendance rises with backing. Members pay hours, the owner
coordinates, and a format that is not looked after works less well or does not meet. Where nobody is there to own it, the unit in
charge coordinates, else the members in turn, each sqrt(o T) of its part, and what is part of routine they keep up; they pay.
Candour of an exchange is exp(-kappa rank gap) (report 3.1: equal rank helps). Talk is shared by those who are there: of n,
each gets 1 / (1 + (n - 1) / s)
of what two would give each other; what is taught is not divided. The subject is learned from
whoever knows it; procedures from members who meet and know them, or by drafting and deciding (report 3.3: Fachwissen and
Wissen zur Arbeitsorganisation): a lecture teaches none. What a group works out waits for heads to decide it and
expires, within a month in a crisis, so rank mix meets regime by itself. A gate makes cases considered, not done
(report 1.3), and acquaints nobody with the unit. Nothing else tells one format from another.
"""

from __future__ import annotations

import math

from qsim.mechanisms.attendance import attend, attendance_of, source_met
from qsim.mechanisms.service import serve
from qsim.world.compiling import compiled, piece
from qsim.world.flows import (
    hours_left_of_department,
    pay_by_department,
)
from qsim.world.kinds import CHECK, HEADS, MIXED, OF_UNIT
from qsim.world.maths import WEEKS_A_MONTH, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "formats", "Formate", "Formats",
    (
        Parameter("attendance_middle", 0.4098, 0.4, 0.7, "share", "Schwelle der Teilnahme", "threshold of attendance",
                  "assumption", "design of the model; report 2.1 Zeit vor Interesse"),
        Parameter("attendance_spread", 0.06249, 0.03, 0.15, "share", "Streuung der Teilnahme", "spread of attendance",
                  "assumption", "design of the model",
                  divides=True),
        Parameter("time_weight", 0.2765, 0.1, 0.6, "ratio", "Gewicht der Zeit für die Teilnahme",
                  "weight of time for attendance", "assumption", "report 2.1 Zeit vor Interesse; will counts more"),
        Parameter("middling", 0.6178, 0.3, 0.7, "share", "Güte, die weder anzieht noch abhält",
                  "quality that neither draws nor deters", "assumption", "no source"),
        Parameter("usefulness", 0.3206, 0.0, 0.4, "share", "Anziehung guter Sitzungen", "draw of good meetings", "report",
                  "3.1 konkrete Durchführung; the number is an assumption"),
        Parameter("compliance", 0.3267, 0.3, 0.8, "share", "Befolgung von Anordnungen", "compliance with orders",
                  "assumption", "report 1.2 Freiwilligkeit names the alternative"),
        Parameter("sent_weight", 0.3045, 0.2, 0.8, "share", "Schaden durch Abkommandierte", "harm by people sent",
                  "report", "4 willkürlich erscheinende Delegierung; the number is an assumption"),
        Parameter("rank_silence", 0.4261, 0.2, 1.2, "number", "Zurückhaltung bei Rangunterschied",
                  "silence by rank", "report", "3.1 hierarchisch homogene Struktur; number assumed"),
        Parameter("talk_size", 5.903, 4.0, 16.0, "departments", "Größe, bei der sich Gespräche halbieren",
                  "size at which talk is halved", "literature",
                  "Fay, Garrod and Carletta 2000: five talk with each other, ten listen; so it halves in between",
                  divides=True),
        Parameter("issues", 0.8973, 0.2, 1.0, "issues a meeting", "Erarbeitete Fragen je Sitzung", "issues a meeting",
                  "assumption", "no source"),
        Parameter("expiry", 0.1834, 0.05, 0.3, "share a month", "Verfall offener Fragen", "expiry of pending issues",
                  "assumption", "no source"),
        Parameter("crisis_load", 0.127, 0.05, 0.3, "share of capacity", "Last, ab der Krise herrscht",
                  "load from which it is a crisis", "assumption", "no source"),
        Parameter("decision_effect", 0.3636, 0.1, 0.8, "share", "Wirkung einer Entscheidung", "effect of a decision",
                  "assumption", "no source"),
        Parameter("tie_gain", 0.0841, 0.02, 0.12, "share a meeting", "Verbindung je Sitzung", "tie by a meeting",
                  "report", "3.1 kontinuierlicher Beziehungsaufbau; the number is an assumption"),
        Parameter("tie_loss", 0.02083, 0.003, 0.03, "share a month", "Verfall von Verbindungen", "fading of ties",
                  "assumption", "no source"),
        Parameter("comment_force", 0.6416, 0.3, 0.8, "share", "Wirkung einer Prüfung ohne Veto",
                  "force of a check without a veto", "report", "3.2 nicht in jedem Fall ausgereicht; number assumed"),
        Parameter("embedded_service", 0.5276, 0.5, 1.0, "share", "Fortführung ohne Träger", "kept up without its owner",
                  "report", "3.1 nach Auslaufen weitergeführt; the number is an assumption"),
        Parameter("quality_learning", 0.02577, 0.0, 0.05, "share a meeting", "Verbesserung durch Auswertung",
                  "improvement by evaluation", "report", "1.1 fehlende Evaluation; the number is an assumption"),
        Parameter("volunteer_meeting", 1.7, 1.0, 6.0, "hours", "Ehrenamtsstunden je Sitzung", "volunteers' hours",
                  "assumption", "no source"),
    ),
    reads=("administration.lessons", "departments.hours", "departments.shock", "departments.task_hours",
           "stances.openness", "stances.time", "stances.backing", "stances.knowledge", "stances.process_knowledge",
           "support.attention",
           "units.knowledge", "units.filled", "units.has_head", "formats.served", "groups.expertise",
           "groups.engagement"),
    writes=("formats.due", "formats.meetings", "formats.served", "formats.quality", "members.attendance",
            "stances.exchange", "stances.source", "stances.process_source", "stances.peer_hours", "stances.peer_openness",
            "stances.gate",
            "stances.decided", "stances.drafted", "stances.ordered", "stances.reached",
            "departments.relief", "departments.released", "departments.spent",
            "ties.strength", "ties.agreed", "relations.familiarity", "tasks.issues", "groups.spent", "groups.asked",
            "groups.present"),
)  # fmt: skip

UNPREPARED = Coefficient(
    0.5, "share", "of the cases that a check without quality still reaches; assumption (report 1.3: Klima-Check)"
)
CHECKING = Coefficient(0.5, "ratio", "hours of a case that is checked, over those of a meeting; assumption")
DRAFTING = Coefficient(0.5, "share", "of what is taught that those learn who draft together; assumption (report 1.1)")
DRAFTED = Coefficient(0.1, "share a meeting", "part in a paper that a meeting to draft it gives; assumption")
PRESENT = Coefficient(0.5, "share", "attendance above which the owner's unit has reached a member; assumption")
MOST_RELEASED = Coefficient(0.3, "share of capacity", "no department frees more of its staff for the task; assumption")


@piece
def formats(world: World, month: int) -> None:
    """Hold all meetings of the month."""
    p = world.parameters[0]
    for d in range(world.departments.size):
        world.departments[d].relief = 0.0
        world.departments[d].released = 0.0
        for j in range(world.tie_first[d], world.tie_first[d + 1]):
            tie = world.ties[j]
            tie.strength += p.formats_tie_loss * (tie.origin - tie.strength)
            tie.agreed *= 1.0 - p.formats_tie_loss
    for g in range(world.groups.size):
        group = world.groups[g]
        group.spent = 0.0
        group.asked = 0.0
        group.present = 1.0 if group.start <= month < group.end else 0.0
    _expire(world)
    for f in range(world.formats.size):
        entry = world.formats[f]
        entry.meetings = 0.0
        if entry.start <= month < entry.end:
            serve(world, f, month)
            entry.due += 1.0 if int(entry.start) == month else WEEKS_A_MONTH / entry.interval
            entry.meetings = math.floor(entry.due)
            entry.due -= entry.meetings
            if entry.served == 0.0:
                entry.meetings = 0.0
            _relieve(world, f)
            _check(world, f)
            if entry.meetings > 0.0:
                _meet(world, f, month)


@compiled
def _expire(world: World) -> None:
    """Let pending issues expire: slowly in normal times, within a month in a crisis."""
    p = world.parameters[0]
    for k in range(world.tasks.size):
        load = 0.0
        for d in range(world.departments.size):
            load += world.stances[d, k].weight * world.departments[d].shock
        rate = 1.0 if load > p.formats_crisis_load else p.formats_expiry
        world.tasks[k].issues *= 1.0 - rate


@compiled
def _relieve(world: World, f: int) -> None:
    """Let project staff take work off the members, or free the members' own staff for the task."""
    entry = world.formats[f]
    if entry.relieve_posts == 0.0 and entry.release_posts == 0.0:
        return
    staff = 0.0
    for m in range(world.member_first[f], world.member_first[f + 1]):
        staff += world.departments[world.members[m].department].staff
    for m in range(world.member_first[f], world.member_first[f + 1]):
        department = world.departments[world.members[m].department]
        if entry.served > 0.0:
            department.relief += entry.relieve_posts / max(staff, 1.0)
        department.released += min(entry.release_posts / max(staff, 1.0), MOST_RELEASED)


@compiled
def _check(world: World, f: int) -> None:
    """Let the members' cases pass a gate; a unit without a head of its own can only comment."""
    p = world.parameters[0]
    entry = world.formats[f]
    if entry.check == 0.0:
        return
    force = 1.0
    if entry.owner_kind == OF_UNIT and entry.embedded == 0.0:
        unit = world.units[entry.owner]
        force = p.formats_comment_force + (1.0 - p.formats_comment_force) * unit.has_head
    for m in range(world.member_first[f], world.member_first[f + 1]):
        d = world.members[m].department
        for k in range(world.tasks.size):
            if world.format_tasks[f, k] > 0.0:
                stance = world.stances[d, k]
                prepared = UNPREPARED + (1.0 - UNPREPARED) * entry.quality
                passed = share(entry.check * entry.served * prepared * force)
                stance.gate = 1.0 - (1.0 - stance.gate) * (1.0 - passed)
                hours = CHECKING * entry.duration * passed * stance.relevance
                pay_by_department(world, d, min(hours, hours_left_of_department(world, d)), CHECK)


@compiled
def _meet(world: World, f: int, month: int) -> None:
    """Hold the meetings of a format that have come due."""
    p = world.parameters[0]
    entry = world.formats[f]
    quality = entry.quality * entry.served
    present, openness, knowledge, process, heads, engaged = attend(world, f)
    quality *= engaged
    if present <= 0.0:
        return
    candour = math.exp(-p.formats_rank_silence) if entry.rank == MIXED else 1.0
    count = world.member_first[f + 1] - world.member_first[f]
    talk = 1.0 / (1.0 + max(present * count - 1.0, 0.0) / p.formats_talk_size)
    source = source_met(world, f, knowledge)
    process = max(entry.meet * process, max(entry.draft, entry.decide) * source)
    by_unit = entry.owner_kind == OF_UNIT and world.units[entry.owner].filled > 0.0
    for k in range(world.tasks.size):
        if world.format_tasks[f, k] > 0.0:
            task = world.tasks[k]
            if entry.rank != HEADS:
                task.issues += p.formats_issues * entry.meetings * quality * candour * max(entry.decide, entry.draft)
            settled = share(entry.decide * quality * heads)
            decided = settled * share(task.issues)
            task.issues *= 1.0 - settled
            for m in range(world.member_first[f], world.member_first[f + 1]):
                member = world.members[m]
                stance = world.stances[member.department, k]
                hours = member.attendance * entry.duration * entry.meetings
                dose = hours * quality * candour * (1.0 - entry.meet * (1.0 - talk))
                learned = dose * (entry.learn + DRAFTING * entry.draft * (1.0 - entry.learn))
                stance.exchange += learned
                if by_unit and member.attendance > PRESENT:
                    stance.reached = month
                stance.source += learned * source
                stance.process_source += learned * process
                stance.peer_hours += dose * entry.meet
                stance.peer_openness += dose * entry.meet * openness
                stance.drafted = share(stance.drafted + DRAFTED * entry.draft * entry.meetings * member.attendance)
                stance.decided = share(stance.decided + p.formats_decision_effect * decided)
    _tie(world, f, quality)
    improvement = p.formats_quality_learning * world.administration[0].evaluation * world.administration[0].lessons
    entry.quality = share(entry.quality + entry.meetings * improvement * (1.0 - entry.quality))


@compiled
def _tie(world: World, f: int, quality: float) -> None:
    """Let members who meet form ties, agree on cooperation, and get to know the owner's unit where they meet it."""
    p = world.parameters[0]
    entry = world.formats[f]
    for m in range(world.member_first[f], world.member_first[f + 1]):
        member = world.members[m]
        d = member.department
        gain = share(p.formats_tie_gain * entry.meetings * quality * member.attendance)
        for j in range(world.tie_first[d], world.tie_first[d + 1]):
            tie = world.ties[j]
            other = attendance_of(world, f, tie.department)
            tie.strength += gain * max(entry.tie, entry.meet) * other * (1.0 - tie.strength)
            tie.agreed += gain * entry.tie * other * (1.0 - tie.agreed)
        if entry.owner_kind == OF_UNIT and world.units[entry.owner].filled > 0.0:
            together = max(entry.meet, entry.tie, entry.learn, entry.draft, entry.decide)
            relation = world.relations[d, entry.owner]
            relation.familiarity += gain * together * (1.0 - relation.familiarity)
