"""``qsim sweep``: a study from an experiment file, planned, run in parts, and gone on with after whatever stopped it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.group import RUNS_FAILED
from qsim.commands.measures import allowing, asked_rules
from qsim.commands.options import (
    AllowRules,
    Changes,
    DryRun,
    Fixed,
    Jobs,
    Json,
    Quiet,
    Reuse,
    Rules,
    Yes,
    speaker,
)
from qsim.commands.output import compile_rules, progress_of, show_effort, show_json, show_listed
from qsim.commands.words import say, tell
from qsim.engine.seeds import LARGEST_SEED, MOST_REPLICATIONS

if TYPE_CHECKING:
    from qsim.present.words.speaker import Speaker
    from qsim.sweep.folder import Shard, StudyFolder
    from qsim.sweep.plan import Plan
    from qsim.sweep.running import Execution, Failure


def sweep(
    experiment: Annotated[
        str | None, typer.Argument(metavar="EXPERIMENT", help="An experiment: a name that --list shows, or a file.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="FOLDER", help="Write the tables, in parts, and a manifest there."),
    ] = None,
    dry_run: DryRun = False,
    listed: Annotated[bool, typer.Option("--list", help="List the experiments that can be named.")] = False,
    changes: Changes = None,
    rules: Rules = None,
    allow: AllowRules = False,
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications",
            "-r",
            metavar="N",
            min=1,
            max=MOST_REPLICATIONS,
            help="Runs of each point, not the file's.",
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", min=0, max=LARGEST_SEED, help="The seed, not the file's.")
    ] = None,
    fixed: Fixed = False,
    jobs: Jobs = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Work on a Dask cluster; `local` starts one here."),
    ] = None,
    reuse: Reuse = None,
    shard: Annotated[
        str | None,
        typer.Option(
            "--shard", metavar="I/N", help="Run the parts of share I of N; others run the rest in this folder."
        ),
    ] = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Begin nothing new once a part has failed.")] = False,
    yes: Yes = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Run a study. Started again with the same folder it goes on where it was; a run keeps its luck at every point.

    Examples: qsim sweep funding_duration --dry-run; qsim sweep funding_duration --out results/funding;
    qsim sweep experiments/mine.yaml -o results/mine -j 4 --set months=60;
    qsim sweep size -r 1000 -o results/more --reuse results/size; qsim sweep size -o results/size --shard 3/8
    """
    speak = speaker()
    if listed:
        from qsim.sweep.schema import EXPERIMENT

        show_listed(EXPERIMENT, speak, json, explained=True)
        return
    if experiment is None:
        raise typer.BadParameter("name an experiment; --list shows those there are")

    from qsim.files.kinds import lasting_name
    from qsim.runs.manifest import command_line
    from qsim.scenario.own_code import own_rules
    from qsim.sweep.folder import Shard
    from qsim.sweep.loading import load_experiment
    from qsim.sweep.plan import Plan
    from qsim.sweep.schema import EXPERIMENT

    with own_rules(rules or (), allow):
        loaded = load_experiment(experiment, changes or (), replications, seed, large=yes, fixed=fixed or None)
    if out is None and not dry_run:
        raise typer.BadParameter("--out says where to write; or --dry-run to write nothing")
    plan = Plan(loaded)
    try:
        share = None if shard is None else Shard.parse(shard)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--shard") from None
    command = command_line(
        "sweep",
        lasting_name(EXPERIMENT, experiment),
        "--yes" if yes else None,
        "--fixed" if fixed else None,
        allowing(allow),
        changes=changes or (),
        seed=seed,
        replications=replications,
        rules=asked_rules(rules),
    )
    if dry_run:
        from qsim.sweep.part_work import estimate

        compile_rules(quiet)
        show_effort(estimate(plan), loaded.content.label, {"experiment": loaded.id}, jobs, json, speak)
        return
    assert out is not None
    _sweep(Request(plan, out, command, jobs, scheduler, fail_fast, json, speak, quiet, reuse, share))


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    plan: Plan
    out: Path
    command: str
    jobs: int | None
    scheduler: str | None
    fail_fast: bool
    json: bool
    speak: Speaker
    quiet: bool
    reuse: Path | None
    shard: Shard | None

    @property
    def continued(self) -> str:
        """The command that goes on with it."""
        from qsim.runs.manifest import continue_command

        shard = [] if self.shard is None else ["--shard", f"{self.shard.number}/{self.shard.of}"]
        return " ".join((continue_command(self.command, self.out, self.reuse), *shard))


def _sweep(request: Request) -> None:
    """Run what is missing, tell how it ended, and leave with the exit code that goes with it."""
    from dataclasses import asdict

    from qsim.present.text.study_text import failure_line
    from qsim.runs.runner import UnfinishedError, asked_to_stop
    from qsim.sweep.plan import study_manifest
    from qsim.sweep.running import Progress, run_plan

    plan, speak = request.plan, request.speak
    go_on = speak("study.go_on", command=request.continued)

    def told(text: str) -> None:
        if not request.quiet:
            say(text)

    def failed(failure: Failure) -> None:
        say(failure_line(asdict(failure), speak))

    with progress_of(plan.rows, plan.experiment.id, request.quiet) as progress:

        def begun(folder: StudyFolder) -> None:
            _tell_begin(folder, speak, told)
            progress(sum(last - first for first, last in map(plan.bounds, folder.done)))
            if next(folder.missing(), None) is not None:
                compile_rules(request.quiet)

        manifest = study_manifest(plan, request.command)
        try:
            with asked_to_stop(lambda: say(speak("study.finishing"))) as stopping:
                result = run_plan(plan, request.out, manifest, request.jobs, request.scheduler, Progress(progress, failed),
                                 stopping, request.fail_fast, begun, request.reuse, request.shard)  # fmt: skip
        except UnfinishedError:
            told(go_on)
            raise
    _tell_end(request, result)
    if result.stopped or result.failed:
        say(go_on)
    if result.stopped:
        raise KeyboardInterrupt
    if result.failed:
        raise typer.Exit(RUNS_FAILED)


def _tell_begin(folder: StudyFolder, speak: Speaker, told: Any) -> None:
    """Say what was found in the folder: parts that are done or could not be read, and other versions."""
    from qsim.present.text.study_text import note_line

    for note in folder.notes:
        told(note_line(note, speak))
    for name in folder.damaged:
        told(speak("study.set_aside", file=name))
    for name in folder.foreign:
        told(speak("study.foreign", file=name))
    if folder.done:
        told(speak("study.resumed", done=str(len(folder.done)), parts=str(folder.parts)))


def _tell_end(request: Request, result: Execution) -> None:
    """Print what there is now, as JSON or in words."""
    from dataclasses import asdict

    from qsim.present.text.study_text import status_lines
    from qsim.sweep.status import status_of

    status = status_of(request.out)
    if request.json:
        show_json({**asdict(status), "stopped": result.stopped, "out": str(request.out)})
        return
    for line in status_lines(status, request.speak, brief=True):
        tell(line)
