"""Starts commands as processes of their own and tells how long they took and how much memory they needed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

QSIM = (sys.executable, "-c", "from qsim.cli import main; main()")
"""The command ``qsim``, by the interpreter that runs the benchmarks."""


class Cost(NamedTuple):
    """Seconds on the clock, and the largest resident memory in the unit of the system (kilobytes on Linux)."""

    seconds: float
    memory: int


def cost_of(command: Sequence[str], changes: Mapping[str, str] | None = None) -> Cost:
    """Run a command with some environment variables changed; raise RuntimeError, with its words, if it fails.

    A process begins with the peak of the one that starts it, so who calls this must be small itself. Python may keep
    its bytecode, as it does unless told otherwise.
    """
    environment = {**os.environ, **(changes or {})}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    words = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {words}")
    return Cost(elapsed, usage.ru_maxrss)
