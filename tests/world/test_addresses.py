"""The addresses of all draws of whole runs: none is used for two purposes, and none by two replicates or seeds."""

import itertools
import sys
from collections import defaultdict
from pathlib import Path

import numba
import numpy as np
import pytest

from qsim.comparison.worlds import twin_rows
from qsim.engine.prepare import Prepared
from qsim.files.kinds import packaged
from qsim.mechanisms import month as month_module
from qsim.runs.execution import simulate
from qsim.scenario.house import build_house
from qsim.scenario.loading import load_scenario
from qsim.world import blueprint, draws, initial, unknowns
from qsim.world.fill_calendar import OWN_SLOTS
from qsim.world.records import KEY_TYPE
from worlds import busy, city, in_ranges, open_world, plain, unit

KNOWN = dict(draws.DECISIONS)
"""The decisions of the package; rules of one's own that tests run later, in the same process, add theirs."""
LOW = 2**32 - 1
DRAWS = Path(draws.__file__)
SLOT, DECISION, REPLICATE = 0, 2, 3  # places in a counter

REUSED = {
    "outreach.occasion": "an occasion comes up in a department, whichever unit meets it",
    "outreach.request": "a department asks for a task, whoever hears it: each unit of the task looks at one draw",
    "calendar.knowledge": "whoever takes an office in a month is one person, however often the office changes in it",
    "leader.disposition": "the same",
}
"""Decisions that one run may draw twice at one address, on purpose."""


PHILOX = plain(draws.philox)


class Recorder:
    """Runs worlds as plain Python and notes, for every address (counter and key), the line that draws at it."""

    def __init__(self):
        self.drawn = defaultdict(list)

    def philox(self, *words):
        frame = sys._getframe(1)
        while Path(frame.f_code.co_filename) == DRAWS:
            frame = frame.f_back
        self.drawn[tuple(int(word) for word in words)].append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
        return PHILOX(*words)

    def run(self, scenario, months, seed=1, replicate=0, setting=None):
        """Build a world and run some months of it; return the addresses that were drawn in it, with their lines."""
        prepared = Prepared(scenario)  # lays a world out to measure it, which is no run
        before = self.drawn
        self.drawn = defaultdict(list)
        world = open_world(prepared.blueprint.world(seed, replicate, setting))
        rules = plain(month_module.month_rules)
        for month in range(scenario.start, scenario.start + months):
            rules(world, month, 0, len(month_module.MONTH))
        found, self.drawn = self.drawn, before
        return found


@pytest.fixture
def recorder(monkeypatch):
    """A recorder in the place of the random numbers; everything that draws runs as plain Python."""
    recorder = Recorder()
    monkeypatch.setitem(plain(draws.uniform_pair).__globals__, "philox", recorder.philox)
    if numba.config.DISABLE_JIT:  # then the functions of the package are the plain ones
        monkeypatch.setattr(draws, "philox", recorder.philox)
    monkeypatch.setattr(blueprint, "reference", open_world)
    monkeypatch.setattr(blueprint, "begin", plain(initial.begin))
    monkeypatch.setattr(unknowns, "draw_uniforms", plain(unknowns.draw_uniforms))
    return recorder


def name_of(address):
    """The name of the decision of an address."""
    return {number: name for name, number in draws.DECISIONS.items()}[address[DECISION]]


FIXED = [{"posts": 2, "start": "2013-01", "kind": "fixed", "duration_months": 27},
         {"posts": {"between": [0.5, 2.5]}, "start": "2015-06", "kind": "fixed", "duration_months": 4}]  # fmt: skip
"""Phases that end within a few months of the start, so that the city decides on them."""


