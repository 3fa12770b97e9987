"""From the start of a process to its first result: with everything to compile, and from the cache."""

from __future__ import annotations

import tempfile
from statistics import median

from benchmarks.children import QSIM, cost_of
from benchmarks.timing import Finding

COMMAND = (*QSIM, "run", "small", "--replications", "1", "--quiet")
STARTS = 5


def findings() -> list[Finding]:
    """Return the seconds that compiling all rules takes, and those of a start after that; the cache is an empty folder.

    What a start takes without compiling is not counted as compiling.
    """
    with tempfile.TemporaryDirectory(prefix="qsim-cache-") as folder:
        cache = {"QSIM_CACHE_DIR": folder}
        cold = cost_of(COMMAND, cache).seconds
        warm = median(cost_of(COMMAND, cache).seconds for _ in range(STARTS))
    return [
        Finding("compile_seconds", cold - warm, 30.0, "seconds"),
        Finding("second_start_seconds", warm, 2.0, "seconds"),
    ]
