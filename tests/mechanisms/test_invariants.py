"""What holds in every month of every administration, whatever the scenario: found by Hypothesis."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import scenarios
from worlds import open_world, plain, run_month, run_rule, snapshot

from qsim.engine.measures import COLUMN, SERIES, TASK_SERIES
from qsim.engine.prepare import prepare
from qsim.engine.run import measure
from qsim.mechanisms import month as month_module
from qsim.world.records import TABLES, World

MAY_BE_MISSING = {"events.value", "events.flag"}
"""Fields in which NaN is the absence of a value."""
ROUNDING = 1e-9


def start(scenario, plausible=False, replicate=0):
    return prepare(scenario, plausible).blueprint.world(1, replicate)


def months_of(scenario):
    return range(scenario.start, scenario.start + scenario.months)


def out_of_range(world):
    """Return the fields outside their declared range, with what was found."""
    found = []
    for table, fields in TABLES.items():
        for field in fields:
            values = np.asarray(getattr(world, table)[field.name], dtype=float)
            name = f"{table}.{field.name}"
            missing = np.isnan(values)
            if missing.any() and name not in MAY_BE_MISSING:
                found.append((name, "missing"))
            low, high = field.low - ROUNDING, field.high + ROUNDING
            if ((values < low) | (values > high)).any():
                found.append((name, float(np.nanmin(values)), float(np.nanmax(values))))
    return found


@settings(max_examples=60)
@given(scenarios(), st.booleans())
def test_every_field_stays_in_its_range(scenario, plausible):
    world = start(scenario, plausible)
    assert out_of_range(world) == []
    for month in months_of(scenario):
        run_month(world, month)
        assert out_of_range(world) == [], month


@settings(max_examples=60)
@given(scenarios(), st.booleans())
def test_nobody_spends_more_hours_than_there_are(scenario, plausible):
    world = start(scenario, plausible)
    departments, units = world.departments, world.units
    for month in months_of(scenario):
        run_month(world, month)
        assert (departments["spent"] <= departments["hours"] * (1 + ROUNDING)).all()
        assert (units["spent"] <= units["hours"] * (1 + ROUNDING) + ROUNDING).all()
        assert (world.ledger >= 0.0).all()


@settings(max_examples=60)
@given(scenarios(), st.booleans())
def test_the_ledger_books_what_was_spent(scenario, plausible):
    """What rules take from a month stands in the ledger; departments' own work on the task comes on top."""
    world = start(scenario, plausible)
    count = world.departments.size
    task = month_module.workload_rule.TASK
    for month in months_of(scenario):
        run_month(world, month)
        booked = np.delete(world.ledger, task, axis=1).sum(axis=1)
        assert booked[:count] == pytest.approx(world.departments["spent"], abs=1e-6)
        assert booked[count : count + world.units.size] == pytest.approx(world.units["spent"], abs=1e-6)


@settings(max_examples=60)
@given(scenarios(), st.booleans())
def test_nobody_is_reached_by_an_unfilled_post(scenario, plausible):
    """A month in which no unit of a task has anybody brings no contact for this task, and costs no unit hours."""
    world = start(scenario, plausible)
    for month in months_of(scenario):
        run_month(world, month)
        staffed = world.duties.T @ (world.units["filled"] > 0.0) if world.units.size else np.zeros(world.tasks.size)
        assert (world.stances["outreach"][:, staffed == 0.0] == 0.0).all()
        empty = world.units["filled"] == 0.0
        assert (world.units["spent"][empty] == 0.0).all()
        assert (world.units["hours"][empty] == 0.0).all()


@settings(max_examples=60)
@given(scenarios(), st.booleans())
def test_posts_filled_are_posts_funded(scenario, plausible):
    world = start(scenario, plausible)
    for month in months_of(scenario):
        run_month(world, month)
        filled = np.zeros(world.units.size)
        np.add.at(filled, world.posts["unit"], world.posts["occupied"] * world.posts["size"])
        assert world.units["filled"] == pytest.approx(filled, abs=1e-9)
        assert (world.units["filled"] <= world.units["posts"] + 1e-9).all()


