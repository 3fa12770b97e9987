"""The administration of a scenario file: departments, divisions, leaders, process chains, and the whole they form."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field

from qsim.scenario.values import Id, Label, Month, Number, Part, Share, Source, Unknown

TaskKind = Literal["integration", "climate_mitigation", "climate_adaptation", "other"]
TASK_KINDS: tuple[str, ...] = get_args(TaskKind)

Signed = Annotated[float | Unknown, Number(-1, 1, "signed share")]
Duration = Annotated[float | Unknown, Number(1, 600, "duration", unit="months")]
Weight = Annotated[float | Unknown, Number(0.01, 50, "weight")]


class TaskShare(Part):
    """How far tasks of a kind concern a department."""

    kind: TaskKind
    relevance: Share = 0.0
    """How far the task is part of the department's work."""
    contact: Share = 0.0
    """Direct contact with the people concerned."""
    exposure: Share = 0.0
    """How hard a shock of this kind strikes."""


class Department(Part):
    """A department (Amt, Fachbereich, Fachdienst) that the catalogue lacks or describes otherwise."""

    id: Id
    slot: Annotated[int, Number(5000, 60000, "slot", whole=True, known=True)] | None = None
    """Lasting identity; needed if the catalogue does not have the department."""
    label: Label | None = None
    division: Id | None = None
    staff_weight: Weight | None = None
    """Office staff, 1 for an average department."""
    workload: Annotated[float | Unknown, Number(0.1, 3, "share of capacity")] | None = None
    tasks: tuple[TaskShare, ...] = ()
    source: Source | None = None


class Division(Part):
    """A division (Dezernat, Geschäftsbereich) with the departments it holds."""

    id: Id
    label: Label | None = None
    departments: tuple[Id, ...] = ()
    source: Source | None = None


class Administration(Part):
    """The administration as a whole: size, structure and state at the start."""

    departments: Annotated[float | Unknown, Number(0, 1000, "number of departments", whole=True)] = 40
    """How many are taken from the catalogue, the most common first."""
    own_departments: tuple[Department, ...] = ()
    divisions: tuple[Division, ...] = ()
    """Without them, those of the catalogue."""
    staff: Annotated[float | Unknown, Number(1, 100000, "number of posts")] | None = None
    """Office posts in all; without it 30 a department."""
    hierarchy: Share = 0.5
    """Share of communication that goes through heads."""
    communication_culture: Share = 0.41
    """Mean openness of the departments' own culture."""
    closed_share: Share = 0.12
    """Share of departments whose culture is closed."""
    workload: Annotated[float | Unknown, Number(0.2, 3, "share of capacity")] = 1.0
    vacancy_share: Annotated[float | Unknown, Number(0, 0.9, "share")] = 0.12
    turnover_per_year: Annotated[float | Unknown, Number(0, 2, "rate", unit="a year")] = 0.10
    personnel_openness: Share = 0.4
    """Openness of the personnel department to unusual candidates."""
    budget_tightness: Share = 0.5
    evaluation: Share = 0.2
    """How far measures are evaluated."""
    knowledge_management: Share = 0.2
    """How far lessons and documents are kept."""
    reflection: Annotated[float | Unknown, Number(0, 0.2, "share of hours")] = 0.002
    """Hours reserved for reflection."""
    source: Source | None = None


class Leader(Part):
    """An office that leads: the mayor, a deputy, the head of a division. Without an entry, each has defaults."""

    id: Id
    """``mayor``, ``deputy``, or ``head_`` and the id of the division."""
    kind: Literal["mayor", "deputy", "head"]
    label: Label | None = None
    division: Id | None = None
    support: Signed | None = None
    """For the tasks; without it drawn."""
    demands: Annotated[float | Unknown, Number(0.05, 50, "ratio")] | None = None
    """Competing demands on attention, in units of a fully salient task."""
    knowledge: Share | None = None
    """Of the tasks (specialist or not)."""
    co_responsibility: Share | None = None
    transparency: Share | None = None
    authority: Share | None = None
    """Over departments outside the own line, of a deputy who stands for the mayor."""
    term_months: Duration | None = None
    next_election: Month | None = None
    reelection_share: Share | None = None
    source: Source | None = None


class Chain(Part):
    """A process that runs through departments: a kindergarten, a family that arrives, a development plan."""

    id: Id
    kind: TaskKind
    label: Label | None = None
    weight: Annotated[float | Unknown, Number(0.01, 100, "weight")] = 1.0
    departments: Annotated[tuple[Id, ...], Field(min_length=2)]
    """In the order of the process."""
    source: Source | None = None
