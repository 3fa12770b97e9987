"""A difference between package and reference model is found wherever it is: in every field of every table."""

import numpy as np
import pytest

from qsim.engine.run import run_rules
from reference.comparison import NAMES, TOLERANCE, differences, matrices
from reference.model import RULES
from reference.rich_worlds import crises

TABLES = tuple(NAMES)
MATRICES = (
    "duties", "format_tasks", "format_groups", "group_tasks", "concept_tasks", "concept_departments", "event_tasks",
    "member_first", "tie_first", "ledger",
)  # fmt: skip


@pytest.fixture(scope="module")
def pair():
    rich = crises()
    world, model = rich.world(), rich.reference()
    for _ in range(3):
        model.step()
        run_rules(world, model.month, 0, len(RULES))
    assert differences(world, model) == []
    return world, model


def moved(value, by):
    """Return another value: the next index, or a number moved by a part of itself and of 1; a number for no number."""
    if isinstance(value, np.integer):
        return value + 1
    return value + by * (1.0 + abs(value)) if np.isfinite(value) else 0.0


def reported(world, model, array, index, by):
    """Move one value of the package, compare, and move it back."""
    kept = array[index]
    array[index] = moved(kept, by)
    lines = differences(world, model)
    array[index] = kept
    return lines


@pytest.mark.parametrize("table", TABLES)
def test_a_small_difference_in_any_field_is_reported(pair, table):
    world, model = pair
    records = getattr(world, table).reshape(-1)
    last = (world.tie_first[-1] if table == "ties" else records.size) - 1
    for name in NAMES[table]:
        (line,) = reported(world, model, records[name], last, 10.0 * TOLERANCE)
        assert line.startswith(f"{table}.{name}[{last}]: the package has ")
    assert differences(world, model) == []


def test_what_rounding_does_is_not_reported(pair):
    world, model = pair
    assert reported(world, model, world.stances.reshape(-1)["practice"], 0, TOLERANCE / 100.0) == []


@pytest.mark.parametrize("name", MATRICES)
def test_a_small_difference_in_any_matrix_is_reported(pair, name):
    world, model = pair
    assert set(MATRICES) == set(matrices(model))
    flat = getattr(world, name).reshape(-1)
    lines = reported(world, model, flat, flat.size - 1 if name != "tie_first" else 1, 10.0 * TOLERANCE)
    assert any(line.startswith(name) for line in lines)


def test_a_missing_value_is_not_any_value(pair):
    world, model = pair
    drawn = int(np.flatnonzero(np.isnan(world.events["value"]))[0])
    assert reported(world, model, world.events["value"], drawn, 0.0) != []


def test_a_table_of_another_length_is_reported(pair):
    world, model = pair
    assert any("shape" in line for line in differences(world._replace(posts=world.posts[:-1]), model))


def test_a_parameter_that_differs_in_the_sixth_digit_is_noticed_in_a_month():
    rich = crises()
    world, model = rich.world(), rich.reference()
    world.parameters["practice_up"] *= 1.0 + 1e-6
    model.step()
    run_rules(world, model.month, 0, len(RULES))
    assert any(line.startswith("stances.practice") for line in differences(world, model))
