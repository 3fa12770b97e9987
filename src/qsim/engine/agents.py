"""The four kinds of agents: departments, commissioners, leaders and civil society, as live views on a world.

What belongs to two has a view of its own: a stance on a task, a leader's support of it, the tie of a department to a unit.
An agent holds no state of its own. Its attributes are the declared fields of its record; those of kind *state* can be
written, and the rules of the next month go on from there. All kinds have ``workload``, ``knowledge`` and ``openness``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import mesa
import numpy as np

from qsim.engine.attributes import TaskMeanAttribute, with_fields
from qsim.files.messages import suggestion
from qsim.scenario.house import House
from qsim.scenario.labels import Label
from qsim.scenario.schema import Scenario
from qsim.world.records import World


class Run(Protocol):
    """What agents need of their model: the scenario, the administration it describes, and the world."""

    settings: Scenario
    house: House
    world: World


class Administered(mesa.Agent):  # type: ignore[misc]  # mesa is untyped
    """An agent of an administration: number ``index`` of its kind, with the ``id`` and ``label`` of the scenario.

    To replace a kind, derive from its class and override :meth:`step`, which then runs once a month, after the rules
    and before the month is recorded. Removing an agent removes this view; what it shows stays in the world.
    """

    def __init__(self, model: Run, index: int) -> None:
        super().__init__(model)
        self.index = index
        entry = self._entries()[index]
        self.id: str = entry.id
        self.label: Label = entry.label or Label(de=entry.id, en=entry.id)

    @property
    def world(self) -> World:
        """The world of the agent's model."""
        world: World = self.model.world
        return world

    def _entries(self) -> Sequence[Any]:
        """Return what the scenario says of all agents of this kind, in the order of the world."""
        raise NotImplementedError

    def _task(self, task: str | None) -> int:
        """Return the index of a task by id; without one, of the only task. Raise ValueError for a wrong id."""
        ids = [entry.id for entry in self.model.settings.tasks]
        if task is None and len(ids) == 1:
            return 0
        if task not in ids:
            what = "say which of the tasks" if task is None else f'there is no task "{task}"'
            raise ValueError(f"{what}{suggestion(task, ids)}")
        return ids.index(task)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...


class View:
    """A live view on a record that an agent shares with a task or another agent; it keeps no values."""

    __slots__ = ("agent", "index", "partner")

    def __init__(self, agent: Administered, index: tuple[int, int], partner: str) -> None:
        self.agent = agent
        self.index = index
        self.partner = partner

    @property
    def world(self) -> World:
        """The world of the agent's model."""
        return self.agent.world

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.agent.id}: {self.partner}>"

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...


@with_fields("stances")
class Stance(View):
    """How a department stands to a task: the fields of :data:`~qsim.world.entities.STANCE`."""

    __slots__ = ()


@with_fields("support", also={"openness": "support"})
class Support(View):
    """How a leader stands to a task: the fields of :data:`~qsim.world.entities.SUPPORT`."""

    __slots__ = ()


@with_fields("relations")
class Relation(View):
    """How well a department and a unit know each other: the fields of :data:`~qsim.world.entities.RELATION`."""

    __slots__ = ()


@with_fields("departments")
@with_fields("stances", attribute=TaskMeanAttribute)
class Department(Administered):
    """A department (Amt). What it has for each task is shown as the mean, weighted by relevance and staff.

    With several tasks the mean is read only: write ``department.stance("climate").practice``.
    """

    def stance(self, task: str | None = None) -> Stance:
        """Return the live stance on a task, by id; without one, on the only task. Raise ValueError for a wrong id."""
        k = self._task(task)
        return Stance(self, (self.index, k), self.model.settings.tasks[k].id)

    def task_weights(self) -> np.ndarray:
        """Return the weights (tasks,) of the department's stances: relevance times staff, normalised by task."""
        weights: np.ndarray = self.world.stances["weight"][self.index]
        return weights

    def _entries(self) -> Sequence[Any]:
        return self.model.house.departments


@with_fields("units", also={"openness": "mediation"})
class Commissioner(Administered):
    """A commissioner's unit (Beauftragte, Stabsstelle); its ``openness`` is its skill to mediate."""

    @property
    def tasks(self) -> tuple[str, ...]:
        """The ids of the tasks that the unit handles."""
        duties = self.world.duties[self.index]
        return tuple(task.id for task, has in zip(self.model.settings.tasks, duties, strict=True) if has)

    def relation(self, department: Department) -> Relation:
        """Return the live relation to a department: familiarity, and the channel that leaders agreed."""
        return Relation(self, (department.index, self.index), department.id)

    def _entries(self) -> Sequence[Any]:
        return self.model.settings.commissioners


@with_fields("leaders")
@with_fields("support", also={"openness": "support"}, attribute=TaskMeanAttribute)
class Leader(Administered):
    """The mayor, the deputy or the head of a division (Dezernat); ``openness`` is the mean support, -1 to 1.

    With several tasks the mean is read only: write ``leader.stance("climate").support``.
    """

    def stance(self, task: str | None = None) -> Support:
        """Return the live support of a task, by id; without one, of the only task. Raise ValueError for a wrong id."""
        k = self._task(task)
        return Support(self, (self.index, k), self.model.settings.tasks[k].id)

    def task_weights(self) -> None:
        """All tasks count the same in a leader's mean."""
        return

    def _entries(self) -> Sequence[Any]:
        return self.model.house.leaders


@with_fields("groups", also={"knowledge": "expertise", "openness": "engagement"})
class CivilSociety(Administered):
    """A group of civil society; its ``knowledge`` is its expertise, its ``openness`` its engagement."""

    def _entries(self) -> Sequence[Any]:
        return self.model.settings.civil_society


KINDS = (Department, Commissioner, Leader, CivilSociety)
"""The kinds of agents, each of which can be replaced by a class that derives from it."""
