"""Measures of a month, computed by hand on worlds of a few departments."""

import math

import numpy as np
import pytest

from qsim.engine import run
from qsim.measures import columns
from qsim.measures.catalogue import COLUMN, CONSTRAINTS, DEPARTMENT_MEASURES, OUTCOMES, SERIES, TASK_SERIES
from worlds import START, city, off, run_month, world_of

TASK_COLUMN = {measure.name: i for i, measure in enumerate(TASK_SERIES)}
WEIGHTS = np.array([0.4, 0.3, 0.2, 0.1])


def four(**fields):
    """A world of four departments with weights .4, .3, .2, .1 and these stances."""
    world = world_of(city(administration={"departments": 4}, rules=off()))
    world.stances["weight"][:, 0] = WEIGHTS
    world.stances["need"] = 0.6
    for name, values in fields.items():
        world.stances[name][:, 0] = values
    return world


def measured(world, month=START):
    """The row of the administration, the rows of its tasks, and the sums by department."""
    tasks, departments = world.tasks.size, world.departments.size
    row, rows = np.empty(len(SERIES)), np.empty((tasks, len(TASK_SERIES)))
    sums, squares = np.zeros((departments, tasks, len(DEPARTMENT_MEASURES))), np.zeros((departments, tasks))
    run.measure(world, month, row, rows, sums, squares)
    return row, rows, sums, squares


def value(world, name, month=START):
    return measured(world, month)[0][COLUMN[name]]


def test_paper_considered_and_done_are_weighted_means():
    values = np.array([0.1, 0.5, 0.2, 0.9])
    for name, field in (("commitment", "commitment"), ("considered", "considered"), ("practice", "practice"),
                        ("knowledge", "knowledge"), ("openness", "openness")):  # fmt: skip
        assert value(four(**{field: values}), name) == pytest.approx(WEIGHTS @ values)


def test_gaps():
    """IG = sum v (c - p)+ = .4 x .3 + .2 x .1; practice without paper = .3 x .2 + .1 x .1."""
    world = four(commitment=[0.5, 0.1, 0.4, 0.0], practice=[0.2, 0.3, 0.3, 0.1])
    assert value(world, "implementation_gap") == pytest.approx(0.14)
    assert value(world, "practice_without_paper") == pytest.approx(0.07)
    assert value(world, "relative_gap") == pytest.approx(0.14 / 0.31)


def test_the_need_gap_counts_only_what_is_missing():
    world = four(need=[0.5, 0.5, 0.2, 0.0], practice=[0.1, 0.9, 0.1, 0.3])
    missing = 0.4 * 0.4 + 0.2 * 0.1
    assert value(world, "need_gap") == pytest.approx(missing / (0.4 * 0.5 + 0.3 * 0.5 + 0.2 * 0.2))


def test_symbolic_is_promised_and_hardly_done():
    world = four(commitment=0.5, practice=[0.05, 0.4, 0.09, 0.2])
    assert value(world, "symbolic_share") == pytest.approx(0.6)


def test_without_paper_there_is_no_relative_gap():
    world = four(commitment=0.019, practice=0.3)
    assert math.isnan(value(world, "relative_gap"))
    assert math.isnan(value(world, "symbolic_share"))
    assert value(world, "implementation_gap") == 0.0
    assert not math.isnan(value(four(commitment=0.02, practice=0.3), "relative_gap"))


def test_without_need_there_is_no_need_gap_and_nothing_binds():
    world = four(need=0.0)
    for name in ("need_gap", "constraint_motivation", "willingness_openness"):
        assert math.isnan(value(world, name)), name


def test_coverage_is_who_was_reached_in_twelve_months():
    world = four(reached=[START, START - 11, START - 12, -1e9])
    assert value(world, "coverage") == pytest.approx(0.7)


