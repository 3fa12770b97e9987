"""Breaks the rules on purpose, a sample of small changes one at a time, and counts how many the tests notice.

``python -m tests.mutation [mutants]`` prints the share noticed with its interval and writes ``latest.json`` with all that
nobody noticed, and, apart, all that ran out of time.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutation.mutants import Mutant, sample
from tests.mutation.summary import sentence, summary
from tests.mutation.trial import Copy, Outcome

ROOT = Path(__file__).parents[2]
LATEST = Path(__file__).with_name("latest.json")
RULES = ("mechanisms/*.py", "measures/*.py", "world/*.py", "engine/run.py")
ONLY_COMPILED = ("compiling", "linking")
"""What turns rules into machine code: trials run uncompiled, so that no test could notice a change here."""
MODULES = [
    path for pattern in RULES for path in sorted((ROOT / "src/qsim").glob(pattern)) if path.stem not in ONLY_COMPILED
]
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
    sums = summary(mutants, found, in_all, SEED)
    print(sentence(sums))
    LATEST.write_text(json.dumps(sums, indent=2) + "\n", encoding="utf-8")


def _try(number: int, mutant: Mutant, copies: SimpleQueue[Copy]) -> Outcome:
    copy = copies.get()
    try:
        outcome = copy.try_out(mutant)
    finally:
        copies.put(copy)
    print(f"{number:4} {outcome:9} {mutant.place}  {mutant.operator}", flush=True)
    return outcome


if __name__ == "__main__":
    main()
