"""``qsim sensitivity``: which of the things that nobody knows matter most for an outcome, and when."""

from __future__ import annotations

import shlex
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.group import say
from qsim.commands.options import (
    LARGEST_SEED,
    Changes,
    Csv,
    Jobs,
    Json,
    Lang,
    Out,
    Quiet,
    require_out,
    speaker_of,
)
from qsim.commands.output import compile_rules, progress_of, show, show_json, told

if TYPE_CHECKING:
    from qsim.present.words.speaker import Speaker
    from qsim.runs.readings import Reading
    from qsim.scenario.schema import Scenario
    from qsim.sensitivity.running import PointsFolder
    from qsim.sensitivity.space import Dimension
    from qsim.sensitivity.study import Design, Sensitivity


def sensitivity(
    name: Annotated[
        str, typer.Argument(metavar="EXPERIMENT|SCENARIO", help="An experiment or a scenario: a name, or a file.")
    ],
    changes: Changes = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="NAME", help="The scenario of an experiment that has several.")
    ] = None,
    parameters: Annotated[
        bool,
        typer.Option("--parameters/--no-parameters", help="Vary the parameters of the rules, besides what is open."),
    ] = True,
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
        int,
        typer.Option("--screen", metavar="R", min=0, max=10_000, help="Trajectories of the screening, 0 for none."),
    ] = 20,
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
    dry_run: Annotated[
        bool, typer.Option("-n", "--dry-run", help="Only say how many runs, how long and how large; write nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Run more than ten million runs without asking.")] = False,
    out: Out = None,
    csv: Csv = False,
    json: Json = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Find out what matters most: screen everything that nobody knows, then compute Sobol indices of what matters.

    Varied are all parameters of the rules in their plausible ranges, all that the scenario leaves open, and the factors
    of an experiment; --set opens more. Stopped, the same command with the same --out goes on.
    Examples: qsim sensitivity sensitivity --dry-run; qsim sensitivity medium -o out;
    qsim sensitivity small -N 64 -S "administration.departments={between: [5, 20]}"
    """  # fmt: skip
    require_out(csv, out)
    speak = speaker_of(lang)

    from qsim.runs.unit_cube import load_salib
    from qsim.sensitivity.space import all_dimensions, asked_of
    from qsim.sensitivity.study import Design, readings_of
    from qsim.sweep.loading import check_size

    load_salib()
    asked = asked_of(name, changes or (), scenario)
    readings = readings_of(asked.scenario, *asked.outcome(measure, at or ()))
    standard = Design()
    points = _first(number, asked.number, standard.number)
    if points & (points - 1):
        raise typer.BadParameter(f"{points} is no power of two; next is {1 << points.bit_length()}", param_hint="'-N'")
    if screen == 1:
        raise typer.BadParameter("a screening takes 2 trajectories or more; 0 leaves it out", param_hint="'--screen'")
    replicates = _first(replications, asked.replicates, standard.replicates)
    design = Design(points, screen, top, second, replicates, _first(seed, asked.seed, standard.seed))
    dimensions = all_dimensions(asked.scenario, asked.opened, parameters)
    if not yes:
        check_size(asked.scenario.id, design.points(len(dimensions)), replicates, 1)
    words = [
        name,
        *(("--yes",) if yes else ()),
        *(("--scenario", scenario) if scenario else ()),
        *(() if parameters else ("--no-parameters",)),
    ]
    command = _command(words, changes or (), design, measure, at or ())
    request = Request(asked.scenario, readings, design, dimensions, command, jobs, out, csv, json, speak, quiet)
    if dry_run:
        _dry_run(request)
    else:
        _run(request)


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    scenario: Scenario
    readings: tuple[Reading, ...]
    design: Design
    dimensions: tuple[Dimension, ...]
    command: str
    jobs: int | None
    out: Path | None
    csv: bool
    json: bool
    speak: Speaker
    quiet: bool


def _first(*values: int | None) -> int:
    return next(value for value in values if value is not None)


def _command(
    words: list[str], changes: list[str] | tuple[str, ...], design: Design, measure: str | None,
    at: list[str] | tuple[str, ...],
) -> str:  # fmt: skip
    """Return the command of this study, without its folder."""
    words = ["qsim", "sensitivity", *words]
    numbers = {"number": design.number, "screen": design.screen, "top": design.top, "second": design.second,
               "replications": design.replicates, "seed": design.seed}  # fmt: skip
    words += [word for option, value in numbers.items() for word in (f"--{option}", str(value))]
    words += ["--measure", measure] if measure is not None else []
    words += [word for date in at for word in ("--at", date)]
    words += [word for change in changes for word in ("--set", change)]
    return shlex.join(words)


def _dry_run(request: Request) -> None:
    """Say what a study will take."""
    from dataclasses import asdict
    from os import cpu_count

    from qsim.present.text.study_text import estimate_lines
    from qsim.sensitivity.study import estimate

    compile_rules(request.quiet)
    result = estimate(request.scenario, request.readings, request.design, request.dimensions)
    workers = request.jobs or cpu_count() or 1
    if request.json:
        show_json({"scenario": request.scenario.id, "dimensions": len(request.dimensions), **asdict(result),
                   "workers": workers, "wall": result.wall(workers)})  # fmt: skip
        return
    varied, screen = str(len(request.dimensions)), str(request.design.screen)
    typer.echo(request.speak("sensitivity.said_varied", dimensions=varied, trajectories=screen,
                           top=str(min(request.design.top, len(request.dimensions))),
                           points=str(request.design.number)))  # fmt: skip
    for line in estimate_lines(request.scenario.label, result, workers, request.speak):
        typer.echo(line)


def _run(request: Request) -> None:
    """Run what is missing, write and print what was found."""
    from qsim.present.text.sensitivity_table import sensitivity_parts
    from qsim.runs.runner import RunError, UnfinishedError
    from qsim.sensitivity.results import record
    from qsim.sensitivity.study import run_sensitivity

    out, scenario = request.out, request.scenario
    total = request.design.runs(len(request.dimensions))
    finishing = request.speak("study.finishing")
    try:
        with _parts(request) as parts:
            compile_rules(request.quiet)
            with progress_of(total, scenario.id, request.quiet) as progress:
                result = run_sensitivity(scenario, request.readings, request.design, parts, request.jobs, progress,
                                        request.dimensions, lambda: say(finishing))  # fmt: skip
            if out is not None:
                _store(parts, result, request.csv)
    except (KeyboardInterrupt, RunError, UnfinishedError):
        if out is not None:
            say(request.speak("study.go_on", command=f"{request.command} --out {shlex.quote(str(out))}"))
        raise
    for name in getattr(parts, "damaged", ()):
        say(f"{out}/parts/{name}: cannot be read; set aside as {name}.damaged, and run again")
    if request.json:
        show_json(record(result))
    else:
        show(*sensitivity_parts(result, request.speak))
    told(out, request.quiet)


def _parts(request: Request) -> AbstractContextManager[PointsFolder | None]:
    """Return what keeps the parts: a folder for this plan, or nothing."""
    from qsim.sensitivity.running import PointsFolder
    from qsim.sensitivity.study import sensitivity_manifest

    if request.out is None:
        return nullcontext()
    names = tuple(f"{reading.measure} {reading.at}" for reading in request.readings)
    manifest = sensitivity_manifest(
        request.scenario, request.readings, request.design, request.dimensions, request.command
    )
    return PointsFolder(request.out, manifest, names)


def _store(parts: Any, result: Sensitivity, csv: bool) -> None:
    """Write the tables and the figures in both languages."""
    from qsim.present.figures.frame import save
    from qsim.present.figures.sensitivity import sensitivity_figure
    from qsim.present.words.speaker import LANGUAGES, Speaker
    from qsim.sensitivity.results import points_table, runs_table, tables

    for name, table in (("points", points_table(result)), ("runs", runs_table(result))):
        parts.put_table(f"{name}.parquet", table)
    for name, frame in tables(result).items():
        parts.put(f"{name}.parquet", frame.to_parquet(index=False))
        if csv:
            parts.put(f"{name}.csv", frame.to_csv(index=False).encode())
    for language in LANGUAGES:
        save(sensitivity_figure(result, Speaker(language)), parts.folder / "figures", f"sensitivity_{language}")
