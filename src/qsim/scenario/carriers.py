"""What carries a task into the departments: commissioners with their funding, formats, concepts, civil society."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from qsim.scenario.structure import Duration
from qsim.scenario.values import Choice, Flag, Id, Label, Month, Number, Part, Share, Source, Unknown

POSITIONS = ("section", "line_unit", "staff_unit", "staff_unit_with_head", "deputy_mayor")
MEMBER_GROUPS = ("all", "relevant", "contact", "host_division", "none")

Posts = Annotated[float | Unknown, Number(0, 200, "number of posts")]
Hours = Annotated[float | Unknown, Number(0, 2000, "number of hours")]
Position = Annotated[str | Unknown, Choice(POSITIONS)]
Tasks = Annotated[tuple[Id, ...], Field(min_length=1)]


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
    """A commissioner, a leader or a civil society group; without one it is embedded in routine."""
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
    """Per meeting, of the owner."""
    quality: Share = 0.6
    source_knowledge: Share = 0.0
    """Knowledge brought in from outside."""
    embedded: Flag = False
    """An instrument that goes on without its owner."""
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
