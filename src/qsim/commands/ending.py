"""Signals that end a process, taken as Ctrl-C is: what is in flight is kept, and it is told how to go on."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""Whoever ends a job sends the first, a terminal that is closed the second."""


@contextmanager
def taken_as_ctrl_c() -> Iterator[list[int]]:
    """Let these signals do what Ctrl-C does at the time, and give the numbers of those that came.

    One that is ignored, as ``nohup`` does, stays so. Outside the main thread none arrives.
    """
    came: list[int] = []

    def take(number: int, frame: FrameType | None) -> None:
        came.append(number)
        interrupt = signal.getsignal(signal.SIGINT)
        if not callable(interrupt):
            raise KeyboardInterrupt
        interrupt(signal.SIGINT, frame)

    main = threading.current_thread() is threading.main_thread()
    taken = [number for number in SIGNALS if main and signal.getsignal(number) == signal.SIG_DFL]
    for number in taken:
        signal.signal(number, take)
    try:
        yield came
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
