"""The gallery: four comparisons as pages, each in German and English, with a page that leads to them.

    make demo                                        some minutes, into demo
    python -m evidence.gallery --settings 20      small, in less than a minute

Each comparison is run once for both languages. It can be stopped at any time: each page that is there is whole.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence.gallery.page import Entry, entry_of, gallery_page, page_name
from evidence.words import speaker
from qsim.commands.group import exit_code
from qsim.commands.output import compile_rules, progress_of
from qsim.commands.words import SPOKEN, asked_language, say
from qsim.comparison.comparing import ComparisonPlan
from qsim.comparison.report import Report, report_of_comparison
from qsim.files.messages import InputError
from qsim.files.writing import write_whole
from qsim.present.page.report import report_page
from qsim.present.words.languages import LANGUAGES, chosen_language
from qsim.runs.manifest import command_line
from qsim.runs.runner import RunError
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


def main() -> None:
    """Compare, write the pages, and lead to those that are ready after each comparison."""
    chosen = _arguments()
    chosen.out.mkdir(parents=True, exist_ok=True)
    compile_rules(chosen.quiet)
    entries: list[Entry] = []
    for name, scenarios in COMPARISONS.items():
        report = _compared(name, scenarios, chosen)
        for language in LANGUAGES:
            write_whole(chosen.out / page_name(name, language), report_page(report, speaker(language)).encode())
        entries.append(entry_of(name, report))
        for language in LANGUAGES:
            index = gallery_page(entries, speaker(language), _command(chosen))
            write_whole(chosen.out / page_name("index", language), index.encode())
        if not chosen.quiet:
            say(f"page: {chosen.out / page_name(name, chosen.lang)} ({len(entries)}/{len(COMPARISONS)})")
    if not chosen.quiet:
        say(f"open: {chosen.out / page_name('index', chosen.lang)}")


def _compared(name: str, scenarios: Sequence[str], chosen: argparse.Namespace) -> Report:
    """Compare as ``qsim compare`` does and explain what came out."""
    plan = ComparisonPlan([load_scenario(each, chosen.changes) for each in scenarios], settings=chosen.settings)
    worlds = plan.worlds()
    manifest = plan.manifest(worlds, command_line("compare", *scenarios, changes=chosen.changes, **plan.numbers))
    with progress_of(plan.most_runs(worlds), name, chosen.quiet) as progress:
        found = plan.run(worlds, chosen.jobs, progress)
    return report_of_comparison(
        found, manifest, chosen.jobs, lambda runs, stage: progress_of(runs, f"{name}: {stage}", chosen.quiet)
    )


def _command(chosen: argparse.Namespace) -> str:
    """Return what writes the same pages again."""
    settings = [] if chosen.settings is None else ["--settings", str(chosen.settings)]
    options = [*settings, *(word for change in chosen.changes for word in ("--set", change))]
    return shlex.join(["python", "-m", "evidence.gallery", *options]) if options else "make demo"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("demo"), metavar="FOLDER", help="where the pages go")
    parser.add_argument(
        "--settings", type=_number, metavar="N", help="plausible settings; default: as many as it takes"
    )
    parser.add_argument(
        "--set", dest="changes", action="append", default=[], metavar="KEY=VALUE", help="change a key of all scenarios"
    )
    parser.add_argument("-j", "--jobs", type=int, metavar="N", help="threads at work; default: all processors")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the page that is named at the end")
    parser.add_argument("--quiet", action="store_true", help="no progress")
    chosen = parser.parse_args()
    chosen.lang = chosen_language(chosen.lang)
    return chosen


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of settings")
    return int(text)


if __name__ == "__main__":
    SPOKEN.set(asked_language(sys.argv[1:]))
    try:
        main()
    except (InputError, RunError, OSError, KeyboardInterrupt) as error:
        sys.exit(exit_code(error))
