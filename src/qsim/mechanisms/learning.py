"""Rule 8, learning: knowledge comes from contact, exchange, colleagues and doing, and is forgotten.

e += lambda contact sqrt(o T) [g + (1 - g) e / (e + .3)] (source - e)+ + delta p (1 - e) - f (1 - y r) e, with absorptive
capacity after Cohen and Levinthal (1990) and forgetting after Argote, Beckman and Epple (1990). Contact is
1 - exp(-hours / x0), hours at the right moment counting several times, its source the mean knowledge met.
Process knowledge h grows likewise towards the mean know-how met, which
is that of people at work: of members who meet, of who drafts and decides, of cases worked on with a unit; by decisions as far
as the subject is understood, and by gates,
which convey, as far as what is considered is done and in the time there is, no more than the procedure they ask for:
rate gate p / q T (h_gate - h)+ (report 3.3: Fachwissen and Wissen zur Arbeitsorganisation); knowledge of the whole chain grows
where its departments meet. Documents keep a part. Cases that a crisis about the task brings teach as those of every day,
delta (p + T own / effort), own over the effort of the full task: what teaches is the volume of work (Argote), and what is got
over with in haste does not.
"""

from __future__ import annotations

import math
from typing import Any

from qsim.mechanisms.practice import done_of_considered
from qsim.world.compiling import compiled, piece
from qsim.world.kinds import OF_UNIT
from qsim.world.maths import TINY, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "learning", "Lernen", "Learning",
    (
        Parameter("contact_rate", 0.1215, 0.1, 0.35, "share a month", "Lernen im Kontakt", "learning by contact",
                  "literature", "catalogue C i, vii: March 1991, Cohen and Levinthal 1990"),
        Parameter("contact_scale", 11.22, 3.0, 12.0, "hours", "Stunden für vollen Kontakt", "hours of full contact",
                  "assumption", "no source",
                  divides=True),
        Parameter("moment", 1.782, 1.5, 4.0, "ratio", "Gewicht der Arbeit am Fall", "weight of work on a case",
                  "assumption", "report 3.2: proaktiv einbeziehen; 3.3: Wissen zur Arbeitsorganisation"),
        Parameter("absorption", 0.1496, 0.1, 0.2, "share", "Aufnahmefähigkeit ohne Vorwissen",
                  "absorption without knowledge", "literature", "Cohen and Levinthal 1990; catalogue C vii"),
        Parameter("colleague_rate", 0.0321, 0.01, 0.08, "share a month", "Lernen von Kolleginnen und Kollegen",
                  "learning by informal ties", "report", "1.2, 3.2 informeller Austausch; the number is an assumption"),
        Parameter("doing_rate", 0.007279, 0.005, 0.03, "share a month", "Lernen durch Tun", "learning by doing",
                  "assumption", "design of the model: without it ten years of funding vanish"),
        Parameter("forgetting", 0.01047, 0.002, 0.012, "share a month", "Vergessen", "forgetting", "literature",
                  "catalogue C vi: .5 to 2 % a month in all (Argote et al. 1990), less turnover (rule staffing)"),
        Parameter("routine_memory", 0.7751, 0.7, 0.9, "share", "Was Routine bewahrt", "what routine keeps", "literature",
                  "catalogue C vi (Walsh and Ungson 1991): routines lose 1 to 3 % a year, persons 10 %"),
        Parameter("process_source", 0.7536, 0.4, 1.0, "ratio", "Verfahrenswissen der Quelle",
                  "process knowledge of a source", "report", "1.1 fehlendes Verfahrenswissen; number assumed",
                  allowed=(0.0, 1.0)),
        Parameter("gate_rate", 0.03065, 0.02, 0.1, "share a month", "Lernen durch Prüfverfahren", "learning by gates",
                  "report", "1.3 Klima-Check; the number is an assumption"),
        Parameter("gate_knowledge", 0.3065, 0.2, 0.6, "share", "Verfahrenswissen, das eine Prüfung vermittelt",
                  "process knowledge a gate conveys", "report", "1.3 Berücksichtigung, keine Garantie; number assumed"),
        Parameter("decision_rate", 0.08035, 0.05, 0.3, "share", "Lernen durch Entscheidungen", "learning by decisions",
                  "assumption", "no source"),
        Parameter("chain_rate", 0.02396, 0.02, 0.12, "share a month", "Lernen der ganzen Prozesskette",
                  "learning of whole chains", "report", "3.3 Gesamtprozess; the number is an assumption"),
        Parameter("unit_rate", 0.008754, 0.0, 0.03, "share a month", "Lernen der Einheit", "learning of the unit",
                  "assumption", "no source"),
    ),
    reads=("stances.outreach", "stances.cases", "stances.exchange", "stances.source", "stances.process_source", "stances.gate",
           "stances.decided", "stances.openness", "stances.time", "stances.routine", "stances.practice",
           "stances.considered", "stances.own_shock", "units.filled",
           "formats.meetings", "formats.quality", "ties.strength", "ties.agreed"),
    writes=("stances.knowledge", "stances.process_knowledge", "stances.chain_knowledge", "units.knowledge"),
)  # fmt: skip

