"""``qsim compare``: which of two scenarios brings the task further, by how much, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.options import (
    MOST_REPLICATIONS,
    Changes,
    Csv,
    Jobs,
    Json,
    Lang,
    Out,
    Quiet,
    Seed,
    language_of,
    require_out,
)

if TYPE_CHECKING:
    from qsim.present.language import Language as ResultLanguage
    from qsim.scenario.schema import Scenario
    from qsim.study.comparison import Comparison

FIXED_REPLICATIONS = 400


def compare(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="SCENARIO", help="Scenarios, by name or file; the first is compared with each other.")
    ],
    changes: Changes = None,
    seed: Seed = 1,
    settings: Annotated[
        int | None,
        typer.Option("--settings", metavar="N", min=1, max=10_000, help="Plausible settings of the unknown.  [default: 100]"),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications", "-r", metavar="N", min=1, max=MOST_REPLICATIONS,
            help="Twin worlds in each setting, apart by luck.  [default: 5; with --fixed 400 in all]",
        ),
    ] = None,
    fixed: Annotated[
        bool,
        typer.Option("--fixed", help="Keep all parameters of the rules; vary only luck and what the scenarios leave open."),
    ] = False,
    jobs: Jobs = None,
    out: Out = None,
    csv: Csv = False,
    json: Json = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Compare scenarios in twin worlds. Each has the same luck and the same guesses at what nobody knows.

    Examples: qsim compare funding_24 funding_60; qsim compare a.yaml b.yaml --lang de --out results/ab
    """
    require_out(csv, out)
    language = language_of(lang)
    if len(scenarios) < 2:
        raise typer.BadParameter("name two scenarios or more to compare")
    if fixed and settings is not None:
        raise typer.BadParameter("--settings has no meaning with --fixed")

    from qsim.commands.output import show, show_json, told
    from qsim.present.tables import comparison_table
    from qsim.present.verdict import verdict_text
    from qsim.scenario.loading import load_scenario
    from qsim.study.command import command_line
    from qsim.study.comparison import REPLICATIONS, SETTINGS

    loaded = [load_scenario(name, changes or ()) for name in scenarios]
    numbers: dict[str, Any] = {
        "seed": seed,
        "settings": None if fixed else settings or SETTINGS,
        "replications": replications or (FIXED_REPLICATIONS if fixed else REPLICATIONS),
    }
    _note_difference(loaded, quiet)
    command = command_line("compare", *scenarios, "--fixed" if fixed else None, changes=changes or (), **numbers)
    worlds = (numbers["settings"] or 1) * numbers["replications"]
    found = _compared(loaded, numbers, command, jobs, (out, csv, language), quiet)
    if json:
        show_json({"command": command, **numbers, "comparisons": [described(each, language) for each in found]})
    else:
        show(*(part for one in found for part in (verdict_text(one, language), comparison_table(one, language))))
    told(out, worlds, quiet)


def _note_difference(loaded: Sequence[Scenario], quiet: bool) -> None:
    """Say that scenarios with other tasks or months are no variants of one administration."""
    from qsim.commands.group import say

    kinds = {tuple((task.id, task.kind) for task in scenario.tasks) for scenario in loaded}
    times = {(scenario.start, scenario.months) for scenario in loaded}
    if not quiet and (len(kinds) > 1 or len(times) > 1):
        what = " and ".join(name for name, found in (("tasks", kinds), ("months", times)) if len(found) > 1)
        say(f"note: the scenarios have different {what}; this compares the files and is no ranking of cities")


def _compared(
    loaded: Sequence[Scenario],
    numbers: Mapping[str, Any],
    command: str,
    jobs: int | None,
    saved: tuple[Path | None, bool, ResultLanguage],
    quiet: bool,
) -> tuple[Comparison, ...]:
    """Run the twins and return their comparisons; save all in the folder, with CSV and figures in the language."""
    from qsim.commands.compiling import compile_rules
    from qsim.commands.notes import progress_of
    from qsim.commands.output import save_figures, store_in
    from qsim.study.comparison import compare_results, prepare_twins, store_comparison, twin_rows
    from qsim.study.execution import run_rows, store_tables
    from qsim.study.manifest import make_manifest

    out, csv, language = saved
    plausible = numbers["settings"] is not None
    settings = numbers["settings"] or 1
    twins = prepare_twins(loaded, plausible)
    rows = twin_rows(settings, numbers["replications"], plausible)
    manifest = make_manifest(
        "compare", [twin.scenario for twin in twins], **numbers, plausible=plausible, command=command
    )
    with store_in(out, manifest, csv) as store:
        compile_rules(quiet)
        with progress_of(len(rows) * len(twins), "compare", quiet) as progress:
            results = [run_rows(twin, rows, numbers["seed"], jobs, progress, store) for twin in twins]
        comparisons = compare_results(results, settings)
        if store is not None:
            for result in results:
                store_tables(store, result)
            store_comparison(store, comparisons)
            save_figures(store, results, language)
    return comparisons


def described(comparison: Comparison, language: ResultLanguage) -> dict[str, Any]:
    """Return what ``--json`` prints of a pair; differences are second minus first."""
    from qsim.present.verdict import verdict_text
    from qsim.study.comparison import NUMBERS

    ids = [scenario.id for scenario in comparison.scenarios]
    outcomes = {
        row.measure.name: {
            "label": row.measure.label.in_language(language),
            "unit": row.measure.unit,
            "levels": dict(zip(ids, row.levels, strict=True)),
            **{name: getattr(row, name) for name in NUMBERS},
        }
        for row in comparison.rows
    }
    return {
        "first": ids[0],
        "second": ids[1],
        "outcome": comparison.outcome,
        "verdict": comparison.verdict,
        "better": ids[comparison.better] if comparison.better >= 0 else None,
        "text": verdict_text(comparison, language),
        "worlds": comparison.replications,
        "settings": comparison.settings,
        "variance_saved": comparison.variance_saved,
        "outcomes": outcomes,
    }
