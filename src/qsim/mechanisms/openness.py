"""Rule 9, openness: a department's willingness moves towards several targets at once and never sticks to a bound.

o += sum eta_i (x_i - o) with sum eta_i <= .3 and every target x_i in [0, 1]: its own culture (Friedkin and Johnsen 1990),
peers whose view is within .25 (Deffuant et al. 2000), the example of leaders, contact with the people concerned
(report 1.2), relief and contacts that went well pull up; overload, orders without time and rival structures pull to 0.
"""

from __future__ import annotations

from typing import Any

from qsim.world.compiling import compiled, piece
from qsim.world.hierarchy import FIRST_HEAD, MAYOR
from qsim.world.maths import at_least_once, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "openness", "Offenheit", "Openness",
    (
        Parameter("culture_rate", 0.01884, 0.005, 0.03, "share a month", "Bindung an die eigene Kultur",
                  "pull of own culture", "literature", "Friedkin and Johnsen 1990; report 1.1 Ressortlogik"),
        Parameter("peer_rate", 0.04313, 0.01, 0.06, "share a month", "Einfluss anderer Ämter", "pull of peers",
                  "literature", "Deffuant et al. 2000"),
        Parameter("confidence", 0.2583, 0.15, 0.35, "share", "Nähe, in der Meinungen wirken", "bound of confidence",
                  "literature", "Deffuant et al. 2000: two clusters at .25; Hegselmann and Krause 2002: .2 to .25"),
        Parameter("example_rate", 0.08046, 0.01, 0.1, "share a month", "Vorbild der Leitung", "example of leaders",
                  "report", "3.2 Personen in Leitungsfunktionen; the number is an assumption"),
        Parameter("contact_rate", 0.01321, 0.002, 0.015, "share a month", "Kontakt mit Betroffenen",
                  "contact with people concerned", "literature", "Pettigrew and Tropp 2006; report 1.2"),
        Parameter("experience_rate", 0.006099, 0.004, 0.03, "share a month", "Gute Erfahrung", "good experience",
                  "report", "1.2 Öffnung im Austausch; the number is an assumption"),
        Parameter("relief_rate", 0.5722, 0.1, 0.6, "share a month and capacity", "Öffnung durch Entlastung",
                  "opening by relief", "report", "1.2 Arbeitsabnahme; the number is an assumption"),
        Parameter("overload_rate", 0.08664, 0.01, 0.1, "share a month and capacity", "Abwehr bei Überlast",
                  "closing by overload", "report", "1.3 erhebliche Überlastung; the number is an assumption"),
        Parameter("order_rate", 0.01208, 0.01, 0.08, "share a month", "Abwehr gegen Anordnung ohne Zeit",
                  "closing by orders without time", "report", "4 Abkommandierung; the number is an assumption"),
        Parameter("friction_rate", 0.03338, 0.02, 0.1, "share a month", "Ärger über doppelte Ansprache",
                  "annoyance at double contact", "report", "4 Konkurrenzsituationen; the number is an assumption"),
    ),
    reads=("departments.workload", "departments.relief", "stances.culture", "stances.peer_hours", "stances.outreach",
           "stances.ordered", "stances.friction", "stances.exchange", "stances.peer_openness", "stances.time",
           "support.support", "support.attention", "ties.strength"),
    writes=("stances.openness",),
)  # fmt: skip

MOST = Coefficient(
    0.3, "share a month", "the largest sum of all pulls, so that nobody is turned within a quarter; assumption"
)
FULLY_TOUCHED = Coefficient(
    8.0, "hours a month", "of contact and exchange that give the full experience: a working day; assumption"
)
FULLY_MET = Coefficient(2.0, "hours a month", "of exchange of views that count like one close colleague; assumption")


@piece
def openness(world: World, month: int) -> None:
    """Move every department's openness; all see the others as they were before."""
    for k in range(world.tasks.size):
        for d in range(world.departments.size):
            stance = world.stances[d, k]
            pull, moved = _pulls(world, d, k)
            if pull > MOST:
                moved *= MOST / pull
            world.scratch[d, 0] = share(stance.openness + moved)
        for d in range(world.departments.size):
            world.stances[d, k].openness = world.scratch[d, 0]


@compiled
def _pulls(world: World, d: int, k: int) -> Any:
    """Return the sum of the rates eta and the sum of eta (x - o) of one department and task."""
    p = world.parameters[0]
    department = world.departments[d]
    stance = world.stances[d, k]
    o = stance.openness
    anchored = p.openness_culture_rate
    pull = anchored
    moved = anchored * (stance.culture - o)
    weight, towards = _peers(world, d, k)
    pull += weight
    moved += towards
    for i in (MAYOR, FIRST_HEAD + department.division):
        support = world.support[i, k]
        weight = p.openness_example_rate * at_least_once(support.attention, p.leadership_occasions)
        pull += weight
        moved += weight * (0.5 + 0.5 * support.support - o)
    touched = min((stance.outreach + stance.exchange) / FULLY_TOUCHED, 1.0)
    relief = p.openness_relief_rate * max(department.relief, 0.0)
    up = p.openness_contact_rate * stance.contact + p.openness_experience_rate * touched * stance.time + relief
    pull += up
    moved += up * (1.0 - o)
    pressed = p.openness_overload_rate * max(department.workload - 1.0, 0.0)
    orders = p.openness_order_rate * stance.ordered * (1.0 - stance.time)
    down = pressed + orders + p.openness_friction_rate * stance.friction
    return pull + down, moved - down * o


@compiled
def _peers(world: World, d: int, k: int) -> Any:
    """Return the rate and the pull of peers within the bound of confidence: by ties, and by meetings of the month."""
    p = world.parameters[0]
    stance = world.stances[d, k]
    weight = 0.0
    towards = 0.0
    for j in range(world.tie_first[d], world.tie_first[d + 1]):
        tie = world.ties[j]
        difference = world.stances[tie.department, k].openness - stance.openness
        if abs(difference) < p.openness_confidence:
            weight += tie.strength
            towards += tie.strength * difference
    if stance.peer_hours > 0.0:
        difference = stance.peer_openness / stance.peer_hours - stance.openness
        if abs(difference) < p.openness_confidence:
            met = min(stance.peer_hours / FULLY_MET, 1.0)
            weight += met
            towards += met * difference
    scale = p.openness_peer_rate / max(weight, 1.0)
    return weight * scale, towards * scale
