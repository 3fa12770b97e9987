"""The catalogue of departments (Ämter), divisions (Dezernate) and process chains, read from catalogue.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from qsim.files.kept import kept_yaml
from qsim.scenario.labels import Label
from qsim.scenario.structure import TASK_KINDS


@dataclass(frozen=True)
class Concern:
    """How far a kind of task concerns a department; shares in [0, 1]."""

    relevance: float
    contact: float  # direct contact with the people concerned
    exposure: float  # how hard a shock of this kind strikes


@dataclass(frozen=True)
class CatalogueDepartment:
    """A department as German municipalities commonly have it."""

    slot: int  # lasting identity, 1 for the most common
    id: str
    label: Label
    division: int  # index into the catalogue's divisions
    staff_weight: float  # office staff, 1 for an average department
    workload: float  # factor to the administration's workload
    united_with: int | None  # index of the department that does its work in a smaller administration
    concerns: Mapping[str, Concern]  # by kind of task


@dataclass(frozen=True)
class CatalogueDivision:
    """A division as larger German cities commonly cut it; ``number`` is its lasting identity, from 1."""

    number: int
    id: str
    label: Label


@dataclass(frozen=True)
class CatalogueChain:
    """A process that runs through departments (indices, in the order of the process)."""

    id: str
    kind: str
    label: Label
    weight: float
    departments: tuple[int, ...]


@dataclass(frozen=True)
class Catalogue:
    """Departments in the order of how common they are, divisions, chains, and the sources of each block."""

    departments: tuple[CatalogueDepartment, ...]
    divisions: tuple[CatalogueDivision, ...]
    chains: tuple[CatalogueChain, ...]
    sources: Mapping[str, str]
    typical: Concern  # of every department, for a task of no known kind

    def department_index(self, department_id: str) -> int:
        """Return the index of a department; raise KeyError if there is none of this id."""
        return _index(self.departments, department_id)

    def division_index(self, division_id: str) -> int:
        """Return the index of a division; raise KeyError if there is none of this id."""
        return _index(self.divisions, division_id)


def _index(entries: tuple[Any, ...], wanted: str) -> int:
    for index, entry in enumerate(entries):
        if entry.id == wanted:
            return index
    raise KeyError(wanted)


@cache
def load_catalogue() -> Catalogue:
    """Return the catalogue; raise ValueError with everything that is wrong in its file."""
    return read_catalogue(kept_yaml(Path(__file__).with_name("catalogue.yaml")))


def read_catalogue(raw: Mapping[str, Any]) -> Catalogue:
    """Return the catalogue that the content of a catalogue file describes; raise ValueError if it is inconsistent."""
    problems = _problems(raw)
    if problems:
        raise ValueError("catalogue: " + "; ".join(problems))
    division_numbers = {entry["id"]: number for number, entry in enumerate(raw["divisions"]["entries"])}
    indices = {entry["id"]: index for index, entry in enumerate(raw["departments"]["entries"])}
    typical = Concern(**raw["departments"]["other"])
    return Catalogue(
        departments=tuple(
            _department(entry, division_numbers, indices, typical) for entry in raw["departments"]["entries"]
        ),
        divisions=tuple(
            CatalogueDivision(number + 1, entry["id"], Label(**entry["label"]))
            for number, entry in enumerate(raw["divisions"]["entries"])
        ),
        chains=tuple(
            CatalogueChain(
                id=entry["id"],
                kind=entry["kind"],
                label=Label(**entry["label"]),
                weight=float(entry["weight"]),
                departments=tuple(indices[name] for name in entry["departments"]),
            )
            for entry in raw["chains"]["entries"]
        ),
        sources={block: raw[block]["source"] for block in ("divisions", "departments", "chains")},
        typical=typical,
    )


def _department(
    entry: Mapping[str, Any], divisions: Mapping[str, int], indices: Mapping[str, int], typical: Concern
) -> CatalogueDepartment:
    united_with = entry.get("united_with")
    return CatalogueDepartment(
        slot=entry["slot"],
        id=entry["id"],
        label=Label(**entry["label"]),
        division=divisions[entry["division"]],
        staff_weight=float(entry["staff_weight"]),
        workload=float(entry["workload"]),
        united_with=None if united_with is None else indices[united_with],
        concerns={kind: Concern(**entry[kind]) if kind in entry else typical for kind in TASK_KINDS},
    )


def _problems(raw: Mapping[str, Any]) -> list[str]:
    """Return what is inconsistent: order, references, ranges."""
    problems: list[str] = []
    divisions = {entry["id"] for entry in raw["divisions"]["entries"]}
    earlier: set[str] = set()
    for number, entry in enumerate(raw["departments"]["entries"], start=1):
        name = entry["id"]
        if name in earlier:
            problems.append(f"{name} is there twice")
        if entry["slot"] != number:
            problems.append(f"{name} has slot {entry['slot']}, expected {number}")
        if entry["division"] not in divisions:
            problems.append(f"{name} is in the unknown division {entry['division']}")
        if (number > 1 or "united_with" in entry) and entry.get("united_with") not in earlier:
            problems.append(f"{name} is united with {entry.get('united_with')}, which does not come before it")
        for kind in TASK_KINDS:
            if any(not 0 <= share <= 1 for share in entry.get(kind, {}).values()):
                problems.append(f"{name} has a share of {kind} outside 0 to 1")
        earlier.add(name)
    for chain in raw["chains"]["entries"]:
        unknown = [name for name in chain["departments"] if name not in earlier]
        if unknown:
            problems.append(f"chain {chain['id']} has the unknown departments {', '.join(unknown)}")
        if chain["kind"] not in TASK_KINDS:
            problems.append(f"chain {chain['id']} is of the unknown kind {chain['kind']}")
    return problems
