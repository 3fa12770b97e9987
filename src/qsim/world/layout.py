"""The arrays of a scenario before anything is drawn: sizes, types and the places of unknown numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown
from qsim.world.records import FUNCTION_TYPE, KEY_TYPE, TABLES, TYPES, World
from qsim.world.unknowns import find_unknowns

FLOATS = ("duties", "format_tasks", "group_tasks", "format_groups", "concept_tasks", "concept_departments",
          "event_tasks", "scratch", "ledger", "governance")  # fmt: skip
INTEGERS = ("switches", "member_first", "tie_first")


class Layout:
    """Arrays under construction, and the unknown numbers written into them.

    ``patches`` holds for each unknown number: the name of the array, the position of the 8-byte word in it, the key of
    the unknown in the scenario, the unknown, and whether it is a whole number (a month).
    """

    def __init__(self, scenario: Scenario) -> None:
        self.arrays: dict[str, np.ndarray] = {"key": np.zeros(1, dtype=KEY_TYPE)}
        self.patches: list[tuple[str, int, str, Unknown, bool]] = []
        self._keys = {id(unknown): key for key, unknown in find_unknowns(scenario)}

    def add(self, name: str, shape: int | tuple[int, ...]) -> np.ndarray:
        """Add and return an array of zeros of this shape, of the type that the world's array of this name has."""
        if name in TYPES:
            kind: np.dtype[Any] = TYPES[name]
        elif name in INTEGERS:
            kind = np.dtype(np.int64)
        elif name == "functions":
            kind = FUNCTION_TYPE
        else:
            assert name in FLOATS, name
            kind = np.dtype(np.float64)
        self.arrays[name] = np.zeros(shape, dtype=kind)
        return self.arrays[name]

    def put(self, name: str, index: int | tuple[int, ...], **values: float | Unknown | None) -> None:
        """Write values into the fields of a record; None is written as missing, of an unknown its middle."""
        array = self.arrays[name]
        for field, value in values.items():
            if isinstance(value, Unknown):
                self._patch(name, index, field, value)
                value = value.middle
            array[field][index] = math.nan if value is None else value

    def _patch(self, name: str, index: int | tuple[int, ...], field: str, value: Unknown) -> None:
        array = self.arrays[name]
        assert array.dtype.fields is not None
        offset = array.dtype.fields[field][1]
        flat = int(np.ravel_multi_index(index if isinstance(index, tuple) else (index,), array.shape))
        whole = next((f.unit == "month" for f in TABLES.get(name, ()) if f.name == field), False)
        word = (flat * array.dtype.itemsize + offset) // 8
        self.patches.append((name, word, self._keys[id(value)], value, whole))

    def world(self) -> World:
        """Return the template world: all arrays in the order of :class:`~qsim.world.records.World`."""
        return World(**self.arrays)
