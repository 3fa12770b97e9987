"""``qsim reproduce``: runs results again and says whether the numbers agree."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qsim.commands.group import RUNS_FAILED
from qsim.commands.measures import helping
from qsim.commands.options import AllowRules, Jobs, Json, Quiet, speaker
from qsim.commands.output import compile_rules, progress_of, show_json
from qsim.commands.words import say, tell

if TYPE_CHECKING:
    from qsim.advice.helping import Help
    from qsim.comparison.report import Report, Stage
    from qsim.sweep.plan import Note
    from qsim.sweep.reproduce import Reproduction


def reproduce(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A folder of `qsim sweep`, or --out of `qsim run` or `qsim compare`, its manifest.json, or a page of qsim.",
        ),
    ],
    everything: Annotated[bool, typer.Option("--all", help="Run all of it again, not only a sample.")] = False,
    allow: AllowRules = False,
    jobs: Jobs = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run results again and compare every number, to 1e-9 relative, and all of a page. Exit code 1 if they do not agree.

    Examples: qsim reproduce results/funding; qsim reproduce results/halle/manifest.json --all; qsim reproduce page.html
    """
    speak = speaker()

    from dataclasses import asdict

    from qsim.present.text.study_text import note_line, reproduction_lines
    from qsim.scenario.own_code import own_rules

    compile_rules(quiet)

    def told(note: Note) -> None:
        if not quiet:
            say(note_line(note, speak))

    def stage(runs: int, name: str) -> AbstractContextManager[Callable[[int], None]]:
        return progress_of(runs, name, quiet)

    with own_rules(allow=allow):
        found = _again(target, everything, jobs, stage, told, quiet)
    if json:
        notes = [str(note) for note in found.notes]
        show_json({**asdict(found), "notes": notes, "agrees": found.agrees})
    else:
        for line in reproduction_lines(found, speak):
            tell(line)
    if not found.agrees:
        raise typer.Exit(RUNS_FAILED)


def _again(
    target: Path, everything: bool, jobs: int | None, stage: Stage, told: Callable[[Note], None], quiet: bool
) -> Reproduction:
    """Run results again: a folder, or a page of whatever study."""
    from qsim.comparison.again import reproduce_folder
    from qsim.comparison.record import ENDINGS, page_manifest, reproduce_page
    from qsim.files.messages import InputError
    from qsim.runs.manifest import ADVISE, DIFF

    manifest = page_manifest(target) if target.suffix.lower() in ENDINGS else None
    if manifest is not None and manifest["study"] in ("explore", "city"):
        from qsim.explore.again import reproduce_live_page

        found = reproduce_live_page(target, manifest, jobs, stage, told)
    elif manifest is not None and manifest["study"] in (ADVISE, DIFF):
        text = f"a page of qsim {manifest['study']} is made again by its command: {manifest['command']}"
        raise InputError.about(str(target), text)
    elif target.suffix.lower() in ENDINGS:
        again, report = reproduce_page(target, jobs, stage, told)
        found = _page(target, again, report, None if report.compared else helping(report.results[0], jobs, quiet))
    else:
        found = reproduce_folder(target, everything, jobs, stage, told)
    return found


def _page(path: Path, found: Reproduction, report: Report, helps: Help | None) -> Reproduction:
    """Return what came out with all of a page compared, too, unless other versions of qsim word and draw it otherwise.

    First comes what people read, then all else, so that what is quoted is what they would have read.
    """
    from dataclasses import replace
    from datetime import date

    from qsim.present.page.report import report_page
    from qsim.present.page.visible import first_other_line
    from qsim.present.page.whole import first_other_place
    from qsim.present.words.languages import LANGUAGES
    from qsim.present.words.speaker import Speaker
    from qsim.sweep.reproduce import PAGE

    if any(note.of_qsim for note in found.notes):
        return replace(found, left_out=(PAGE,))
    page = path.read_text(encoding="utf-8")
    language = next((one for one in LANGUAGES if f'<html lang="{one}"' in page), LANGUAGES[0])
    day = report.manifest.get("day")
    again = report_page(report, Speaker(language), None if day is None else date.fromisoformat(day), helps)
    found = replace(found, compared=(*found.compared, "text"), texts=first_other_line(page, again))
    if not found.agrees:
        return found
    return replace(found, compared=(*found.compared, PAGE), rest=first_other_place(page, again))
