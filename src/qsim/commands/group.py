"""The commands, loaded when they are called, and how all end: errors in one clear line each, with an exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from qsim.commands.ending import taken_as_ctrl_c
from qsim.commands.words import SPOKEN, Context, asked_language, notes_said, said, say, say_wrong, silence
from qsim.files.messages import escaped

DONE, RUNS_FAILED, WRONG_INPUT, UNFINISHED, INTERRUPTED = 0, 1, 2, 3, 130
SIGNALLED = 128
"""To this the number of the signal is added that ended a command."""

COMMANDS = {
    "run": "Run a scenario many times.",
    "compare": "Compare scenarios in twin worlds.",
    "advise": "Say what is the best that can be done for the money.",
    "explore": "Write a page on which the model runs by itself.",
    "explain": "Say what holds practice back.",
    "sweep": "Run a study.",
    "status": "Say how far a study is.",
    "answer": "Say what a finished study answers:",
    "crate": "Describe a finished folder of results as an RO-Crate.",
    "reproduce": "Run results again and compare every number, to 1e-9 relative, and all of a page.",
    "claims": "Test the statements of the report.",
    "diff": "Show what a change of the rules does.",
    "sensitivity": "Find out what matters most of all that nobody knows.",
    "discover": "Find out where an outcome holds: boxes of factors (PRIM), each checked on cases that took",
    "validate": "Check scenario, experiment, claims and measures files.",
    "levers": "List the measures:",
    "scenarios": "List the scenarios that can be named.",
    "schema": "Print the JSON Schema of scenario, claims, experiment or measures files.",
    "init": "Write a new, commented scenario file.",
}
"""The commands, in the order of the help, with how the help of each begins; ``qsim X`` is the function X in X.py."""

# typer carries its own copy of click since 0.26, so its classes are reached through the one that typer exports
UsageError = typer.BadParameter.__mro__[1]


class Command(TyperCommand):
    """A command with help in the language that is spoken."""

    context_class = Context


class Commands(TyperGroup):
    """All commands, each loaded when it is called; none shows a traceback for what a user can put right."""

    context_class = Context

    def __init__(self, **attributes: Any) -> None:
        attributes["commands"] = dict.fromkeys(COMMANDS, None)
        super().__init__(**attributes)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return what stands for a command in the list."""
        return TyperCommand(cmd_name, help=said(COMMANDS[cmd_name])) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return name, command and arguments: the command itself, which takes --lang, too."""
        name, _, rest = super().resolve_command(ctx, args)
        if name is None:
            return name, None, rest
        command = loaded(name)
        lang = next(one for one in self.params if one.name == "lang")
        if lang not in command.params:
            command.params.append(lang)
        return name, command, rest

    def main(self, *arguments: Any, **options: Any) -> NoReturn:
        """Run the command that the arguments name (by default those of the process) and leave with its exit code."""
        _prepare_streams()
        given = options.get("args", arguments[0] if arguments else None)
        words = sys.argv[1:] if given is None else given
        language = SPOKEN.set(asked_language(words))
        with taken_as_ctrl_c() as came, notes_said():
            try:
                _refuse_other_encodings(words)
                code = super().main(*arguments, **{"prog_name": "qsim", **options, "standalone_mode": False})
            except BaseException as error:
                code = exit_code(KeyboardInterrupt() if signal.SIGINT in came else error)
            try:
                sys.stdout.flush()
            except OSError as error:
                code = exit_code(error) or code
            finally:
                SPOKEN.reset(language)
        if came and code != DONE:
            code = SIGNALLED + came[0]
        sys.exit(code if isinstance(code, int) else DONE)

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """Read the words; tell of an interruption here, as below."""
        try:
            return super().make_context(*arguments, **options)
        except KeyboardInterrupt as error:
            raise typer.Exit(exit_code(error)) from None

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # typer narrows click's class
        """Run the command; tell of an interruption here, as not every typer lets it through."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise typer.Exit(exit_code(error)) from None


@cache
def loaded(name: str) -> Any:
    """Return a command, having imported its module."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=Command)(getattr(import_module(f"qsim.commands.{name}"), name))
    return get_command(alone)


def exit_code(error: BaseException) -> int:
    """Say on standard error what went wrong and return the exit code; raise what is nobody's mistake but ours."""
    from qsim.files.messages import InputError
    from qsim.runs.runner import RunError, UnfinishedError

    if isinstance(error, (typer.Abort, KeyboardInterrupt)):
        say("interrupted")
        return INTERRUPTED
    if isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError):
        silence(sys.stdout)  # whoever read along has read enough, as in `qsim scenarios | head`
        return DONE
    if isinstance(error, UsageError):
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "qsim"
        message = " ".join(error.format_message().split())  # type: ignore[attr-defined]  # see UsageError
        say(f"{command}: {said(message)}")
        return WRONG_INPUT
    if isinstance(error, InputError):
        say_wrong(error)
        return WRONG_INPUT
    if isinstance(error, RunError):
        say(str(error))
        return RUNS_FAILED
    if isinstance(error, UnfinishedError):
        say(str(error))
        return UNFINISHED
    if isinstance(error, OSError) and error.errno:
        say(f"{error.filename or said('standard output')}:  {said(os.strerror(error.errno).lower())}")
        silence(sys.stdout)
        return WRONG_INPUT
    raise error


def _refuse_other_encodings(words: Sequence[str]) -> None:
    """Raise BadParameter for a name that is not text: it could be written into no manifest and no page."""
    from qsim.files.kinds import is_text

    for word in words:
        if not is_text(word):
            raise typer.BadParameter(f'the name "{escaped(word)}" is not text in UTF-8; rename the file or folder')


def _prepare_streams() -> None:
    """Replace letters that the terminal's encoding lacks, and streams that are closed by ones that lead nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "r" if name == "stdin" else "w", encoding="utf-8"))  # noqa: SIM115  # as long as the process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
