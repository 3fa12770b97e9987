"""All that a page needs of some scenarios in one block of bytes: the tables as JSON, and the numbers that they name.

The block is the length of the JSON as four bytes, the JSON, and then the numbers, from the next multiple of eight on. The
JSON names them as ``[offset, bytes]`` from there.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from qsim.browser.module import module_bytes
from qsim.browser.worlds import Structure, Words, Worlds, as_written
from qsim.engine.rows import TWINS
from qsim.engine.settings import parameter_rows
from qsim.measures.catalogue import DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.mechanisms.month import RULES
from qsim.world.kinds import ACTIVITIES
from qsim.world.parameters import PARAMETERS

ALIGNMENT = 8


class _Numbers:
    """Numbers one after another, each at a multiple of eight bytes."""

    def __init__(self) -> None:
        self.content = bytearray()

    def add(self, numbers: bytes | np.ndarray) -> list[int]:
        """Append numbers; return where they begin and how many bytes they are."""
        part = numbers if isinstance(numbers, bytes) else np.ascontiguousarray(numbers).tobytes()
        start = len(self.content)
        self.content += part + bytes(-len(part) % ALIGNMENT)
        return [start, len(part)]


def bundle(worlds: Sequence[Worlds], settings: int | None = None) -> bytes:
    """Return what the scripts of a page run: the module, and the worlds of scenarios with different ids, for one seed.

    All have the same number of ``settings``, which must be told where there are no worlds, as the page makes its own; it
    refers to them by the ids. Raise ValueError otherwise.
    """
    counts = {each.settings for each in worlds} | ({settings} if settings else set())
    if len(counts) != 1 or len({each.scenario.id for each in worlds}) != len(worlds):
        raise ValueError("the scenarios of a page have different ids and equally many settings")
    numbers = _Numbers()
    ensemble = _ensemble(counts.pop())
    tables = {
        "module": numbers.add(module_bytes()),
        "twins": TWINS,
        "settings": len(ensemble),
        "columns": {
            "series": [measure.name for measure in SERIES],
            "tasks": [measure.name for measure in TASK_SERIES],
            "departments": list(DEPARTMENT_MEASURES),
            "activities": list(ACTIVITIES),
            "parameters": [f"{PARAMETERS}{rule.name}.{p.name}" for rule in RULES for p in rule.parameters],
        },
        "limits": [[p.least, p.most] for rule in RULES for p in rule.parameters],
        "ensemble": numbers.add(ensemble),
        "worlds": {each.scenario.id: _world(each, ensemble, numbers) for each in worlds},
    }
    head = json.dumps(tables, separators=(",", ":"), ensure_ascii=False).encode()
    head += b" " * (-(len(head) + 4) % ALIGNMENT)
    return len(head).to_bytes(4, "little") + head + bytes(numbers.content)


def packed(content: bytes) -> str:
    """Return bytes as text for a page: compressed, in base64."""
    return base64.b64encode(zlib.compress(content, 9)).decode("ascii")


def _ensemble(settings: int) -> np.ndarray:
    """Return the parameters (settings, names) of scenarios that say nothing of them."""
    rows = parameter_rows(True)
    return rows[np.arange(settings) % rows.size].view(np.float64).reshape(settings, -1)


def _world(worlds: Worlds, ensemble: np.ndarray, numbers: _Numbers) -> dict[str, Any]:
    scenario, prepared = worlds.scenario, worlds.prepared
    own = worlds.parameters
    return {
        "label": scenario.label.model_dump(),
        "seed": worlds.seed,
        "start": scenario.start,
        "months": scenario.months,
        "tasks": [task.id for task in scenario.tasks],
        "departments": [department.id for department in prepared.house.departments],
        "payers": [list(payer) for payer in prepared.payers],
        "parameters": {int(place): float(own[0, place]) for place in np.flatnonzero((own != ensemble).any(axis=0))},
        "open": worlds.open,
        "unknowns": {key: as_written(unknown) for key, unknown in worlds.unknowns.items()},
        "uniforms": numbers.add(worlds.uniforms),
        "structural": worlds.structural,
        "stated": worlds.stated,
        "options": worlds.options,
        "ranges": worlds.ranges,
        "structures": [_structure(each, numbers) for each in worlds.structures()],
    }


def _structure(structure: Structure, numbers: _Numbers) -> dict[str, Any]:
    image = structure.image
    return {
        "choice": list(structure.choice),
        "image": numbers.add(image.content),
        "key": image.offsets["key"],
        "parameters": image.offsets["parameters"],
        "words": {key: [[offset, int(whole)] for offset, whole in places] for key, places in image.words.items()},
        "departments": structure.departments,
        "payers": structure.payers,
        "options": {key: [_halves(words) for words in each] for key, each in structure.options.items()},
    }


def _halves(words: Words) -> list[list[int]]:
    """Return words as a page writes them: their offset, their lower and their upper half."""
    return [[offset, word & 0xFFFFFFFF, word >> 32] for offset, word in words]
