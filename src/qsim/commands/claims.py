"""``qsim claims``: the statements of the report as tests that can fail, in the model and its rivals, run and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qsim.commands.measures import allowing, asked_rules
from qsim.commands.options import AllowRules, Csv, Jobs, Json, Out, Quiet, Rules, Seed, require_out, speaker
from qsim.commands.output import compile_rules, progress_of, show, show_json, store_in, told
from qsim.commands.words import say, tell

if TYPE_CHECKING:
    from rich.console import RenderableType

    from qsim.claims.evaluation import Budget
    from qsim.claims.loading import LoadedClaim
    from qsim.present.words.speaker import Speaker
    from qsim.runs.store import Store


def claims(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|ID ...]", help="Files of claims, instead of the ledger; claims by id. Default: all."
        ),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            "--group", "-g", metavar="LETTER", help="Only claims of a group of statements, A to K. Repeatable."
        ),
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="Only list the claims, with what they say; nothing is run.")
    ] = False,
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Only the claims that are held out, which are left out otherwise.")
    ] = False,
    rivals: Annotated[
        bool, typer.Option("--rivals", help="Test them in six rival models as well, and count what each passes.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Many more runs and settings: hours instead of minutes.")
    ] = False,
    rules: Rules = None,
    allow: AllowRules = False,
    seed: Seed = 1,
    jobs: Jobs = None,
    out: Out = None,
    csv: Csv = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Test the statements of the report. Each comes out as expected, negligible, opposite, by the scale, or unresolved.

    Examples: qsim claims; qsim claims --list --group B; qsim claims --group F --lang de;
    qsim claims small_houses_know_each_other --full --json; qsim claims mine.yaml; qsim claims --rivals
    """
    if listed and (rivals or full or out is not None):
        raise typer.BadParameter("--list runs nothing; leave out --rivals, --full and --out")
    require_out(csv, out)
    speak = speaker()

    from qsim.claims.evaluation import FULL, QUICK, claims_manifest, evaluate
    from qsim.claims.loading import load_ledger
    from qsim.claims.rival_runs import RIVALS_FULL, RIVALS_QUICK, model_texts, rival_results
    from qsim.files.kinds import ENDINGS
    from qsim.runs.manifest import command_line
    from qsim.scenario.own_code import own_rules

    files = [name for name in names or () if name.endswith(ENDINGS)]
    with own_rules(rules or (), allow):
        ledger = load_ledger(files)
    ids = [name for name in names or () if name not in files]
    chosen = ledger.chosen(ids, [letter.upper() for letter in group or ()])
    if not chosen:
        raise typer.BadParameter("no claim has these ids and is of these groups")
    if listed:
        _list([loaded for loaded in chosen if loaded.held_out or not held_out], speak, json)
        return
    closed = [loaded.claim.id for loaded in chosen if loaded.held_out and not held_out]
    if any(name in ids for name in closed) or len(closed) == len(chosen):
        raise typer.BadParameter(f"{', '.join(closed)}: held out, and only run with --held-out")
    chosen = tuple(loaded for loaded in chosen if loaded.held_out is held_out)
    if not chosen:
        raise typer.BadParameter("none of these claims is held out")
    groups = [word for letter in group or () for word in ("--group", letter)]
    asked = ("--held-out" if held_out else None, "--rivals" if rivals else None, "--full" if full else None)
    command = command_line(
        "claims", *(names or ()), *groups, *asked, allowing(allow), seed=seed, rules=asked_rules(rules)
    )
    budget, texts, told_of = FULL if full else QUICK, {}, _claims_told
    results_of: Callable[..., Iterator[Any]] = evaluate
    if rivals:
        budget, texts, told_of = RIVALS_FULL if full else RIVALS_QUICK, model_texts(), _rivals_told
        results_of = rival_results
    with own_rules(rules or (), allow):
        manifest = claims_manifest(ledger, chosen, budget, seed, command, texts)
    results: list[Any] = []
    stopped = False
    with store_in(out, manifest, csv) as store:
        compile_rules(quiet)
        try:
            for result in _evaluated(results_of, chosen, budget, seed, jobs, quiet):
                results.append(result)
        except KeyboardInterrupt:
            stopped = True
            if not results:
                raise
        found, kind, parts = told_of(results, store, speak)
    if json:
        show_json(found, kind)
    else:
        show(*parts)
    told(out, quiet)
    if stopped:
        form = "claims.rivals_stopped" if rivals else "claims.stopped"
        say(speak(form, done=str(len(results)), wanted=str(len(chosen))))
        raise KeyboardInterrupt


def _list(chosen: Sequence[LoadedClaim], speak: Speaker, json: bool) -> None:
    """Print id and text of each claim and whether it is held out, as JSON with its group and statements."""
    texts = [speak.label(loaded.claim.text) for loaded in chosen]
    if json:
        show_json([
            {"id": loaded.claim.id, "group": loaded.group, "statements": list(loaded.claim.statements),
             "held_out": loaded.held_out, "text": text}
            for loaded, text in zip(chosen, texts, strict=True)
        ])  # fmt: skip
        return
    for loaded, text in zip(chosen, texts, strict=True):
        tell(f"{loaded.claim.id}  {text}{speak('claims.closed') if loaded.held_out else ''}")


def _evaluated(
    results_of: Callable[..., Iterator[Any]],
    chosen: Sequence[LoadedClaim],
    budget: Budget,
    seed: int,
    jobs: int | None,
    quiet: bool,
) -> Iterator[Any]:
    """Yield the result of one claim after another, so that whoever takes them keeps what is done when Ctrl-C comes."""
    from qsim.claims.evaluation import most_runs, readings_of
    from qsim.claims.runs import Runs
    from qsim.runs.runner import noted_interruption

    worlds, readings = readings_of(chosen)
    with (
        progress_of(most_runs(chosen, budget), "claims", quiet) as progress,
        noted_interruption() as check,
        Runs(worlds, readings, seed, jobs, progress) as runs,
    ):
        for loaded, result in zip(chosen, results_of(chosen, runs, budget), strict=True):
            yield result
            progress(max(most_runs([loaded], budget) - runs.taken(), 0))
            check()


def _claims_told(results: list[Any], store: Store | None, speak: Speaker) -> tuple[Any, Any, list[RenderableType]]:
    """Store the results of claims; return what JSON has of them, its type, and tables and texts."""
    from qsim.claims.results import Results, store_results
    from qsim.present.text.claims_table import cause_texts, claims_tables, summary_lines

    if store is not None:
        store_results(store, results)
    parts = [*claims_tables(results, speak), *cause_texts(results, speak), "\n".join(summary_lines(results, speak))]
    return Results(tuple(results)), Results, parts


def _rivals_told(results: list[Any], store: Store | None, speak: Speaker) -> tuple[Any, Any, list[RenderableType]]:
    """Store the results of claims in all models; return what JSON has of them, its type, and a table and texts."""
    from qsim.claims.rival_runs import Rivals, store_rivals
    from qsim.claims.variants import MODELS
    from qsim.present.text.claims_table import rival_texts, rivals_table

    rivals = Rivals(MODELS, tuple(results))
    if store is not None:
        store_rivals(store, rivals)
    return rivals, Rivals, [rivals_table(rivals, speak), *rival_texts(rivals, speak)]
