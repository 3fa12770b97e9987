"""From a scenario to worlds: what nobody knows is drawn by its key and put exactly where it belongs."""

import copy
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.engine.overrides import all_parameters
from qsim.engine.prepare import prepare
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_text
from qsim.world.records import World
from qsim.world.unknowns import drawn_value, find_unknowns
from worlds import changed, city, in_ranges, same_worlds, snapshot, unit, world_of

RICH = city(
    administration={
        "departments": 12,
        "own_departments": [
            {"id": "bureau", "slot": 5001, "staff_weight": 1.5, "workload": 0.9,
             "tasks": [{"kind": "integration", "relevance": 0.5, "contact": 0.5, "exposure": 0.5}]},
        ],
    },
    tasks=[{"id": "integration", "kind": "integration"}],
    leaders=[{"id": "mayor", "kind": "mayor"}],
    commissioners=[unit(funding=[{"posts": 2, "start": "2014-01", "kind": "fixed", "duration_months": 36}])],
    formats=[{"id": "network", "tasks": ["integration"], "owner": "unit", "start": "2014-06", "end": "2019-01"}],
    concepts=[{"id": "concept", "tasks": ["integration"], "adopted": "2015-06"}],
    civil_society=[{"id": "clubs", "tasks": ["integration"], "start": "2014-01", "end": "2019-01"}],
    chains=[{"id": "own", "kind": "integration", "departments": ["bureau", "schools"], "weight": 2}],
    events=[
        {"kind": "shock", "date": "2015-03", "tasks": ["integration"]},
        {"kind": "election", "date": "2015-04"},
        {"kind": "new_leader", "date": "2015-05", "leader": "mayor", "support": 0.1},
        {"kind": "recut", "date": "2015-06"},
        {"kind": "budget_crisis", "date": "2015-07"},
        {"kind": "council_decision", "date": "2015-08", "tasks": ["integration"]},
    ],
).model_dump(mode="json", exclude_none=True)  # fmt: skip

