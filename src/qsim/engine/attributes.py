"""Attributes of agents: each reads one declared field of the agent's record, and writes it if it is state."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np

from qsim.world.fields import Field
from qsim.world.records import TABLES

Owner = TypeVar("Owner", bound=type)

_REFUSALS = {
    "derived": "is computed anew every month and cannot be written",
    "fixed": "is fixed for the whole run and cannot be written; set it in the scenario",
    "index": "says where it stands and cannot be written; use an event of the scenario",
}


class FieldAttribute:
    """An attribute that shows one field of the owner's record in ``table``, as a plain float or int.

    The owner has a ``world`` and an ``index``, the place of its record in the world's array. The record is looked up
    there each time, so nothing is kept here that belongs to one model.
    """

    def __init__(self, table: str, field: Field, name: str) -> None:
        self.table = table
        self.field = field
        self.name = name
        self.__doc__ = f"{field.label_en}: {field.meaning}; {field.unit}, {field.kind}."

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        """Return the value as float (an index as int); of the class, the attribute itself."""
        if owner is None:
            return self
        return self._values(owner)[owner.index].item()

    def __set__(self, owner: Any, value: float) -> None:
        """Write a state; raise AttributeError for anything else, ValueError for a value out of range."""
        self._refuse_unless_state(owner)
        self._values(owner)[owner.index] = self._checked(owner, value)

    def _values(self, owner: Any) -> np.ndarray:
        values: np.ndarray = getattr(owner.world, self.table)[self.field.name]
        return values

    def _refuse_unless_state(self, owner: Any) -> None:
        if self.field.kind != "state":
            raise AttributeError(f"{type(owner).__name__}.{self.name} {_REFUSALS[self.field.kind]}")

    def _checked(self, owner: Any, value: float) -> float:
        number = float(value)
        low, high = self.field.low, self.field.high
        endless = math.isinf(number) and self.field.unit != "month"
        if endless or not low <= number <= high:
            what = f"{type(owner).__name__}.{self.name}"
            raise ValueError(f"{what} is a {self.field.unit} from {low:g} to {high:g}, not {number:g}")
        return number


class TaskMeanAttribute(FieldAttribute):
    """An attribute that shows the mean of a field over the owner's tasks; it can be written if there is one task.

    The owner's ``index`` is a row of tasks, its ``task_weights()`` are (tasks,), or None if all count alike.
    """

    def __init__(self, table: str, field: Field, name: str) -> None:
        super().__init__(table, field, name)
        self.__doc__ = f"{self.__doc__} Mean over tasks; with one task it can be written as this."

    def __get__(self, owner: Any, kind: type | None = None) -> Any:
        """Return the weighted mean over tasks; a month has no mean, and raises AttributeError with several tasks."""
        if owner is None:
            return self
        values = self._values(owner)[owner.index]
        if values.size == 1:
            return values[0].item()
        if self.field.unit == "month":
            raise AttributeError(self._per_task(owner, "has no mean; read"))
        weights = owner.task_weights()
        if weights is None or not weights.any():
            return float(np.mean(values))
        return float(np.sum(weights * values) / np.sum(weights))

    def __set__(self, owner: Any, value: float) -> None:
        """Write the state of the one task; raise AttributeError with several, or for what is not a state."""
        self._refuse_unless_state(owner)
        values = self._values(owner)[owner.index]
        if values.size > 1:
            raise AttributeError(self._per_task(owner, f"is a mean over {values.size} tasks; write"))
        values[0] = self._checked(owner, value)

    def _per_task(self, owner: Any, why: str) -> str:
        kind = type(owner).__name__
        return f"{kind}.{self.name} {why} .stance(task).{self.name}"


def with_fields(
    table: str, also: Mapping[str, str] | None = None, attribute: type[FieldAttribute] = FieldAttribute
) -> Callable[[Owner], Owner]:
    """Return a class decorator that adds one attribute for each declared field of a table of the world.

    ``also`` maps further names to fields: the words that all agents share. Raise TypeError if a name is taken.
    """
    fields = {field.name: field for field in TABLES[table]}
    names = {name: name for name in fields} | dict(also or {})

    def add(owner: Owner) -> Owner:
        for name, field in names.items():
            if hasattr(owner, name):
                raise TypeError(f"{owner.__name__}.{name} exists already")
            setattr(owner, name, attribute(table, fields[field], name))
        return owner

    return add
