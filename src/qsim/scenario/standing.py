"""What stands in an administration: departments for its size, those a scenario describes itself, and process chains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from qsim.scenario.catalogue import Catalogue, CatalogueDepartment, Concern
from qsim.scenario.labels import Label
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import Department
from qsim.scenario.values import Unknown

COPY_SLOTS = 64


@dataclass
class Draft:
    """A department before the tasks and divisions of a scenario are applied to it; ``concerns`` by kind of task."""

    slot: int
    id: str
    label: Label
    division: str
    staff_weight: float | Unknown
    workload: float | Unknown | None
    workload_factor: float
    concerns: dict[str, dict[str, Any]]
    breadth: int
    origin: str  # the department it is a copy of, otherwise itself


def stand(catalogue: Catalogue, size: int, kept: set[str]) -> tuple[list[Draft], dict[str, int], int]:
    """Return the first ``size`` departments (and the kept ones), who holds each function, and the full copies."""
    standing, members, holders = _standing(catalogue, size, kept)
    drafts = [_unite(catalogue, catalogue.departments[index], members[index]) for index in standing]
    whole = len(catalogue.departments)
    for number in range(whole, size):
        copy, index = divmod(number, whole)
        entry = catalogue.departments[index]
        draft = _unite(catalogue, entry, [entry])
        draft.slot = entry.slot + COPY_SLOTS * copy
        draft.id = f"{entry.id}_{copy + 1}"
        draft.label = Label(de=f"{entry.label.de} {copy + 1}", en=f"{entry.label.en} {copy + 1}")
        drafts.append(draft)
    return drafts, holders, max(1, size // whole)


def holders_of(catalogue: Catalogue, size: int, kept: set[str]) -> dict[str, int]:
    """Return who holds each function, as :func:`stand` does, without making the departments."""
    return _standing(catalogue, size, kept)[2]


def _standing(
    catalogue: Catalogue, size: int, kept: set[str]
) -> tuple[list[int], dict[int, list[CatalogueDepartment]], dict[str, int]]:
    """Return the places in the catalogue of those that stand, whom each of them unites, and who holds each function."""
    whole = len(catalogue.departments)
    standing = [index for index, entry in enumerate(catalogue.departments) if index < size or entry.id in kept]
    place = {index: number for number, index in enumerate(standing)}
    members: dict[int, list[CatalogueDepartment]] = {index: [] for index in standing}
    holders: dict[str, int] = {}
    for index, entry in enumerate(catalogue.departments):
        holder: int | None = index
        while holder is not None and holder not in members:
            holder = catalogue.departments[holder].united_with
        if holder is not None:
            members[holder].append(entry)
            holders[entry.id] = place[holder]
    for number in range(whole, size):
        copy, index = divmod(number, whole)
        holders[f"{catalogue.departments[index].id}_{copy + 1}"] = len(standing) + number - whole
    return standing, members, holders


def _unite(catalogue: Catalogue, head: CatalogueDepartment, members: Sequence[CatalogueDepartment]) -> Draft:
    """Return one department for several: staff adds up, the rest is the mean by staff."""
    staff = sum(member.staff_weight for member in members)

    def mean(values: Iterable[float]) -> float:
        if len(members) == 1:  # exactly what the catalogue says, without rounding
            return next(iter(values))
        return sum(value * member.staff_weight for value, member in zip(values, members, strict=True)) / staff

    return Draft(
        slot=head.slot,
        id=head.id,
        label=head.label,
        division=catalogue.divisions[head.division].id,
        staff_weight=staff,
        workload=None,
        workload_factor=mean(member.workload for member in members),
        concerns={
            kind: {
                name: mean(getattr(member.concerns[kind], name) for member in members)
                for name in Concern.__dataclass_fields__
            }
            for kind in head.concerns
        },
        breadth=len(members),
        origin=head.id,
    )


def apply_own(drafts: list[Draft], holders: dict[str, int], own: Sequence[Department]) -> None:
    """Let what the scenario says of departments replace what the catalogue says, and add the others."""
    for entry in own:
        if entry.id not in holders:
            if entry.slot is None:
                raise ValueError(f"department {entry.id} is not in the catalogue and needs a slot from 5000 on")
            holders[entry.id] = len(drafts)
            label = Label.of_id(entry.id)
            drafts.append(Draft(entry.slot, entry.id, label, "", 1.0, None, 1.0, {}, 1, entry.id))
        draft = drafts[holders[entry.id]]
        draft.label = entry.label or draft.label
        draft.division = entry.division or draft.division
        draft.slot = entry.slot or draft.slot
        if entry.staff_weight is not None:
            draft.staff_weight = entry.staff_weight
        if entry.workload is not None:
            draft.workload = entry.workload
        for share in entry.tasks:
            concern = draft.concerns.setdefault(share.kind, {})
            concern.update({name: getattr(share, name) for name in share.model_fields_set - {"kind"}})


@dataclass(frozen=True)
class HouseChain:
    """A process of a task (index into the scenario's tasks) through departments (indices, in order)."""

    id: str
    label: Label
    task: int
    weight: float | Unknown
    copies: int  # chains of this process, which share the weight
    departments: tuple[int, ...]


@dataclass(frozen=True)
class _Process:
    id: str
    kind: str
    label: Label
    weight: float | Unknown
    departments: tuple[str, ...]


def house_chains(
    scenario: Scenario,
    catalogue: Catalogue,
    holders: Mapping[str, int],
    copies: int,
    relevance: Sequence[Sequence[float | Unknown]],
    slots: Sequence[int],
) -> tuple[HouseChain, ...]:
    """Return the chains of all tasks, at least one a task.

    ``holders`` gives the department that holds each function, ``copies`` how often the whole catalogue is there;
    ``relevance`` is (departments, tasks), ``slots`` (departments,). Neighbouring links held by one department become one;
    a chain left with a single department is no chain. A task without any gets one of its two most relevant departments.
    """
    chains: list[HouseChain] = []
    processes = _processes(scenario, catalogue)
    for task, entry in enumerate(scenario.tasks):
        found = [
            chain
            for process in processes
            if process.kind == entry.kind
            for chain in _instances(process, task, holders, copies)
        ]
        chains.extend(found or [_most_relevant(task, [shares[task] for shares in relevance], slots)])
    return tuple(chains)


def _processes(scenario: Scenario, catalogue: Catalogue) -> list[_Process]:
    """Return the catalogue's chains, those of the scenario in place of their namesakes or added."""
    processes = {
        chain.id: _Process(
            chain.id,
            chain.kind,
            chain.label,
            chain.weight,
            tuple(catalogue.departments[index].id for index in chain.departments),
        )
        for chain in catalogue.chains
    }
    for own in scenario.chains:
        label = own.label or (processes[own.id].label if own.id in processes else Label.of_id(own.id))
        processes[own.id] = _Process(own.id, own.kind, label, own.weight, own.departments)
    return list(processes.values())


def _instances(process: _Process, task: int, holders: Mapping[str, int], copies: int) -> list[HouseChain]:
    """Return one chain for each full copy of the catalogue that has a chain of its own; they share the weight."""
    paths: dict[tuple[int, ...], int] = {}
    for copy in range(1, copies + 1):
        links = [
            holders.get(f"{name}_{copy}", holders.get(name)) if copy > 1 else holders.get(name)
            for name in process.departments
        ]
        path = tuple(link for link, _ in groupby(link for link in links if link is not None))
        if len(set(path)) > 1:
            paths.setdefault(path, copy)
    return [
        HouseChain(
            id=process.id if copy == 1 else f"{process.id}_{copy}",
            label=_numbered(process.label, copy),
            task=task,
            weight=process.weight,
            copies=len(paths),
            departments=path,
        )
        for path, copy in paths.items()
    ]


def _numbered(label: Label, copy: int) -> Label:
    return label if copy == 1 else Label(de=f"{label.de} {copy}", en=f"{label.en} {copy}")


def _most_relevant(task: int, shares: Sequence[float | Unknown], slots: Sequence[int]) -> HouseChain:
    middles = [share.middle if isinstance(share, Unknown) else share for share in shares]
    order = sorted(range(len(middles)), key=lambda department: (-middles[department], slots[department]))
    return HouseChain(
        id="most_relevant",
        label=Label(de="Die am stärksten betroffenen Ämter", en="The departments most concerned"),
        task=task,
        weight=1.0,
        copies=1,
        departments=tuple(order[:2]),
    )
