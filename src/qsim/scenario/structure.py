"""An administration in a scenario file: departments, divisions, leaders, chains, and what carries a task into them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import Discriminator, Field, Tag

from qsim.scenario.labels import Label
from qsim.scenario.values import Choice, Flag, Id, Month, Number, Part, Share, Source, Unknown

TaskKind = Literal["integration", "climate_mitigation", "climate_adaptation", "other"]
TASK_KINDS: tuple[str, ...] = get_args(TaskKind)

Signed = Annotated[float | Unknown, Number(-1, 1, "signed share")]
Duration = Annotated[float | Unknown, Number(1, 600, "duration", unit="months")]
Weight = Annotated[float | Unknown, Number(0.01, 50, "weight")]

POSITIONS = ("section", "line_unit", "staff_unit", "staff_unit_with_head", "deputy_mayor")
MEMBER_GROUPS = ("all", "relevant", "contact", "host_division", "none")

Posts = Annotated[float | Unknown, Number(0, 200, "number of posts")]
Hours = Annotated[float | Unknown, Number(0, 2000, "number of hours")]
Position = Annotated[str | Unknown, Choice(POSITIONS)]
Tasks = Annotated[tuple[Id, ...], Field(min_length=1)]


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
    communication_culture: Share | None = None
    """Mean openness of the departments' own culture; without it the parameter ``initial.culture``."""
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


def names_or_group(raw: Any) -> str:
    """Return the tag of what may be a list of departments or the name of a group of them."""
    return "names" if isinstance(raw, (list, tuple)) else "group"


Members = Annotated[
    Annotated[tuple[Id, ...], Field(min_length=1), Tag("names")]
    | Annotated[str | Unknown, Choice(MEMBER_GROUPS), Tag("group")],
    Discriminator(names_or_group),
]
"""Departments by name, or a group of them."""


class FundingPhase(Part):
    """Posts for a time or for good."""

    id: Id | None = None
    """Lets a file that extends this one change, add or remove the phase."""
    posts: Posts
    start: Month
    kind: Literal["fixed", "permanent"]
    duration_months: Duration | None = None
    """Of a fixed phase; a permanent one has none."""
    own_share: Share = 0.2
    """Share of the cost that the municipality pays."""
    after: Literal["decide", "end", "continue"] = "decide"
    """What comes after a fixed phase: the council decides, the posts end, or they are continued."""
    label: Label | None = None
    source: Source | None = None


class Commissioner(Part):
    """A unit that carries one task or several into the departments (Beauftragte, Stabsstelle, Fachdienst)."""

    id: Id
    tasks: Tasks
    label: Label | None = None
    position: Position = "staff_unit"
    under: Id | None = None
    """The leader above a staff unit; without it the mayor or the deputy."""
    division: Id | None = None
    """Of a line unit; without it that of the most relevant department."""
    department: Id | None = None
    """Of a section; without it the most relevant department."""
    funding: Annotated[tuple[FundingPhase, ...], Field(min_length=1)]
    knowledge: Share = 0.7
    mediation: Share = 0.5
    overview: Share = 0.3
    """Knowledge of the other departments' work at the start."""
    handover: Share = 0.3
    """Share of personal knowledge that documents and overlap keep when somebody leaves."""
    recognition: Share = 0.4
    coordination: Share = 0.5
    """With other structures for the same task."""
    outreach: Annotated[str | Unknown, Choice(("need", "relevance", "random"))] = "need"
    """The order in which departments are addressed."""
    source: Source | None = None


class Channels(Part):
    """What a format does, each from 0 (not at all) to 1 (its very purpose)."""

    meet: Share = 0.0
    """Peers exchange views."""
    learn: Share = 0.0
    """Designed and announced for the exchange of knowledge."""
    decide: Share = 0.0
    """Settles what is pending between departments."""
    draft: Share = 0.0
    """Works on a paper together."""
    gate: Share = 0.0
    """Cases have to pass it: they are considered."""
    tie: Share = 0.0
    """Lasting channels between those who take part."""
    relieve_posts: Posts = 0.0
    """Staff who take work off the members."""
    release_posts: Posts = 0.0
    """Own staff of the members freed for the task; colleagues take over their work."""


class Format(Part):
    """A working group, board, network, training, checklist, project: whatever brings members and channels together."""

    id: Id
    tasks: Tasks
    label: Label | None = None
    owner: Id | None = None
    """A commissioner, a leader or a civil society group; without one a commissioner in charge or the members look after it."""
    members: Members = "relevant"
    civil_society: tuple[Id, ...] = ()
    """The groups that take part."""
    rank: Literal["staff", "heads", "mixed"] = "staff"
    voluntary: Flag = True
    start: Month
    end: Month | None = None
    interval_weeks: Annotated[float | Unknown, Number(0.2, 520, "interval", unit="weeks")] = 8.0
    hours: Annotated[float | Unknown, Number(0, 200, "number of hours")] = 2.0
    """Per meeting and member."""
    coordination_hours: Hours = 8.0
    """Per meeting, of the owner or of who looks after it."""
    quality: Share = 0.6
    source_knowledge: Share = 0.0
    """Knowledge brought in from outside."""
    embedded: Flag = False
    """An instrument that goes on without its owner, as others keep it up."""
    channels: Channels = Channels()
    source: Source | None = None


class Concept(Part):
    """A paper that promises: a concept, strategy, council decision or guideline."""

    id: Id
    tasks: Tasks
    label: Label | None = None
    adopted: Month
    ambition: Share = 0.6
    concreteness: Share = 0.5
    """For the departments' everyday work; broad papers have little."""
    council: Flag = False
    """Decided by the council."""
    members: Members = "relevant"
    source: Source | None = None


class CivilSociety(Part):
    """A group outside the administration: associations, initiatives, movements, providers, science."""

    id: Id
    tasks: Tasks
    label: Label | None = None
    start: Month | None = None
    """Without it from the start of the run."""
    end: Month | None = None
    expertise: Share = 0.5
    engagement: Share = 0.5
    volunteer_hours: Hours = 40.0
    """A month."""
    recognition: Share = 0.3
    pressure: Share = 0.2
    hearing_right: Flag = False
    source: Source | None = None
