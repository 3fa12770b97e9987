"""``qsim sensitivity``: which of the things that nobody knows matter most for an outcome, and when."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qsim.commands.measures import allowing, asked_rules
from qsim.commands.options import (
    AllowRules,
    Changes,
    Csv,
    DryRun,
    Fixed,
    Jobs,
    Json,
    Out,
    Quiet,
    Reuse,
    Rules,
    Yes,
    require_out,
    speaker,
)
from qsim.commands.output import compile_rules, progress_of, show, show_effort, show_json, told
from qsim.commands.words import say, tell
from qsim.engine.seeds import LARGEST_SEED

if TYPE_CHECKING:
    from qsim.present.words.speaker import Speaker
    from qsim.sensitivity.running import PointsFolder
    from qsim.sensitivity.study import Sensitivity, Study


def sensitivity(
    name: Annotated[
        str, typer.Argument(metavar="EXPERIMENT|SCENARIO", help="An experiment or a scenario: a name, or a file.")
    ],
    changes: Changes = None,
    rules: Rules = None,
    allow: AllowRules = False,
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="NAME", help="The scenario of an experiment that has several.")
    ] = None,
    fixed: Fixed = False,
    whole_ranges: Annotated[
        bool,
        typer.Option(
            "--whole-ranges", help="Vary each parameter of the rules by itself, over all its range, possible or not."
        ),
    ] = False,
    number: Annotated[
        int | None,
        typer.Option(
            "--number",
            "-N",
            metavar="N",
            min=8,
            max=2**20,
            help="Base points of the indices, a power of two. Default: the experiment's, else 1024.",
        ),
    ] = None,
    screen: Annotated[
        int | None,
        typer.Option(
            "--screen",
            metavar="R",
            min=0,
            max=10_000,
            help="Trajectories of the screening, 0 for none. Default: 20 for more than K dimensions, else none.",
        ),
    ] = None,
    top: Annotated[int, typer.Option("--top", metavar="K", min=1, max=1000, help="Dimensions that get indices.")] = 20,
    second: Annotated[
        int, typer.Option("--second", metavar="M", min=0, max=100, help="Dimensions whose pairs get indices.")
    ] = 8,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-r",
            metavar="N",
            min=1,
            max=1000,
            help="Runs of each point. Default: the experiment's, else 2.",
        ),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure",
            metavar="NAME",
            help="The outcome, a column of series or of runs. Default: the experiment's first, else joint_practice.",
        ),
    ] = None,
    at: Annotated[
        list[str] | None,
        typer.Option(
            "--at",
            metavar="YYYY-MM",
            help="When it is read. Repeatable. Default: the experiment's months, else after 1, 2, 5 and 10 years.",
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", metavar="N", min=0, max=LARGEST_SEED, help="Default: the experiment's, else 1."),
    ] = None,
    jobs: Jobs = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    out: Out = None,
    reuse: Reuse = None,
    csv: Csv = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find out what matters most of all that nobody knows. Sobol indices say how much; a table, which assumptions.

    Varied are the possible settings of all parameters, as one thing, all that the scenario leaves open, and the factors of
    an experiment; --set opens more. Stopped, the same command with the same --out goes on.
    Examples: qsim sensitivity sensitivity --dry-run; qsim sensitivity medium -o out;
    qsim sensitivity medium -N 4096 -o more --reuse out;
    qsim sensitivity small -N 64 -S "administration.departments={between: [5, 20]}"
    """  # fmt: skip
    require_out(csv, out)
    if fixed and whole_ranges:
        raise typer.BadParameter("--whole-ranges has no meaning with --fixed")
    speak = speaker()

    from qsim.files.kinds import lasting_name
    from qsim.present.text.sensitivity_table import sensitivity_parts
    from qsim.runs.manifest import command_line
    from qsim.runs.unit_cube import load_salib
    from qsim.scenario.own_code import own_rules
    from qsim.scenario.schema import SCENARIO
    from qsim.sensitivity.results import record
    from qsim.sensitivity.space import Parameters, all_dimensions, asked_of, names_experiment
    from qsim.sensitivity.study import Design, Study, readings_of
    from qsim.sweep.loading import check_size
    from qsim.sweep.schema import EXPERIMENT

    load_salib()
    with own_rules(rules or (), allow):
        asked = asked_of(name, changes or (), scenario)
    readings = readings_of(asked.scenario, *asked.outcome(measure, at or ()))
    standard = Design()
    points = _first(number, asked.number, standard.number)
    if points & (points - 1):
        raise typer.BadParameter(f"{points} is no power of two; next is {1 << points.bit_length()}", param_hint="'-N'")
    if screen == 1:
        raise typer.BadParameter("a screening takes 2 trajectories or more; 0 leaves it out", param_hint="'--screen'")
    replicates = _first(replications, asked.replicates, standard.replicates)
    parameters: Parameters = "ranges" if whole_ranges else "fixed" if fixed or asked.fixed else "together"
    dimensions = all_dimensions(asked.scenario, asked.opened, parameters)
    ways = _first(screen, standard.screen if len(dimensions) > top else 0)
    design = Design(points, ways, top, second, replicates, _first(seed, asked.seed, standard.seed))
    if not yes:
        check_size(asked.scenario.id, design.points(len(dimensions)), replicates, 1)
    study = Study(asked.scenario, readings, design, dimensions)
    words = (
        lasting_name(EXPERIMENT if names_experiment(name) else SCENARIO, name),
        "--yes" if yes else None,
        *(() if scenario is None else ("--scenario", scenario)),
        "--fixed" if fixed else None,
        "--whole-ranges" if whole_ranges else None,
    )
    command = command_line("sensitivity", *words, allowing(allow), rules=asked_rules(rules),
                           changes=changes or (), number=points, screen=ways, top=top,
                           second=second, replications=replicates, seed=design.seed, measure=measure, at=at)  # fmt: skip
    if dry_run:
        _dry_run(study, jobs, json, speak, quiet)
        return
    result = _run(study, command, jobs, (out, csv, reuse), speak, quiet)
    if json:
        show_json(record(result))
    else:
        show(*sensitivity_parts(result, speak))
    told(out, quiet)


