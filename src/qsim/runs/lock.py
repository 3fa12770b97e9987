"""A lock on a folder that the system frees when its holder dies, so that two runs never write into one folder."""

from __future__ import annotations

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows locks files in another way; there two runs must be kept apart by hand
    fcntl = None  # type: ignore[assignment]  # the module is missing on Windows


def take_lock(folder: Path) -> int | None:
    """Lock a folder and return what :func:`free_lock` takes; None where the system knows no locks.

    Raise BlockingIOError if another process holds it.
    """
    if fcntl is None:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:
        pass  # some network file systems know no locks
    return handle


def free_lock(handle: int | None) -> None:
    """Free a lock."""
    if handle is not None:
        os.close(handle)


def is_locked(folder: Path) -> bool:
    """Return whether another process holds the lock of a folder."""
    try:
        free_lock(take_lock(folder))
    except BlockingIOError:
        return True
    return False
