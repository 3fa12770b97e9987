"""Minimally different worlds: one thing more, later, or run in another way, and only what must differ differs."""

import numba
import numpy as np
import pytest

from qsim.engine.model import Administration
from qsim.engine.prepare import prepare
from qsim.engine.rows import rows_of
from qsim.engine.user_rules import own_rule
from qsim.mechanisms.month import NAMES
from qsim.runs.execution import run_rows, simulate
from qsim.scenario.values import month_text
from qsim.world import draws
from worlds import START, busy, changed, city, run_month, run_months, run_rule, same_worlds, snapshot, unit, world_of

TASKS = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
MAYOR = {"id": "mayor", "kind": "mayor", "next_election": "2015-06", "term_months": 6}
"""A mayor who is elected often, so that heads are replaced and departments re-cut as well."""
PROJECT = [{"posts": 3, "start": "2015-02", "kind": "fixed", "duration_months": 24, "after": "end"}]
"""Posts that are filled and emptied within the run, whatever the city believes."""


@pytest.fixture(scope="module")
def many():
    return simulate(busy(), replications=40, seed=7, workers=1).output


def same_runs(one, other):
    """Whether two outputs hold the same runs, to the last bit."""
    names = ("series", "series_tasks", "outcomes")
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in names)


@pytest.mark.parametrize("more", [41, 80])
def test_more_replications_change_none(many, more):
    output = simulate(busy(), replications=more, seed=7, workers=1).output
    first = output._replace(series=output.series[:40], series_tasks=output.series_tasks[:40],
                            outcomes=output.outcomes[:40])  # fmt: skip
    assert same_runs(first, many)
    alone = simulate(busy(), replicates=[40], seed=7).output
    assert alone.series[0].tobytes() == output.series[40].tobytes()
    assert not any(np.array_equal(alone.series[0], run, equal_nan=True) for run in many.series)
    if more == 41:
        assert output.departments_sum == pytest.approx(many.departments_sum + alone.departments_sum, rel=1e-12)
        assert output.ledger == pytest.approx(many.ledger + alone.ledger, rel=1e-12)


@pytest.mark.parametrize("chunk", [1, 7, 39, 40, 64])
def test_another_chunk_size_changes_no_run(many, chunk):
    """Sums over runs are added chunk by chunk, so they may differ in the last digits."""
    parts = run_rows(prepare(busy(), True), rows_of(range(40)), 7, 2, chunk=chunk).output
    assert same_runs(parts, many)
    for one, other in zip(parts[3:], many[3:], strict=True):
        assert one == pytest.approx(other, rel=1e-12)


@pytest.mark.parametrize("workers", [2, 3, 8])
def test_another_number_of_workers_changes_nothing(many, workers):
    """Neither with chunks as they are, nor with six of them for up to eight workers, not even sums."""
    for one, other in zip(simulate(busy(), replications=40, seed=7, workers=workers).output, many, strict=True):
        assert one.tobytes() == other.tobytes()
    rows = [(r, r) for r in range(40)]
    alone, together = (run_rows(prepare(busy()), rows, 7, n, chunk=7).output for n in (1, workers))
    for one, other in zip(together, alone, strict=True):
        assert one.tobytes() == other.tobytes()


RENORMALISED = {"administration.staff", "departments.staff", "departments.hours", "departments.task_hours",
                "stances.weight", "tasks.mean_practice", "tasks.mean_gap"}  # fmt: skip
"""What one more department changes at the start for those it touches not: their part of the whole, and means over all."""


def neighbours(size):
    """Twin worlds of ``size`` departments and one more, and the indices of those that the newcomer touches not."""
    parts = {"tasks": TASKS, "leaders": [MAYOR], "commissioners": [unit(), unit("project", funding=PROJECT)],
             "events": [{"kind": "recut", "date": "2015-09", "share": 0.5}]}  # fmt: skip
    small, large = (prepare(city(**parts, administration={"departments": n})) for n in (size, size + 1))
    newcomer = large.house.departments[size]
    first, _, number = newcomer.id.rpartition("_")
    original = first if number.isdigit() else newcomer.id
    holder = small.house.holders[original]  # in the smaller house it has the newcomer's work or acquaintances
    kept = [d for d in range(size) if d != holder]
    return small.blueprint.world(1, 0), large.blueprint.world(1, 0), kept


def kept_snapshot(world, kept):
    """The fields of all that stands in both houses, without departments that the newcomer touches."""
    fields = {name: values for name, values in snapshot(world).items()
              if name.split(".")[0] not in ("ties", "links", "chains")}  # fmt: skip
    return {name: values[kept] if name.split(".")[0] in ("departments", "stances", "relations") else values
            for name, values in fields.items()}  # fmt: skip


