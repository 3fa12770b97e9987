"""Peak memory of a study with many runs against that with few."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from benchmarks.children import QSIM, cost_of
from benchmarks.study_file import POINTS, write_experiment
from benchmarks.timing import Finding

FEW, MANY = 10_000, 100_000
SCENARIO = "small"
PAIRS = 3


def findings() -> list[Finding]:
    """Return the ratio of the peaks of a study of 100,000 runs and one of 10,000, the median of pairs."""
    ratio = median(peak(MANY) / peak(FEW) for _ in range(PAIRS))
    return [Finding(f"study_memory_{MANY}_over_{FEW}", ratio, 1.25, "ratio")]


def peak(runs: int) -> int:
    """Return the peak memory of a study of the small scenario with so many runs of two years each."""
    with tempfile.TemporaryDirectory(prefix="qsim-study-") as folder:
        path = write_experiment(Path(folder), SCENARIO, runs // POINTS)
        return cost_of([*QSIM, "sweep", str(path), "--set", "months=24", "--out", f"{folder}/out"]).memory