MONTHS = ["2015-09", "2015-12"]
NUMBERS = {
    "administration.hierarchy": ("administration.hierarchy", [0.2, 0.8]),
    "administration.communication_culture": ("administration.culture", [0.2, 0.8]),
    "administration.closed_share": ("administration.closed_share", [0.2, 0.8]),
    "administration.workload": ("administration.workload", [0.8, 1.2]),
    "administration.vacancy_share": ("administration.vacancy", [0.2, 0.8]),
    "administration.turnover_per_year": ("administration.turnover", [0.2, 0.8]),
    "administration.personnel_openness": ("administration.personnel_openness", [0.2, 0.8]),
    "administration.budget_tightness": ("administration.base_tightness", [0.2, 0.8]),
    "administration.evaluation": ("administration.evaluation", [0.3, 0.8]),
    "administration.knowledge_management": ("administration.knowledge_management", [0.3, 0.8]),
    "administration.reflection": ("administration.reflection", [0.05, 0.15]),
    "administration.staff": ("administration.staff", [500, 900]),
    "administration.own_departments[0].staff_weight": ("departments.staff", [0.5, 4]),
    "administration.own_departments[0].workload": ("departments.base_demand", [1.1, 1.9]),
    "administration.own_departments[0].tasks[0].relevance": ("stances.relevance", [0.3, 0.45]),
    "administration.own_departments[0].tasks[0].contact": ("stances.contact", [0.35, 0.45]),
    "administration.own_departments[0].tasks[0].exposure": ("stances.exposure", [0.1, 0.4]),
    "tasks[0].need": ("tasks.base_need", [0.2, 0.5]),
    "tasks[0].salience": ("tasks.base_salience", [0.4, 0.8]),
    "tasks[0].knowledge": ("tasks.knowledge", [0.4, 0.8]),
    "tasks[0].process_knowledge": ("tasks.process_knowledge", [0.4, 0.8]),
    "tasks[0].practice": ("tasks.practice", [0.4, 0.8]),
    "leaders[0].support": ("support.support", [0.4, 0.8]),
    "leaders[0].demands": ("leaders.base_demands", [8, 12]),
    "leaders[0].knowledge": ("leaders.knowledge", [0.8, 0.9]),
    "leaders[0].co_responsibility": ("leaders.co_responsibility", [0.6, 0.8]),
    "leaders[0].transparency": ("leaders.transparency", [0.6, 0.8]),
    "leaders[0].authority": ("leaders.authority", [0.6, 0.8]),
    "leaders[0].term_months": ("leaders.term", [40, 80]),
    "leaders[0].next_election": ("leaders.next_election", MONTHS),
    "leaders[0].reelection_share": ("leaders.reelection", [0.1, 0.4]),
    "commissioners[0].knowledge": ("units.newcomer_knowledge", [0.1, 0.4]),
    "commissioners[0].mediation": ("units.mediation", [0.1, 0.4]),
    "commissioners[0].overview": ("units.base_overview", [0.4, 0.8]),
    "commissioners[0].handover": ("units.handover", [0.4, 0.8]),
    "commissioners[0].recognition": ("units.recognition", [0.5, 0.8]),
    "commissioners[0].coordination": ("units.coordination", [0.1, 0.4]),
    "commissioners[0].funding[0].start": ("phases.start", MONTHS),
    "commissioners[0].funding[0].duration_months": ("phases.duration", [20, 30]),
    "commissioners[0].funding[0].own_share": ("phases.own_share", [0.3, 0.9]),
    "formats[0].start": ("formats.start", MONTHS),
    "formats[0].end": ("formats.end", ["2017-01", "2018-06"]),
    "formats[0].interval_weeks": ("formats.interval", [2, 6]),
    "formats[0].hours": ("formats.duration", [3, 6]),
    "formats[0].coordination_hours": ("formats.coordination", [10, 20]),
    "formats[0].quality": ("formats.quality", [0.1, 0.4]),
    "formats[0].source_knowledge": ("formats.source_knowledge", [0.1, 0.4]),
    **{f"formats[0].channels.{name}": (f"formats.{field}", [0.1, 0.4])
       for name, field in (("meet", "meet"), ("learn", "learn"), ("decide", "decide"), ("draft", "draft"),
                           ("gate", "check"), ("tie", "tie"), ("relieve_posts", "relieve_posts"),
                           ("release_posts", "release_posts"))},
    "concepts[0].adopted": ("concepts.adopted", MONTHS),
    "concepts[0].ambition": ("concepts.ambition", [0.1, 0.4]),
    "concepts[0].concreteness": ("concepts.concreteness", [0.1, 0.4]),
    "civil_society[0].start": ("groups.start", MONTHS),
    "civil_society[0].end": ("groups.end", ["2017-01", "2018-06"]),
    "civil_society[0].expertise": ("groups.expertise", [0.1, 0.4]),
    "civil_society[0].engagement": ("groups.base_engagement", [0.1, 0.4]),
    "civil_society[0].volunteer_hours": ("groups.volunteer_hours", [10, 30]),
    "civil_society[0].recognition": ("groups.recognition", [0.5, 0.8]),
    "civil_society[0].pressure": ("groups.base_pressure", [0.5, 0.8]),
    "chains[0].weight": ("chains.weight", [5, 9]),
    "events[0].date": ("events.date", MONTHS),
    "events[0].need": ("events.need", [0.1, 0.4]),
    "events[0].workload": ("events.workload", [0.1, 0.4]),
    "events[0].salience": ("events.salience", [0.1, 0.4]),
    "events[0].need_half_life_months": ("events.need_half_life", [10, 40]),
    "events[0].workload_half_life_months": ("events.workload_half_life", [20, 40]),
    "events[0].salience_half_life_months": ("events.salience_half_life", [20, 40]),
    "events[1].reelection_share": ("events.value", [0.1, 0.4]),
    "events[2].support": ("events.value", [0.2, 0.4]),
    "events[3].share": ("events.value", [0.4, 0.8]),
    "events[4].tightness": ("events.value", [0.4, 0.8]),
    "events[4].half_life_months": ("events.need_half_life", [5, 10]),
    "events[5].strength": ("events.value", [0.6, 0.8]),
}  # fmt: skip
"""Every number a scenario may leave unknown: the field it ends up in, and a range that leaves out the known value."""

