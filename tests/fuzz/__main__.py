"""Spoils what people write in thousands of ways, and looks whether everything still ends in order.

``python -m tests.fuzz [N] [--seed S] [--kinds scenario,page]`` tries N inputs, prints how they ended, and keeps each that
failed, made as small as it goes, in ``results/fuzz/``.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from qsim.engine.warm import warm_up
from tests.fuzz.inputs import MAKERS
from tests.fuzz.minimal import KEPT, tried_and_kept

WORKERS = int(os.environ.get("TESTERS", "2"))
AT_ONCE = 20


def main() -> int:
    """Try inputs, a few at once in each process; return 1 if one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Try spoilt inputs.")
    parser.add_argument("inputs", nargs="?", type=int, default=5000, help="how many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument("--kinds", default="", help=f"some of {','.join(MAKERS)}")
    asked = parser.parse_args()
    kinds = tuple(filter(None, asked.kinds.split(",")))
    numbers = range(asked.first, asked.first + asked.inputs)
    pieces = [list(numbers[start : start + AT_ONCE]) for start in range(0, len(numbers), AT_ONCE)]
    warm_up()  # no input waits for it, and none is stopped in it
    started, endings, failures = time.monotonic(), Counter(), 0
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        for found in pool.map(partial(tried_and_kept, seed=asked.seed, kinds=kinds), pieces):
            for number, kind, ending, problem in found:
                endings[kind, ending] += 1
                failures += bool(problem)
                if problem:
                    print(f"--seed {asked.seed} --first {number} 1: {kind}: {problem}", flush=True)
    for (kind, ending), count in sorted(endings.items()):
        print(f"{kind:12} {ending:10} {count:6}")
    print(
        f"{len(numbers)} inputs in {time.monotonic() - started:.0f} s, {failures} failed",
        f"(see {KEPT})" if failures else "",
    )
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
