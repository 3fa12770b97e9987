"""Begins the command ``qsim``: it imports the command line and runs it."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def main() -> None:
    """Run the command line, with names of files in UTF-8 even where the locale asks for ASCII."""
    if os.name == "posix" and sys.getfilesystemencoding() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    gc.set_threshold(500_000, 50, 100)  # imports make many objects that live on; looking through them costs a tenth
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # looking for them takes longer than checking a scenario
    with _ended_by_ctrl_c():
        from qsim.commands.root import app
    try:
        app()
    finally:
        gc.freeze()  # or else the interpreter looks through all that was imported once more, for a third of a second


@contextmanager
def _ended_by_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C end the process without a word, as nothing can be said yet; one that is ignored stays so."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
