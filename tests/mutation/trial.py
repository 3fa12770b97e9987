"""A copy of the project in which one mutant after another takes the place of a file, and the tests that look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from tests.mutation.mutants import Mutant

Outcome = Literal["killed", "survived", "timeout"]
COPIED = ("src", "tests", "scenarios", "pyproject.toml")
ALWAYS = ("tests/reference/test_rich_worlds.py",)
"""Whole runs of small worlds against the reference model: what most mutants fail."""
SECONDS = 240.0


class Copy:
    """A copy of what the tests need, in a temporary folder, and the command that runs them uncompiled."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = Path(tempfile.mkdtemp(prefix="qsim-mutants-"))
        for name in COPIED:
            if (root / name).is_dir():
                shutil.copytree(root / name, self._folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(root / name, self._folder / name)

    def check(self) -> None:
        """Raise RuntimeError if the tests fail without any mutant, or look at another copy of the package."""
        where = [sys.executable, "-c", "import qsim; print(qsim.__file__)"]
        shown = subprocess.run(
            where, cwd=self._folder, env=self._environment(), capture_output=True, text=True, check=True
        )
        if not shown.stdout.startswith(str(self._folder)):
            raise RuntimeError(f"the tests would look at {shown.stdout.strip()}")
        outcome = self._test(self._tests_of("practice"))
        if outcome != "survived":
            raise RuntimeError("the tests fail without any mutant")

    def try_out(self, mutant: Mutant) -> Outcome:
        """Return what the tests say of a mutant."""
        target = self._folder / mutant.path.relative_to(self._root)
        original = target.read_text(encoding="utf-8")
        target.write_text(mutant.source, encoding="utf-8")
        try:
            return self._test(self._tests_of(mutant.path.stem, mutant.path.parent.name))
        finally:
            target.write_text(original, encoding="utf-8")

    def remove(self) -> None:
        """Remove the copy."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _tests_of(self, module: str, folder: str = "mechanisms") -> list[str]:
        """Return the tests that all mutants meet, and those of the mutant's own file."""
        own = f"tests/{folder}/test_{module}.py"
        return [*ALWAYS, *([own] if (self._folder / own).exists() else [])]

    def _test(self, tests: list[str]) -> Outcome:
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        try:
            done = subprocess.run(
                command, cwd=self._folder, env=self._environment(), capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return "timeout"
        return "survived" if done.returncode == 0 else "killed"

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(self._folder / "src"),
            "PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_STORAGE_DIRECTORY": str(self._folder / ".hypothesis"),
        }  # fmt: skip
