"""The schema of a scenario file: an administration, its tasks, posts, formats and calendar, as frozen objects.

Each class is one kind of object in the file; the docstring of a field is its entry in the reference. Units stand in the
names; numbers have ranges; whatever nobody knows may be an :class:`~qsim.scenario.values.Unknown`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, PrivateAttr

from qsim.files.messages import Place
from qsim.files.nodes import Origin
from qsim.scenario.carriers import (
    MEMBER_GROUPS,
    POSITIONS,
    Channels,
    CivilSociety,
    Commissioner,
    Concept,
    Format,
    FundingPhase,
)
from qsim.scenario.events import (
    BudgetCrisis,
    CouncilDecision,
    Election,
    Event,
    Mandate,
    NewLeader,
    Note,
    Recut,
    Shock,
    UnitMove,
)
from qsim.scenario.keys import find, parse_key
from qsim.scenario.structure import (
    TASK_KINDS,
    Administration,
    Chain,
    Department,
    Division,
    Leader,
    TaskKind,
    TaskShare,
)
from qsim.scenario.values import AnyNumber, Flag, Id, KnownMonth, Label, Month, Number, Part, Share, Source

__all__ = [
    "MEMBER_GROUPS",
    "POSITIONS",
    "TASK_KINDS",
    "Administration",
    "BudgetCrisis",
    "Chain",
    "Channels",
    "CivilSociety",
    "Commissioner",
    "Concept",
    "CouncilDecision",
    "Department",
    "Division",
    "Election",
    "Event",
    "Fact",
    "Format",
    "FundingPhase",
    "Leader",
    "Mandate",
    "NewLeader",
    "Note",
    "Recut",
    "Rules",
    "Scenario",
    "Shock",
    "Task",
    "TaskKind",
    "TaskShare",
    "UnitMove",
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
    knowledge: Share = 0.087
    """Mean subject knowledge of relevant departments at the start."""
    process_knowledge: Share = 0.13
    """Mean knowledge at the start of how work runs across departments."""
    practice: Share = 0.12
    """What relevant departments do at the start: about what this knowledge carries without anybody in charge."""
    source: Source | None = None


class Fact(Part):
    """A documented fact that no rule uses, kept with its source."""

    id: Id
    text: Label
    date: Month | None = None
    source: Source


class Rules(Part):
    """Which rules of the month run."""

    off: tuple[Id, ...] = ()
    """The rules that are switched off."""


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
    rules: Rules = Rules()
    parameters: dict[Id, dict[Id, AnyNumber]] = Field(default_factory=dict)
    """``{rule: {parameter: value}}``, checked against the rules that run."""

    _origin: Origin = PrivateAttr(default_factory=Origin)

    def place(self, key: str, name: bool = False) -> Place | None:
        """Return file, line and column of the value of a key, or of the key itself if ``name``; None if not in a file.

        Line and column are None for a value from the command line. Raise ValueError if ``key`` is no key.
        """
        node = None if self._origin.root is None else find(self._origin.root, parse_key(key))
        return None if node is None else node.named if name else node.place
