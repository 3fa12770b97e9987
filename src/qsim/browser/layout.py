"""The image of a world: one block of bytes that holds all its arrays, and the order in which numbers come back.

Words are of 64 bits, little-endian. The head is the layout's signature, the size of the image in bytes, the months to run, and a
row for each array of :class:`~qsim.world.records.World`: offset, rows, columns (1 where there is no second axis). Results
are float64 in two blocks: *rows* of a run, the series (months, SERIES) and the series of tasks (months, tasks,
TASK_SERIES), are written; *totals*, the sums (months, departments, tasks, DEPARTMENT_MEASURES), the squares (months,
departments, tasks) and the hours (payers, activities), are added to.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import numpy as np

from qsim.measures.catalogue import DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.mechanisms.month import MONTH, RULES
from qsim.world.kinds import ACTIVITIES
from qsim.world.layout import FLOATS
from qsim.world.parameters import parameters_type
from qsim.world.records import FUNCTION_TYPE, KEY_TYPE, TYPES, World

ALIGNMENT = 16
HEAD = 3
"""Words before the table of arrays: signature, size, months."""
ROW = 3
"""Words of an array in the table: offset, rows, columns."""

Axis = int | str

AXES: dict[str, tuple[Axis, ...]] = {
    "key": (1,), "switches": (len(MONTH),), "parameters": (1,), "administration": (1,), "tasks": ("tasks",),
    "departments": ("departments",), "stances": ("departments", "tasks"), "leaders": ("leaders",),
    "support": ("leaders", "tasks"), "units": ("units",), "duties": ("units", "tasks"),
    "relations": ("departments", "units"), "posts": ("posts",), "phases": ("phases",), "formats": ("formats",),
    "format_tasks": ("formats", "tasks"), "members": ("members",), "member_first": ("formats + 1",),
    "groups": ("groups",), "group_tasks": ("groups", "tasks"), "format_groups": ("formats", "groups"), "ties": ("ties",),
    "tie_first": ("departments + 1",), "chains": ("chains",), "links": ("links",), "concepts": ("concepts",),
    "concept_tasks": ("concepts", "tasks"), "concept_departments": ("concepts", "departments"), "events": ("events",),
    "event_tasks": ("events", "tasks"), "strikes": ("strikes",), "functions": ("functions",),
    "scratch": ("departments", 2), "ledger": ("departments + units + leaders + groups", len(ACTIVITIES)),
    "governance": (12,),
}  # fmt: skip
"""How long the axes of each array are: a number, what is counted, or a sum of such; the same word is the same length."""


def array_type(name: str) -> np.dtype[Any]:
    """Return the type of the elements of an array of the world."""
    if name == "parameters":
        return parameters_type(RULES)
    types = {"key": KEY_TYPE, "functions": FUNCTION_TYPE, **TYPES}
    return types.get(name, np.dtype(np.float64 if name in FLOATS else np.int64))


def columns(name: str) -> Axis:
    """Return the length of the second axis of an array, 1 if it has none."""
    return AXES[name][1] if len(AXES[name]) > 1 else 1


@cache
def signature() -> int:
    """Return a positive number of 53 bits that changes with the layout: with fields, axes, and the columns of results."""
    layout = [(name, AXES[name], array_type(name).descr) for name in World._fields]
    results = [len(SERIES), len(TASK_SERIES), len(DEPARTMENT_MEASURES)]
    digest = hashlib.blake2b(repr((layout, results)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 11
