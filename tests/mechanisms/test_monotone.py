"""Monotone where a rule is monotone: one field raised in a world, one rule run, and what follows moves one way only.

Worlds are made wilder than runs make them: shares are drawn anew between 0 and 1. What is not listed is not monotone.
More hours may buy one costly contact instead of two cheap ones; a department that opens may leave the bound of
confidence of its peers; a tie to somebody who knows less dilutes those to others; a second format takes the time of those
who came to the first. So outreach has hours for all here, ties and openness of others stay, and there is one format.
"""

import functools

import numpy as np
import pytest

from qsim.scenario.values import month_text
from qsim.world.records import TABLES, World
from worlds import MONTHLY, START, city, parameter, run_months, run_rule, unit, world_of

pytestmark = pytest.mark.usefixtures("usual")

MONTH = START + 3
ROUNDING = 1e-12
"""Equal values may come out of other sums; shares are of order 1."""
WILD = {
    "stances": ("knowledge", "process_knowledge", "chain_knowledge", "openness", "commitment", "concreteness", "binding",
                "drafted", "considered", "practice", "routine", "backing", "blocking", "granted", "time", "gate",
                "decided", "friction", "ordered", "need", "base_need", "culture", "contact"),
    "relations": ("familiarity", "agreed"),
    "ties": ("strength", "agreed"),
    "units": ("knowledge", "overview", "recognition"),
    "support": ("attention",),
    "tasks": ("salience", "belief", "mean_practice", "pressure"),
    "groups": ("expertise", "engagement", "recognition", "base_pressure"),
    "administration": ("lessons", "tightness", "evaluation", "knowledge_management"),
    "departments": ("relief",),
}  # fmt: skip

