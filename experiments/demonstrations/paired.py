"""Twin worlds for the demonstrations: the same replicates under several scenarios, means and paired intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from qsim import Result, load_scenario, simulate
from qsim.engine.rows import REPLICATIONS
from qsim.runs.intervals import independent


def run(name: str, changes: Sequence[str] = (), replications: int = REPLICATIONS) -> Result:
    """Run a scenario with changes; replicate r meets the same luck in every scenario."""
    return simulate(load_scenario(name, list(changes)), replications=replications, seed=1)


def mean_and_half_width(values: np.ndarray) -> tuple[float, float]:
    """Return the mean of paired values (replicates,) and half of its 95 % interval over settings (Student's t)."""
    values = independent(values, plausible=True)
    values = values[~np.isnan(values)]
    if values.size < 2:
        return float("nan"), float("nan")
    half = stats.t.ppf(0.975, values.size - 1) * values.std(ddof=1) / np.sqrt(values.size)
    return float(values.mean()), float(half)


def cell(values: np.ndarray, signed: bool = False) -> str:
    """Return ``mean ± half width`` with three digits, or a dash where there is nothing."""
    mean, half = mean_and_half_width(values)
    return "–" if np.isnan(mean) else f"{mean:+.3f} ± {half:.3f}" if signed else f"{mean:.3f} ± {half:.3f}"


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table in Markdown."""
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()
