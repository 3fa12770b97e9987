"""The process chains of an administration: which departments a case of a task runs through, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from qsim.scenario.catalogue import Catalogue
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Label, Unknown


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
        words = own.id.replace("_", " ").capitalize()
        label = own.label or (processes[own.id].label if own.id in processes else Label(de=words, en=words))
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
