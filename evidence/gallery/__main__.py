"""The gallery: four comparisons as pages, each in German and English, with a page that leads to them.

    make demo                                        some minutes, into demo
    python -m evidence.gallery --settings 20      small, in less than a minute

Each comparison is run once for both languages. It can be stopped at any time: each page that is there is whole.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from evidence.gallery.page import Entry, entry_of, gallery_page, page_name
from evidence.words import speaker
from qsim.commands.group import Command, exit_code
from qsim.commands.options import Changes, Jobs, Lang, Quiet
from qsim.commands.output import compile_rules, progress_of
from qsim.commands.words import SPOKEN, asked_language, say
from qsim.comparison.comparing import ComparisonPlan
from qsim.comparison.report import Report, report_of_comparison
from qsim.engine.seeds import MOST_SETTINGS
from qsim.files.writing import write_whole
from qsim.present.page.report import report_page
from qsim.present.words.languages import LANGUAGES
from qsim.runs.manifest import command_line
from qsim.scenario.loading import load_scenario

COMPARISONS = {
    "position": (
        "position_section",
        "position_line_unit",
        "position_staff_unit",
        "position_staff_unit_with_head",
        "position_deputy_mayor",
    ),
    "funding": ("funding_24", "funding_permanent"),
    "schwerin": ("schwerin_staff_unit", "schwerin"),
    "units": ("one_unit", "two_units"),
}


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    out: Path
    settings: int | None
    changes: tuple[str, ...]
    jobs: int | None
    quiet: bool


def gallery(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FOLDER", help="Write the pages there.")] = Path("demo"),
    settings: Annotated[
        int | None,
        typer.Option(
            "--settings",
            metavar="N",
            min=1,
            max=MOST_SETTINGS,
            help="Run this number of plausible settings of the unknown, instead of as many as it takes.",
        ),
    ] = None,
    changes: Changes = None,
    jobs: Jobs = None,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Make four comparisons as pages, each in German and English, with a page that leads to them.

    Example: python -m evidence.gallery --settings 20
    """
    try:
        _write(Request(out, settings, tuple(changes or ()), jobs, quiet))
    except KeyboardInterrupt as error:
        raise typer.Exit(exit_code(error)) from None


def main() -> None:
    """Do what the command line asks for; where that fails, leave as ``qsim`` does, with one line and an exit code."""
    language = SPOKEN.set(asked_language(sys.argv[1:]))
    try:
        code = command()(prog_name="python -m evidence.gallery", standalone_mode=False)
    except BaseException as error:
        code = exit_code(error)
    finally:
        SPOKEN.reset(language)
    if code:
        sys.exit(code)


def command() -> Any:
    """Return the command, with help in the language that is spoken."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command("gallery", cls=Command, context_settings={"help_option_names": ["-h", "--help"]})(gallery)
    return get_command(alone)


def _write(asked: Request) -> None:
    """Compare, write the pages, and lead to those that are ready after each comparison."""
    asked.out.mkdir(parents=True, exist_ok=True)
    compile_rules(asked.quiet)
    entries: list[Entry] = []
    for name, scenarios in COMPARISONS.items():
        report = _compared(name, scenarios, asked)
        for language in LANGUAGES:
            write_whole(asked.out / page_name(name, language), report_page(report, speaker(language)).encode())
        entries.append(entry_of(name, report))
        for language in LANGUAGES:
            index = gallery_page(entries, speaker(language), _command(asked))
            write_whole(asked.out / page_name("index", language), index.encode())
        if not asked.quiet:
            say(f"page: {asked.out / page_name(name, SPOKEN.get())} ({len(entries)}/{len(COMPARISONS)})")
    if not asked.quiet:
        say(f"open: {asked.out / page_name('index', SPOKEN.get())}")


def _compared(name: str, scenarios: Sequence[str], asked: Request) -> Report:
    """Compare as ``qsim compare`` does and explain what came out."""
    plan = ComparisonPlan([load_scenario(each, asked.changes) for each in scenarios], settings=asked.settings)
    worlds = plan.worlds()
    manifest = plan.manifest(worlds, command_line("compare", *scenarios, changes=asked.changes, **plan.numbers))
    with progress_of(plan.most_runs(worlds), name, asked.quiet) as progress:
        found = plan.run(worlds, asked.jobs, progress)
    return report_of_comparison(
        found, manifest, asked.jobs, lambda runs, stage: progress_of(runs, f"{name}: {stage}", asked.quiet)
    )


def _command(asked: Request) -> str:
    """Return what writes the same pages again."""
    settings = [] if asked.settings is None else ["--settings", str(asked.settings)]
    options = [*settings, *(word for change in asked.changes for word in ("--set", change))]
    return shlex.join(["python", "-m", "evidence.gallery", *options]) if options else "make demo"


if __name__ == "__main__":
    main()
