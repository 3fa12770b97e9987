"""Flows of a month: hours and contacts that start at zero, are added up by the rules, and are measured at its end."""

from __future__ import annotations

from qsim.world.compiling import compiled
from qsim.world.records import World


@compiled
def start_month(world: World) -> None:
    """Set the month's flows to zero."""
    world.ledger[:, :] = 0.0
    for d in range(world.departments.size):
        department = world.departments[d]
        department.spent_before = department.spent
        department.spent = 0.0
        for k in range(world.tasks.size):
            stance = world.stances[d, k]
            stance.asked = 0.0
            stance.outreach = 0.0
            stance.cases = 0.0
            stance.exchange = 0.0
            stance.source = 0.0
            stance.process_source = 0.0
            stance.peer_hours = 0.0
            stance.peer_openness = 0.0
            stance.gate = 0.0
            stance.decided = 0.0
            stance.friction = 0.0
            stance.ordered = 0.0


LEAST_HOURS = 1.0e-9
"""Hours that are left and fewer than this are none: they are what rounding leaves."""


@compiled
def hours_left(has: float, spent: float) -> float:
    """Return the hours that are left of those there are."""
    left = has - spent
    return left if left > LEAST_HOURS else 0.0


@compiled
def pay_by_department(world: World, d: int, hours: float, activity: int) -> None:
    """Book hours of a department's staff, and take them from its month."""
    world.departments[d].spent += hours
    world.ledger[d, activity] += hours


@compiled
def hours_left_of_department(world: World, d: int) -> float:
    """Return the hours of a department's month that are not booked yet, its own work on the tasks included."""
    return max(world.departments[d].hours - world.ledger[d].sum(), 0.0)


@compiled
def pay_by_unit(world: World, u: int, hours: float, activity: int) -> None:
    """Book hours of a unit's staff."""
    world.units[u].spent += hours
    world.ledger[world.departments.size + u, activity] += hours


@compiled
def pay_by_leader(world: World, i: int, hours: float, activity: int) -> None:
    """Book hours of a leader."""
    world.ledger[world.departments.size + world.units.size + i, activity] += hours


@compiled
def hours_left_of_leader(world: World, i: int) -> float:
    """Return the hours of a leader's month that are not booked yet."""
    booked = world.ledger[world.departments.size + world.units.size + i].sum()
    return max(world.parameters[0].workload_hours_per_post - booked, 0.0)


@compiled
def pay_by_group(world: World, g: int, hours: float, activity: int) -> None:
    """Book hours of volunteers."""
    world.groups[g].spent += hours
    world.ledger[world.departments.size + world.units.size + world.leaders.size + g, activity] += hours
