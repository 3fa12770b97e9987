"""The tables of declared fields, and the types that follow from them."""

import math

import numpy as np
import pytest

from qsim.scenario.schema import Event
from qsim.world import entities, kinds
from qsim.world.fields import field, record_type
from qsim.world.records import FUNCTION_TYPE, KEY_TYPE, TABLES, TYPES, World
from worlds import city, open_world, world_of

DECLARED = [(table, f) for table, fields in TABLES.items() for f in fields]
KINDS = {"state", "derived", "fixed", "index"}


def test_names_are_unique_in_a_table():
    for table, fields in TABLES.items():
        names = [f.name for f in fields]
        assert len(set(names)) == len(names), table


@pytest.mark.parametrize(("table", "declared"), DECLARED, ids=[f"{t}.{f.name}" for t, f in DECLARED])
def test_a_field_says_what_it_is(table, declared):
    assert declared.kind in KINDS
    assert declared.low < declared.high
    assert declared.unit
    assert declared.meaning
    assert declared.label_de
    assert declared.label_en
    assert (declared.kind == "index") == (declared.unit == "index")
    kind = TYPES[table].fields[declared.name][0]
    assert kind == (np.int64 if declared.kind == "index" else np.float64)


@pytest.mark.parametrize("kind", [*TYPES.values(), FUNCTION_TYPE, KEY_TYPE], ids=[*TYPES, "functions", "key"])
def test_no_name_hides_behind_an_attribute_of_numpy(kind):
    """Plain Python reads ``post.size`` of a record as NumPy's size of a scalar, 1, not as the field."""
    assert [name for name in kind.names if hasattr(np.record, name)] == []


@pytest.mark.parametrize(
    ("unit", "low", "high"),
    [
        ("share", 0.0, 1.0),
        ("signed share", -1.0, 1.0),
        ("number", -math.inf, math.inf),
        ("month", -math.inf, math.inf),
        ("index", -1.0, math.inf),
        ("hours a month", 0.0, math.inf),
        ("share of capacity", 0.0, math.inf),
    ],
)
def test_ranges_follow_from_units(unit, low, high):
    declared = field("name", "state", unit, "meaning", "Name", "name")
    assert (declared.low, declared.high) == (low, high)


def test_record_types_are_eight_bytes_a_field():
    """Unknown numbers are patched into 8-byte words, so nothing may lie between fields."""
    for kind in (*TYPES.values(), record_type(entities.STANCE)):
        assert kind.itemsize == 8 * len(kind.names)


def test_the_world_has_an_array_for_every_table():
    assert set(TABLES) <= set(World._fields)
    world = world_of(city())
    for name, kind in TYPES.items():
        assert getattr(world, name).dtype == kind


def test_kinds_of_events_are_those_of_scenario_files():
    classes = Event.__origin__.__args__
    named = {c.model_fields["kind"].annotation.__args__[0] for c in classes}
    assert named == {*kinds.EVENT_KINDS, "note"}


def test_activities_are_the_columns_of_the_ledger():
    columns = [getattr(kinds, name.upper()) for name in kinds.ACTIVITIES]
    assert columns == list(range(len(kinds.ACTIVITIES)))


def test_plain_python_sees_the_same_memory():
    world = world_of(city())
    view = open_world(world)
    view.departments[3].workload = 1.25
    assert world.departments["workload"][3] == 1.25
    assert view.parameters[0].learning_forgetting == world.parameters["learning_forgetting"][0]
