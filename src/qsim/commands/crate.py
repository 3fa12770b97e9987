"""``qsim crate``: describes a finished folder of results for an archive, as an RO-Crate."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from qsim.commands.options import day, speaker
from qsim.commands.words import tell


def crate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of results, such as --out of `qsim sweep`.")],
    published: Annotated[
        datetime, typer.Option(parser=day, metavar="DATE", help="The day on which the results are published.")
    ],
    licence: Annotated[
        str, typer.Option("--license", metavar="URL", help="The address of the licence of the results.")
    ],
) -> None:
    """Describe a finished folder of results as an RO-Crate. Written is ro-crate-metadata.json; nothing else changes.

    Example: qsim crate results/funding --published 2026-11-30 --license https://creativecommons.org/licenses/by/4.0/
    """
    speaker()

    from qsim.sweep.crate import write_crate

    tell(str(write_crate(folder, published.date(), licence)))
