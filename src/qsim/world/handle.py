"""The world inside compiled code: one reference instead of forty arrays.

A named tuple of arrays is passed to a compiled function array by array, which makes every call long and every
compilation slow. So the entry functions of compiled code put the tuple into a Numba structure once and hand the rules a
reference to it; the rules read ``world.departments`` as before. Uncompiled, the named tuple itself is handed on.
"""

from __future__ import annotations

import hashlib
from typing import Any

from numba import types
from numba.core.extending import overload
from numba.experimental import structref

from qsim.world.records import World


@structref.register
class WorldType(types.StructRef):  # type: ignore[misc]  # numba is untyped
    """The compiled type of a reference to a world; its short name keeps compilation fast."""

    def __init__(self, fields: Any) -> None:
        super().__init__(fields)
        self.name = "World" + hashlib.blake2b(self.name.encode(), digest_size=6).hexdigest()

    def preprocess_fields(self, fields: Any) -> Any:
        """Return the fields with plain types."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


def handle(world: World) -> Any:
    """Return what rules take as the world: the named tuple itself, or a reference to it in compiled code."""
    return world


_TEMPLATE = """
def fill(world):
    reference = structref.new(kind)
    {lines}
    return reference
"""


@overload(handle, strict=False)
def _handle(world: Any) -> Any:
    if isinstance(world, WorldType):
        return lambda world: world
    kind = WorldType(list(zip(world.fields, world.types, strict=True)))
    lines = "\n    ".join(f"reference.{name} = world.{name}" for name in world.fields)
    scope: dict[str, Any] = {"structref": structref, "kind": kind}
    exec(_TEMPLATE.format(lines=lines), scope)
    return scope["fill"]
