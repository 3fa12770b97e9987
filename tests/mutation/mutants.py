"""Which small changes there are in the bodies of functions, and a random sample of them."""

from __future__ import annotations

import difflib
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db

ARITHMETIC = ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow")
BITWISE = ("RShift", "LShift", "BitOr", "BitAnd", "BitXor")
CRASHES = {f"core/ReplaceBinaryOperator_{one}_{other}" for one in ARITHMETIC for other in BITWISE}
"""Operators left out: bits of a float are an error at once, whatever the tests are worth."""


class Mutant(NamedTuple):
    """One changed file: where, by which operator, its new source, and the change as a unified diff."""

    path: Path
    line: int
    function: str
    operator: str
    source: str
    change: str

    @property
    def place(self) -> str:
        """Return folder, file, line and function of the change."""
        return f"{self.path.parent.name}/{self.path.name}:{self.line} {self.function}"


def sample(modules: Sequence[Path], wanted: int, seed: int) -> tuple[list[Mutant], int]:
    """Return a random sample of the mutants of some files that lie in functions, and how many there are in all."""
    with (
        tempfile.TemporaryDirectory() as folder,
        use_db(str(Path(folder) / "mutants.sqlite"), WorkDB.Mode.create) as db,
    ):
        init(modules, db, {})
        found = [item.mutations[0] for item in db.work_items]
    inside = [spec for spec in found if spec.definition_name and spec.operator_name not in CRASHES]
    inside.sort(key=lambda spec: (str(spec.module_path), spec.start_pos, spec.operator_name, spec.occurrence))
    mutants = []
    for spec in random.Random(seed).sample(inside, len(inside)):
        original = spec.module_path.read_text(encoding="utf-8")
        source = mutate_code(original, get_operator(spec.operator_name)(), spec.occurrence)
        if source is None or source == original:
            continue
        lines = difflib.unified_diff(original.splitlines(), source.splitlines(), lineterm="", n=0)
        change = "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
        name = spec.operator_name.removeprefix("core/")
        mutants.append(Mutant(spec.module_path, spec.start_pos[0], spec.definition_name, name, source, change))
        if len(mutants) == wanted:
            break
    return mutants, len(inside)
