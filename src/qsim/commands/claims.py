"""``qsim claims``: the statements of the report as tests that can fail, run and told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qsim.commands.options import Csv, Jobs, Json, Lang, Out, Quiet, Seed, require_out, speaker_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qsim.claims.evaluation import Budget
    from qsim.claims.loading import LoadedClaim
    from qsim.claims.results import ClaimResult
    from qsim.present.words.speaker import Speaker


def claims(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID ...]", help="Claims by id. Default: all.")] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            "--group", "-g", metavar="LETTER", help="Only claims of a group of statements, A to K. Repeatable."
        ),
    ] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="Only list the claims, with what they say; nothing is run.")
    ] = False,
    rivals: Annotated[
        bool, typer.Option("--rivals", help="Test them in six rival models as well, and count what each passes.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Many more runs and settings: hours instead of minutes.")
    ] = False,
    seed: Seed = 1,
    jobs: Jobs = None,
    out: Out = None,
    csv: Csv = False,
    json: Json = False,
    lang: Lang = None,
    quiet: Quiet = False,
) -> None:
    """Test the statements of the report. Each may come out as expected, negligible, opposite or unresolved.

    Examples: qsim claims; qsim claims --list --group B; qsim claims --group F --lang de;
    qsim claims size_against_one_post --full --json; qsim claims --rivals
    """
    if listed and (rivals or full or out is not None):
        raise typer.BadParameter("--list runs nothing; leave out --rivals, --full and --out")
    require_out(csv, out)
    speak = speaker_of(lang)

    from qsim.claims.evaluation import FULL, QUICK, claims_manifest
    from qsim.claims.loading import load_ledger
    from qsim.claims.results import ClaimResult, store_results
    from qsim.commands.compiling import compile_rules
    from qsim.commands.group import say
    from qsim.commands.output import show, show_json, store_in
    from qsim.present.text.claims_table import cause_texts, claims_tables, summary_lines
    from qsim.runs.manifest import command_line

    ledger = load_ledger()
    chosen = ledger.chosen(ids or (), [letter.upper() for letter in group or ()])
    if not chosen:
        raise typer.BadParameter("no claim has these ids and is of these groups")
    if listed:
        _list(chosen, speak, json)
        return
    groups = [word for letter in group or () for word in ("--group", letter)]
    flags = ("--rivals" if rivals else None, "--full" if full else None)
    command = command_line("claims", *(ids or ()), *groups, *flags, seed=seed)
    if rivals:
        from qsim.commands.rivals import Request, run_rivals

        run_rivals(Request(ledger, chosen, full, seed, jobs, command, out, csv, json, speak, quiet))
        return
    budget = FULL if full else QUICK
    results: list[ClaimResult] = []
    stopped = False
    with store_in(out, claims_manifest(ledger, chosen, budget, seed, command), csv) as store:
        compile_rules(quiet)
        try:
            _evaluate(chosen, budget, seed, jobs, quiet, results)
        except KeyboardInterrupt:
            stopped = True
            if not results:
                raise
        if store is not None:
            store_results(store, results)
    if json:
        show_json(results, list[ClaimResult])
    else:
        parts = [*claims_tables(results, speak), *cause_texts(results, speak)]
        show(*parts, "\n".join(summary_lines(results, speak)))
    if out is not None and not quiet:
        say(f"saved: {out}")
    if stopped:
        say(speak("claims.stopped", done=str(len(results)), wanted=str(len(chosen))))
        raise KeyboardInterrupt


def _list(chosen: Sequence[LoadedClaim], speak: Speaker, json: bool) -> None:
    """Print id and text of each claim, as JSON with its group and statements."""
    from qsim.commands.output import show_json

    texts = [speak.label(loaded.claim.text) for loaded in chosen]
    if json:
        show_json([
            {"id": loaded.claim.id, "group": loaded.group, "statements": list(loaded.claim.statements), "text": text}
            for loaded, text in zip(chosen, texts, strict=True)
        ])  # fmt: skip
        return
    for loaded, text in zip(chosen, texts, strict=True):
        typer.echo(f"{loaded.claim.id}  {text}")


def _evaluate(
    chosen: Sequence[LoadedClaim],
    budget: Budget,
    seed: int,
    jobs: int | None,
    quiet: bool,
    results: list[ClaimResult],
) -> None:
    """Evaluate the claims one by one into ``results``, which keeps what is done when Ctrl-C comes."""
    from qsim.claims.evaluation import evaluate, most_runs, readings_of
    from qsim.claims.runs import Runs
    from qsim.commands.notes import progress_of
    from qsim.runs.runner import noted_interruption

    worlds, readings = readings_of(chosen)
    with (
        progress_of(most_runs(chosen, budget), "claims", quiet) as progress,
        noted_interruption() as check,
        Runs(worlds, readings, seed, jobs, progress) as runs,
    ):
        for loaded, result in zip(chosen, evaluate(chosen, runs, budget), strict=True):
            results.append(result)
            progress(max(most_runs([loaded], budget) - runs.taken(), 0))
            check()
