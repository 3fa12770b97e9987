"""How often verdicts are wrong where the truth is known: 500 comparisons each, with fresh worlds, and what twins save.

Expected, written down before the first run (docs/expectations.md): at most 33 of 500 wrong "clearly better"; worlds that
are no twins, of one scenario under two labels, called equal or undecided at least 475 of 500 times.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from evidence.documents.markdown import table
from evidence.verdicts.repeated import Apart, repeated_verdicts, true_difference
from qsim.comparison.comparing import compare
from qsim.comparison.verdict import Verdict
from qsim.engine.warm import warm_up
from qsim.runs.standards import Standards
from qsim.scenario.loading import load_scenario

SHORT = "months=60"
POSTS = "commissioners[integration].funding[0].posts=2"
TWO, SAME = ((), (POSTS,)), ((), ())
"""What is changed in each scenario of a pair."""

SHARED_OUT = 10
"""Comparisons that a process does at once."""

JUST_ABOVE = 1.01
"""How many times the true difference the smallest relevant one is set, so that the truth lies just below it."""

TRUTH_SEED, FIRST_SEED = 1, 1000
TWINS = {
    "position": ("position_staff_unit", "position_line_unit"),
    "funding": ("funding_24", "funding_permanent"),
    "Schwerin": ("schwerin_staff_unit", "schwerin"),
    "units": ("one_unit", "two_units"),
}
VERDICTS: tuple[Verdict, ...] = ("clearly", "probably", "equal", "undecided", "trade_off")


class Kind(NamedTuple):
    """One kind of comparison: its name, what is changed in each scenario, what counts, and what is no twin."""

    name: str
    changes: tuple[tuple[str, ...], tuple[str, ...]]
    standards: Standards
    apart: Apart | None


PAGE = """\
# How often verdicts are wrong

<!-- Written by `make verdicts`; nothing is changed by hand. -->

A verdict is right if, where the truth is known, it rarely says more than there is. Compared is `small` (60 months) with one
post and with two, all parameters in their plausible ranges, with automatic stopping and a budget of 10,000 runs.

Over {runs:,} runs the second does {truth:.3f} percentage points more jointly (95 % interval {low:.3f} to {high:.3f}). In the
first row the smallest relevant difference is set to {times} times that, so the truth lies just below it and *clearly* is wrong.
{repetitions} repetitions each, every one with luck and settings of its own.

{counts}

Asked for: of 500 at most 33 wrong *clearly* in the first row; at least 475 *equal* or *undecided* in the others.

## What twin worlds save

(Var A + Var B) / Var(A − B) of joint practice: how many times more worlds that are no twins would be needed. In 100 plausible
settings of five worlds each, and in 400 worlds with all parameters at their defaults.

{saved}
"""


def main() -> int:
    """Run all repetitions and print or write the page; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100_000, help="runs from which the true difference is taken")
    parser.add_argument("--repetitions", type=int, default=500, help="comparisons of each kind")
    parser.add_argument("--jobs", type=int, default=None, help="processes at work")
    parser.add_argument("--docs", type=Path, help="write verdicts.md there")
    chosen = parser.parse_args()
    if chosen.runs < 100 or chosen.repetitions < 1:
        parser.error("at least 100 runs and one repetition are needed")
    warm_up()
    text = page(chosen.runs, chosen.repetitions, chosen.jobs)
    if chosen.docs is None:
        print(text)
    else:
        (chosen.docs / "verdicts.md").write_text(text, encoding="utf-8")
    return 0


def page(runs: int, repetitions: int, jobs: int | None) -> str:
    """Return the page: the truth, how often each verdict was given, and what twin worlds save."""
    pair = [load_scenario("small", [SHORT, *changes]) for changes in TWO]
    truth, low, high = true_difference(pair, runs, TRUTH_SEED, jobs)
    relevant = Standards(relevant={"joint_practice": JUST_ABOVE * truth})
    zero = "zero: one scenario under two labels"
    kinds = (
        Kind("just below relevant, twin worlds", TWO, relevant, None),
        Kind(f"{zero}, luck disjoint", SAME, Standards(), "luck"),
        Kind(f"{zero}, luck and settings disjoint", SAME, Standards(), "everything"),
    )
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        rows = [_counted(kind, repetitions, pool) for kind in kinds]
    saved = [_saved(name, pair, jobs) for name, pair in TWINS.items()]
    return PAGE.format(
        runs=runs,
        truth=100 * truth,
        low=100 * low,
        high=100 * high,
        times=JUST_ABOVE,
        repetitions=repetitions,
        counts=table(("true difference", *(verdict.replace("_", "-") for verdict in VERDICTS)), rows),
        saved=table(("pair", "scenarios", "plausible settings", "defaults"), saved),
    )


def _counted(kind: Kind, repetitions: int, pool: Executor) -> tuple[str, ...]:
    """Return how often each verdict was given; seeds are shared out, so that all processors are at work."""
    counts: Counter[Verdict] = Counter()
    seeds = range(FIRST_SEED, FIRST_SEED + repetitions)
    parts = [seeds[first : first + SHARED_OUT] for first in range(0, repetitions, SHARED_OUT)]
    for found in pool.map(partial(_verdicts, kind), parts):
        counts.update(found)
        print(f"{kind.name}: {counts.total()} of {repetitions}, {dict(counts)}", file=sys.stderr, flush=True)
    return (kind.name, *(str(counts[verdict]) for verdict in VERDICTS))


def _verdicts(kind: Kind, seeds: Sequence[int]) -> list[Verdict]:
    pair = [load_scenario("small", [SHORT, *changes]) for changes in kind.changes]
    return list(repeated_verdicts(pair, seeds, kind.standards, kind.apart, workers=1))


def _saved(name: str, pair: Sequence[str], jobs: int | None) -> tuple[str, ...]:
    scenarios = [load_scenario(each) for each in pair]
    (open_,) = compare(scenarios, settings=100, workers=jobs)
    (fixed,) = compare(scenarios, replications=400, plausible=False, workers=jobs)
    return (
        name,
        " / ".join(f"`{each}`" for each in pair),
        f"{open_.variance_saved:.1f}",
        f"{fixed.variance_saved:.1f}",
    )


if __name__ == "__main__":
    sys.exit(main())
