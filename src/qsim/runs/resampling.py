"""Resamples and random orders for the analysis of finished runs, drawn by address like everything else."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from qsim.world.unknowns import setting_uniforms

Places = np.ndarray[Any, np.dtype[np.int64]]

RESAMPLES = 1000
"""Bootstrap resamples from which intervals are read."""


def resampled(size: int, number: int, seed: int) -> Places:
    """Return ``number`` bootstrap resamples of ``size`` things: places (size, number) drawn with replacement."""
    slots = np.arange(size, dtype=np.int64)
    key = _key("resample", seed)
    drawn = np.stack([setting_uniforms(key, resample, slots) for resample in range(number)], axis=1)
    return (drawn * size).astype(np.int64)


def shuffled(size: int, seed: int) -> Places:
    """Return the numbers below ``size`` in random order (size,)."""
    return np.argsort(setting_uniforms(_key("shuffle", seed), 0, np.arange(size, dtype=np.int64)), kind="stable")


def random_orders(size: int, number: int, seed: int) -> Places:
    """Return ``number`` random orders (number, size) of the numbers below ``size``."""
    slots, key = np.arange(size, dtype=np.int64), _key("order", seed)
    return np.stack([np.argsort(setting_uniforms(key, order, slots), kind="stable") for order in range(number)])


def _key(name: str, seed: int) -> int:
    """Return the key of the draws, which share no number with runs of the same seed."""
    digest = hashlib.blake2b(f"{name} {seed}".encode(), digest_size=7).digest()
    return int.from_bytes(digest, "little")