@pytest.mark.parametrize(("count", "tail"), [(4, 0.1), (20, 0.15), (40, 0.25)])
def test_the_closed_tail_is_the_lowest_tenth(count, tail):
    """The mean of the lowest tenth of those concerned, at least one: .1; (.1 + .2) / 2; (.1 + .2 + .3 + .4) / 4."""
    world = world_of(city(administration={"departments": count}, rules=off()))
    openness = np.minimum(0.1 * np.arange(1, count + 1), 0.9)
    world.stances["openness"][:, 0] = openness[::-1]
    world.stances["weight"] = 1.0 / count
    assert value(world, "closed_tail") == pytest.approx(tail)


def test_who_is_not_concerned_is_not_measured():
    world = four(practice=[0.1, 0.2, 0.3, 1.0], openness=[0.5, 0.5, 0.5, 0.0], reached=[-1e9, -1e9, -1e9, START])
    world.stances["weight"][3] = 0.0
    assert value(world, "practice") == pytest.approx(0.16)
    assert value(world, "closed_tail") == 0.5
    assert value(world, "coverage") == 0.0


def test_stages():
    world = four(routine=[0.6, 0.1, 0.1, 0.1], practice=[0.1, 0.3, 0.1, 0.1], knowledge=[0.0, 0.0, 0.3, 0.3],
                 openness=[0.0, 0.0, 0.5, 0.1])  # fmt: skip
    found = {name: value(world, f"stage_{name}") for name in ("unaware", "aware", "engaged", "routine")}
    assert found == pytest.approx({"routine": 0.4, "engaged": 0.3, "aware": 0.2, "unaware": 0.1})


def test_the_host_division_is_that_of_the_most_concerned_department():
    world = four(practice=[0.1, 0.2, 0.3, 0.4], relevance=[0.2, 0.9, 0.3, 0.4])
    world.departments["division"] = [0, 1, 1, 0]
    assert value(world, "host_practice") == pytest.approx((0.3 * 0.2 + 0.2 * 0.3) / 0.5)


def test_support_is_half_the_mayors():
    world = four()
    world.support["support"] = 0.2
    world.support["support"][0] = 0.8
    world.support["support"][1] = -1.0  # the deputy leads nobody
    assert value(world, "support") == pytest.approx(0.5)
    assert value(world, "salience") == world.tasks["salience"][0]


def test_the_house_is_measured_by_staff():
    world = four()
    world.departments["staff"], world.departments["workload"] = [10, 20, 30, 40], [1.0, 0.5, 1.5, 1.0]
    assert value(world, "workload") == pytest.approx((10 + 10 + 45 + 40) / 100)
    world.units["posts"], world.units["filled"], world.units["recognition"] = 2.5, 1.5, 0.35
    assert [value(world, name) for name in ("posts_funded", "posts_filled", "recognition")] == [2.5, 1.5, 0.35]


def test_hours_by_who_pays_them():
    world = world_of(city(administration={"departments": 4}, civil_society=[{"id": "clubs", "tasks": ["integration"]}]))
    world.ledger[:4, 0], world.ledger[4, 1], world.ledger[5:-1, 2], world.ledger[-1, 3] = 1.0, 20.0, 3.0, 7.0
    leaders = world.leaders.size
    found = [value(world, f"hours_{name}") for name in ("departments", "units", "leaders", "civil_society")]
    assert found == [4.0, 20.0, 3.0 * leaders, 7.0]


def test_several_tasks_are_a_mean_over_those_that_have_a_value():
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    world = world_of(city(administration={"departments": 4}, tasks=tasks, rules=off()))
    world.stances["practice"] = [[0.2, 0.4]] * 4
    world.stances["commitment"] = [[0.5, 0.0]] * 4
    row, rows, _, _ = measured(world)
    assert rows[:, TASK_COLUMN["practice"]] == pytest.approx([0.2, 0.4])
    assert row[COLUMN["practice"]] == pytest.approx(0.3)
    assert row[COLUMN["relative_gap"]] == pytest.approx(0.6)  # the other task has no paper


def test_departments_are_summed_over_runs():
    world = four(practice=[0.1, 0.2, 0.3, 0.4], openness=0.5)
    _, _, sums, squares = measured(world)
    assert sums[:, 0, DEPARTMENT_MEASURES.index("practice")] == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert squares[:, 0] == pytest.approx([0.01, 0.04, 0.09, 0.16])
    first = DEPARTMENT_MEASURES.index("constraint_motivation")
    assert sums[:, 0, first:].sum(axis=1) == pytest.approx(1.0)


