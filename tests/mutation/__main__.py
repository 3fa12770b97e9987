"""Breaks the rules on purpose, a sample of small changes one at a time, and counts how many the tests notice.

``python -m tests.mutation [mutants]`` prints the share noticed with its interval and writes ``latest.json`` with all that
nobody noticed.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from scipy.stats import binomtest
from tests.mutation.mutants import Mutant, sample
from tests.mutation.trial import Copy, Outcome

ROOT = Path(__file__).parents[2]
LATEST = Path(__file__).with_name("latest.json")
MODULES = sorted((ROOT / "src/qsim").glob("mechanisms/*.py")) + sorted((ROOT / "src/qsim").glob("world/*.py"))
SEED = 3
WORKERS = int(os.environ.get("TESTERS", "2"))


def main() -> None:
    """Try a sample of mutants, as many at once as there are copies of the project."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    mutants, in_all = sample(MODULES, wanted, SEED)
    print(f"{len(mutants)} of {in_all} mutants in function bodies", flush=True)
    copies: SimpleQueue[Copy] = SimpleQueue()
    opened = [Copy(ROOT) for _ in range(WORKERS)]
    try:
        for copy in opened:
            copies.put(copy)
        opened[0].check()
        with ThreadPoolExecutor(WORKERS) as pool:
            found = list(pool.map(lambda pair: _try(pair[0], pair[1], copies), enumerate(mutants, 1)))
    finally:
        for copy in opened:
            copy.remove()
    _report(mutants, found, in_all)


def _try(number: int, mutant: Mutant, copies: SimpleQueue[Copy]) -> Outcome:
    copy = copies.get()
    try:
        outcome = copy.try_out(mutant)
    finally:
        copies.put(copy)
    print(f"{number:4} {outcome:9} {mutant.place}  {mutant.operator}", flush=True)
    return outcome


def _report(mutants: list[Mutant], found: list[Outcome], in_all: int) -> None:
    killed = sum(outcome != "survived" for outcome in found)
    low, high = binomtest(killed, len(found)).proportion_ci(0.95, "wilson")
    survivors = [
        {"place": mutant.place, "operator": mutant.operator, "change": mutant.change.splitlines()}
        for mutant, outcome in zip(mutants, found, strict=True)
        if outcome == "survived"
    ]
    print(f"{killed} of {len(found)} noticed: {killed / len(found):.1%}, 95 % interval {low:.1%} to {high:.1%}")
    summary = {"mutants": in_all, "tried": len(found), "noticed": killed, "share": round(killed / len(found), 4),
               "interval_95": [round(low, 4), round(high, 4)], "seed": SEED, "survived": survivors}  # fmt: skip
    LATEST.write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
