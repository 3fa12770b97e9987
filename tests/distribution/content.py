"""What may be in a wheel and in an sdist, and what the container file copies and names."""

from __future__ import annotations

import re
import shlex
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

MADE = re.compile(r"(PKG-INFO|setup\.cfg|src/qsim\.egg-info/[\w.-]+)")
"""What setuptools adds to an sdist that is in no repository."""
IN_SDIST = re.compile(
    r"(CHANGELOG\.md|CITATION\.cff|LICENSE|MANIFEST\.in|README\.md|constraints\.txt|pyproject\.toml"
    r"|src/qsim/.+|(scenarios|claims|experiments)/\w+\.(yaml|json))"
)
IN_WHEEL = re.compile(
    r"qsim/(?!data/).+|qsim/data/(scenarios|claims|experiments)/\w+\.(yaml|json)|qsim-[\w.]+\.dist-info/.+"
)


def names_in(path: Path) -> list[str]:
    """Return the names of the files in a wheel or an sdist, of an sdist without the folder they all are in."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    with tarfile.open(path) as archive:
        return [member.name.partition("/")[2] for member in archive if member.isfile()]


def wrong_in_wheel(names: Iterable[str]) -> list[str]:
    """Return the files that do not belong in a wheel."""
    return [name for name in names if not IN_WHEEL.fullmatch(name) or name.endswith(".pyc")]


def wrong_in_sdist(names: Iterable[str], tracked: Iterable[str]) -> list[str]:
    """Return the files that do not belong in an sdist: of no use for building, or in no repository."""
    known = set(tracked)
    return [name for name in names if not MADE.fullmatch(name) and not (name in known and IN_SDIST.fullmatch(name))]


def instructions(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the instructions of a container file, each with its words."""
    whole = re.sub(r"\\\n", " ", text)
    for line in whole.splitlines():
        if line.strip() and not line.startswith("#"):
            name, *words = shlex.split(line)
            yield name, words


def container_sources(text: str) -> list[str]:
    """Return what a container file copies from the folder it stands in."""
    copied = [words for name, words in instructions(text) if name == "COPY" and not words[0].startswith("--from=")]
    return [source for words in copied for source in words[:-1]]


def is_below(name: str, folders: Iterable[str]) -> bool:
    """Return whether a file is one of those named, or lies in one of them."""
    return any(PurePosixPath(name).is_relative_to(folder) for folder in folders)
