"""Calibrates observed facts on towns made up by the model, whose outcome is known, and writes ``facts.md``.

Each town is one world of one setting. What is observed there is its share of papers considered and of departments reached
half-way through the run, with an error anywhere within what the fact admits. The other settings are chosen by these facts, and
the outcome of the town is held against the interval of their worlds.

Expected, written down before the first run (docs/expectations.md): the interval of 90 % holds 85 to 95 % of the towns.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence.documents.markdown import table
from evidence.facts.calibration import Calibration, calibrate
from qsim.engine.warm import warm_up

SCENARIOS = ("small", "medium", "large", "halle", "remscheid", "municipality")
TEXTS = """\
# How far observed facts narrow what is known

<!-- Written by `make facts`; nothing is changed by hand. -->

A scenario may say what was measured in the administration itself (`observed:`, see [scenarios](scenarios.md)). Only the
settings that fit are run then. Here that is tried on {towns} towns for each scenario, made up by the model, whose truth is
known: each is one world of one setting, which is left out when settings are chosen. Observed are the share of papers considered
(within {considered:.0f} points) and of departments reached in twelve months (within {coverage:.0f}), half-way through the run,
with an error anywhere within.

*Held*: of 100 towns, in how many what is done jointly in the last year lies in the interval of 90 % of the worlds of the
settings that fit; asked for are 85 to 95. *Before*: the same with all settings. *Width*: of the interval, as a share of the one
before. *Settings that fit*: the median over towns; *refused*: towns of which so few fit that qsim does not go on.

{rows}
"""


def main() -> int:
    """Calibrate and print or write the page; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--towns", type=int, default=400, help="towns of each scenario")
    parser.add_argument("--jobs", type=int, default=None, help="threads at work")
    parser.add_argument("--docs", type=Path, help="write facts.md there")
    chosen = parser.parse_args()
    if chosen.towns < 1:
        parser.error("at least one town is needed")
    warm_up()
    found = []
    for name in SCENARIOS:
        found.append(calibrate(name, chosen.towns, chosen.jobs))
        print(_row(found[-1]), file=sys.stderr, flush=True)
    text = page(found)
    if chosen.docs is None:
        print(text)
    else:
        (chosen.docs / "facts.md").write_text(text, encoding="utf-8")
    return 0


def page(found: Sequence[Calibration]) -> str:
    """Return the page."""
    heads = ("scenario", "held", "before", "width", "settings that fit", "refused")
    first = found[0]
    return TEXTS.format(
        towns=first.towns,
        considered=100 * first.within[0],
        coverage=100 * first.within[1],
        rows=table(heads, [_row(one) for one in found]),
    )


def _row(one: Calibration) -> tuple[str, ...]:
    shares = [f"{100 * share:.0f}" for share in (one.held, one.held_before)]
    return f"`{one.scenario}`", *shares, f"{one.width:.2f}", f"{one.settings:.0f}", f"{100 * one.refused:.0f} %"


if __name__ == "__main__":
    sys.exit(main())
