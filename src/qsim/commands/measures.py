"""Measures that are asked for by name on the command line: read, found in the library, and laid over scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from qsim.commands.output import progress_of
from qsim.commands.words import said

if TYPE_CHECKING:
    from qsim.advice.helping import Help
    from qsim.advice.library import Library
    from qsim.engine.result import Result
    from qsim.scenario.schema import Scenario


def library_of(scenario: str | None, own: Sequence[Path] | None) -> Library:
    """Return the library, with what lies beside a scenario of this name or path, and files of one's own."""
    from qsim.advice.library import library_beside
    from qsim.files.kinds import find
    from qsim.scenario.schema import SCENARIO

    return library_beside(None if scenario is None else find(SCENARIO, scenario), *(own or ()))


def month_of(text: str | None) -> int | None:
    """Return the absolute month that an option names; raise BadParameter for what is no month."""
    from qsim.scenario.values import month_number

    try:
        return None if text is None else month_number(text)
    except ValueError:
        raise typer.BadParameter(f'--from takes year and month such as 2026-01, not "{text}"') from None


def names_in(options: Iterable[str], option: str = "--with") -> list[str]:
    """Return the names of measures in options, each with commas between them; raise BadParameter if there are none."""
    names = [name.strip() for option in options for name in option.split(",") if name.strip()]
    if not names:
        raise typer.BadParameter(f"{option} names no measure; `qsim levers` lists them")
    return names


def with_measures(scenario: Scenario, options: Iterable[str], month: int | None, library: Library) -> Scenario:
    """Return a scenario with the measures of options, from a month on; raise InputError as ``with_levers`` does."""
    from qsim.advice.applying import with_levers

    return with_levers(scenario, names_in(options), month, library)


def check_options(measures: Sequence[str] | None, start: str | None, own: Sequence[Path] | None) -> None:
    """Raise BadParameter for options that have no meaning without measures."""
    if not measures and (start or own):
        raise typer.BadParameter("--from and --levers need --with, the measures")


def asked_measures(measures: Sequence[str] | None, start: str | None, own: Sequence[Path] | None) -> dict[str, Any]:
    """Return what was asked for of measures, as options of a command that gives the same numbers again."""
    return {"with": list(measures or ()), "from": start, "levers": [str(path) for path in own or ()]}


def helping(result: Result, jobs: int | None, quiet: bool) -> Help | None:
    """Return which single measures help most, in the worlds of a result; None without plausible settings."""
    from qsim.advice.helping import most_helpful

    if not result.prepared.plausible:
        return None
    return most_helpful(
        result.scenario, None, result.seed, jobs, lambda runs, name: progress_of(runs, said(name), quiet)
    )


def allowing(allow: bool) -> str | None:
    """Return the flag that lets files of rules be run that scenarios name, as a part of a command; None if it is not set."""
    return "--allow-rules" if allow else None


def asked_rules(rules: Sequence[Path] | None) -> list[str]:
    """Return the files of rules that were asked for, as values of an option of a command."""
    return [str(path) for path in rules or ()]