@pytest.mark.parametrize("size", [10, 20, 39, 40, 50, 80])
def test_one_more_department_only_renormalises_the_others_at_the_start(size):
    """All draws of the others are the same bits; staff, hours and weights change by one factor for everybody."""
    one, other, kept = neighbours(size)
    assert list(one.departments["slot"]) == list(other.departments["slot"][:size])
    assert changed(kept_snapshot(one, kept), kept_snapshot(other, kept)) == RENORMALISED
    for name in ("staff", "hours", "task_hours"):
        parts = other.departments[name][kept] / one.departments[name][kept]
        assert parts == pytest.approx(parts[0], rel=1e-12), name
    for k in range(len(TASKS)):
        concerned = [d for d in kept if one.stances["weight"][d, k] > 0.0]
        weights = other.stances["weight"][concerned, k] / one.stances["weight"][concerned, k]
        assert weights == pytest.approx(weights[0], rel=1e-12)


def ties_among(world, kept):
    first = world.tie_first
    return {(d, int(tie["department"]), float(tie["strength"]))
            for d in kept for tie in world.ties[first[d] : first[d + 1]] if int(tie["department"]) in kept}  # fmt: skip


@pytest.mark.parametrize("size", [10, 20, 39, 40, 50, 78, 80])
def test_one_more_department_leaves_the_ties_among_the_others(size):
    one, other, kept = neighbours(size)
    assert ties_among(one, kept) == ties_among(other, kept) != set()


@pytest.mark.parametrize("size", [10, 20, 40])
def test_one_more_department_meets_the_same_luck_later(size):
    """With all rules running, the others' swings, vacancies, re-cuts, elections and posts go on alike, bit for bit."""
    one, other, _ = neighbours(size)
    start, moved = snapshot(one), set()
    for month in range(START, START + 36):
        run_month(one, month)
        run_month(other, month)
        now, beside = snapshot(one), snapshot(other)
        for name in LUCK:
            assert now[name].tobytes() == beside[name][: len(now[name])].tobytes(), (name, month)
        moved |= changed(start, now)
    assert moved >= set(LUCK)


LUCK = ("departments.noise", "departments.filled", "departments.division", "posts.occupied", "posts.tenure",
        "leaders.knowledge", "leaders.next_election", "support.disposition")  # fmt: skip
"""Fields that follow from luck and what the scenario says, whatever departments do."""


HEAD = {"stances.binding", "stances.arranged", "relations.agreed", "ties.agreed"}
"""What a new head and a re-cut loosen."""
EVENTS = {
    "shock": ({"tasks": ["integration"], "departments": ["youth"], "need": 0.2, "workload": 0.2, "salience": 0.2},
              "calendar", {"stances.need", "stances.own_shock", "departments.shock", "tasks.salience"}),
    "new_leader": ({"leader": "mayor"}, "calendar",
                   HEAD | {"leaders.knowledge", "support.disposition", "support.support", "administration.mayor_since"}),
    "election": ({"leader": "mayor", "reelection_share": 1}, "calendar", set()),
    "recut": ({"departments": ["youth"], "division": "central"}, "calendar", HEAD | {"departments.division"}),
    "budget_crisis": ({"tightness": 0.3}, "calendar", {"administration.tightness"}),
    "unit_move": ({"commissioner": "unit", "position": "section"}, "calendar",
                  {"relations.agreed", "units.level", "units.leader", "units.division", "units.department"}),
    "mandate": ({"task": "integration"}, "calendar", {"tasks.mandate"}),
    "council_decision": ({"tasks": ["integration"]}, "commitment", {"stances.binding"}),
}  # fmt: skip
"""One event of each kind, the rule that acts on it, and the fields that differ when this rule has run."""


def twins(event, months=96):
    """A world with an early shock, and its twin with one event more."""
    early = {"kind": "shock", "date": month_text(START + 6), "workload": 0.3, "need": 0.2, "tasks": ["integration"]}
    return [world_of(busy(months=months, events=events)) for events in ([early], [early, event])]


def set_apart(world):
    """The bytes of all arrays but those that list the events."""
    return {name: array.tobytes() for name, array in world._asdict().items() if name not in LISTS}


LISTS = ("events", "event_tasks", "strikes")


