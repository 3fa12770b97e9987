"""The month as a whole: its parts add up, what is off leaves its fields, numbering means nothing."""

import ast
import importlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.engine.prepare import prepare
from qsim.engine.run import run_rules
from qsim.mechanisms.month import FUNCTIONS, MONTH, NAMES
from qsim.world.initial import begin
from qsim.world.records import TABLES, World, reference
from strategies import scenarios
from worlds import START, changed, city, run_month, run_months, same_worlds, snapshot, unit, world_of


@settings(max_examples=15)
@given(scenarios(months=6), st.integers(1, 12))
def test_a_month_in_parts_is_the_month(scenario, cut):
    one, other = world_of(scenario), world_of(scenario)
    for month in range(scenario.start, scenario.start + 6):
        run_rules(one, month, 0, 13)
        run_rules(other, month, 0, cut)
        run_rules(other, month, cut, 13)
    assert same_worlds(one, other)


def test_the_month_is_made_from_its_list():
    """Each rule bears the name of its module and of its function."""
    assert tuple(FUNCTIONS) == NAMES == tuple(rule.name for rule in MONTH)
    for name, function in FUNCTIONS.items():
        assert getattr(function, "py_func", function).__module__ == f"qsim.mechanisms.{name}"


@settings(max_examples=25)
@given(scenarios(months=6), st.sampled_from(NAMES))
def test_a_rule_that_is_off_leaves_its_fields(scenario, name):
    """What only this rule writes stays as it was; flows of the month stay at zero."""
    world = world_of(scenario)
    run_month(world, scenario.start)
    position = NAMES.index(name)
    world.switches[position] = 0
    own = set(MONTH[position].writes) - {written for rule in MONTH if rule.name != name for written in rule.writes}
    before = snapshot(world)
    for month in range(scenario.start + 1, scenario.start + 6):
        run_month(world, month)
    moved = changed(before, snapshot(world)) & own
    flows = {"stances.asked", "stances.cases",
             "stances.outreach", "stances.exchange", "stances.source", "stances.process_source", "stances.peer_hours",
             "stances.peer_openness", "stances.gate", "stances.decided", "stances.friction", "stances.ordered"}  # fmt: skip
    assert moved <= flows
    for field in moved:
        assert (world.stances[field.removeprefix("stances.")] == 0.0).all()


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_can_be_switched_off_in_a_scenario(name):
    parts = {
        "formats": [
            {"id": "network", "tasks": ["integration"], "owner": "unit", "start": "2015-01", "channels": {"learn": 1}}
        ],
        "concepts": [{"id": "plan", "tasks": ["integration"], "adopted": "2015-03"}],
        "events": [{"kind": "shock", "date": "2015-06", "tasks": ["integration"], "workload": 0.2}],
    }
    full, less = world_of(city(**parts)), world_of(city(**parts, rules={"off": [name]}))
    assert less.switches.tolist() == [int(rule != name) for rule in NAMES]
    run_months(full, 24)
    run_months(less, 24)
    assert not same_worlds(full, less)


def renumbered(template, order):
    """The same administration with its departments in another order; slots travel along, members stay sorted."""
    place = np.argsort(order)
    arrays = {name: array.copy() for name, array in zip(World._fields, template, strict=True)}
    for name in ("departments", "stances", "relations"):
        arrays[name] = np.ascontiguousarray(arrays[name][order])
    arrays["concept_departments"] = np.ascontiguousarray(arrays["concept_departments"][:, order])
    for name in ("members", "links", "strikes", "functions"):
        arrays[name]["department"] = place[arrays[name]["department"]]
    for name in ("units", "events"):
        where = arrays[name]["department"] >= 0
        arrays[name]["department"][where] = place[arrays[name]["department"][where]]
    first = arrays["member_first"]
    for f in range(len(first) - 1):
        rows = arrays["members"][first[f] : first[f + 1]]
        arrays["members"][first[f] : first[f + 1]] = rows[np.argsort(rows["department"])]
    return World(**arrays)


def started(template, replicate):
    world = World(*(array.copy() for array in template))
    world.key["seed"], world.key["replicate"], world.key["start"] = 1, replicate, START
    nothing = np.empty(0, np.uint64)
    begin(reference(world), nothing, nothing, np.empty(0, np.int64), nothing)
    return world


