"""The command line ``qsim`` as a whole: its own options, its help, and the commands below it."""

from __future__ import annotations

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