@pytest.mark.parametrize("kind", sorted(EVENTS))
def test_one_later_event_changes_only_what_it_is_about(kind):
    """Equal to the last bit through month 59, counted from 0; then one rule changes the event's fields and no other."""
    parts, acting, fields = EVENTS[kind]
    calm, struck = twins({"kind": kind, "date": month_text(START + 60), **parts})
    for month in range(START, START + 60):
        run_month(calm, month)
        run_month(struck, month)
        assert set_apart(calm) == set_apart(struck), month
    for name in NAMES[: NAMES.index(acting)]:
        run_rule(calm, name, START + 60)
        run_rule(struck, name, START + 60)
        assert set_apart(calm) == set_apart(struck), name
    run_rule(calm, acting, START + 60)
    run_rule(struck, acting, START + 60)
    one, other = ({name: values for name, values in snapshot(world).items() if name.split(".")[0] not in LISTS}
                  for world in (calm, struck))  # fmt: skip
    assert changed(one, other) == fields


@pytest.mark.parametrize("name", ["stances.need", "departments.shock"])
def test_a_shock_in_one_department_leaves_all_others(name):
    parts, _, _ = EVENTS["shock"]
    worlds = twins({"kind": "shock", "date": month_text(START + 20), **parts})
    for world in worlds:
        run_months(world, 20)
        run_rule(world, "calendar", START + 20)
    one, other = (snapshot(world)[name].reshape(10, -1) for world in worlds)
    youth = prepare(busy()).house.department_index("youth")
    assert list(np.flatnonzero((one != other).any(axis=1))) == [youth]


def test_a_later_date_of_an_event_changes_nothing_before_the_earlier():
    dates = [month_text(START + month) for month in (12, 18)]
    early, late = (world_of(busy(events=[{"kind": "recut", "date": date, "share": 0.5}])) for date in dates)
    for month in range(START, START + 12):
        run_month(early, month)
        run_month(late, month)
        assert set_apart(early) == set_apart(late), month
    run_rule(early, "calendar", START + 12)
    run_rule(late, "calendar", START + 12)
    assert "departments.division" in changed(snapshot(early), snapshot(late))


def own_draw(number):
    """A compiled rule that draws for every department; it leaves the draws where rules write before they read."""

    @numba.njit
    def draw(world, month):
        for d in range(world.departments.size):
            world.scratch[d, 1] = draws.uniform(world.key[0], number, month, world.departments[d].slot)

    return draw


@pytest.mark.parametrize("name", ["own.weather", "staffing.vacancy"])
def test_one_more_decision_changes_no_bit(name, monkeypatch):
    """Draws have addresses and are not consumed: a rule may draw under a name of its own, or of another rule."""
    monkeypatch.setattr(draws, "DECISIONS", dict(draws.DECISIONS))
    seen = []
    rules = [own_rule(own_draw(draws.decision(name)), before="staffing", name="draw"),
             own_rule(lambda model: seen.append(model.world.scratch[:, 1].copy()), before="staffing")]  # fmt: skip
    alone, beside = (Administration(busy(), rng=3, rules=given) for given in ((), rules))
    for _ in range(24):
        alone.step()
        beside.step()
        assert same_worlds(alone.world, beside.world)
    assert len(np.unique(seen)) == 24 * 10


def test_a_rule_that_touches_one_field_changes_only_that_at_first():
    """Only one department's knowledge, once; what follows from it differs later, but nobody's luck does."""
    youth = prepare(busy()).house.department_index("youth")
    found = []

    def teach(model):
        if model.month == START + 12:
            model.world.stances["knowledge"][youth, 0] += 0.1

    look = own_rule(lambda model: found.append(snapshot(model.world)), after="learning", name="look")
    models = [Administration(busy(), rng=3, rules=[*given, look])
              for given in ((), (own_rule(teach, after="learning"),))]  # fmt: skip
    for month in range(24):
        for model in models:
            model.step()
        one, other = found[-2:]
        if month < 12:
            assert same_worlds(models[0].world, models[1].world), month
        if month == 12:
            assert changed(one, other) == {"stances.knowledge"}
            assert list(np.flatnonzero(one["stances.knowledge"] != other["stances.knowledge"])) == [youth]
        for name in ("departments.noise", "departments.filled", "departments.division", "posts.occupied"):
            assert np.array_equal(one[name], other[name]), (name, month)
    assert "stances.practice" in changed(one, other)


def test_a_rule_that_does_nothing_changes_no_bit_of_the_world():
    nothing = [own_rule(lambda model: None, before=name, name=name) for name in NAMES]
    alone, beside = (Administration(busy(), rng=3, rules=rules) for rules in ((), nothing))
    for _ in range(24):
        alone.step()
        beside.step()
        assert same_worlds(alone.world, beside.world)
