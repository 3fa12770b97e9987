"""How the values of a range are spread that are not all as likely: normally, cut off at its ends, or as a triangle.

A range is covered evenly or evenly in the logarithm; what is said here is a place along it, from 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from qsim.files.findings import Finding
from qsim.files.nodes import Path
from qsim.scenario.values import Part

NEEDED = {"normal": ("mean", "sd"), "triangular": ("mode",)}
"""The numbers that each kind has."""


class DistributionEntry(Part):
    """How likely the values of a range are, where not all are alike."""

    kind: Literal["normal", "triangular"]
    """``normal``, cut off at the ends of the range, or ``triangular``, from one end over the most likely value to the other."""
    mean: float | None = None
    """The middle of the normal distribution, before it is cut off."""
    sd: float | None = None
    """Its standard deviation, with ``scale: log`` that of the natural logarithm."""
    mode: float | None = None
    """The most likely value of the triangular one."""

    @property
    def middle(self) -> float:
        """The mean or the mode."""
        found = self.mean if self.kind == "normal" else self.mode
        assert found is not None
        return found

    def findings(self, path: Path, low: float, high: float) -> Iterator[Finding]:
        """Yield what is wrong with it, at a path of a file, over a range."""
        needed, stated = NEEDED[self.kind], {"mean": self.mean, "sd": self.sd, "mode": self.mode}
        for name, value in stated.items():
            if value is None:
                if name in needed:
                    yield Finding(path, f'missing key "{name}"; a {self.kind} distribution has {" and ".join(needed)}')
            elif name not in needed:
                yield Finding((*path, name), f"{name} does not belong to a {self.kind} distribution")
            elif name == "sd" and not 0.0 < value < math.inf:
                yield Finding((*path, name), f"{value:g} is no standard deviation; expected a number above 0")
            elif name != "sd" and not low <= value <= high:
                yield Finding((*path, name), f"{value:g} lies outside the range, which is {low:g} to {high:g}")


@dataclass(frozen=True)
class Distribution:
    """Where along its range a variable lies: most likely at ``middle``, from 0 to 1.

    ``sd`` is the standard deviation of a normal distribution, as a share of the range; a triangle has none.
    """

    middle: float
    sd: float | None = None

    def places(self, uniforms: np.ndarray) -> np.ndarray:
        """Return the places along the range, from 0 to 1, for uniforms of any shape, by the inverse of the distribution."""
        if self.sd is None:
            below, above = np.sqrt(uniforms * self.middle), 1.0 - np.sqrt((1.0 - uniforms) * (1.0 - self.middle))
            return np.asarray(np.where(uniforms < self.middle, below, above))
        from scipy.special import ndtr, ndtri  # here, since most designs need none

        ends = ndtr((np.array([0.0, 1.0]) - self.middle) / self.sd)
        return np.asarray(np.clip(self.middle + self.sd * ndtri(ends[0] + uniforms * (ends[1] - ends[0])), 0.0, 1.0))


def distribution_of(entry: DistributionEntry, low: float, high: float, log: bool, whole: bool = False) -> Distribution:
    """Return a distribution that has no problems, over a range; a ``whole`` number stands for all up to the next."""
    middle, end = (entry.middle + 0.5, high + 1.0) if whole else (entry.middle, high)
    width = math.log(end / low) if log else end - low
    place = math.log(middle / low) / width if log else (middle - low) / width
    return Distribution(place) if entry.sd is None else Distribution(place, entry.sd / width)
