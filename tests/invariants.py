"""What holds in every month of every administration: checks that tests of random and of edited worlds share."""

import numpy as np
import pytest

from qsim.engine import run
from qsim.measures.catalogue import COLUMN, SERIES, TASK_SERIES
from qsim.world.kinds import COORDINATION, TASK
from qsim.world.maths import WEEKS_A_MONTH
from qsim.world.records import TABLES

MAY_BE_MISSING = {"events.value"}
"""Fields in which NaN is the absence of a value."""
ROUNDING = 1e-9
SIZE = next(field.name for field in TABLES["posts"] if field.unit == "posts")


class Before:
    """What has to be kept from the beginning of a month, to check its end."""

    def __init__(self, world):
        self.volunteers = world.groups["volunteer_hours"] * world.groups["engagement"]
        self.knowledge, self.overview = world.units["knowledge"].copy(), world.units["overview"].copy()
        self.reached = world.stances["reached"].copy()


def fields_stay_in_their_ranges(world, before=None):
    """To the last bit: a share is never above 1, not even by rounding."""
    for table, fields in TABLES.items():
        for field in fields:
            values = np.asarray(getattr(world, table)[field.name], dtype=float)
            name = f"{table}.{field.name}"
            missing = np.isnan(values)
            assert not missing.any() or name in MAY_BE_MISSING, name
            outside = (values < field.low) | (values > field.high)
            assert not outside.any(), (name, values[outside])


def nobody_spends_more_hours_than_there_are(world, before):
    """Volunteers have the hours of the engagement with which the month began: it moves after they are spent."""
    departments, units, groups = world.departments, world.units, world.groups
    assert (departments["spent"] <= departments["hours"] * (1 + ROUNDING)).all()
    assert (units["spent"] <= units["hours"] * (1 + ROUNDING) + ROUNDING).all()
    assert (groups["spent"] <= before.volunteers * (1 + ROUNDING) + ROUNDING).all()
    assert (groups["spent"][groups["present"] == 0.0] == 0.0).all()
    first = departments.size + units.size
    leaders = world.ledger[first : first + world.leaders.size].sum(axis=1)
    assert (leaders <= world.parameters["workload_hours_per_post"] * (1 + ROUNDING)).all()
    assert (world.ledger >= 0.0).all()


def the_ledger_books_what_was_spent(world, before):
    """What rules take from a month stands in the ledger; departments' own work on the task comes on top."""
    count = world.departments.size
    booked = np.delete(world.ledger, TASK, axis=1).sum(axis=1)
    assert booked[:count] == pytest.approx(world.departments["spent"], abs=1e-6)
    assert booked[count : count + world.units.size] == pytest.approx(world.units["spent"], abs=1e-6)
    assert booked[booked.size - world.groups.size :] == pytest.approx(world.groups["spent"], abs=1e-6)


def nobody_is_contacted_by_an_unfilled_post(world, before):
    """A month in which no unit of a task has anybody brings no contact for this task, and costs no unit hours.

    Nor is anybody reached for it, unless in a format of a unit that has somebody. Where nobody is, nobody learns.
    """
    staffed = world.duties.T @ (world.units["filled"] > 0.0) if world.units.size else np.zeros(world.tasks.size)
    assert (world.stances["outreach"][:, staffed == 0.0] == 0.0).all()
    owners = np.where(world.formats["owner_kind"] == 1, world.formats["owner"], -1)
    present = np.append(world.units["filled"] > 0.0, False)[owners]
    carried = staffed + world.format_tasks.T @ present
    assert (world.stances["reached"] == before.reached)[:, carried == 0.0].all()
    empty = world.units["filled"] == 0.0
    assert (world.units["spent"][empty] == 0.0).all()
    assert (world.units["hours"][empty] == 0.0).all()
    assert (world.units["knowledge"][empty] <= before.knowledge[empty]).all()
    assert (world.units["overview"][empty] <= before.overview[empty]).all()