UP, DOWN = 1.0, -1.0
RELATIONS = [
    ("calendar", "stances.base_need", {"stances.need": UP}),
    ("calendar", "stances.chain_knowledge", {"departments.shock": DOWN, "stances.own_shock": DOWN}),
    ("calendar", "tasks.pressure", {"tasks.salience": UP}),
    ("calendar", "strikes.exposure", {"stances.need": UP, "departments.shock": UP, "stances.own_shock": UP}),
    ("workload", "stances.own_shock", {"stances.time": UP}),
    ("calendar", "stances.binding", {"stances.binding": UP}),
    ("funding", "tasks.mean_practice", {"tasks.belief": UP}),
    ("funding", "tasks.base_need", {"tasks.belief": DOWN}),
    ("funding", "tasks.salience", {"phases.end": UP, "units.posts": UP}),
    ("funding", "tasks.belief", {"tasks.belief": UP, "phases.end": UP, "units.posts": UP}),
    ("funding", "support.support", {"phases.end": UP, "units.posts": UP}),
    ("funding", "administration.tightness", {"phases.end": DOWN, "units.posts": DOWN}),
    ("funding", "phases.own_share", {"phases.end": DOWN, "units.posts": DOWN}),
    ("funding", "tasks.mandate", {"phases.end": UP, "units.posts": UP}),
    ("funding", "phases.posts", {"units.posts": UP}),
    ("staffing", "administration.tightness", {"units.filled": DOWN, "departments.filled": DOWN}),
    ("staffing", "units.handover", {"units.knowledge": UP, "units.overview": UP, "relations.familiarity": UP}),
    ("staffing", "administration.turnover", {"stances.chain_knowledge": DOWN}),
    ("staffing", "administration.knowledge_management", {"stances.chain_knowledge": UP}),
    ("staffing", "administration.personnel_openness", {"stances.knowledge": UP, "stances.process_knowledge": UP}),
    ("staffing", "stances.knowledge", {"stances.knowledge": UP}),
    ("staffing", "administration.vacancy", {"departments.filled": DOWN}),
    ("workload", "departments.base_demand",
     {"departments.workload": UP, "stances.time": DOWN, "departments.task_hours": DOWN}),
    ("workload", "departments.shock",
     {"departments.workload": UP, "stances.time": DOWN, "departments.task_hours": DOWN}),
    ("workload", "departments.relief",
     {"departments.workload": DOWN, "stances.time": UP, "departments.task_hours": UP}),
    ("workload", "departments.filled", {"departments.workload": DOWN, "departments.hours": UP, "stances.time": UP}),
    ("workload", "departments.released", {"departments.workload": UP}),
    ("workload", "stances.practice", {"departments.task_work": UP, "departments.workload": UP, "stances.time": DOWN}),
    ("workload", "stances.routine", {"departments.task_work": DOWN, "departments.workload": DOWN, "stances.time": UP}),
    ("workload", "stances.granted", {"stances.time": UP, "departments.task_hours": UP}),
    ("leadership", "leaders.base_demands",
     {"support.attention": DOWN, "stances.backing": DOWN, "stances.blocking": DOWN, "relations.agreed": DOWN}),
    ("leadership", "departments.shock",
     {"support.attention": DOWN, "stances.backing": DOWN, "stances.blocking": DOWN, "relations.agreed": DOWN}),
    ("leadership", "support.support",
     {"support.support": UP, "stances.backing": UP, "stances.blocking": DOWN, "stances.granted": UP,
      "relations.agreed": UP}),
    ("leadership", "support.disposition", {"support.support": UP, "stances.backing": UP, "stances.blocking": DOWN}),
    ("leadership", "tasks.belief", {"support.support": UP, "stances.backing": UP, "stances.blocking": DOWN}),
    ("leadership", "tasks.salience", {"support.support": UP, "stances.backing": UP}),
    ("leadership", "units.recognition", {"support.support": UP, "stances.backing": UP, "relations.agreed": UP}),
    *(("leadership", name, {"stances.granted": UP})
      for name in ("stances.binding", "stances.commitment", "stances.concreteness")),
    ("leadership", "stances.arranged", {"stances.granted": UP, "ties.agreed": UP}),
    ("leadership", "leaders.knowledge", {"support.support": UP, "stances.backing": UP, "stances.blocking": DOWN}),
    ("leadership", "leaders.authority", {"stances.backing": UP, "stances.blocking": UP}),
    ("outreach", "stances.openness", {"stances.outreach": UP, "relations.familiarity": UP, "stances.reached": UP}),
    ("outreach", "stances.time", {"stances.outreach": UP, "relations.familiarity": UP}),
    ("outreach", "stances.backing", {"stances.outreach": UP, "relations.familiarity": UP}),
    ("outreach", "stances.blocking", {"stances.outreach": DOWN, "relations.familiarity": DOWN}),
    ("outreach", "units.recognition", {"stances.outreach": UP, "units.overview": UP}),
    ("outreach", "units.knowledge", {"stances.source": UP, "stances.process_source": UP}),
    ("outreach", "relations.agreed", {"units.spent": DOWN}),
    ("outreach", "units.mediation", {"units.spent": DOWN, "stances.outreach": UP, "relations.familiarity": UP}),
    ("outreach", "formats.coordination", {"units.spent": UP, "units.hours_needed": UP}),
    ("formats", "stances.openness",
     {"members.attendance": UP, "stances.exchange": UP, "relations.familiarity": UP, "ties.strength": UP}),
    ("formats", "stances.process_knowledge", {"stances.process_source": UP}),
    ("formats", "stances.time", {"members.attendance": UP, "stances.exchange": UP, "ties.agreed": UP}),
    ("formats", "stances.backing", {"members.attendance": UP, "stances.ordered": UP, "stances.drafted": UP}),
    ("formats", "formats.quality",
     {"members.attendance": UP, "stances.exchange": UP, "stances.gate": UP, "ties.strength": UP}),
    ("formats", "formats.served",
     {"members.attendance": UP, "stances.exchange": UP, "stances.gate": UP, "relations.familiarity": UP}),
    ("formats", "formats.check", {"stances.gate": UP}),
    ("formats", "formats.learn", {"stances.exchange": UP}),
    ("formats", "formats.decide", {"stances.decided": UP}),
    ("formats", "formats.draft", {"stances.drafted": UP}),
    ("formats", "formats.tie", {"ties.agreed": UP}),
    ("formats", "support.attention", {"stances.decided": UP, "tasks.issues": DOWN}),
    ("formats", "formats.relieve_posts", {"departments.relief": UP}),
    ("formats", "formats.release_posts", {"departments.released": UP}),
    ("learning", "stances.source", {"stances.knowledge": UP}),
    ("learning", "stances.process_source", {"stances.process_knowledge": UP}),
    ("learning", "stances.time", {"stances.knowledge": UP, "stances.process_knowledge": UP}),
    ("learning", "stances.openness", {"stances.knowledge": UP, "stances.process_knowledge": UP}),
    ("learning", "stances.routine",
     {"stances.knowledge": UP, "stances.process_knowledge": UP, "stances.chain_knowledge": UP}),
    ("learning", "stances.practice",
     {"stances.knowledge": UP, "stances.process_knowledge": UP, "stances.chain_knowledge": UP}),
    ("learning", "stances.knowledge", {"stances.process_knowledge": UP}),
    ("learning", "stances.gate", {"stances.process_knowledge": UP}),
    ("learning", "stances.considered", {"stances.process_knowledge": DOWN}),
    ("learning", "stances.decided", {"stances.process_knowledge": UP}),
    ("learning", "stances.exchange", {"stances.chain_knowledge": UP}),
    ("learning", "stances.chain_knowledge", {"stances.chain_knowledge": UP}),
    ("learning", "administration.knowledge_management",
     {"stances.knowledge": UP, "stances.process_knowledge": UP, "stances.chain_knowledge": UP}),
    ("openness", "stances.culture", {"stances.openness": UP}),
    ("openness", "stances.contact", {"stances.openness": UP}),
    ("openness", "stances.time", {"stances.openness": UP}),
    ("openness", "stances.outreach", {"stances.openness": UP}),
    ("openness", "departments.relief", {"stances.openness": UP}),
    ("openness", "departments.workload", {"stances.openness": DOWN}),
    ("openness", "stances.ordered", {"stances.openness": DOWN}),
    ("openness", "stances.friction", {"stances.openness": DOWN}),
    ("openness", "support.support", {"stances.openness": UP}),
    ("recognition", "units.hours", {"units.recognition": UP}),
    ("recognition", "units.hours_needed", {"units.recognition": DOWN}),
    ("recognition", "units.recognition", {"units.recognition": UP}),
    ("recognition", "support.support", {"units.recognition": UP}),
    ("recognition", "leaders.co_responsibility", {"units.recognition": UP}),
    ("recognition", "leaders.transparency", {"units.recognition": UP}),
    ("recognition", "leaders.knowledge", {"units.recognition": UP}),
    ("commitment", "stances.binding", {"stances.binding": UP}),
    ("commitment", "stances.decided", {"stances.binding": UP, "stances.arranged": UP}),
    ("commitment", "stances.drafted", {"stances.binding": UP, "stances.drafted": UP, "stances.arranged": UP}),
    ("commitment", "stances.half_life", {"stances.binding": UP, "stances.arranged": UP}),
    ("commitment", "concepts.ambition", {"stances.commitment": UP}),
    ("commitment", "concepts.concreteness", {"stances.concreteness": UP}),
    ("commitment", "concepts.council", {"stances.binding": UP, "stances.half_life": UP}),
    ("commitment", "tasks.mandate", {"stances.commitment": UP, "stances.binding": UP, "stances.concreteness": UP}),
    *(("practice", name, {"stances.target": UP, "stances.practice": UP, "stances.routine": UP, "stances.considered": UP})
      for name in ("stances.openness", "stances.backing", "stances.binding", "stances.commitment",
                   "stances.concreteness", "stances.knowledge", "stances.process_knowledge", "stances.time",
                   "stances.routine", "relations.familiarity", "units.knowledge", "ties.strength", "ties.agreed")),
    ("practice", "stances.blocking", {"stances.motivation": DOWN, "stances.target": DOWN, "stances.practice": DOWN}),
    ("practice", "stances.practice", {"stances.practice": UP, "stances.routine": UP, "stances.considered": UP}),
    ("practice", "stances.gate", {"stances.considered": UP, "stances.routine": UP}),
    ("practice", "stances.considered", {"stances.considered": UP}),
    ("practice", "stances.need", {"tasks.mean_gap": UP}),
    ("civil_society", "tasks.mean_practice",
     {"groups.recognition": UP, "groups.engagement": UP, "groups.pressure": UP, "tasks.pressure": UP}),
    ("civil_society", "groups.engagement", {"groups.engagement": UP, "groups.pressure": UP, "groups.warning": UP}),
    ("civil_society", "groups.asked", {"groups.workload": UP, "groups.engagement": DOWN, "groups.pressure": DOWN}),
    ("civil_society", "groups.expertise", {"groups.warning": UP, "units.overview": UP}),
    ("civil_society", "groups.hearing_right", {"groups.pressure": UP}),
    ("civil_society", "administration.evaluation", {"administration.lessons": UP}),
    ("civil_society", "administration.knowledge_management", {"administration.lessons": UP}),
    ("civil_society", "administration.reflection", {"administration.lessons": UP, "departments.spent": UP}),
    ("civil_society", "departments.workload", {"administration.reflection_held": DOWN, "administration.lessons": DOWN}),
]  # fmt: skip
"""Rule, the field that is raised, and the fields that follow: up or down, or stay, in every record."""


