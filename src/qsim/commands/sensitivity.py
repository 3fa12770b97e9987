"""``qsim sensitivity``: which of the things that nobody knows matter most for an outcome, and when."""

from __future__ import annotations

import shlex
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.options import (
    Changes,
    Csv,
    Jobs,
    Json,
    Lang,
    Out,
    Quiet,
    ScenarioName,
    Seed,
    language_of,
    require_out,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qsim.scenario.schema import Scenario
    from qsim.study.claims.readings import Reading
    from qsim.study.sensitivity.parts import NoParts, PartFolder
    from qsim.study.sensitivity.study import Design, Sensitivity


def sensitivity(
    scenario: ScenarioName,
    changes: Changes = None,
    number: Annotated[
        int,
        typer.Option(
            "--number", "-N", metavar="N", min=8, max=2**20, help="Base points of the indices, a power of two."
        ),
    ] = 1024,
    screen: Annotated[
        int,
        typer.Option("--screen", metavar="R", min=0, max=10_000, help="Trajectories of the screening, 0 for none."),
    ] = 20,
    top: Annotated[int, typer.Option("--top", metavar="K", min=1, max=1000, help="Dimensions that get indices.")] = 20,
    second: Annotated[
        int, typer.Option("--second", metavar="M", min=0, max=100, help="Dimensions whose pairs get indices.")
    ] = 8,
    replications: Annotated[
        int, typer.Option("--replications", "-r", metavar="N", min=1, max=1000, help="Runs of each point.")
    ] = 2,
    measure: Annotated[
        str, typer.Option("--measure", metavar="NAME", help="The outcome, a column of series or of runs.")
    ] = "joint_practice",
    at: Annotated[
        list[str] | None,
        typer.Option(
            "--at", metavar="YYYY-MM", help="When it is read. Repeatable. Default: after 1, 2, 5 and 10 years."
        ),
    ] = None,
    seed: Seed = 1,
    jobs: Jobs = None,
    out: Out = None,
    csv: Csv = False,
    json: Json = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Find out what matters most: screen everything that nobody knows, then compute Sobol indices of what matters.

    Varied are all parameters of the rules in their plausible ranges and all that the scenario leaves open; --set opens
    more. Stopped, the same command with the same --out goes on.
    Examples: qsim sensitivity medium -o out; qsim sensitivity small -N 64 -S "administration.departments={between: [5, 20]}"
    """  # fmt: skip
    require_out(csv, out)
    language = language_of(lang)

    from qsim.commands.compiling import compile_rules
    from qsim.commands.group import say
    from qsim.commands.notes import progress_of
    from qsim.commands.output import show, show_json
    from qsim.present.sensitivity_table import sensitivity_parts
    from qsim.scenario.loading import load_scenario
    from qsim.study.sensitivity.results import record
    from qsim.study.sensitivity.salib import load_salib
    from qsim.study.sensitivity.space import all_dimensions
    from qsim.study.sensitivity.study import Design, readings_of, run_sensitivity

    load_salib()
    loaded = load_scenario(scenario, changes or ())
    readings = readings_of(loaded, measure, at or ())
    if number & (number - 1):
        raise typer.BadParameter(f"{number} is no power of two; next is {1 << number.bit_length()}", param_hint="'-N'")
    if screen == 1:
        raise typer.BadParameter("a screening takes 2 trajectories or more; 0 leaves it out", param_hint="'--screen'")
    design = Design(number, screen, top, second, replications, seed)
    total = design.runs(len(all_dimensions(loaded)))
    with _parts(
        out, loaded, readings, design, _command(scenario, changes or (), design, measure, at or (), None)
    ) as parts:
        compile_rules(quiet)
        try:
            with progress_of(total, loaded.id, quiet) as progress:
                found = run_sensitivity(loaded, readings, design, parts, jobs, progress)
        except KeyboardInterrupt:
            if out is not None:
                say(f"to go on: {_command(scenario, changes or (), design, measure, at or (), out)}")
            raise
        if out is not None:
            _store(parts, found, csv)
    for name in getattr(parts, "damaged", ()):
        say(f"{out}/parts/{name}: cannot be read; set aside as {name}.damaged, and run again")
    if json:
        show_json(record(found))
    else:
        show(*sensitivity_parts(found, language))
    if out is not None and not quiet:
        say(f"saved: {out}")


def _command(
    scenario: str, changes: Sequence[str], design: Design, measure: str, at: Sequence[str], out: Path | None
) -> str:
    """Return the command of this study."""
    words = ["qsim", "sensitivity", scenario, "--number", design.number, "--screen", design.screen, "--top", design.top,
             "--second", design.second, "--replications", design.replicates, "--measure", measure,
             "--seed", design.seed]  # fmt: skip
    words += [word for date in at for word in ("--at", date)]
    words += [word for change in changes for word in ("--set", change)]
    words += ["--out", out] if out is not None else []
    return shlex.join(str(word) for word in words)


def _parts(
    out: Path | None, scenario: Scenario, readings: Sequence[Reading], design: Design, command: str
) -> AbstractContextManager[NoParts | PartFolder]:
    """Return what keeps the parts: a folder for this plan, or nothing."""
    from qsim.study.sensitivity.manifest import sensitivity_manifest
    from qsim.study.sensitivity.parts import NoParts, PartFolder

    if out is None:
        return nullcontext(NoParts())
    names = tuple(f"{reading.measure} {reading.at}" for reading in readings)
    return PartFolder(out, sensitivity_manifest(scenario, readings, design, command), names)


def _store(parts: Any, found: Sensitivity, csv: bool) -> None:
    """Write the tables and the figures in both languages."""
    from qsim.present.figure_sensitivity import sensitivity_figure
    from qsim.present.language import LANGUAGES
    from qsim.present.saving import save
    from qsim.study.sensitivity.results import points_table, runs_table, tables

    for name, table in (("points", points_table(found)), ("runs", runs_table(found))):
        parts.put_table(f"{name}.parquet", table)
    for name, frame in tables(found).items():
        parts.put(f"{name}.parquet", frame.to_parquet(index=False))
        if csv:
            parts.put(f"{name}.csv", frame.to_csv(index=False).encode())
    for language in LANGUAGES:
        save(sensitivity_figure(found, language), parts.folder / "figures", f"sensitivity_{language}")