def test_constraints_are_weighted_by_unmet_need():
    world = four(motivation=[0.1, 0.6, 0.6, 0.5], ability=[0.6, 0.1, 0.6, 0.5], time=[0.6, 0.6, 0.1, 0.5], target=0.0,
                 practice=[0.1, 0.3, 0.6, 0.5], need=0.6)  # fmt: skip
    lack = WEIGHTS * np.array([0.5, 0.3, 0.0, 0.1])
    found = [value(world, f"constraint_{name}") for name in CONSTRAINTS]
    assert found == pytest.approx(list(np.array([lack[0], lack[1], 0.0, lack[3], 0.0]) / lack.sum()))


def test_capacity_of_leaders_is_their_support_and_how_evenly_it_is_spread():
    world = four()
    world.support["support"], world.support["attention"] = 0.5, 0.4
    assert value(world, "capacity_leadership") == pytest.approx(0.2)
    world.support["support"] = 0.0
    world.support["support"][0] = 1.0
    assert value(world, "capacity_leadership") == 0.0  # one alone is no shared leadership


def test_capacity_of_awareness_is_knowledge_of_whole_processes():
    world = four(chain_knowledge=[0.1, 0.2, 0.3, 0.4])
    assert value(world, "capacity_awareness") == pytest.approx(WEIGHTS @ [0.1, 0.2, 0.3, 0.4])


def governance_with(*formats):
    """The capacity of governance after a year with formats that differ from one of staff in what is given."""
    entry = {
        "tasks": ["integration"],
        "members": "all",
        "start": "2014-01",
        "interval_weeks": 4,
        "channels": {"meet": 1},
    }
    world = world_of(city(formats=[{"id": f"f{place}", **entry, **own} for place, own in enumerate(formats)]))
    for month in range(START, START + 12):
        run_month(world, month)
        found = value(world, "capacity_governance", month)
    return found


def test_capacity_of_governance_grows_with_the_variety_of_formats():
    found = [governance_with(), governance_with({}), governance_with({}, {"rank": "heads"}, {"rank": "mixed"})]
    assert found[0] == 0.0
    assert found[1] == pytest.approx(0.0, abs=1e-9)
    assert 0.0 < found[2] <= 1.0


def test_formats_are_regular_that_meet_once_in_a_quarter():
    assert governance_with({}, {"interval_weeks": 13}) == pytest.approx(0.0, abs=1e-9)
    assert governance_with({}, {"interval_weeks": 13.5}) > 0.01


def test_columns_have_their_places_by_name():
    assert COLUMN["practice"] == columns.PRACTICE
    assert DEPARTMENT_MEASURES.index("practice") == columns.DEPARTMENT_PRACTICE
    with pytest.raises(AttributeError, match="no column of results is called 'practise'"):
        columns.PRACTISE  # noqa: B018 - asking for it is what is tested


@pytest.mark.parametrize("group", ["stage", "constraint", "willingness"])
def test_columns_of_a_group_stand_together(group):
    """Compiled code adds a number to the place of the first."""
    places = [COLUMN[measure.name] for measure in SERIES if measure.group == group]
    assert places == list(range(places[0], places[0] + len(places)))
    assert all(measure.name.startswith(f"{group}_") for measure in SERIES if measure.group == group)


def test_columns_are_named_once_and_have_labels():
    for measures in (SERIES, TASK_SERIES, OUTCOMES):
        names = [measure.name for measure in measures]
        assert len(set(names)) == len(names)
        for measure in measures:
            assert measure.label.de
            assert measure.label.en
            assert measure.unit
            assert measure.higher_is_better is None or measure.smallest_relevant is not None, measure.name
    assert SERIES[: len(TASK_SERIES)] == TASK_SERIES
    assert OUTCOMES[3].name == "joint_practice"
    assert OUTCOMES[3].smallest_relevant == 0.0125
