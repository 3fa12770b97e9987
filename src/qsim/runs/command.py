"""The command that gives the numbers of a study again, as manifests hold it and people copy it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any


def command_line(*parts: str | None, changes: Sequence[str] = (), **options: Any) -> str:
    """Return a command that gives the same numbers again; options that are None stay out, lists repeat theirs."""
    words = ["qsim", *(part for part in parts if part is not None)]
    for name, value in options.items():
        for each in value if isinstance(value, list) else [] if value is None else [value]:
            words += [f"--{name}", str(each)]
    for change in changes:
        words += ["--set", change]
    return shlex.join(words)
