"""Signals that end a process, taken as Ctrl-C is: what is in flight is kept, and it is told how to go on.

Ctrl-C is noted, too: it may come while a library imports or calls back, which then fails in words of its own.
"""

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
    """Let these signals do what Ctrl-C does at the time, and give the numbers of those that came, Ctrl-C among them.

    One that is ignored, as ``nohup`` does, stays so. Outside the main thread none arrives.
    """
    came: list[int] = []

    def take(number: int, frame: FrameType | None) -> None:
        came.append(number)
        interrupt = signal.getsignal(signal.SIGINT)
        if number == signal.SIGINT or not callable(interrupt):
            raise KeyboardInterrupt
        interrupt(signal.SIGINT, frame)

    main = threading.current_thread() is threading.main_thread()
    usual = dict.fromkeys(SIGNALS, signal.SIG_DFL) | {signal.SIGINT: signal.default_int_handler}
    taken = [number for number, handler in usual.items() if main and signal.getsignal(number) is handler]
    for number in taken:
        signal.signal(number, take)
    try:
        yield came
    finally:
        for number in taken:
            signal.signal(number, usual[number])
