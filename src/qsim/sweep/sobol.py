"""Sobol sequences with a digital shift: evenly spread points, moved by addressed draws and never drawn at random."""

from __future__ import annotations

import numpy as np

from qsim.sweep.uniforms import design_uniforms

BITS = 32
BLOCK = 4096
"""Points that are made at once and remembered, as counting up to the first of them takes time."""

SCALE = 2.0**BITS


class SobolPoints:
    """The points of a Sobol sequence in ``names`` dimensions, shifted for a seed; any stretch of them on its own.

    Without scrambling the sequence is fixed. The shift, one word a dimension, keeps how evenly the points are spread
    and moves the first one off the corner.
    """

    def __init__(self, names: tuple[str, ...], seed: int) -> None:
        self._names = names
        shifts = [int(design_uniforms(seed, f"shift {name}", 1)[0] * SCALE) for name in names]
        self._shifts = np.array(shifts, dtype=np.uint64)
        self._kept: tuple[int, np.ndarray] | None = None

    def points(self, first: int, last: int) -> np.ndarray:
        """Return the points ``first`` to ``last`` - 1 as numbers in (0, 1), (points, dimensions)."""
        blocks = [self._block(index) for index in range(first // BLOCK, -(-last // BLOCK))]
        if not blocks or not self._names:
            return np.empty((max(last - first, 0), len(self._names)))
        start = first // BLOCK * BLOCK
        return np.concatenate(blocks)[first - start : last - start]

    def _block(self, index: int) -> np.ndarray:
        if self._kept is None or self._kept[0] != index:
            self._kept = (index, self._made(index) if self._names else np.empty((BLOCK, 0)))
        return self._kept[1]

    def _made(self, index: int) -> np.ndarray:
        from scipy.stats import qmc  # noqa: TID251  # points of a study; here, since it takes a second that most designs save

        engine = qmc.Sobol(len(self._names), scramble=False, bits=BITS)
        if index:
            engine.fast_forward(index * BLOCK)
        plain = np.round(engine.random(BLOCK) * SCALE).astype(np.uint64)
        return np.asarray(((plain ^ self._shifts) + 0.5) / SCALE)
