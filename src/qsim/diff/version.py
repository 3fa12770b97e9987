"""Versions of qsim: the one that runs, a revision of its checkout, a wheel, or a folder that holds another one."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from io import BytesIO
from pathlib import Path

import qsim
from qsim.files.messages import InputError

PARTS = ("src", "scenarios", "claims", "experiments")
"""What a revision is made of, as far as it is run."""
SETTLING = (".py", ".yaml", ".csv", ".json")
"""The endings of files that settle numbers."""


@dataclass(frozen=True)
class Version:
    """A version by the name it is told by; ``sources`` is the folder that holds its package."""

    name: str
    sources: Path

    def data(self, folder: str) -> Path:
        """Return a folder of files that come with it: inside its package, or at the top of its sources."""
        inside = self.sources / "qsim" / "data" / folder
        return inside if inside.is_dir() else self.sources.parent / folder

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios that come with it, in order."""
        return tuple(sorted(path.stem for path in self.data("scenarios").glob("*.yaml")))

    @cached_property
    def digest(self) -> str:
        """24 hex digits that change with any file of the package, its scenarios or claims, and with the interpreter."""
        found = blake2b(sys.version.encode(), digest_size=12)
        for folder in (self.sources / "qsim", self.data("scenarios"), self.data("claims")):
            for path in sorted(folder.rglob("*")):
                if path.suffix in SETTLING and path.is_file():
                    found.update(f"{path.relative_to(folder)}\n".encode())
                    found.update(path.read_bytes())
        return found.hexdigest()


def this_version() -> Version:
    """Return the version that runs."""
    return Version(qsim.__version__, Path(qsim.__file__).resolve().parents[1])


@contextmanager
def opened(name: str, checkout: Path | None = None) -> Iterator[Version]:
    """Give the version of a name, for as long as it is looked at; raise InputError if there is none.

    A wheel, a folder that holds the package (or a checkout) and a revision of the ``checkout`` that qsim itself runs from
    are such names.
    """
    with tempfile.TemporaryDirectory(prefix="qsim-diff-") as folder:
        yield _found(name, Path(folder), checkout or this_version().sources.parent)


def _found(name: str, folder: Path, checkout: Path) -> Version:
    path = Path(name)
    if path.is_file() and zipfile.is_zipfile(path):
        zipfile.ZipFile(path).extractall(folder)
        path = folder
    for sources in (path, path / "src"):
        if (sources / "qsim" / "__init__.py").is_file():
            return Version(name, sources.resolve())
    revision = _git(checkout, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if revision:
        commit = revision.decode().strip()
        there = _git(checkout, "ls-tree", "--name-only", commit).decode().split()
        packed = _git(checkout, "archive", "--format=zip", commit, *(part for part in PARTS if part in there))
        zipfile.ZipFile(BytesIO(packed)).extractall(folder)
        if (folder / "src" / "qsim" / "__init__.py").is_file():
            return Version(name if commit.startswith(name) else f"{name} ({commit[:10]})", folder / "src")
    raise InputError.about(
        name, "there is no such version of qsim; expected a revision of its checkout, a wheel or a folder"
    )


def _git(checkout: Path, *words: str) -> bytes:
    """Return what git prints; nothing where it fails, is not installed, or qsim does not run from a checkout."""
    if not (checkout / ".git").exists():
        return b""
    try:
        return subprocess.run(["git", "-C", str(checkout), *words], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""
