"""A folder of results (``--out``): claimed for one plan, filled under temporary names, and renamed when all is there."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import pandas as pd

from qsim.runs.claimed import ClaimedFolder
from qsim.runs.manifest import MANIFEST, Manifest, manifest_text
from qsim.runs.tables import TableWriter


class Store(ClaimedFolder):
    """The folder of one plan, used in a ``with`` block: at its end all files get their names, or none is left.

    Writing raises InputError, one clear line, also later, when the disk is full. An old result of the same plan stays
    until it is replaced.
    """

    def __init__(self, folder: Path, manifest: Manifest, csv: bool = False) -> None:
        super().__init__(folder, manifest)
        self._csv = csv
        self._tables: dict[str, TableWriter] = {}
        self._files: dict[str, Path] = {}

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
            self.leave()
            if error is not None:
                self.remove_made()
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise self.refusal(error) from None

    def begin(self) -> None:
        """Write the manifest under its temporary name."""
        self.file(MANIFEST).write_text(manifest_text(self.manifest), encoding="utf-8")

    def append(self, table: str, frame: pd.DataFrame) -> None:
        """Add rows to a table; its first frame opens it."""
        if table not in self._tables:
            csv = self.file(f"{table}.csv") if self._csv else None
            self._tables[table] = TableWriter(self.file(f"{table}.parquet"), csv)
        self._tables[table].append(frame)

    def file(self, name: str) -> Path:
        """Return the temporary path of a file, or of a folder of files, that will have this name in the end."""
        return self._files.setdefault(name, self.temporary(self.folder / name))

    def _finish(self) -> None:
        for writer in self._tables.values():
            writer.close()
        last = self._files.pop(MANIFEST)
        for name, path in self._files.items():
            _move(path, self.folder / name)
        _move(last, self.folder / MANIFEST)


def _move(path: Path, final: Path) -> None:
    """Give a file its name; the files of a folder move into the folder of that name."""
    if not path.is_dir():
        path.replace(final)
        return
    final.mkdir(exist_ok=True)
    for inner in sorted(path.iterdir()):
        inner.replace(final / inner.name)
    path.rmdir()
