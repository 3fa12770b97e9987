"""Points in the unit cube, resamples and random orders, the same whoever makes them.

Those of experiments come from addressed draws, those of sensitivity analysis from SALib.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from qsim.files.messages import InputError
from qsim.world.unknowns import setting_uniforms

Array = np.ndarray[Any, np.dtype[np.float64]]

BITS = 32
SCALE = 2.0**BITS
BLOCK = 4096
"""Points of a Sobol sequence that are made at once and remembered, as counting up to the first of them takes time."""

LEVELS = 4
"""Levels of each dimension in screening, as Morris recommends."""

STEP = LEVELS / (2 * (LEVELS - 1))
"""How far a dimension moves in one step of a trajectory, as a share of its range."""

LEAST_NUMBER = 8
LEAST_TRAJECTORIES = 2
SEED_LIMIT = 2**32
"""SALib takes seeds below this."""

Places = np.ndarray[Any, np.dtype[np.int64]]

RESAMPLES = 1000
"""Bootstrap resamples from which intervals are read."""


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


def design_uniforms(seed: int, name: str, number: int) -> np.ndarray:
    """Return ``number`` uniforms in (0, 1), one a point, for a seed and the name of what is drawn.

    The key of the draws comes from both, so designs share no number with runs of the same seed. The first numbers of a
    longer row are those of a shorter one.
    """
    digest = hashlib.blake2b(f"design {seed} {name}".encode(), digest_size=8).digest()
    return setting_uniforms(int.from_bytes(digest, "little"), 0, np.arange(number, dtype=np.int64))


def hypercube(number: int, dimensions: int, seed: int) -> Array:
    """Return points (number, dimensions) that cover the unit cube evenly in each dimension."""
    from scipy.stats import qmc  # noqa: TID251  # points of a study

    return np.asarray(qmc.LatinHypercube(dimensions, rng=seed).random(number))


class Salib(NamedTuple):
    """Modules of SALib: two designs and the analyses that belong to them."""

    sample_morris: Any
    sample_sobol: Any
    analyze_morris: Any
    analyze_sobol: Any


def load_salib() -> Salib:
    """Return the modules of SALib, an optional library; raise InputError, one clear line, if it is not installed."""
    try:
        import SALib.analyze.morris
        import SALib.analyze.sobol
        import SALib.sample.morris
        import SALib.sample.sobol
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.partition(".")[0] == "SALib":
            text = "sensitivity needs the library SALib; install it with: pip install 'qsim[sensitivity]'"
            raise InputError.about("", text) from None
        raise
    return Salib(SALib.sample.morris, SALib.sample.sobol, SALib.analyze.morris, SALib.analyze.sobol)


def unit_problem(dimensions: int) -> dict[str, Any]:
    """Return SALib's description of a unit cube; values are placed in their ranges by those who run the points."""
    names = [str(place) for place in range(dimensions)]
    return {"num_vars": dimensions, "names": names, "bounds": [[0.0, 1.0]] * dimensions}


def trajectories(dimensions: int, number: int, seed: int) -> Array:
    """Return random trajectories (number, dimensions + 1, dimensions) in the unit cube, after Morris (1991).

    Each moves one dimension after another by :data:`STEP`. Raise ValueError for fewer than two.
    """
    if number < LEAST_TRAJECTORIES:
        raise ValueError(f"screening takes {LEAST_TRAJECTORIES} trajectories or more, not {number}")
    result = load_salib().sample_morris.sample(
        unit_problem(dimensions), number, num_levels=LEVELS, seed=seed % SEED_LIMIT
    )
    return np.asarray(result, dtype=np.float64).reshape(number, dimensions + 1, dimensions)


@dataclass(frozen=True)
class Crossed:
    """Two independent samples ``a`` and ``b`` (number, dimensions) of the unit cube, which are crossed by column."""

    a: Array
    b: Array

    @property
    def number(self) -> int:
        """The number of base points."""
        return len(self.a)

    @property
    def dimensions(self) -> int:
        """The number of dimensions."""
        return int(self.a.shape[1])

    def first_points(self) -> Array:
        """Return ``a``, ``b``, then for each dimension ``a`` with its column from ``b``: ((dimensions + 2) number, ...)."""
        crossed = [_with_column(self.a, self.b, place) for place in range(self.dimensions)]
        return np.concatenate([self.a, self.b, *crossed])

    def second_points(self, places: Sequence[int]) -> Array:
        """Return, for each of some dimensions, ``b`` with its column from ``a``: (places * number, dimensions)."""
        none = np.empty((0, self.dimensions))
        return np.concatenate([none, *(_with_column(self.b, self.a, place) for place in places)])


def crossed_samples(dimensions: int, number: int, seed: int) -> Crossed:
    """Return samples of a scrambled Sobol sequence; the first half of them is the design of half the number.

    Raise ValueError for a number of points that is no power of two, for which the sequence is not balanced.
    """
    if number < LEAST_NUMBER or number & (number - 1):
        near = max(LEAST_NUMBER, 1 << max(number - 1, 1).bit_length())
        raise ValueError(f"the number of points is a power of two from {LEAST_NUMBER} on, not {number}; next is {near}")
    rows = load_salib().sample_sobol.sample(
        unit_problem(dimensions), number, calc_second_order=False, seed=seed % SEED_LIMIT
    )
    blocks = np.asarray(rows, dtype=np.float64).reshape(number, dimensions + 2, dimensions)
    return Crossed(blocks[:, 0], blocks[:, -1])


def _with_column(sample: Array, other: Array, place: int) -> Array:
    changed = sample.copy()
    changed[:, place] = other[:, place]
    return changed


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