def crowded(size=9, **parts):
    """A house with everything that draws: three tasks, units, groups, own offices, elections, re-cuts, unknowns."""
    tasks = [{"id": "integration", "kind": "integration", "need": {"between": [0.2, 0.9]}},
             {"id": "arrival", "kind": "integration"}, {"id": "heat", "kind": "climate_adaptation"},
             {"id": "clean_air", "kind": "other"}]  # fmt: skip
    return city(
        months=10,
        tasks=tasks,
        administration={"departments": size, "own_departments": [
            {"id": "own_office", "slot": 5007, "tasks": [{"kind": "integration", "relevance": 0.5}]},
            {"id": "last_office", "slot": 60000, "division": "central"}]},
        leaders=[{"id": "mayor", "kind": "mayor", "next_election": "2015-02", "reelection_share": 0, "term_months": 4},
                 {"id": "deputy", "kind": "deputy", "next_election": "2015-02"}],
        commissioners=[unit("one", tasks=["integration", "arrival"], funding=FIXED),
                       unit("two", tasks=["heat", "clean_air"], funding=FIXED, position="line_unit")],
        civil_society=[{"id": "clubs", "tasks": ["integration"]}],
        formats=[{"id": "network", "tasks": ["integration"], "owner": "one", "start": "2014-01", "interval_weeks": 4}],
        events=[{"kind": "recut", "date": "2015-03", "share": 0.4}, {"kind": "new_leader", "date": "2015-05",
                "leader": "head_central"}, {"kind": "shock", "date": "2015-04", "workload": 0.3, "tasks": ["heat"]}],
        parameters={"calendar": {"follow_rate": 0, "recut_rate": 0}, "learning": {"gate_rate": {"between": [0.1, 0.3]}}},
        **parts,
    )  # fmt: skip


def shared(found):
    """The decisions and lines of the addresses that were drawn more than once, or from several lines."""
    return {(name_of(address), *sorted(set(lines))) for address, lines in found.items() if len(lines) > 1}


@pytest.mark.parametrize(("size", "months"), [(9, 10), (43, 3)])
def test_a_run_draws_no_address_twice(recorder, size, months):
    """One unit a task, of everything else something: all decisions are drawn, each address once."""
    found = recorder.run(crowded(size), months)
    assert shared(found) == set()
    assert {address[4:] for address in found} == {(1, 0)}
    assert {address[REPLICATE] for address in found} == {0}
    if months == 10:
        assert {name_of(address) for address in found} == set(KNOWN)


def test_decisions_of_one_run_are_drawn_on_lines_of_their_own(recorder):
    """No decision serves two purposes: what draws under its name is one line, in one rule."""
    lines = defaultdict(set)
    for address, drawn in recorder.run(crowded(), 6).items():
        lines[name_of(address)] |= set(drawn)
    assert {name: where for name, where in lines.items() if len(where) > 1} == {}


def test_units_of_one_task_share_only_what_departments_decide(recorder):
    """Whom they turn to and whether a contact succeeds is each unit's own luck."""
    rivals = [unit("one"), unit("two", position="line_unit"), unit("three", position="section")]
    found = recorder.run(city(commissioners=rivals, months=18), 18)
    assert {name for name, *_ in shared(found)} == {"outreach.occasion", "outreach.request"} <= set(REUSED)
    assert {"outreach.notice", "outreach.order", "outreach.success"} <= {name_of(address) for address in found}


def test_an_office_that_changes_twice_in_a_month_goes_to_one_person(recorder):
    events = [{"kind": "new_leader", "date": "2015-02", "leader": "mayor"}] * 2
    found = recorder.run(city(events=events), 2)
    assert {name for name, *_ in shared(found)} == {"calendar.knowledge", "leader.disposition"} <= set(REUSED)


def test_replicates_and_seeds_share_no_address(recorder):
    """Also seeds that differ only in their upper half; what nobody knows hangs on the setting and not on the replicate."""
    runs = {run: set(recorder.run(busy(), 2, *run)) for run in itertools.product((1, 2, 1 + 2**32), (0, 1, 10**7))}
    assert len(set.union(*runs.values())) == sum(len(found) for found in runs.values())


def test_a_setting_shares_what_nobody_knows_and_no_luck(recorder):
    rows = twin_rows(2, 3)
    assert len({replicate for replicate, _ in rows}) == len(rows)
    runs = [(setting, set(recorder.run(busy(), 1, 1, replicate, setting))) for replicate, setting in rows]
    for (one, first), (other, second) in itertools.combinations(runs, 2):
        common = {(name_of(address), address[REPLICATE]) for address in first & second}
        assert common == ({("unknown", one)} if one == other else set())


