"""Departments in another order, with their slots: no rule and no measure changes by more than 1e-12."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invariants import Measured
from qsim.world.records import World
from strategies import scenarios
from worlds import START, city, in_ranges, run_month, run_months, snapshot, unit, world_of

BY_DEPARTMENT = ("departments", "stances", "relations", "scratch")
"""Arrays whose first axis is the departments."""
REFERENCES = ("units", "links", "strikes", "events", "functions")
"""Arrays with a field ``department``, which may be -1 for none."""


def renumbered(world, order):
    """Return a copy of a world in which department ``order[i]`` has the number i, and everything refers to it so.

    What is listed by department, or by department within a format, event or another department, is sorted anew.
    """
    place = np.argsort(order)
    arrays = {name: array.copy() for name, array in world._asdict().items()}
    for name in BY_DEPARTMENT:
        arrays[name] = np.ascontiguousarray(arrays[name][order])
    for name in REFERENCES:
        named = arrays[name]["department"] >= 0
        arrays[name]["department"][named] = place[arrays[name]["department"][named]]
    arrays["concept_departments"] = np.ascontiguousarray(arrays["concept_departments"][:, order])
    arrays["ledger"][: order.size] = world.ledger[order]
    arrays["strikes"] = arrays["strikes"][np.lexsort((arrays["strikes"]["department"], arrays["strikes"]["event"]))]
    _sort_members(arrays, place)
    _sort_ties(arrays, world, order, place)
    return World(**arrays)


def _sort_members(arrays, place):
    """Members stand in the order of departments, format by format."""
    members, first = arrays["members"], arrays["member_first"]
    members["department"] = place[members["department"]]
    for f in range(first.size - 1):
        part = members[first[f] : first[f + 1]]
        part[:] = part[np.argsort(part["department"], kind="stable")]


def _sort_ties(arrays, world, order, place):
    """Ties stand in the order of departments; those of one are sorted by the other, so that sums run another way."""
    moved, old = {-1: -1}, []
    for i, d in enumerate(order):
        arrays["tie_first"][i] = len(old)
        ends = range(world.tie_first[d], world.tie_first[d + 1])
        for j in sorted(ends, key=lambda j: place[world.ties["department"][j]]):
            moved[j] = len(old)
            old.append(j)
    arrays["tie_first"][-1] = len(old)
    arrays["ties"][: len(old)] = world.ties[old]
    arrays["ties"]["department"][: len(old)] = place[world.ties["department"][old]]
    arrays["links"]["tie"] = [moved[int(j)] for j in world.links["tie"]]


def assert_same(one, other, month):
    """Compare two worlds in every declared field and in the ledger: 1e-12 of the value or absolute, whichever is more."""
    first, second = snapshot(one), snapshot(other)
    for name, values in first.items():
        if not np.array_equal(second[name], values):  # most are, and that is said sooner
            np.testing.assert_allclose(second[name], values, rtol=1e-12, atol=1e-12, err_msg=f"{name} in month {month}")
    np.testing.assert_allclose(other.ledger, one.ledger, rtol=1e-12, atol=1e-12, err_msg=f"ledger in month {month}")


@settings(max_examples=20)
@given(scenarios(months=12), st.booleans(), st.randoms(use_true_random=False))
def test_renumbering_departments_changes_nothing(scenario, ranges, generator):
    world = world_of(in_ranges(scenario) if ranges else scenario)
    order = list(range(world.departments.size))
    generator.shuffle(order)
    order = np.array(order)
    other = renumbered(world, order)
    one, two = Measured(world), Measured(other)
    for month in range(scenario.start, scenario.start + scenario.months):
        run_month(world, month)
        run_month(other, month)
        assert_same(renumbered(world, order), other, month)
        one.check(month)
        two.check(month)
        np.testing.assert_allclose(two.rows, one.rows, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(two.row, one.row, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(two.sums, one.sums[order], rtol=1e-12, atol=1e-12)


def test_a_department_with_the_slot_of_another_meets_another_luck():
    """The other way round: where slots stay behind, the numbers change; so the comparison above can fail."""
    world = world_of(city())
    order = np.arange(10)[::-1].copy()
    other = renumbered(world, order)
    other.departments["slot"] = other.departments["slot"][::-1].copy()
    run_months(world, 3)
    run_months(other, 3)
    with pytest.raises(AssertionError, match="in month 3"):
        assert_same(renumbered(world, order), other, 3)


OFFICES = [
    {"id": f"office_{i}", "slot": 5000 + i, "staff_weight": 1 + 0.3 * i, "division": "south" if i % 2 else "north",
     "tasks": [{"kind": "integration", "relevance": round(0.2 + 0.07 * i, 2), "contact": 0.1 * i, "exposure": 0.5}]}
    for i in range(9)
]  # fmt: skip


def listed(order, **parts):
    """Return a city of its own departments, listed in an order."""
    entry = {"id": "network", "tasks": ["integration"], "owner": "unit", "start": "2014-01", "interval_weeks": 6,
             "rank": "mixed", "channels": {"meet": 0.8, "learn": 0.4, "tie": 0.3, "decide": 0.3, "gate": 0.3}}  # fmt: skip
    chains = [{"id": "arrival", "kind": "integration", "departments": ["office_3", "office_0", "office_7", "office_2"]},
              {"id": "plan", "kind": "integration", "departments": ["office_1", "office_8"]}]  # fmt: skip
    shock = {"kind": "shock", "date": "2015-06", "tasks": ["integration"], "departments": ["office_2", "office_5"],
             "need": 0.2, "workload": 0.4, "salience": 0.2}  # fmt: skip
    administration = {"departments": 0, "own_departments": [OFFICES[i] for i in order],
                      "divisions": [{"id": "north"}, {"id": "south"}]}  # fmt: skip
    return city(
        administration=administration, chains=chains, formats=[entry], commissioners=[unit(position="section")],
        events=[shock, {"kind": "recut", "date": "2015-09", "share": 0.4}], **parts,
    )  # fmt: skip


@pytest.mark.parametrize("order", [[8, 7, 6, 5, 4, 3, 2, 1, 0], [3, 1, 7, 0, 2, 8, 6, 5, 4]])
def test_the_order_in_the_file_changes_nothing(order):
    """From the file on: the same departments by slot, and the same months."""
    world, other = world_of(listed(range(9))), world_of(listed(order))
    assert list(other.departments["slot"]) == [5000 + i for i in order]
    for month in range(START, START + 24):
        run_month(world, month)
        run_month(other, month)
        back = renumbered(other, np.argsort(order))
        first, second = snapshot(renumbered(world, np.arange(9))), snapshot(back)
        for name in first:
            np.testing.assert_allclose(second[name], first[name], rtol=1e-12, atol=1e-12, err_msg=name)
        assert back.ledger == pytest.approx(world.ledger, rel=1e-12, abs=1e-12)
