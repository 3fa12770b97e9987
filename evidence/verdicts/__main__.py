"""How often verdicts are wrong where the truth is known: 500 comparisons each, with fresh worlds, and what twins save.

Expected, written down before the first run (docs/expectations.md): at most 33 of 500 wrong "clearly better"; worlds that
are no twins, of one scenario under two labels, called equal or undecided at least 475 of 500 times.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from evidence.documents.markdown import table
from evidence.verdicts.counting import SAME, TWO, VERDICTS, Kind, counted, pair_with
from evidence.verdicts.repeated import true_difference
from qsim.comparison.comparing import compare
from qsim.engine.warm import warm_up
from qsim.runs.standards import Standards
from qsim.scenario.loading import load_scenario

JUST_ABOVE = 1.01
"""How many times the true difference the smallest relevant one is set, so that the truth lies just below it."""

TRUTH_SEED, FIRST_SEED = 1, 1000
TWINS = {
    "position": ("position_staff_unit", "position_line_unit"),
    "funding": ("funding_24", "funding_permanent"),
    "Schwerin": ("schwerin_staff_unit", "schwerin"),
    "units": ("one_unit", "two_units"),
}
LEAST_SAVED = {"position": 10.0, "funding": 2.0}
"""What twin worlds were expected to save at least, by pair, in plausible settings (docs/expectations.md, v3)."""

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

Expected in plausible settings, before the first run: {expected}.
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
    truth, low, high = true_difference(pair_with(TWO), runs, TRUTH_SEED, jobs)
    relevant = Standards(relevant={"joint_practice": JUST_ABOVE * truth})
    zero = "zero: one scenario under two labels"
    kinds = (
        Kind("just below relevant, twin worlds", TWO, relevant, None),
        Kind(f"{zero}, luck disjoint", SAME, Standards(), "luck"),
        Kind(f"{zero}, luck and settings disjoint", SAME, Standards(), "everything"),
    )
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        counts = [counted(kind, range(FIRST_SEED, FIRST_SEED + repetitions), pool, _tell) for kind in kinds]
    saved = [_saved(name, pair, jobs) for name, pair in TWINS.items()]
    return PAGE.format(
        runs=runs,
        truth=100 * truth,
        low=100 * low,
        high=100 * high,
        times=JUST_ABOVE,
        repetitions=repetitions,
        counts=table(
            ("true difference", *(verdict.replace("_", "-") for verdict in VERDICTS)),
            [
                (kind.name, *(str(found[verdict]) for verdict in VERDICTS))
                for kind, found in zip(kinds, counts, strict=True)
            ],
        ),
        expected="; ".join(_met(row) for row in saved if row[0] in LEAST_SAVED),
        saved=table(("pair", "scenarios", "plausible settings", "defaults"), saved),
    )


def _met(row: Sequence[str]) -> str:
    """Return whether a pair saves what was expected, as its row shows it."""
    least = LEAST_SAVED[row[0]]
    return f"{row[0]} {least:g} or more: {'yes' if float(row[2]) >= least else 'no'}, {row[2]}"


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


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
