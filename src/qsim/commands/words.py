"""The language of the command line, decided once, early: messages, notes and help are said in it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TextIO

import typer

from qsim.files.messages import escaped
from qsim.present.words.languages import FALLBACK, LANGUAGES, Language, default_language
from qsim.present.words.messages import in_words

if TYPE_CHECKING:
    from qsim.files.messages import InputError

SPOKEN: ContextVar[Language] = ContextVar("language", default=FALLBACK)
"""The language that is spoken."""

MOST_TOLD = 100
"""Messages about what is wrong that are written."""

HelpFormatter: Any = typer.Context.formatter_class


def asked_language(arguments: Sequence[str]) -> Language:
    """Return the language that ``--lang`` asks for, wherever it stands among the arguments, or else that of the locale."""
    stated = [following if word == "--lang" else word.removeprefix("--lang=")
              for word, following in pairwise([*arguments, ""]) if word.split("=")[0] == "--lang"]  # fmt: skip
    return next((known for word in reversed(stated) for known in LANGUAGES if known == word), default_language())


def said(text: str) -> str:
    """Return an English text in the language that is spoken."""
    return in_words(text, SPOKEN.get())


def say(text: str) -> None:
    """Write lines to standard error, in the language that is spoken."""
    _write(said(text), sys.stderr)


def tell(text: str) -> None:
    """Write lines to standard output, as they are."""
    _write(text, sys.stdout)


def _write(text: str, stream: TextIO) -> None:
    """Write lines without what a terminal would obey; to nobody if whoever read along has read enough, or has gone."""
    try:
        print("\n".join(map(escaped, text.split("\n"))), file=stream, flush=stream is sys.stderr)
    except OSError as error:
        if stream is not sys.stderr and not isinstance(error, BrokenPipeError):
            raise
        silence(stream)


def silence(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not complain about it at its end."""
    with suppress(OSError, ValueError):  # tests put something else in place of the process's output
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say_wrong(error: InputError) -> None:
    """Write what is wrong, a line a message, the first of many; where it is and the key stay as they are."""
    lines = [str(replace(message, text=said(message.text))) for message in error.messages[:MOST_TOLD]]
    left = len(error.messages) - len(lines)
    if left:
        lines.append(said(f"... and {left:,} more"))
    _write("\n".join(lines), sys.stderr)


class Noted(logging.Handler):
    """Says what layers note that know no language, in one."""

    def __init__(self, language: Language) -> None:
        super().__init__(logging.WARNING)
        self._language = language  # threads of the work do not know which is spoken

    def emit(self, record: logging.LogRecord) -> None:
        """Write a note to standard error."""
        _write(in_words(record.getMessage(), self._language), sys.stderr)


@contextmanager
def notes_said() -> Iterator[None]:
    """Say the notes of all layers in the language that is spoken."""
    logger, handler = logging.getLogger("qsim"), Noted(SPOKEN.get())
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


class Formatter(HelpFormatter):  # type: ignore[misc]  # typer and click each have the class
    """Writes help in the language that is spoken, before it is broken into lines."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called."""
        super().write_usage(prog, said(args), prefix or said("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(said(heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs, each said by itself."""
        super().write_text("\n\n".join(said(" ".join(part.split())) for part in text.split("\n\n")))

    def write_dl(self, rows: Sequence[tuple[str, str]], *layout: Any, **more: Any) -> None:
        """Write options or commands, each with what it does."""
        super().write_dl(
            [(said(first) if " " in first else first, said(second)) for first, second in rows], *layout, **more
        )


class Context(typer.Context):
    """What a command is called in, with help in the language that is spoken."""

    formatter_class = Formatter
