"""Writes files and folders that are whole whenever somebody looks, and removes what killed processes left of them."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree


def write_whole(path: Path, content: bytes) -> None:
    """Write a file as :func:`put_whole` does, and remove what a process that was killed left of it."""
    try:
        _remove_left(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    put_whole(path, content)


def put_whole(path: Path, content: bytes) -> None:
    """Write a file under another name first, to the disk, so that a file of its own name is always whole.

    Raise OSError, which names the file, if it cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=f".{os.getpid()}.unfinished")
        with os.fdopen(handle, "wb") as file, _removed_on_failure(Path(name)):
            file.write(content)
            file.flush()
            os.fsync(handle)
            os.chmod(name, 0o666 & ~_umask())
            Path(name).replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder, which takes the place of ``path`` with all that is written into it, or goes if anything fails.

    Raise OSError, which names the folder or a file in it, if it cannot be written.
    """
    path, room = path.absolute(), Path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_left(path)
        suffix = f".{os.getpid()}.unfinished"
        room = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}.", suffix=suffix))
        new, old = room / "new", room / "old"
        new.mkdir()
        with _removed_on_failure(room):
            yield new
            if path.exists():
                path.replace(old)
            try:
                new.replace(path)
            except OSError:
                old.replace(path)
                raise
        rmtree(room)
    except OSError as error:
        named = str(error.filename or path).replace(str(room / "new"), str(path))
        raise OSError(error.errno, error.strerror, named) from error


@contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _remove(path)
        raise


def _remove(path: Path) -> None:
    if path.is_dir():
        rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _remove_left(path: Path) -> None:
    """Remove what processes that are gone left of a file or folder they wrote."""
    left = re.compile(rf"\.{re.escape(path.name)}\.\w+\.(\d+)\.unfinished")
    for other in path.parent.iterdir():
        found = left.fullmatch(other.name)
        if found and not _is_alive(int(found[1])):
            _remove(other)


def _is_alive(process: int) -> bool:
    """Return whether a process of this machine is there, or may be."""
    if os.name == "nt":  # there, asking would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
