"""Tables of plausible settings that no scenario has: uniform factors, and what scenarios would achieve in them."""

import numpy as np

from qsim.comparison.when.drawn import Drawn
from qsim.runs.designs import Variable
from qsim.scenario.labels import Label
from qsim.scenario.values import Unknown


def open_table(values, levels=()):
    """Return a table of numbers x0, x1, ... between 0 and 1; of those named in ``levels`` the values are places of levels."""
    factors = tuple(
        Variable(f"x{place}", Label(de=f"x{place}", en=f"x{place}"), levels=("a", "b", "c") if place in levels else ())
        for place in range(values.shape[1])
    )
    unknown = tuple(Unknown(between=(0.0, 1.0)) for _ in factors)
    return Drawn(factors, unknown, (0,) * len(factors), values)


def uniform_table(seed, settings, factors):
    """Return a table of independent uniform numbers, and the generator that drew them."""
    draw = np.random.default_rng(seed)
    return open_table(draw.random((settings, factors))), draw