def start(replicate):
    """A world of one task in its fourth month, with something of everything, and twelve phases that end in this month."""
    fixed = {"posts": 1, "start": "2014-04", "kind": "fixed", "duration_months": 12, "own_share": 0.3}
    phases = [*[fixed] * 12, {"posts": 12, "start": "2014-04", "kind": "permanent"}]
    entry = {"id": "network", "tasks": ["integration"], "members": "relevant", "owner": "unit", "start": "2014-01",
             "interval_weeks": MONTHLY, "hours": 2.0, "coordination_hours": 8, "rank": "mixed", "voluntary": False,
             "channels": {"meet": 0.3, "learn": 0.4, "decide": 0.3, "draft": 0.4, "gate": 0.4, "tie": 0.5,
                          "relieve_posts": 1, "release_posts": 1}}  # fmt: skip
    shock = {
        "kind": "shock",
        "date": "2015-03",
        "tasks": ["integration"],
        "need": 0.2,
        "workload": 0.3,
        "salience": 0.1,
    }
    scenario = city(
        administration={"departments": 12, "hierarchy": 0.7, "evaluation": 0.5, "reflection": 0.001},
        commissioners=[unit(funding=phases)], formats=[entry], events=[shock],
        concepts=[{"id": "plan", "tasks": ["integration"], "adopted": month_text(MONTH), "ambition": 0.5,
                   "members": "contact"}],
        civil_society=[{"id": "clubs", "tasks": ["integration"], "volunteer_hours": 20}],
        leaders=[{"id": "mayor", "kind": "mayor", "demands": 1}],
    )  # fmt: skip
    world = world_of(scenario, replicate)
    run_months(world, MONTH - START)
    return wild(world, np.random.default_rng(replicate))


