"""What nobody knows in a scenario: found by its key, drawn by address, and put where it belongs.

An unknown number is written into the arrays of each run. An unknown on which the structure hangs (the number of
departments, a choice of position) is replaced in the scenario before the arrays are laid out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from pydantic import BaseModel

from qsim.scenario.values import Unknown
from qsim.world.compiling import entry
from qsim.world.draws import decision, uniform
from qsim.world.records import KEY_TYPE

UNKNOWN = decision("unknown")


def find_unknowns(part: Any, key: str = "") -> Iterator[tuple[str, Unknown]]:
    """Yield the key and the unknown for every unknown value of a scenario, in the order of the schema."""
    if isinstance(part, Unknown):
        yield key, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from find_unknowns(getattr(part, name), f"{key}.{name}" if key else name)
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from find_unknowns(value, f"{key}.{name}")
    elif isinstance(part, (tuple, list)):
        for index, value in enumerate(part):
            place = getattr(value, "id", None) or index
            yield from find_unknowns(value, f"{key}[{place}]")


def is_structural(key: str, unknown: Unknown) -> bool:
    """Return whether the layout of the arrays hangs on this unknown value."""
    named = unknown.one_of is not None and any(isinstance(value, (str, tuple)) for value in unknown.one_of)
    return named or key == "administration.departments"


def drawn_value(unknown: Unknown, u: float, whole: bool = False) -> Any:
    """Return the value of an unknown for a uniform draw u in (0, 1); whole numbers and months are equally likely."""
    if unknown.one_of is not None:
        return unknown.one_of[int(u * len(unknown.one_of))]
    assert unknown.between is not None
    low, high = unknown.between
    return min(low + float(int(u * (high - low + 1))), high) if whole else low + u * (high - low)


def drawn_numbers(unknown: Unknown, u: np.ndarray, whole: bool = False) -> np.ndarray:
    """Return the values of an unknown number for uniform draws u (draws,) in (0, 1), as :func:`drawn_value` does."""
    if unknown.one_of is not None:
        return np.array(unknown.one_of, dtype=np.float64)[(u * len(unknown.one_of)).astype(np.int64)]
    assert unknown.between is not None
    low, high = unknown.between
    return np.minimum(low + np.floor(u * (high - low + 1)), high) if whole else low + u * (high - low)


def replaced(part: Any, values: dict[str, Any], key: str = "") -> Any:
    """Return a scenario in which the unknowns of these keys have these values."""
    if isinstance(part, Unknown):
        return values.get(key, part)
    if isinstance(part, BaseModel):
        changed = {}
        for name in type(part).model_fields:
            old = getattr(part, name)
            new = replaced(old, values, f"{key}.{name}" if key else name)
            if new is not old:
                changed[name] = new
        return part.model_copy(update=changed) if changed else part
    if isinstance(part, tuple):
        new_items = [replaced(v, values, f"{key}[{getattr(v, 'id', None) or i}]") for i, v in enumerate(part)]
        return part if all(a is b for a, b in zip(part, new_items, strict=True)) else tuple(new_items)
    return part


@entry
def draw_uniforms(key: Any, slots: np.ndarray, out: np.ndarray) -> None:
    """Fill ``out`` (n,) with one uniform draw for each slot (n,) of the unknown."""
    for i in range(slots.size):
        out[i] = uniform(key, UNKNOWN, 0, slots[i])


def setting_uniforms(seed: int, setting: int, slots: np.ndarray) -> np.ndarray:
    """Return the uniform draws (n,) of the unknowns with these slots (n,) int64, in one setting."""
    key = np.zeros(1, dtype=KEY_TYPE)
    key["seed"], key["replicate"] = seed, setting
    out = np.empty(slots.size)
    if slots.size:
        draw_uniforms(key.view(np.recarray)[0], slots, out)
    return out