HALF_ABSORBED = Coefficient(
    0.3, "share", "knowledge at which half of the rest of what is met is taken in; Cohen and Levinthal 1990"
)
TOLD = Coefficient(
    0.3, "share", "of what exchange teaches of whole chains that a unit conveys; assumption (report 3.3)"
)
SEEN_DOING = Coefficient(0.3, "share", "of learning by doing that goes beyond one's own step; assumption (report 3.3)")
MOST_COLLEAGUES = Coefficient(
    2.0, "ties", "more colleagues than this, of full strength, are not listened to; assumption"
)


@piece
def learning(world: World, month: int) -> None:
    """Move every department's knowledge of every task, and the units' knowledge."""
    for k in range(world.tasks.size):
        for d in range(world.departments.size):
            _learn(world, d, k)
        for d in range(world.departments.size):
            world.stances[d, k].knowledge = world.scratch[d, 0]
            world.stances[d, k].process_knowledge = world.scratch[d, 1]
    _units_learn(world, month)


@compiled
def absorption(knowledge: float, floor: float) -> float:
    """Return the share of what it meets that a department takes in: g + (1 - g) e / (e + .3)."""
    return floor + (1.0 - floor) * knowledge / (knowledge + HALF_ABSORBED)


@compiled
def _learn(world: World, d: int, k: int) -> None:
    p = world.parameters[0]
    stance = world.stances[d, k]
    hours = stance.outreach + (p.learning_moment - 1.0) * stance.cases + stance.exchange
    contact = 1.0 - math.exp(-hours / p.learning_contact_scale)
    source = stance.source / hours if hours > 0.0 else 0.0
    process_source = stance.process_source / hours if hours > 0.0 else 0.0
    willing = math.sqrt(stance.openness * stance.time)
    kept = 1.0 - p.staffing_document_share * world.administration[0].knowledge_management
    forgotten = p.learning_forgetting * (1.0 - p.learning_routine_memory * stance.routine) * kept
    doing = p.learning_doing_rate * share(stance.practice + in_crisis(stance, p))
    e = stance.knowledge
    h = stance.process_knowledge
    taken = p.learning_contact_rate * contact * willing
    near_e, near_h = _colleagues(world, d, k, e, h)
    world.scratch[d, 0] = share(
        e + taken * absorption(e, p.learning_absorption) * max(source - e, 0.0)
        + p.learning_colleague_rate * willing * near_e + doing * (1.0 - e) - forgotten * e)  # fmt: skip
    asked = (
        p.learning_gate_rate
        * stance.gate
        * done_of_considered(stance)
        * stance.time
        * max(p.learning_gate_knowledge - h, 0.0)
    )
    settled = p.learning_decision_rate * stance.decided * absorption(e, p.learning_absorption)
    world.scratch[d, 1] = share(
        h + taken * absorption(h, p.learning_absorption) * max(process_source - h, 0.0)
        + p.learning_colleague_rate * willing * near_h + (doing + settled) * (1.0 - h) + asked - forgotten * h)  # fmt: skip
    met = 1.0 - math.exp(-(stance.exchange + TOLD * stance.outreach) / p.learning_contact_scale)
    c = stance.chain_knowledge
    stance.chain_knowledge = share(
        c + p.learning_chain_rate * met * (1.0 - c) + SEEN_DOING * doing * (1.0 - c) - forgotten * c
    )


@compiled
def in_crisis(stance: Any, p: Any) -> float:
    """Return the work on the task that crises bring, over what the full task takes, as far as there is time for it (share)."""
    return stance.time * share(stance.own_shock / max(p.workload_task_effort * stance.relevance, TINY))


@compiled
def _colleagues(world: World, d: int, k: int, e: float, h: float) -> Any:
    """Return how far the colleagues a department knows are ahead of it, in subject and process knowledge."""
    ahead_e = 0.0
    ahead_h = 0.0
    weight = TINY
    for j in range(world.tie_first[d], world.tie_first[d + 1]):
        tie = world.ties[j]
        other = world.stances[tie.department, k]
        strength = 1.0 - (1.0 - tie.strength) * (1.0 - tie.agreed)
        weight += strength
        ahead_e += strength * max(other.knowledge - e, 0.0)
        ahead_h += strength * max(other.process_knowledge - h, 0.0)
    density = min(weight, MOST_COLLEAGUES) / weight
    return ahead_e * density, ahead_h * density


@compiled
def _units_learn(world: World, month: int) -> None:
    """Let staffed units learn on the job, and from formats with outside knowledge."""
    p = world.parameters[0]
    for u in range(world.units.size):
        unit = world.units[u]
        if unit.filled > 0.0:
            unit.knowledge = share(unit.knowledge + p.learning_unit_rate * (1.0 - unit.knowledge) ** 2)
            for f in range(world.formats.size):
                entry = world.formats[f]
                if entry.owner_kind == OF_UNIT and entry.owner == u and entry.meetings > 0.0:
                    ahead = max(entry.source_knowledge - unit.knowledge, 0.0)
                    unit.knowledge += p.learning_unit_rate * entry.learn * entry.quality * ahead
