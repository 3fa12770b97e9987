"""The schema of a scenario file: an administration, its tasks, posts, formats and calendar, as frozen objects.

Each class is one kind of object in the file; the docstring of a field is its entry in the reference. Units stand in the
names; numbers have ranges; whatever nobody knows may be an :class:`~qsim.scenario.values.Unknown`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, PrivateAttr, Tag

from qsim.files.keys import find, parse_key
from qsim.files.kinds import Kind
from qsim.files.messages import Place
from qsim.files.nodes import Origin
from qsim.scenario.labels import Label
from qsim.scenario.own_code import OwnCode, OwnCodeType, with_asked, with_texts
from qsim.scenario.structure import (
    Administration,
    Chain,
    CivilSociety,
    Commissioner,
    Concept,
    Duration,
    Format,
    Leader,
    Position,
    Signed,
    TaskKind,
    Tasks,
    names_or_group,
)
from qsim.scenario.values import (
    ANY_NUMBER,
    AnyNumber,
    Choice,
    Flag,
    Id,
    KnownMonth,
    Month,
    Number,
    Part,
    Share,
    Source,
    Unknown,
)

Struck = Annotated[
    Annotated[tuple[Id, ...], Field(min_length=1), Tag("names")]
    | Annotated[str | Unknown, Choice(("exposed", "all", "none")), Tag("group")],
    Discriminator(names_or_group),
]
"""Departments by name, or a group of them."""


Observed = Annotated[float, Number(-ANY_NUMBER, ANY_NUMBER, "number", known=True)]


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


class Task(Part):
    """A cross-cutting task (Querschnittsaufgabe)."""

    id: Id
    kind: TaskKind
    label: Label | None = None
    need: Share = 0.6
    """What the departments would have to do, as a share of the full task."""
    salience: Share = 0.3
    """Of the task in politics and the public, outside shocks."""
    mandate: Flag = False
    """A duty by law (Pflichtaufgabe)."""
    knowledge: Share | None = None
    """Mean subject knowledge of relevant departments at the start; without it the parameter ``initial.knowledge``."""
    process_knowledge: Share | None = None
    """Mean knowledge at the start of how work runs across departments; without it ``initial.process_knowledge``."""
    practice: Share | None = None
    """What relevant departments do at the start; without it ``initial.practice``."""
    source: Source | None = None


class Fact(Part):
    """A documented fact that no rule uses, kept with its source."""

    id: Id
    text: Label
    date: Month | None = None
    source: Source


class Observation(Part):
    """What was measured in the administration itself: settings that do not show it count less, or not at all."""

    id: Id
    measure: Id
    """What was measured, by its name among the measures of a month."""
    task: Id | None = None
    """Of which task, where the measure is one by task; without it of all together."""
    date: KnownMonth
    """The month of which it is told."""
    value: Observed | None = None
    """What was found, with ``within``; or ``at_least``, ``at_most`` or both in its place."""
    within: Annotated[float, Number(0, ANY_NUMBER, "distance", known=True)] | None = None
    """How far the true value may lie from the one that was found, on either side."""
    at_least: Observed | None = None
    """For a fact of yes or no, too: funding that was extended left at least so many posts funded."""
    at_most: Observed | None = None
    sure: Annotated[float, Number(0.5, 1, "share", known=True)] = 0.95
    """How likely it is that what is told is right."""
    label: Label | None = None
    source: Source | None = None


class Rules(Part):
    """Which rules of the month run."""

    off: tuple[Id, ...] = ()
    """The rules that are switched off, own ones among them."""
    own: tuple[Annotated[OwnCode, OwnCodeType()], ...] = ()
    """Python files with rules of one's own, by their names beside this file; they are run only if that is allowed."""


class Scenario(Part):
    """A city's administration and what happens to it, from a first month on."""

    kind: Literal["scenario"]
    schema_version: Literal[1]
    id: str = ""
    """The stem of the file, set by loading; not written in the file."""
    label: Label
    description: Label | None = None
    start: KnownMonth
    """The first month of the run."""
    months: Annotated[int, Number(1, 1200, "length of a run", whole=True, unit="months", known=True)]
    """How many months the run has."""
    administration: Administration = Administration()
    tasks: Annotated[tuple[Task, ...], Field(min_length=1, max_length=6)]
    leaders: tuple[Leader, ...] = ()
    commissioners: tuple[Commissioner, ...] = ()
    formats: tuple[Format, ...] = ()
    concepts: tuple[Concept, ...] = ()
    civil_society: tuple[CivilSociety, ...] = ()
    chains: tuple[Chain, ...] = ()
    """Processes in place of, or beside, those of the catalogue."""
    events: tuple[Event, ...] = ()
    facts: tuple[Fact, ...] = ()
    observed: tuple[Observation, ...] = ()
    """What was measured here; by it the settings are chosen that are possible here."""
    rules: Rules = Rules()
    parameters: dict[Id, dict[Id, AnyNumber]] = Field(default_factory=dict)
    """``{rule: {parameter: value}}``, checked against the rules that run."""

    _origin: Origin = PrivateAttr(default_factory=Origin)

    def __hash__(self) -> int:
        """Return a hash that equal scenarios share."""
        return hash((self.id, self.label, self.start, self.months))

    def __lt__(self, other: Scenario) -> bool:
        """Return whether this comes first in the order of ids, in which tables are grouped."""
        return self.id < other.id

    def __str__(self) -> str:
        return self.id

    def place(self, key: str, name: bool = False) -> Place | None:
        """Return file, line and column of the value of a key, or of the key itself if ``name``; None if not in a file.

        Line and column are None for a value from the command line. Raise ValueError if ``key`` is no key.
        """
        node = None if self._origin.root is None else find(self._origin.root, parse_key(key))
        return None if node is None else node.named if name else node.place


def _office(key: str, name: str) -> Mapping[str, str] | None:
    """Return the entry of a leader of whom a file says nothing."""
    kind = name.partition("_")[0]
    return {"id": name, "kind": kind} if key == "leaders" and kind in ("mayor", "deputy", "head") else None


SCENARIO = Kind("scenario", "scenarios", Scenario, extends=True, id_field="id", bare=True, new_entry=_office,
                of_file=with_texts, of_whole=with_asked)  # fmt: skip