@settings(max_examples=60)
@given(scenarios(), st.booleans())
def test_what_is_done_is_considered(scenario, plausible):
    world = start(scenario, plausible)
    for month in months_of(scenario):
        run_month(world, month)
        assert (world.stances["practice"] <= world.stances["considered"]).all()


@settings(max_examples=60)
@given(scenarios(), st.booleans())
def test_measures_keep_their_identities(scenario, plausible):
    """Weights sum to 1; gap minus practice without paper is promise minus practice; shares sum to 1."""
    world = start(scenario, plausible)
    tasks, departments = world.tasks.size, world.departments.size
    row, rows = np.empty(len(SERIES)), np.empty((tasks, len(TASK_SERIES)))
    stages = [i for i, m in enumerate(TASK_SERIES) if m.name.startswith("stage_")]
    constraints = [i for i, m in enumerate(TASK_SERIES) if m.name.startswith("constraint_")]
    willingness = [i for i, m in enumerate(TASK_SERIES) if m.name.startswith("willingness_")]
    shares = [i for i, m in enumerate(SERIES) if m.unit == "share"]
    concerned = (world.stances["relevance"] >= 0.05).any(axis=0)
    assert world.stances["weight"].sum(axis=0) == pytest.approx(concerned.astype(float))
    for month in months_of(scenario):
        run_month(world, month)
        measure(world, month, row, rows, np.zeros((departments, tasks, 12)), np.zeros((departments, tasks)))
        gap, without = rows[:, COLUMN["implementation_gap"]], rows[:, COLUMN["practice_without_paper"]]
        promise, practice = rows[:, COLUMN["commitment"]], rows[:, COLUMN["practice"]]
        assert gap - without == pytest.approx(promise - practice, abs=1e-12)
        assert rows[concerned][:, stages].sum(axis=1) == pytest.approx(1.0)
        for columns in (constraints, willingness):
            totals = rows[:, columns].sum(axis=1)
            assert ((np.abs(totals - 1.0) < 1e-9) | np.isnan(totals)).all()
        values = row[shares]
        assert ((values >= -ROUNDING) & (values <= 1.0 + ROUNDING) | np.isnan(values)).all()
        assert (np.isnan(rows[:, COLUMN["relative_gap"]]) == (promise < 0.02)).all()


@settings(max_examples=30)
@given(scenarios())
def test_there_is_one_kind_of_world(scenario):
    """Arrays are contiguous, writable and of the same types, so the rules are compiled once."""
    world = start(scenario)
    for name, array in zip(World._fields, world, strict=True):
        assert array.flags.c_contiguous, name
        assert array.flags.writeable, name
        assert array.flags.owndata, name
    run_month(world, scenario.start)
    entry = month_module.run_rules
    assert len(getattr(entry, "signatures", [0])) == 1


@settings(max_examples=40)
@given(scenarios(months=6), st.data())
def test_a_rule_writes_only_what_it_declares(scenario, data):
    world = start(scenario, plausible=data.draw(st.booleans()))
    before_month = data.draw(st.integers(0, scenario.months - 1))
    for month in range(scenario.start, scenario.start + before_month):
        run_month(world, month)
    month = scenario.start + before_month
    for rule in month_module.MONTH:
        before = snapshot(world)
        run_rule(world, rule.name, month)
        flows = FLOWS if rule is month_module.MONTH[0] else set()  # the month begins with the first rule
        after = snapshot(world)
        written = {name for name in before if not np.array_equal(before[name], after[name], equal_nan=True)}
        assert written <= set(rule.writes) | flows, rule.name


FLOWS = {
    f"stances.{name}"
    for name in ("outreach", "exchange", "source", "peer_hours", "peer_openness", "gate", "decided", "friction", "ordered")
}


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
