"""``qsim run``: one scenario, many replications; a table, a summary in words, and tidy tables and figures in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.measures import (
    allowing,
    asked_measures,
    asked_rules,
    check_options,
    helping,
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
    Replications,
    Report,
    Rules,
    ScenarioName,
    Seed,
    With,
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
from qsim.commands.words import say
from qsim.engine.rows import REPLICATIONS, rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

    from qsim.advice.helping import Help
    from qsim.engine.prepare import Prepared
    from qsim.engine.profile import Profile
    from qsim.engine.result import Result
    from qsim.present.words.speaker import Speaker
    from qsim.runs.manifest import Manifest


def run(
    scenario: ScenarioName,
    changes: Changes = None,
    measures: With = None,
    start: From = None,
    own: OwnLevers = None,
    rules: Rules = None,
    allow: AllowRules = False,
    seed: Seed = 1,
    replications: Replications = REPLICATIONS,
    fixed: Fixed = False,
    jobs: Jobs = None,
    out: Out = None,
    csv: Csv = False,
    report: Report = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Time the parts of a run, too: each rule, measuring, building the world.")
    ] = False,
    helps: Annotated[
        bool,
        typer.Option("--helps", help="Tell which measures would help most by themselves, too, as a page does anyway."),
    ] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run a scenario many times. Prints the outcomes as a table and in words.

    Examples: qsim run halle; qsim run medium --set administration.departments=80 --out results/eighty;
    qsim run halle --with checklist,network --from 2026-01;
    qsim run halle --rules briefing.py; qsim run large --profile; qsim run schwerin --lang de --report schwerin.html
    """
    require_out(csv, out)
    speak = speaker()

    from qsim.engine.own_files import with_own
    from qsim.engine.prepare import prepare
    from qsim.present.text.summary import run_summary
    from qsim.present.text.tables import ledger_table, outcomes_table, profile_table
    from qsim.runs.execution import run_rows, store_tables
    from qsim.runs.manifest import command_line, make_manifest
    from qsim.runs.to_json import to_json
    from qsim.scenario.loading import load_scenario
    from qsim.scenario.own_code import own_rules

    check_page(report)
    if helps and fixed:
        raise typer.BadParameter("--helps has no meaning with --fixed")
    check_options(measures, start, own)
    with own_rules(allow=allow):
        loaded = load_scenario(scenario, changes or ())
    if measures:
        loaded = with_measures(loaded, measures, month_of(start), library_of(scenario, own))
    loaded = with_own(loaded, rules)
    if profile and loaded.rules.own:
        raise typer.BadParameter("--profile times the rules of qsim alone; leave own rules out")
    prepared = prepare(loaded, not fixed)
    command = command_line("run", scenario, "--fixed" if fixed else None, allowing(allow), changes=changes or (),
                           seed=seed, replications=replications, **asked_measures(measures, start, own),
                           rules=asked_rules(rules),
                           **page_options(report, speak))  # fmt: skip
    asked = out is not None or report is not None
    manifest = (
        make_manifest("run", [loaded], seed=seed, replications=replications, plausible=not fixed, command=command)
        if asked
        else None
    )
    with store_in(out, manifest, csv) as store:
        compile_rules(quiet)
        with progress_of(replications, loaded.id, quiet) as progress:
            result = run_rows(prepared, rows_of(range(replications), not fixed), seed, jobs, progress, store)
        if store is not None:
            store_tables(store, result)
            save_figures(store, [result], speak)
    found = helping(result, jobs, quiet) if helps or report is not None else None
    if report is not None and manifest is not None:
        _write_report(report, result, manifest, found, speak)
    timed = profiled(prepared, seed, quiet) if profile else None
    if json:
        besides: dict[str, Any] = {} if found is None or not helps else {"help": to_json(found)}
        besides |= {} if timed is None else {"profile": described_profile(timed)}
        show_json(described(result, command, speak) | besides)
    else:
        parts: list[RenderableType] = [
            outcomes_table(result, speak),
            run_summary(result, speak),
            ledger_table(result, speak),
        ]
        if found is not None and helps:
            from qsim.present.text.advice_text import help_text, singles_table

            parts += [help_text(found, speak), singles_table(found, speak)]
        show(*parts, *([] if timed is None else [profile_table(timed, loaded, speak)]))
    told(out, quiet, replications)
    told_page(report, quiet)


def _write_report(path: Path, result: Result, manifest: Manifest, found: Help | None, speak: Speaker) -> None:
    """Write the page of a scenario."""
    from qsim.comparison.report import report_of_run
    from qsim.present.page.report import report_page

    write_page(path, report_page(report_of_run(result, manifest), speak, found=found))


def described(result: Result, command: str, speak: Speaker) -> dict[str, Any]:
    """Return what ``--json`` prints: each outcome with mean, 10 % and 90 % quantile over the runs that have it."""
    from qsim.measures.catalogue import OUTCOMES
    from qsim.present.text.facts import described_fit
    from qsim.present.text.summary import run_summary, spread

    outcomes = {}
    for measure in OUTCOMES:
        value = spread(result.runs_columns[measure.name])
        entry = {"label": speak.label(measure.label), "unit": measure.unit}
        outcomes[measure.name] = entry | {"mean": value.mean, "low": value.low, "high": value.high, "runs": value.runs}
    return {
        "scenario": result.scenario.id,
        "label": speak.label(result.scenario.label),
        "seed": result.seed,
        "replications": len(result.rows),
        "settings": result.settings,
        "command": command,
        "summary": run_summary(result, speak),
        **described_fit(result.prepared),
        "outcomes": outcomes,
    }


def profiled(prepared: Prepared, seed: int, quiet: bool) -> Profile:
    """Time the parts of a run, and say so unless ``quiet``."""
    from qsim.engine.profile import profile_run

    if not quiet:
        say("timing each rule (the first time, it is compiled for that, some seconds) ...")
    return profile_run(prepared, seed)


def described_profile(profile: Profile) -> dict[str, Any]:
    """Return what ``--json`` prints of a profile: microseconds a month of each part, and milliseconds a run."""
    parts = {"start": profile.start, **profile.rules, "measuring": profile.measuring}
    return {
        "months": profile.months,
        "microseconds_a_month": {name: 1e6 * seconds for name, seconds in parts.items()},
        "share_of_month": {name: seconds / profile.month for name, seconds in parts.items()},
        "milliseconds_a_run": {
            "month": 1e3 * profile.months * profile.month,
            "building": 1e3 * profile.building,
            "outcomes": 1e3 * profile.outcomes,
            "whole": 1e3 * profile.run,
        },
    }