@pytest.mark.parametrize("size", [10, 20, 40])
def test_one_more_department_draws_at_new_addresses_of_its_own(recorder, size):
    """All others draw where they drew before: in the initial state, and in a month without contacts."""
    scenarios = [city(administration={"departments": n}, rules={"off": ["outreach"]}) for n in (size, size + 1)]
    few, more = (set(recorder.run(scenario, 1)) for scenario in scenarios)
    newcomer = build_house(scenarios[1]).departments[size]
    holder = build_house(scenarios[0]).holders.get(newcomer.id)
    touched = {newcomer.slot} if holder is None else {newcomer.slot, build_house(scenarios[0]).departments[holder].slot}
    assert {address[SLOT] & 0xFFFF for address in more ^ few} <= touched
    assert {address[SLOT] & 0xFFFF for address in more - few} >= {newcomer.slot}


FILES = sorted(path for path in packaged("scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_nobody_shares_a_slot_in_the_scenarios_that_come_with_the_package(path):
    prepared = Prepared(in_ranges(load_scenario(path)))
    world = prepared.reference.template
    for name in ("departments", "tasks", "leaders", "units", "phases", "posts", "functions"):
        slots = getattr(world, name)["slot"]
        assert len(np.unique(slots)) == len(slots), name
        if name not in ("phases", "posts"):  # these draw alone, all others in pairs
            assert ((slots >= 0) & (slots < 2**16)).all(), name
    units, tasks = world.units["slot"], world.tasks["slot"]
    assert len({(8191 * u + k) % 65521 for u in units for k in tasks}) == len(units) * len(tasks)
    unknown = [draws.wide_slot(key) for key in prepared.blueprint.unknowns]
    assert len(set(unknown)) == len(unknown) > 100


def test_the_largest_administration_has_slots_of_its_own():
    """The copies of the catalogue stay below the slots that own departments have, and heads within sixteen bits."""
    own = [{"id": "own", "slot": 60000, "division": "centre_0"}]
    divisions = [{"id": f"centre_{i}", "departments": []} for i in range(30)]
    house = build_house(city(administration={"departments": 1000, "own_departments": own, "divisions": divisions}))
    slots = [department.slot for department in house.departments]
    assert len(set(slots)) == 1001
    assert sorted(slots)[-2] < OWN_SLOTS
    assert len({leader.slot for leader in house.leaders}) == 32
    assert max(leader.slot for leader in house.leaders) < 2**16


def test_every_address_within_the_ranges_is_a_counter_and_key_of_its_own(recorder):
    """Slots to 2^32 - 1, months of the years 0 and 1990 to 2100, replicates to 2^32 - 1, seeds of 64 bits."""
    slots = (0, 1, 2**16 - 1, 2**16, 2**31, 2**32 - 1)
    months = (0, 7, 12 * 1990, 12 * 2100 + 11)
    decisions = (0, *sorted(draws.DECISIONS.values())[:2], 2**32 - 1)
    replicates = (0, 1, 10**7, 2**32 - 1)
    seeds = (0, 1, 2**32 - 1, 2**32, 2**63, 2**64 - 1)
    key = np.zeros(1, KEY_TYPE).view(np.recarray)
    for address in itertools.product(seeds, replicates, decisions, months, slots):
        key["seed"], key["replicate"] = address[:2]
        plain(draws.uniform_pair)(key[0], *address[2:])
    words = itertools.product(slots, months, decisions, replicates, seeds)
    assert set(recorder.drawn) == {(*counter, seed & LOW, seed >> 32) for *counter, seed in words}
    assert all(len(lines) == 1 for lines in recorder.drawn.values())


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_that_is_no_key_is_an_error(seed):
    with pytest.raises(OverflowError):
        Prepared(city()).blueprint.world(seed, 0)


def test_a_replicate_that_is_no_word_is_an_error():
    with pytest.raises(ValueError, match="replicate"):
        simulate(city(months=1), replicates=[2**32])
