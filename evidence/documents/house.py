"""The map of the house: the folders of the package in their order, and which of them imports from which, as one picture.

An import is read from the source. All marks lie below the diagonal as long as a folder imports only from those above it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

import qsim

FLOORS = (
    "files", "scenario", "world", "mechanisms", "measures", "engine", "runs", "sweep", "comparison", "sensitivity", "claims",
    "diff", "advice", "browser", "present", "explore", "viz", "commands", "evidence",
)  # fmt: skip
"""The folders from the ground up, as the flow goes: each imports only from itself and from those before it."""

ROW, CELL, NAME, TEXT, HEAD, EDGE = 34, 26, 118, 640, 92, 16
"""Pixels: height of a row, width of a column, of the names and of what they hold, of the heads, and around it all."""


def folder_of(floor: str) -> Path:
    """Return the folder of the sources of a floor; ``evidence`` stands beside the package."""
    package = Path(qsim.__file__).resolve().parent
    return package / floor if floor != "evidence" else package.parents[1] / floor


def imports_of(source: str) -> Iterator[str]:
    """Yield the full names of all that a source imports, wherever the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def floors_used(floor: str) -> frozenset[str]:
    """Return the floors from which the sources of a floor import, itself left out."""
    names = {name for path in folder_of(floor).rglob("*.py") for name in imports_of(path.read_text(encoding="utf-8"))}
    steps = {tuple(name.split(".")[:2]) for name in names}
    return frozenset(step[1] for step in steps if step[0] == "qsim" and len(step) > 1 and step[1] in FLOORS) - {floor}


def holds(floor: str) -> str:
    """Return what a floor holds, in the words of its own first sentence."""
    text = ast.get_docstring(ast.parse((folder_of(floor) / "__init__.py").read_text(encoding="utf-8"))) or ""
    return text.split("\n")[0].rstrip(".")


def house_picture() -> str:
    """Return the map as SVG: a row a floor with what it holds, and a mark in the column of each floor it imports from."""
    left = EDGE + NAME + TEXT
    width, height = left + CELL * len(FLOORS) + 2 * EDGE, HEAD + ROW * len(FLOORS) + EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
        "<title>The folders of qsim, and from which of the others each one imports</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, floor in enumerate(FLOORS):
        x, y = left + CELL * (place + 0.5), HEAD + ROW * (place + 0.5)
        shade = "#f3f6f9" if place % 2 == 0 else "#fff"
        used = floors_used(floor)
        parts += [
            f'<rect x="{EDGE}" y="{y - ROW / 2}" width="{width - 2 * EDGE}" height="{ROW}" fill="{shade}"/>',
            f'<text x="{EDGE + 8}" y="{y + 5}" font-weight="bold" fill="#123">{floor}/</text>',
            f'<text x="{EDGE + NAME}" y="{y + 5}" fill="#345">{escape(holds(floor))}</text>',
            f'<text transform="translate({x + 4} {HEAD - 8}) rotate(-60)" fill="#345">{floor}</text>',
            f'<rect x="{x - 9}" y="{y - 9}" width="18" height="18" rx="4" fill="#d5dde5"/>',
            *(f'<circle cx="{left + CELL * (other + 0.5)}" cy="{y}" r="6" fill="#0b6aa2"/>'
              for other, name in enumerate(FLOORS) if name in used),
        ]  # fmt: skip
    return "\n".join([*parts, "</svg>", ""])
