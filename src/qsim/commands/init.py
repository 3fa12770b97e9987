"""``qsim init``: writes a commented new scenario file."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from qsim.commands.options import Quiet, speaker
from qsim.commands.words import say, tell


def init(
    name: Annotated[
        str, typer.Argument(help="A name (the file goes to scenarios/NAME.yaml) or the path of a new file.")
    ],
    quiet: Quiet = False,
) -> None:
    """Write a new, commented scenario file. An existing file is never overwritten.

    Example: qsim init mytown && qsim validate mytown && qsim run mytown
    """
    from qsim.files.kinds import ENDINGS
    from qsim.files.messages import InputError
    from qsim.scenario.schema import SCENARIO
    from qsim.scenario.writing import scenario_template

    path = Path(name)
    if not path.name or path.name.startswith("."):
        raise InputError.about(name or '""', "is not the name of a file")
    if path.suffix not in ENDINGS:
        path = (path.parent if path.parent != Path() else Path(SCENARIO.folder)) / f"{path.name}.yaml"
    text = scenario_template(path.stem, speaker().language)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, text)
    except FileExistsError:
        raise InputError.about(path, "exists already; name another file") from None
    tell(str(path))
    if not quiet:
        shown = shlex.quote(path.stem if path.parent == Path(SCENARIO.folder) else str(path))
        say(f"edit it, then: qsim validate {shown}, and qsim run {shown}")


def write_new(path: Path, text: str) -> None:
    """Write a file that does not exist yet, whole or not at all; raise OSError (FileExistsError if it does)."""
    file = path.open("x", encoding="utf-8")
    try:
        with file:
            file.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise
