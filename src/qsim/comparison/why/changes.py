"""Which settings differ between two scenarios read side by side, by their keys, and what both have the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from qsim.runs.to_json import Plain
from qsim.scenario.schema import Note, Recut, Scenario
from qsim.scenario.structure import Division, FundingPhase, Leader
from qsim.scenario.values import Unknown

UNSEEN = ("id", "label", "description", "text", "source", "reason", "facts", "schema_version")
"""Fields that no rule reads; entries are matched by their ids, so those are no settings either."""


@dataclass(frozen=True)
class Twin:
    """An entry of a list that is the same thing in both scenarios, or is missing (None) in one.

    ``step`` names it in a key: ``[network]`` or ``.contact_rate``; by its index if it has no id, that of an entry which
    only the second scenario has in the second, of all others in the first.
    """

    step: str
    first: Any
    second: Any


def fields(first: BaseModel, second: BaseModel) -> Iterator[tuple[str, Any, Any]]:
    """Yield name and both values of each field of two objects of a kind, save those that no rule reads."""
    for name in type(first).model_fields:
        if name not in UNSEEN and not (_is_idle(first, name) and _is_idle(second, name)):
            yield name, getattr(first, name), getattr(second, name)


def _is_idle(part: BaseModel, name: str) -> bool:
    """Whether the rules pass over a field because of what another one says."""
    if isinstance(part, FundingPhase):
        return name == "after" and part.kind == "permanent"
    return isinstance(part, Recut) and name == "share" and bool(part.departments)


def is_whole(first: Any, second: Any) -> bool:
    """Whether two values of a field are compared as a whole.

    That is so unless they are two objects of one kind, or lists of objects that can be matched.
    """
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return False
    if isinstance(first, tuple) and isinstance(second, tuple):
        return not _can_be_matched(first, second)
    if not isinstance(first, BaseModel) or isinstance(first, Unknown) or type(first) is not type(second):
        return True
    return bool(getattr(first, "kind", None) != getattr(second, "kind", None))


def _can_be_matched(first: Sequence[Any], second: Sequence[Any]) -> bool:
    entries = (*first, *second)
    if not all(isinstance(entry, BaseModel) for entry in entries):
        return False
    if any(isinstance(entry, Division) for entry in entries):
        return bool(first and second)  # without any the scenario has all of the catalogue
    if _have_ids(entries) or len(first) == len(second):
        return True
    return len(_equal_twins(first, second)) == min(len(first), len(second))


def are_equal(first: Any, second: Any, in_order: bool = False) -> bool:
    """Whether two values are the same to the rules; the order of names counts only ``in_order``."""
    if isinstance(first, Unknown) and isinstance(second, Unknown):
        return first.between == second.between and first.one_of == second.one_of
    if isinstance(first, tuple) and isinstance(second, tuple) and is_whole(first, second):
        if not in_order and all(isinstance(name, str) for name in first + second):
            return sorted(first) == sorted(second)
        alike = len(first) == len(second)
        return alike and all(are_equal(one, other) for one, other in zip(first, second, strict=True))
    if is_whole(first, second):
        return bool(first == second)
    if isinstance(first, BaseModel):
        return all(are_equal(one, other, name == "departments") for name, one, other in fields(first, second))
    return all(are_equal(twin.first, twin.second) for twin in twins(first, second))


def twins(first: Any, second: Any) -> list[Twin]:
    """Return the entries of two lists of objects, or of two mappings, each with its twin.

    Those that only the second has stand behind what they follow there, so that phases of funding stay in order of time.
    Notes are left out. An office of which one scenario says nothing has an entry all the same, without any statement.
    """
    if isinstance(first, Mapping):
        names = dict.fromkeys([*first, *second])
        empty: dict[str, Any] | None = (
            {} if any(isinstance(value, Mapping) for value in (*first.values(), *second.values())) else None
        )
        return [Twin(f".{name}", first.get(name, empty), second.get(name, empty)) for name in names]
    result = []
    for i, j in _in_order(first, second):
        one = None if i is None else first[i]
        other = None if j is None else second[j]
        name = getattr(one if j is None or one is not None else other, "id", None)
        step = name or (j if i is None else i)
        result.append(
            Twin(f"[{step}]", _office(other) if one is None else one, _office(one) if other is None else other)
        )
    return result


def _office(entry: Any) -> Leader | None:
    return Leader(id=entry.id, kind=entry.kind) if isinstance(entry, Leader) else None


def _in_order(first: Sequence[Any], second: Sequence[Any]) -> list[tuple[int | None, int | None]]:
    """Return the places of entries and of their twins, None where there is none."""
    matched = _matched(first, second)
    rows: list[tuple[int | None, int | None]] = [(i, matched.get(i)) for i in _counting(first)]
    follows = len(rows) if _have_ids((*first, *second)) else 0
    for j in _counting(second):
        place = next((at for at, row in enumerate(rows) if row[1] == j), None)
        if place is None:
            place = follows
            rows.insert(place, (None, j))
        follows = place + 1
    return rows


def _matched(first: Sequence[Any], second: Sequence[Any]) -> dict[int, int]:
    """Return the place in the second list of what stands in a place of the first."""
    if not _have_ids((*first, *second)):
        if len(first) == len(second):
            return dict(zip(range(len(first)), range(len(second)), strict=True))
        return _equal_twins(first, second)
    places = {second[j].id: j for j in _counting(second) if second[j].id is not None}
    named = {i: places[first[i].id] for i in _counting(first) if first[i].id in places}
    return named | _unnamed(first, second)


def _unnamed(first: Sequence[Any], second: Sequence[Any]) -> dict[int, int]:
    """Return the twins of entries without an id: equal ones, then others of the same kind in their order."""
    ones, others = ([at for at in _counting(entries) if entries[at].id is None] for entries in (first, second))
    equal = _equal_twins([first[i] for i in ones], [second[j] for j in others])
    result = {ones[i]: others[j] for i, j in equal.items()}
    for i in ones:
        if i not in result:
            _match(result, i, (j for j in others if type(second[j]) is type(first[i])))
    return result


def _equal_twins(first: Sequence[Any], second: Sequence[Any]) -> dict[int, int]:
    """Return the twins of entries that are equal, each once."""
    result: dict[int, int] = {}
    for i, entry in enumerate(first):
        _match(result, i, (j for j, other in enumerate(second) if _are_alike(entry, other)))
    return result


def _match(result: dict[int, int], place: int, likely: Iterable[int]) -> None:
    """Give a place the first of the likely ones that is not taken."""
    twin = next((j for j in likely if j not in result.values()), None)
    if twin is not None:
        result[place] = twin


def _are_alike(one: Any, other: Any) -> bool:
    return type(one) is type(other) and are_equal(one, other)


def _counting(entries: Sequence[Any]) -> list[int]:
    return [at for at, entry in enumerate(entries) if not isinstance(entry, Note)]


def _have_ids(entries: Sequence[Any]) -> bool:
    return any("id" in type(entry).model_fields for entry in entries)


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
    first: Plain[Any]
    second: Plain[Any]

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
