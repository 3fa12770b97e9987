"""``qsim scenarios``: lists the scenarios that can be named."""

from __future__ import annotations

import typer

from qsim.commands.options import Json, Lang, speaker_of


def scenarios(lang: Lang = None, json: Json = False) -> None:
    """List the scenarios that can be named. They lie in the folder scenarios/ or come with qsim.

    Example: qsim scenarios --lang de
    """
    from json import dumps

    from qsim.files.kinds import file_name
    from qsim.scenario.loading import listed
    from qsim.scenario.schema import SCENARIO

    speak = speaker_of(lang)
    found = listed(SCENARIO)
    if json:
        entries = [
            {
                "id": entry.id,
                "label": speak.label(entry.label),
                "description": speak.label(entry.explanation) if entry.explanation else None,
                "file": file_name(entry.path, SCENARIO),
            }
            for entry in found
        ]
        typer.echo(dumps(entries, ensure_ascii=False, indent=2))
        return
    width = max((len(entry.id) for entry in found), default=0)
    for entry in found:
        typer.echo(f"{entry.id:<{width}}  {speak.label(entry.label)}")
