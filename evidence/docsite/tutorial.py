"""Tutorials run as they are written: each block of a page in turn, in a folder that is empty at first.

``python -m evidence.docsite.tutorial`` runs those of ``docs/tutorials``, ``make tutorials`` calls that in an environment that has
what the pages tell to install. What a ``text`` block shows behind a block that runs must be what was printed; ``--write``
writes it.

A block of YAML or Python whose first line names a file, ``# scenarios/mytown.yaml``, is that file; a block of ``sh`` is run by a
shell; the other blocks of Python of a page share their names.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "docs" / "tutorials"
BLOCK = re.compile(r"^```(sh|python|yaml)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)
"""A block that does something, and what it prints, if the page shows it."""
NAMED = re.compile(r"# (\S+\.(?:yaml|py))\n")
"""The first line of a block that is a file."""
AROUND = {"COLUMNS": "100", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
"""What makes output the same everywhere."""


class TutorialError(Exception):
    """A block did not do what its page says."""


@dataclass
class Tutorial:
    """A page that is run, with the names that its blocks of Python share."""

    path: Path
    names: dict[str, Any] = field(default_factory=dict)

    def run(self, folder: Path) -> str:
        """Run all blocks in a folder; return the page with what they print now. Raise TutorialError, which names the line."""
        text = self.path.read_text(encoding="utf-8")
        with chdir(folder):
            return BLOCK.sub(self._done, text)

    def _done(self, found: re.Match[str]) -> str:
        kind, code, shown = found.groups()
        try:
            printed = {"yaml": self._file, "sh": self._sh, "python": self._python}[kind](code)
        except Exception as error:
            line = found.string.count("\n", 0, found.start()) + 1
            raise TutorialError(f"{self.path.name}: line {line}: {error}") from error
        if shown is None:
            return found[0]
        lines = "\n".join(line.rstrip() for line in printed.rstrip().splitlines())
        return f"```{kind}\n{code}```\n\n```text\n{lines}\n```\n"

    def _file(self, text: str) -> str:
        name = NAMED.match(text)
        if name is None:
            raise TutorialError("the first line names no file")
        path = Path(name[1])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return ""

    def _sh(self, text: str) -> str:
        home = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text],
            env={**os.environ, **AROUND, "PATH": home},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise TutorialError(f"exit code {done.returncode}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def _python(self, text: str) -> str:
        if NAMED.match(text):
            return self._file(text)
        printed = io.StringIO()
        try:
            with redirect_stdout(printed):
                exec(compile(text, self.path.name, "exec"), self.names)
        except Exception as error:
            raise TutorialError("".join(traceback.format_exception_only(error)).strip()) from error
        return printed.getvalue()


def main() -> None:
    """Run the pages that the command line names, all without one; leave with the places at which any is wrong."""
    parser = argparse.ArgumentParser(prog="python -m evidence.docsite.tutorial")
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--write", action="store_true", help="write what was printed into the pages")
    asked = parser.parse_args()
    wrong = []
    for path in asked.pages or sorted(FOLDER.glob("*.md")):
        began = time.perf_counter()
        try:
            wrong += checked(path.resolve(), asked.write)
        except TutorialError as error:
            wrong.append(str(error))
        print(f"{path.name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    if wrong:
        sys.exit("\n".join(wrong))


def checked(path: Path, write: bool) -> list[str]:
    """Run a page; return a line if it shows what is not printed any more, or write what is."""
    with tempfile.TemporaryDirectory() as folder:
        now = Tutorial(path).run(Path(folder))
    was = path.read_text(encoding="utf-8")
    if write:
        path.write_text(now, encoding="utf-8")
    pairs = enumerate(zip(was.splitlines(), now.splitlines(), strict=False), 1)
    first = next((place for place, (one, other) in pairs if one != other), None)
    if write or was == now:
        return []
    return [f"{path.name}: line {first}: the page shows what is not printed; `make tutorials WRITE=1` writes it anew"]


if __name__ == "__main__":
    main()
