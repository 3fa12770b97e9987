"""Contrasts on the scales on which claims are tested: absolute, logarithms for ratios, and log odds for shares."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from qsim.claims.terms import ABSOLUTE, LOG, LOG_ODDS
from qsim.runs.intervals import setting_levels
from qsim.runs.readings import Array

LEAST, MOST = 0.005, 0.995
"""Between which shares are kept on the scale of log odds."""


@dataclass(frozen=True)
class Scale:
    """What a level becomes on a scale, and how steep the scale is there."""

    of: Callable[[Array], Array]
    slope: Callable[[Array], Array]


def kept(levels: Array) -> Array:
    """Return shares kept off the ends, where odds are endless."""
    return np.clip(levels, LEAST, MOST)


SCALES = {
    ABSOLUTE: Scale(lambda levels: levels, np.ones_like),
    LOG: Scale(np.log, lambda levels: 1.0 / levels),
    LOG_ODDS: Scale(
        lambda levels: np.log(kept(levels) / (1.0 - kept(levels))),
        lambda levels: 1.0 / (kept(levels) * (1.0 - kept(levels))),
    ),
}


def contrast_on(scale: str, values: Mapping[str, Array], weights: Mapping[str, float]) -> Array:
    """Return a contrast on a scale in each world (settings, twins), from the values of its terms by their text.

    The scale is that of the mean of each setting; about it twins differ as the scale is steep there, so that their mean is
    the contrast of the setting. A world in which a term is missing is missing. Nothing has no ratio: where a mean is zero
    in any setting no mean of logarithms exists, and all is missing.
    """
    placed = SCALES[scale]
    known = np.all([np.isfinite(values[text]) for text in weights], axis=0)
    result = np.where(known, 0.0, np.nan)
    for text, weight in weights.items():
        levels = setting_levels(np.where(known, values[text], np.nan))[:, None]
        if scale == LOG and (levels <= 0.0).any():
            return np.full(known.shape, np.nan)
        result = result + weight * (placed.of(levels) + placed.slope(levels) * (values[text] - levels))
    return result


def relevant_on(scale: str, relevant: float, values: Mapping[str, Array], weights: Mapping[str, float]) -> float:
    """Return the smallest relevant difference on a scale: on that of log odds the absolute one over m(1 - m).

    There m is the mean of the levels as they are weighed, each kept between its bounds.
    """
    if scale != LOG_ODDS:
        return relevant
    levels = np.stack([kept(setting_levels(values[text])) for text in weights], axis=1)
    known = levels[np.isfinite(levels).all(axis=1)]
    if not len(known):
        return math.nan
    middle = float(np.average(known.mean(axis=0), weights=[abs(weight) for weight in weights.values()]))
    return relevant / (middle * (1.0 - middle))
