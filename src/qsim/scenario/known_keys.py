"""Which keys a scenario file may have at a place, found by walking the classes of the schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from qsim.scenario.schema import Scenario
from qsim.scenario.values import Part, Unknown

NOT_WRITTEN = ("id",)
"""Fields of a scenario that its file does not hold."""


def parts(annotation: Any) -> list[type[Part]]:
    """Return the kinds of objects a type holds, itself or in a list or union."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [] if annotation is Unknown else [annotation]
    return [part for argument in get_args(annotation) for part in parts(argument)]


def event_kind(part: type[Part]) -> str:
    """Return the kind that tells an object from others of the same list, or nothing."""
    field = part.model_fields.get("kind")
    kinds = get_args(field.annotation) if field is not None else ()
    return str(kinds[0]) if len(kinds) == 1 else ""


def parts_at(steps: Sequence[str | int], whole: type[Part] = Scenario) -> list[type[Part]]:
    """Return the kinds of objects that may stand at a path of a file, whose steps may include the kind of an event."""
    found: list[type[Part]] = [whole]
    for step in steps:
        if isinstance(step, int):
            continue
        fields = [part.model_fields[step] for part in found if step in part.model_fields]
        if fields:
            found = [part for field in fields for part in parts(field.annotation)]
        else:
            found = [part for part in found if event_kind(part) == step]
    return found


def field_with(steps: Sequence[str | int], key: str, whole: type[Part] = Scenario) -> str | None:
    """Return the field of the objects at a path below which a key belongs that they do not have themselves, or None."""
    for part in parts_at(steps, whole):
        for name, field in part.model_fields.items():
            if any(key in inner.model_fields for inner in parts(field.annotation)):
                return name
    return None


def keys_at(steps: Sequence[str | int], whole: type[Part] = Scenario) -> list[str]:
    """Return the keys that objects at a path may have, in the order of the schema."""
    if not steps and whole is Scenario:
        return ["extends", *(key for key in Scenario.model_fields if key not in NOT_WRITTEN)]
    return list(dict.fromkeys(key for part in parts_at(steps, whole) for key in part.model_fields))
