"""What holds in every month of every administration, whatever the scenario: found by Hypothesis."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.engine import run
from qsim.engine.measures import COLUMN, SERIES, TASK_SERIES
from qsim.engine.prepare import prepare
from qsim.mechanisms import month as month_module
from qsim.world.flows import TASK
from qsim.world.records import TABLES, World
from strategies import scenarios
from worlds import changed, open_world, plain, run_month, run_rule, snapshot

MAY_BE_MISSING = {"events.value"}
"""Fields in which NaN is the absence of a value."""
ROUNDING = 1e-9
SIZE = next(field.name for field in TABLES["posts"] if field.unit == "posts")
FLOWS = {
    f"stances.{name}"
    for name in (
        "outreach",
        "exchange",
        "source",
        "peer_hours",
        "peer_openness",
        "gate",
        "decided",
        "friction",
        "ordered",
    )
}
"""Fields that are set to zero when a month begins, before its first rule."""


def start(scenario, plausible=False, replicate=0):
    return prepare(scenario, plausible).blueprint.world(1, replicate)


def months_of(scenario):
    return range(scenario.start, scenario.start + scenario.months)


def fields_stay_in_their_ranges(world):
    for table, fields in TABLES.items():
        for field in fields:
            values = np.asarray(getattr(world, table)[field.name], dtype=float)
            name = f"{table}.{field.name}"
            missing = np.isnan(values)
            assert not missing.any() or name in MAY_BE_MISSING, name
            outside = (values < field.low - ROUNDING) | (values > field.high + ROUNDING)
            assert not outside.any(), (name, values[outside])


def nobody_spends_more_hours_than_there_are(world):
    departments, units = world.departments, world.units
    assert (departments["spent"] <= departments["hours"] * (1 + ROUNDING)).all()
    assert (units["spent"] <= units["hours"] * (1 + ROUNDING) + ROUNDING).all()
    assert (world.ledger >= 0.0).all()


def the_ledger_books_what_was_spent(world):
    """What rules take from a month stands in the ledger; departments' own work on the task comes on top."""
    count = world.departments.size
    booked = np.delete(world.ledger, TASK, axis=1).sum(axis=1)
    assert booked[:count] == pytest.approx(world.departments["spent"], abs=1e-6)
    assert booked[count : count + world.units.size] == pytest.approx(world.units["spent"], abs=1e-6)


def nobody_is_reached_by_an_unfilled_post(world):
    """A month in which no unit of a task has anybody brings no contact for this task, and costs no unit hours."""
    staffed = world.duties.T @ (world.units["filled"] > 0.0) if world.units.size else np.zeros(world.tasks.size)
    assert (world.stances["outreach"][:, staffed == 0.0] == 0.0).all()
    empty = world.units["filled"] == 0.0
    assert (world.units["spent"][empty] == 0.0).all()
    assert (world.units["hours"][empty] == 0.0).all()


def filled_posts_are_funded(world):
    filled = np.zeros(world.units.size)
    np.add.at(filled, world.posts["unit"], world.posts["occupied"] * world.posts[SIZE])
    assert world.units["filled"] == pytest.approx(filled, abs=1e-9)
    assert (world.units["filled"] <= world.units["posts"] + 1e-9).all()


def what_is_done_is_considered(world):
    assert (world.stances["practice"] <= world.stances["considered"]).all()


def ties_have_two_ends(world):
    """Ties are neighbour lists of the departments; whoever knows somebody is known, and nobody knows itself."""
    first = world.tie_first
    ends = [
        (d, int(world.ties["department"][j]))
        for d in range(world.departments.size)
        for j in range(first[d], first[d + 1])
    ]
    assert len(set(ends)) == len(ends)
    assert {(b, a) for a, b in ends} == set(ends)
    assert all(a != b for a, b in ends)


CHECKS = (
    fields_stay_in_their_ranges,
    nobody_spends_more_hours_than_there_are,
    the_ledger_books_what_was_spent,
    nobody_is_reached_by_an_unfilled_post,
    filled_posts_are_funded,
    what_is_done_is_considered,
    ties_have_two_ends,
)


def columns(start_of_name):
    return [i for i, m in enumerate(TASK_SERIES) if m.name.startswith(start_of_name)]


SHARES = [i for i, m in enumerate(SERIES) if m.unit == "share"]


