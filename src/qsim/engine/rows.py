"""Which runs a scenario gets: how many, unless something else is asked for, and in which setting each of them lies."""

from __future__ import annotations

from collections.abc import Iterable

TWINS = 5
"""Runs in each setting that differ in luck alone, one after another."""

SETTINGS = 100
"""Settings in which a scenario is run unless otherwise asked for; a comparison that is soon clear takes as many."""

REPLICATIONS = SETTINGS * TWINS
"""Runs of a scenario unless otherwise asked for, in settings and with fixed parameters, alone and in comparisons."""


def rows_of(replicates: Iterable[int], plausible: bool = True) -> list[tuple[int, int]]:
    """Return replicate and setting of runs: the same run of a scenario has the same row in every command.

    With ``plausible`` settings each holds :data:`TWINS` runs, else each run draws what its scenario leaves open for itself.
    """
    return [(replicate, replicate // TWINS if plausible else replicate) for replicate in replicates]
