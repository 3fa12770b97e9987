"""The options that several commands share, with their help and their limits."""

from __future__ import annotations

import math
import re
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qsim.commands.words import SPOKEN
from qsim.engine.seeds import LARGEST_SEED, MOST_REPLICATIONS

if TYPE_CHECKING:
    from qsim.present.words.speaker import Speaker


DECIMAL_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

THOUSANDS = re.compile(r"[-+]?[0-9]{1,3}([.,'][0-9]{3})+")


class Language(StrEnum):
    """The language of results."""

    de = "de"
    en = "en"


ScenarioName = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A scenario: a name that `qsim scenarios` lists, or a file.")
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set", "-S", metavar="KEY=VALUE",
        help="Change a key of the scenario or a parameter of a rule, e.g. administration.departments=80. Repeatable."
    )
]  # fmt: skip
With = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="NAMES", help="Measures that `qsim levers` lists, with commas, e.g. checklist,network."),
]  # fmt: skip
From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="YYYY-MM",
        help="The month in which the measures begin. Default: the first in which somebody has posts for the task.",
    ),
]  # fmt: skip
OwnLevers = Annotated[
    list[Path] | None,
    typer.Option(
        "--levers", metavar="FILE",
        help="Measures or prices of one's own; those in a folder levers/ beside the scenario are read anyway. Repeatable.",
    ),
]  # fmt: skip
Rules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", metavar="FILE.py",
        help="Rules of one's own, changed ranges, own agents: a Python file, which is run. Repeatable.",
    ),
]  # fmt: skip
AllowRules = Annotated[
    bool,
    typer.Option(
        "--allow-rules", help="Run the Python files that a scenario or a manifest names itself; read them before."
    ),
]
Seed = Annotated[
    int, typer.Option("--seed", metavar="N", min=0, max=LARGEST_SEED, help="The seed of all random draws.")
]
Replications = Annotated[
    int,
    typer.Option(
        "--replications",
        "-r",
        metavar="N",
        min=1,
        max=MOST_REPLICATIONS,
        help="How many runs, each with its own luck, five in each plausible setting.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "-j",
        "--jobs",
        metavar="N",
        min=1,
        max=1024,
        help="Threads at work; the results are the same. Default: all processors.",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "-o", "--out", metavar="FOLDER", help="Write tables (Parquet), figures (SVG, PNG) and a manifest there."
    ),
]
Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE.html", help="Write a page there that anybody can open, read and print."),
]
Csv = Annotated[
    bool,
    typer.Option(
        "--csv",
        help="Write the tables of --out as CSV, too, as spreadsheets of the language read it; columns keep their names.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the results as JSON instead of text.")]
Lang = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        expose_value=False,
        help="Language of all that is said and written. Default: German in a German locale, else English.",
    ),
]
DryRun = Annotated[
    bool, typer.Option("-n", "--dry-run", help="Only say how many runs, how long and how large; write nothing.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Run more than ten million runs without asking.")]
Reuse = Annotated[
    Path | None,
    typer.Option("--reuse", metavar="FOLDER", help="Take the runs from there that a smaller study has already."),
]
Relevant = Annotated[
    list[str] | None,
    typer.Option(
        "--relevant", metavar="OUTCOME=VALUE",
        help="The smallest difference of an outcome that counts, e.g. joint_practice=0.02. Repeatable.",
    ),
]  # fmt: skip
Fixed = Annotated[
    bool,
    typer.Option("--fixed", help="Keep all parameters of the rules; vary only luck and what the scenarios leave open."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on standard error.")]


def number(text: str | float) -> float:
    """Return a number of the command line; raise BadParameter for what is none, and for a decimal comma."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if math.isfinite(found):
        return found
    pointed = str(text).replace(",", ".")
    if DECIMAL_COMMA.fullmatch(str(text)):
        raise typer.BadParameter(f'"{text}" has a decimal comma; expected a decimal point, {pointed}')
    raise typer.BadParameter(f'"{text}" is text; expected a number')


def amount(text: str | float) -> float:
    """Return an amount of the command line; raise BadParameter for what is none, below 0, or has points between thousands."""
    if THOUSANDS.fullmatch(str(text)):
        plain = re.sub("[.,']", "", str(text))
        raise typer.BadParameter(f'"{text}" has marks between thousands; expected {plain}')
    found = number(text)
    if found < 0:
        raise typer.BadParameter(f"{found:.12g} is negative; expected a number from 0 on")
    return found


def day(text: str) -> datetime:
    """Return a day of the command line; raise BadParameter for what is none."""
    try:
        if DAY.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f'"{text}" is no day; expected year, month and day, such as 2026-11-30')


def speaker() -> Speaker:
    """Return who says the results, in the language that is spoken."""
    from qsim.present.words.speaker import Speaker

    return Speaker(SPOKEN.get())


def require_out(csv: bool, out: Path | None) -> None:
    """Raise BadParameter if CSV is wanted but there is no folder to write it to."""
    if csv and out is None:
        raise typer.BadParameter("--csv needs --out, the folder to write to")
