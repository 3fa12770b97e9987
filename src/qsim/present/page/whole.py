"""What a page holds besides its text: head, style, scripts, drawings and files, and the first place where two pages differ."""

from __future__ import annotations

import math
import re
from base64 import b64decode
from collections.abc import Iterator
from itertools import pairwise, takewhile, zip_longest

from qsim.runs.agreement import TOLERANCE

CARRIED = re.compile(r"data:([a-z/+]{1,40})(?:;[a-z0-9=-]{1,40})?;base64,([A-Za-z0-9+/=]*)")
"""A file within a page, by its kind."""

DRAWING = "image/svg+xml"
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?")
DRAWN_ID = re.compile(r"(?<=[\"#])[a-z]?[0-9a-f]{10}(?=[\")])")
"""What matplotlib calls a shape in a drawing, after its exact numbers."""

ROUNDED_DRAWING, ROUNDED_TABLE = 0.0101, 2 * TOLERANCE
"""By how much numbers may differ whose last digits do: absolute, of hundredths in a drawing, and relative, of ten digits."""

BEFORE = 20
"""Letters that are quoted before the first that differs."""

Piece = tuple[str, str]


def first_other_place(there: str, here: str) -> tuple[str, str] | None:
    """Return from where two pages differ, as each goes on (empty where one ends), apart from the last digits of numbers."""
    for old, new in zip_longest(_pieces(there), _pieces(here), fillvalue=("", "")):
        if old[0] != new[0] or not _agree(old[1], new[1], old[0] == DRAWING):
            letters = zip(old[1], new[1], strict=False)
            start = max(sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], letters)) - BEFORE, 0)
            return _one_line(old[1][start:]), _one_line(new[1][start:])
    return None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _pieces(page: str) -> Iterator[Piece]:
    """Yield a page tag by tag, those of the files that it carries in their places, each with the kind of its file."""
    marks = [0, *(place for found in CARRIED.finditer(page) for place in found.span()), len(page)]
    for place, (first, last) in enumerate(pairwise(marks)):
        part, kind = page[first:last], ""
        if place % 2:
            kind, part = _opened(part)
        yield from ((kind, piece) for piece in re.split(r"(?=<)", part))


def _opened(address: str) -> Piece:
    """Return the kind and the text of a file in a page; what is none in this form stands for itself."""
    found = CARRIED.fullmatch(address)
    assert found is not None
    try:
        text = b64decode(found[2]).decode()
    except ValueError:
        return "", address
    return found[1], _with_plain_ids(text) if found[1] == DRAWING else text


def _with_plain_ids(drawing: str) -> str:
    """Return a drawing whose shapes are called by their order."""
    names: dict[str, str] = {}
    return DRAWN_ID.sub(lambda found: names.setdefault(found[0], f"shape{len(names)}"), drawing)


def _agree(there: str, here: str, drawn: bool) -> bool:
    """Return whether two pieces are the same but for the last digits of their numbers."""
    if there == here:
        return True
    if NUMBER.sub("0", there) != NUMBER.sub("0", here):
        return False
    pairs = zip(NUMBER.findall(there), NUMBER.findall(here), strict=True)
    return all(old == new or _close(float(old), float(new), drawn) for old, new in pairs)


def _close(old: float, new: float, drawn: bool) -> bool:
    relative, absolute = (0.0, ROUNDED_DRAWING) if drawn else (ROUNDED_TABLE, 0.0)
    return math.isfinite(old + new) and math.isclose(old, new, rel_tol=relative, abs_tol=absolute)
