"""Small worlds that together use everything agree with the reference model after every single rule.

Runs uncompiled, too, in seconds: whatever breaks a rule has to show here.
"""

import numpy as np
import pytest

from qsim.engine.run import measure as measure_world
from qsim.engine.run import run_rules
from qsim.measures.catalogue import DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.mechanisms.month import MONTH
from reference import rich_worlds
from reference.comparison import NAMES, differences, expected
from reference.measures import measure
from reference.model import RULES

pytestmark = pytest.mark.whole_runs

WORLDS = {
    "structures": rich_worlds.structures,
    "crises": rich_worlds.crises,
    "unknowns": rich_worlds.unknowns,
    "nobody": rich_worlds.nobody,
    "copies": rich_worlds.copies,
    "odd_copies": rich_worlds.odd_copies,
    "empty_office": rich_worlds.empty_office,
    "without_work": lambda: rich_worlds.without(
        "calendar", "staffing", "leadership", "formats", "recognition", "practice"
    ),
    "without_views": lambda: rich_worlds.without(
        "funding", "workload", "outreach", "learning", "openness", "commitment", "civil_society"
    ),
}


def measured(world, month):
    """Measure a world of the package; return the measures of all tasks, and of each."""
    departments, tasks = world.stances.shape
    row, rows = np.empty(len(SERIES)), np.empty((tasks, len(TASK_SERIES)))
    measure_world(
        world,
        month,
        row,
        rows,
        np.zeros((departments, tasks, len(DEPARTMENT_MEASURES))),
        np.zeros((departments, tasks)),
    )
    return row, rows


def test_the_reference_model_has_the_rules_of_the_month():
    assert tuple(rule.__name__ for rule in RULES) == tuple(rule.name for rule in MONTH)


@pytest.mark.parametrize("name", WORLDS)
def test_every_rule_does_what_the_reference_model_does(name):
    rich = WORLDS[name]()
    world, model = rich.world(), rich.reference()
    assert differences(world, model) == []
    for month in range(rich.scenario.start, rich.scenario.start + rich.months):
        model.begin_month()
        for position, rule in enumerate(RULES):
            run_rules(world, month, position, position + 1)
            model.apply(rule)
            assert differences(world, model) == [], (month - rich.scenario.start, rule.__name__)
        row, rows = measured(world, month)
        of_all, of_each = measure(model)
        assert row == pytest.approx([of_all[column.name] for column in SERIES], rel=1e-9, abs=1e-9, nan_ok=True)
        for found, wanted in zip(rows, of_each, strict=True):
            assert found == pytest.approx([wanted[c.name] for c in TASK_SERIES], rel=1e-9, abs=1e-9, nan_ok=True)
        assert differences(world, model, governance=True) == []


def test_the_worlds_have_something_in_every_table():
    models = [make().reference() for make in WORLDS.values()]
    assert all(any(len(expected(model, table)) for model in models) for table in NAMES)
