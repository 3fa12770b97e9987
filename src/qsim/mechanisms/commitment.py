"""Rule 11, commitment and binding: papers promise, and their binding force fades while the promise stays on paper.

A concept sets commitment c and concreteness for the departments it speaks of; a mandate by law promises too. Binding
starts higher if the council decided and where departments took part in drafting (report 1.1, 1.3), and halves in 24 to 70
months: B *= 2^(-1 / half-life). The force of papers is B sqrt(c concreteness).
What is decided, and papers that offices drafted together, leave standing arrangements between them (report 3.1, 3.2: vereinbarte
Wege): g += (y decided + drafted concreteness at adoption)(1 - g). They fade as binding does. New heads and re-cuts cut binding
and
arrangements (calendar), decisions of groups and of the council renew it.
"""

from __future__ import annotations

import math
from typing import Any

from qsim.world.compiling import compiled, piece
from qsim.world.kinds import COUNCIL_DECISION
from qsim.world.maths import CONCERNED, faded, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "commitment", "Zusage und Bindung", "Commitment and binding",
    (
        Parameter("half_life", 29.9, 24.0, 70.0, "months", "Halbwertszeit der Bindung", "half-life of binding",
                  "literature", "catalogue C vi: 1 to 3 % a month, 2 % in the middle; report 3.1 geringe Bindungskraft",
                  divides=True),
        Parameter("council_half_life", 2.494, 1.0, 2.5, "ratio", "Längere Bindung durch Ratsbeschluss",
                  "longer binding by council", "report", "1.3 durch Stadtratsbeschluss legitimiert; number assumed",
                  divides=True),
        Parameter("binding", 0.5434, 0.3, 0.7, "share", "Anfängliche Bindung", "initial binding", "assumption",
                  "no source"),
        Parameter("council_binding", 0.3784, 0.1, 0.4, "share", "Mehr Bindung durch Ratsbeschluss",
                  "binding by council", "report", "1.3; the number is an assumption"),
        Parameter("drafting_binding", 0.3475, 0.1, 0.4, "share", "Mehr Bindung durch Mitarbeit", "binding by drafting",
                  "report", "1.1 partizipative Erarbeitung; the number is an assumption"),
        Parameter("decision_binding", 0.348, 0.1, 0.6, "share", "Bindung durch Entscheidungen", "binding by decisions",
                  "assumption", "no source"),
        Parameter("decision_arrangement", 0.3084, 0.1, 0.6, "share", "Vereinbarungen durch Entscheidungen",
                  "arrangements by decisions", "assumption", "report 3.1, 3.2 vereinbarte Wege; number as for binding"),
        Parameter("mandate_commitment", 0.6021, 0.5, 0.9, "share", "Anspruch einer Pflichtaufgabe",
                  "what a mandate promises", "assumption", "report 1.1 Pflichtaufgaben"),
        Parameter("mandate_binding", 0.4817, 0.3, 0.9, "share", "Bindung einer Pflichtaufgabe", "binding of a mandate",
                  "assumption", "report 1.1 Pflichtaufgaben"),
    ),
    reads=("concepts", "stances.drafted", "stances.decided", "tasks.mandate", "events"),
    writes=("stances.commitment", "stances.concreteness", "stances.binding", "stances.half_life", "stances.drafted",
            "stances.arranged"),
)  # fmt: skip

DRAFTING_KEPT = Coefficient(
    0.98, "share a month", "having drafted a paper together is half forgotten in three years; assumption"
)
MANDATE_CONCRETENESS = Coefficient(0.5, "share", "a law says what to do, not how to do it here; assumption")


@compiled
def paper_force(stance: Any, binding: float) -> float:
    """Return how far a department's papers bind it (share), with this binding: B sqrt(c concreteness)."""
    return binding * math.sqrt(stance.commitment * stance.concreteness)


@piece
def commitment(world: World, month: int) -> None:
    """Adopt what is adopted this month, then let binding fade and be renewed."""
    p = world.parameters[0]
    start = int(world.key[0].start)
    for c in range(world.concepts.size):
        adopted = int(world.concepts[c].adopted)
        if adopted == month or (month == start and adopted < start):
            _adopt(world, c, month - adopted)
    for k in range(world.tasks.size):
        renewed = 0.0
        for e in range(world.events.size):
            event = world.events[e]
            if event.kind == COUNCIL_DECISION and int(event.date) == month and world.event_tasks[e, k] > 0.0:
                renewed = max(renewed, event.value)
        mandate = world.tasks[k].mandate
        for d in range(world.departments.size):
            stance = world.stances[d, k]
            stance.drafted *= DRAFTING_KEPT
            left = faded(1.0, stance.half_life if stance.half_life > 0.0 else p.commitment_half_life)
            stance.binding *= left
            stance.arranged *= left
            stance.arranged += p.commitment_decision_arrangement * stance.decided * (1.0 - stance.arranged)
            again = 1.0 - (1.0 - renewed) * (1.0 - p.commitment_decision_binding * stance.decided)
            if stance.commitment > 0.0:
                stance.binding = share(stance.binding + again * (1.0 - stance.binding))
            if mandate > 0.0 and stance.relevance >= CONCERNED:
                stance.commitment = max(stance.commitment, p.commitment_mandate_commitment)
                stance.concreteness = max(stance.concreteness, MANDATE_CONCRETENESS)
                stance.binding = max(stance.binding, p.commitment_mandate_binding)


@compiled
def _adopt(world: World, c: int, age: int) -> None:
    """Let a concept that was adopted ``age`` months ago replace what was promised; later concepts come later."""
    p = world.parameters[0]
    concept = world.concepts[c]
    half_life = p.commitment_half_life * (p.commitment_council_half_life if concept.council > 0.0 else 1.0)
    for k in range(world.tasks.size):
        if world.concept_tasks[c, k] > 0.0:
            for d in range(world.departments.size):
                stance = world.stances[d, k]
                if world.concept_departments[c, d] > 0.0 and stance.relevance >= CONCERNED:
                    force = p.commitment_binding + p.commitment_council_binding * concept.council
                    force += p.commitment_drafting_binding * stance.drafted
                    stance.commitment = concept.ambition
                    stance.concreteness = concept.concreteness
                    stance.binding = max(share(force) * faded(age, half_life), stance.binding)
                    stance.half_life = half_life
                    stance.arranged += stance.drafted * concept.concreteness * (1.0 - stance.arranged)
