"""The agents and the plain records of the reference model; attributes are named as the declared fields of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from qsim.world.records import TABLES

if TYPE_CHECKING:
    from reference.model import ReferenceModel

ACTIVITIES = (
    "contact", "negotiation", "coordination", "meeting", "check", "task", "reflection", "attention", "volunteering",
)  # fmt: skip
"""The columns of the ledger, in order."""


def blank(thing: Any, table: str) -> None:
    """Give a thing every declared field of a table, at zero."""
    for field in TABLES[table]:
        setattr(thing, field.name, 0 if field.kind == "index" else 0.0)


class Record:
    """Something without a will of its own: its declared fields, all zero at first."""

    table = ""

    def __init__(self, index: int = 0) -> None:
        blank(self, self.table)
        self.index = index


class House(Record):
    """The administration as a whole."""

    table = "administration"


class Task(Record):
    table = "tasks"


class Stance(Record):
    """How a department stands towards a task."""

    table = "stances"


class Support(Record):
    """How a leader stands towards a task."""

    table = "support"


class Relation(Record):
    """What a department and a unit are to each other."""

    table = "relations"


class Phase(Record):
    """A funding phase of a unit."""

    table = "phases"


class Post(Record):
    """A funded post of a unit; ``unit`` and ``phase`` are indices, ``phase`` among the phases of all units."""

    table = "posts"


class Member(Record):
    """A department as a member of a format."""

    table = "members"

    def __init__(self, index: int, department: Department) -> None:
        super().__init__(index)
        self.department = department


class Format(Record):
    """A group, board, network, training, check or project."""

    table = "formats"

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.tasks: list[int] = []
        self.members: list[Member] = []
        self.groups: list[CivilSociety] = []

    def runs(self, month: int) -> bool:
        """Tell whether the format exists in a month."""
        return self.start <= month < self.end


class Tie(Record):
    """An informal channel to another department."""

    table = "ties"

    def __init__(self, index: int, department: Department, strength: float) -> None:
        super().__init__(index)
        self.department = department
        self.strength = strength
        self.origin = strength


class Link(Record):
    """A step of a process: a department and its tie to that of the next step, if they know each other."""

    table = "links"

    def __init__(self, index: int, department: Department) -> None:
        super().__init__(index)
        self.department = department
        self.tie: Tie | None = None


class Chain(Record):
    """A process through several departments; ``first`` is the index of its first link among all links."""

    table = "chains"

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.links: list[Link] = []


class Concept(Record):
    """A paper that is adopted and promises something."""

    table = "concepts"

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.tasks: list[int] = []
        self.departments: list[Department] = []


class Event(Record):
    """Something dated; ``strikes`` are the departments it strikes, each with its exposure."""

    table = "events"

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.tasks: list[int] = []
        self.strikes: list[tuple[Department, float]] = []


class Payer(mesa.Agent):
    """An agent that pays with hours and writes down what for."""

    table = ""

    def __init__(self, model: ReferenceModel, index: int) -> None:
        super().__init__(model)
        blank(self, self.table)
        self.index = index
        self.ledger = dict.fromkeys(ACTIVITIES, 0.0)

    def note(self, hours: float, activity: str) -> None:
        """Write hours into the ledger of the month only."""
        self.ledger[activity] += hours

    def pay(self, hours: float, activity: str) -> None:
        """Spend hours on an activity."""
        self.ledger[activity] += hours
        self.spent += hours


class Department(Payer):
    """An office: ``stances`` towards every task, ``relations`` to every unit, ``ties`` to other departments."""

    table = "departments"

    def __init__(self, model: ReferenceModel, index: int) -> None:
        super().__init__(model, index)
        self.stances: list[Stance] = []
        self.relations: list[Relation] = []
        self.ties: list[Tie] = []

    @property
    def head(self) -> Leader:
        """The head of the division in which it stands now."""
        return self.model.leaders[2 + self.division]


class Leader(Payer):
    """Mayor (index 0), deputy (1) or head of division ``index - 2``: ``support`` of every task."""

    table = "leaders"

    def __init__(self, model: ReferenceModel, index: int) -> None:
        super().__init__(model, index)
        self.support: list[Support] = []

    def pay(self, hours: float, activity: str) -> None:
        """Spend hours on an activity; leaders do not count what they have spent in all."""
        self.note(hours, activity)

    @property
    def paid(self) -> float:
        """All hours of the month so far."""
        return sum(self.ledger.values())


class Commissioner(Payer):
    """A unit for cross-cutting tasks; ``leader``, ``division`` and ``department`` are indices."""

    table = "units"

    def __init__(self, model: ReferenceModel, index: int) -> None:
        super().__init__(model, index)
        self.duties: list[int] = []
        self.phases: list[Phase] = []
        self.post_records: list[Post] = []

    def handles(self, task: int) -> bool:
        """Tell whether the unit has the task."""
        return self.duties[task] == 1


class CivilSociety(Payer):
    """A group of civil society; ``tasks`` are the indices of its tasks."""

    table = "groups"

    def __init__(self, model: ReferenceModel, index: int) -> None:
        super().__init__(model, index)
        self.tasks: set[int] = set()
