"""A folder of results (``--out``): claimed for one plan, filled under temporary names, and renamed when all is there."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType

import pandas as pd

from qsim.scenario.messages import InputError, Message
from qsim.study.lock import free_lock, take_lock
from qsim.study.manifest import MANIFEST, Manifest, manifest_text, plan_differences, read_manifest
from qsim.study.tables import TableWriter

UNFINISHED = re.compile(r"\..+\.\d+\.unfinished")
LISTED = 3


class Store:
    """The folder of one plan, used in a ``with`` block: at its end all files get their names, or none is left.

    Raise InputError, one clear line, if the folder belongs to another plan, holds foreign files, is in use, is a file,
    or cannot be written (also later, when the disk is full). An old result of the same plan stays until it is replaced.
    """

    def __init__(self, folder: Path, manifest: Manifest, csv: bool = False) -> None:
        self.folder = folder
        self._manifest = manifest
        self._csv = csv
        self._created: list[Path] = []
        self._tables: dict[str, TableWriter] = {}
        self._files: dict[str, Path] = {}
        self._lock: int | None = None

    def __enter__(self) -> Store:
        try:
            self._claim()
        except OSError as error:
            self._give_up()
            raise self._refusal(error) from None
        except InputError:
            self._give_up()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        except OSError as late:
            error = late
        finally:
            for writer in self._tables.values():
                writer.abandon()
            self._remove_unfinished()
            self._release()
            if error is not None:
                self._remove_created()
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise self._refusal(error) from None

    def append(self, table: str, frame: pd.DataFrame) -> None:
        """Add rows to a table; its first frame opens it."""
        if table not in self._tables:
            csv = self.file(f"{table}.csv") if self._csv else None
            self._tables[table] = TableWriter(self.file(f"{table}.parquet"), csv)
        self._tables[table].append(frame)

    def file(self, name: str) -> Path:
        """Return the temporary path of a file, or of a folder of files, that will have this name in the end."""
        return self._files.setdefault(name, self.folder / f".{name}.{os.getpid()}.unfinished")

    def _claim(self) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise self._error("is a file; --out takes a folder")
        missing = [path for path in (self.folder, *self.folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir()
            self._created.append(path)
        self._take_lock()
        self._check_plan()
        self._remove_unfinished()
        self.file(MANIFEST).write_text(manifest_text(self._manifest), encoding="utf-8")

    def _take_lock(self) -> None:
        try:
            self._lock = take_lock(self.folder)
        except BlockingIOError:
            raise self._error("another run is writing there; wait for it or name another folder") from None

    def _check_plan(self) -> None:
        found = sorted(path.name for path in self.folder.iterdir() if not UNFINISHED.fullmatch(path.name))
        if not found:
            return
        there = read_manifest(self.folder / MANIFEST)
        if there is None:
            names = ", ".join(found[:LISTED]) + (", ..." if len(found) > LISTED else "")
            raise self._error(f"holds files that are no results of qsim ({names}); name a new or an empty folder")
        differences = plan_differences(there, self._manifest)
        if differences:
            raise self._error(f"holds the results of another plan ({'; '.join(differences)}); name another folder")

    def _finish(self) -> None:
        for writer in self._tables.values():
            writer.close()
        last = self._files.pop(MANIFEST)
        for name, path in self._files.items():
            _move(path, self.folder / name)
        _move(last, self.folder / MANIFEST)

    def _remove_unfinished(self) -> None:
        with suppress(OSError):
            for path in list(self.folder.iterdir()):
                if UNFINISHED.fullmatch(path.name):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _give_up(self) -> None:
        if MANIFEST in self._files:
            self._remove_unfinished()
        self._release()
        self._remove_created()

    def _release(self) -> None:
        free_lock(self._lock)
        self._lock = None

    def _remove_created(self) -> None:
        with suppress(OSError):
            for path in reversed(self._created):
                path.rmdir()

    def _error(self, text: str) -> InputError:
        return InputError([Message(str(self.folder), None, None, "", text)])

    def _refusal(self, error: OSError) -> InputError:
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        return self._error(f"cannot write there: {reason}")


def _move(path: Path, final: Path) -> None:
    """Give a file its name; the files of a folder move into the folder of that name."""
    if not path.is_dir():
        path.replace(final)
        return
    final.mkdir(exist_ok=True)
    for inner in sorted(path.iterdir()):
        inner.replace(final / inner.name)
    path.rmdir()
