"""Values in a scenario by key: what stands there, and the scenario with others in their place."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from qsim.scenario.values import Part, Unknown

CUT = re.compile(r"[.\[]")
"""Where the key of what a key lies in ends."""


def parts_of(part: Any, key: str = "") -> Iterator[tuple[str, Part]]:
    """Yield the key and the object of a scenario, and of all that it holds, in the order of the schema."""
    if isinstance(part, Part) and not isinstance(part, Unknown):
        yield key, part
        for name in type(part).model_fields:
            yield from parts_of(getattr(part, name), f"{key}.{name}" if key else name)
    elif isinstance(part, tuple):
        for index, entry in enumerate(part):
            yield from parts_of(entry, f"{key}[{_name(entry, index)}]")


def placed(part: Any, values: Mapping[str, Any]) -> Any:
    """Return a scenario in which these values stand at their keys, unchecked."""
    above = {key[: cut.start()] for key in values for cut in CUT.finditer(key)}
    return _placed(part, values, above, "") if values else part


def _placed(part: Any, values: Mapping[str, Any], above: Container[str], key: str) -> Any:
    """Return a part with its values; ``above`` are the keys of all that holds one."""
    if key in values:
        return values[key]
    if isinstance(part, Unknown) or (key and key not in above):
        return part
    if isinstance(part, BaseModel):
        fields = ((name, getattr(part, name)) for name in type(part).model_fields)
        new = {name: (old, _placed(old, values, above, f"{key}.{name}" if key else name)) for name, old in fields}
        changed = {name: value for name, (old, value) in new.items() if value is not old}
        return part.model_copy(update=changed) if changed else part
    if isinstance(part, tuple):
        entries = tuple(
            _placed(entry, values, above, f"{key}[{_name(entry, index)}]") for index, entry in enumerate(part)
        )
        return part if all(a is b for a, b in zip(part, entries, strict=True)) else entries
    return part


def _name(entry: Any, index: int) -> Any:
    return getattr(entry, "id", None) or index