def filled_posts_are_funded(world, before):
    filled = np.zeros(world.units.size)
    np.add.at(filled, world.posts["unit"], world.posts["occupied"] * world.posts[SIZE])
    assert world.units["filled"] == pytest.approx(filled, abs=1e-9)
    assert (world.units["filled"] <= world.units["posts"] + 1e-9).all()


def what_is_done_is_considered(world, before):
    assert (world.stances["practice"] <= world.stances["considered"]).all()


def ties_have_two_ends(world, before):
    """Ties are neighbour lists of the departments; whoever knows somebody is known, and nobody knows itself."""
    count = int(world.tie_first[-1])
    one = np.repeat(np.arange(world.departments.size), np.diff(world.tie_first))
    other = world.ties["department"][:count]
    there, back = one * world.departments.size + other, other * world.departments.size + one
    assert np.unique(there).size == count
    assert np.array_equal(np.sort(there), np.sort(back))
    assert (one != other).all()


def what_is_served_is_paid(world, month):
    """Nobody coordinates for nothing: the hours that formats of the month got are in the ledger."""
    formats = world.formats
    runs = (formats["start"] <= month) & (month < formats["end"])
    got = formats["served"] * formats["coordination"] * WEEKS_A_MONTH / formats["interval"]
    assert got[runs].sum() <= world.ledger[:, COORDINATION].sum() * (1 + ROUNDING) + ROUNDING


CHECKS = (
    fields_stay_in_their_ranges,
    nobody_spends_more_hours_than_there_are,
    the_ledger_books_what_was_spent,
    nobody_is_contacted_by_an_unfilled_post,
    filled_posts_are_funded,
    what_is_done_is_considered,
    ties_have_two_ends,
)


def check_world(world, before):
    """Check a world at the end of a month."""
    for check in CHECKS:
        check(world, before)


def _columns(start_of_name):
    return [i for i, m in enumerate(TASK_SERIES) if m.name.startswith(start_of_name)]


SHARES = [i for i, m in enumerate(SERIES) if m.unit == "share"]


def check_measures(world, row, rows):
    """Gap minus practice without paper is promise minus practice; shares sum to 1; no paper has no relative gap.

    ``row`` (SERIES,) and ``rows`` (tasks, TASK_SERIES) are the measures of the month; promise and practice are also summed
    up anew from the stances.
    """
    weight, stances = world.stances["weight"], world.stances
    gap, without = rows[:, COLUMN["implementation_gap"]], rows[:, COLUMN["practice_without_paper"]]
    promise, practice = rows[:, COLUMN["commitment"]], rows[:, COLUMN["practice"]]
    assert gap - without == pytest.approx(promise - practice, abs=1e-12)
    assert promise == pytest.approx((weight * stances["commitment"]).sum(axis=0), abs=1e-12)
    assert practice == pytest.approx((weight * stances["practice"]).sum(axis=0), abs=1e-12)
    concerned = (stances["relevance"] >= 0.05).any(axis=0)
    assert rows[:, _columns("stage_")].sum(axis=1) == pytest.approx(concerned.astype(float))
    for name in ("constraint_", "willingness_"):
        totals = rows[:, _columns(name)].sum(axis=1)
        assert ((np.abs(totals - 1.0) < 1e-9) | np.isnan(totals)).all(), name
    values = row[SHARES]
    inside = (values >= -ROUNDING) & (values <= 1.0 + ROUNDING) | np.isnan(values)
    assert inside.all(), [SERIES[i].name for i, good in zip(SHARES, inside, strict=True) if not good]
    assert (np.isnan(rows[:, COLUMN["relative_gap"]]) == (promise < 0.02)).all()


class Measured:
    """The measures of a month of a world, which are then checked."""

    def __init__(self, world):
        self.world = world
        tasks, departments = world.tasks.size, world.departments.size
        self.row, self.rows = np.empty(len(SERIES)), np.empty((tasks, len(TASK_SERIES)))
        self.sums, self.squares = np.zeros((departments, tasks, 12)), np.zeros((departments, tasks))

    def check(self, month):
        run.measure(self.world, month, self.row, self.rows, self.sums, self.squares)
        check_measures(self.world, self.row, self.rows)