DERIVED = {"administration.staff", "departments.staff", "departments.base_demand"}
"""What is computed from the stated value while the world starts, so that the field holds something else."""


def put(data, key, value):
    """Set the value of a key such as ``events[0].date`` in nested dictionaries and lists."""
    *path, last = key.replace("[", ".[").split(".")
    for part in path:
        data = data[int(part[1:-1])] if part.startswith("[") else data.setdefault(part, {})
    data[last] = value


def with_value(key, value):
    data = copy.deepcopy(RICH)
    put(data, key, value)
    return Scenario.model_validate(data)


@pytest.mark.parametrize("key", NUMBERS)
def test_an_unknown_number_is_the_drawn_one_in_its_field_and_nowhere_else(key):
    """The world with the unknown equals, bit for bit, the world in which the drawn number is known."""
    name, ends = NUMBERS[key]
    table, field = name.split(".")
    scenario = with_value(key, {"between": ends})
    ((found, unknown),) = find_unknowns(scenario)
    low, high = unknown.between
    seen = set()
    for replicate in range(3):
        plan, draws = prepare(scenario).blueprint.plan(1, replicate)
        whole = plan.patches[0][-1]
        value = drawn_value(unknown, draws[found], whole)
        assert low <= value <= high
        assert whole == isinstance(ends[0], str)
        written = month_text(value) if whole else value
        known, drawn = world_of(with_value(key, written), replicate), world_of(scenario, replicate)
        assert same_worlds(known, drawn), changed(snapshot(known), snapshot(drawn))
        if name not in DERIVED and key != "commissioners[0].recognition":
            assert np.isclose(getattr(drawn, table)[field], value, rtol=1e-12, atol=0.0).any()
        assert not same_worlds(drawn, world_of(Scenario.model_validate(RICH), replicate))
        seen.add(value)
    assert len(seen) > 1


def test_posts_that_are_unknown_have_room_for_the_most():
    funding = [{"posts": {"between": [0.5, 3.5]}, "start": "2014-01", "kind": "permanent"}]
    scenario = city(commissioners=[unit(funding=funding)])
    for replicate in range(5):
        world = world_of(scenario, replicate)
        assert world.posts.size == 4
        posts = world.phases["posts"][0]
        assert 0.5 < posts < 3.5
        assert world.posts["occupied"].sum() == np.ceil(posts)


def test_one_of_some_numbers():
    scenario = city(tasks=[{"id": "integration", "kind": "integration", "need": {"one_of": [0.2, 0.5, 0.9]}}])
    needs = [world_of(scenario, replicate).tasks["base_need"][0] for replicate in range(60)]
    assert set(needs) == {0.2, 0.5, 0.9}
    assert all(needs.count(need) >= 8 for need in set(needs))


def test_months_within_a_range_are_equally_likely():
    scenario = city(events=[{"kind": "mandate", "task": "integration", "date": {"between": ["2015-03", "2015-06"]}}])
    dates = [int(world_of(scenario, replicate).events["date"][0]) for replicate in range(200)]
    assert set(dates) == set(range(12 * 2015 + 2, 12 * 2015 + 6))
    assert all(30 <= dates.count(date) <= 70 for date in set(dates))


def test_an_unknown_size_is_a_house_of_each_size():
    scenario = city(administration={"departments": {"between": [8, 10]}})
    sizes = [world_of(scenario, replicate).departments.size for replicate in range(40)]
    assert set(sizes) == {8, 9, 10}
    for replicate, size in enumerate(sizes[:5]):
        known = world_of(city(administration={"departments": size}), replicate)
        assert same_worlds(known, world_of(scenario, replicate))


