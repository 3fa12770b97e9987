"""Rule 3, staffing: people are hired late, leave, and take knowledge along.

A vacant post of a unit is filled after a hiring delay, later when money is short or the post is for a fixed term. People
on fixed-term posts leave more often as the end comes near: x (1 + y exp(-(months left) / 6)) a month. Whoever leaves a unit
takes most of its knowledge, overview and familiarity along, less with handover and documents (report 1.1, 3.1). In
departments staff changes at a yearly rate, e += rate / 12 (newcomer - e), part of it at once when the specialist leaves;
in a budget crisis more posts than usual stand vacant, vacancy (1 - y base tightness) / (1 - y tightness), because a freeze
slows their filling;
a personnel department open to unusual candidates brings newcomers with experience (report 1.2).
"""

from __future__ import annotations

import math
from typing import Any

from qsim.world.compiling import compiled, piece
from qsim.world.draws import decision, normal, uniform, uniform_pair
from qsim.world.maths import MONTHS_A_YEAR, TINY, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "staffing", "Personal", "Staffing",
    (
        Parameter("hiring_months", 8.269, 3.0, 9.0, "months", "Besetzungsdauer", "months to fill a post",
                  "public figure", "B-S25: a first year of hiring; B-V1 vacancies",
                  divides=True),
        Parameter("unit_turnover", 0.1224, 0.04, 0.13, "rate a year", "Fluktuation in der Einheit", "turnover in units",
                  "public figure", "B-T1 to B-T5: 10 % a year, 4 to 13 %"),
        Parameter("fixed_term_leaving", 7.334, 3.0, 9.0, "ratio", "Weggang vor Fristende", "leaving before the end",
                  "public figure", "B-T8: 20 to 30 % a year on posts of 24 to 36 months (general knowledge)"),
        Parameter("fixed_term_appeal", 0.8594, 0.4, 1.0, "ratio", "Besetzbarkeit befristeter Stellen",
                  "appeal of fixed-term posts", "assumption", "report 1.3: profiles need permanent posts"),
        Parameter("freeze", 0.4118, 0.2, 0.9, "share", "Wiederbesetzungssperre", "hiring freeze in tight budgets",
                  "public figure", "B-S21: Remscheid refilled few of the posts that fell vacant"),
        Parameter("leaving_loss", 0.8537, 0.5, 1.0, "share", "Verlust beim Weggang", "lost when somebody leaves",
                  "assumption", "report 1.1: tasks rest on single specialists"),
        Parameter("document_share", 0.3335, 0.1, 0.7, "share", "was Dokumentation bewahrt", "what documents keep",
                  "literature", "Walsh and Ungson 1991; catalogue C vi"),
        Parameter("specialist_share", 0.528, 0.1, 0.7, "share", "Wissen bei Einzelnen", "knowledge held by specialists",
                  "report", "1.1 auf den Schultern einzelner; the number is an assumption"),
        Parameter("newcomer_knowledge", 0.1022, 0.0, 0.15, "share", "Wissen neuer Kräfte", "knowledge of newcomers",
                  "report", "1.1 Ausbildung noch nicht angepasst; the number is an assumption"),
        Parameter("experience_knowledge", 0.0151, 0.0, 0.3, "share", "Erfahrungswissen bei offener Personalabteilung",
                  "experience an open personnel department admits", "report", "1.2; the number is an assumption"),
        Parameter("vacancy_return", 0.1811, 0.03, 0.3, "share a month", "Rückkehr zur üblichen Vakanz",
                  "return to the usual vacancy", "assumption", "no source"),
        Parameter("vacancy_noise", 0.03253, 0.0, 0.04, "share", "Schwankung der Vakanz", "swing of vacancy",
                  "public figure", "B-V1: Potsdam 8 to 17 % within six years"),
    ),
    reads=("phases.active", "phases.end", "administration.tightness", "tasks.mandate"),
    writes=("posts.extent", "posts.occupied", "posts.tenure", "units.filled", "units.knowledge", "units.overview",
            "relations.familiarity", "departments.filled", "stances.knowledge", "stances.process_knowledge",
            "stances.chain_knowledge"),
    decisions=("staffing.post", "staffing.vacancy", "staffing.specialist"),
)  # fmt: skip

POST = decision("staffing.post")
VACANCY = decision("staffing.vacancy")
SPECIALIST = decision("staffing.specialist")
MOST_VACANT = Coefficient(
    0.7, "share", "of posts that stand vacant in the worst freeze: below, offices are merged; assumption"
)
LEAST_FILLED = Coefficient(0.3, "share", "of posts that are filled whatever happens; assumption")
TERM_NEAR = Coefficient(
    6.0, "months", "the rise of leaving before the end of a term, for each factor e; assumption (B-T8)"
)
TAUGHT = Coefficient(0.9, "share", "of a unit's knowledge that a newcomer takes over from the colleagues; assumption")
NEWCOMER_PROCESS = Coefficient(
    0.5, "ratio", "of newcomers' process knowledge to their subject knowledge; assumption (report 1.1)"
)


