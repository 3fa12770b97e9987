"""``qsim compare``: which of two scenarios brings the task further, by how much, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.measures import (
    allowing,
    asked_measures,
    asked_rules,
    check_options,
    library_of,
    month_of,
    with_measures,
)
from qsim.commands.options import (
    AllowRules,
    Changes,
    Csv,
    Fixed,
    From,
    Jobs,
    Json,
    Out,
    OwnLevers,
    Quiet,
    Relevant,
    Report,
    Rules,
    Seed,
    With,
    number,
    require_out,
    speaker,
)
from qsim.commands.output import (
    check_page,
    compile_rules,
    page_options,
    progress_of,
    save_figures,
    show,
    show_json,
    store_in,
    told,
    told_page,
    write_page,
)
from qsim.commands.words import said
from qsim.engine.rows import REPLICATIONS, TWINS
from qsim.engine.seeds import MOST_REPLICATIONS, MOST_SETTINGS

if TYPE_CHECKING:
    from qsim.comparison.comparing import Compared, ComparisonPlan
    from qsim.comparison.verdict import Comparison
    from qsim.present.words.speaker import Speaker
    from qsim.runs.manifest import Manifest
    from qsim.runs.standards import Standards
    from qsim.scenario.schema import Scenario


def compare(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="SCENARIO", help="Scenarios, by name or file; the first is compared with each other.")
    ],
    changes: Changes = None,
    measures: With = None,
    start: From = None,
    own: OwnLevers = None,
    rules: Rules = None,
    allow: AllowRules = False,
    seed: Seed = 1,
    settings: Annotated[
        int | None,
        typer.Option(
            "--settings", metavar="N", min=1, max=MOST_SETTINGS,
            help="Run this number of plausible settings of the unknown, instead of as many as it takes.",
        ),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications", "-r", metavar="N", min=1, max=MOST_REPLICATIONS,
            help=f"Twin worlds in each setting, apart by luck.  [default: {TWINS}; with --fixed {REPLICATIONS} in all]",
        ),
    ] = None,
    budget: Annotated[
        int | None,
        typer.Option(
            "--budget", metavar="RUNS", min=1, max=MOST_REPLICATIONS,
            help="Runs at most, over all scenarios, until the verdict is clear.  [default: 10000]",
        ),
    ] = None,
    fixed: Fixed = False,
    relevant: Relevant = None,
    clearly: Annotated[
        float, typer.Option("--clearly", metavar="SHARE", parser=number, help="Share of settings that *clearly better* takes.")
    ] = 0.9,
    probably: Annotated[
        float, typer.Option("--probably", metavar="SHARE", parser=number, help="Share of settings that *probably better* takes.")
    ] = 0.75,
    jobs: Jobs = None,
    out: Out = None,
    csv: Csv = False,
    report: Report = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:  # fmt: skip
    """Compare scenarios in twin worlds. Each has the same luck and the same guesses at what nobody knows.

    Runs more and more settings until the verdict is clear or the budget is spent. With measures, one scenario is compared as it
    is with what it is with those of each --with; of several, each has all of them. So it is with --rules: the model as it is
    and with rules of one's own.

    Examples: qsim compare funding_24 funding_60; qsim compare halle --with checklist --with network,checklist;
    qsim compare halle --rules briefing.py; qsim compare a.yaml b.yaml --lang de --report ab.html
    """
    require_out(csv, out)
    speak = speaker()
    if len(scenarios) < 2 and not (measures or rules):
        raise typer.BadParameter(
            "name two scenarios or more to compare, or one with --with or --rules; `qsim run` takes one"
        )
    check_options(measures, start, own)
    if fixed and settings is not None:
        raise typer.BadParameter("--settings has no meaning with --fixed")
    if budget is not None and (fixed or settings is not None):
        raise typer.BadParameter("--budget has no meaning where the number of runs is fixed")

    from qsim.comparison.comparing import BUDGET, ComparisonPlan, with_and_without
    from qsim.comparison.report import check_comparable
    from qsim.present.text.tables import comparison_table, ranking_table
    from qsim.present.text.verdict import effort_text, verdict_text
    from qsim.runs.manifest import command_line
    from qsim.runs.standards import Standards, read_relevant
    from qsim.scenario.loading import load_scenario
    from qsim.scenario.own_code import own_rules

    check_page(report)
    with own_rules(allow=allow):
        loaded = [load_scenario(name, changes or ()) for name in scenarios]
    if measures:
        loaded = _with_measures(loaded, scenarios, measures, month_of(start), own)
    loaded = with_and_without(loaded, rules)
    try:
        standards = Standards(clearly, probably, read_relevant(relevant or ()))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    count = replications or (REPLICATIONS if fixed else TWINS)
    plan = ComparisonPlan(loaded, seed, settings, count, budget or BUDGET, not fixed, standards)
    check_comparable(loaded)
    command = command_line("compare", *scenarios, "--fixed" if fixed else None, allowing(allow), changes=changes or (),
                           **asked_measures(measures, start, own), rules=asked_rules(rules),
                           **plan.numbers, **_asked(standards), **page_options(report, speak))  # fmt: skip
    found, manifest = _compared(plan, command, jobs, (out, csv, speak), quiet)
    if report is not None:
        _write_report(report, found, manifest, jobs, speak, quiet)
    if json:
        show_json({"command": command, **plan.numbers, **described(found, speak)})
    else:
        parts = [part for one in found.pairs for part in (verdict_text(one, speak), comparison_table(one, speak))]
        show(*parts, *([ranking_table(found, speak)] if len(loaded) > 2 else []), effort_text(found, speak))
    told(out, quiet, len(found.worlds.results[0].rows))
    told_page(report, quiet)


def _with_measures(
    loaded: list[Scenario], names: list[str], measures: list[str], month: int | None, own: list[Path] | None
) -> list[Scenario]:
    """Return one scenario as it is and with the measures of each option, or several, each with all of them."""
    if len(loaded) == 1:
        library = library_of(names[0], own)
        return [*loaded, *(with_measures(loaded[0], [each], month, library) for each in measures)]
    return [with_measures(one, measures, month, library_of(name, own)) for one, name in zip(loaded, names, strict=True)]


def _asked(standards: Standards) -> dict[str, Any]:
    """Return what was asked for other than by default, as options of the command."""
    from qsim.runs.standards import CLEARLY_SHARE, PROBABLY_SHARE

    return {
        "clearly": None if standards.clearly == CLEARLY_SHARE else standards.clearly,
        "probably": None if standards.probably == PROBABLY_SHARE else standards.probably,
        "relevant": [f"{name}={value!r}" for name, value in standards.relevant.items()],
    }


def _compared(
    plan: ComparisonPlan,
    command: str,
    jobs: int | None,
    saved: tuple[Path | None, bool, Speaker],
    quiet: bool,
) -> tuple[Compared, Manifest]:
    """Run the twins and compare them; save all in the folder, with CSV and figures in the language."""
    from qsim.comparison.verdict import store_comparison
    from qsim.runs.execution import store_tables

    out, csv, speak = saved
    worlds = plan.worlds()
    try:
        most = plan.most_runs(worlds)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    manifest = plan.manifest(worlds, command)
    with store_in(out, manifest, csv) as store:
        compile_rules(quiet)
        with progress_of(most, "compare", quiet) as progress:
            found = plan.run(worlds, jobs, progress, store)
        if store is not None:
            for result in worlds.results:
                store_tables(store, result)
            store_comparison(store, found.pairs)
            save_figures(store, worlds.results, speak)
    return found, manifest


def _write_report(
    path: Path, found: Compared, manifest: Manifest, jobs: int | None, speak: Speaker, quiet: bool
) -> None:
    """Explain the comparison and write its page."""
    from qsim.comparison.report import report_of_comparison
    from qsim.present.page.report import report_page

    report = report_of_comparison(found, manifest, jobs, lambda runs, name: progress_of(runs, said(name), quiet))
    write_page(path, report_page(report, speak))


def described(found: Compared, speak: Speaker) -> dict[str, Any]:
    """Return what ``--json`` prints: each pair, the ranking, and how far it was run."""
    from dataclasses import asdict

    from qsim.present.text.facts import described_fit

    ids = [scenario.id for scenario in found.scenarios]
    ranks = [{"scenario": ids[rank.index], **asdict(rank)} for rank in found.ranking]
    return {
        "comparisons": [described_pair(each, speak) for each in found.pairs],
        "ranking": [{name: value for name, value in rank.items() if name != "index"} for rank in ranks],
        "looks": [asdict(look) for look in found.looks],
        "stopped": found.stopped,
        **described_fit(found.worlds.twins[0]),
    }


def described_pair(comparison: Comparison, speak: Speaker) -> dict[str, Any]:
    """Return what ``--json`` prints of a pair; differences are second minus first."""
    from qsim.comparison.verdict import NUMBERS
    from qsim.present.text.verdict import verdict_text

    ids = [scenario.id for scenario in comparison.scenarios]
    outcomes = {
        name: {
            "label": speak.label(row.measure.label),
            "unit": row.measure.unit,
            "levels": dict(zip(ids, row.levels, strict=True)),
            **{number: getattr(row, number) for number in NUMBERS},
        }
        for name, row in comparison.outcomes.items()
    }
    return {
        "first": ids[0],
        "second": ids[1],
        "outcome": comparison.outcome,
        "verdict": comparison.verdict,
        "better": ids[comparison.better] if comparison.better >= 0 else None,
        "text": verdict_text(comparison, speak),
        "worlds": comparison.replications,
        "settings": comparison.settings,
        "variance_saved": comparison.variance_saved,
        "confidence": comparison.confidence,
        "outcomes": outcomes,
    }