def wild(world, generator):
    """Draw shares anew; give everybody hours enough, and the unit staff enough to turn to every department."""
    for table, names in WILD.items():
        for name in names:
            array = getattr(world, table)
            array[name] = generator.uniform(0.0, 1.0, array.shape)
    world.stances["considered"] = np.maximum(world.stances["considered"], world.stances["practice"])
    world.stances["half_life"] = generator.uniform(1.0, 60.0, world.stances.shape)
    world.stances["outreach"], world.stances["exchange"] = generator.uniform(0.0, 12.0, (2, *world.stances.shape))
    world.stances["source"] = 0.5 * (world.stances["outreach"] + world.stances["exchange"])
    world.stances["process_source"] = 0.8 * world.stances["source"]
    world.support["support"] = generator.uniform(-1.0, 1.0, world.support.shape)
    world.departments["workload"] = generator.uniform(0.3, 2.0, world.departments.size)
    world.departments["hours"], world.departments["task_hours"] = 5000.0, 1000.0
    world.departments["spent"] = 0.0
    world.units["filled"] = 30.0
    world.units["hours"], world.units["hours_needed"] = 90.0, 120.0
    world.groups["asked"] = generator.uniform(0.0, 40.0, world.groups.size)
    world.groups["hearing_right"] = 0.0
    world.tasks["issues"], world.formats["served"] = 0.5, 0.6
    world.stances["arranged"] = generator.uniform(0.0, 1.0, world.stances.shape)
    world.stances["own_shock"] = generator.uniform(0.0, 0.005, world.stances.shape)
    return world


def copied(world):
    return World(*(array.copy() for array in world))


def column(world, name):
    table, field = name.split(".")
    return getattr(world, table)[field]


def raised(world, name, generator):
    """Return a copy in which the field of every record, or of one in three, is raised within its range."""
    table, field = name.split(".")
    high = next(entry.high for entry in TABLES[table] if entry.name == field)
    other = copied(world)
    values = column(other, name)
    everywhere = generator.random() < 0.5
    chosen = np.full(values.shape, True) if everywhere else generator.random(values.shape) < 1 / 3
    more = generator.uniform(0.0, 0.5 if high == 1.0 else 2.0, values.shape)
    values[chosen] = np.minimum(values[chosen] + more[chosen], high)
    return other


@functools.cache
def after(rule, replicate):
    """Return a world as it is before a rule, and after it."""
    world = start(replicate)
    if rule == "staffing":  # some posts are vacant, and people come and leave often enough to be seen
        world.posts["occupied"][::2] = 0.0
        parameter(world, staffing_unit_turnover=2.0, staffing_hiring_months=1.5)
    if rule == "outreach":  # it matters in some of the few contacts that fail
        parameter(world, outreach_mediation_weight=0.8, outreach_conflict_hours=10.0)
    other = copied(world)
    run_rule(other, rule, MONTH)
    return world, other


@pytest.mark.parametrize(("rule", "name", "follow"), RELATIONS, ids=[f"{r}-{n}" for r, n, _ in RELATIONS])
def test_what_follows_moves_one_way_only(rule, name, follow):
    """In every world, in every record; and in some world it does move."""
    moved = dict.fromkeys(follow, False)
    for replicate in range(10):
        generator = np.random.default_rng(1000 + replicate)
        before, one = after(rule, replicate)
        for _ in range(3):
            other = raised(before, name, generator)
            run_rule(other, rule, MONTH)
            for result, sign in follow.items():
                with np.errstate(invalid="ignore"):  # phases without an end
                    change = sign * (column(other, result) - column(one, result))
                change = np.nan_to_num(change, posinf=1.0, neginf=-1.0)
                assert (change >= -ROUNDING).all(), (result, change.min())
                moved[result] |= bool((change > 1e-9).any())
    assert all(moved.values()), moved
