"""The concrete administration a scenario describes: its departments, divisions, leaders and process chains.

The first N departments of the catalogue stand, and do the work of those that do not; beyond the catalogue's size come
copies. What the scenario says of a department, division, leader or chain replaces what the catalogue says.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from qsim.scenario.catalogue import Catalogue, load_catalogue
from qsim.scenario.labels import Label
from qsim.scenario.schema import Scenario
from qsim.scenario.standing import Draft, HouseChain, apply_own, house_chains, stand
from qsim.scenario.structure import Leader
from qsim.scenario.values import Unknown

HEAD_SLOTS = 10
OWN_DIVISION_SLOTS = 100


@dataclass(frozen=True)
class HouseDepartment:
    """A department of this administration; ``relevance``, ``contact`` and ``exposure`` have one entry a task."""

    slot: int
    id: str
    label: Label
    division: int
    staff_weight: float | Unknown
    workload: float | Unknown | None  # share of capacity as the scenario states it; None: the administration's
    workload_factor: float  # to the administration's workload, where ``workload`` is None
    relevance: tuple[float | Unknown, ...]
    contact: tuple[float | Unknown, ...]
    exposure: tuple[float | Unknown, ...]
    breadth: int  # how many departments of the catalogue are united in it


@dataclass(frozen=True)
class HouseDivision:
    """A division (Dezernat) of this administration."""

    slot: int
    id: str
    label: Label


@dataclass(frozen=True)
class HouseLeader:
    """The mayor, the deputy who stands for the mayor, or the head of a division (``division`` is -1 without one)."""

    slot: int
    id: str
    kind: Literal["mayor", "deputy", "head"]
    label: Label
    division: int
    entry: Leader


@dataclass(frozen=True)
class House:
    """An administration: leaders are the mayor, the deputy, then the head of each division in order."""

    departments: tuple[HouseDepartment, ...]
    divisions: tuple[HouseDivision, ...]
    leaders: tuple[HouseLeader, ...]
    chains: tuple[HouseChain, ...]
    holders: Mapping[str, int] = field(compare=False)  # index of the department that does the work of an id

    def department_index(self, department_id: str) -> int:
        """Return the index of the department that holds this function; raise KeyError if none does.

        In a smaller administration this is the department it is united with.
        """
        return self.holders[department_id]

    def division_index(self, division_id: str) -> int:
        """Return the index of a division; raise KeyError if there is none of this id."""
        return _index(self.divisions, division_id)

    def leader_index(self, leader_id: str) -> int:
        """Return the index of a leader; raise KeyError if there is none of this id."""
        return _index(self.leaders, leader_id)


def build_house(scenario: Scenario) -> House:
    """Return the administration of a scenario whose number of departments is known.

    Raise ValueError if there are no departments, if an own department lacks its slot or shares one, or if a division or
    leader is named that does not exist.
    """
    catalogue = load_catalogue()
    size = scenario.administration.departments
    if isinstance(size, Unknown):
        raise ValueError("the number of departments is unknown; it must be drawn before the house is built")
    own = scenario.administration.own_departments
    drafts, holders, copies = stand(catalogue, int(size), {entry.id for entry in own})
    apply_own(drafts, holders, own)
    if not drafts:
        raise ValueError("the administration has no departments")
    slots = [draft.slot for draft in drafts]
    if len(set(slots)) < len(slots):
        shared = sorted({slot for slot in slots if slots.count(slot) > 1})
        raise ValueError(f"departments share the slots {', '.join(map(str, shared))}")
    divisions, places = _divisions(catalogue, scenario, drafts)
    kinds = tuple(task.kind for task in scenario.tasks)
    departments = tuple(_finish(draft, place, kinds) for draft, place in zip(drafts, places, strict=True))
    return House(
        departments=departments,
        divisions=divisions,
        leaders=_leaders(divisions, scenario.leaders),
        chains=house_chains(
            scenario,
            catalogue,
            holders,
            copies,
            [entry.relevance for entry in departments],
            [entry.slot for entry in departments],
        ),
        holders=holders,
    )


def division_slot(name: str) -> int:
    """Return the lasting identity of a division: its number in the catalogue, or one of its own."""
    found = next((division.number for division in load_catalogue().divisions if division.id == name), None)
    return OWN_DIVISION_SLOTS + zlib.crc32(name.encode()) % 60000 if found is None else found


def _divisions(
    catalogue: Catalogue, scenario: Scenario, drafts: Sequence[Draft]
) -> tuple[tuple[HouseDivision, ...], list[int]]:
    """Return the divisions and the division of each department.

    Without divisions of its own the scenario has those of the catalogue that hold a department. A department that no
    division of the scenario names stays in its division if that is listed; otherwise it goes to the listed division
    that names most departments of its catalogue division, or to the first. Copies go where the original goes.
    """
    known = {division.id: division for division in catalogue.divisions}
    listed = scenario.administration.divisions
    own_places = {entry.id: entry.division for entry in scenario.administration.own_departments if entry.division}
    if not listed:
        used = {draft.division or catalogue.divisions[0].id for draft in drafts}
        ids = [division.id for division in catalogue.divisions if division.id in used]
    else:
        ids = [division.id for division in listed]
    for name, place in own_places.items():
        if place not in ids:
            raise ValueError(f"department {name} is in the unknown division {place}")
    labels = {division.id: division.label for division in listed}
    divisions = tuple(
        HouseDivision(
            slot=division_slot(name),
            id=name,
            label=labels.get(name) or (known[name].label if name in known else Label.of_id(name)),
        )
        for name in ids
    )
    named = {name: position for position, division in enumerate(listed) for name in division.departments}
    homes = {entry.id: catalogue.divisions[entry.division].id for entry in catalogue.departments}

    def common(position: int, home: str) -> int:
        return sum(homes.get(name) == home for name in listed[position].departments)

    places = []
    for draft in drafts:
        if draft.id in own_places:
            places.append(ids.index(draft.division))
        elif draft.origin in named:
            places.append(named[draft.origin])
        elif draft.division in ids:
            places.append(ids.index(draft.division))
        elif listed:
            places.append(max(range(len(ids)), key=lambda position: (common(position, draft.division), -position)))
        else:
            places.append(0)
    return divisions, places


def _finish(draft: Draft, division: int, kinds: Sequence[str]) -> HouseDepartment:
    def shares(name: str) -> tuple[float | Unknown, ...]:
        return tuple(draft.concerns.get(kind, {}).get(name, 0.0) for kind in kinds)

    return HouseDepartment(
        slot=draft.slot,
        id=draft.id,
        label=draft.label,
        division=division,
        staff_weight=draft.staff_weight,
        workload=draft.workload,
        workload_factor=draft.workload_factor,
        relevance=shares("relevance"),
        contact=shares("contact"),
        exposure=shares("exposure"),
        breadth=draft.breadth,
    )


def _leaders(divisions: Sequence[HouseDivision], entries: Sequence[Leader]) -> tuple[HouseLeader, ...]:
    """Return the mayor, the deputy and one head a division, with what the scenario says of them."""
    stated = {entry.id: entry for entry in entries}

    def leader(slot: int, name: str, kind: Literal["mayor", "deputy", "head"], label: Label, place: int) -> HouseLeader:
        entry = stated.pop(name, None) or Leader(id=name, kind=kind)
        if entry.kind != kind:
            raise ValueError(f"leader {name} is a {kind}, not a {entry.kind}")
        return HouseLeader(slot, name, kind, entry.label or label, place, entry)

    leaders = [
        leader(1, "mayor", "mayor", Label(de="Stadtoberhaupt", en="Mayor"), -1),
        leader(2, "deputy", "deputy", Label(de="Stellvertretung des Stadtoberhaupts", en="Deputy mayor"), -1),
    ]
    for place, division in enumerate(divisions):
        label = Label(de=f"Leitung {division.label.de}", en=f"Head of {division.label.en}")
        leaders.append(leader(HEAD_SLOTS + division.slot, f"head_{division.id}", "head", label, place))
    if stated:
        raise ValueError(f"there is no office for the leaders {', '.join(stated)}")
    return tuple(leaders)


def _index(entries: Sequence[Any], wanted: str) -> int:
    for index, entry in enumerate(entries):
        if entry.id == wanted:
            return index
    raise KeyError(wanted)
