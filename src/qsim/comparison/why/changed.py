"""Which settings differ between two scenarios, by their keys, and what both have the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from qsim.comparison.why.side_by_side import UNSEEN, are_equal, fields, is_whole, twins
from qsim.scenario.schema import Scenario

CHAINS = "chains["
"""Where keys begin whose departments stand in the order of a process."""

Kind = Literal["changed", "added", "removed"]


@dataclass(frozen=True)
class Change:
    """A setting that differs: its key, and what it is in the first and in the second scenario.

    ``added`` and ``removed`` are whole entries of a list, or a parameter of a rule; what is not there is None. A
    ``changed`` value is None where a scenario leaves the key open. An entry without an id is named by its index: that of
    an added one in the second scenario, of all others in the first.
    """

    key: str
    kind: Kind
    first: Any
    second: Any

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from all other changes between the same scenarios."""
        return self.kind, self.key

    @property
    def part(self) -> str:
        """The top-level part of a scenario that it lies in, such as ``commissioners``."""
        return self.key.partition(".")[0].partition("[")[0]

    @property
    def thing(self) -> str:
        """The key of the object that it lies in, ``commissioners[integration]``; the key itself outside of lists."""
        head, bracket, _ = self.key.partition("]")
        return head + bracket if bracket else self.key


def changes(first: Scenario, second: Scenario) -> tuple[Change, ...]:
    """Return what differs between two scenarios, in the order of the schema.

    Names, sources, facts, notes and reasons are no differences; neither is a default that is written out, nor the order
    of what has no order. A parameter that only one of them states is one, even at its default: where it is not stated,
    plausible settings draw it.
    """
    return tuple(_between(first, second, ""))


def held_same(first: Scenario, second: Scenario) -> tuple[str, ...]:
    """Return the parts of a scenario in which nothing differs, by their keys, without those that both leave empty."""
    differing = {change.part for change in changes(first, second)}
    return tuple(
        name
        for name in Scenario.model_fields
        if name not in (*UNSEEN, "kind", *differing) and not _is_empty(getattr(first, name))
    )


def _is_empty(value: Any) -> bool:
    return value in ((), {}) or (isinstance(value, BaseModel) and value == type(value)())


def _between(first: Any, second: Any, key: str) -> Iterator[Change]:
    """Yield the changes of a value and of all below it."""
    if is_whole(first, second):
        if not are_equal(first, second, in_order=key.startswith(CHAINS)):
            yield Change(key, "changed", first, second)
    elif isinstance(first, BaseModel):
        for name, one, other in fields(first, second):
            yield from _between(one, other, f"{key}.{name}" if key else name)
    else:
        for twin in twins(first, second):
            step = f"{key}{twin.step}"
            if twin.first is None:
                yield Change(step, "added", None, twin.second)
            elif twin.second is None:
                yield Change(step, "removed", twin.first, None)
            else:
                yield from _between(twin.first, twin.second, step)