@piece
def staffing(world: World, month: int) -> None:
    """Fill and empty the units' posts, then let the departments' staff change."""
    for u in range(world.units.size):
        world.units[u].filled = 0.0
    for j in range(world.posts.size):
        post = world.posts[j]
        world.units[post.unit].filled += post.occupied * post.extent
    for j in range(world.posts.size):
        _change_post(world, world.posts[j], month)
    _change_departments(world, month)


@compiled
def _change_post(world: World, post: Any, month: int) -> None:
    p = world.parameters[0]
    phase = world.phases[post.phase]
    unit = world.units[post.unit]
    wanted = min(max(phase.posts - post.rank, 0.0), 1.0) * phase.active
    if wanted == 0.0:
        if post.occupied > 0.0:
            _leave(world, post)
        return
    if post.occupied == 0.0:
        post.extent = wanted
    u, v = uniform_pair(world.key[0], POST, month, post.slot)
    fixed = math.isfinite(phase.end)
    if post.occupied > 0.0:
        rise = p.staffing_fixed_term_leaving * math.exp(-(phase.end - month) / TERM_NEAR) if fixed else 0.0
        post.tenure += 1.0
        if u < p.staffing_unit_turnover / MONTHS_A_YEAR * (1.0 + rise):
            _leave(world, post)
    elif v < hiring_chance(world, post.unit, fixed):
        newcomer = unit.newcomer_knowledge
        total = unit.filled + post.extent
        unit.knowledge = (unit.filled * unit.knowledge + post.extent * max(newcomer, TAUGHT * unit.knowledge)) / total
        unit.filled = total
        post.occupied = 1.0
        post.tenure = 0.0


@compiled
def hiring_chance(world: World, u: int, fixed: bool) -> float:
    """Return the monthly chance that a vacant post of unit u is filled: lower in tight budgets unless a duty by law."""
    p = world.parameters[0]
    mandate = 0.0
    for k in range(world.tasks.size):
        mandate = max(mandate, world.duties[u, k] * world.tasks[k].mandate)
    freeze = 0.0 if fixed else p.staffing_freeze * world.administration[0].tightness * (1.0 - mandate)
    appeal = p.staffing_fixed_term_appeal if fixed else 1.0
    return share((1.0 - freeze) * appeal / p.staffing_hiring_months)


@compiled
def _leave(world: World, post: Any) -> None:
    p = world.parameters[0]
    unit = world.units[post.unit]
    part = min(post.extent / max(unit.filled, TINY), 1.0)
    documents = p.staffing_document_share * world.administration[0].knowledge_management
    kept = 1.0 - (1.0 - unit.handover) * (1.0 - documents)
    loss = p.staffing_leaving_loss * part * (1.0 - kept)
    unit.knowledge *= 1.0 - loss
    unit.overview *= 1.0 - loss
    for d in range(world.departments.size):
        world.relations[d, post.unit].familiarity *= 1.0 - loss
    unit.filled = max(unit.filled - post.extent, 0.0)
    post.occupied = 0.0
    post.tenure = 0.0


@compiled
def _change_departments(world: World, month: int) -> None:
    p = world.parameters[0]
    administration = world.administration[0]
    documents = p.staffing_document_share * administration.knowledge_management
    rate = administration.turnover / MONTHS_A_YEAR
    newcomer = share(p.staffing_newcomer_knowledge
                     + p.staffing_experience_knowledge * administration.personnel_openness)  # fmt: skip
    filling = max(1.0 - p.staffing_freeze * administration.tightness, TINY)
    usual_filling = max(1.0 - p.staffing_freeze * administration.base_tightness, TINY)
    usual = 1.0 - min(administration.vacancy * usual_filling / filling, MOST_VACANT)
    for d in range(world.departments.size):
        department = world.departments[d]
        noise = p.staffing_vacancy_noise * normal(world.key[0], VACANCY, month, department.slot)
        back = p.staffing_vacancy_return * (usual - department.filled)
        department.filled = min(max(department.filled + back + noise, LEAST_FILLED), 1.0)
        change = rate * (1.0 - p.staffing_specialist_share)
        if uniform(world.key[0], SPECIALIST, month, department.slot) < rate:
            change += p.staffing_specialist_share
        change *= 1.0 - documents
        for k in range(world.tasks.size):
            stance = world.stances[d, k]
            stance.knowledge += change * (newcomer - stance.knowledge)
            stance.process_knowledge += change * (NEWCOMER_PROCESS * newcomer - stance.process_knowledge)
            stance.chain_knowledge += change * (0.0 - stance.chain_knowledge)
