"""The first compilation of the rules, as a command meets it: announced, and ended by Ctrl-C without a traceback."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import Any


def compile_rules(quiet: bool) -> None:
    """Compile the rules if that has not been done yet, and say so unless ``quiet``; raise KeyboardInterrupt on Ctrl-C.

    The compiler swallows an interruption that comes while it is called back, and then fails in its own words. So the
    interruption is noted, and whatever follows from it is told as one.
    """
    from qsim.engine.warm import warm_up

    interrupted = False
    report = sys.unraisablehook

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        raise KeyboardInterrupt

    def report_others(swallowed: Any) -> None:
        if swallowed.exc_type is not KeyboardInterrupt:
            report(swallowed)

    before = signal.signal(signal.SIGINT, note)
    sys.unraisablehook = report_others
    try:
        warm_up(announce=not quiet)
    except Exception:
        if interrupted:
            raise KeyboardInterrupt from None
        raise
    finally:
        sys.unraisablehook = report
        signal.signal(signal.SIGINT, before)
    if interrupted:
        raise KeyboardInterrupt
