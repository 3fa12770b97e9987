"""The folder that one plan has for itself: claimed, locked, and filled with whole files only, all at once or part by part."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from qsim.files.messages import InputError
from qsim.files.writing import put_whole
from qsim.runs.manifest import CRATE, MANIFEST, Manifest, holds_json, manifest_text, read_manifest
from qsim.runs.plans import plan_differences, plan_key, with_origins
from qsim.runs.runner import UnfinishedError

UNFINISHED = re.compile(r"\..+\.\d+\.unfinished")
LISTED = 3

LOCK = ".lock"
"""The file whose lock is that of its folder; it is there as long as somebody works in it. Each share of a folder has its own."""


class ClaimedFolder:
    """The folder of one plan. Entering makes it where it is missing and takes its lock.

    A process that fills a ``share`` of it, beside others, locks that alone, and leaves what is unfinished there to whoever
    has the whole folder next.
    Raise InputError, one clear line, if the folder belongs to another plan, holds foreign files, is in use, is a file or
    cannot be written; then nothing in it is touched, and none is left that was not there before.
    """

    def __init__(self, folder: Path, manifest: Manifest, share: str = "") -> None:
        self.folder = folder
        self.manifest = manifest
        self.share = share
        self.there: Manifest | None = None
        self._made: list[Path] = []
        self._lock: FileLock | None = None
        self._claimed = False

    @cached_property
    def key(self) -> str:
        """The key of the plan, which each of its tables bears."""
        return plan_key(self.manifest)

    def __enter__(self) -> Self:
        try:
            self._claim()
            self.begin()
            self._remove_unfinished(self.needed(leaving=False))
        except BaseException as error:
            self.leave()
            self.remove_made()
            if isinstance(error, OSError):
                raise self.refusal(error) from None
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def begin(self) -> None:
        """Do what a claimed folder needs before it is filled."""

    def refuse_other(self, there: Manifest) -> None:
        """Raise InputError if the manifest that is there is of another plan."""
        differences = plan_differences(there, self.manifest)
        if differences:
            raise self.error(f"holds the results of another plan ({'; '.join(differences)}); name another folder")

    def unclaimed(self) -> list[str]:
        """Return the files that only a manifest can show to be of a plan."""
        paths = (path for path in self.folder.iterdir()
                 if not path.name.startswith(LOCK) and not UNFINISHED.fullmatch(path.name))  # fmt: skip
        return sorted(path.name for path in paths if not self.is_own(path))

    def begun(self) -> Manifest | None:
        """Return the manifest under which a process began, and was killed before it could give it its name."""
        return None

    def is_own(self, path: Path) -> bool:
        """Return whether a file may be there although no manifest is."""
        return False

    def folders(self) -> Iterator[Path]:
        """Yield the folders in which files are written under temporary names."""
        yield self.folder

    def temporary(self, path: Path) -> Path:
        """Return the name that a file has until it is whole."""
        name = f"{path.name}.{self.share}" if self.share else path.name
        return path.with_name(f".{name}.{os.getpid()}.unfinished")

    def replace(self, path: Path, content: bytes) -> None:
        """Write a file of the folder, which is whole under its name."""
        put_whole(path, content)

    def leave(self) -> None:
        """Remove what is unfinished and free the lock."""
        if self._claimed:
            self._remove_unfinished(self.needed(leaving=True))
        self._claimed = False
        free_lock(self._lock)
        self._lock = None

    def remove_made(self) -> None:
        """Remove the folders that were made for this plan and hold nothing."""
        with suppress(OSError):
            for path in reversed(self._made):
                path.rmdir()

    def error(self, text: str) -> InputError:
        """Return an error about the folder."""
        return InputError.about(self.folder, text)

    def refusal(self, error: OSError) -> InputError:
        """Return why nothing can be written."""
        return self.error(f"cannot write there: {reason_of(error)}")

    def _claim(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise self.error("is a file; --out takes a folder")
        for path in reversed([path for path in (self.folder, *self.folder.parents) if not path.exists()]):
            path.mkdir()
            self._made.append(path)
        try:
            self._lock = take_lock(self.folder, self.share)
            others = [LOCK] if self.share else [path.name for path in self.folder.glob(f"{LOCK}-*")]
            if any(is_locked(self.folder, name) for name in others):
                raise BlockingIOError
        except BlockingIOError:
            raise self.error("another run is writing there; wait for it or name another folder") from None
        self._check_plan()
        self._claimed = True

    def _check_plan(self) -> None:
        foreign = self.unclaimed()
        self.there = read_manifest(self.folder / MANIFEST) or (self.begun() if foreign else None)
        if self.there is not None:
            self.refuse_other(self.there)
        elif foreign:
            names = ", ".join(foreign[:LISTED]) + (", ..." if len(foreign) > LISTED else "")
            raise self.error(f"holds files that are no results of qsim ({names}); name a new or an empty folder")

    def needed(self, leaving: bool) -> set[Path]:
        """Return what is unfinished and still needed, while the folder is filled or when it is left."""
        return set()

    def _remove_unfinished(self, needed: set[Path]) -> None:
        if self.share:
            return
        with suppress(OSError):
            for folder in self.folders():
                for path in list(folder.iterdir()) if folder.is_dir() else ():
                    if UNFINISHED.fullmatch(path.name) and path not in needed:
                        shutil.rmtree(path) if path.is_dir() else path.unlink()


class PartsFolder(ClaimedFolder):
    """A folder of one plan that is filled part by part: what is done stays, and the same plan goes on with it.

    If nothing can be written any more, the ``with`` block ends with UnfinishedError, one clear line, and ``advice`` in it.
    """

    advice = ""
    own: tuple[str, ...] = ()
    """What may lie in the folder although its manifest was lost, or cut off."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise UnfinishedError(f"{self.refusal(error)}; what is done stays{self.advice}") from None

    def begin(self) -> None:
        """Write the manifest, unless it is there as it would be written: a full disk is no matter then."""
        self.manifest = with_origins(self.manifest, self.there)
        path, content = self.folder / MANIFEST, manifest_text(self.manifest).encode()
        if not path.is_file() or path.read_bytes() != content:
            self.replace(path, content)

    def is_own(self, path: Path) -> bool:
        """Return whether a file is one of such a folder; a manifest that can be read is of something else."""
        return path.name in (*self.own, CRATE) or (path.name == MANIFEST and not holds_json(path))

    def lost(self) -> InputError:
        """Return what is said of a folder whose manifest was lost, and whose parts are not those of the plan."""
        return self.error("has lost its manifest, and its parts are of another plan or damaged; name another folder")

    def set_aside(self, path: Path, aside: Path) -> None:
        """Move a file that is not as it was written to where nobody reads it, beside what was moved there before."""
        aside.parent.mkdir(exist_ok=True)
        names = chain([aside], (aside.with_name(f"{aside.name}.{number}") for number in count(2)))
        path.replace(next(name for name in names if not name.exists() and not name.is_symlink()))


