"""What starting takes: to help, to a checked file, to a first result, and to compiled rules.

Counted is the processor's time, which other work on the machine hardly changes, over that of ``python -c pass`` in the same run,
which takes out how fast the processor is just then. So that bounds can be read, this ratio is told in seconds: of a machine
on which ``python -c pass`` takes :data:`PASS` of them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from statistics import median

from benchmarks.children import QSIM, cost_of
from benchmarks.timing import Finding

PASS = 0.025
"""What ``python -c pass`` takes where nothing else runs; it is measured for every value."""

UNIT = f"processor seconds where python -c pass takes {PASS:g}"
STARTS = 5
RUN = (*QSIM, "run", "small", "--replications", "1", "--quiet")
COMPILING = """
import resource, sys
from qsim.engine.warm import warm_up
warm_up(announce=None)
spent = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(max(one.ru_utime + one.ru_stime for one in spent), file=sys.stderr)
"""
"""Compiles all rules, in two processes where there are two processors, and tells what the longer one took."""


def findings() -> list[Finding]:
    """Return the seconds of compiling all rules, and those of commands after that; their cache is a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="qsim-cache-") as folder:
        cache = {"QSIM_CACHE_DIR": folder}
        before = spent([sys.executable, "-c", "pass"])
        compiling = float(cost_of([sys.executable, "-c", COMPILING], cache).words)
        return [
            Finding("compile_seconds", PASS * compiling / before, 10.0, f"{UNIT}, the longer of two processes"),
            Finding("help_seconds", scaled([*QSIM, "run", "--help"], cache), 0.25, UNIT),
            Finding("validate_seconds", scaled([*QSIM, "validate", "halle"], cache), 0.6, UNIT),
            Finding("second_start_seconds", scaled(RUN, cache), 1.0, UNIT),
        ]


def scaled(command: Sequence[str], cache: dict[str, str]) -> float:
    """Return the seconds of a command whose caches are filled, where ``python -c pass`` takes :data:`PASS`."""
    cost_of(command, cache)
    return PASS * median(spent(command, cache) / spent([sys.executable, "-c", "pass"]) for _ in range(STARTS))


def spent(command: Sequence[str], cache: dict[str, str] | None = None) -> float:
    """Return the seconds of the processor that a command takes, the least of three times."""
    return min(cost_of(command, cache).processor for _ in range(3))
