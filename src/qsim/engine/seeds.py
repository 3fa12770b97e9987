"""From what Mesa calls ``rng`` to the seed of a run."""

from __future__ import annotations

import operator
import os
from collections.abc import Sequence
from typing import Any

LARGEST = 2**64 - 1
LARGEST_SEED = 2**63 - 1
"""Of what is asked for on the command line or in a file, where whole numbers have a sign."""
LARGEST_REPLICATE = 2**32 - 1
"""Replicates are numbered from 0; so are settings."""
MOST_REPLICATIONS, MOST_SETTINGS = 1_000_000, 10_000
"""What is asked for at most, on the command line, in a file or by a manifest."""

MOST_RUNS_EVER = 10**12
"""Runs that no machine finishes."""

_DRAWN_BYTES = 6


def seed_of(rng: Any) -> int:
    """Return the seed that ``rng`` means, a whole number from 0 below 2^64.

    A whole number is the seed itself; None draws one from the operating system; a NumPy Generator yields one. Raise
    TypeError for anything else, ValueError out of range.
    """
    if rng is None:
        return int.from_bytes(os.urandom(_DRAWN_BYTES), "little")
    if hasattr(rng, "integers"):
        return int(rng.integers(LARGEST // 2))
    return whole_number(rng, "rng", LARGEST)


def whole_number(value: Any, name: str, largest: int, least: int = 0) -> int:
    """Return ``value`` as an int from ``least`` to ``largest``; raise TypeError if it is none, ValueError out of range."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} is a whole number, not {value!r}") from None
    if isinstance(value, bool):
        raise TypeError(f"{name} is a whole number, not {value!r}")
    if not least <= number <= largest:
        raise ValueError(f"{name} is a whole number from {least} to {largest}, not {number}")
    return number


def check_rows(seed: int, rows: Sequence[tuple[int, int]]) -> None:
    """Raise ValueError or TypeError unless a seed and rows of (replicate, setting) are such; at least one row is needed."""
    whole_number(seed, "seed", LARGEST)
    if not rows:
        raise ValueError("nothing to run: at least one replicate is needed")
    for replicate, setting in rows:
        whole_number(replicate, "replicate", LARGEST_REPLICATE)
        whole_number(setting, "setting", LARGEST_REPLICATE)
