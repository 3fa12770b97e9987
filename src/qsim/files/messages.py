"""What is told to people about a file that is wrong: messages with a place, and words for what was found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple

COMMAND_LINE = "--set"
"""Stands for the file of a value that was given on the command line."""

LONGEST_SHOWN = 60
LONGEST_MESSAGE = 1000
"""Letters; what is longer holds a text that nobody meant to write as a name."""

LONGEST_LIST = 20
LEAST_NEAR = 0.72
UNITS = ("_months", "_weeks", "_hours", "_posts", "_share", "_per_year")


class Place(NamedTuple):
    """Where something is written: a file as people name it, line and column from 1 (None on the command line)."""

    file: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Message:
    """One error: where it is, the key it concerns (empty for the file as a whole), and what is wrong."""

    file: str
    line: int | None
    column: int | None
    key: str
    text: str

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.file, self.line, self.column)

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part not in (None, ""))
        if self.line is None and place:
            place += ":"
        return _printable(f"{place}  {self._keyed()}" if place else self._keyed())

    def _keyed(self) -> str:
        return f"{self.key}: {self.text}" if self.key else self.text


def _printable(text: str) -> str:
    """Return a text that stays on one line, and no endless one, whatever was found in a file."""
    if len(text) > LONGEST_MESSAGE:
        text = f"{text[: LONGEST_MESSAGE // 2]} ... {text[-LONGEST_MESSAGE // 2 :]}"
    return escaped(text)


def escaped(text: str) -> str:
    """Return a text without what a terminal would obey: letters that cannot be printed as Python writes them."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii") for letter in text
    )


class InputError(Exception):
    """Input that is wrong, with a message for each error, in the order of their places."""

    def __init__(self, messages: Iterable[Message]) -> None:
        unique = dict.fromkeys(messages)
        self.messages: tuple[Message, ...] = tuple(
            sorted(unique, key=lambda message: (message.file, message.line or 0, message.column or 0))
        )
        super().__init__(self.messages)

    @classmethod
    def about(cls, subject: object, text: str, key: str = "") -> InputError:
        """Return the error with one message, about a file or folder as a whole (or nothing that has a place), or a key."""
        return cls([Message(str(subject), None, None, key, text)])

    def __str__(self) -> str:
        return "\n".join(map(str, self.messages))


def message_at(place: Place, key: str, text: str) -> Message:
    """Return a message about a key at a place."""
    return Message(place.file, place.line, place.column, key, text)


def shown(found: Any) -> str:
    """Return what was found in words on one line: scalars as they are written, the rest by its kind."""
    if found is None:
        return "nothing"
    if isinstance(found, dict):
        return "a group of keys"
    if isinstance(found, (list, tuple)):
        return "a list"
    if isinstance(found, float):
        text = f"{found:.12g}"
    elif isinstance(found, int) and not isinstance(found, bool) and abs(found) > 10**15:
        return "a number of more than 15 digits"  # a number of thousands of digits cannot even be printed
    else:
        text = json.dumps(found, ensure_ascii=False) if isinstance(found, (str, bool)) else str(found)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def nearest(word: str, options: Iterable[str]) -> str | None:
    """Return the option that somebody who wrote ``word`` most likely meant, or None.

    A word that lacks its unit (``duration`` for ``duration_months``) or another part of the name counts as near.
    """
    return _nearest(word, tuple(sorted(options)))


@lru_cache(maxsize=4096)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    spelled = word.lower().replace("-", "_").replace(" ", "_")
    if spelled in known:
        return spelled
    for related in (
        [option for option in known if option.startswith(f"{spelled}_")],
        [option for option in known if f"_{spelled}_" in f"_{option}_"],
    ):
        if spelled and related:
            return min(related, key=len)
    stems = _stems(known)
    close = get_close_matches(spelled, [*known, *stems], n=1, cutoff=LEAST_NEAR)
    return stems.get(close[0], close[0]) if close else None


@lru_cache(maxsize=256)
def _stems(known: tuple[str, ...]) -> dict[str, str]:
    """Return the options that end in a unit, by what they are called without it."""
    return {option.removesuffix(unit): option for option in known for unit in UNITS if option.endswith(unit)}


def suggestion(word: Any, options: Iterable[str], listed: str = "expected one of") -> str:
    """Return the end of a message about an unknown name: the nearest option, or else all of them."""
    known = list(options)
    near = nearest(word, known) if isinstance(word, str) else None
    if near is not None:
        return f'; did you mean "{near}"?'
    if len(known) > LONGEST_LIST:
        known = [*known[: LONGEST_LIST - 1], f"... ({len(known)} in all)"]
    return f"; {listed} {', '.join(known)}" if known else ""