@settings(max_examples=25)
@given(st.permutations(range(14)), st.integers(0, 5))
def test_renumbering_departments_changes_nothing(order, replicate):
    scenario = city(
        administration={"departments": 14},
        tasks=[{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}],
        commissioners=[unit(position="section"), unit("other", tasks=["integration", "climate"])],
        formats=[
            {"id": "network", "tasks": ["integration"], "owner": "unit", "start": "2014-01", "rank": "mixed",
             "channels": {"meet": 1, "learn": 0.5, "decide": 0.5, "tie": 0.5, "gate": 0.3, "relieve_posts": 1}},
        ],
        concepts=[{"id": "plan", "tasks": ["integration"], "adopted": "2015-03", "members": ["schools", "youth"]}],
        events=[
            {"kind": "shock", "date": "2015-04", "tasks": ["integration"], "workload": 0.2, "need": 0.2},
            {"kind": "recut", "date": "2015-06", "share": 0.3},
            {"kind": "new_leader", "date": "2015-08", "leader": "mayor"},
        ],
    )  # fmt: skip
    template = prepare(scenario).blueprint.plan(1, 0)[0].template
    order = np.array(order)
    one, other = started(template, replicate), started(renumbered(template, order), replicate)
    for month in range(START, START + 12):
        run_month(one, month)
        run_month(other, month)
    for name in ("departments", "stances", "relations"):
        here, there = getattr(one, name)[order], getattr(other, name)
        for field in here.dtype.names:
            assert there[field] == pytest.approx(here[field], rel=1e-9, abs=1e-12), (name, field)
    for name in ("units", "support", "tasks", "posts"):
        for field in getattr(one, name).dtype.names:
            if field != "department":
                expected = getattr(one, name)[field]
                assert getattr(other, name)[field] == pytest.approx(expected, rel=1e-9, abs=1e-12), (name, field)


def test_flows_start_at_zero_every_month():
    world = world_of(city())
    run_months(world, 3)
    assert world.ledger.sum() > 0.0
    run_rules(world, START + 3, 0, 1)
    assert (world.ledger == 0.0).all()
    for field in ("asked", "cases", "outreach", "exchange", "source", "process_source", "gate", "decided", "ordered"):
        assert (world.stances[field] == 0.0).all()


def test_nothing_runs_outside_the_part_asked_for():
    world = world_of(city())
    before = snapshot(world)
    run_rules(world, START, 13, 13)
    run_rules(world, START, 5, 5)
    assert changed(before, snapshot(world)) == set()


def fields_read(module):
    """Return the names of moving fields that the functions of a rule's file read, by their syntax.

    Names that are also those of tables or of fixed fields are left out, as syntax does not tell them apart.
    """
    kinds = {kind: {field.name for fields in TABLES.values() for field in fields if field.kind == kind}
             for kind in ("state", "derived", "fixed", "index")}  # fmt: skip
    moving = (kinds["state"] | kinds["derived"]) - kinds["fixed"] - kinds["index"] - set(TABLES)
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    return {
        node.attr
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and node.attr in moving
    }


@pytest.mark.parametrize("rule", MONTH, ids=lambda rule: rule.name)
def test_a_rule_declares_what_it_reads(rule):
    """The moving fields in its file stand among what it reads or writes."""
    read = fields_read(importlib.import_module(f"qsim.mechanisms.{rule.name}"))
    if rule.name == "formats":
        read |= fields_read(importlib.import_module("qsim.mechanisms.attendance"))
    declared = {name.split(".")[-1] for name in rule.reads + rule.writes}
    whole = {name for name in rule.reads if "." not in name}
    tables = {field.name for table in whole for field in TABLES[table]}
    assert read <= declared | tables


@pytest.mark.parametrize("rule", MONTH, ids=lambda rule: rule.name)
def test_what_a_rule_declares_exists(rule):
    known = {f"{table}.{field.name}" for table, fields in TABLES.items() for field in fields} | set(TABLES)
    assert set(rule.reads) | set(rule.writes) <= known
