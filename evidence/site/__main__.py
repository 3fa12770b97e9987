"""The site: Meine Stadt, six cities live, four comparisons and the answers, each in both languages, and a page that leads there.

    make site                                     some minutes, into site
    make demo                                     the same, and opens it
    python -m evidence.site --settings 20         with small comparisons

What is computed is computed once for both languages. A site that is there stays as it is until the new one is whole.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from evidence.answers.answer import ANSWERS as RECORDS
from evidence.answers.answer import read_answers
from evidence.answers.page import PAGES, counted
from evidence.site.document import document_page
from evidence.site.page import (
    ANSWERS,
    CITY,
    LICENCE,
    START,
    STUDY,
    Made,
    comparison_name,
    outcome,
    page_name,
    start_page,
)
from evidence.words import speaker
from qsim.commands.group import Command, exit_code
from qsim.commands.options import Jobs, Lang, Quiet
from qsim.commands.output import compile_rules, progress_of
from qsim.commands.words import SPOKEN, asked_language, say
from qsim.comparison.comparing import ComparisonPlan
from qsim.comparison.record import MANIFEST_ELEMENT
from qsim.comparison.report import Report, report_of_comparison
from qsim.engine.seeds import MOST_SETTINGS
from qsim.explore.offer import Offer
from qsim.explore.page import computed, page_of
from qsim.files.writing import put_whole, whole_folder
from qsim.present.page.blocks import Block
from qsim.present.page.report import made_on, report_page
from qsim.present.words.languages import LANGUAGES, Language
from qsim.runs.manifest import command_line
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario

TOP = Path(__file__).parents[2]
SEED = 1
CITIES = ("halle", "schwerin", "cottbus", "potsdam", "remscheid", "wuerzburg")
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

    settings: int | None
    jobs: int | None
    quiet: bool


def site(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FOLDER", help="Write the pages there.")] = Path("site"),
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
    opened: Annotated[bool, typer.Option("--open", help="Open the start page in a browser, if there is one.")] = False,
    jobs: Jobs = None,
    quiet: Quiet = False,
    lang: Lang = None,
) -> None:
    """Make a folder of pages to hand on: a city of one's own, six cities, four comparisons, the answers, in both languages.

    Example: python -m evidence.site --settings 20
    """
    try:
        _check(out)
        with whole_folder(out) as folder:
            _fill(folder, out, Request(settings, jobs, quiet))
    except KeyboardInterrupt as error:
        raise typer.Exit(exit_code(error)) from None
    start = out / page_name(START, SPOKEN.get())
    if not quiet:
        say(f"open: {start}")
    if opened and has_browser():
        webbrowser.open(start.resolve().as_uri())


def main() -> None:
    """Do what the command line asks for; where that fails, leave as ``qsim`` does, with one line and an exit code."""
    language = SPOKEN.set(asked_language(sys.argv[1:]))
    try:
        code = command()(prog_name="python -m evidence.site", standalone_mode=False)
    except BaseException as error:
        code = exit_code(error)
    finally:
        SPOKEN.reset(language)
    if code:
        sys.exit(code)


def command() -> Any:
    """Return the command, with help in the language that is spoken."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command("site", cls=Command, context_settings={"help_option_names": ["-h", "--help"]})(site)
    return get_command(alone)


def has_browser() -> bool:
    """Return whether somebody sees what a browser opens."""
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))


def _check(out: Path) -> None:
    """Raise BadParameter unless a site may take the place of what is there: nothing, or a site and no file besides."""
    if not out.exists():
        return
    if not out.is_dir():
        raise typer.BadParameter(f"--out: {out} is there and is no folder; name another one")
    names = {path.name for path in out.iterdir()}
    if strange := min(names - _files_of(out), default=""):
        raise typer.BadParameter(f"--out: {out / strange} would be lost, it is of no site; name another folder")


def _files_of(out: Path) -> set[str]:
    """Return the names of all files of the site in a folder, nothing if there is none."""
    start = out / page_name(START, "de")
    carried = MANIFEST_ELEMENT.search(start.read_text(encoding="utf-8", errors="replace")) if start.is_file() else None
    try:
        manifest = json.loads(carried[1]) if carried is not None else None
    except ValueError:
        manifest = None
    match manifest:
        case {"study": study, "files": [*names]} if study == STUDY:
            return {*map(str, names), *(page_name(START, language) for language in LANGUAGES)}
    return set()


def _fill(folder: Path, out: Path, asked: Request) -> None:
    """Write all pages, the start pages last, which say what there is."""
    compile_rules(asked.quiet)
    put_whole(folder / LICENCE, (TOP / "LICENSE").read_bytes())
    cities = [load_scenario(name) for name in CITIES]
    outcomes: dict[Language, dict[str, tuple[Block, ...]]] = {language: {} for language in LANGUAGES}
    for name, language, page in _pages(cities, outcomes, asked):
        put_whole(folder / page_name(name, language), page.encode())
        if language == SPOKEN.get() and not asked.quiet:
            say(f"page: {out / page_name(name, language)}")
    files = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    made = Made(files, made_on(), _command(asked))
    answers = read_answers(TOP / "experiments" / RECORDS)
    for language in LANGUAGES:
        speak = speaker(language)
        page = start_page(cities, outcomes[language], counted(answers, speak), speak, made)
        put_whole(folder / page_name(START, language), page.encode())


def _pages(
    cities: list[Scenario], outcomes: dict[Language, dict[str, tuple[Block, ...]]], asked: Request
) -> Iterator[tuple[str, Language, str]]:
    """Yield name, language and text of each page, and keep what came out of comparisons, by their names."""
    for language in LANGUAGES:
        document = TOP / "docs" / PAGES[language]
        names = {file: page_name(ANSWERS, other) for other, file in PAGES.items()}
        yield ANSWERS, language, document_page(document, ANSWERS, names, speaker(language))
    live: list[tuple[str, str, list[Scenario]]] = [(CITY, "--city", []), *((one.id, one.id, [one]) for one in cities)]
    for name, argument, scenarios in live:
        found = computed(
            [*map(Offer, scenarios)], SEED, asked.jobs, lambda runs, name: progress_of(runs, name, asked.quiet)
        )
        for language in LANGUAGES:
            again = command_line("explore", argument, seed=SEED, out=page_name(name, language), lang=language)
            yield name, language, page_of(found, language, again)[0]
    for name, compared in COMPARISONS.items():
        report = _compared(name, compared, asked)
        for language in LANGUAGES:
            outcomes[language][name] = outcome(report, speaker(language))
            yield comparison_name(name), language, report_page(report, speaker(language))


def _compared(name: str, scenarios: tuple[str, ...], asked: Request) -> Report:
    """Compare as ``qsim compare`` does and explain what came out."""
    plan = ComparisonPlan([load_scenario(each) for each in scenarios], settings=asked.settings)
    worlds = plan.worlds()
    manifest = plan.manifest(worlds, command_line("compare", *scenarios, changes=(), **plan.numbers))
    with progress_of(plan.most_runs(worlds), name, asked.quiet) as progress:
        found = plan.run(worlds, asked.jobs, progress)
    return report_of_comparison(
        found, manifest, asked.jobs, lambda runs, stage: progress_of(runs, f"{name}: {stage}", asked.quiet)
    )


def _command(asked: Request) -> str:
    """Return what writes the same pages again."""
    few = [] if asked.settings is None else ["--settings", str(asked.settings)]
    return shlex.join(["python", "-m", "evidence.site", *few]) if few else "make site"


if __name__ == "__main__":
    main()
