"""The command line ``qsim``: its own options, and the commands, one file each in ``commands/``."""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

import qsim
from qsim.commands.group import Commands
from qsim.commands.options import Lang

HELP = """Simulate how a public administration takes up a cross-cutting task (Querschnittsaufgabe).

A scenario file describes an administration; a run lets it work month by month. `qsim run halle` shows what comes out,
`qsim compare position_staff_unit position_line_unit` which of two scenarios does better, and how sure that is."""

app = typer.Typer(cls=Commands, name="qsim", help=HELP, add_completion=False, pretty_exceptions_enable=False,
                  rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})  # fmt: skip


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"qsim {qsim.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
    lang: Lang = None,  # read before all others, wherever it stands
) -> None:
    """Print the help where no command is given."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main() -> None:
    """Run the command line, with names of files in UTF-8 even where the locale asks for ASCII."""
    if os.name == "posix" and sys.getfilesystemencoding() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    gc.set_threshold(500_000, 50, 100)  # imports make many objects that live on; looking through them costs a tenth
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # looking for them takes longer than checking a scenario
    try:
        app()
    finally:
        gc.freeze()  # or else the interpreter looks through all that was imported once more, for a third of a second
