"""Sobol sequences with a digital shift: evenly spread points, moved by addressed draws and never drawn at random."""

from __future__ import annotations

import numpy as np

from qsim.study.experiment.uniforms import design_uniforms

BITS = 32
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

    def points(self, first: int, last: int) -> np.ndarray:
        """Return the points ``first`` to ``last`` - 1 as numbers in (0, 1), (points, dimensions)."""
        if not self._names or first >= last:
            return np.empty((max(last - first, 0), len(self._names)))
        from scipy.stats import qmc  # takes a second, and most designs do without

        engine = qmc.Sobol(len(self._names), scramble=False, bits=BITS)
        if first:
            engine.fast_forward(first)
        count = 1 << (last - first - 1).bit_length()  # fewer than a power of two is warned about
        plain = np.round(engine.random(count)[: last - first] * SCALE).astype(np.uint64)
        return np.asarray(((plain ^ self._shifts) + 0.5) / SCALE)
