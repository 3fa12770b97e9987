"""The world: all state of one run as arrays of records, bundled in one named tuple."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from qsim.world import entities
from qsim.world.compiling import uncompiled
from qsim.world.fields import Field, record_type

Array = np.ndarray

KEY_TYPE = np.dtype(
    [("seed", np.uint64), ("replicate", np.int64), ("setting", np.int64), ("start", np.int64)], align=True
)
"""The run's address: seed, replicate, setting (whose draws of the unknown it uses) and first absolute month."""

FUNCTION_TYPE = np.dtype([(name, np.int64) for name in ("slot", "department", "group", "edition")], align=True)
"""A function of the catalogue: its slot, the department that holds it, its division there, its copy of the catalogue."""

TABLES: dict[str, tuple[Field, ...]] = {
    "administration": entities.ADMINISTRATION,
    "tasks": entities.TASK,
    "departments": entities.DEPARTMENT,
    "stances": entities.STANCE,
    "leaders": entities.LEADER,
    "support": entities.SUPPORT,
    "units": entities.UNIT,
    "relations": entities.RELATION,
    "posts": entities.POST,
    "phases": entities.PHASE,
    "formats": entities.FORMAT,
    "members": entities.MEMBER,
    "groups": entities.GROUP,
    "ties": entities.TIE,
    "chains": entities.CHAIN,
    "links": entities.LINK,
    "concepts": entities.CONCEPT,
    "events": entities.EVENT,
    "strikes": entities.STRIKE,
}
"""The tables of declared fields, by the name of the world's array of such records."""

TYPES = {name: record_type(fields) for name, fields in TABLES.items()}
"""The record types, by the name of the world's array."""


class World(NamedTuple):
    """All arrays of one run; the axes stand behind each.

    Departments, tasks, leaders, units, civil society groups, formats are counted in the order of the scenario.
    """

    key: Array  # (1,) of KEY_TYPE
    switches: Array  # (rules,) int64: 1 if the rule runs
    parameters: Array  # (1,) record of all parameters
    administration: Array  # (1,)
    tasks: Array  # (tasks,)
    departments: Array  # (departments,)
    stances: Array  # (departments, tasks)
    leaders: Array  # (leaders,): the mayor, the deputy, then the heads in the order of divisions
    support: Array  # (leaders, tasks)
    units: Array  # (units,)
    duties: Array  # (units, tasks) float64: 1 if the unit handles the task
    relations: Array  # (departments, units)
    posts: Array  # (posts,)
    phases: Array  # (phases,)
    formats: Array  # (formats,)
    format_tasks: Array  # (formats, tasks) float64: 1 if it serves the task
    members: Array  # (members,) of all formats, one after another
    member_first: Array  # (formats + 1,) int64: where the members of a format begin
    groups: Array  # (groups,)
    group_tasks: Array  # (groups, tasks) float64
    format_groups: Array  # (formats, groups) float64: 1 if the group takes part
    ties: Array  # (ties,) directed, by department
    tie_first: Array  # (departments + 1,) int64: where the ties of a department begin
    chains: Array  # (chains,)
    links: Array  # (links,) of all chains, one after another
    concepts: Array  # (concepts,)
    concept_tasks: Array  # (concepts, tasks) float64
    concept_departments: Array  # (concepts, departments) float64: 1 if it speaks of the department
    events: Array  # (events,)
    event_tasks: Array  # (events, tasks) float64
    strikes: Array  # (strikes,)
    functions: Array  # (functions,) of FUNCTION_TYPE
    scratch: Array  # (departments, 2) float64: values of all departments before any is written
    ledger: Array  # (departments + units + leaders + groups, activities) hours of the month
    governance: Array  # (12,) hours by rank x sector x regularity, fading over a year


def gathered(world: World) -> tuple[Array, World]:
    """Return a copy of a world whose arrays lie in one memory, and that memory (words,) uint64.

    Who copies another memory of the same world over it has put the world into that one's state.
    """
    memory = np.concatenate([array.reshape(-1).view(np.uint64) for array in world])
    return memory, spread(memory, world)


def spread(memory: Array, like: World) -> World:
    """Return the world whose arrays lie in a memory (words,), one after another, shaped as those of another world."""
    arrays, offset = [], 0
    for array in like:
        arrays.append(np.ndarray(array.shape, array.dtype, memory, offset))
        offset += array.nbytes
    return World(*arrays)


def recarrays(world: World) -> World:
    """Return the same memory with records that have attributes, as the uncompiled rules need it."""
    return World(*(array.view(np.recarray) if array.dtype.names else array for array in world))


def reference(world: World) -> Any:
    """Return what rules take as the world, which shares its memory: a reference where they are compiled."""
    if uncompiled():
        return recarrays(world)
    from qsim.world.handle import refer

    return refer(world)
