"""The one function of the module: it makes a world of an image, looks whether all is as long as it must be, and runs it.

Its text is made from the layout, as Numba needs a line for each array. The status is 0, or says what is wrong.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import carray, typeof, types
from numba.core.extending import intrinsic
from numba.experimental import structref

from qsim.browser.layout import ALIGNMENT, AXES, HEAD, ROW, array_type, columns, signature
from qsim.engine.run import _advance
from qsim.measures.catalogue import DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.mechanisms.month import MONTH
from qsim.world.handle import world_type
from qsim.world.initial import initialise
from qsim.world.kinds import ACTIVITIES
from qsim.world.records import World

OTHER_LAYOUT, MISPLACED, LENGTHS, NO_ROOM = 1, 2, 3, 4
"""Statuses: no image of this layout; an array is not where it must be; axes disagree; results have no room."""

MOST = 1 << 20
"""No axis is longer."""


@intrinsic
def at(typing: Any, address: Any) -> Any:
    """Return the pointer that a number is."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], ir.IntType(8).as_pointer())

    return types.voidptr(types.int64), code


def entry() -> Any:
    """Return the function ``(image, image_size, rows, rows_size, totals, totals_size)``: addresses and bytes."""
    scope: dict[str, Any] = {"np": np, "carray": carray, "at": at, "structref": structref, "initialise": initialise,
                             "advance": _advance, "kind": _kind()}  # fmt: skip
    scope |= {f"type_{name}": array_type(name) for name in World._fields}
    exec(compile(_text(), __file__, "exec"), scope)
    return scope["run"]


def _kind() -> Any:
    return world_type(
        World._fields, [typeof(np.zeros((1,) * len(AXES[name]), array_type(name))) for name in World._fields]
    )


def _aligned(offset: str) -> str:
    return f"({offset} + {ALIGNMENT - 1}) // {ALIGNMENT} * {ALIGNMENT}"


def _text() -> str:
    """Return the source of the function."""
    count = len(World._fields)
    words = HEAD + ROW * count
    lines = [
        "def run(image, image_size, rows, rows_size, totals, totals_size):",
        f"    if image_size < {8 * words}:",
        f"        return {OTHER_LAYOUT}",
        f"    head = carray(at(image), ({words},), np.int64)",
        f"    if head[0] != {signature()} or head[1] != image_size:",
        f"        return {OTHER_LAYOUT}",
        "    months = head[2]",
        f"    if months < 0 or months > {MOST}:",
        f"        return {LENGTHS}",
        f"    if image % {ALIGNMENT} != 0 or rows % 8 != 0 or totals % 8 != 0:",
        f"        return {MISPLACED}",
        f"    for place in range({HEAD}, {words}, {ROW}):",
        f"        if min(head[place + 1], head[place + 2]) < 0 or max(head[place + 1], head[place + 2]) > {MOST}:",
        f"            return {LENGTHS}",
    ]
    known: set[str] = set()
    checks = []
    end = str(8 * words)
    for n, name in enumerate(World._fields):
        place = HEAD + ROW * n
        for axis, length in enumerate((AXES[name][0], columns(name)), start=1):
            if isinstance(length, str) and length.isidentifier() and length not in known:
                known.add(length)
                lines.append(f"    {length} = head[{place + axis}]")
            else:
                checks.append(f"head[{place + axis}] != {length}")
        lines += [f"    if head[{place}] != {_aligned(end)}:", f"        return {MISPLACED}"]
        end = f"head[{place}] + head[{place + 1}] * head[{place + 2}] * {array_type(name).itemsize}"
    lines += [f"    if image_size != {_aligned(end)}:", f"        return {MISPLACED}"]
    for check in checks:
        lines += [f"    if {check}:", f"        return {LENGTHS}"]
    series, by_task = f"months * {len(SERIES)}", f"months * tasks * {len(TASK_SERIES)}"
    cells, payers = "months * departments * tasks", AXES["ledger"][0]
    sums, ledger = f"{cells} * {len(DEPARTMENT_MEASURES)}", f"({payers}) * {len(ACTIVITIES)}"
    lines += [
        f"    if rows_size != 8 * ({series} + {by_task}):",
        f"        return {NO_ROOM}",
        f"    if totals_size != 8 * ({sums} + {cells} + {ledger}):",
        f"        return {NO_ROOM}",
        "    world = structref.new(kind)",
    ]
    for n, name in enumerate(World._fields):
        place = HEAD + ROW * n
        shape = ", ".join(f"head[{place + 1 + axis}]" for axis in range(len(AXES[name])))
        lines.append(f"    world.{name} = carray(at(image + head[{place}]), ({shape},), type_{name})")
    lines += [
        "    initialise(world)",
        "    none, places = carray(at(image), (0,), np.uint64), carray(at(image), (0,), np.int64)",
        "    words = carray(at(image), (1, 0), np.uint64)",
        f"    advance(world, none, none, places, words, world.key[0].start, months, 0, {len(MONTH)},",
        f"            carray(at(rows), (1, months, {len(SERIES)}), np.float64),",
        f"            carray(at(rows + 8 * {series}), (1, months, tasks, {len(TASK_SERIES)}), np.float64),",
        f"            carray(at(totals), (months, departments, tasks, {len(DEPARTMENT_MEASURES)}), np.float64),",
        f"            carray(at(totals + 8 * {sums}), (months, departments, tasks), np.float64),",
        f"            carray(at(totals + 8 * ({sums} + {cells})), ({payers}, {len(ACTIVITIES)}), np.float64))",
        "    return 0",
    ]
    return "\n".join(lines)