def _first(*values: int | None) -> int:
    return next(value for value in values if value is not None)


def _dry_run(study: Study, jobs: int | None, json: bool, speak: Speaker, quiet: bool) -> None:
    """Say what a study will take."""
    from qsim.sensitivity.study import estimate

    compile_rules(quiet)
    result = estimate(study)
    design, varied = study.design, len(study.dimensions)
    if not json:
        form = "said_varied" if design.screen else "said_varied_all"
        tell(speak(f"sensitivity.{form}", dimensions=str(varied), trajectories=str(design.screen),
                         top=str(min(design.top, varied)), points=str(design.number)))  # fmt: skip
    head = {"scenario": study.scenario.id, "dimensions": varied}
    show_effort(result, study.scenario.label, head, jobs, json, speak)


def _run(
    study: Study,
    command: str,
    jobs: int | None,
    saved: tuple[Path | None, bool, Path | None],
    speak: Speaker,
    quiet: bool,
) -> Sensitivity:
    """Run what is missing and return what was found; save all in the folder, with CSV; say what goes on if it stops.

    What another folder has, the last that is given, is not run again.
    """
    from qsim.runs.manifest import continue_command
    from qsim.runs.runner import RunError, UnfinishedError
    from qsim.sensitivity.running import Finished, PointsFolder
    from qsim.sensitivity.study import run_sensitivity, sensitivity_manifest

    out, csv, reuse = saved
    manifest = sensitivity_manifest(study, command)
    known = None if reuse is None else Finished(reuse, manifest, study.columns)
    parts = None if out is None else PointsFolder(out, known.manifest if known else manifest, study.columns)
    finishing = speak("study.finishing")
    try:
        with parts or nullcontext():
            compile_rules(quiet)
            with progress_of(study.runs_of_all, study.scenario.id, quiet) as progress:
                result = run_sensitivity(study, parts, jobs, progress, lambda: say(finishing), known)
            if parts is not None:
                _store(parts, result, csv)
    except (KeyboardInterrupt, RunError, UnfinishedError):
        if out is not None:
            say(speak("study.go_on", command=continue_command(command, out, reuse)))
        raise
    for name in () if parts is None else parts.damaged:
        say(f"{out}/parts/{name}: cannot be read; set aside as {name}.damaged, and run again")
    return result


def _store(parts: PointsFolder, result: Sensitivity, csv: bool) -> None:
    """Write the tables and the figures in both languages."""
    from qsim.present.figures.frame import save
    from qsim.present.figures.sensitivity import sensitivity_figure
    from qsim.present.words.languages import LANGUAGES
    from qsim.present.words.speaker import Speaker
    from qsim.runs.csv_files import csv_bytes, dialect_of
    from qsim.sensitivity.results import points_table, runs_table, tables

    for name, table in (("points", points_table(result)), ("runs", runs_table(result))):
        parts.put_table(f"{name}.parquet", table)
    for name, frame in tables(result).items():
        parts.put(f"{name}.parquet", frame.to_parquet(index=False))
        if csv:
            parts.put(f"{name}.csv", csv_bytes(frame, dialect_of(speaker().language)))
    for language in LANGUAGES:
        save(sensitivity_figure(result, Speaker(language)), parts.folder / "figures", f"sensitivity_{language}")
