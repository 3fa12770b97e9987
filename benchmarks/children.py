"""Starts commands as processes of their own and tells how much of the processor and of memory they took."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple

QSIM = (sys.executable, "-c", "from qsim.cli import main; main()")
"""The command ``qsim``, by the interpreter that runs the benchmarks."""


class Cost(NamedTuple):
    """What a process took, and what it said on standard error."""

    processor: float  # seconds, with those of the processes it waited for
    memory: int  # the largest resident memory, in the unit of the system (kilobytes on Linux)
    words: str


def cost_of(command: Sequence[str], changes: Mapping[str, str] | None = None) -> Cost:
    """Run a command with some environment variables changed; raise RuntimeError, with its words, if it fails.

    A process begins with the peak of the one that starts it, so who calls this must be small itself. Python may keep
    its bytecode, as it does unless told otherwise.
    """
    environment = {**os.environ, **(changes or {})}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr is not None
    words = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {words}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, words)
