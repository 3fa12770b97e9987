"""The command that gives the numbers of a study again, as manifests hold it and people copy it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any


def command_line(*parts: str | None, changes: Sequence[str] = (), **options: Any) -> str:
    """Return a command that gives the same numbers again; options that are None stay out."""
    words = ["qsim", *(part for part in parts if part is not None)]
    for name, value in options.items():
        words += [f"--{name}", str(value)] if value is not None else []
    for change in changes:
        words += ["--set", change]
    return shlex.join(words)
