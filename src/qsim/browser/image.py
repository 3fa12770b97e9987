"""From the arrays of a plan to the image that the module runs, with the places at which a page may change numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qsim.browser.layout import ALIGNMENT, AXES, HEAD, ROW, array_type, columns, signature
from qsim.world.blueprint import Plan
from qsim.world.records import World


@dataclass(frozen=True)
class Image:
    """A world before anything is drawn, as bytes.

    ``offsets`` are where its arrays begin, by name. ``words`` are the places of unknown numbers by key: the offset of
    each in bytes, and whether it is a whole number.
    """

    content: bytes
    offsets: dict[str, int]
    words: dict[str, list[tuple[int, bool]]]


def image_of(plan: Plan, template: World, seed: int) -> Image:
    """Return the image of the template of a plan, with this seed; the page writes replicate, setting, parameters and words.

    Raise ValueError if an array is not of the type and shape that the layout says.
    """
    offsets: dict[str, int] = {}
    head = [signature(), 0, plan.scenario.months]
    end = 8 * (HEAD + ROW * len(World._fields))
    lengths: dict[str, int] = {}
    for name, array in zip(World._fields, template, strict=True):
        _check(name, array, lengths)
        offsets[name] = _aligned(end)
        end = offsets[name] + array.nbytes
        head += [offsets[name], array.shape[0], array.shape[1] if array.ndim == 2 else 1]
    head[1] = _aligned(end)
    content = bytearray(head[1])
    content[: 8 * len(head)] = np.array(head, "<i8").tobytes()
    world = template._replace(key=template.key.copy())
    world.key["seed"], world.key["start"] = seed, plan.scenario.start
    for name, array in zip(World._fields, world, strict=True):
        content[offsets[name] : offsets[name] + array.nbytes] = array.tobytes()
    words: dict[str, list[tuple[int, bool]]] = {}
    for place, word, key, _, whole in plan.patches:
        words.setdefault(key, []).append((offsets[World._fields[place]] + 8 * word, whole))
    return Image(bytes(content), offsets, words)


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT


def _check(name: str, array: np.ndarray, lengths: dict[str, int]) -> None:
    """Raise ValueError unless an array is as the layout says; ``lengths`` are those of the axes that were met before."""
    expected = (AXES[name][0], columns(name))
    shape = (*array.shape, 1)[:2]
    for axis, length in zip(expected, shape, strict=True):
        known = axis if isinstance(axis, int) else _length(axis, length, lengths)
        if known != length or array.dtype != array_type(name) or array.ndim != len(AXES[name]):
            raise ValueError(f"{name} is {array.dtype} {array.shape}; expected {array_type(name)} {AXES[name]}")


def _length(axis: str, found: int, lengths: dict[str, int]) -> int:
    parts = axis.split(" + ")
    if parts == [axis]:
        return lengths.setdefault(axis, found)
    return sum(int(part) if part.isdigit() else lengths[part] for part in parts)
