"""``qsim discover``: where in the space of a finished study an outcome holds, as boxes in words."""

from __future__ import annotations

import hashlib
import json as json_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.options import Csv, Json, Out, Quiet, Seed, number, require_out, speaker
from qsim.commands.output import show, show_json, store_in, told
from qsim.commands.words import say

if TYPE_CHECKING:
    from qsim.comparison.when.finding import Discovery
    from qsim.comparison.when.study import Question
    from qsim.runs.manifest import Manifest
    from qsim.runs.store import Store

LEAST_DENSITY = 0.01


def discover(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a finished study.")],
    outcome: Annotated[
        str | None, typer.Option("--outcome", metavar="COLUMN", help="A column of its runs. Default: the first one.")
    ] = None,
    above: Annotated[
        float | None,
        typer.Option("--above", metavar="X", parser=number, help="Where is the mean of the outcome above X?"),
    ] = None,
    below: Annotated[
        float | None,
        typer.Option("--below", metavar="X", parser=number, help="Where is the mean of the outcome below X?"),
    ] = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", metavar="NAME", help="Only runs of this scenario of the study.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="NAME",
            help="Where does --scenario beat this one, by default by more than the smallest relevant difference?",
        ),
    ] = None,
    density: Annotated[
        float,
        typer.Option("--density", metavar="SHARE", parser=number, help="The share of cases in a box that should hold."),
    ] = 0.8,
    seed: Seed = 1,
    out: Out = None,
    csv: Csv = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find out where an outcome holds: boxes of factors (PRIM), each checked on cases that took no part in the search.

    Examples: qsim discover results/funding --outcome joint_practice --above 0.4;
    qsim discover results/position --scenario staff_unit --against line_unit --lang de
    """  # fmt: skip
    require_out(csv, out)
    if not LEAST_DENSITY <= density <= 1.0:
        raise typer.BadParameter(
            f"{density:g} is not a share; expected {LEAST_DENSITY:g} to 1", param_hint="'--density'"
        )
    speak = speaker()

    from qsim.comparison.when.finding import discover as find_boxes
    from qsim.comparison.when.finding import record
    from qsim.comparison.when.study import make_cases, make_question, read_study
    from qsim.files.messages import InputError
    from qsim.present.text.discovery_text import box_text, discovery_parts
    from qsim.runs.manifest import command_line

    tables = read_study(folder)
    if tables.missing and not quiet:
        say(speak("discovery.unfinished", missing=str(tables.missing), parts=str(tables.parts)))
    question = make_question(tables, outcome, above, below, scenario, against)
    cases, left_out = make_cases(tables, question)
    try:
        found = find_boxes(cases, seed, density)
    except ValueError as error:
        missing = f"; {left_out} more were left out, as a value is missing there" if left_out else ""
        raise InputError.about(folder, f"{error}{missing}") from None
    ends: dict[str, Any] = {"above" if question.above else "below": question.threshold}
    command = command_line("discover", str(folder), outcome=question.outcome, **ends, scenario=scenario, against=against,
                           density=density, seed=seed)  # fmt: skip
    with store_in(out, _manifest(folder, question, density, seed, command), csv) as store:
        if store is not None:
            _save(store, found, question)
    if json:
        printed = record(found, question, left_out)
        for entry, one in zip(printed["boxes"], found.boxes, strict=True):
            entry["text"] = box_text(one.box, cases, speak, first=one is found.boxes[0])
        show_json(printed | {"command": command})
    else:
        show(*discovery_parts(found, question, left_out, speak))
    told(out, quiet)


def _manifest(folder: Path, question: Question, density: float, seed: int, command: str) -> Manifest:
    """Return the manifest: the question and the manifest of the study it is put to."""
    from dataclasses import asdict

    from qsim.runs.manifest import MANIFEST, make_manifest

    study = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    text = json_module.dumps({"question": asdict(question), "density": density, "study": study}, indent=2)
    return make_manifest("discover", [], seed=seed, replications=0, command=command, texts={"question": text})


def _save(store: Store, found: Discovery, question: Question) -> None:
    """Write the tables and the figure in both languages."""
    from qsim.comparison.when.finding import boxes_frame, tradeoff_frame
    from qsim.present.figures.frame import save
    from qsim.present.figures.tradeoff import tradeoff_figure
    from qsim.present.words.languages import LANGUAGES
    from qsim.present.words.speaker import Speaker

    store.append("boxes", boxes_frame(found))
    store.append("tradeoff", tradeoff_frame(found))
    for language in LANGUAGES:
        save(tradeoff_figure(found, question, Speaker(language)), store.file("figures"), f"tradeoff_{language}")