def test_an_unknown_position_is_each_of_them():
    scenario = city(commissioners=[unit(position={"one_of": ["staff_unit", "section", "deputy_mayor"]})])
    found = {int(world_of(scenario, r).units["level"][0]) * 10 + int(world_of(scenario, r).units["leader"][0] == 1)
             for r in range(30)}  # fmt: skip
    assert found == {10, 11, 30}
    for replicate in range(5):
        world = world_of(scenario, replicate)
        level, leader = world.units["level"][0], world.units["leader"][0]
        position = "section" if level == 3 else "deputy_mayor" if leader == 1 else "staff_unit"
        assert same_worlds(world, world_of(city(commissioners=[unit(position=position)]), replicate))


def test_structures_are_laid_out_once():
    prepared = prepare(city(administration={"departments": {"between": [8, 9]}}))
    for replicate in range(20):
        prepared.blueprint.world(1, replicate)
    assert prepared.blueprint._plans.of.cache_info().misses == 2


def test_worlds_share_no_memory():
    blueprint = prepare(city()).blueprint
    one, other = blueprint.world(1, 0), blueprint.world(1, 0)
    template = blueprint.plan(1, 0)[0].template
    for name, a, b, c in zip(World._fields, one, other, template, strict=True):
        assert not np.shares_memory(a, b), name
        assert not np.shares_memory(a, c), name
    one.stances["practice"] = 0.77
    assert same_worlds(blueprint.world(1, 0), other)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), min_size=1, max_size=12), st.integers(0, 2**64 - 1))
def test_runs_that_start_together_start_as_each_by_itself(rows, seed):
    """With open numbers, an open parameter and an open structure, on which hangs which runs start together."""
    scenario = city(
        administration={"departments": {"one_of": [4, 6]}, "hierarchy": {"between": [0.2, 0.8]}},
        parameters={"practice": {"up": {"between": [0.01, 0.1]}}},
    )
    blueprint = prepare(scenario, plausible=True).blueprint
    starts = list(blueprint.starts(seed, rows))
    worlds = [start.world(run) for start in starts for run in range(len(start.words))]
    assert len(worlds) == len(rows)
    for world, row in zip(worlds, rows, strict=True):
        assert same_worlds(world, blueprint.world(seed, *row))
    assert all(one.plan is not other.plan for one, other in itertools.pairwise(starts))


def test_runs_in_one_memory_are_those_of_new_worlds():
    """What one run leaves in the memory that the next one begins in changes nothing in it, whatever came before."""
    prepared = prepare(Scenario.model_validate(RICH))
    rows = [(3, 3), (1, 1), (3, 3)]
    together = prepared.run(1, rows)
    assert together.series[0].tobytes() == together.series[2].tobytes() != together.series[1].tobytes()
    for place, row in enumerate(rows):
        assert prepared.run(1, [row]).series[0].tobytes() == together.series[place].tobytes()


def test_a_world_knows_its_address():
    world = prepare(city()).blueprint.world(2**64 - 1, 17, 4)
    assert int(world.key["seed"][0]) == 2**64 - 1
    assert int(world.key["replicate"][0]) == 17
    assert int(world.key["setting"][0]) == 4
    assert int(world.key["start"][0]) == 12 * 2015


def test_open_parameters_are_drawn_in_their_ranges():
    drawn = [world_of(in_ranges(city()), r).parameters for r in range(20)]
    for name, p in all_parameters().items():
        values = [record[name][0] for record in drawn]
        assert all(p.low <= value <= p.high for value in values), name
        assert len(set(values)) == 20, name


def test_a_value_is_stated_for_what_is_unknown_or_a_parameter_and_nothing_else():
    blueprint = prepare(
        city(tasks=[{"id": "integration", "kind": "integration", "need": {"between": [0.2, 0.5]}}])
    ).blueprint
    stated = blueprint.at({"tasks[integration].need": 0.3, "parameters.practice.up": 0.1})
    assert float(stated.world(1, 0).parameters["practice_up"][0]) == 0.1
    assert float(stated.at({"tasks[integration].need": 0.4}).world(1, 0).tasks["base_need"][0]) == 0.4
    for key in ("tasks[0].knowledge", "task[0].need", "parameters.practice.upp"):
        with pytest.raises(ValueError, match=r"practice_upp|neither a parameter nor unknown"):
            stated.at({key: 0.3})
