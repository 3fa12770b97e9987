"""``qsim status``: how far a study is, what failed or is damaged, and the command that goes on."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from qsim.commands.group import RUNS_FAILED, UNFINISHED, UsageError, loaded
from qsim.commands.options import Json, speaker
from qsim.commands.output import show_json
from qsim.commands.words import tell

GOING_ON = ("sweep", "sensitivity")
"""Commands that go on with a study."""


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of results, such as --out of `qsim sweep`.")],
    json: Json = False,
) -> None:
    """Say how far a study is. It looks at the files. Exit code 0 if it is done, 1 if parts failed, 3 if it is unfinished.

    Example: qsim status results/funding
    """
    speak = speaker()

    from dataclasses import asdict, replace

    from qsim.present.text.study_text import status_lines
    from qsim.sweep.status import status_of

    found = status_of(folder)
    found = replace(found, command=_checked(found.command))
    if json:
        show_json({**asdict(found), "finished": found.finished})
    else:
        for line in status_lines(found, speak):
            tell(line)
    if not found.finished:
        only_failed = bool(found.failed) and found.parts_done + len(found.failed) == found.parts and not found.running
        raise typer.Exit(RUNS_FAILED if only_failed else UNFINISHED)


def _checked(command: str) -> str:
    """Return a command that a manifest states, quoted; nothing if it is none that goes on with a study."""
    try:
        words = shlex.split(command)
        known = words[:1] == ["qsim"] and words[1] in GOING_ON and "--help" not in words and command.isprintable()
        if known:
            loaded(words[1]).make_context(words[1], words[2:])
    except (UsageError, ValueError, IndexError):  # type: ignore[misc]  # see UsageError
        return ""
    return shlex.join(words) if known else ""
