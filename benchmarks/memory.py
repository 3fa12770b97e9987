"""Peak memory of ``qsim run --out`` with many runs against that with few."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from benchmarks.children import QSIM, cost_of
from benchmarks.timing import Finding

FEW, MANY = 1_000, 10_000
SCENARIO = "small"
PAIRS = 3


def findings() -> list[Finding]:
    """Return the ratio of the peaks of 10,000 and 1,000 runs that write all tables and figures.

    Peaks differ by some percent from one time to the next, as threads meet differently; hence the median of pairs.
    """
    ratio = median(peak(MANY) / peak(FEW) for _ in range(PAIRS))
    return [Finding(f"memory_{MANY}_over_{FEW}", ratio, 1.25, "ratio")]


def peak(replications: int) -> int:
    """Return the peak memory of a run of the small scenario whose tables are written."""
    with tempfile.TemporaryDirectory(prefix="qsim-memory-") as folder:
        out = str(Path(folder) / "out")
        return cost_of([*QSIM, "run", SCENARIO, "--replications", str(replications), "--out", out]).memory
