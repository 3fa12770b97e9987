"""The world inside compiled code: one reference instead of forty arrays.

A named tuple of arrays is passed to a compiled function array by array, which makes every call long and every
compilation slow. So the arrays are put into a Numba structure once, and compiled functions take a reference to it; they
read ``world.departments`` as before.
"""

from __future__ import annotations

import hashlib
from typing import Any

from numba import types
from numba.core.extending import overload
from numba.experimental import structref

from qsim.world.compiling import entry


@structref.register
class WorldType(types.StructRef):  # type: ignore[misc]  # numba is not typed here
    """The compiled type of a reference to a world; its short name keeps compilation fast."""

    def __init__(self, fields: Any) -> None:
        self.name: str
        super().__init__(fields)
        self.name = "World" + hashlib.blake2b(self.name.encode(), digest_size=6).hexdigest()

    def preprocess_fields(self, fields: Any) -> Any:
        """Return the fields with plain types."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


class WorldReference(structref.StructRefProxy):  # type: ignore[misc]  # numba is not typed here
    """A reference to a world, as Python holds it: to be handed to compiled functions, not to be read."""


structref.define_boxing(WorldType, WorldReference)


def _gather(world: Any) -> Any:
    """Put the arrays of a world into a structure; in compiled code only."""
    raise NotImplementedError


_TEMPLATE = """
def gather(world):
    reference = structref.new(kind)
    {lines}
    return reference
"""


def world_type(fields: Any, kinds: Any) -> WorldType:
    """Return the type of a reference to a world whose arrays have these names and Numba types."""
    return WorldType(list(zip(fields, kinds, strict=True)))


@overload(_gather, strict=False)
def _gather_arrays(world: Any) -> Any:
    lines = "\n    ".join(f"reference.{name} = world.{name}" for name in world.fields)
    scope: dict[str, Any] = {"structref": structref, "kind": world_type(world.fields, world.types)}
    exec(_TEMPLATE.format(lines=lines), scope)
    return scope["gather"]


@entry
def refer(world: Any) -> Any:
    """Return what compiled functions take as the world; it keeps the arrays alive and shares their memory."""
    return _gather(world)