def synced(path: Path) -> Path:
    """Return the path of a file whose content has reached the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    return path


def reason_of(error: OSError) -> str:
    """Return the system's words for an error."""
    return os.strerror(error.errno).lower() if error.errno else str(error)


def take_lock(folder: Path, share: str = "") -> FileLock | None:
    """Lock a folder, or a share of it, until :func:`free_lock` or the death of this process; None where locks are unknown.

    Raise BlockingIOError if somebody else holds it.
    """
    return _taken(folder / (f"{LOCK}-{share}" if share else LOCK))


def _taken(path: Path) -> FileLock | None:
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise BlockingIOError from None
    except NotImplementedError:  # some network file systems know no locks
        return None
    return lock


def free_lock(lock: FileLock | None) -> None:
    """Free a lock and remove its file, before it is free: a file that is gone is nobody's lock."""
    if lock is not None:
        with suppress(OSError):
            Path(lock.lock_file).unlink()
        lock.release()


def is_locked(folder: Path, name: str | None = None) -> bool:
    """Return whether another process holds a lock of a folder: that of this ``name``, or any."""
    return any(_is_taken(path) for path in ([folder / name] if name else folder.glob(f"{LOCK}*")))


def _is_taken(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        free_lock(_taken(path))
    except BlockingIOError:
        return True
    except OSError:  # a folder in which nobody can write
        return False
    return False
