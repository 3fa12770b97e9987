"""The measures of every month, of all tasks and of each, are those of the package; so is what binds each department."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.engine.prepare import Prepared
from qsim.measures.catalogue import DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.mechanisms.month import NAMES
from qsim.scenario.loading import load_scenario
from reference.constraint import binding_constraint
from reference.model import ReferenceModel
from strategies import scenarios
from worlds import city

CLOSE = {"rtol": 1e-9, "atol": 1e-9}
FILES = {"no_unit": 36, "two_units": 48, "remscheid": 72, "shock_position_section": 60, "funding_36": 60}
"""Scenario files, and how many months of each are run."""


def shortened(name, months):
    scenario = load_scenario(name)
    return scenario.model_copy(update={"months": min(months, scenario.months)})


def differences(scenario, seed, replicate, plausible):
    """Run both models; return month, task (or "all") and measure of whatever is not the same, with both values."""
    output = Prepared(scenario, plausible).run(seed, [(replicate, replicate)])
    model = ReferenceModel(scenario, seed, replicate, plausible=plausible)
    model.run(scenario.months)
    found = []
    for month, measured in enumerate(model.measured):
        rows = [("all", SERIES, measured.series, output.series[0, month])]
        rows += [(k, TASK_SERIES, row, output.series_tasks[0, month, k]) for k, row in enumerate(measured.tasks)]
        for what, columns, ours, theirs in rows:
            assert set(ours) == {column.name for column in columns}
            for column, value in zip(columns, theirs, strict=True):
                if not np.isclose(ours[column.name], value, equal_nan=True, **CLOSE):
                    found.append((month, what, column.name, ours[column.name], float(value)))
    assert len(model.measured) == scenario.months
    return found


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_measures_of_a_scenario_file_are_the_same(name):
    assert differences(shortened(name, FILES[name]), seed=3, replicate=1, plausible=True) == []


@settings(max_examples=25)
@given(scenario=scenarios(months=12), replicate=st.integers(0, 99), plausible=st.booleans())
def test_the_measures_of_any_scenario_are_the_same(scenario, replicate, plausible):
    assert differences(scenario, 2**40 + 5, replicate, plausible) == []


@settings(max_examples=25)
@given(
    scenario=scenarios(months=9, sizes=st.integers(4, 12)), off=st.sets(st.sampled_from(NAMES), min_size=1, max_size=4)
)
def test_the_measures_are_the_same_when_rules_are_switched_off(scenario, off):
    rules = scenario.rules.model_copy(update={"off": tuple(sorted(off))})
    assert differences(scenario.model_copy(update={"rules": rules}), 8, 2, plausible=False) == []


def test_the_measures_are_the_same_where_hardly_anybody_is_left_in_the_departments():
    released = {"id": "project", "tasks": ["integration"], "members": "relevant", "start": "2014-01",
                "channels": {"release_posts": 200, "relieve_posts": 2}}  # fmt: skip
    assert differences(city(formats=[released]), 8, 2, plausible=False) == []


@pytest.mark.parametrize("name", ["two_units", "remscheid"])
def test_the_same_constraint_binds_every_department(name):
    scenario = shortened(name, 36)
    sums = Prepared(scenario).run(5, [(2, 2)]).departments_sum
    model = ReferenceModel(scenario, 5, 2)
    columns = {name.removeprefix("constraint_"): i for i, name in enumerate(DEPARTMENT_MEASURES)}
    binding = set()
    for month in range(scenario.months):
        model.step()
        for department in model.departments:
            for k, stance in enumerate(department.stances):
                binds = binding_constraint(model, stance)
                binding.add(binds)
                assert sums[month, department.index, k, columns[binds]] == 1.0, (month, department.index, k)
    assert len(binding) > 1
