"""The dated events of a scenario file, each kind with what it changes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from qsim.scenario.carriers import Position, Tasks, names_or_group
from qsim.scenario.structure import Duration, Signed
from qsim.scenario.values import Choice, Id, Label, Month, Number, Part, Share, Source, Unknown

Struck = Annotated[
    Annotated[tuple[Id, ...], Field(min_length=1), Tag("names")]
    | Annotated[str | Unknown, Choice(("exposed", "all", "none")), Tag("group")],
    Discriminator(names_or_group),
]
"""Departments by name, or a group of them."""


class Dated(Part):
    """What all events have."""

    id: Id | None = None
    """Lets a file that extends this one change or remove the event."""
    date: Month
    label: Label | None = None
    source: Source | None = None


class Shock(Dated):
    """Demand, need or public attention jump: an inflow, a flood, a heat summer, a movement; or another crisis."""

    kind: Literal["shock"]
    tasks: tuple[Id, ...] = ()
    """Whose need and salience it changes; without any, all tasks' salience (a competing crisis has a negative one)."""
    departments: Struck = "exposed"
    need: Signed = 0.0
    workload: Annotated[float | Unknown, Number(-1, 3, "share of capacity")] = 0.0
    salience: Signed = 0.0
    need_half_life_months: Duration = 60.0
    workload_half_life_months: Duration = 12.0
    salience_half_life_months: Duration = 12.0


class Election(Dated):
    """An election of a leader, who is confirmed or replaced."""

    kind: Literal["election"]
    leader: Id = "mayor"
    reelection_share: Share = 0.6


class NewLeader(Dated):
    """A leader takes office."""

    kind: Literal["new_leader"]
    leader: Id
    support: Signed | None = None
    """For the tasks; without it drawn."""


class Recut(Dated):
    """Departments change divisions (Neuzuschnitt)."""

    kind: Literal["recut"]
    share: Share = 0.2
    """Of the departments that move, drawn, where none are named."""
    departments: tuple[Id, ...] = ()
    """Those that move."""
    division: Id | None = None
    """Where those named move to."""


class BudgetCrisis(Dated):
    """Money becomes short."""

    kind: Literal["budget_crisis"]
    tightness: Share = 0.3
    half_life_months: Duration = 24.0


class UnitMove(Dated):
    """A unit changes its place."""

    kind: Literal["unit_move"]
    commissioner: Id
    position: Position
    under: Id | None = None
    division: Id | None = None
    department: Id | None = None


class Mandate(Dated):
    """A law makes the task a duty."""

    kind: Literal["mandate"]
    task: Id


class CouncilDecision(Dated):
    """The council renews the binding force of what was promised."""

    kind: Literal["council_decision"]
    tasks: Tasks
    strength: Share = 0.5


class Note(Dated):
    """A dated fact that is shown in the calendar and changes nothing."""

    kind: Literal["note"]


Event = Annotated[
    Shock | Election | NewLeader | Recut | BudgetCrisis | UnitMove | Mandate | CouncilDecision | Note,
    Field(discriminator="kind"),
]
