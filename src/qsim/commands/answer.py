"""``qsim answer``: what a finished study answers, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qsim.commands.options import Json, speaker
from qsim.commands.output import show, show_json


def answer(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a finished study.")],
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome", metavar="COLUMN", help="A column of its runs. Default: the one of its figure, else the first."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Say what a finished study answers: what became of its expectations, and what each factor does to an outcome.

    Examples: qsim answer results/position; qsim answer results/position --outcome practice --lang de
    """
    speak = speaker()

    from qsim.claims.answers import answer_record, open_answer
    from qsim.present.text.answer_text import answer_paragraphs

    found = open_answer(folder, outcome)
    if json:
        show_json(answer_record(found))
        return
    show(*answer_paragraphs(found, speak))
