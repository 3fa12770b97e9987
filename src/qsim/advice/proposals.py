"""Packages worth a comparison, where too many are affordable to compare them all.

A few hundred packages are looked at in the same few settings: the empty one, single measures and packages that use the budget
up. A surface with an effect of each measure and of each pair is laid through what was seen (Bayesian regression, each effect
around zero; its spreads are those that make what was seen likeliest), and climbed: from the best packages seen, one measure is
added, taken away or exchanged as long as the surface rises. What lies highest and was not looked at yet is looked at next, and
so on.

No draws: the packages to begin with take the measures in turn, in steps of 1, 2, 3 ... round them, as many as can be afforded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from qsim.advice.packages import Choice, Rows
from qsim.runs.intervals import Array

Look = Callable[[Rows], Array]
"""Packages (n, options) -> observations (n, settings), all in the same settings with the same luck, more is better."""

SINGLE = (0.05, 0.25, 1.0)
"""Variances of a measure's effect that are tried, as a part of the variance of what was seen."""

PAIR = (0.02, 0.1, 0.5)
"""Variances of a pair's effect that are tried, as a part of that of a measure's."""

CONSTANT = 100.0
"""The variance of what all packages have, as a multiple of that of a measure's: anything."""

STARTS = 5


def proposed(
    choice: Choice, look: Look, *, looks: int = 400, at_once: int = 50, most: int = 60, known: Rows | None = None
) -> Rows:
    """Return ``most`` packages that promise most, the best first, after at most ``looks`` of them were looked at.

    After a third of the looks, ``at_once`` of those that promise most are looked at between two surfaces. Where packages are
    ``known`` from another budget the surface begins with these, whether this one affords them or not.
    """
    if known is None or not len(known):
        known = np.array([*islice(_distinct(_first(choice)), max(looks // 3, 2))], dtype=bool)
    rows, seen = known, look(known)
    nothing = np.zeros((1, rows.shape[1]), dtype=bool)
    while True:
        able = choice.allowed(rows)
        best = rows[able][np.argsort(-seen[able].mean(axis=1), kind="stable")[:STARTS]]
        promising = _climbed(
            choice, _surface(rows, seen), np.concatenate([best, rows[able][-STARTS:], nothing[able.sum() :]])
        )
        met = {row.tobytes() for row in rows}
        new = [row for row in promising if row.tobytes() not in met][: min(at_once, looks - len(rows))]
        if not new:
            return promising[:most]
        more = np.array(new, dtype=bool)
        rows, seen = np.concatenate([rows, more]), np.concatenate([seen, look(more)])


def _first(choice: Choice) -> Iterator[Rows]:
    """Yield the packages to begin with."""
    count = len(choice.options)
    yield np.zeros(count, dtype=bool)
    yield from choice.closure
    for step in range(1, count + 1):
        for begin in range(count):
            row = np.zeros(count, dtype=bool)
            for place in dict.fromkeys((begin + step * turn) % count for turn in range(count)):
                larger = row | choice.closure[place]
                if choice.allowed(larger[None])[0]:
                    row = larger
            yield row


def _distinct(rows: Iterable[Rows]) -> Iterator[Rows]:
    known: set[bytes] = set()
    for row in rows:
        if row.tobytes() not in known:
            known.add(row.tobytes())
            yield row


def _terms(rows: Rows) -> Array:
    """Return a constant, each measure and each pair of a package (n, terms), as 0 or 1."""
    first, second = np.triu_indices(rows.shape[1], 1)
    return np.hstack([np.ones((len(rows), 1)), rows, rows[:, first] & rows[:, second]]).astype(np.float64)


def _surface(rows: Rows, seen: Array) -> Callable[[Rows], Array]:
    """Return what to expect of packages: the mean of the effects given what was seen, with the likeliest spreads."""
    means, terms = seen.mean(axis=1), _terms(rows)
    level, apart = float(means.mean()), max(float(means.var()), 1e-12)
    own = seen - seen.mean(axis=0)
    noise = max(float(own.var(axis=1).mean()) / max(seen.shape[1] - 1, 1), 1e-6 * apart)
    likeliest, effects = -np.inf, np.zeros(terms.shape[1])
    for pair in PAIR:
        spread = np.where(np.arange(terms.shape[1]) > rows.shape[1], pair, 1.0)
        spread[0] = CONSTANT
        common = apart * (terms * spread) @ terms.T
        for single in SINGLE:
            factor = cho_factor(single * common + noise * np.eye(len(terms)), lower=True)
            along = cho_solve(factor, means - level)
            likelihood = -0.5 * float((means - level) @ along) - float(np.log(np.diag(factor[0])).sum())
            if likelihood > likeliest:
                likeliest, effects = likelihood, apart * single * spread * (terms.T @ along)
    return lambda asked: np.asarray(level + _terms(asked) @ effects)


def _climbed(choice: Choice, surface: Callable[[Rows], Array], starts: Rows) -> Rows:
    """Return all packages met on the ways up, the highest first."""
    met: dict[bytes, tuple[float, Rows]] = {}
    for row in starts:
        height = float(surface(row[None])[0])
        while True:
            near = _neighbours(choice, row)
            heights = surface(near)
            met.update((one.tobytes(), (float(value), one)) for one, value in zip(near, heights, strict=True))
            if heights.max() <= height + 1e-9 * abs(height):
                break
            height, row = float(heights.max()), near[heights.argmax()]
    ordered = sorted(met.items(), key=lambda item: (-item[1][0], item[0]))
    return np.array([row for _, (_, row) in ordered], dtype=bool)


def _neighbours(choice: Choice, row: Rows) -> Rows:
    """Return the package itself and those with one measure more (and what it needs), less, or exchanged."""
    inside, outside = np.flatnonzero(row), np.flatnonzero(~row)
    without = np.repeat(row[None], len(inside), axis=0)
    without[np.arange(len(inside)), inside] = False
    fewer = np.concatenate([row[None], without])
    more = (fewer[:, None] | choice.closure[outside]).reshape(-1, len(row))
    near = np.concatenate([fewer, more])
    return near[choice.allowed(near)]
