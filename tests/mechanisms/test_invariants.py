"""What holds in every month of every administration, whatever the scenario: found by Hypothesis."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invariants import Before, Measured, check_world, fields_stay_in_their_ranges, what_is_served_is_paid
from qsim.engine import run
from qsim.mechanisms import month as month_module
from qsim.world.records import TABLES, World
from strategies import scenarios
from worlds import changed, in_ranges, open_world, plain, run_month, run_rule, snapshot, world_of

FLOWS = {
    "departments.spent",
    "departments.spent_before",
    *(f"stances.{name}" for name in ("asked", "outreach", "cases", "exchange", "source", "process_source",
                                     "peer_hours", "peer_openness", "gate", "decided",
                                     "friction", "ordered")),
}  # fmt: skip
"""Fields that are set when a month begins, before its first rule."""


def start(scenario, ranges=False, replicate=0):
    return world_of(in_ranges(scenario) if ranges else scenario, replicate)


def months_of(scenario):
    return range(scenario.start, scenario.start + scenario.months)


@settings(max_examples=60)
@given(scenarios(), st.booleans())
def test_every_month_keeps_the_invariants(scenario, ranges):
    world = start(scenario, ranges)
    measured = Measured(world)
    fields_stay_in_their_ranges(world)
    for month in months_of(scenario):
        before = Before(world)
        run_month(world, month)
        check_world(world, before)
        what_is_served_is_paid(world, month)
        measured.check(month)


@settings(max_examples=25)
@given(scenarios())
def test_there_is_one_kind_of_world(scenario):
    """Arrays are contiguous, writable and of the same types, so the rules are compiled once."""
    world = start(scenario)
    for name, array in zip(World._fields, world, strict=True):
        assert array.flags.c_contiguous, name
        assert array.flags.writeable, name
    concerned = (world.stances["relevance"] >= 0.05).any(axis=0)
    assert world.stances["weight"].sum(axis=0) == pytest.approx(concerned.astype(float))
    run_month(world, scenario.start)
    assert len(getattr(run._advance, "signatures", [0])) == 1


@settings(max_examples=40)
@given(scenarios(months=6), st.booleans(), st.integers(0, 5))
def test_a_rule_writes_only_what_it_declares(scenario, ranges, before):
    world = start(scenario, ranges)
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
