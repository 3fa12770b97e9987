"""Tries advice where the truth is known, and writes ``advice_truth.md``.

A small house is run by brute force, every package that can be afforded in all settings, fifteen twins each. Advice is then tried
on these runs again and again: settings come in another order each time, with other luck of their own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence.advice.truth import (
    BUDGET,
    RELEVANT,
    SEARCH,
    SEEDS,
    Tried,
    Truth,
    brute_force,
    library_tried,
    offered,
    selection_tried,
    tried_out,
)
from evidence.documents.markdown import table
from qsim.advice.choosing import Effort
from qsim.engine.warm import warm_up

OTHERS = (0.0025, 0.0125)
"""Other smallest relevant differences that are tried, the second that of pages."""

LIBRARY = Tried("procedure KN of sim-tools 1.3.0", 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 776.73)
"""What the library did on the same runs; where it is installed it is asked again."""

TEXTS = """\
# How often advice is right where the truth is known

<!-- Written by `make advice`; nothing is changed by hand. -->

A small house (`small`, two years, six departments), six measures, {euro:,.0f} euros a year and {once:,.0f} once:
{count} packages can be afforded. Each was run {each:,} times, in all 433 settings with {twins} twins each: {brute:,}
runs, which leave no doubt of its level. The best brings {best:.2f} points more than doing nothing, {near} of the
packages lie within half a point of it, which is taken for the smallest relevant difference here, beside others. Advice was then
tried {repetitions} times on these runs, each time with the settings in another order and other luck.

*Within*: how often the package to take is less than the smallest relevant difference below the best; asked for are 95
of 100. *Kept*: how often the best is in the group that cannot be told apart; *alike*: how often all of the group are
within that difference. *Lost*: what the package to take lacks to the best, mean and largest, in points: it is the
cheapest of the group, not the one with the highest mean. *Runs*: the mean, and as a share of those of brute force.

{advice}

The sequential tests alone, without a search and without preferring what is cheap, against procedure KN of the library
sim-tools, which does the same one observation at a time: {first} observations of each package at first, the same
order of settings, the same luck. The library leaves one package and may put out equals by chance; so do ours where
the smallest relevant difference may be forgone, and else keep all that cannot be told apart, which takes more runs.
For the library *alike* says the same as *within*.

{tests}
"""


def main() -> int:
    """Run by brute force, try, and print or write the page; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=SEEDS, help="five twins for each in every setting")
    parser.add_argument("--repetitions", type=int, default=100, help="times that advice is tried")
    parser.add_argument("--jobs", type=int, default=None, help="threads at work")
    parser.add_argument("--docs", type=Path, help="write advice_truth.md there")
    chosen = parser.parse_args()
    if chosen.seeds < 1 or chosen.repetitions < 1:
        parser.error("at least one seed and one repetition are needed")
    warm_up()
    text = page(brute_force(offered(), chosen.seeds, chosen.jobs), chosen.repetitions)
    if chosen.docs is None:
        print(text)
    else:
        (chosen.docs / "advice_truth.md").write_text(text, encoding="utf-8")
    return 0


def page(truth: Truth, repetitions: int = 100) -> str:
    """Return the page."""
    efforts = (("all packages compared", Effort()), ("ten packages proposed by the search", SEARCH))
    advice = [
        tried_out(truth, f"{name}, {100 * relevant:g} points", effort, relevant, repetitions)
        for relevant in (RELEVANT, *OTHERS)
        for name, effort in efforts
    ]
    tests = [
        selection_tried(truth, "tests of `qsim advise`", 0.0, repetitions=repetitions),
        selection_tried(truth, "the same, the difference forgone", RELEVANT, repetitions=repetitions),
        _library(truth, repetitions),
    ]
    _, settings, twins = truth.values.shape
    means = truth.means
    return TEXTS.format(
        euro=BUDGET.euro,
        once=BUDGET.once,
        count=len(truth.packages),
        each=settings * twins,
        twins=twins,
        brute=truth.values.size,
        best=100 * (means.max() - means[truth.packages.index(())]),
        near=int((means > means.max() - RELEVANT).sum()),
        repetitions=repetitions,
        first="24",
        advice=_table(advice, truth),
        tests=_table(tests, truth),
    )


def _library(truth: Truth, repetitions: int) -> Tried:
    try:
        return library_tried(truth, LIBRARY.name, repetitions=repetitions)
    except ImportError:
        return LIBRARY


def _table(rows: Sequence[Tried], truth: Truth) -> str:
    heads = ("what", "within", "kept", "alike", "lost", "largest", "size of the group", "runs", "of brute force")
    return table(heads, [_row(one, truth) for one in rows])


def _row(one: Tried, truth: Truth) -> tuple[str, ...]:
    shares = [f"{100 * share:.0f}" for share in (one.within, one.kept, one.alike)]
    lost = [f"{100 * points:.2f}" for points in (one.lost, one.lost_most)]
    return (
        one.name,
        *shares,
        *lost,
        f"{one.size:.1f}",
        f"{one.runs:,.0f}",
        f"{100 * one.runs / truth.values.size:.2f} %",
    )


if __name__ == "__main__":
    sys.exit(main())