class Measured:
    """The measures of a month of a world, and what holds among them."""

    def __init__(self, world):
        self.world = world
        tasks, departments = world.tasks.size, world.departments.size
        self.row, self.rows = np.empty(len(SERIES)), np.empty((tasks, len(TASK_SERIES)))
        self.sums, self.squares = np.zeros((departments, tasks, 12)), np.zeros((departments, tasks))

    def check(self, month):
        """Gap minus practice without paper is promise minus practice; shares sum to 1; no paper has no relative gap."""
        run.measure(self.world, month, self.row, self.rows, self.sums, self.squares)
        rows = self.rows
        gap, without = rows[:, COLUMN["implementation_gap"]], rows[:, COLUMN["practice_without_paper"]]
        promise, practice = rows[:, COLUMN["commitment"]], rows[:, COLUMN["practice"]]
        assert gap - without == pytest.approx(promise - practice, abs=1e-12)
        concerned = (self.world.stances["relevance"] >= 0.05).any(axis=0)
        assert rows[:, columns("stage_")].sum(axis=1) == pytest.approx(concerned.astype(float))
        for name in ("constraint_", "willingness_"):
            totals = rows[:, columns(name)].sum(axis=1)
            assert ((np.abs(totals - 1.0) < 1e-9) | np.isnan(totals)).all(), name
        values = self.row[SHARES]
        inside = (values >= -ROUNDING) & (values <= 1.0 + ROUNDING) | np.isnan(values)
        assert inside.all(), [SERIES[i].name for i, good in zip(SHARES, inside, strict=True) if not good]
        assert (np.isnan(rows[:, COLUMN["relative_gap"]]) == (promise < 0.02)).all()


@settings(max_examples=100)
@given(scenarios(), st.booleans())
def test_every_month_keeps_the_invariants(scenario, plausible):
    world = start(scenario, plausible)
    measured = Measured(world)
    fields_stay_in_their_ranges(world)
    for month in months_of(scenario):
        run_month(world, month)
        for check in CHECKS:
            check(world)
        measured.check(month)


@settings(max_examples=25)
@given(scenarios())
def test_there_is_one_kind_of_world(scenario):
    """Arrays are contiguous, writable and of the same types, so the rules are compiled once."""
    world = start(scenario)
    for name, array in zip(World._fields, world, strict=True):
        assert array.flags.c_contiguous, name
        assert array.flags.writeable, name
        assert array.flags.owndata, name
    concerned = (world.stances["relevance"] >= 0.05).any(axis=0)
    assert world.stances["weight"].sum(axis=0) == pytest.approx(concerned.astype(float))
    run_month(world, scenario.start)
    assert len(getattr(run._advance, "signatures", [0])) == 1


@settings(max_examples=40)
@given(scenarios(months=6), st.booleans(), st.integers(0, 5))
def test_a_rule_writes_only_what_it_declares(scenario, plausible, before):
    world = start(scenario, plausible)
    for month in range(scenario.start, scenario.start + before):
        run_month(world, month)
    undeclared = {}
    for rule in month_module.MONTH:
        old = snapshot(world)
        run_rule(world, rule.name, scenario.start + before)
        allowed = set(rule.writes) | (FLOWS if rule is month_module.MONTH[0] else set())
        undeclared[rule.name] = changed(old, snapshot(world)) - allowed
    assert not any(undeclared.values()), undeclared


def test_rules_declare_fields_that_exist():
    known = {f"{table}.{field.name}" for table, fields in TABLES.items() for field in fields}
    for rule in month_module.RULES:
        for name in (*rule.writes, *rule.reads):
            assert name in known or name in TABLES, (rule.name, name)


def test_no_rule_writes_what_is_fixed():
    fixed = {f"{table}.{f.name}" for table, fields in TABLES.items() for f in fields if f.kind == "fixed"}
    written = {name: rule.name for rule in month_module.MONTH for name in rule.writes if name in fixed}
    assert written == {}


@settings(max_examples=12)
@given(scenarios(months=4, sizes=st.integers(4, 12)))
def test_compiled_rules_do_what_plain_python_does(scenario):
    compiled, uncompiled = start(scenario), open_world(start(scenario))
    rules = plain(month_module.month_rules)
    for month in months_of(scenario):
        run_month(compiled, month)
        rules(uncompiled, month, 0, 13)
        one, other = snapshot(compiled), snapshot(uncompiled)
        for name in one:
            assert other[name] == pytest.approx(one[name], rel=1e-9, abs=1e-12, nan_ok=True), (name, month)
        assert uncompiled.ledger == pytest.approx(compiled.ledger, rel=1e-9, abs=1e-9)
