"""What belongs to two: a department's stance on a task, a leader's support of it, a department's tie to a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qsim.engine.attributes import with_fields
from qsim.world.records import World

if TYPE_CHECKING:
    from qsim.engine.agents import Administered


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
